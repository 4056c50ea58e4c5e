"""Which days a period means and what it is compared with, from the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from branch.lobby.queries.overview import Stretch
from ui.dashboard.periods import before, length, stretch_of


@pytest.mark.parametrize(
    ("period", "day", "shown", "compared"),
    [
        # A Friday.
        ("today", "2026-11-20", ("2026-11-20", "2026-11-20"), ("2026-11-13", "2026-11-13")),
        ("week", "2026-11-20", ("2026-11-16", "2026-11-20"), ("2026-11-09", "2026-11-13")),
        ("month", "2026-11-20", ("2026-11-01", "2026-11-20"), ("2026-10-01", "2026-10-20")),
        ("quarter", "2026-11-20", ("2026-10-01", "2026-11-20"), ("2026-07-01", "2026-08-20")),
        # A Monday begins a week, a Sunday ends it.
        ("week", "2026-11-16", ("2026-11-16", "2026-11-16"), ("2026-11-09", "2026-11-09")),
        ("week", "2026-11-22", ("2026-11-16", "2026-11-22"), ("2026-11-09", "2026-11-15")),
        # A shorter month, a leap year, a new year, a shorter quarter.
        ("month", "2026-03-31", ("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28")),
        ("month", "2028-03-30", ("2028-03-01", "2028-03-30"), ("2028-02-01", "2028-02-29")),
        ("month", "2027-01-05", ("2027-01-01", "2027-01-05"), ("2026-12-01", "2026-12-05")),
        ("quarter", "2027-01-05", ("2027-01-01", "2027-01-05"), ("2026-10-01", "2026-10-05")),
        ("quarter", "2026-06-30", ("2026-04-01", "2026-06-30"), ("2026-01-01", "2026-03-31")),
    ],
)
def test_periods(period: str, day: str, shown: tuple[str, str], compared: tuple[str, str]) -> None:
    today = date.fromisoformat(day)
    assert stretch_of(period, today) == Stretch(*shown)
    assert before(period, today) == Stretch(*compared)


def test_length() -> None:
    assert length(Stretch("2026-11-20", "2026-11-20")) == 1
    assert length(Stretch("2026-10-01", "2026-11-20")) == 51
