"""Which days a period of complaints means, and which it is compared with; pure, knows no words."""

from __future__ import annotations

from datetime import date, timedelta

PERIODS = ("month", "last_month", "quarter", "last_quarter", "year", "last_year")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAY = timedelta(days=1)

Days = tuple[date, date]


def kind_of(period: str) -> str:
    """ "month", "quarter" or "year", whether it goes on or is over."""
    return period.removeprefix("last_")


def days_of(period: str, today: date) -> Days:
    """The first and last day of a period; one that goes on ends today."""
    length = _MONTHS[kind_of(period)]
    first = _first(today, length)
    if period.startswith("last_"):
        return _first(first - _DAY, length), first - _DAY
    return first, today


def before(period: str, today: date) -> Days:
    """The whole period before."""
    length = _MONTHS[kind_of(period)]
    last = days_of(period, today)[0] - _DAY
    return _first(last, length), last


def _first(day: date, length: int) -> date:
    """The first day of the so many months, counted from January, that hold a day."""
    return day.replace(month=(day.month - 1) // length * length + 1, day=1)
