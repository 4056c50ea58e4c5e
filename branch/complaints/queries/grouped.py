"""Complaints of a period as the store groups them, so that no row comes out alone; writes nothing.

Who asks gives the complaints that are to be left out: those about himself, and those of which the
journal says more than their rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from peewee import SQL, fn

from branch.complaints.closings import Closing, Paused, Result, Spent
from branch.complaints.deadlines import Pause
from branch.complaints.queries.histories import LocalTimes
from branch.complaints.records import (
    ComplaintRow,
    ExtensionRow,
    PauseRow,
    RestartRow,
    SubjectRow,
)
from branch.complaints.rules import ROUNDS, State
from branch.complaints.statistics import DIMENSIONS, fate
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store

_COMPLAINT = "complaint"
_COUNT = fn.COUNT(SQL("*"))
_HOUR_MS = 3_600_000
_DAY, _WEEK = 24, 7 * 24  # hours
_MONDAY = 3 * _DAY
# States that say by themselves that a complaint ended otherwise; see ``statistics.fate``.
_OTHER_ENDS = (State.NOT_ACCEPTED, State.REFERRED, State.WITHDRAWN, State.MERGED)
_ROUND_BEGUN = Prepared(
    lambda: (
        RestartRow.select(RestartRow.complaint, RestartRow.day)
        .where(RestartRow.cause.in_(tuple(sorted(ROUNDS))))
        .order_by(RestartRow.id)
    )
)
_EXTENDED = ExtensionRow.select(ExtensionRow.complaint).where(ExtensionRow.told_on != "")
_IS_TOLD = ComplaintRow.told_on != ""
_IS_CLOSED = (ComplaintRow.state == State.CLOSED) | (
    ComplaintRow.state.not_in(_OTHER_ENDS) & _IS_TOLD
)
_IS_PLAIN = (ComplaintRow.round == 1) & _IS_TOLD
_PAID = ComplaintRow.redress > 0
_LATE = [
    _COUNT.filter((due < ComplaintRow.told_on) & (due != ""))
    for due in (ComplaintRow.legal_due, ComplaintRow.house_due)
]


def _places(count: int) -> list[SQL]:
    """The first columns of a statement by their places: a server does not see that two
    expressions with values in them are the same."""
    return [SQL(str(place)) for place in range(1, count + 1)]


def _about(staff: Any) -> Any:
    return SubjectRow.select(SubjectRow.complaint).where(SubjectRow.staff == staff)


def _came(keys: Sequence[Any], *counts: Any, where: Sequence[Any] = ()) -> Any:
    """What came in from ``first`` to ``last`` and is not about ``staff``, in groups."""

    def build(first: Any, last: Any, staff: Any) -> Any:
        return (
            ComplaintRow.select(*keys, _COUNT, *counts)
            .where(
                ComplaintRow.kind == _COMPLAINT,
                ComplaintRow.received_on >= first,
                ComplaintRow.received_on <= last,
                ComplaintRow.id.not_in(_about(staff)),
                *where,
            )
            .group_by(*_places(len(keys)))
        )

    return build


# What differs most comes first in all of these: groups are found by comparing.
_BY_MATTER = Prepared(
    _came((ComplaintRow.reason, ComplaintRow.biz_class, ComplaintRow.biz_channel))
)


def _came_at(first: Any, last: Any, staff: Any, begin: Any, end: Any, offset: Any) -> Any:
    """What came in between two instants, by the hour of the week (0 on Monday at midnight)."""
    # The first of all instants lay on a Thursday.
    hours = (ComplaintRow.received_at + offset) / _HOUR_MS + _MONDAY
    keys = (hours - hours / _WEEK * _WEEK, ComplaintRow.channel, ComplaintRow.severity)
    counts = (fn.COUNT(ComplaintRow.merged_into), fn.COUNT(ComplaintRow.repeat_of))
    inside = (ComplaintRow.received_at >= begin, ComplaintRow.received_at < end)
    return _came(keys, *counts, where=inside)(first, last, staff)


_BY_TIME = Prepared(_came_at)


def _ended(columns: Sequence[Any], *where: Any, keys: int = 0) -> Any:
    """What ended from ``since`` to before ``until`` and is not about ``staff``, in groups by the
    first ``keys`` of the columns, or row by row."""

    def build(since: Any, until: Any, staff: Any) -> Any:
        query = ComplaintRow.select(*columns).where(
            ComplaintRow.kind == _COMPLAINT,
            ComplaintRow.closed_at >= since,
            ComplaintRow.closed_at < until,
            ComplaintRow.id.not_in(_about(staff)),
            *where,
        )
        return query.group_by(*_places(keys)) if keys else query

    return build


def _content(since: Any, until: Any, staff: Any, limit: Any) -> Any:
    """Closings that came to the same, with sums; compensation is small up to ``limit`` (fen)."""
    small = _PAID & (ComplaintRow.redress <= limit)
    columns = (
        ComplaintRow.cause,
        ComplaintRow.finding,
        ComplaintRow.satisfaction,
        ComplaintRow.outcome,
        ComplaintRow.anonymous,
        _COUNT,
        _COUNT.filter(_PAID),
        fn.COALESCE(fn.SUM(ComplaintRow.redress).filter(_PAID), 0),
        _COUNT.filter(small),
        fn.COALESCE(fn.SUM(ComplaintRow.redress).filter(small), 0),
        # Of a later round only what was told in it: see ``extended_among``.
        _COUNT.filter(_IS_PLAIN & ComplaintRow.id.in_(_EXTENDED)),
    )
    return _ended(columns, _IS_CLOSED, keys=5)(since, until, staff)


_CONTENTS = Prepared(_content)
_SPENT = Prepared(
    _ended(
        (ComplaintRow.received_on, ComplaintRow.told_on, _COUNT, *_LATE),
        _IS_CLOSED,
        _IS_PLAIN,
        keys=2,
    )
)


class ClosedRow(NamedTuple):
    """What a row says of the last end of its complaint."""

    id: int
    state: str
    round: int
    received_on: str
    closed_at: int | None
    told_on: str
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
        return fate(self.state, bool(self.told_on), self.merged_into is not None, self.outcome)

    @property
    def is_plain(self) -> bool:
        """Whether its days are those of its row."""
        return self.round == 1 and bool(self.told_on)

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


_FIELDS = tuple(getattr(ComplaintRow, name) for name in ClosedRow._fields)
# What ended otherwise, and closings of which more is to be known than their group says.
_ALONE = Prepared(
    _ended(
        _FIELDS,
        ~_IS_CLOSED | ~_IS_PLAIN | ComplaintRow.id.in_(PauseRow.select(PauseRow.complaint)),
    )
)


@dataclass(frozen=True)
class Came:
    """What came in: how many, of them merged and repeats; counts by dimension and crossed."""

    count: int
    merged: int
    repeats: int
    by: Mapping[str, Counter[str]]
    crossed: Counter[tuple[str, str, str]]


@dataclass(frozen=True)
class Ended:
    """What ended: counts by how, and the closings of it in groups."""

    how: Counter[str]
    spent: tuple[Spent, ...]
    results: tuple[Result, ...]
    paused: tuple[Paused, ...]
    extended: int


def came_in(store: Store, times: LocalTimes, staff: int, first: date, last: date) -> Came:
    """The complaints received from ``first`` to ``last``, without those about ``staff``."""
    asked: dict[str, Any] = {"first": first.isoformat(), "last": last.isoformat(), "staff": staff}
    crossed: Counter[tuple[str, str, str]] = Counter()
    by: dict[str, Counter[str]] = {name: Counter() for name in DIMENSIONS}
    merged = repeats = 0
    channels, classes, reasons = by["biz_channel"], by["biz_class"], by["reason"]
    for reason, biz_class, channel, count in _BY_MATTER.all(store, **asked):
        crossed[channel, biz_class, reason] = count
        channels[channel] += count
        classes[biz_class] += count
        reasons[reason] += count
    hours, days = by["hour"], by["weekday"]
    for begin, end, offset in times.stretches(first, last):
        rows = _BY_TIME.all(store, **asked, begin=begin, end=end, offset=offset)
        for hour, way, severity, count, taken_in, repeat in rows:
            hours[str(hour % _DAY)] += count
            days[str(hour // _DAY)] += count
            by["channel"][way] += count
            by["severity"][severity] += count
            merged += taken_in
            repeats += repeat
    return Came(sum(crossed.values()), merged, repeats, by, crossed)


def ended_within(
    store: Store,
    times: LocalTimes,
    staff: int,
    since: int,
    until: int,
    limit: int,
    apart: Collection[ClosedRow],
) -> Ended:
    """The complaints that ended from the instant ``since`` to before ``until`` (ms), without those
    about ``staff`` and those of ``apart``, which are taken out of the groups again.

    A closing runs from receipt to the day told. What began anew, or was closed with no day told,
    is read by itself: its days are not those of its row.
    """
    asked: dict[str, Any] = {"since": since, "until": until, "staff": staff}
    out = [row for row in apart if row.closed_at is not None and since <= row.closed_at < until]
    how = Counter({fate: -count for fate, count in Counter(row.fate for row in out).items()})
    closed_out = [row for row in out if row.fate == "closed"]
    left_out = [row.closing(row.received_on, row.told_on) for row in closed_out]
    plain_out = [one for one, row in zip(left_out, closed_out, strict=True) if row.is_plain]
    longer = -extended_among(store, plain_out)
    results = [one.result(limit).without for one in left_out]
    for content in _CONTENTS.all(store, **asked, limit=limit):
        cause, finding, satisfaction, outcome, anonymous, *sums, late = content
        count, paid, redress, small, small_sum = sums
        how["closed"] += count
        at_once = outcome == "on_the_spot"
        sums = [count, paid, int(redress), small, int(small_sum)]
        results.append(Result(at_once, finding, cause, satisfaction, bool(anonymous), *sums))
        longer += late
    spent = [one.spent.without for one in plain_out]
    spent += map(Spent._make, _SPENT.all(store, **asked))
    gone = {row.id for row in out}
    alone = []
    for row in map(ClosedRow._make, _ALONE.all(store, **asked)):
        if row.fate != "closed":
            how[row.fate] += 1
        elif row.id not in gone:
            alone.append(row)
    begun = dict(_ROUND_BEGUN.all(store)) if any(row.round > 1 for row in alone) else {}
    closings = [
        row.closing(
            begun[row.id] if row.round > 1 else row.received_on,
            row.told_on or times.day(row.closed_at or 0),
        )
        for row in alone
    ]
    later = [one for one, row in zip(closings, alone, strict=True) if not row.is_plain]
    spent += [one.spent for one in later]
    longer += extended_among(store, later)
    # What was taken out whole leaves no zero behind.
    return Ended(+how, tuple(spent), tuple(results), tuple(paused(store, closings)), longer)


def paused(store: Store, closings: Sequence[Closing]) -> list[Paused]:
    """Those of the closings whose clock stood for a while."""
    if not closings:
        return []
    pauses: dict[int, list[Pause]] = defaultdict(list)
    query = PauseRow.select(PauseRow.complaint, PauseRow.start, PauseRow.end).where(
        PauseRow.complaint.in_(numbers(one.id for one in closings))
    )
    for complaint, start, end in _rows(store, query):
        ended = date.fromisoformat(end) if end else None
        pauses[complaint].append(Pause(date.fromisoformat(start), ended))
    return [
        Paused(one.begun, one.told or one.begun, pauses[one.id])
        for one in closings
        if one.id in pauses
    ]


def extended_among(store: Store, closings: Sequence[Closing]) -> int:
    """How many of the closings had a longer limit of which the complainant was told in their
    round."""
    if not closings:
        return 0
    query = ExtensionRow.select(ExtensionRow.complaint, ExtensionRow.told_on).where(
        ExtensionRow.told_on != "",
        ExtensionRow.complaint.in_(numbers(one.id for one in closings)),
    )
    told: dict[int, list[str]] = defaultdict(list)
    for complaint, day in _rows(store, query):
        told[complaint].append(day)
    return sum(
        any(one.begun <= day <= (one.told or one.begun) for day in told[one.id]) for one in closings
    )


def numbers(complaints: Iterable[int]) -> SQL:
    """Identities as a list within a statement: there may be more than a driver takes as values."""
    return SQL(f"({', '.join(map(str, sorted(set(complaints))))})")


def rows_of(store: Store, complaints: Collection[int], last: str) -> list[ClosedRow]:
    """Those of some cases that are complaints received up to the day ``last`` (ISO)."""
    if not complaints:
        return []
    return _closed_rows(
        store,
        [
            ComplaintRow.id.in_(numbers(complaints)),
            ComplaintRow.kind == _COMPLAINT,
            ComplaintRow.received_on <= last,
        ],
    )


def _closed_rows(store: Store, where: Sequence[Any]) -> list[ClosedRow]:
    query = ComplaintRow.select(*_FIELDS).where(*where)
    return [ClosedRow._make(row) for row in _rows(store, query)]


def _rows(store: Store, query: Any) -> list[tuple[Any, ...]]:
    sql, values = store.database.get_sql_context().sql(query).query()
    return store.rows(sql, values)
