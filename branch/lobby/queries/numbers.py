"""Tickets by their numbers and numbers by their tickets, over all days, and one ticket's care needs
on its day; writes nothing."""

from __future__ import annotations

from collections.abc import Collection

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.records import TicketRow

_BY_NUMBER = Prepared(
    lambda number: TicketRow.select(TicketRow.id).where(TicketRow.number == number)
)
_CARE = Prepared(lambda ticket: TicketRow.select(TicketRow.care).where(TicketRow.id == ticket))


def ticket_numbers(store: Store, tickets: Collection[int]) -> dict[int, str]:
    """The number that each of these tickets had on its day; a page's worth of them at a time."""
    if not tickets:
        return {}
    query = TicketRow.select(TicketRow.id, TicketRow.number).where(TicketRow.id.in_(tickets))
    return dict(Prepared(lambda: query).all(store))


def tickets_numbered(store: Store, number: str) -> tuple[int, ...]:
    """The tickets that ever had this number."""
    return tuple(row[0] for row in _BY_NUMBER.all(store, number=number.strip().upper()))


def ticket_care(store: Store, ticket: int) -> tuple[str, ...]:
    """The care needs of whoever holds the ticket, as codes; none once they are deleted."""
    row = _CARE.one(store, ticket=ticket)
    return tuple(row[0].split(",")) if row is not None and row[0] else ()
