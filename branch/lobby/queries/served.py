"""How many customers were served over days, by tickets that were finished; writes nothing."""

from __future__ import annotations

from peewee import fn

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.records import TicketRow
from branch.lobby.rules import State

_SERVED = Prepared(
    lambda first, last: TicketRow.select(fn.COUNT(TicketRow.state)).where(
        TicketRow.day >= first, TicketRow.day <= last, TicketRow.state == State.FINISHED
    )
)


def served_customers(store: Store, first: str, last: str) -> int:
    """The tickets finished on the business days ``first`` to ``last`` (YYYY-MM-DD)."""
    row = _SERVED.one(store, first=first, last=last)
    return int(row[0]) if row else 0
