"""Complaints in numbers for a period; writes nothing.

Nobody is counted a complaint that is about himself: figures are those of who asks, so that a
difference between two papers tells him nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from peewee import fn

from branch.complaints.deadlines import Pause
from branch.complaints.queries.histories import CHUNK, LocalTimes, events_of
from branch.complaints.records import (
    ComplaintRow,
    ExtensionRow,
    FollowUpRow,
    PauseRow,
    ReReviewRow,
    RestartRow,
    SubjectRow,
)
from branch.complaints.recusal import kept_from
from branch.complaints.statistics import (
    CLOSING_FACTS,
    TAKEN_UP,
    Closing,
    Event,
    Ledger,
    Received,
    Reviews,
    Span,
    Statistics,
    closings,
    counted,
    crossed,
    fate,
    handled,
    joined,
    ledger,
    spans,
)
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.store import Store
from branch.lobby.queries.served import served_customers
from branch.workdays.queries import work_calendar


class _Ended(NamedTuple):
    """The fields of a complaint that has ended."""

    id: int
    state: str
    round: int
    received_on: str
    closed_at: int | None
    notified_at: int | None
    legal_due: str
    house_due: str
    outcome: str
    finding: str
    cause: str
    redress: int | None
    satisfaction: str
    anonymous: bool
    merged_into: int | None

    @property
    def fate(self) -> str:
        """How it ended."""
        told, merged = self.notified_at is not None, self.merged_into is not None
        return fate(self.state, told, merged, self.outcome)

    def closing(self, begun: str, told: str) -> Closing:
        """The closing, from the day its round began to the day the complainant was told."""
        return Closing(
            self.id,
            begun,
            told,
            self.legal_due,
            self.house_due,
            self.outcome == "on_the_spot",
            self.finding,
            self.cause,
            self.redress,
            self.satisfaction,
            self.anonymous,
        )


# What may make a row of today say less than the journal does of the period.
_SPECIAL = tuple(sorted(TAKEN_UP | {"re_review_upheld"}))
_COMPLAINT = "complaint"

_RECEIVED = Prepared(
    lambda first, last: ComplaintRow.select(
        ComplaintRow.id,
        ComplaintRow.channel,
        ComplaintRow.biz_channel,
        ComplaintRow.biz_class,
        ComplaintRow.reason,
        ComplaintRow.severity,
        ComplaintRow.received_at,
        ComplaintRow.merged_into,
        ComplaintRow.repeat_of,
    ).where(
        ComplaintRow.received_on >= first,
        ComplaintRow.received_on <= last,
        ComplaintRow.kind == _COMPLAINT,
    )
)
_KINDS = Prepared(
    lambda first, last: (
        ComplaintRow.select(ComplaintRow.kind, fn.COUNT(ComplaintRow.kind))
        .where(ComplaintRow.received_on >= first, ComplaintRow.received_on <= last)
        .group_by(ComplaintRow.kind)
    )
)
_FIELDS = tuple(getattr(ComplaintRow, name) for name in _Ended._fields)
_ENDED = Prepared(
    lambda since, until: ComplaintRow.select(*_FIELDS).where(
        ComplaintRow.closed_at >= since,
        ComplaintRow.closed_at < until,
        ComplaintRow.kind == _COMPLAINT,
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
_ACCEPTED = Prepared(
    lambda after, before: JournalRow.select(fn.COUNT(JournalRow.revision)).where(
        JournalRow.what == "complaint.accepted",
        JournalRow.revision >= after,
        JournalRow.revision < before,
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
# Of these there are few: all are read, which costs less than looking for those of the period.
_PAUSES = Prepared(lambda: PauseRow.select(PauseRow.complaint, PauseRow.start, PauseRow.end))
_EXTENDED = Prepared(
    lambda: ExtensionRow.select(ExtensionRow.complaint).where(ExtensionRow.told_on != "")
)
_ROUND_BEGUN = Prepared(
    lambda: (
        RestartRow.select(RestartRow.complaint, RestartRow.day)
        .where(RestartRow.cause.in_(("reopened", "redo_ordered", "unarchived")))
        .order_by(RestartRow.id)
    )
)
_REVIEWS = Prepared(
    lambda: ReReviewRow.select(
        ReReviewRow.complaint, ReReviewRow.applied_on, ReReviewRow.decided_at, ReReviewRow.decision
    )
)
_VISITS = Prepared(
    lambda since, until, staff: (
        FollowUpRow.select(FollowUpRow.reached, fn.COUNT(FollowUpRow.complaint))
        .where(
            FollowUpRow.at >= since,
            FollowUpRow.at < until,
            FollowUpRow.complaint.not_in(
                SubjectRow.select(SubjectRow.complaint).where(SubjectRow.staff == staff)
            ),
        )
        .group_by(FollowUpRow.reached)
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
        self._first, self._last = first.isoformat(), last.isoformat()
        self._since = self._times.midnight(first)
        self._until = self._times.midnight(last + timedelta(days=1))
        self._after = _revision_from(store, self._since)
        # Taken up again since: their rows say what is now, the journal what was.
        again = frozenset(int(row[0]) for row in _SPECIALS.all(store, after=self._after))
        self._again = [row for row in _rows_of(store, again) if row.received_on <= self._last]
        self._special = frozenset(row.id for row in self._again)

    def statistics(self) -> Statistics:
        """Everything together."""
        received = self._received()
        apart = self._special | self._hidden
        rows = _ENDED.all(self._store, since=self._since, until=self._until)
        ended = [(row, row.fate) for row in map(_Ended._make, rows) if row.id not in apart]
        lives, closed_again = self._histories()
        closed = [*self._closings(ended), *closed_again]
        history = ledger(lives, self._first, self._last)
        others = dict(_KINDS.all(self._store, first=self._first, last=self._last))
        others.pop(_COMPLAINT, None)
        visits = {bool(reached): count for reached, count in self._visits()}
        return Statistics(
            first=self._first,
            last=self._last,
            ledger=joined(self._ordinary(received, ended, apart), history),
            accepted=self._accepted(),
            merged_received=sum(one.merged for one in received),
            repeats=sum(one.repeat for one in received),
            others=others,
            by=counted(received),
            crossed=crossed(received),
            handled=handled(
                closed,
                frozenset(row[0] for row in _EXTENDED.all(self._store)),
                self._pauses(closed),
                work_calendar(self._store),
            ),
            reviews=self._reviews(),
            visits=sum(visits.values()),
            reached=visits.get(True, 0),
            served=served_customers(self._store, self._first, self._last),
        )

    def _received(self) -> list[Received]:
        hidden, moment = self._hidden, self._times.moment
        rows = _RECEIVED.all(self._store, first=self._first, last=self._last)
        return [
            Received(complaint, channel, biz_channel, biz_class, reason, severity, *moment(at),
                     merged is not None, repeat is not None)
            for (complaint, channel, biz_channel, biz_class, reason, severity, at, merged,
                 repeat) in rows
            if complaint not in hidden
        ]  # fmt: skip

    def _ordinary(
        self,
        received: Sequence[Received],
        ended: Sequence[tuple[_Ended, str]],
        apart: frozenset[int],
    ) -> Ledger:
        """The ledger of the complaints whose rows say all, from counts."""
        before = _count(_CAME_BEFORE.one(self._store, first=self._first))
        before -= _count(_ENDED_BEFORE.one(self._store, since=self._since))
        before -= sum(
            row.received_on < self._first
            and (row.closed_at is None or row.closed_at >= self._since)
            for row in _rows_of(self._store, apart)
        )
        came = sum(one.id not in self._special for one in received)
        how = Counter(how for _row, how in ended)
        return Ledger(before, came, 0, how, before + came - len(ended))

    def _closings(self, ended: Sequence[tuple[_Ended, str]]) -> list[Closing]:
        begun = dict(_ROUND_BEGUN.all(self._store))
        day = self._times.day
        return [
            row.closing(
                begun[row.id] if row.round > 1 else row.received_on,
                day(row.notified_at or row.closed_at or 0).iso,
            )
            for row, how in ended
            if how == "closed"
        ]

    def _histories(self) -> tuple[list[tuple[Span, ...]], list[Closing]]:
        """Spans and closings of complaints that were taken up again since the period began."""
        rows = {row.id: row for row in self._again if row.id not in self._hidden}
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

    def _pauses(self, closed: Iterable[Closing]) -> dict[int, list[Pause]]:
        wanted = {one.id for one in closed}
        found: dict[int, list[Pause]] = defaultdict(list)
        for complaint, start, end in _PAUSES.all(self._store):
            if complaint not in wanted:
                continue
            ended = date.fromisoformat(end) if end else None
            found[complaint].append(Pause(date.fromisoformat(start), ended))
        return found

    def _reviews(self) -> Reviews:
        rows = [row for row in _REVIEWS.all(self._store) if row[0] not in self._hidden]
        decided = [row[3] for row in rows if row[2] and self._since <= row[2] < self._until]
        return Reviews(
            applied=sum(self._first <= row[1] <= self._last for row in rows),
            decided=len(decided),
            overturned=sum(decision != "upheld" for decision in decided),
        )

    def _visits(self) -> list[tuple[Any, ...]]:
        return _VISITS.all(self._store, since=self._since, until=self._until, staff=self._staff)


def _rows_of(store: Store, complaints: frozenset[int]) -> list[_Ended]:
    """Those of some cases that are complaints."""
    found: list[_Ended] = []
    wanted = sorted(complaints)
    for start in range(0, len(wanted), CHUNK):
        query = ComplaintRow.select(*_FIELDS).where(
            ComplaintRow.id.in_(tuple(wanted[start : start + CHUNK])),
            ComplaintRow.kind == _COMPLAINT,
        )
        sql, values = store.database.get_sql_context().sql(query).query()
        found += map(_Ended._make, store.rows(sql, values))
    return found


def _revision_from(store: Store, at: int) -> int:
    """The first revision at or after an instant; one beyond all where there is none."""
    row = _FROM.one(store, at=at)
    return int(row[0]) if row else 2**62


def _count(row: tuple[Any, ...] | None) -> int:
    assert row is not None  # a count gives a row
    return int(row[0])
