"""How long personal data are kept, what holds them back, whose word a change needs; pure decisions.

Days are counted from the day something happened: kept for 30 days, a record of the 1st is there
on the 31st and goes the day after (PIPL Art. 19: the shortest time; Art. 47: delete when it is
over). What has gone is a count by month and code, and cannot be made a person again (Art. 73).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from branch.kernel.errors import BadInput, NotPermitted, RuleBroken


class Kind(StrEnum):
    """What goes after its time, in the order in which it goes."""

    CARE = "care"
    REASON = "reason"
    BOOKING = "booking"
    VISITOR = "visitor"
    RECEPTION = "reception"
    FOLLOW_UP = "follow_up"
    BLOCKED = "blocked"
    ROLL_MARK = "roll_mark"
    REQUEST = "request"
    HOLD = "hold"
    GLASS = "glass"
    BACKUP = "backup"


class Held(StrEnum):
    """Why something past its time is kept all the same."""

    INSIDE = "inside"
    HOLD = "hold"
    REQUEST = "request"
    OPEN = "open"


# The period of each kind; nothing for what ends with the business day (PIPL Art. 28: a care need
# may tell of an illness, so its life is the shortest there is).
PERIOD_OF: dict[Kind, str] = {
    Kind.CARE: "",
    Kind.REASON: "keep_reasons_days",
    Kind.BOOKING: "",
    Kind.VISITOR: "keep_visitors_days",
    Kind.RECEPTION: "keep_receptions_days",
    Kind.FOLLOW_UP: "keep_follow_ups_days",
    Kind.BLOCKED: "keep_blocked_days",
    Kind.ROLL_MARK: "keep_roll_calls_days",
    Kind.REQUEST: "keep_rights_requests_days",
    Kind.HOLD: "keep_rights_requests_days",
    Kind.GLASS: "keep_break_glass_days",
    Kind.BACKUP: "keep_backups_days",
}
# What hangs on the lobby's business day, which may last past midnight.
OF_THE_LOBBY = frozenset({Kind.CARE, Kind.REASON, Kind.BOOKING})

# A follow-up that nobody has done for so many days serves no purpose any more.
LONGEST_OPEN_DAYS = 180
WEEK_DAYS = 7
LONGEST_TEXT = 300

# Those of a room above (a complaint) are looked up there, by its own handler of the command.
HOLD_KINDS = ("visitor", "reception", "request", "complaint")
HOLD_REASONS = ("incident", "complaint", "lawsuit", "authority", "other")


@dataclass(frozen=True)
class Span:
    """What is past its time on a day: ``before`` that day, or open and before ``longest``."""

    before: str
    longest: str


def span(today: date, days: int) -> Span:
    """What was to be kept for so many days is past its time before this."""
    return Span(
        (today - timedelta(days=days)).isoformat(),
        (today - timedelta(days=LONGEST_OPEN_DAYS)).isoformat(),
    )


def is_shorter(before: int, days: int) -> bool:
    """Whether a period becomes shorter; raises RuleBroken when it stays as it is."""
    if days == before:
        raise RuleBroken("period_same")
    return days < before


def require_second_person(person: int, first: int) -> None:
    """Raise NotPermitted when somebody would agree with himself."""
    if person == first:
        raise NotPermitted("second_person_needed")


def checked_hold(kind: str, reason: str, text: str) -> str:
    """The words of a legal hold as they are kept; raises BadInput for an unknown kind or reason,
    for words too long, and for "other" without words."""
    for code, known, field in ((kind, HOLD_KINDS, "kind"), (reason, HOLD_REASONS, "reason")):
        if code not in known:
            raise BadInput("code_unknown", field=field, given=code)
    plain = checked_words(text, "text")
    if reason == "other" and not plain:
        raise BadInput("reason_text_needed", field="text")
    return plain


def checked_words(text: str, field: str) -> str:
    """Free words as they are kept; raises BadInput beyond ``LONGEST_TEXT`` characters."""
    plain = "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
    plain = "".join(char for char in plain if char == "\n" or char.isprintable())
    if len(plain) > LONGEST_TEXT:
        raise BadInput("field_too_long", field=field, longest=LONGEST_TEXT, length=len(plain))
    return plain
