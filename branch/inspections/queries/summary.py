"""A month of inspections in figures, and what fails again and again; writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from branch.inspections.calendar import slots_on
from branch.inspections.queries.sheets import SheetLine, month_days, sheets_between
from branch.inspections.rules import Template
from branch.inspections.sheets import OPEN, failures
from branch.inspections.templates import templates
from branch.kernel.clock import from_ms
from branch.kernel.journal import GENESIS
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.store import Store
from branch.lobby.queries.screens import branch_name

_FOUNDED = Prepared(
    lambda what: JournalRow.select(JournalRow.at).where(
        JournalRow.revision == 1, JournalRow.what == what
    )
)


@dataclass(frozen=True)
class MonthLine:
    """An inspection over a month: how often it was due, done, done late and missed; its mean
    score in percent (None without one) and its failures."""

    template: str
    name_zh: str
    name_en: str
    due: int
    done: int
    late: int
    missed: int
    score: int | None
    failed: int


@dataclass(frozen=True)
class Repeat:
    """An item that failed twice or more within 30 days; ``days`` ISO, oldest first."""

    item: str
    zh: str
    en: str
    critical: bool
    days: tuple[str, ...]


def month_lines(
    store: Store, year: int, month: int, until: date, here: datetime | None = None
) -> tuple[MonthLine, ...]:
    """Every inspection of a month, counted up to and with ``until`` (nothing to come is missed).

    ``here`` is the local time of that day: what can still be done then is not missed yet; without
    it the day is over.

    Nothing is missed before the branch began to use the program. A week, a quarter or a year
    counts where it ends, with what was done of it before.
    """
    first, month_end = month_days(year, month)
    last = min(month_end, until)
    over = here if here is not None else datetime.combine(until, time.max)
    due: dict[str, set[tuple[str, int, int]]] = {}
    ended: dict[str, set[tuple[str, int, int]]] = {}
    day = begun = max(first, _begins(store, sheets_between(store, first, last)))
    while day <= last:
        for slot in slots_on(store, day):
            if slot.last.date() > month_end:
                continue
            if slot.period != day.isoformat() and day < slot.last.date() <= last:
                # Its last day says whether it is asked for: another frequency may hold by then.
                continue
            key = (slot.period, slot.turn, slot.about)
            due.setdefault(slot.template, set()).add(key)
            begun = min(begun, slot.first.date())
            if slot.last < over:
                ended.setdefault(slot.template, set()).add(key)
        day += timedelta(days=1)
    sheets: dict[str, list[SheetLine]] = {}
    for sheet in sheets_between(store, begun, last):
        if sheet.slot in due.get(sheet.template, ()):
            sheets.setdefault(sheet.template, []).append(sheet)
    return tuple(
        _month_line(
            template,
            due.get(template.code, set()),
            ended.get(template.code, set()),
            sheets.get(template.code, []),
        )
        for template in templates(store)
    )


def _begins(store: Store, sheets: Sequence[SheetLine]) -> date:
    """The day the branch was founded on, or of a sheet from before (a clock that was put right)."""
    row = _FOUNDED.one(store, what=GENESIS)
    assert row is not None  # the journal of a founded store begins with it
    founded = from_ms(row[0], ZoneInfo(branch_name(store).zone)).date()
    return min([founded, *(date.fromisoformat(sheet.day) for sheet in sheets)])


def _month_line(
    template: Template,
    due: set[tuple[str, int, int]],
    ended: set[tuple[str, int, int]],
    sheets: list[SheetLine],
) -> MonthLine:
    made = [sheet for sheet in sheets if sheet.state != OPEN]
    scores = [sheet.score for sheet in made if sheet.score is not None]
    return MonthLine(
        template.code,
        template.name_zh,
        template.name_en,
        due=len(due),
        done=len(made),
        late=sum(sheet.late for sheet in made),
        missed=len(ended - {sheet.slot for sheet in sheets}),
        score=int(sum(scores) / len(scores) + 0.5) if scores else None,
        failed=sum(sheet.failed for sheet in made),
    )


def repeats(store: Store, day: date) -> tuple[Repeat, ...]:
    """What failed twice or more in the 30 days up to a day, the most often first."""
    items = {item.id: item for template in templates(store) for item in template.items}
    found = [
        Repeat(
            item,
            items[item].zh if item in items else item,
            items[item].en if item in items else item,
            item in items and items[item].critical,
            tuple(on for on, _ in times),
        )
        for item, times in failures(store, day).items()
        if len(times) > 1
    ]
    return tuple(sorted(found, key=lambda repeat: (-len(repeat.days), repeat.item)))
