"""What an answer means, what a failure needs, and what a sheet scores; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

from branch.inspections.rules import Item, Template
from branch.kernel.errors import BadInput

PASS, FAIL, NOT_APPLICABLE = "pass", "fail", "not_applicable"
# A sheet with a failed critical item scores no more than this.
CAP = 59
# Two failures of one item within so many days go to the branch manager.
REPEAT_DAYS = 30
SERVICE_TIMES = 1.5
LONGEST_ANSWER = 500


@dataclass(frozen=True)
class Bounds:
    """What an item with a moving limit is held against: how many extinguishers the register has,
    and the typical minutes of the service observed (None where it is not said)."""

    extinguishers: int = 0
    service_minutes: int | None = None


def limits(item: Item, bounds: Bounds) -> tuple[float | None, float | None]:
    """Least and most of a number, None where there is none."""
    if item.equals:
        return bounds.extinguishers, bounds.extinguishers
    if item.most_of:
        minutes = bounds.service_minutes
        return None, None if minutes is None else minutes * SERVICE_TIMES
    return item.least, item.most


def plain(item: Item, value: str) -> str:
    """An answer as it is judged and kept: a number or a day in plain digits however it was typed
    (pasted full-width ones too), anything else on one line."""
    if item.response in ("number", "date"):
        return "".join(normalize("NFKC", value).split())
    return " ".join(value.split())


def judged(item: Item, value: str, today: date, bounds: Bounds) -> str:
    """ "pass", "fail" or "not_applicable"; raises BadInput (field: the item) for what is no answer
    to this item, saying what would be one.

    A number passes within its limits, a date that is not gone by, a text and a signature always;
    of 0, 1 and 2 only 0 fails.
    """
    if value == NOT_APPLICABLE and item.response != "sign":
        return NOT_APPLICABLE
    match item.response:
        case "pfn":
            if value in (PASS, FAIL):
                return value
        case "score2":
            if value in ("0", "1", "2"):
                return FAIL if value == "0" else PASS
        case "number":
            if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,2})?", value):
                least, most = limits(item, bounds)
                number = float(value)
                low = least is not None and number < least
                return FAIL if low or (most is not None and number > most) else PASS
            raise BadInput("answer_number", field=item.id)
        case "date":
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                try:
                    return PASS if date.fromisoformat(value) >= today else FAIL
                except ValueError:
                    pass
            raise BadInput("day_form", field=item.id)
        case "text":
            if not value.strip():
                raise BadInput("field_empty", field=item.id)
            if len(value) > LONGEST_ANSWER:
                raise BadInput(
                    "field_too_long", field=item.id, longest=LONGEST_ANSWER, length=len(value)
                )
            return PASS
        case "sign":
            if value == "signed":
                return PASS
    raise BadInput("answer_form", field=item.id)


@dataclass(frozen=True)
class Answered:
    """An answer as it counts: its verdict, the points of 0, 1, 2 items, and what was added."""

    verdict: str
    value: str
    note: str = ""
    photo: str = ""
    mended: bool = False


def missing(template: Template, answers: Mapping[str, Answered]) -> tuple[str, ...]:
    """Items without an answer."""
    return tuple(item.id for item in template.items if item.id not in answers)


def unexplained(template: Template, answers: Mapping[str, Answered]) -> tuple[tuple[str, str], ...]:
    """(item, "note" or "photo") of each failure that lacks what it needs.

    Every failure needs a note; a failed critical item the photo its template asks for.
    """
    found = []
    for item in template.items:
        answer = answers.get(item.id)
        if answer is None or answer.verdict != FAIL:
            continue
        if not answer.note.strip():
            found.append((item.id, "note"))
        if item.critical and item.photo and not answer.photo:
            found.append((item.id, "photo"))
    return tuple(found)


def needs_action(item: Item, answer: Answered) -> bool:
    """Whether a failure becomes a corrective action: always when critical, otherwise unless it
    was put right on the spot."""
    return answer.verdict == FAIL and (item.critical or not answer.mended)


def score(template: Template, answers: Mapping[str, Answered]) -> tuple[int | None, bool]:
    """Percent of what applies that passed, and whether a critical failure capped it at 59.

    Items of 0, 1, 2 count their points out of two. None where nothing applies.
    """
    gained = whole = 0.0
    critical = False
    for item in template.items:
        answer = answers.get(item.id)
        if answer is None or answer.verdict == NOT_APPLICABLE:
            continue
        whole += 1
        if item.response == "score2":
            gained += int(answer.value) / 2
        elif answer.verdict == PASS:
            gained += 1
        critical = critical or (item.critical and answer.verdict == FAIL)
    if not whole:
        return None, False
    percent = int(gained / whole * 100 + 0.5)
    return (min(percent, CAP), percent > CAP) if critical else (percent, False)


def action_due(today: date, due_h: int) -> date:
    """The day by which a failure is put right: the same day below 24 hours, else whole days."""
    return today if due_h < 24 else today + timedelta(days=-(-due_h // 24))
