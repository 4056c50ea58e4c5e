"""Complaints month by month and week by week; writes nothing.

Nobody is counted one that is about himself.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from peewee import SQL, fn

from branch.complaints.queries.again import taken_up_since
from branch.complaints.queries.grouped import ClosedRow, rows_of
from branch.complaints.queries.histories import LocalTimes, events_of
from branch.complaints.records import ComplaintRow
from branch.complaints.recusal import kept_from
from branch.complaints.statistics import ENDS, TAKEN_UP, spans
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store

_COMPLAINT = "complaint"
_ANY_DAY = "9999-12-31"
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
    received = Counter(dict(_MONTHS.all(store, first=firsts[0].isoformat())))
    hidden = rows_of(store, kept_from(store, staff), _ANY_DAY)
    received.subtract(row.received_on[:7] for row in hidden)
    ended = _ended(store, times, firsts, hidden)
    names = [f"{first:%Y-%m}" for first in firsts]
    return tuple(
        Month(name, max(received[name], 0), gone) for name, gone in zip(names, ended, strict=False)
    )


def weeks(store: Store, staff: int, last: date, count: int = 4) -> tuple[Week, ...]:
    """The weeks up to the one of ``last``, the oldest first (complaints.md 4e: four)."""
    times = LocalTimes(store)
    monday = last - timedelta(days=last.weekday())
    firsts = [monday + timedelta(weeks=back) for back in range(1 - count, 2)]
    end = firsts[-1] - timedelta(days=1)
    received: Counter[str] = Counter()
    for day, number in _DAYS.all(store, first=firsts[0].isoformat(), last=end.isoformat()):
        received[_monday(day)] += number
    hidden = rows_of(store, kept_from(store, staff), _ANY_DAY)
    received.subtract(_monday(row.received_on) for row in hidden)
    ended = _ended(store, times, firsts, hidden)
    return tuple(
        Week(
            first.isoformat(),
            (first + timedelta(days=6)).isoformat(),
            max(received[first.isoformat()], 0),
            gone,
        )
        for first, gone in zip(firsts, ended, strict=False)
    )


def _ended(
    store: Store, times: LocalTimes, firsts: Sequence[date], hidden: Sequence[ClosedRow]
) -> list[int]:
    """How many ended from each of the days to before the next: every end counts, as in the ledger
    of a period, also that of a complaint which was taken up again after it."""
    edges = [times.midnight(first) for first in firsts]
    found = [
        _ENDED_WITHIN.all(store, since=since, until=until)[0][0] for since, until in pairwise(edges)
    ]
    unseen = {row.id: row for row in hidden}
    again = {row.id: row for row in rows_of(store, taken_up_since(store, edges[0]), _ANY_DAY)}
    # A row says how it ended last: these are told by the journal, or not at all.
    for row in (unseen | again).values():
        if row.closed_at is not None and edges[0] <= row.closed_at < edges[-1]:
            found[bisect(edges, row.closed_at) - 1] -= 1
    days = [first.isoformat() for first in firsts]
    told = events_of(store, again.keys() - unseen.keys(), {*ENDS, *TAKEN_UP}, times)
    for complaint, events in told.items():
        for span in spans(again[complaint].received_on, events):
            if days[0] <= span.ended < days[-1]:
                found[bisect(days, span.ended) - 1] += 1
    return found


def _monday(text: str) -> str:
    day = date.fromisoformat(text)
    return (day - timedelta(days=day.weekday())).isoformat()
