"""How promised waits held: the scoreboard of the last days, by service, class and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from branch.catalogue.queries import services
from branch.kernel.clock import MS_PER_MINUTE
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.queries.freezing import standstills
from branch.lobby.records import CalibrationRow, PromiseRow, TicketRow
from branch.lobby.rules import stood_still_ms

# What the announced range promises: the whole of it, and its upper end alone.
RANGE_TARGET = 0.8
UPPER_TARGET = 0.9
# A share of fewer promises than this says nothing.
FEW = 10
SCOREBOARD_DAYS = 30


@dataclass(frozen=True)
class Score:
    """How a group of promises held. ``made`` counts all, ``settled`` those already called.

    ``within`` fell inside the range, ``in_time`` at or before its upper end. ``miss`` is the mean
    distance from the range, in minutes, of those outside it.
    """

    made: int
    settled: int
    within: int
    in_time: int
    miss: float

    @property
    def share(self) -> float | None:
        """The share inside the range; None for too few to say."""
        return self.within / self.settled if self.settled >= FEW else None

    @property
    def share_in_time(self) -> float | None:
        """The share at or before the upper end; None for too few to say."""
        return self.in_time / self.settled if self.settled >= FEW else None


@dataclass(frozen=True)
class Scoreboard:
    """Promises from ``first`` to ``last`` (days, YYYY-MM-DD).

    ``version`` is the calibration in force, made at the close of ``calibrated`` (empty before
    the first).
    """

    first: str
    last: str
    whole: Score
    by_group: dict[str, Score]
    by_class: dict[str, Score]
    by_day: dict[str, Score]
    version: int
    calibrated: str


@dataclass(frozen=True, slots=True)
class _Promise:
    day: str
    service: str
    klass: str
    low: int
    high: int
    wait: int | None


# Until the day is closed the wait is read off the ticket.
_PROMISES = Prepared(
    lambda first, last: (
        PromiseRow.select(
            PromiseRow.day,
            PromiseRow.service,
            PromiseRow.klass,
            PromiseRow.low,
            PromiseRow.high,
            PromiseRow.wait,
            PromiseRow.made_at,
            TicketRow.first_called_at,
        )
        .join(TicketRow, on=(TicketRow.id == PromiseRow.ticket))
        .where(PromiseRow.day >= first, PromiseRow.day <= last)
        .order_by(PromiseRow.ticket)
    )
)
_CALIBRATED = Prepared(
    lambda: (
        CalibrationRow.select(CalibrationRow.version, CalibrationRow.day)
        .order_by(CalibrationRow.version.desc())
        .limit(1)
    )
)


def scoreboard(store: Store, last: str, days: int = SCOREBOARD_DAYS) -> Scoreboard:
    """The promises of so many calendar days up to and with ``last`` (YYYY-MM-DD)."""
    first = (date.fromisoformat(last) - timedelta(days=days - 1)).isoformat()
    still = standstills(store, first, last)
    promises = []
    for day, service, klass, low, high, wait, made_at, called_at in _PROMISES.all(
        store, first=first, last=last
    ):
        came = wait
        if wait is None and called_at is not None:
            came = called_at - made_at - stood_still_ms(still.get(day, ()), made_at, called_at)
        promises.append(_Promise(day, service, klass, low, high, came))
    group_of = {service.code: service.group for service in services(store)}
    calibrated = _CALIBRATED.one(store)
    return Scoreboard(
        first=first,
        last=last,
        whole=score(promises),
        by_group=_parts((group_of.get(item.service, item.service), item) for item in promises),
        by_class=_parts((item.klass, item) for item in promises),
        by_day=_parts((item.day, item) for item in promises),
        version=calibrated[0] if calibrated else 0,
        calibrated=calibrated[1] if calibrated else "",
    )


def _parts(promises: Iterable[tuple[str, _Promise]]) -> dict[str, Score]:
    parts: dict[str, list[_Promise]] = defaultdict(list)
    for name, promise in promises:
        parts[name].append(promise)
    return {name: score(parts[name]) for name in sorted(parts)}


def score(promises: Sequence[_Promise]) -> Score:
    """Fold promises into a score."""
    misses: list[float] = []
    within = in_time = settled = 0
    for promise in promises:
        if promise.wait is None:
            continue
        settled += 1
        in_time += promise.wait <= promise.high
        beyond = max(promise.wait - promise.high, promise.low - promise.wait)
        if beyond > 0:
            misses.append(beyond / MS_PER_MINUTE)
        else:
            within += 1
    return Score(
        len(promises), settled, within, in_time, round(fmean(misses), 3) if misses else 0.0
    )
