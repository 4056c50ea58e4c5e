"""Which cases a session may belong to that began without one: proposed and found; writes nothing.

A person says which it is; nobody is shown a case that concerns him (Order 3 Art. 17). A session
that has its case proposes none by its visitors' names: they would tell whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from branch.complaints.queries.alike import alike_cases
from branch.complaints.queries.desk import CaseLine, search_cases
from branch.complaints.rules import OPEN, State
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.rooms.records import SessionRow
from branch.rooms.rules import COMPANION, NOT_LINKED
from branch.rooms.session import opened_visitors

MOST = 20


@dataclass(frozen=True)
class LinkOffer:
    """A case the session may belong to; ``same`` says that a visitor has its complainant's
    name."""

    line: CaseLine
    same: bool


_VISITORS = Prepared(
    lambda session: SessionRow.select(SessionRow.visitors).where(
        SessionRow.id == session, SessionRow.complaint.is_null()
    )
)


def link_offers(
    store: Store, session: int, text: str, staff: int, since: str
) -> tuple[LinkOffer, ...]:
    """Cases by a part of number, title or name or by a telephone number; without a ``text`` those
    of the visitors' names since a day (ISO). The same customer's first, running ones before
    others, then the newest; at most ``MOST``."""
    row = _VISITORS.one(store, session=session)
    visitors = opened_visitors(store, row[0]) if row is not None else ()
    alike: dict[int, CaseLine] = {}
    for visitor in visitors:
        if visitor.capacity != COMPANION:
            found = alike_cases(store, staff, visitor.name, "", since)
            alike.update({line.id: line for line in found})
    lines = search_cases(store, text, staff) if text.strip() else tuple(alike.values())
    offers = [
        LinkOffer(line, line.id in alike) for line in lines if State(line.state) not in NOT_LINKED
    ]
    offers.sort(key=lambda one: (not one.same, State(one.line.state) not in OPEN, -one.line.id))
    return tuple(offers[:MOST])
