"""A day driven through the real commands by the rules, and told to the simulation."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from branch.catalogue.queries import credits
from branch.lobby.commands.arrivals import Issue, Leave, Return
from branch.lobby.commands.calling import Finish, Hold, NoShow, Recall, Resume, Transfer
from branch.lobby.commands.counters import PauseCounter, SetCounterServices
from branch.lobby.rules import idle_rank, key_after_return, order_key
from branch.lobby.simulation.engine import Simulation
from branch.lobby.simulation.lobby import Absence, Arrival, Counter, Lobby, ServicesSet, Ticket
from tests.lobby.hall import Hall

# Instant (ms), the ticket's id, the counter's number.
Call = tuple[int, int, int]
# At one instant: who gives up, counters that are free, who is back, who comes.
_GIVES_UP, _FREE, _BACK, _COMES = range(4)


@dataclass(frozen=True)
class Customer:
    """Who comes when for what. ``ends`` says how each time at a counter lasts and ends: the
    milliseconds, and finish, miss, hold or transfer; he is away for ``away`` ms afterwards."""

    at: int
    service: str
    classes: frozenset[str]
    slot: int | None
    ends: tuple[tuple[int, str], ...]
    leaves_at: int | None = None
    away: int = 0


@dataclass(frozen=True)
class Shop:
    """A day's counters with their services and breaks (start, length), changes and customers."""

    opens: int
    services: dict[int, frozenset[str]]
    breaks: dict[int, list[tuple[int, int]]]
    changes: list[ServicesSet]
    customers: list[Customer]


@dataclass
class _Stay:
    """One wait and service as the simulation is told of it."""

    key: int
    service: str
    pinned: int | None
    busy: int = 0
    away: int = 0


@dataclass
class _Visit:
    """A customer with his ticket, and what has happened with him."""

    customer: Customer
    id: int
    stays: list[_Stay]
    ends: Iterator[tuple[int, str]]


@dataclass
class _Desk:
    number: int
    services: frozenset[str]
    breaks: list[tuple[int, int]]
    idle_since: int | None = None
    owes: bool = False
    token: int = 0
    visit: _Visit | None = None
    how: str = ""


