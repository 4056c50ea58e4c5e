"""The years that come with the program, read from its resources; it keeps nothing."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from branch.catalogue.founding import shipped
from branch.workdays.rules import WorkCalendar


@cache
def shipped_years() -> dict[int, dict[date, tuple[bool, str]]]:
    """Of each shipped year the days that the notice names: whether worked, and the holiday."""
    raw: dict[int, dict[str, Any]] = shipped("catalogue/workdays.yaml")
    years: dict[int, dict[date, tuple[bool, str]]] = {}
    for year, notice in raw.items():
        days = {
            _day(year, text): (False, name)
            for name, listed in notice["holidays"].items()
            for text in listed
        }
        days |= {_day(year, text): (True, "") for text in notice["worked"]}
        years[year] = days
    return years


def shipped_calendar() -> WorkCalendar:
    """The calendar of a branch that has imported nothing yet."""
    years = shipped_years()
    worked = {day: kind for days in years.values() for day, (kind, _) in days.items()}
    return WorkCalendar(worked, frozenset(years))


def _day(year: int, text: str) -> date:
    return date.fromisoformat(f"{year}-{text}")
