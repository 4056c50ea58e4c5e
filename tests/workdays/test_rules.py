"""Working days: the shipped years against another source, shifted weekends, unknown years."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.workdays.rules import DAY, Counted, WorkCalendar
from branch.workdays.shipped import shipped_calendar

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
CALENDAR = shipped_calendar()


def test_the_shipped_years_agree_with_another_source_on_every_day() -> None:
    days = (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    differing = [d for d in days if CALENDAR.is_workday(d) is not chinese_calendar.is_workday(d)]
    assert differing == []
    assert CALENDAR.years == frozenset(range(2004, 2027))


@pytest.mark.parametrize(
    ("start", "count", "day"),
    [
        # A Sunday that is worked before National Day counts.
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-18", 1, "2026-09-20"),
        # From a day that is not worked the first working day is the next one.
        ("2026-09-19", 1, "2026-09-20"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-01", 3, "2026-10-10"),
        ("2026-11-20", 0, "2026-11-20"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: str, count: int, day: str) -> None:
    found = CALENDAR.workday_after(date.fromisoformat(start), count)
    assert (found.day.isoformat(), found.provisional) == (day, False)


@pytest.mark.parametrize(
    ("due", "act_by"),
    [("2026-10-03", "2026-09-30"), ("2026-08-30", "2026-08-28"), ("2026-09-20", "2026-09-20")],
)
def test_the_act_by_day_is_the_last_working_day(due: str, act_by: str) -> None:
    assert CALENDAR.act_by(date.fromisoformat(due)).day.isoformat() == act_by


def test_an_unknown_year_is_counted_provisionally() -> None:
    found = CALENDAR.workday_after(date(2026, 12, 30), 2)
    assert (found.day, found.provisional) == (date(2027, 1, 4), True)
    assert not CALENDAR.is_workday(date(2027, 1, 1))
    assert CALENDAR.act_by(date(2027, 1, 3)).day == date(2026, 12, 31)
    assert CALENDAR.act_by(date(2027, 1, 3)).provisional


@pytest.mark.parametrize(
    ("today", "wanted"),
    [("2026-10-31", None), ("2026-11-01", 2027), ("2027-03-01", 2027)],
)
def test_the_next_year_is_asked_for_from_november(today: str, wanted: int | None) -> None:
    assert CALENDAR.year_wanted(date.fromisoformat(today)) == wanted


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.integers(0, 60))
def test_no_date_raises_and_the_count_is_right(start: date, count: int) -> None:
    found = CALENDAR.workday_after(start, count)
    assert CALENDAR.workdays_between(start, found.day) == count
    assert count == 0 or CALENDAR.is_workday(found.day)
    assert CALENDAR.act_by(start).day <= start
    empty = WorkCalendar({}, frozenset())
    assert empty.workday_after(start, count).provisional


def test_no_day_is_too_far_away() -> None:
    calendar = WorkCalendar({}, frozenset())
    assert calendar.workday_after(date.max - DAY, 5) == Counted(date.max, provisional=True)
    closed = WorkCalendar({date.min: False}, frozenset())
    assert closed.act_by(date.min) == Counted(date.min, provisional=True)
