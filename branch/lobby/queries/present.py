"""Who is in the lobby now by ticket: waiting, held or at a counter; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.queries.waiting import business_day
from branch.lobby.records import TicketRow
from branch.lobby.rules import State


@dataclass(frozen=True)
class Present:
    """A customer of today who has not been served to the end. ``counter`` is where he is."""

    ticket: int
    number: str
    service: str
    care: tuple[str, ...]
    counter: int | None


_PRESENT = Prepared(
    lambda day: (
        TicketRow.select(
            TicketRow.id,
            TicketRow.number,
            TicketRow.service,
            TicketRow.care,
            TicketRow.counter,
            TicketRow.state,
        )
        .where(
            TicketRow.day == day,
            TicketRow.state.in_((State.WAITING, State.CALLED, State.HELD)),
        )
        .order_by(TicketRow.number)
    )
)


def present_customers(store: Store) -> tuple[Present, ...]:
    """Customers believed to be in the building, by ticket number."""
    return tuple(
        Present(
            row[0],
            row[1],
            row[2],
            tuple(row[3].split(",")) if row[3] else (),
            row[4] if row[5] == State.CALLED else None,
        )
        for row in _PRESENT.all(store, day=business_day(store))
    )
