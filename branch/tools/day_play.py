"""A day played through the commands: people arrive, take tickets, tellers work, everybody leaves.

The play is a heap of moments; ``step`` carries out the next one. It drives no clock of its own:
a headless run sets the clock to each moment, a shown run waits until the clock reaches it.
"""

from __future__ import annotations

import heapq
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from branch.bootstrap import Branch, station_actor
from branch.catalogue.queries import counters, services
from branch.kernel.clock import to_ms
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Greet, Issue, Leave, Triage
from branch.lobby.commands.calling import Called, CallNext, Finish, NoShow, Recall
from branch.lobby.commands.counters import (
    CloseCounter,
    OpenCounter,
    PauseCounter,
    SetCounterServices,
)
from branch.lobby.commands.day import CloseDay
from branch.lobby.commands.floor import Rate
from branch.lobby.commands.promises import KeepPromise
from branch.lobby.queries.screens import branch_name
from branch.lobby.queries.slip import at_once
from branch.lobby.queries.waiting import waiting
from branch.lobby.queries.waits import Watch
from branch.lobby.rules import ROLLOVER_HOUR, idle_rank
from branch.lobby.ticket import find_ticket
from branch.lobby.waits.outlook import outlook
from branch.lobby.waits.projection import project
from branch.people.queries import staff_members
from branch.people.rules import Role
from branch.tools.day_file import Visitor

_RECALL_AFTER_MS = 20_000
_NO_SHOW_AFTER_MS = 40_000
_RATES_AFTER_MS = 5_000
_LONG_LINE = 3
_GREETED = ("elderly", "assisted", "pregnant_or_infant", "military")

# Moments at the same instant happen in this order, as in the reference day: first what ends.
_ENDS, _ARRIVES, _LEAVES, _CALLS = range(4)


@dataclass
class _Desk:
    number: int
    teller: Actor
    usual: frozenset[str]
    services: frozenset[str]
    open: bool = False
    busy: bool = False
    idle_since: int = 0
    # Length in ms of a break that begins when the customer at the desk is done.
    pause_due: int = 0

    def rank(self) -> tuple[int, int, int]:
        """Which of several idle desks takes a new ticket: the smallest."""
        return idle_rank(len(self.services), self.idle_since, self.number)


@dataclass(order=True)
class _Moment:
    at: int
    rank: int
    order: int
    act: Callable[[int], None] = field(compare=False)


