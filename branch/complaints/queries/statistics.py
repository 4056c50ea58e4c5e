"""Complaints in numbers for a period; writes nothing.

Nobody is counted a complaint that is about himself: figures are those of who asks, so that a
difference between two papers tells him nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from peewee import Tuple, fn

from branch.complaints.closings import Closing, Handled, handled
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
    TAKEN_UP,
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

# What may make a row of today say less than the journal does of the period.
_SPECIAL = tuple(sorted(TAKEN_UP | {"re_review_upheld"}))
_COMPLAINT = "complaint"

_KINDS = Prepared(
    lambda first, last: (
        ComplaintRow.select(ComplaintRow.kind, fn.COUNT(ComplaintRow.kind))
        .where(ComplaintRow.received_on >= first, ComplaintRow.received_on <= last)
        .group_by(ComplaintRow.kind)
    )
)
_CAME_BEFORE = Prepared(
    lambda first: ComplaintRow.select(fn.COUNT(ComplaintRow.kind)).where(
        ComplaintRow.received_on < first, ComplaintRow.kind == _COMPLAINT
    )
)
_ENDED_BEFORE = Prepared(
    lambda since: ComplaintRow.select(fn.COUNT(ComplaintRow.kind)).where(
        ComplaintRow.closed_at < since, ComplaintRow.kind == _COMPLAINT
    )
)
_FROM = Prepared(
    lambda at: (
        JournalRow.select(JournalRow.revision)
        .where(JournalRow.at >= at)
        .order_by(JournalRow.at, JournalRow.revision)
        .limit(1)
    )
)
# With two bounds of the same shape SQLite now and then reads the journal of the whole period and
# not the index; the pair keeps both stores to the index, and PostgreSQL within the period.
_ACCEPTED = Prepared(
    lambda after, before: JournalRow.select(fn.COUNT(JournalRow.revision)).where(
        JournalRow.what == "complaint.accepted",
        JournalRow.revision >= after,
        Tuple(JournalRow.what, JournalRow.revision) < Tuple("complaint.accepted", before),
    )
)
_SPECIALS = Prepared(
    lambda after: (
        JournalRow.select(JournalRow.subject)
        .where(
            JournalRow.what.in_(tuple(f"complaint.{what}" for what in _SPECIAL)),
            JournalRow.revision >= after,
        )
        .distinct()
    )
)
_REVIEWS = Prepared(
    lambda: ReReviewRow.select(
        ReReviewRow.complaint, ReReviewRow.applied_on, ReReviewRow.decided_at, ReReviewRow.decision
    )
)
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
    return _Period(store, staff, first, last).statistics()


class _Period:
    """What is read for one period by one account."""

    def __init__(self, store: Store, staff: int, first: date, last: date) -> None:
        self._store, self._staff, self._hidden = store, staff, kept_from(store, staff)
        self._times = LocalTimes(store)
        self._days = first, last
        self._first, self._last = first.isoformat(), last.isoformat()
        self._since = self._times.midnight(first)
        self._until = self._times.midnight(last + timedelta(days=1))
        self._after = _revision_from(store, self._since)
        # Taken up again since: their rows say what is now, the journal what was.
        again = frozenset(int(row[0]) for row in _SPECIALS.all(store, after=self._after))
        self._again = rows_of(store, again, self._last)

    def statistics(self) -> Statistics:
        """Everything together."""
        store = self._store
        came = came_in(store, self._times, self._staff, *self._days)
        ended = ended_within(
            store, self._times, self._staff, self._since, self._until, self._taken_up()
        )
        lives, closed_again = self._histories()
        history = ledger(lives, self._first, self._last)
        others = dict(_KINDS.all(store, first=self._first, last=self._last))
        others.pop(_COMPLAINT, None)
        visits, reached = self._visits()
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
            reviews=self._reviews(),
            visits=visits,
            reached=reached,
            served=served_customers(store, self._first, self._last),
        )

    def _ordinary(self, came: Came, ended: Ended) -> Ledger:
        """The ledger of the complaints whose rows say all, from counts."""
        before = _count(_CAME_BEFORE.one(self._store, first=self._first))
        before -= _count(_ENDED_BEFORE.one(self._store, since=self._since))
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
            [*ended.results, *(one.result for one in again)],
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
        before = _revision_from(self._store, self._until)
        found = _count(_ACCEPTED.one(self._store, after=self._after, before=before))
        if not self._hidden:
            return found
        events = self._events(self._hidden, {"accepted"})
        return found - sum(
            self._first <= one.day <= self._last for mine in events.values() for one in mine
        )

    def _events(self, complaints: Iterable[int], facts: Collection[str]) -> dict[int, list[Event]]:
        return events_of(self._store, complaints, facts, self._times)

    def _reviews(self) -> Reviews:
        rows = [row for row in _REVIEWS.all(self._store) if row[0] not in self._hidden]
        decided = [row[3] for row in rows if row[2] and self._since <= row[2] < self._until]
        return Reviews(
            applied=sum(self._first <= row[1] <= self._last for row in rows),
            decided=len(decided),
            overturned=sum(decision != "upheld" for decision in decided),
        )

    def _visits(self) -> tuple[Any, ...]:
        asked = {"since": self._since, "until": self._until, "staff": self._staff}
        row = _VISITS.one(self._store, **asked)
        assert row is not None  # a count gives a row
        return row


def _revision_from(store: Store, at: int) -> int:
    """The first revision at or after an instant; one beyond all where there is none."""
    row = _FROM.one(store, at=at)
    return int(row[0]) if row else 2**62


def _count(row: tuple[Any, ...] | None) -> int:
    assert row is not None  # a count gives a row
    return int(row[0])
