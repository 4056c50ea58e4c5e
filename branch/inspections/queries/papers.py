"""Everything that the day sheet and the month sheet on paper need, each in one frozen row; writes
nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from branch.inspections.queries.equipment import EquipmentLine, expiring
from branch.inspections.queries.sheets import (
    DayLine,
    SheetView,
    day_lines,
    month_days,
    sheet_view,
    sheets_between,
)
from branch.inspections.queries.summary import MonthLine, Repeat, month_lines, repeats
from branch.kernel.store import Store
from branch.quality.queries import Action, open_actions


@dataclass(frozen=True)
class DaySheet:
    """What was to be done on a day (ISO), and every sheet that was begun on it, whole."""

    day: str
    lines: tuple[DayLine, ...]
    sheets: tuple[SheetView, ...]


@dataclass(frozen=True)
class MonthSheet:
    """A month counted from ``first`` up to and with ``last`` (ISO).

    ``repeats`` are those of the 30 days before ``last``; ``actions`` (open or waiting to be
    checked) and ``equipment`` are as they stood when it was made, on ``today``.
    """

    first: str
    last: str
    today: str
    lines: tuple[MonthLine, ...]
    repeats: tuple[Repeat, ...]
    actions: tuple[Action, ...]
    equipment: tuple[EquipmentLine, ...]


def day_sheet(store: Store, day: date, now: int, zone: ZoneInfo) -> DaySheet:
    """The inspections of a day."""
    return DaySheet(
        day.isoformat(),
        day_lines(store, day, now, zone),
        tuple(sheet_view(store, line.id) for line in sheets_between(store, day, day)),
    )


def month_sheet(
    store: Store, year: int, month: int, today: date, here: datetime | None = None
) -> MonthSheet:
    """The inspections of a month, as far as it is over; ``here`` as in ``month_lines``."""
    first, last = month_days(year, month)
    last = max(first, min(last, today))
    return MonthSheet(
        first.isoformat(),
        last.isoformat(),
        today.isoformat(),
        month_lines(store, year, month, today, here),
        repeats(store, last),
        tuple(action for action in open_actions(store) if action.source == "inspection"),
        expiring(store, today),
    )
