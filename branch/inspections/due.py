"""When an inspection is to be done: its times on a day, by calendar and opening hours; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from branch.inspections.rules import Template, minute


@dataclass(frozen=True)
class Slot:
    """One time an inspection is to be done: local, from ``first`` up to ``last``.

    ``period`` names the day, week or month (ISO), ``turn`` the how-many-th in it, ``about`` whom
    it looks at (0: nobody).
    """

    template: str
    period: str
    turn: int
    about: int
    first: datetime
    last: datetime

    def state(self, now: datetime) -> str:
        """ "ahead", "due" or "missed", while nobody has done it; ``now`` is local."""
        if now < self.first:
            return "ahead"
        return "due" if now <= self.last else "missed"


@dataclass(frozen=True)
class Hours:
    """The branch's opening hours (local), and the hours between patrols, 0 for once a day."""

    opens: time
    closes: time
    patrol_hours: int = 0


def slots(
    template: Template,
    day: date,
    hours: Hours,
    worked: Callable[[date], bool],
    tellers: Sequence[int],
) -> tuple[Slot, ...]:
    """The times of an inspection that are open on a day; none on a day nobody works.

    A weekly or monthly one is open from the first working day of its period to the last (or of
    the month's first seven days).
    """
    if not template.active or not worked(day):
        return ()
    period, first, last = _period(template, day, worked)
    if not first <= day <= last:
        return ()
    about = tellers if template.per == "teller" else (0,)
    windows = _windows(template, hours)
    found = []
    for someone in about:
        for turn, (start, end) in enumerate(windows, 1):
            found.append(
                Slot(
                    template.code,
                    period,
                    turn,
                    someone,
                    datetime.combine(first, time()) + start,
                    datetime.combine(last, time()) + end,
                )
            )
    return tuple(found)


def _period(
    template: Template, day: date, worked: Callable[[date], bool]
) -> tuple[str, date, date]:
    if template.every == "business_day":
        return day.isoformat(), day, day
    if template.every == "week":
        start = day - timedelta(days=day.weekday())
        end = start + timedelta(days=6)
        year, week, _ = day.isocalendar()
        name = f"{year}-W{week:02d}"
    else:
        months = {"month": 1, "quarter": 3, "year": 12}[template.every]
        begun = (day.month - 1) // months * months + 1
        start = date(day.year, begun, 1)
        after = begun + months
        end = date(day.year + (after > 12), (after - 1) % 12 + 1, 1) - timedelta(days=1)
        name = {
            "month": f"{day.year}-{day.month:02d}",
            "quarter": f"{day.year}-Q{(begun + 2) // 3}",
            "year": str(day.year),
        }[template.every]
        if template.within == "first_week":
            end = _first_week_end(start, end, worked)
    days = [start + timedelta(days=at) for at in range((end - start).days + 1)]
    open_days = [one for one in days if worked(one)]
    return name, open_days[0] if open_days else start, open_days[-1] if open_days else end


def _first_week_end(start: date, end: date, worked: Callable[[date], bool]) -> date:
    """Seven days, and on where a holiday leaves none of them to work (National Day)."""
    last = start + timedelta(days=6)
    while last < end and not any(
        worked(start + timedelta(days=at)) for at in range((last - start).days + 1)
    ):
        last += timedelta(days=1)
    return last


def _windows(template: Template, hours: Hours) -> list[tuple[timedelta, timedelta]]:
    """From midnight; a patrol that is switched on has a turn every so many hours."""
    if template.optional_hours and hours.patrol_hours:
        step = timedelta(hours=hours.patrol_hours)
        at, end = _since_midnight(hours.opens), _since_midnight(hours.closes)
        turns = []
        while at < end:
            turns.append((at, min(at + step, end)))
            at += step
        return turns
    opens = hours.opens.hour * 60 + hours.opens.minute
    closes = hours.closes.hour * 60 + hours.closes.minute
    return [
        (
            timedelta(minutes=minute(first, opens, closes)),
            timedelta(minutes=minute(last, opens, closes)),
        )
        for first, last in template.windows
    ]


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)
