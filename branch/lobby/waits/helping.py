"""Which change at the counters would shorten the line most right now; pure.

Each candidate is the same lobby with one thing changed, projected like the lobby itself; nothing
is changed by asking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from branch.lobby.simulation.lobby import Counter, Lobby
from branch.lobby.waits.projection import Projection, Question

# Fewer replays than for a promise: only the difference between candidates counts.
_REPLAYS = 60


@dataclass(frozen=True)
class Candidate:
    """A counter with more services, or a closed one opened (``opens``)."""

    counter: int
    services: frozenset[str]
    group: str
    opens: bool


@dataclass(frozen=True)
class Gain:
    """A candidate and what it would save.

    ``minutes`` is the mean that those in line would wait less; ``reached`` how many could be
    served at all whom no counter can serve as it is, and of whom no minutes can be told.
    """

    candidate: Candidate
    minutes: float
    reached: int = 0


def candidates(lobby: Lobby, groups: Mapping[str, frozenset[str]]) -> list[Candidate]:
    """What could be changed for those in line: ``groups`` are services by group.

    Every counter at work may do another group that somebody waits for; every closed one may open
    with the services it has.
    """
    wanted = {ticket.service for ticket in lobby.waiting}
    found = []
    for counter in lobby.counters:
        if not counter.at_work:
            if wanted & counter.services:
                found.append(Candidate(counter.number, counter.services, "", opens=True))
            continue
        for group, services in sorted(groups.items()):
            if wanted & services - counter.services:
                able = counter.services | services
                found.append(Candidate(counter.number, able, group, opens=False))
    return found


def changed(question: Question, candidate: Candidate | None) -> Question:
    """The question with a candidate's change, or (None) as it is; tickets only."""
    counters = tuple(
        _changed(counter, candidate, question.lobby.now) for counter in question.lobby.counters
    )
    lobby = Lobby(question.lobby.now, counters, question.lobby.waiting)
    return replace(question, lobby=lobby, fresh=(), only=None, replays=_REPLAYS)


def _changed(counter: Counter, candidate: Candidate | None, now: int) -> Counter:
    if candidate is None or counter.number != candidate.counter:
        return counter
    if candidate.opens:
        return replace(counter, free_at=now)
    return replace(counter, services=candidate.services)


def gains(
    base: Projection, found: Sequence[tuple[Candidate, Projection]], most: int = 3
) -> tuple[Gain, ...]:
    """The candidates that help, the best first; of one counter and of one group only the best."""
    helping = [
        gain
        for candidate, projection in found
        if (gain := _gain(base, candidate, projection)).reached or gain.minutes >= 1
    ]
    told: list[Gain] = []
    for gain in sorted(helping, key=lambda gain: (gain.reached, gain.minutes), reverse=True):
        if not any(_alike(gain.candidate, other.candidate) for other in told):
            told.append(gain)
    return tuple(told[:most])


def _gain(base: Projection, candidate: Candidate, projection: Projection) -> Gain:
    saved = [
        base.tickets[name].p50 - spread.p50
        for name, spread in projection.tickets.items()
        if name in base.tickets
    ]
    reached = len(projection.tickets.keys() - base.tickets.keys())
    return Gain(candidate, fmean(saved) if saved else 0.0, reached)


def _alike(one: Candidate, other: Candidate) -> bool:
    """Whether a second one would tell nothing new."""
    same_group = one.group == other.group and not (one.opens or other.opens)
    return one.counter == other.counter or same_group