@dataclass
class LobbyDay:
    """Plays a shop's day on a branch: every counter that gets free calls at that instant."""

    hall: Hall
    shop: Shop
    chance: random.Random = field(default_factory=random.Random)

    def play(self) -> list[Call]:
        """The whole day through the commands; its calls as the commands answered them."""
        self._events: list[tuple[int, int, int, Callable[[int], None]]] = []
        self._order = count()
        self._calls: list[Call] = []
        self.visits: dict[int, _Visit] = {}
        self._credits = credits(self.hall.store)
        shop = self.shop
        self._desks = [
            _Desk(number, services, list(shop.breaks.get(number, ())))
            for number, services in shop.services.items()
        ]
        self.hall.clock.set(shop.opens)
        for desk in self._desks:
            self.hall.lobby(SetCounterServices(desk.number, desk.services))
            self._at(shop.opens, _FREE, self._opens(desk))
        for customer in shop.customers:
            self._at(customer.at, _COMES, self._comes(customer))
        for change in shop.changes:
            self._at(change.at, _COMES, self._changes(change))
        while self._events:
            now, _kind, _order, act = heapq.heappop(self._events)
            self.hall.clock.set(now)
            act(now)
        return self._calls

    def _at(self, at: int, kind: int, act: Callable[[int], None]) -> None:
        heapq.heappush(self._events, (at, kind, next(self._order), act))

    # -- counters -----------------------------------------------------------------------------

    def _opens(self, desk: _Desk) -> Callable[[int], None]:
        def act(now: int) -> None:
            self.hall.open(desk.number)
            self._look(desk, now)

        return act

    def _wake(self, desk: _Desk, at: int, act: Callable[[int], None]) -> None:
        desk.token += 1
        token = desk.token
        self._at(at, _FREE, lambda now: act(now) if desk.token == token else None)

    def _look(self, desk: _Desk, now: int) -> None:
        due = bool(desk.breaks) and desk.breaks[0][0] <= now
        if due and not desk.owes:
            self._pause(desk, now)
            return
        desk.owes = False
        if self._call(desk, now):
            return
        if due:
            self._pause(desk, now)
            return
        if desk.idle_since is None:
            desk.idle_since = now
        if desk.breaks:
            self._wake(desk, desk.breaks[0][0], lambda at: self._look(desk, at))

    def _pause(self, desk: _Desk, now: int) -> None:
        _start, length = desk.breaks.pop(0)
        self.hall.at(desk.number, PauseCounter(desk.number, "break"))
        desk.idle_since, desk.owes = None, True
        self._wake(desk, now + length, self._opens(desk))

    def _call(self, desk: _Desk, now: int) -> bool:
        called = self.hall.call(desk.number)
        if called is None:
            return False
        visit = self.visits[called.id]
        self._calls.append((now, called.id, desk.number))
        busy, desk.how = next(visit.ends)
        visit.stays[-1].busy = busy
        desk.visit, desk.idle_since = visit, None
        self._wake(desk, now + busy, lambda at: self._ends(desk, at))
        return True

    def _ends(self, desk: _Desk, now: int) -> None:
        """The time at the counter is over, in one of the ways it can be; the counter looks on."""
        visit, number = desk.visit, desk.number
        assert visit is not None
        stay = visit.stays[-1]
        back = now + visit.customer.away
        match desk.how:
            case "miss":
                self.hall.at(number, Recall(number))
                self.hall.at(number, NoShow(number))
                if visit.customer.away:
                    called = self.hall.row(visit.id).called_at or 0
                    again = _Stay(
                        key_after_return(stay.key, called, back), stay.service, stay.pinned
                    )
                    self._again(visit, again, back, Return(visit.id))
            case "hold":
                self.hall.at(number, Hold(number, "fill_form"))
                again = _Stay(stay.key, stay.service, stay.pinned)
                self._again(visit, again, back, Resume(visit.id))
            case "transfer":
                self._transfer(desk, visit, stay, now)
            case _:
                # A teller presses "finish", or "next" at once.
                if self.chance.random() < 0.5 or desk.breaks:
                    self.hall.at(number, Finish(number))
        desk.visit = None
        self._look(desk, now)

    def _transfer(self, desk: _Desk, visit: _Visit, stay: _Stay, now: int) -> None:
        """On to another counter, or to a service that is not done here; else he is done."""
        others = [other for other in self._desks if other is not desk and other.services]
        target = self.chance.choice(others) if others else None
        if target is None:
            self.hall.at(desk.number, Finish(desk.number))
            return
        service = self.chance.choice(sorted(target.services))
        pinned = target.number if service in desk.services or self.chance.random() < 0.5 else None
        if pinned is None and service == stay.service:
            pinned = target.number
        self.hall.at(desk.number, Transfer(desk.number, service, pinned))
        visit.stays.append(_Stay(stay.key, service, pinned))
        self._at(now, _BACK, lambda at: self._stands(visit, at))

    def _again(self, visit: _Visit, stay: _Stay, back: int, command: object) -> None:
        visit.stays[-1].away = visit.customer.away
        visit.stays.append(stay)

        def act(now: int) -> None:
            self.hall.lobby(command)
            self._stands(visit, now)

        self._at(back, _BACK, act)

    # -- customers ----------------------------------------------------------------------------

    def _comes(self, customer: Customer) -> Callable[[int], None]:
        def act(now: int) -> None:
            issued = self.hall.lobby(Issue(customer.service, customer.classes, slot=customer.slot))
            key = order_key(now, customer.classes or {"ordinary"}, self._credits, customer.slot)
            visit = _Visit(
                customer, issued.id, [_Stay(key, customer.service, None)], iter(customer.ends)
            )
            self.visits[issued.id] = visit
            if customer.leaves_at is not None:
                self._at(customer.leaves_at, _GIVES_UP, self._gives_up(visit))
            self._stands(visit, now)

        return act

    def _gives_up(self, visit: _Visit) -> Callable[[int], None]:
        def act(_now: int) -> None:
            if len(visit.stays) == 1 and self.hall.row(visit.id).state == "waiting":
                self.hall.lobby(Leave(visit.id))

        return act

    def _stands(self, visit: _Visit, now: int) -> None:
        """Somebody has joined the line: the first of the idle counters that can calls him."""
        stay = visit.stays[-1]
        idle = [
            desk
            for desk in self._desks
            if desk.idle_since is not None
            and stay.service in desk.services
            and stay.pinned in (None, desk.number)
        ]
        if idle:
            best = min(idle, key=lambda d: idle_rank(len(d.services), d.idle_since or 0, d.number))
            assert self._call(best, now)

    def _changes(self, change: ServicesSet) -> Callable[[int], None]:
        def act(now: int) -> None:
            self.hall.lobby(SetCounterServices(change.counter, change.services))
            for desk in self._desks:
                if desk.number == change.counter:
                    desk.services = change.services
            for desk in self._desks:
                if desk.idle_since is not None:
                    self._look(desk, now)

        return act

    # -- the same for the simulation ----------------------------------------------------------

    def simulated(self) -> list[Call]:
        """The calls of the simulation, told who came, for how long and how it ended, not when."""
        shop = self.shop
        counters = tuple(
            Counter(
                number,
                services,
                shop.opens,
                absences=tuple(Absence(*span) for span in shop.breaks.get(number, ())),
            )
            for number, services in shop.services.items()
        )
        coming: list[Arrival | ServicesSet] = [
            Arrival(visit.customer.at, self._chain(visit)) for visit in self.visits.values()
        ]
        coming += shop.changes
        coming.sort(key=lambda thing: thing.at)
        found: list[Call] = []
        Simulation(Lobby(shop.opens, counters)).run(
            lambda ticket, _counter: ticket.busy,
            lambda now, ticket, counter: found.append((now, int(ticket.name), counter.number)),
            coming,
        )
        return found

    def _chain(self, visit: _Visit) -> Ticket:
        made: Ticket | None = None
        for stay in reversed(visit.stays):
            made = Ticket(
                str(visit.id),
                stay.key,
                visit.id,
                stay.service,
                "",
                stay.busy,
                stay.pinned,
                visit.customer.leaves_at if stay is visit.stays[0] else None,
                made,
                stay.away,
            )
        assert made is not None
        return made


