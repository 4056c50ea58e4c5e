"""What past days teach: how long services take, who comes when, how counters pause; pure.

Spans are milliseconds; instants of a day are milliseconds since its local midnight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pvariance
from typing import NamedTuple

from branch.kernel.clock import MS_PER_MINUTE

HALF_HOUR = 30 * MS_PER_MINUTE
ELDERLY = "elderly"
# So many services of the elderly are needed before their own pace counts for half.
_ELDERLY_WEIGHT = 60
# Newest services kept of each kind: enough for a tail, quick to draw from.
_MOST_TIMES = 2_000
# A half hour with fewer past arrivals than this borrows from the whole day.
_ENOUGH_ARRIVALS = 30
# Midpoints of ten equal shares of a gamma distribution with mean 1 and squared variation 0.4,
# which is how counter services spread; they stand for a service nobody has logged yet, and weigh
# as ten services against the branch's own.
_TYPICAL_SHAPE = (0.20, 0.37, 0.51, 0.64, 0.78, 0.93, 1.11, 1.34, 1.67, 2.45)


@dataclass(frozen=True, slots=True)
class PastService:
    """A finished stay at a counter: call until the counter was free, no-shows included."""

    service: str
    klass: str
    busy: int


@dataclass(frozen=True, slots=True)
class PastArrival:
    """A ticket issued. ``ahead`` is how long before its slot an appointment came, else None."""

    at: int
    klass: str
    service: str
    ahead: int | None = None


@dataclass(frozen=True)
class PastDay:
    """A business day gone by.

    ``pauses`` are the lengths of those nobody planned, ``open_for`` the time of all open counters.
    """

    services: tuple[PastService, ...]
    arrivals: tuple[PastArrival, ...]
    pauses: tuple[int, ...] = ()
    open_for: int = 0


class Comer(NamedTuple):
    """Somebody who may come: class, service, and for an appointment how long before its slot."""

    klass: str
    service: str
    ahead: int | None


@dataclass(frozen=True)
class Laws:
    """What to expect. ``days`` is how many days it was learned from.

    ``times`` are the services' times to draw from, ordered, ``means`` their means and ``mean`` that
    of a service as they come; ``elderly`` and ``others`` the
    factors of the two groups; ``rates`` the arrivals of each half hour of an average day and
    ``comers`` who they were; ``spread`` the shape of the gamma distribution of a day's load;
    ``pauses`` the unplanned breaks, ``pause_rate`` how many an open counter takes in a
    millisecond.
    """

    days: int
    times: Mapping[str, tuple[int, ...]]
    means: Mapping[str, float]
    mean: float
    elderly: float
    others: float
    rates: tuple[float, ...]
    comers: tuple[tuple[Comer, ...], ...]
    spread: float
    pauses: tuple[int, ...]
    pause_rate: float

    def factor(self, klass: str) -> float:
        """How much longer than the average this class takes."""
        return self.elderly if klass == ELDERLY else self.others

    def expected(self, service: str, klass: str) -> float:
        """Mean time at a counter, milliseconds."""
        return self.means[service] * self.factor(klass)

    def arrivals_until(self, at: int) -> float:
        """How many come on an average day up to this instant."""
        whole, part = divmod(at, HALF_HOUR)
        # A business day may last beyond midnight, when all have come.
        return sum(self.rates[:whole]) + sum(self.rates[whole : whole + 1]) * part / HALF_HOUR


def learn(days: Sequence[PastDay], typical: Mapping[str, float]) -> Laws:
    """The laws of a branch from its past days, the newest last.

    ``typical`` are the catalogue's minutes of every service; they are all there is at first and
    fade as the branch's own services are logged.
    """
    logged: dict[str, list[int]] = defaultdict(list)
    for day in days:
        for done in day.services:
            logged[done.service].append(done.busy)
    times = {}
    for service, minutes in typical.items():
        own = logged.get(service, [])[-_MOST_TIMES:]
        # The catalogue takes nought for minutes; no service does.
        mean = max(minutes, 1) * MS_PER_MINUTE
        assumed = [round(share * mean) for share in _TYPICAL_SHAPE]
        times[service] = tuple(sorted(own + assumed))
    means = {service: fmean(values) for service, values in times.items()}
    elderly, others = _paces(days, means)
    totals = [len(day.arrivals) for day in days]
    open_for = sum(day.open_for for day in days)
    pauses = tuple(sorted(length for day in days for length in day.pauses))
    rates, comers = _profile(days)
    return Laws(
        days=len(days),
        times=times,
        means=means,
        mean=_mean(logged, means),
        elderly=elderly,
        others=others,
        rates=rates,
        comers=comers,
        spread=_spread(totals),
        pauses=pauses,
        pause_rate=len(pauses) / open_for if open_for else 0.0,
    )


def _mean(logged: Mapping[str, Sequence[int]], means: Mapping[str, float]) -> float:
    """The mean over services as they come; over the catalogue while none has been logged."""
    every = [busy for times in logged.values() for busy in times]
    return fmean(every or means.values()) if every or means else float(MS_PER_MINUTE)


def _paces(days: Sequence[PastDay], means: Mapping[str, float]) -> tuple[float, float]:
    """How much longer the elderly take, and all others, drawn towards no difference."""
    busy, usual, count = [0.0, 0.0], [0.0, 0.0], [0, 0]
    for day in days:
        for done in day.services:
            at = done.klass == ELDERLY
            busy[at] += done.busy
            usual[at] += means[done.service]
            count[at] += 1
    found = []
    for at in (True, False):
        ratio = busy[at] / usual[at] if usual[at] else 1.0
        weight = count[at] / (count[at] + _ELDERLY_WEIGHT)
        found.append(1 + (ratio - 1) * weight)
    return found[0], found[1]


def _profile(
    days: Sequence[PastDay],
) -> tuple[tuple[float, ...], tuple[tuple[Comer, ...], ...]]:
    """Arrivals of each half hour of an average day, and who came then."""
    slots = 24 * 2
    came: list[list[Comer]] = [[] for _ in range(slots)]
    # All who are alike are one object, so that they also travel once.
    alike: dict[Comer, Comer] = {}
    for day in days:
        for arrival in day.arrivals:
            comer = Comer(arrival.klass, arrival.service, arrival.ahead)
            came[min(arrival.at // HALF_HOUR, slots - 1)].append(alike.setdefault(comer, comer))
    rates = tuple(len(slot) / max(len(days), 1) for slot in came)
    # One tuple for all sparse half hours, so that it also travels once.
    everybody = tuple(comer for slot in came for comer in slot)
    return rates, tuple(
        tuple(slot) if len(slot) >= _ENOUGH_ARRIVALS else everybody for slot in came
    )


def _spread(totals: Sequence[int]) -> float:
    """The shape of a day's load, by moments: its variance beyond a Poisson day's."""
    if len(totals) < 2 or not sum(totals):
        return 10.0
    mean = fmean(totals)
    beyond = pvariance(totals) - mean
    return min(max(mean * mean / beyond, 4.0), 1_000.0) if beyond > 0 else 1_000.0
