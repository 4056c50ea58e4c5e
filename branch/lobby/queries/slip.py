"""What the printed ticket says; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.catalogue.queries import Area, Name, Service, areas, credits, groups, services
from branch.kernel.clock import MS_PER_MINUTE
from branch.kernel.errors import NotFound
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.queries.screens import BranchName, branch_name
from branch.lobby.queries.waiting import can_call, counters_now, waiting
from branch.lobby.records import PromiseRow, TicketRow
from branch.lobby.ticket import WAITING
from branch.lobby.waits.projection import Spread


@dataclass(frozen=True)
class Slip:
    """A ticket for paper and for the kiosk's last page.

    ``ahead`` counts the waiting tickets of the same queue that would be called before it;
    ``at_once`` tells that a counter is free for it, ``promised`` is the wait it was promised, in
    minutes; ``largest_credit`` and ``elderly_credit`` are minutes.
    """

    id: int
    number: str
    day: str
    language: str
    issued_at: int
    service: Service
    group_name: Name
    area: Area
    ahead: int
    branch: BranchName
    largest_credit: int
    elderly_credit: int
    print_state: str
    at_once: bool
    promised: Spread | None


_TICKET = Prepared(
    lambda ticket: TicketRow.select(
        TicketRow.id,
        TicketRow.number,
        TicketRow.day,
        TicketRow.language,
        TicketRow.issued_at,
        TicketRow.service,
        TicketRow.letter,
        TicketRow.order_key,
        TicketRow.seq,
        TicketRow.print_state,
    ).where(TicketRow.id == ticket)
)
_PROMISED = Prepared(
    lambda ticket: PromiseRow.select(PromiseRow.low, PromiseRow.middle, PromiseRow.high).where(
        PromiseRow.ticket == ticket
    )
)
_IN_LINE = Prepared(
    lambda letter: TicketRow.select(TicketRow.order_key, TicketRow.seq).where(
        TicketRow.state == WAITING, TicketRow.letter == letter
    )
)


def slip(store: Store, ticket: int) -> Slip:
    """The slip of a ticket; raises NotFound."""
    row = _TICKET.one(store, ticket=ticket)
    if row is None:
        raise NotFound("ticket_unknown")
    service = next(item for item in services(store) if item.code == row[5])
    group = next(item for item in groups(store) if item.code == service.group)
    worth = credits(store)
    promised = _PROMISED.one(store, ticket=ticket)
    return Slip(
        id=row[0],
        number=row[1],
        day=row[2],
        language=row[3],
        issued_at=row[4],
        service=service,
        group_name=group.name,
        area=next(item for item in areas(store) if item.code == group.area),
        ahead=sum(place < (row[7], row[8]) for place in _IN_LINE.all(store, letter=row[6])),
        branch=branch_name(store),
        largest_credit=max(worth.values(), default=0),
        elderly_credit=worth.get("elderly", 0),
        print_state=row[9],
        at_once=at_once(store, ticket),
        promised=Spread(*(span / MS_PER_MINUTE for span in promised)) if promised else None,
    )


def at_once(store: Store, ticket: int) -> bool:
    """Whether a ticket has no wait: it is at a counter, or first in line for an idle one."""
    line = waiting(store)
    for counter in counters_now(store):
        if counter.ticket is not None:
            first = counter.ticket.id
        elif counter.state == "open":
            first = next((item.id for item in line if can_call(counter, item)), 0)
        else:
            continue
        if first == ticket:
            return True
    return False


def ahead_of_new(store: Store, letter: str, order_key: int) -> int:
    """How many waiting tickets of a queue would be called before a new one with this key."""
    return sum(place[0] <= order_key for place in _IN_LINE.all(store, letter=letter))
