"""Tickets by their numbers and numbers by their tickets, over all days; writes nothing."""

from __future__ import annotations

from collections.abc import Collection

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.records import TicketRow

_BY_NUMBER = Prepared(
    lambda number: TicketRow.select(TicketRow.id).where(TicketRow.number == number)
)


def ticket_numbers(store: Store, tickets: Collection[int]) -> dict[int, str]:
    """The number that each of these tickets had on its day; a page's worth of them at a time."""
    if not tickets:
        return {}
    query = TicketRow.select(TicketRow.id, TicketRow.number).where(TicketRow.id.in_(tickets))
    return dict(Prepared(lambda: query).all(store))


def tickets_numbered(store: Store, number: str) -> tuple[int, ...]:
    """The tickets that ever had this number."""
    return tuple(row[0] for row in _BY_NUMBER.all(store, number=number.strip().upper()))
