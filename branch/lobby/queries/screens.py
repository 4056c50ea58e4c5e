"""What each station shows, as one frozen picture a refresh: console, counter, board, kiosk."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass

from branch.catalogue.queries import (
    Area,
    Group,
    Name,
    Queue,
    Service,
    areas,
    groups,
    machines_out,
    queues,
    services,
)
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow
from branch.kernel.setting import setting
from branch.kernel.store import Store
from branch.lobby.queries.freezing import frozen
from branch.lobby.queries.waiting import (
    CounterNow,
    QueuedTicket,
    business_day,
    can_call,
    counters_now,
    set_aside,
    waiting,
)
from branch.lobby.records import HelpRow, RatingRow, TicketRow, UndoRow


@dataclass(frozen=True)
class BranchName:
    """The branch on screens and paper."""

    code: str
    name: Name
    zone: str
    opens: str
    closes: str


@dataclass(frozen=True)
class HelpAsked:
    """An open call for help; ``asked_at`` in milliseconds."""

    id: int
    station: str
    kind: str
    number: str
    asked_at: int


@dataclass(frozen=True)
class Console:
    """The lobby manager's picture. Tickets in calling order; times in milliseconds."""

    day: str
    queues: tuple[Queue, ...]
    groups: tuple[Group, ...]
    services: tuple[Service, ...]
    waiting: tuple[QueuedTicket, ...]
    held: tuple[QueuedTicket, ...]
    missed: tuple[QueuedTicket, ...]
    counters: tuple[CounterNow, ...]
    help: tuple[HelpAsked, ...]
    served: int
    left: int

    def in_queue(self, letter: str) -> tuple[QueuedTicket, ...]:
        """The waiting tickets of one queue family."""
        return tuple(ticket for ticket in self.waiting if ticket.letter == letter)

    def in_group(self, group: str) -> int:
        """How many wait for a group of services."""
        return sum(ticket.group == group for ticket in self.waiting)


@dataclass(frozen=True)
class UndoableStep:
    """A step of a station that can still be taken back, until (milliseconds)."""

    ticket: int
    number: str
    step: str
    until: int


@dataclass(frozen=True)
class Desk:
    """A teller's picture: his counter, who is next, who is set aside, what can be undone."""

    counter: CounterNow
    service: Service | None
    line: tuple[QueuedTicket, ...]
    held: tuple[QueuedTicket, ...]
    undoable: tuple[UndoableStep, ...]
    counters: tuple[CounterNow, ...]
    services: tuple[Service, ...]
    recall_gap_s: int


@dataclass(frozen=True)
class BoardCall:
    """A number on the board. ``calls`` grows with each recall; ``at`` in milliseconds."""

    ticket: int
    number: str
    counter: int
    counter_name: Name
    at: int
    calls: int


@dataclass(frozen=True)
class BoardQueue:
    """A queue family on the board: how many wait, its services, whether all is free at once.

    ``free_now`` tells that nobody waits and that idle counters serve every one of its groups.
    """

    letter: str
    name: Name
    waiting: int
    services: tuple[str, ...]
    free_now: bool


@dataclass(frozen=True)
class Board:
    """The wall display: the newest calls first, and the queues.

    ``frozen`` is why nobody is called now (drill, real), empty when calling goes on; ``out`` are
    the kinds of machine that are out of order.
    """

    calls: tuple[BoardCall, ...]
    queues: tuple[BoardQueue, ...]
    frozen: str = ""
    out: tuple[str, ...] = ()


@dataclass(frozen=True)
class KioskGroup:
    """A tile: its group, its active services, how many wait, whether a counter is open and idle."""

    group: Group
    services: tuple[Service, ...]
    waiting: int
    free_now: bool


@dataclass(frozen=True)
class Kiosk:
    """The kiosk's picture; ``frozen`` as on the board."""

    groups: tuple[KioskGroup, ...]
    areas: tuple[Area, ...]
    frozen: str = ""


@dataclass(frozen=True)
class RatingDue:
    """A finished service that has not been rated or declined; ``ended_at`` in milliseconds."""

    ticket: int
    number: str
    ended_at: int


_BRANCH = Prepared(
    lambda: BranchRow.select(
        BranchRow.code,
        BranchRow.name_zh,
        BranchRow.name_en,
        BranchRow.zone,
        BranchRow.opens,
        BranchRow.closes,
    )
)
_HELP = Prepared(
    lambda: (
        HelpRow.select(
            HelpRow.id, HelpRow.station, HelpRow.kind, TicketRow.number, HelpRow.asked_at
        )
        .left_outer_join(TicketRow, on=(TicketRow.id == HelpRow.ticket))
        .where(HelpRow.answered_at.is_null())
        .order_by(HelpRow.asked_at, HelpRow.id)
    )
)
_HELP_OPEN = Prepared(
    lambda station: HelpRow.select(HelpRow.id).where(
        HelpRow.station == station,
        HelpRow.kind == "customer",
        HelpRow.answered_at.is_null(),
    )
)
_ENDED = Prepared(
    lambda day: TicketRow.select(TicketRow.state).where(
        TicketRow.day == day, TicketRow.state.in_(("finished", "left"))
    )
)
_UNDOABLE = Prepared(
    lambda station, now: (
        UndoRow.select(UndoRow.ticket, TicketRow.number, UndoRow.step, UndoRow.until)
        .join(TicketRow, on=((TicketRow.id == UndoRow.ticket) & (TicketRow.rev == UndoRow.rev)))
        .where(UndoRow.station == station, UndoRow.until >= now)
        .order_by(UndoRow.rev.desc())
    )
)
_CALLS = Prepared(
    lambda day, most: (
        TicketRow.select(
            TicketRow.id,
            TicketRow.number,
            TicketRow.counter,
            TicketRow.last_called_at,
            TicketRow.calls,
        )
        .where(
            TicketRow.day == day,
            TicketRow.last_called_at.is_null(False),
            TicketRow.state.in_(("called", "finished", "held", "missed")),
        )
        .order_by(TicketRow.last_called_at.desc(), TicketRow.rev.desc())
        .limit(most)
    )
)
_TO_RATE = Prepared(
    lambda day, counter, since: (
        TicketRow.select(TicketRow.id, TicketRow.number, TicketRow.ended_at)
        .left_outer_join(RatingRow, on=(RatingRow.ticket == TicketRow.id))
        .where(
            TicketRow.day == day,
            TicketRow.state == "finished",
            TicketRow.counter == counter,
            TicketRow.ended_at >= since,
            RatingRow.ticket.is_null(),
        )
        .order_by(TicketRow.ended_at.desc(), TicketRow.rev.desc())
        .limit(1)
    )
)
_BY_NUMBER = Prepared(
    lambda day, number: TicketRow.select(TicketRow.id, TicketRow.state).where(
        TicketRow.day == day, TicketRow.number == number
    )
)


