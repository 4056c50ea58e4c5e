"""What the estimator needs of the store: laws of past days, calibration, the day's record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from branch.catalogue.queries import counters, credits, services
from branch.catalogue.rules import break_span
from branch.kernel import journal
from branch.kernel.clock import MS_PER_MINUTE, to_ms
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.day_record import DayRecord
from branch.lobby.queries.day import day_entries
from branch.lobby.queries.screens import branch_name
from branch.lobby.queries.waiting import business_day
from branch.lobby.records import CalibrationRow, LessonRow
from branch.lobby.waits.board import House
from branch.lobby.waits.calibration import Calibration
from branch.lobby.waits.history import Laws, learn
from branch.lobby.waits.lessons import Breaks, from_text
from branch.lobby.waits.outlook import Asked, ask

# Business days that the laws are learned from: four weeks and some, of every weekday.
LEARNED_DAYS = 40

_LESSONS = Prepared(
    lambda before, most: (
        LessonRow.select(LessonRow.data)
        .where(LessonRow.day < before)
        .order_by(LessonRow.day.desc())
        .limit(most)
    )
)
_CALIBRATION = Prepared(
    lambda: (
        CalibrationRow.select(
            CalibrationRow.version, CalibrationRow.low, CalibrationRow.middle, CalibrationRow.high
        )
        .order_by(CalibrationRow.version.desc())
        .limit(1)
    )
)


def day_record(store: Store, day: str) -> DayRecord:
    """A business day as the journal tells it; an empty record for one that was never opened."""
    return DayRecord().follow(day_entries(store, day))


def midnight(day: str, zone: ZoneInfo) -> int:
    """The instant (ms) at which a calendar day (YYYY-MM-DD) begins in the branch's zone."""
    return to_ms(datetime.combine(date.fromisoformat(day), time(), tzinfo=zone))


def planned_breaks(store: Store) -> Breaks:
    """The counters' planned breaks, milliseconds from midnight."""
    spans = {counter.number: break_span(counter.planned_break) for counter in counters(store)}
    return {
        number: (span[0] * MS_PER_MINUTE, span[1] * MS_PER_MINUTE)
        for number, span in spans.items()
        if span is not None
    }


def typical_minutes(store: Store) -> dict[str, float]:
    """The catalogue's typical minutes of every service."""
    return {service.code: float(service.minutes) for service in services(store)}


def laws_before(store: Store, day: str, typical: Mapping[str, float]) -> Laws:
    """The laws learned from the last closed days before this one."""
    kept = [from_text(row[0]) for row in _LESSONS.all(store, before=day, most=LEARNED_DAYS)]
    return learn(kept[::-1], typical)


def calibration(store: Store) -> Calibration:
    """The calibration in force; version 0 before the first night."""
    row = _CALIBRATION.one(store)
    return Calibration(*row) if row else Calibration()


def house_of(store: Store, day: str) -> House:
    """What the branch has set for this day."""
    named = branch_name(store)
    begins = midnight(day, ZoneInfo(named.zone))
    closes = time.fromisoformat(named.closes)
    return House(
        services={counter.number: counter.services for counter in counters(store)},
        breaks=planned_breaks(store),
        credits=credits(store),
        midnight=begins,
        closes=begins + (closes.hour * 60 + closes.minute) * MS_PER_MINUTE,
    )


class Watch:
    """Keeps a day's record between two looks, so that a look reads new entries only.

    Used on the store's thread. ``look`` gives what to project, outside any transaction.
    """

    def __init__(self) -> None:
        self._day = ""
        self._record = DayRecord()
        self._typical: dict[str, float] = {}
        self._laws: Laws | None = None

    def look(self, store: Store, now: int, only: int | None = None) -> Asked | None:
        """The question at ``now`` (ms), about everybody or ``only`` one ticket.

        None while no business day is open or nothing is known yet.
        """
        day = business_day(store)
        if not day:
            return None
        typical = typical_minutes(store)
        if day != self._day or self._laws is None or typical != self._typical:
            self._laws = laws_before(store, day, typical)
            self._typical = typical
        if day != self._day:
            self._record, self._day = day_record(store, day), day
        else:
            self._record.follow(journal.entries(store, after=self._record.revision))
        house = house_of(store, day)
        return ask(self._record, house, self._laws, typical, calibration(store), now, only)
