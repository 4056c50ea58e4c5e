"""Projects a lobby forward many times over and reads the waits off; pure and picklable.

200 replays of the waiting tickets over the counters as they stand: services drawn from the
branch's own times, the arrivals still to come among them, today's pace of each counter, breaks
(queue.md section 2). It is called off the GUI thread and outside any transaction.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from branch.kernel.clock import MS_PER_MINUTE
from branch.lobby.rules import APPOINTMENT, may_call, order_key
from branch.lobby.simulation.engine import Probe, Simulation
from branch.lobby.simulation.lobby import Absence, Arrival, Counter, Lobby, Ticket
from branch.lobby.waits.history import ELDERLY, HALF_HOUR, Laws

REPLAYS = 200
# Weights, in services, of "as always" against what today has shown (queue.md section 2).
_COUNTER_WEIGHT = 40
_BRANCH_WEIGHT = 120
# Breaks nobody planned are imagined this far ahead.
_PAUSES_AHEAD = 3 * 60 * MS_PER_MINUTE
# Mean rest of a break that has lasted longer than any before.
_UNKNOWN_BREAK = 10 * MS_PER_MINUTE


@dataclass(frozen=True, slots=True)
class Worked:
    """What a counter has finished today: the time it took, and what was to be expected."""

    busy: float = 0.0
    expected: float = 0.0


@dataclass(frozen=True)
class Today:
    """The day so far. ``midnight`` is its origin, ``closes`` when nobody comes any more."""

    midnight: int
    closes: int
    arrived: int
    worked: Mapping[int, Worked]


@dataclass(frozen=True)
class Fresh:
    """Somebody who would take a ticket now: his service, class and order key."""

    service: str
    klass: str
    key: int


@dataclass(frozen=True)
class Question:
    """All that a projection needs. ``only`` names the tickets asked for, None means every one."""

    lobby: Lobby
    laws: Laws
    today: Today
    credits: Mapping[str, int]
    fresh: tuple[Fresh, ...] = ()
    only: frozenset[str] | None = None
    seed: int = 0
    replays: int = REPLAYS


@dataclass(frozen=True, slots=True)
class Spread:
    """10th, 50th and 90th percentile of a projected wait from now on, in minutes, unrounded."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Projection:
    """Waits from the picture's instant on, by ticket's name and by somebody who might come.

    A ticket that no counter will call in any way seen from here is missing.
    """

    now: int
    tickets: Mapping[str, Spread]
    fresh: Mapping[tuple[str, str], Spread]


def project(question: Question) -> Projection:
    """Run the replays and take the percentiles."""
    return _Projector(question).run()


def paces(laws: Laws, today: Today) -> tuple[dict[int, float], float]:
    """Today's pace of every counter that has worked, and the branch's: 1 is as always, 2 twice
    as long.

    ``(busy + 40 m P) / (expected + 40 m)``, m the mean service, P the same of the whole branch
    with weight 120 (queue.md section 2).
    """
    busy = sum(worked.busy for worked in today.worked.values())
    expected = sum(worked.expected for worked in today.worked.values())
    weight = _BRANCH_WEIGHT * laws.mean
    branch = (busy + weight) / (expected + weight)
    weight = _COUNTER_WEIGHT * laws.mean
    return {
        number: (worked.busy + weight * branch) / (worked.expected + weight)
        for number, worked in today.worked.items()
    }, branch


