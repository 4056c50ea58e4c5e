"""A past day run again with something changed, beside the day as it was; pure.

The day's own tickets, service times, breaks and leavings are put into the simulation; only what
is asked for is varied. A ticket called by hand takes its ordinary place here. Instants and spans
are milliseconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from branch.kernel.clock import MS_PER_MINUTE
from branch.lobby.day_record import CounterDay, DayRecord, Life, Stay
from branch.lobby.queries.summary import Waits, waits_of
from branch.lobby.rules import main_class, order_key, target_of, wait_began
from branch.lobby.simulation.engine import NEVER, Simulation
from branch.lobby.simulation.lobby import Absence, Arrival, Counter, Lobby, ServicesSet, Ticket

_STEP = 10 * MS_PER_MINUTE


@dataclass(frozen=True)
class AlsoDoes:
    """A counter had done these services as well, all day."""

    counter: int
    services: frozenset[str]


@dataclass(frozen=True)
class OneMore:
    """One more counter, open from ``since`` until ``until``, with these services."""

    services: frozenset[str]
    since: int
    until: int


@dataclass(frozen=True)
class Credits:
    """Other credits, in minutes, for the classes named."""

    minutes: Mapping[str, int]


Change = AlsoDoes | OneMore | Credits


@dataclass(frozen=True)
class Course:
    """How a day went: waits in seconds (issue to first call), overall and by class.

    ``served`` and ``left`` count tickets, ``over`` those called later than their class's target
    allows. ``waited`` is everybody's time in line together, in milliseconds, with that of those
    who gave up. ``in_line`` is how many waited, every ten minutes from ``since`` on; ``last_call``
    the instant of the last call.
    """

    waits: Waits
    by_class: Mapping[str, Waits]
    served: int
    left: int
    over: int
    over_by_class: Mapping[str, int]
    waited: int
    since: int
    in_line: tuple[int, ...]
    last_call: int


@dataclass(frozen=True)
class Comparison:
    """The day as it was, run again unchanged, and run again with the changes.

    ``by_hand`` tickets were called out of turn on the day itself.
    """

    real: Course
    again: Course
    changed: Course
    by_hand: int


@dataclass(frozen=True)
class _Way:
    """One ticket's day: issue, first call and end of waiting, if any."""

    life: Life
    called_at: int | None
    left_at: int | None


def compare(
    record: DayRecord,
    services: Mapping[int, frozenset[str]],
    credits: Mapping[str, int],
    targets: Mapping[str, int],
    changes: Sequence[Change],
) -> Comparison:
    """Run the day again, unchanged and changed.

    ``services`` are a counter's where the record does not tell, ``targets`` minutes by class.
    """
    real = [
        _Way(life, life.first_called_at, life.left_at if not life.stays else None)
        for life in record.lives.values()
    ]
    by_hand = sum(stay.by_hand for life in record.lives.values() for stay in life.stays)
    return Comparison(
        _course(record, real, credits, targets),
        run_again(record, services, credits, targets, ()),
        run_again(record, services, credits, targets, changes),
        by_hand,
    )


def run_again(
    record: DayRecord,
    services: Mapping[int, frozenset[str]],
    credits: Mapping[str, int],
    targets: Mapping[str, int],
    changes: Sequence[Change],
) -> Course:
    """How the day goes by the rule alone, with these changes; the arguments are ``compare``'s."""
    return _course(record, _run(record, services, credits, changes), credits, targets)


# -- the day as a scenario --------------------------------------------------------------------


def calls_again(
    record: DayRecord,
    services: Mapping[int, frozenset[str]],
    credits: Mapping[str, int],
    changes: Sequence[Change] = (),
) -> list[tuple[int, int, int]]:
    """Every call of the day run again: instant, ticket's id, counter."""
    calls: list[tuple[int, int, int]] = []

    def called(now: int, ticket: Ticket, counter: Counter) -> None:
        calls.append((now, int(ticket.name), counter.number))

    lobby, events = _scenario(record, services, credits, changes)
    Simulation(lobby).run(lambda ticket, _counter: ticket.busy, called, events)
    return calls


def _run(
    record: DayRecord,
    services: Mapping[int, frozenset[str]],
    credits: Mapping[str, int],
    changes: Sequence[Change],
) -> list[_Way]:
    first: dict[int, int] = {}
    for now, ticket, _counter in calls_again(record, services, credits, changes):
        first.setdefault(ticket, now)
    return [
        _Way(life, first.get(life.id), None if life.id in first else _gives_up(life))
        for life in record.lives.values()
    ]


def _gives_up(life: Life) -> int | None:
    """When the customer left on the day without having been called."""
    return life.left_at if not life.stays else None


