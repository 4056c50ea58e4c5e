"""Complaints in numbers for a period; writes nothing.

Nobody is counted a complaint that is about himself: figures are those of who asks, so that a
difference between two papers tells him nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from peewee import Select, Tuple, fn

from branch.complaints.closings import Closing, Handled, handled
from branch.complaints.codes import KINDS
from branch.complaints.house import house_of
from branch.complaints.queries.again import taken_up_from
from branch.complaints.queries.grouped import (
    Came,
    ClosedRow,
    Ended,
    came_in,
    ended_within,
    extended_among,
    paused,
    rows_of,
)
from branch.complaints.queries.histories import LocalTimes, events_of
from branch.complaints.records import ComplaintRow, FollowUpRow, ReReviewRow, SubjectRow
from branch.complaints.recusal import kept_from
from branch.complaints.statistics import (
    CLOSING_FACTS,
    Event,
    Ledger,
    Reviews,
    Span,
    Statistics,
    closings,
    joined,
    ledger,
    spans,
)
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.store import Store
from branch.lobby.queries.served import served_customers
from branch.workdays.queries import work_calendar

_COMPLAINT = "complaint"

# What is no complaint, by kind.
_OTHERS = Prepared(
    lambda first, last, staff: (
        ComplaintRow.select(ComplaintRow.kind, fn.COUNT(ComplaintRow.kind))
        .where(
            ComplaintRow.kind.in_(tuple(kind for kind in KINDS if kind != _COMPLAINT)),
            ComplaintRow.received_on >= first,
            ComplaintRow.received_on <= last,
            ComplaintRow.id.not_in(
                SubjectRow.select(SubjectRow.complaint).where(SubjectRow.staff == staff)
            ),
        )
        .group_by(ComplaintRow.kind)
    )
)
# The first revisions at or after two instants: one look for both.
_REVISIONS = Prepared(lambda since, until: Select(columns=(_from(since), _from(until))))


def _from(at: Any) -> Any:
    return (
        JournalRow.select(JournalRow.revision)
        .where(JournalRow.at >= at)
        .order_by(JournalRow.at, JournalRow.revision)
        .limit(1)
    )


def _counted(
    first: Any, last: Any, since: Any, until: Any, staff: Any, after: Any, before: Any
) -> Any:
    """What came and what ended before the period, and what was accepted, applied for, decided and
    overturned in it: one row."""
    about = SubjectRow.select(SubjectRow.complaint).where(SubjectRow.staff == staff)
    complaints = ComplaintRow.select(fn.COUNT(ComplaintRow.kind)).where(
        ComplaintRow.kind == _COMPLAINT
    )
    # With two bounds of the same shape SQLite now and then reads the journal of the whole period
    # and not the index; the pair keeps both stores to the index, and PostgreSQL within the period.
    accepted = JournalRow.select(fn.COUNT(JournalRow.revision)).where(
        JournalRow.what == "complaint.accepted",
        JournalRow.revision >= after,
        Tuple(JournalRow.what, JournalRow.revision) < Tuple("complaint.accepted", before),
    )
    reviews = ReReviewRow.select(fn.COUNT(ReReviewRow.complaint)).where(
        ReReviewRow.complaint.not_in(about)
    )
    decided = reviews.where(ReReviewRow.decided_at >= since, ReReviewRow.decided_at < until)
    return Select(
        columns=(
            complaints.where(ComplaintRow.received_on < first),
            complaints.where(ComplaintRow.closed_at < since),
            accepted,
            reviews.where(ReReviewRow.applied_on >= first, ReReviewRow.applied_on <= last),
            decided,
            decided.where(ReReviewRow.decision != "upheld"),
        )
    )


_COUNTED = Prepared(_counted)
_VISITS = Prepared(
    lambda since, until, staff: FollowUpRow.select(
        fn.COUNT(FollowUpRow.complaint),
        fn.COUNT(FollowUpRow.complaint).filter(FollowUpRow.reached),
    ).where(
        FollowUpRow.at >= since,
        FollowUpRow.at < until,
        FollowUpRow.complaint.not_in(
            SubjectRow.select(SubjectRow.complaint).where(SubjectRow.staff == staff)
        ),
    )
)


def statistics(store: Store, staff: int, first: date, last: date) -> Statistics:
    """The days ``first`` to ``last`` in numbers, as they may be known to this account."""
    with store.snapshot():
        return _Period(store, staff, first, last).statistics()


class _Counted(NamedTuple):
    came_before: int
    ended_before: int
    accepted: int
    applied: int
    decided: int
    overturned: int


class _Period:
    """What is read for one period by one account."""

    def __init__(self, store: Store, staff: int, first: date, last: date) -> None:
        self._store, self._staff, self._hidden = store, staff, kept_from(store, staff)
        self._times, self._limit = LocalTimes(store), house_of(store).redress
        self._days = first, last
        self._first, self._last = first.isoformat(), last.isoformat()
        self._since = self._times.midnight(first)
        self._until = self._times.midnight(last + timedelta(days=1))
        row = _row(_REVISIONS.one(store, since=self._since, until=self._until))
        # Beyond all where nothing was written since.
        self._after, before = (2**62 if found is None else int(found) for found in row)
        # Taken up again since: their rows say what is now, the journal what was.
        self._again = rows_of(store, taken_up_from(store, self._after), self._last)
        self._counted = _Counted(
            *_row(
                _COUNTED.one(
                    store,
                    first=self._first,
                    last=self._last,
                    since=self._since,
                    until=self._until,
                    staff=staff,
                    after=self._after,
                    before=before,
                )
            )
        )

    def statistics(self) -> Statistics:
        """Everything together."""
        store, counted = self._store, self._counted
        came = came_in(store, self._times, self._staff, *self._days)
        ended = ended_within(
            store,
            self._times,
            self._staff,
            self._since,
            self._until,
            self._limit,
            self._taken_up(),
        )
        lives, closed_again = self._histories()
        history = ledger(lives, self._first, self._last)
        others = dict(_OTHERS.all(store, first=self._first, last=self._last, staff=self._staff))
        visits, reached = _row(
            _VISITS.one(store, since=self._since, until=self._until, staff=self._staff)
        )
        return Statistics(
            first=self._first,
            last=self._last,
            ledger=joined(self._ordinary(came, ended), history),
            accepted=self._accepted(),
            merged_received=came.merged,
            repeats=came.repeats,
            others=others,
            by=came.by,
            crossed=came.crossed,
            handled=self._handled(ended, closed_again),
            reviews=Reviews(counted.applied, counted.decided, counted.overturned),
            visits=visits,
            reached=reached,
            served=served_customers(store, self._first, self._last),
        )

    def _ordinary(self, came: Came, ended: Ended) -> Ledger:
        """The ledger of the complaints whose rows say all, from counts."""
        before = self._counted.came_before - self._counted.ended_before
        apart = {row.id: row for row in self._again}
        apart |= {row.id: row for row in rows_of(self._store, self._hidden, self._last)}
        before -= sum(
            row.received_on < self._first
            and (row.closed_at is None or row.closed_at >= self._since)
            for row in apart.values()
        )
        count = came.count - sum(row.received_on >= self._first for row in self._taken_up())
        after = before + count - sum(ended.how.values())
        return Ledger(before, count, 0, ended.how, after)

    def _taken_up(self) -> list[ClosedRow]:
        """What was taken up again since the period began, and may be known to who asks."""
        return [row for row in self._again if row.id not in self._hidden]

    def _handled(self, ended: Ended, again: list[Closing]) -> Handled:
        """The closings: those in groups, and those that the journal tells."""
        return handled(
            [*ended.spent, *(one.spent for one in again)],
            [*ended.results, *(one.result(self._limit) for one in again)],
            [*ended.paused, *paused(self._store, again)],
            ended.extended + extended_among(self._store, again),
            work_calendar(self._store),
        )

    def _histories(self) -> tuple[list[tuple[Span, ...]], list[Closing]]:
        """Spans and closings of complaints that were taken up again since the period began."""
        rows = {row.id: row for row in self._taken_up()}
        lives: list[tuple[Span, ...]] = []
        closed: list[Closing] = []
        for complaint, events in self._events(rows, CLOSING_FACTS).items():
            row = rows[complaint]
            lives.append(spans(row.received_on, events))
            now = row.closing(row.received_on, "")
            closed += closings(row.received_on, now, events, self._first, self._last)
        return lives, closed

    def _accepted(self) -> int:
        found = self._counted.accepted
        if not self._hidden:
            return found
        events = self._events(self._hidden, {"accepted"})
        return found - sum(
            self._first <= one.day <= self._last for mine in events.values() for one in mine
        )

    def _events(self, complaints: Iterable[int], facts: Collection[str]) -> dict[int, list[Event]]:
        return events_of(self._store, complaints, facts, self._times)


def _row(found: tuple[Any, ...] | None) -> tuple[Any, ...]:
    assert found is not None  # a count gives a row
    return found
