"""Showing a full value: needs a permission or emergency access, a reason, and leaves an entry.

JR/T 0171-2020 and GB/T 35273 7.2: people see masked values; whoever needs the whole one says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from branch.kernel.errors import NotFound, NotPermitted
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.people.queries import glass_until
from branch.people.rules import may_read
from branch.visitors.records import ReceptionRow, RequestRow, VisitorRow
from branch.visitors.rules import REVEAL_REASONS, require_known

# Seconds that a screen shows a full value.
SHOWN_S = 15


@dataclass(frozen=True)
class Reveal:
    """The full value of one field of one record; ``kind`` and ``field`` as in ``FIELDS``."""

    kind: str
    ref: int
    field: str
    reason: str


def _column(row: type, column: Any) -> Prepared:
    identity = row.id  # type: ignore[attr-defined]
    return Prepared(lambda ref: row.select(column).where(identity == ref))  # type: ignore[attr-defined]


# What can be shown in full: the column, and its context where it is sealed.
FIELDS: dict[tuple[str, str], tuple[Prepared, str]] = {
    ("visitor", "name"): (_column(VisitorRow, VisitorRow.name), ""),
    ("visitor", "phone"): (_column(VisitorRow, VisitorRow.phone), "visitor.phone"),
    ("visitor", "plate"): (_column(VisitorRow, VisitorRow.plate), "visitor.plate"),
    ("visitor", "guardian"): (_column(VisitorRow, VisitorRow.guardian), "visitor.guardian"),
    ("visitor", "signature"): (_column(VisitorRow, VisitorRow.signature), "visitor.signature"),
    ("reception", "phone"): (_column(ReceptionRow, ReceptionRow.phone), "reception.phone"),
    ("request", "name"): (_column(RequestRow, RequestRow.name), ""),
    ("request", "phone"): (_column(RequestRow, RequestRow.phone), "request.phone"),
}


def reveal(work: Work, command: Reveal) -> str:
    """The value; raises NotPermitted without permission or broken glass, NotFound, BadInput."""
    require_known(command.reason, REVEAL_REASONS, "reason")
    place = FIELDS.get((command.kind, command.field))
    if place is None:
        raise NotFound("field_unknown")
    allowed = may_read("full_values", work.roles)
    if not allowed and glass_until(work.store, work.actor.staff, work.now) is None:
        raise NotPermitted("reveal_not_permitted")
    query, context = place
    row = query.one(work.store, ref=command.ref)
    if row is None:
        raise NotFound("record_unknown")
    work.record(
        f"{command.kind}.revealed",
        command.ref,
        field=command.field,
        reason=command.reason,
        by_glass=not allowed,
    )
    return work.store.sealer.open(row[0], context) if context else str(row[0])


HANDLERS: dict[type, Handler] = {Reveal: Handler(reveal)}
