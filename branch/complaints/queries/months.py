"""Complaints month by month and week by week; writes nothing.

Nobody is counted one that is about himself.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from peewee import SQL, fn

from branch.complaints.queries.histories import LocalTimes
from branch.complaints.records import ComplaintRow, SubjectRow
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store

_COMPLAINT = "complaint"
_MONTHS = Prepared(
    lambda first: (
        ComplaintRow.select(fn.SUBSTR(ComplaintRow.received_on, 1, 7), fn.COUNT(ComplaintRow.kind))
        .where(ComplaintRow.received_on >= first, ComplaintRow.kind == _COMPLAINT)
        .group_by(SQL("1"))
    )
)
_DAYS = Prepared(
    lambda first, last: (
        ComplaintRow.select(ComplaintRow.received_on, fn.COUNT(ComplaintRow.kind))
        .where(
            ComplaintRow.received_on >= first,
            ComplaintRow.received_on <= last,
            ComplaintRow.kind == _COMPLAINT,
        )
        .group_by(ComplaintRow.received_on)
    )
)
_ENDED_WITHIN = Prepared(
    lambda since, until: ComplaintRow.select(fn.COUNT(ComplaintRow.kind)).where(
        ComplaintRow.closed_at >= since,
        ComplaintRow.closed_at < until,
        ComplaintRow.kind == _COMPLAINT,
    )
)
_ABOUT = Prepared(
    lambda staff: (
        ComplaintRow.select(ComplaintRow.received_on, ComplaintRow.closed_at)
        .join(SubjectRow, on=(SubjectRow.complaint == ComplaintRow.id))
        .where(SubjectRow.staff == staff, ComplaintRow.kind == _COMPLAINT)
    )
)


@dataclass(frozen=True)
class Month:
    """A calendar month (YYYY-MM): complaints that came in, and that ended."""

    month: str
    received: int
    ended: int


@dataclass(frozen=True)
class Week:
    """Seven days from Monday, first and last (ISO): complaints that came in, and that ended."""

    first: str
    last: str
    received: int
    ended: int


def months(store: Store, staff: int, last: date, count: int = 12) -> tuple[Month, ...]:
    """The calendar months up to the one of ``last``, the oldest first."""
    times = LocalTimes(store)
    numbers = [(last.year * 12 + last.month - 1) - back for back in range(count - 1, -2, -1)]
    firsts = [date(at // 12, at % 12 + 1, 1) for at in numbers]
    edges = [times.midnight(first) for first in firsts]
    received = Counter(dict(_MONTHS.all(store, first=firsts[0].isoformat())))
    ended = [
        _ENDED_WITHIN.all(store, since=since, until=until)[0][0] for since, until in pairwise(edges)
    ]
    for received_on, closed_at in _ABOUT.all(store, staff=staff):
        received[received_on[:7]] -= 1
        if closed_at is not None and edges[0] <= closed_at < edges[-1]:
            ended[bisect(edges, closed_at) - 1] -= 1
    names = [f"{first:%Y-%m}" for first in firsts]
    return tuple(
        Month(name, max(received[name], 0), gone) for name, gone in zip(names, ended, strict=False)
    )


def weeks(store: Store, staff: int, last: date, count: int = 4) -> tuple[Week, ...]:
    """The weeks up to the one of ``last``, the oldest first (complaints.md 4e: four)."""
    times = LocalTimes(store)
    monday = last - timedelta(days=last.weekday())
    firsts = [monday + timedelta(weeks=back) for back in range(1 - count, 2)]
    edges = [times.midnight(first) for first in firsts]
    end = firsts[-1] - timedelta(days=1)
    received: Counter[str] = Counter()
    for day, number in _DAYS.all(store, first=firsts[0].isoformat(), last=end.isoformat()):
        received[_monday(day)] += number
    ended = [
        _ENDED_WITHIN.all(store, since=since, until=until)[0][0] for since, until in pairwise(edges)
    ]
    for received_on, closed_at in _ABOUT.all(store, staff=staff):
        received[_monday(received_on)] -= 1
        if closed_at is not None and edges[0] <= closed_at < edges[-1]:
            ended[bisect(edges, closed_at) - 1] -= 1
    return tuple(
        Week(
            first.isoformat(),
            (first + timedelta(days=6)).isoformat(),
            max(received[first.isoformat()], 0),
            gone,
        )
        for first, gone in zip(firsts, ended, strict=False)
    )


def _monday(text: str) -> str:
    day = date.fromisoformat(text)
    return (day - timedelta(days=day.weekday())).isoformat()
