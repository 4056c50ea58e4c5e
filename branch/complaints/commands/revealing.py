"""Showing a complainant's full value: who handles complaints, or emergency access, with a reason.

JR/T 0171-2020 and GB/T 35273 7.2: people see masked values; whoever needs the whole one says why.
Order 3 Art. 17, 22: to those whom the complaint is about it is not there at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from branch.complaints.case import known_to, note
from branch.complaints.confidence import require_inside
from branch.complaints.records import ComplaintRow
from branch.kernel.errors import NotFound, NotPermitted
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.people.queries import glass_until
from branch.people.rules import may_read
from branch.visitors.rules import REVEAL_REASONS, require_known


@dataclass(frozen=True)
class RevealCase:
    """The full value of one field of a complaint; ``field`` as in ``FIELDS``."""

    complaint: int
    field: str
    reason: str


# What can be shown in full, and its context where it is sealed.
FIELDS = {
    "name": "",
    "phone": "complaint.phone",
    "address": "complaint.address",
    "email": "complaint.email",
    "agent": "",
    "agent_phone": "complaint.agent_phone",
}
_VALUES = Prepared(
    lambda complaint: ComplaintRow.select(*(getattr(ComplaintRow, name) for name in FIELDS)).where(
        ComplaintRow.id == complaint
    )
)


def reveal_case(work: Work, command: RevealCase) -> str:
    """The value; raises NotPermitted without permission or broken glass, NotFound, BadInput."""
    require_known(command.reason, REVEAL_REASONS, "reason")
    if command.field not in FIELDS:
        raise NotFound("field_unknown")
    case = known_to(work, command.complaint)
    allowed = may_read("complaint_values", work.roles)
    if not allowed and glass_until(work.store, work.actor.staff, work.now) is None:
        raise NotPermitted("reveal_not_permitted")
    if allowed:
        # In an emergency the glass is broken, and that is looked at afterwards.
        require_inside(work, case)
    row = _VALUES.one(work.store, complaint=case.id)
    assert row is not None  # the case is there
    value = str(dict(zip(FIELDS, row, strict=True))[command.field])
    note(
        work,
        case.id,
        "revealed",
        field=command.field,
        reason=command.reason,
        by_glass=not allowed,
    )
    context = FIELDS[command.field]
    return work.store.sealer.open(value, context) if context else value


HANDLERS: dict[type, Handler] = {RevealCase: Handler(reveal_case)}
