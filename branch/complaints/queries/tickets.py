"""Which complaint was registered for a customer of the queue; writes nothing."""

from __future__ import annotations

from branch.complaints.records import ComplaintRow
from branch.complaints.recusal import kept_from
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store

_OF_TICKET = Prepared(
    lambda ticket: (
        ComplaintRow.select(ComplaintRow.id)
        .where(ComplaintRow.ticket == ticket)
        .order_by(ComplaintRow.id.desc())
    )
)


def case_of_ticket(store: Store, ticket: int, staff: int) -> int | None:
    """The newest case registered for a ticket that ``staff`` is not kept from, or None."""
    hidden = kept_from(store, staff)
    rows = _OF_TICKET.all(store, ticket=ticket)
    return next((row[0] for row in rows if row[0] not in hidden), None)
