"""What the journal holds of some complaints, in the branch's local time; writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from branch.complaints.statistics import Event
from branch.kernel.clock import from_ms, to_ms
from branch.kernel.journal import read_data_of
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow, JournalRow
from branch.kernel.store import Store

# What one statement is asked about at most.
CHUNK = 500
_DAY_MS = 86_400_000
_DAY = timedelta(days=1)
_TOPIC = "complaint."
_ZONE = Prepared(lambda: BranchRow.select(BranchRow.zone))


class LocalDay(NamedTuple):
    """A local day (ISO), from ``begin`` to before ``end`` (ms)."""

    iso: str
    begin: int
    end: int


class LocalTimes:
    """Local days and hours of many instants (ms); asks the zone once a day."""

    def __init__(self, store: Store) -> None:
        row = _ZONE.one(store)
        assert row is not None  # a founded branch has its row
        self._zone = ZoneInfo(row[0])
        self._pairs: dict[int, tuple[LocalDay, LocalDay]] = {}
        self._days: dict[date, LocalDay] = {}
        self._midnights: dict[date, int] = {}

    def day(self, ms: int) -> LocalDay:
        """The local day of an instant."""
        number = ms // _DAY_MS
        pair = self._pairs.get(number)
        if pair is None:
            begun = from_ms(number * _DAY_MS, self._zone).date()
            pair = self._pairs[number] = (self._local(begun), self._local(begun + _DAY))
        return pair[0] if ms < pair[0].end else pair[1]

    def stretches(self, first: date, last: date) -> list[tuple[int, int, int]]:
        """The days ``first`` to ``last`` in parts with one distance from UTC each: from an instant
        to before another, and the distance; all in milliseconds."""
        found: list[tuple[int, int, int]] = []
        begin, end = self.midnight(first), self.midnight(last + _DAY)
        at = begin
        while at < end:
            offset, after = self._offset(at), min(at + _DAY_MS, end)
            if after < end and self._offset(after) == offset:
                at = after
                continue
            low, high = at, after
            # The clocks are put forward or back at one instant between.
            while self._offset(high) != offset and high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if self._offset(middle) == offset else (low, middle)
            found.append((begin, high, offset))
            begin = at = high
        return found

    def midnight(self, day: date) -> int:
        """The instant (ms) at which a day begins."""
        found = self._midnights.get(day)
        if found is None:
            found = to_ms(datetime(day.year, day.month, day.day, tzinfo=self._zone))
            self._midnights[day] = found
        return found

    def _offset(self, ms: int) -> int:
        distance = from_ms(ms, self._zone).utcoffset()
        assert distance is not None  # the time has a zone
        return distance // timedelta(milliseconds=1)

    def _local(self, day: date) -> LocalDay:
        found = self._days.get(day)
        if found is None:
            begin, end = self.midnight(day), self.midnight(day + _DAY)
            found = self._days[day] = LocalDay(day.isoformat(), begin, end)
        return found


def events_of(
    store: Store, complaints: Iterable[int], facts: Collection[str], times: LocalTimes
) -> dict[int, list[Event]]:
    """The entries of some kinds about some complaints, the oldest first. What was told with a time
    of its own carries the local day as ``told``."""
    found: dict[int, list[Event]] = defaultdict(list)
    wanted, whats = sorted(complaints), {f"{_TOPIC}{fact}": fact for fact in sorted(facts)}
    for start in range(0, len(wanted), CHUNK):
        subjects = tuple(str(complaint) for complaint in wanted[start : start + CHUNK])
        query = (
            JournalRow.select(JournalRow.subject, JournalRow.at, JournalRow.what, JournalRow.data)
            .where(JournalRow.subject.in_(subjects), JournalRow.what.in_(tuple(whats)))
            .order_by(JournalRow.revision)
        )
        sql, values = store.database.get_sql_context().sql(query).query()
        rows = store.rows(sql, values)
        for (subject, at, what, _text), data in zip(
            rows, read_data_of(row[3] for row in rows), strict=True
        ):
            told = data.get("notified_at")
            if isinstance(told, int):
                data["told"] = times.day(told).iso
            found[int(subject)].append(Event(times.day(at).iso, whats[what], data))
    return found
