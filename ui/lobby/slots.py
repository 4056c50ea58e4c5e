"""Owns the quarter hours that an appointment can have on the console; asks nobody."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

QUARTER = timedelta(minutes=15)


def nearest_quarter(now: datetime) -> datetime:
    """The quarter hour nearest to ``now``; half way goes up."""
    floor = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    return floor + QUARTER if now - floor >= QUARTER / 2 else floor


def quarters_around(now: datetime, before: int = 4, after: int = 7) -> tuple[datetime, ...]:
    """The quarter hours from one hour ago to nearly two hours ahead, the nearest among them."""
    middle = nearest_quarter(now)
    return tuple(middle + QUARTER * step for step in range(-before, after + 1))


def quarters_of_day(day: date, opens: str, closes: str, now: datetime) -> tuple[datetime, ...]:
    """The quarter hours of a day between opening and closing (HH:MM) that lie after ``now``."""
    first = _at(day, opens, now)
    last = _at(day, closes, now)
    slots = []
    while first < last:
        if first > now:
            slots.append(first)
        first += QUARTER
    return tuple(slots)


def _at(day: date, clock: str, now: datetime) -> datetime:
    hour, minute = clock.split(":")
    return datetime.combine(day, time(int(hour), int(minute)), now.tzinfo)
