"""Counting days: which are worked, the n-th working day, the act-by day; pure, by a calendar given.

A year without rows is not known: 1 January is taken off and otherwise Monday to Friday worked,
and whatever was counted through it is provisional. No date raises an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
# From this day of a year on the next year's notice is expected (it has come in October or
# November every year).
_EXPECTED_FROM = (11, 1)


@dataclass(frozen=True)
class SpecialDay:
    """A day that differs from Monday to Friday, and the holiday it belongs to."""

    day: date
    worked: bool
    name: str


@dataclass(frozen=True)
class Counted:
    """A day that was counted out; ``provisional`` when a year on the way is not known."""

    day: date
    provisional: bool = False


@dataclass(frozen=True)
class WorkCalendar:
    """``worked`` says of the days that differ from Monday to Friday whether they are worked;
    ``years`` are the known ones."""

    worked: Mapping[date, bool]
    years: frozenset[int]

    def knows(self, day: date) -> bool:
        """Whether the year of this day has been announced."""
        return day.year in self.years

    def is_workday(self, day: date) -> bool:
        """Whether this day is worked."""
        found = self.worked.get(day)
        if found is not None:
            return found
        if not self.knows(day) and (day.month, day.day) == (1, 1):
            return False
        return day.weekday() < 5

    def workday_after(self, start: date, count: int) -> Counted:
        """The ``count``-th working day after ``start``, which itself is not counted (民法典 201).

        ``count`` 0 gives ``start`` itself.
        """
        day, left, known = start, count, self.knows(start)
        while left > 0 and day < date.max:
            day += DAY
            known = known and self.knows(day)
            left -= self.is_workday(day)
        return Counted(day, not known)

    def act_by(self, due: date) -> Counted:
        """The last working day on or before a due day (办理提示日)."""
        day, known = due, self.knows(due)
        while not self.is_workday(day) and day > date.min:
            day -= DAY
            known = known and self.knows(day)
        return Counted(day, not known)

    def workdays_between(self, first: date, last: date) -> int:
        """How many days after ``first`` up to and with ``last`` are worked; 0 when none is."""
        span = (last - first).days
        return sum(self.is_workday(first + DAY * step) for step in range(1, span + 1))

    def year_wanted(self, today: date) -> int | None:
        """The year whose notice should be imported: next year's from 1 November on, and this
        year's at any time; None when all is known."""
        if today.year not in self.years:
            return today.year
        if (today.month, today.day) >= _EXPECTED_FROM and today.year + 1 not in self.years:
            return today.year + 1
        return None