class DayPlay:
    """A day's customers and tellers at work on a sample branch."""

    def __init__(
        self,
        branch: Branch,
        day: date,
        visitors: list[Visitor],
        on_issued: Callable[[int], None] = lambda ticket: None,
        promises: bool = False,
    ) -> None:
        """``promises`` has every ticket promised its wait, as the printed ones are."""
        self._branch = branch
        self._watch = Watch() if promises else None
        self._on_issued = on_issued
        self._visitors = visitors
        self._moments: list[_Moment] = []
        self._order = count()
        self._by_ticket: dict[int, Visitor] = {}
        self._closed = False
        named = branch_name(branch.store)
        self._zone = ZoneInfo(named.zone)
        self._day = day
        self._closes = self._local(named.closes)
        self.opens = self._local(named.opens)
        self._ends = to_ms(
            datetime.combine(day + timedelta(days=1), time(ROLLOVER_HOUR), tzinfo=self._zone)
        )
        self._by_group: dict[str, frozenset[str]] = defaultdict(frozenset)
        for service in services(branch.store):
            self._by_group[service.group] |= {service.code}
        self._kiosk = station_actor(branch, "KIOSK", "kiosk-1")
        self._floor = self._person(Role.LOBBY_MANAGER, "lobby")
        self._desks = self._tellers()
        # The business day ends by rule at four in the morning; nobody stays until then unnoticed.
        self._at(self._ends - 1000, _CALLS, self._last_orders)
        for desk in self._desks:
            self._at(self.opens, _ENDS, self._opener(desk))
            self._plan_break(desk)
        for visitor in visitors:
            self._at(visitor.arrives_at, _ARRIVES, self._arrival(visitor))

    # -- playing ------------------------------------------------------------------------------

    @property
    def next_at(self) -> int | None:
        """The instant of the next moment (ms), or None when the day is over."""
        return self._moments[0].at if self._moments else None

    def step(self) -> None:
        """Carry out the next moment; the branch's clock stands at it or later."""
        moment = heapq.heappop(self._moments)
        moment.act(moment.at)
        if len(self._moments) == 1 and not self._closed:
            self._close_up(moment.at)

    def _at(self, at: int, rank: int, act: Callable[[int], None]) -> None:
        heapq.heappush(self._moments, _Moment(at, rank, next(self._order), act))

    def _run(self, command: object, actor: Actor) -> Any:
        return self._branch.run(command, actor).value

    # -- who is there -------------------------------------------------------------------------

    def _local(self, clock: str) -> int:
        return to_ms(datetime.combine(self._day, time.fromisoformat(clock), tzinfo=self._zone))

    def _person(self, role: Role, station: str) -> Actor:
        found = next(m for m in staff_members(self._branch.store) if role in m.roles)
        return Actor(found.id, station)

    def _tellers(self) -> list[_Desk]:
        people = [m for m in staff_members(self._branch.store) if Role.TELLER in m.roles]
        return [
            _Desk(
                counter.number,
                Actor(member.id, f"counter-{counter.number}"),
                counter.services,
                counter.services,
            )
            for counter, member in zip(counters(self._branch.store), people, strict=False)
        ]

    def _plan_break(self, desk: _Desk) -> None:
        planned = {c.number: c.planned_break for c in counters(self._branch.store)}[desk.number]
        if planned:
            begins, ends = (self._local(part) for part in planned.split("-"))
            self._at(begins, _CALLS, self._breaker(desk, ends - begins))

    # -- what happens -------------------------------------------------------------------------

    def _opener(self, desk: _Desk) -> Callable[[int], None]:
        def act(now: int) -> None:
            self._run(OpenCounter(desk.number), desk.teller)
            desk.open, desk.idle_since = True, now
            self._call(desk, now)

        return act

    def _breaker(self, desk: _Desk, length: int) -> Callable[[int], None]:
        def act(now: int) -> None:
            if desk.busy:
                desk.pause_due = length
            else:
                self._pause(desk, now, length)

        return act

    def _pause(self, desk: _Desk, now: int, length: int) -> None:
        self._run(PauseCounter(desk.number, "break"), desk.teller)
        desk.open, desk.pause_due = False, 0
        self._at(now + length, _ENDS, self._opener(desk))

    def _arrival(self, visitor: Visitor) -> Callable[[int], None]:
        def act(now: int) -> None:
            classes, care = frozenset({visitor.klass}), visitor.care
            if visitor.klass in _GREETED or visitor.language != "zh":
                visit = self._run(Greet(visitor.language), self._floor)
                self._run(Triage(visit, classes, care, visitor.service), self._floor)
                command = Issue(
                    visitor.service, classes, care, visitor.language, visitor.slot, visit
                )
                issued = self._run(command, self._floor)
            else:
                command = Issue(visitor.service, classes, care, visitor.language, visitor.slot)
                issued = self._run(command, self._kiosk)
            self._by_ticket[issued.id] = visitor
            self._promise(issued.id, now)
            self._on_issued(issued.id)
            if visitor.patience_min is not None:
                self._at(now + visitor.patience_min * 60_000, _LEAVES, self._leaver(issued.id))
            idle = [d for d in self._desks if d.open and not d.busy]
            able = [d for d in idle if visitor.service in d.services]
            if able:
                self._call(min(able, key=_Desk.rank), now)

        return act

    def _promise(self, ticket: int, now: int) -> None:
        if self._watch is None or at_once(self._branch.store, ticket):
            return
        asked = self._watch.look(self._branch.store, now, only=ticket)
        found = outlook(asked, project(asked.question)) if asked is not None else None
        if found is not None and ticket in found.tickets:
            promise = KeepPromise(
                ticket, found.projected[ticket], found.tickets[ticket], found.version
            )
            self._run(promise, self._kiosk)

    def _leaver(self, ticket: int) -> Callable[[int], None]:
        def act(now: int) -> None:
            if find_ticket(self._branch.store, ticket).state == "waiting":
                self._run(Leave(ticket, "gave_up"), self._floor)

        return act

    def _call(self, desk: _Desk, now: int) -> None:
        """Finish whoever is at the desk and call the next, as the teller's F2 does."""
        called: Called | None = self._run(CallNext(desk.number), desk.teller)
        if called is None and self._supports(desk):
            called = self._run(CallNext(desk.number), desk.teller)
        desk.busy = called is not None
        if called is None:
            desk.idle_since = now
            return
        visitor = self._by_ticket[called.id]
        if visitor.shows_up:
            self._at(now + visitor.service_s * 1000, _ENDS, self._finisher(desk, called.id))
        else:
            self._at(now + _RECALL_AFTER_MS, _ENDS, self._recaller(desk))
            self._at(now + _NO_SHOW_AFTER_MS, _ENDS, self._misser(desk))

    def _supports(self, desk: _Desk) -> bool:
        """The lobby manager asks an idle counter to help a long queue, or lets it go."""
        line = Tally(ticket.group for ticket in waiting(self._branch.store))
        group, length = line.most_common(1)[0] if line else ("", 0)
        services = desk.usual | self._by_group[group] if length >= _LONG_LINE else desk.usual
        if services != desk.services:
            self._run(SetCounterServices(desk.number, services), self._floor)
            desk.services = services
        return length >= _LONG_LINE

    def _finisher(self, desk: _Desk, ticket: int) -> Callable[[int], None]:
        def act(now: int) -> None:
            if desk.pause_due:
                self._run(Finish(desk.number), desk.teller)
                self._free(desk, now)
            else:
                self._call(desk, now)
            rating = self._by_ticket[ticket].rating
            if rating is not None:
                self._at(now + _RATES_AFTER_MS, _ENDS, self._rater(ticket, rating, desk))

        return act

    def _free(self, desk: _Desk, now: int) -> None:
        desk.busy, desk.idle_since = False, now
        if desk.pause_due:
            self._pause(desk, now, desk.pause_due)

    def _recaller(self, desk: _Desk) -> Callable[[int], None]:
        return lambda now: self._run(Recall(desk.number), desk.teller)

    def _misser(self, desk: _Desk) -> Callable[[int], None]:
        def act(now: int) -> None:
            self._run(NoShow(desk.number), desk.teller)
            self._free(desk, now)
            if desk.open:
                self._call(desk, now)

        return act

    def _rater(self, ticket: int, score: int, desk: _Desk) -> Callable[[int], None]:
        return lambda now: self._run(Rate(ticket, score), desk.teller)

    def _close_up(self, now: int) -> None:
        """Close once the doors are shut and everybody has gone."""
        if now < self._closes:
            self._at(self._closes, _ENDS, self._close_up)
        else:
            self._last_orders(now)

    def _last_orders(self, now: int) -> None:
        """Close the day; whoever is left goes home, and it is recorded."""
        for desk in self._desks:
            if desk.busy:
                self._run(Finish(desk.number), desk.teller)
            self._run(CloseCounter(desk.number), desk.teller)
        self._run(CloseDay(), self._floor)
        self._closed = True
        self._moments.clear()
