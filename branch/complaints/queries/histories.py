"""What the journal holds of some complaints, in the branch's local time; writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from peewee import SQL

from branch.complaints.statistics import Event
from branch.kernel.clock import from_ms, to_ms
from branch.kernel.journal import read_data_of
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow, JournalRow
from branch.kernel.store import Store

# What one statement is asked about at most.
CHUNK = 500
_DAY_MS = 86_400_000
# The clocks are not put forward and back again within a week.
_STRIDE_MS = 7 * _DAY_MS
_EPOCH = date(1970, 1, 1)
_DAY = timedelta(days=1)
_TOPIC = "complaint."
_ZONE = Prepared(lambda: BranchRow.select(BranchRow.zone))


class LocalTimes:
    """Local days and hours of many instants (ms); asks the zone once a week."""

    def __init__(self, store: Store) -> None:
        row = _ZONE.one(store)
        assert row is not None  # a founded branch has its row
        self._zone = ZoneInfo(row[0])
        # The distance from UTC in the weeks in which it stays the same, which are most.
        self._even: dict[int, int | None] = {}
        self._days: dict[int, str] = {}
        self._midnights: dict[date, int] = {}

    def day(self, ms: int) -> str:
        """The local day (ISO) of an instant."""
        at = ms // _STRIDE_MS
        if at not in self._even:
            offset = self._offset(at * _STRIDE_MS)
            same = self._offset((at + 1) * _STRIDE_MS) == offset
            self._even[at] = offset if same else None
        even = self._even[at]
        offset = self._offset(ms) if even is None else even
        number = (ms + offset) // _DAY_MS
        found = self._days.get(number)
        if found is None:
            found = self._days[number] = (_EPOCH + timedelta(days=number)).isoformat()
        return found

    def stretches(self, first: date, last: date) -> list[tuple[int, int, int]]:
        """The days ``first`` to ``last`` in parts with one distance from UTC each: from an instant
        to before another, and the distance; all in milliseconds."""
        found: list[tuple[int, int, int]] = []
        begin, end = self.midnight(first), self.midnight(last + _DAY)
        at = begin
        while at < end:
            offset, after = self._offset(at), min(at + _STRIDE_MS, end)
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


def events_of(
    store: Store, complaints: Iterable[int], facts: Collection[str], times: LocalTimes
) -> dict[int, list[Event]]:
    """The entries of some kinds about some complaints, the oldest first. What was told with a time
    of its own carries the local day as ``told``."""
    found: dict[int, list[Event]] = defaultdict(list)
    wanted, whats = sorted(complaints), {f"{_TOPIC}{fact}": fact for fact in sorted(facts)}
    for start in range(0, len(wanted), CHUNK):
        # Within the statement: filling in hundreds of values takes longer than the answer.
        subjects = ", ".join(f"'{int(one)}'" for one in wanted[start : start + CHUNK])
        query = (
            JournalRow.select(JournalRow.subject, JournalRow.at, JournalRow.what, JournalRow.data)
            .where(JournalRow.subject.in_(SQL(f"({subjects})")), JournalRow.what.in_(tuple(whats)))
            .order_by(JournalRow.revision)
        )
        sql, values = store.database.get_sql_context().sql(query).query()
        rows = store.rows(sql, values)
        for (subject, at, what, _text), data in zip(
            rows, read_data_of(row[3] for row in rows), strict=True
        ):
            told = data.get("notified_at")
            if isinstance(told, int):
                data["told"] = times.day(told)
            found[int(subject)].append(Event(times.day(at), whats[what], data))
    return found