def _scenario(
    record: DayRecord,
    services: Mapping[int, frozenset[str]],
    credits: Mapping[str, int],
    changes: Sequence[Change],
) -> tuple[Lobby, list[Arrival | ServicesSet]]:
    wanted = dict(credits)
    also: dict[int, frozenset[str]] = defaultdict(frozenset)
    more: list[OneMore] = []
    for change in changes:
        match change:
            case AlsoDoes():
                also[change.counter] |= change.services
            case OneMore():
                more.append(change)
            case Credits():
                wanted.update(change.minutes)
    last_call = max(
        (stay.called for life in record.lives.values() for stay in life.stays), default=0
    )
    counters: list[Counter] = []
    events: list[Arrival | ServicesSet] = []
    for number, day in sorted(record.counters.items()):
        sets = day.services or [(0, services.get(number, frozenset()))]
        counters.append(_counter(record, number, day, sets[0][1] | also[number], last_call))
        events.extend(ServicesSet(at, number, able | also[number]) for at, able in sets[1:])
    beyond = max(record.counters, default=0)
    for at, one in enumerate(more, start=1):
        gone = Absence(one.until, NEVER)
        counters.append(Counter(beyond + at, one.services, one.since, absences=(gone,)))
    changed = wanted != credits
    events.extend(
        Arrival(life.issued_at, _ticket(life, credits, wanted if changed else None))
        for life in record.lives.values()
    )
    events.sort(key=_order)
    return Lobby(record.opened_at, tuple(counters)), events


def _order(event: Arrival | ServicesSet) -> tuple[int, int, int]:
    if isinstance(event, ServicesSet):
        return event.at, 0, event.counter
    return event.at, 1, event.ticket.seq


def _ticket(life: Life, credits: Mapping[str, int], wanted: Mapping[str, int] | None) -> Ticket:
    """The ticket with all its stays; with other credits its key moves as its class's does."""
    klass = main_class(life.classes, credits)
    moved = 0
    if wanted is not None:
        before = order_key(life.issued_at, life.classes, credits, life.slot)
        moved = order_key(life.issued_at, life.classes, wanted, life.slot) - before
    name = str(life.id)
    ticket: Ticket | None = None
    following: Stay | None = None
    for stay in reversed(life.stays):
        ended = stay.ended if stay.ended is not None else stay.called
        ticket = Ticket(
            name,
            stay.key + moved,
            life.seq,
            stay.service,
            klass,
            busy=ended - stay.called,
            pinned=stay.counter if stay.pinned else None,
            again=ticket,
            away=max(0, following.waiting_since - ended) if following else 0,
        )
        following = stay
    if ticket is None:
        return Ticket(name, life.key + moved, life.seq, life.service, klass, leaves_at=life.left_at)
    return ticket


def _counter(
    record: DayRecord, number: int, day: CounterDay, services: frozenset[str], last_call: int
) -> Counter:
    """A counter's hours: its pauses as breaks, and its close only where it was really gone."""
    opened = next((at for at, shift in enumerate(day.shifts) if shift.state == "open"), None)
    if opened is None:
        return Counter(number, services, None)
    absences: list[Absence] = []
    away: int | None = None
    for shift in day.shifts[opened:]:
        if shift.state == "open" and away is not None:
            # A pause pressed during a service begins when that service ends.
            begins = max(away, _free_after(record, number, away))
            if shift.since > begins:
                absences.append(Absence(away, shift.since - begins))
            away = None
        elif shift.state != "open" and away is None:
            away = shift.since
    if away is not None and away < last_call:
        absences.append(Absence(away, NEVER))
    return Counter(number, services, day.shifts[opened].since, absences=tuple(absences))


def _free_after(record: DayRecord, number: int, instant: int) -> int:
    """When the service that a counter was giving at this instant ended; 0 when it gave none."""
    return max(
        (
            stay.ended
            for life in record.lives.values()
            for stay in life.stays
            if stay.counter == number
            and stay.ended is not None
            and stay.called < instant < stay.ended
        ),
        default=0,
    )


# -- how it went ------------------------------------------------------------------------------


def _course(
    record: DayRecord,
    ways: Sequence[_Way],
    credits: Mapping[str, int],
    targets: Mapping[str, int],
) -> Course:
    waits: list[float] = []
    by_class: dict[str, list[float]] = defaultdict(list)
    over: dict[str, int] = defaultdict(int)
    for way in ways:
        if way.called_at is None:
            continue
        life = way.life
        wait = (way.called_at - life.issued_at) / 1000
        waits.append(wait)
        klass = main_class(life.classes, credits)
        by_class[klass].append(wait)
        counted = way.called_at - wait_began(life.issued_at, life.slot)
        over[klass] += counted > target_of(life.classes, targets) * MS_PER_MINUTE
    calls = [way.called_at for way in ways if way.called_at is not None]
    return Course(
        waits=waits_of(waits),
        by_class={klass: waits_of(by_class[klass]) for klass in sorted(by_class)},
        served=len(calls),
        left=sum(way.called_at is None for way in ways),
        over=sum(over.values()),
        over_by_class={klass: over[klass] for klass in sorted(over)},
        waited=sum(end - begin for begin, end in _spans(ways)),
        since=record.opened_at,
        in_line=tuple(_in_line(record.opened_at, ways)),
        last_call=max(calls, default=record.opened_at),
    )


def _in_line(since: int, ways: Sequence[_Way]) -> Iterable[int]:
    """How many waited, every ten minutes until the last has been called or has left."""
    spans = _spans(ways)
    last = max((end for _begin, end in spans), default=since)
    return (
        sum(begin <= at < end for begin, end in spans) for at in range(since, last + _STEP, _STEP)
    )


def _spans(ways: Sequence[_Way]) -> list[tuple[int, int]]:
    """From when until when everybody stood in line; who never left it is not counted."""
    return [
        (way.life.issued_at, end)
        for way in ways
        if (end := way.called_at if way.called_at is not None else way.left_at) is not None
    ]
