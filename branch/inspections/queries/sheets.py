"""Inspections of a day, one sheet with everything found, and what the program can fill in; writes
nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from branch.inspections.calendar import slots_on
from branch.inspections.commands.making import extinguishers
from branch.inspections.due import Slot
from branch.inspections.records import SheetRow
from branch.inspections.rules import Item, Template
from branch.inspections.sheets import (
    OPEN,
    Given,
    Sheet,
    answers_of,
    found,
    signatures_of,
    template_for,
)
from branch.inspections.templates import template_of
from branch.kernel.clock import from_ms
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.quality.queries import Action, actions_of, open_actions
from branch.visitors.queries.register import register_now


@dataclass(frozen=True)
class SheetLine:
    """A sheet in a list; ``score`` in percent, None while open or where nothing applied."""

    id: int
    template: str
    name_zh: str
    name_en: str
    period: str
    turn: int
    about: str
    day: str
    late: bool
    state: str
    score: int | None
    capped: bool
    failed: int
    started_at: int
    finished_at: int | None
    by: str
    about_id: int = 0

    @property
    def slot(self) -> tuple[str, int, int]:
        """Period, turn and whom it is about: one of these a template."""
        return self.period, self.turn, self.about_id


@dataclass(frozen=True)
class DayLine:
    """A time of the day and what became of it.

    ``state``: ahead, due, missed; open, signing, done. ``about`` is the teller observed.
    """

    slot: Slot
    template: Template
    about: str
    state: str
    sheet: SheetLine | None


@dataclass(frozen=True)
class Signed:
    """A signature: who, when (ms), and the roles it is open to while it is not given."""

    place: int
    roles: tuple[str, ...]
    by: str
    at: int | None
    staff: int | None = None


@dataclass(frozen=True)
class SheetView:
    """A sheet whole."""

    line: SheetLine
    template: Template
    answers: Mapping[str, Given]
    answered_by: Mapping[str, str]
    signatures: tuple[Signed, ...]
    cleaner: str
    actions: tuple[Action, ...]

    @property
    def answered(self) -> int:
        """How many items have an answer."""
        return len(self.answers)

    def next_item(self) -> Item | None:
        """The first item without an answer."""
        return next((item for item in self.template.items if item.id not in self.answers), None)


@dataclass(frozen=True)
class Hint:
    """What the program knows of an item: the value it would fill in."""

    item: str
    value: str


_FIELDS = (
    SheetRow.id,
    SheetRow.template,
    SheetRow.version,
    SheetRow.period,
    SheetRow.turn,
    SheetRow.about,
    SheetRow.day,
    SheetRow.late,
    SheetRow.state,
    SheetRow.score,
    SheetRow.capped,
    SheetRow.failed,
    SheetRow.started_at,
    SheetRow.finished_at,
    SheetRow.started_by,
)
_BETWEEN = Prepared(
    lambda first, last: (
        SheetRow.select(*_FIELDS)
        .where(SheetRow.day.between(first, last))
        .order_by(SheetRow.day, SheetRow.id)
    )
)
_ONE = Prepared(lambda sheet: SheetRow.select(*_FIELDS).where(SheetRow.id == sheet))
_IN_PERIOD = Prepared(
    lambda template, period: SheetRow.select(*_FIELDS).where(
        SheetRow.template == template, SheetRow.period == period
    )
)


def day_lines(store: Store, day: date, now: int, zone: ZoneInfo) -> tuple[DayLine, ...]:
    """Everything open on a day, what is to be done first on top."""
    here = from_ms(now, zone).replace(tzinfo=None)
    names = _names(store)
    lines = []
    for slot in slots_on(store, day):
        template = template_of(store, slot.template)
        assert template is not None  # slots come from the templates in force
        sheet = next(
            (
                _line(store, row, names)
                for row in _IN_PERIOD.all(store, template=slot.template, period=slot.period)
                if (row[4], row[5]) == (slot.turn, slot.about)
            ),
            None,
        )
        state = sheet.state if sheet else slot.state(here)
        lines.append(DayLine(slot, template, names.get(slot.about, ""), state, sheet))
    return tuple(lines)


def sheets_between(store: Store, first: date, last: date) -> tuple[SheetLine, ...]:
    """The sheets of these days, in the order they were begun."""
    names = _names(store)
    rows = _BETWEEN.all(store, first=first.isoformat(), last=last.isoformat())
    return tuple(_line(store, row, names) for row in rows)


def sheet_view(store: Store, sheet: int) -> SheetView:
    """A sheet whole; raises NotFound."""
    one = found(store, sheet)
    names = _names(store)
    row = _ONE.one(store, sheet=sheet)
    assert row is not None  # just found
    template = template_for(store, one)
    answers = answers_of(store, sheet)
    given = {place: (staff, at) for place, staff, at in signatures_of(store, sheet)}
    return SheetView(
        line=_line(store, row, names),
        template=template,
        answers=answers,
        answered_by={item: names.get(answer.by, "") for item, answer in answers.items()},
        signatures=tuple(
            Signed(
                place,
                roles,
                names.get(given[place][0], "") if place in given else "",
                given[place][1] if place in given else None,
                given[place][0] if place in given else None,
            )
            for place, roles in enumerate(template.signs)
        ),
        cleaner=one.cleaner,
        actions=actions_of(store, "inspection", sheet),
    )


def hints(store: Store, sheet: int, now: int) -> tuple[Hint, ...]:
    """What can be filled in from the store: extinguishers in the register, open actions of
    drills, visitors that are still inside; for a sheet that is open."""
    one: Sheet = found(store, sheet)
    if one.state != OPEN:
        return ()
    items = {item.id for item in template_for(store, one).items}
    inside = register_now(store, one.day, now).inside
    drills = sum(1 for action in open_actions(store) if action.source == "drill")
    known = {
        "FIREM-04": str(extinguishers(store)),
        "FIREM-10": str(drills),
        "CLOSE-02": "fail" if inside else "pass",
    }
    return tuple(Hint(item, value) for item, value in known.items() if item in items)


def month_days(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    return first, after - timedelta(days=1)


def _names(store: Store) -> dict[int, str]:
    return {member.id: member.name for member in staff_members(store)}


def _line(store: Store, row: tuple[Any, ...], names: Mapping[int, str]) -> SheetLine:
    template = template_of(store, row[1], row[2])
    return SheetLine(
        id=row[0],
        template=row[1],
        name_zh=template.name_zh if template else row[1],
        name_en=template.name_en if template else row[1],
        period=row[3],
        turn=row[4],
        about=names.get(row[5], ""),
        day=row[6],
        late=bool(row[7]),
        state=row[8],
        score=row[9],
        capped=bool(row[10]),
        failed=row[11],
        started_at=row[12],
        finished_at=row[13],
        by=names.get(row[14], ""),
        about_id=row[5],
    )