SERVICES = ("P01", "P03", "P05", "P11", "P22")
CLASS_SETS: Sequence[frozenset[str]] = (
    *[frozenset[str]()] * 6,
    frozenset({"elderly"}),
    frozenset({"assisted"}),
    frozenset({"vip", "elderly"}),
    frozenset({"vip"}),
)


def shop_of_chance(chance: random.Random, opens: int, customers: int = 45) -> Shop:
    """A busy morning of three or four counters."""
    minute = 60_000

    def able() -> frozenset[str]:
        return frozenset(chance.sample(SERVICES, chance.randint(1, 4)))

    numbers = sorted(chance.sample(range(1, 9), chance.randint(3, 4)))
    people = []
    at = opens
    for _ in range(customers):
        at += chance.randrange(1, round(2.6 * minute))
        booked = chance.random() < 0.1
        ends = [
            (chance.randrange(10_000, 14 * minute), chance.choice(("miss", "hold", "transfer")))
            for _ in range(chance.choice((0, 0, 0, 1, 2)))
        ]
        ends.append(
            (chance.randrange(10_000, 14 * minute), chance.choice(("finish", "finish", "miss")))
        )
        away = chance.randrange(minute, 9 * minute)
        if ends[-1][1] == "miss":
            # A missed customer comes back, and is then served.
            ends.append((chance.randrange(10_000, 9 * minute), "finish"))
        people.append(
            Customer(
                at,
                chance.choice(SERVICES),
                frozenset({"appointment"}) if booked else chance.choice(CLASS_SETS),
                at + chance.randrange(-20, 40) * minute if booked else None,
                (*ends, (60_000, "finish")),
                at + chance.randrange(1, 30 * minute) if chance.random() < 0.15 else None,
                away,
            )
        )
    breaks = {
        number: sorted(
            (opens + chance.randrange(100 * minute), chance.randrange(1, 20 * minute))
            for _ in range(chance.randint(0, 2))
        )
        for number in numbers
    }
    changes = [
        ServicesSet(opens + chance.randrange(120 * minute), chance.choice(numbers), able())
        for _ in range(chance.randint(0, 3))
    ]
    services = {number: able() for number in numbers}
    return Shop(opens, services, breaks, changes, people)
