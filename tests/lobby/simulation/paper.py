"""The lobby once more with lists and no cleverness: what the engine is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from branch.lobby.simulation.engine import Probe, Simulation
from branch.lobby.simulation.lobby import Absence, Arrival, Counter, Lobby, ServicesSet, Ticket

# Instant, ticket's name, counter's number.
Call = tuple[int, str, int]
# Instant and counter's number.
Leave = tuple[int, int]
Coming = Arrival | ServicesSet


def engine(
    lobby: Lobby, coming: Sequence[Coming] = (), probes: Sequence[Probe] = ()
) -> tuple[list[Call], list[Leave]]:
    """Calls and breaks as the engine has them; services last as the tickets say."""
    calls: list[Call] = []
    leaves: list[Leave] = []
    Simulation(lobby).run(
        lambda ticket, _counter: ticket.busy,
        lambda now, ticket, counter: calls.append((now, ticket.name, counter.number)),
        coming,
        probes=probes,
        left=lambda now, counter, _absence: leaves.append((now, counter.number)),
    )
    return calls, leaves


def calls(lobby: Lobby, *coming: Coming) -> list[Call]:
    """The engine's calls alone."""
    return engine(lobby, coming)[0]


@dataclass
class _Desk:
    number: int
    services: frozenset[str]
    breaks: list[Absence]
    owes: bool
    idle_since: int | None
    looks_at: int | None
    # Of two that are free at one instant, the one that has known it longer looks first.
    known: int = 0


class Paper:
    """One run of a lobby, step by step, everything looked up by going through the lists."""

    def __init__(self, lobby: Lobby, coming: Sequence[Coming]) -> None:
        self.waiting = list(lobby.waiting)
        self.coming = list(coming)
        self.back: list[tuple[int, Ticket]] = []
        self.calls: list[Call] = []
        self.leaves: list[Leave] = []
        self.turn = count(1)
        self.desks = [self._desk(counter) for counter in lobby.counters]

    def _wake(self, desk: _Desk, at: int | None) -> None:
        desk.looks_at, desk.known = at, next(self.turn)

    def _desk(self, counter: Counter) -> _Desk:
        return _Desk(
            counter.number,
            counter.services,
            list(counter.absences),
            counter.owes,
            counter.idle_since,
            counter.free_at,
            next(self.turn),
        )

    def run(self) -> tuple[list[Call], list[Leave]]:
        """Take whatever comes next until nothing comes: free counters, who is back, arrivals."""
        while True:
            things = [
                (desk.looks_at, 0, desk.known, at)
                for at, desk in enumerate(self.desks)
                if desk.looks_at is not None
            ]
            things += [(at, 1, 0, index) for index, (at, _ticket) in enumerate(self.back)]
            things += [(thing.at, 2, 0, 0) for thing in self.coming[:1]]
            if not things:
                return self.calls, self.leaves
            now, kind, _turn, index = min(things)
            if kind == 0:
                self._look(self.desks[index], now)
            elif kind == 1:
                self._come(self.back.pop(index)[1], now)
            else:
                thing = self.coming.pop(0)
                if isinstance(thing, ServicesSet):
                    self._set(thing, now)
                else:
                    self._come(thing.ticket, now)

    def _fits(self, desk: _Desk, ticket: Ticket) -> bool:
        return ticket.service in desk.services and ticket.pinned in (None, desk.number)

    def _look(self, desk: _Desk, now: int) -> None:
        """A free counter: a break that is due, else the first in line, else wait."""
        desk.looks_at = None
        due = bool(desk.breaks) and desk.breaks[0].start <= now
        if due and not desk.owes:
            self._away(desk, now)
            return
        desk.owes = False
        self.waiting = [t for t in self.waiting if t.leaves_at is None or t.leaves_at > now]
        fitting = [ticket for ticket in self.waiting if self._fits(desk, ticket)]
        if fitting:
            first = min(fitting, key=lambda ticket: (ticket.key, ticket.seq))
            self.waiting.remove(first)
            self._call(desk, first, now)
        elif due:
            self._away(desk, now)
        else:
            if desk.idle_since is None:
                desk.idle_since = now
            self._wake(desk, desk.breaks[0].start if desk.breaks else None)

    def _away(self, desk: _Desk, now: int) -> None:
        self.leaves.append((now, desk.number))
        self._wake(desk, now + desk.breaks.pop(0).length)
        desk.owes, desk.idle_since = True, None

    def _call(self, desk: _Desk, ticket: Ticket, now: int) -> None:
        self.calls.append((now, ticket.name, desk.number))
        desk.idle_since = None
        self._wake(desk, now + ticket.busy)
        if ticket.again is not None:
            self.back.append((now + ticket.busy + ticket.away, ticket.again))
            self.back.sort(key=lambda pair: (pair[0], pair[1].seq))

    def _come(self, ticket: Ticket, now: int) -> None:
        idle = [d for d in self.desks if d.idle_since is not None and self._fits(d, ticket)]
        if not idle:
            self.waiting.append(ticket)
            return
        ranked = sorted(idle, key=lambda d: (len(d.services), d.idle_since or 0, d.number))
        self._call(ranked[0], ticket, now)

    def _set(self, change: ServicesSet, now: int) -> None:
        for desk in self.desks:
            if desk.number == change.counter:
                desk.services = change.services
            if desk.idle_since is not None:
                self._wake(desk, now)
