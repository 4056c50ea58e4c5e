"""The queue as it stands: waiting tickets in calling order, tickets set aside, counters at work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from branch.catalogue.queries import Counter, Name, Service, credits, priority_classes, services
from branch.catalogue.queries import counters as catalogue_counters
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow
from branch.kernel.store import Store
from branch.lobby.records import CounterStateRow, TicketRow
from branch.lobby.rules import main_class, may_call, pressure, target_of, wait_began
from branch.lobby.ticket import CALLED, WAITING
from branch.people.queries import staff_members


@dataclass(frozen=True)
class QueuedTicket:
    """A ticket that waits, is held or missed. Instants in milliseconds, ``target`` in minutes."""

    id: int
    number: str
    letter: str
    service: str
    service_name: Name
    group: str
    classes: tuple[str, ...]
    care: tuple[str, ...]
    klass: str
    issued_at: int
    began_at: int
    ended_at: int | None
    order_key: int
    pinned: int | None
    counter: int | None
    target: int
    reason: str
    print_state: str

    def waited(self, now: int) -> int:
        """Milliseconds waited at ``now``; 0 before an appointment's slot."""
        return max(0, now - self.began_at)

    def pressure(self, now: int) -> str:
        """``fine``, ``near`` (80 % of the target) or ``over``."""
        return pressure(self.waited(now), self.target)


@dataclass(frozen=True)
class ServedTicket:
    """A ticket at a counter. ``typical`` is the service's typical time in minutes."""

    id: int
    number: str
    service: str
    service_name: Name
    classes: tuple[str, ...]
    care: tuple[str, ...]
    language: str
    issued_at: int
    called_at: int
    last_called_at: int
    calls: int
    typical: int


@dataclass(frozen=True)
class CounterNow:
    """A counter and what goes on there. ``state`` is closed, open or paused; times in ms."""

    number: int
    name: Name
    planned_break: str
    services: frozenset[str]
    groups: tuple[str, ...]
    state: str
    reason: str
    staff: int | None
    staff_name: str
    since: int
    ticket: ServedTicket | None


_QUEUED = (
    TicketRow.id,
    TicketRow.number,
    TicketRow.letter,
    TicketRow.service,
    TicketRow.classes,
    TicketRow.care,
    TicketRow.issued_at,
    TicketRow.slot,
    TicketRow.ended_at,
    TicketRow.order_key,
    TicketRow.pinned,
    TicketRow.counter,
    TicketRow.reason,
    TicketRow.print_state,
)
_WAITING = Prepared(
    lambda: (
        TicketRow.select(*_QUEUED)
        .where(TicketRow.state == WAITING)
        .order_by(TicketRow.order_key, TicketRow.seq)
    )
)
_ASIDE = Prepared(
    lambda state, day: (
        TicketRow.select(*_QUEUED)
        .where(TicketRow.day == day, TicketRow.state == state)
        .order_by(TicketRow.order_key, TicketRow.seq)
    )
)
_SERVED = Prepared(
    lambda: TicketRow.select(
        TicketRow.counter,
        TicketRow.id,
        TicketRow.number,
        TicketRow.service,
        TicketRow.classes,
        TicketRow.care,
        TicketRow.language,
        TicketRow.issued_at,
        TicketRow.called_at,
        TicketRow.last_called_at,
        TicketRow.calls,
    ).where(TicketRow.state == CALLED)
)
_STATES = Prepared(
    lambda: CounterStateRow.select(
        CounterStateRow.counter,
        CounterStateRow.state,
        CounterStateRow.reason,
        CounterStateRow.staff,
        CounterStateRow.since,
    )
)
_DAY = Prepared(lambda: BranchRow.select(BranchRow.day))


def split(codes: str) -> tuple[str, ...]:
    """Codes of one column, apart."""
    return tuple(codes.split(",")) if codes else ()


def business_day(store: Store) -> str:
    """The open business day (YYYY-MM-DD), or an empty text."""
    row = _DAY.one(store)
    return str(row[0]) if row else ""


def waiting(store: Store) -> tuple[QueuedTicket, ...]:
    """The waiting tickets in the order in which a counter that can do everything would call."""
    return _queued(store, _WAITING.all(store))


def set_aside(store: Store, state: str) -> tuple[QueuedTicket, ...]:
    """Today's tickets in state ``held`` or ``missed``, in calling order."""
    return _queued(store, _ASIDE.all(store, state=state, day=business_day(store)))


def _queued(store: Store, rows: list[tuple[Any, ...]]) -> tuple[QueuedTicket, ...]:
    if not rows:
        return ()
    by_code = {service.code: service for service in services(store)}
    worth = credits(store)
    targets = {item.code: item.target for item in priority_classes(store)}
    return tuple(_ticket(row, by_code, worth, targets) for row in rows)


def _ticket(
    row: tuple[Any, ...],
    by_code: Mapping[str, Service],
    worth: Mapping[str, int],
    targets: Mapping[str, int],
) -> QueuedTicket:
    service = by_code[row[3]]
    classes = split(row[4])
    return QueuedTicket(
        id=row[0],
        number=row[1],
        letter=row[2],
        service=row[3],
        service_name=service.name,
        group=service.group,
        classes=classes,
        care=split(row[5]),
        klass=main_class(classes, worth),
        issued_at=row[6],
        began_at=wait_began(row[6], row[7]),
        ended_at=row[8],
        order_key=row[9],
        pinned=row[10],
        counter=row[11],
        target=target_of(classes, targets),
        reason=row[12],
        print_state=row[13],
    )


def can_call(counter: Counter | CounterNow, ticket: QueuedTicket) -> bool:
    """Whether a counter may call a waiting ticket: its service, and no pin to another counter."""
    return may_call(counter.number, counter.services, ticket.service, ticket.pinned)


def counters_now(store: Store) -> tuple[CounterNow, ...]:
    """Every counter with its state and the ticket it serves."""
    by_code = {service.code: service for service in services(store)}
    names = {member.id: member.name for member in staff_members(store)}
    states = {row[0]: row[1:] for row in _STATES.all(store)}
    served = {row[0]: _served(row[1:], by_code) for row in _SERVED.all(store)}
    found = []
    for counter in catalogue_counters(store):
        state, reason, staff, since = states.get(counter.number, ("closed", "", None, 0))
        groups = {by_code[code].group for code in counter.services if code in by_code}
        found.append(
            CounterNow(
                number=counter.number,
                name=counter.name,
                planned_break=counter.planned_break,
                services=counter.services,
                groups=tuple(sorted(groups)),
                state=state,
                reason=reason,
                staff=staff,
                staff_name=names.get(staff, ""),
                since=since,
                ticket=served.get(counter.number),
            )
        )
    return tuple(found)


def _served(row: tuple[Any, ...], by_code: Mapping[str, Service]) -> ServedTicket:
    service = by_code[row[2]]
    return ServedTicket(
        id=row[0],
        number=row[1],
        service=row[2],
        service_name=service.name,
        classes=split(row[3]),
        care=split(row[4]),
        language=row[5],
        issued_at=row[6],
        called_at=row[7],
        last_called_at=row[8],
        calls=row[9],
        typical=service.minutes,
    )
