"""Which days a period means, and which it is compared with; pure, and knows no words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from branch.lobby.queries.overview import Stretch

PERIODS = ("today", "week", "month", "quarter")


def stretch_of(period: str, day: date) -> Stretch:
    """The days of a period up to and with ``day``; a week begins on Monday."""
    return _stretch(_first(period, day), day)


def before(period: str, day: date) -> Stretch:
    """What a period is compared with: the same weekday a week ago, or the same stretch of the
    period before, as many days into it (a shorter month ends with its last day)."""
    if period == "today":
        same = day - timedelta(days=7)
        return _stretch(same, same)
    begins = _first(period, day)
    last_before = begins - timedelta(days=1)
    first = _first(period, last_before)
    if period == "month":
        last = first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))
    else:
        last = min(first + (day - begins), last_before)
    return _stretch(first, last)


def length(stretch: Stretch) -> int:
    """How many calendar days."""
    return (date.fromisoformat(stretch.last) - date.fromisoformat(stretch.first)).days + 1


def _first(period: str, day: date) -> date:
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "month":
        return day.replace(day=1)
    if period == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day


def _stretch(first: date, last: date) -> Stretch:
    return Stretch(first.isoformat(), last.isoformat())