def branch_name(store: Store) -> BranchName:
    """The branch's names, zone and hours."""
    row = _BRANCH.one(store)
    assert row is not None  # a founded store always names its branch
    return BranchName(row[0], Name(row[1], row[2]), row[3], row[4], row[5])


def console(store: Store) -> Console:
    """The lobby manager's picture."""
    day = business_day(store)
    ended = Tally(state for (state,) in _ENDED.all(store, day=day))
    return Console(
        day=day,
        queues=queues(store),
        groups=groups(store),
        services=services(store),
        waiting=waiting(store),
        held=set_aside(store, "held"),
        missed=set_aside(store, "missed"),
        counters=counters_now(store),
        help=tuple(
            HelpAsked(row[0], row[1], row[2], row[3] or "", row[4]) for row in _HELP.all(store)
        ),
        served=ended["finished"],
        left=ended["left"],
    )


def desk(store: Store, counter: int, now: int) -> Desk | None:
    """A teller's picture, or None for a counter the branch does not have."""
    everywhere = counters_now(store)
    here = next((item for item in everywhere if item.number == counter), None)
    if here is None:
        return None
    offered = services(store)
    code = here.ticket.service if here.ticket else ""
    return Desk(
        counter=here,
        service=next((item for item in offered if item.code == code), None),
        line=tuple(ticket for ticket in waiting(store) if can_call(here, ticket)),
        held=set_aside(store, "held"),
        undoable=tuple(
            UndoableStep(*row)
            for row in _UNDOABLE.all(store, station=f"counter-{counter}", now=now)
        ),
        counters=everywhere,
        services=offered,
        recall_gap_s=setting(store, "recall_gap_s"),
    )


def board(store: Store, most: int = 4) -> Board:
    """The wall display's picture with the newest ``most`` calls."""
    everywhere = counters_now(store)
    names = {counter.number: counter.name for counter in everywhere}
    line = Tally(ticket.letter for ticket in waiting(store))
    letters = {group.code: group.letter for group in groups(store)}
    taken = {letters[code] for code in letters.keys() - _idle_groups(everywhere)}
    offered = [service for service in services(store) if service.active]
    return Board(
        calls=tuple(
            BoardCall(row[0], row[1], row[2], names[row[2]], row[3], row[4])
            for row in _CALLS.all(store, day=business_day(store), most=most)
        ),
        queues=tuple(
            BoardQueue(
                q.letter,
                q.name,
                line[q.letter],
                tuple(item.code for item in offered if letters[item.group] == q.letter),
                q.letter not in taken and not line[q.letter],
            )
            for q in queues(store)
        ),
        frozen=_why_frozen(store),
        out=machines_out(store),
    )


def kiosk(store: Store) -> Kiosk:
    """The kiosk's picture."""
    line = Tally(ticket.group for ticket in waiting(store))
    idle = _idle_groups(counters_now(store))
    offered = [service for service in services(store) if service.active]
    return Kiosk(
        groups=tuple(
            KioskGroup(
                group,
                tuple(service for service in offered if service.group == group.code),
                line[group.code],
                group.code in idle and not line[group.code],
            )
            for group in groups(store)
        ),
        areas=areas(store),
        frozen=_why_frozen(store),
    )


def _why_frozen(store: Store) -> str:
    found = frozen(store)
    return found.reason if found else ""


def _idle_groups(counters: Iterable[CounterNow]) -> set[str]:
    """The groups that the open counters serve where nobody is."""
    idle: set[str] = set()
    for counter in counters:
        if counter.state == "open" and counter.ticket is None:
            idle.update(counter.groups)
    return idle


def help_is_open(store: Store, station: str) -> bool:
    """Whether a customer at this station still waits for somebody to come."""
    return _HELP_OPEN.one(store, station=station) is not None


def rating_due(store: Store, counter: int, since: int) -> RatingDue | None:
    """The newest service finished at a counter after ``since`` (ms) that awaits a rating."""
    row = _TO_RATE.one(store, day=business_day(store), counter=counter, since=since)
    return RatingDue(*row) if row else None


def ticket_by_number(store: Store, number: str) -> tuple[int, str] | None:
    """Id and state of today's ticket with this number, or None."""
    row = _BY_NUMBER.one(store, day=business_day(store), number=number.strip().upper())
    return (row[0], row[1]) if row else None