class _Projector:
    def __init__(self, question: Question) -> None:
        self._asked = question
        self._laws = question.laws
        self._now = question.lobby.now
        self._chance = random.Random(question.seed)
        self._simulation = Simulation(question.lobby)
        self._paces, self._branch_pace = paces(question.laws, question.today)
        self._load = self._load_today()
        # Whom nobody at work can call would have every replay run on to the end of the day.
        self._wanted = {
            ticket.name
            for ticket in question.lobby.waiting
            if (question.only is None or ticket.name in question.only)
            and self._somebody_calls(ticket.service, ticket.pinned)
        }
        self._waits: dict[str, list[int]] = {name: [] for name in self._wanted}
        self._fresh = [item for item in question.fresh if self._somebody_calls(item.service)]
        self._fresh_waits: list[list[int]] = [[] for _ in self._fresh]

    def _somebody_calls(self, service: str, pinned: int | None = None) -> bool:
        return any(
            may_call(counter.number, counter.services, service, pinned)
            for counter in self._asked.lobby.counters
            if counter.at_work
        )

    def _load_today(self) -> float:
        """How busy today is against an average day, from the arrivals so far.

        The mean of a gamma distribution that has seen them (conjugate to Poisson arrivals).
        """
        today = self._asked.today
        usual = self._laws.arrivals_until(self._now - today.midnight)
        spread = self._laws.spread
        return (spread + today.arrived) / (spread + usual)

    def run(self) -> Projection:
        """All replays; a wait that never ended in a replay counts as endless."""
        for _replay in range(self._asked.replays):
            self._replay()
        return Projection(
            self._now,
            {
                name: found
                for name, waits in self._waits.items()
                if (found := self._percentiles(waits)) is not None
            },
            {
                (item.service, item.klass): found
                for item, waits in zip(self._fresh, self._fresh_waits, strict=True)
                if (found := self._percentiles(waits)) is not None
            },
        )

    def _percentiles(self, waits: list[int]) -> Spread | None:
        runs = self._asked.replays
        if len(waits) < runs:
            return None
        waits.sort()
        p10, p50, p90 = (
            waits[round(share * (runs - 1))] / MS_PER_MINUTE for share in (0.1, 0.5, 0.9)
        )
        return Spread(p10, p50, p90)

    # -- one replay ---------------------------------------------------------------------------

    def _replay(self) -> None:
        free_at, absences = self._counters()
        left = len(self._wanted) + len(self._fresh)
        waits, now = self._waits, self._now

        def called(at: int, ticket: Ticket, _counter: Counter) -> bool:
            nonlocal left
            kept = waits.get(ticket.name)
            if kept is None:
                return False
            kept.append(at - now)
            left -= 1
            return left == 0

        def seen(kept: list[int], at: int) -> bool:
            nonlocal left
            kept.append(at - now)
            left -= 1
            return left == 0

        if not left:
            return
        last = 1 << 60
        probes = [
            Probe(item.key, last + at, item.service, partial(seen, kept))
            for at, (item, kept) in enumerate(zip(self._fresh, self._fresh_waits, strict=True))
        ]
        self._simulation.run(self._server(), called, self._arrivals(), free_at, absences, probes)

    def _server(self) -> Callable[[Ticket, Counter], int]:
        """Service times drawn from the branch's own, at today's pace of the counter."""
        times, draw = self._laws.times, self._chance.random
        paces, usual = self._paces, self._branch_pace
        elderly, others = self._laws.elderly, self._laws.others

        def serve(ticket: Ticket, counter: Counter) -> int:
            drawn = times[ticket.service]
            factor = elderly if ticket.klass == ELDERLY else others
            pace = paces.get(counter.number, usual) * factor
            return int(drawn[int(draw() * len(drawn))] * pace)

        return serve

    def _counters(self) -> tuple[list[int | None], list[Sequence[Absence]]]:
        """When each counter is free in this replay, and the breaks it takes."""
        free_at: list[int | None] = []
        absences: list[Sequence[Absence]] = []
        for counter in self._asked.lobby.counters:
            free = counter.free_at
            if counter.serving is not None:
                free = self._now + self._remaining(counter)
            elif counter.away_since is not None:
                free = self._now + self._rest_of_break(self._now - counter.away_since)
            free_at.append(free)
            absences.append(self._breaks(counter) if free is not None else ())
        return free_at, absences

    def _remaining(self, counter: Counter) -> int:
        """The rest of the service in progress, among the times longer than it has lasted."""
        serving = counter.serving
        assert serving is not None
        pace = self._paces.get(counter.number, self._branch_pace)
        pace *= self._laws.factor(serving.klass)
        passed = (self._now - serving.since) / pace
        times = self._laws.times[serving.service]
        longer = bisect_right(times, passed)
        if longer == len(times):
            # Longer than ever seen: how long still is anybody's guess, of half a mean service.
            return int(self._chance.expovariate(2 / self._laws.means[serving.service]) * pace)
        drawn = times[longer + int(self._chance.random() * (len(times) - longer))]
        return int((drawn - passed) * pace)

    def _rest_of_break(self, passed: int) -> int:
        """The rest of a break nobody planned, among the past ones that were longer."""
        lengths = self._laws.pauses
        longer = bisect_right(lengths, passed)
        if longer == len(lengths):
            return int(self._chance.expovariate(1 / _UNKNOWN_BREAK))
        return lengths[longer + int(self._chance.random() * (len(lengths) - longer))] - passed

    def _breaks(self, counter: Counter) -> Sequence[Absence]:
        """The planned breaks, and those that nobody planned but come now and then."""
        rate, lengths = self._laws.pause_rate, self._laws.pauses
        if not rate:
            return counter.absences
        start = self._now + self._chance.expovariate(rate)
        if start > self._now + _PAUSES_AHEAD:
            return counter.absences
        length = lengths[int(self._chance.random() * len(lengths))]
        found = [*counter.absences, Absence(int(start), length)]
        return sorted(found, key=lambda absence: absence.start)

    def _arrivals(self) -> Iterator[Arrival]:
        """Who may still come today, as a Poisson stream by half hours."""
        today, chance, credits = self._asked.today, self._chance.random, self._asked.credits
        rates, comers, log = self._laws.rates, self._laws.comers, math.log
        starts = {klass: credit * MS_PER_MINUTE for klass, credit in credits.items()}
        at: float = self._now
        seq = 1 << 50
        while at < today.closes:
            slot = int(at - today.midnight) // HALF_HOUR
            ends = min(today.midnight + (slot + 1) * HALF_HOUR, today.closes)
            rate = rates[slot] * self._load / HALF_HOUR if slot < len(rates) else 0.0
            who = comers[slot] if rate else ()
            while who:
                at -= log(1 - chance()) / rate
                if at >= ends:
                    break  # what is left of the gap begins anew: a Poisson stream forgets
                klass, service, ahead = who[int(chance() * len(who))]
                come = int(at)
                if klass == APPOINTMENT and ahead is not None:
                    key = order_key(come, (klass,), credits, come + ahead)
                else:
                    key = come - starts.get(klass, 0)
                seq += 1
                yield Arrival(come, Ticket("", key, seq, service, klass))
            at = ends
