"""A sheet as the commands hold it: found with its template and answers, changed, recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from branch.inspections.answers import FAIL, REPEAT_DAYS, Answered
from branch.inspections.records import AnswerRow, SheetRow, SignatureRow
from branch.inspections.rules import Template
from branch.inspections.templates import template_of
from branch.kernel.errors import NotFound, StoreDamaged
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store

OPEN, SIGNING, DONE = "open", "signing", "done"


@dataclass(frozen=True)
class Sheet:
    """An inspection in hand; columns as in ``SheetRow``."""

    id: int
    template: str
    version: int
    period: str
    turn: int
    about: int
    day: str
    late: bool
    started_at: int
    started_by: int
    state: str
    cleaner: str


@dataclass(frozen=True)
class Given(Answered):
    """An answer as it is kept: what counts, who looks after a failure, and who said so when."""

    service: str = ""
    owner: int | None = None
    action: int | None = None
    at: int = 0
    by: int = 0


_FIND = Prepared(
    lambda sheet: SheetRow.select(
        SheetRow.id,
        SheetRow.template,
        SheetRow.version,
        SheetRow.period,
        SheetRow.turn,
        SheetRow.about,
        SheetRow.day,
        SheetRow.late,
        SheetRow.started_at,
        SheetRow.started_by,
        SheetRow.state,
        SheetRow.cleaner,
    ).where(SheetRow.id == sheet)
)
_ANSWERS = Prepared(
    lambda sheet: AnswerRow.select(
        AnswerRow.item,
        AnswerRow.verdict,
        AnswerRow.value,
        AnswerRow.note,
        AnswerRow.photo,
        AnswerRow.mended,
        AnswerRow.service,
        AnswerRow.owner,
        AnswerRow.action,
        AnswerRow.at,
        AnswerRow.by,
    ).where(AnswerRow.sheet == sheet)
)
_SIGNED = Prepared(
    lambda sheet: (
        SignatureRow.select(SignatureRow.place, SignatureRow.staff, SignatureRow.at)
        .where(SignatureRow.sheet == sheet)
        .order_by(SignatureRow.place)
    )
)
_FAILURES = Prepared(
    lambda first, last, begun: (
        AnswerRow.select(AnswerRow.item, AnswerRow.day, AnswerRow.sheet)
        .join(SheetRow, on=(SheetRow.id == AnswerRow.sheet))
        .where(
            AnswerRow.verdict == FAIL, AnswerRow.day.between(first, last), SheetRow.state != begun
        )
        .order_by(AnswerRow.item, AnswerRow.day, AnswerRow.sheet)
    )
)


def found(store: Store, sheet: int) -> Sheet:
    """The sheet; raises NotFound."""
    row = _FIND.one(store, sheet=sheet)
    if row is None:
        raise NotFound("sheet_unknown")
    (id, template, version, period, turn, about, day, late, at, by, state, cleaner) = row
    return Sheet(
        id, template, version, period, turn, about, day, bool(late), at, by, state, cleaner
    )


def template_for(store: Store, sheet: Sheet) -> Template:
    """The template in the version that the sheet was begun with."""
    template = template_of(store, sheet.template, sheet.version)
    if template is None:
        raise StoreDamaged("store_damaged")
    return template


def answers_of(store: Store, sheet: int) -> dict[str, Given]:
    """What was found so far, by item."""
    return {
        row[0]: Given(
            verdict=row[1],
            value=row[2],
            note=row[3],
            photo=row[4],
            mended=bool(row[5]),
            service=row[6],
            owner=row[7],
            action=row[8],
            at=row[9],
            by=row[10],
        )
        for row in _ANSWERS.all(store, sheet=sheet)
    }


def signatures_of(store: Store, sheet: int) -> tuple[tuple[int, int, int], ...]:
    """(place, staff, instant in ms) of each signature given."""
    return tuple((row[0], row[1], row[2]) for row in _SIGNED.all(store, sheet=sheet))


def failures(store: Store, day: date) -> dict[str, tuple[tuple[str, int], ...]]:
    """(day, sheet) of every failure of the 30 days up to and with ``day``, by item; of sheets
    that were ended."""
    first = day - timedelta(days=REPEAT_DAYS - 1)
    found: dict[str, list[tuple[str, int]]] = {}
    for item, on, sheet in _FAILURES.all(
        store, first=first.isoformat(), last=day.isoformat(), begun=OPEN
    ):
        found.setdefault(item, []).append((on, sheet))
    return {item: tuple(times) for item, times in found.items()}
