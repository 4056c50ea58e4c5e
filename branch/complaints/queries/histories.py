"""What the journal holds of some complaints, in the branch's local time; writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from branch.complaints.statistics import Event
from branch.kernel.clock import from_ms, to_ms
from branch.kernel.journal import read_data
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow, JournalRow
from branch.kernel.store import Store

# What one statement is asked about at most.
CHUNK = 500
_DAY_MS, _HOUR_MS = 86_400_000, 3_600_000
_DAY = timedelta(days=1)
_HOURS = tuple(str(hour) for hour in range(24))
_TOPIC = "complaint."
_ZONE = Prepared(lambda: BranchRow.select(BranchRow.zone))


class LocalDay(NamedTuple):
    """A local day (ISO) with its weekday (0 is Monday), from ``begin`` to before ``end`` (ms)."""

    iso: str
    weekday: str
    begin: int
    end: int


class LocalTimes:
    """Local days and hours of many instants (ms); asks the zone once a day."""

    def __init__(self, store: Store) -> None:
        row = _ZONE.one(store)
        assert row is not None  # a founded branch has its row
        self._zone = ZoneInfo(row[0])
        self._pairs: dict[int, tuple[LocalDay, LocalDay]] = {}

    def day(self, ms: int) -> LocalDay:
        """The local day of an instant."""
        number = ms // _DAY_MS
        pair = self._pairs.get(number)
        if pair is None:
            begun = from_ms(number * _DAY_MS, self._zone).date()
            pair = self._pairs[number] = (self._local(begun), self._local(begun + _DAY))
        return pair[0] if ms < pair[0].end else pair[1]

    def moment(self, ms: int) -> tuple[str, str]:
        """The local weekday (0 is Monday) and hour (0 to 23) of an instant."""
        day = self.day(ms)
        if day.end - day.begin == _DAY_MS:
            return day.weekday, _HOURS[(ms - day.begin) // _HOUR_MS]
        # The clocks are put forward or back.
        return day.weekday, _HOURS[from_ms(ms, self._zone).hour]

    def midnight(self, day: date) -> int:
        """The instant (ms) at which a day begins."""
        return to_ms(datetime(day.year, day.month, day.day, tzinfo=self._zone))

    def _local(self, day: date) -> LocalDay:
        return LocalDay(
            day.isoformat(), str(day.weekday()), self.midnight(day), self.midnight(day + _DAY)
        )


def events_of(
    store: Store, complaints: Iterable[int], facts: Collection[str], times: LocalTimes
) -> dict[int, list[Event]]:
    """The entries of some kinds about some complaints, the oldest first. What was told with a time
    of its own carries the local day as ``told``."""
    found: dict[int, list[Event]] = defaultdict(list)
    wanted, whats = sorted(complaints), tuple(sorted(f"{_TOPIC}{fact}" for fact in facts))
    for start in range(0, len(wanted), CHUNK):
        subjects = tuple(str(complaint) for complaint in wanted[start : start + CHUNK])
        query = (
            JournalRow.select(JournalRow.subject, JournalRow.at, JournalRow.what, JournalRow.data)
            .where(JournalRow.subject.in_(subjects), JournalRow.what.in_(whats))
            .order_by(JournalRow.revision)
        )
        sql, values = store.database.get_sql_context().sql(query).query()
        for subject, at, what, text in store.rows(sql, values):
            data = read_data(text)
            told = data.get("notified_at")
            if isinstance(told, int):
                data["told"] = times.day(told).iso
            event = Event(times.day(at).iso, what.removeprefix(_TOPIC), data)
            found[int(subject)].append(event)
    return found
