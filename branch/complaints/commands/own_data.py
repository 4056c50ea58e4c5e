"""Legal holds and requests about one's own data, where they name a complaint.

The commands are those of the visitors' room, which knows nothing of complaints: here a complaint
is looked for first, with recusal, and shown in full beside the other records (PIPL Art. 45).
"""

from __future__ import annotations

from typing import Any

from branch.complaints.case import found
from branch.complaints.records import ComplaintRow
from branch.kernel.clock import local_date
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.papers.queries import papers_of_complaint
from branch.visitors.commands.holds import PlaceHold, place_hold
from branch.visitors.commands.requests import (
    LinkRecord,
    ShowOwnData,
    link_record,
    show_own_data,
)
from branch.visitors.own_data import OwnRecord, OwnValue
from branch.visitors.queries.requests import items_of

KIND = "complaint"
# Name, form, context of the seal.
_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("number", "text", ""),
    ("received_on", "day", ""),
    ("name", "text", ""),
    ("phone", "text", "complaint.phone"),
    ("address", "text", "complaint.address"),
    ("email", "text", "complaint.email"),
    ("document", "code", ""),
    ("document_tail", "text", ""),
    ("credit_code", "text", ""),
    ("legal_person", "text", ""),
    ("agent", "text", ""),
    ("agent_phone", "text", "complaint.agent_phone"),
    ("facts", "text", ""),
    ("claims", "text", ""),
    ("basis", "text", ""),
    ("decision", "text", ""),
)
_READ = Prepared(
    lambda complaint: ComplaintRow.select(
        *(getattr(ComplaintRow, name) for name, _form, _context in _FIELDS)
    ).where(ComplaintRow.id == complaint)
)
# Where the paper has another word for the same name.
_NAMES = {"number": "case_number", "received_on": "day", "basis": "case_basis"}


def hold(work: Work, command: PlaceHold) -> int:
    """Place it; raises NotFound for a complaint that is gone or about the actor."""
    if command.kind == KIND:
        found(work, command.ref)
    return place_hold(work, command)


def link(work: Work, command: LinkRecord) -> None:
    """Link it, or take it off; raises NotFound for a complaint that is gone or about the actor."""
    if command.kind == KIND and command.linked:
        found(work, command.ref)
    link_record(work, command)


def show(work: Work, command: ShowOwnData) -> tuple[OwnRecord, ...]:
    """The linked records in full, complaints with them, each journalled as a full view.

    Raises NotFound when one of them is about the actor: somebody else answers this request.
    """
    cases = [ref for kind, ref in items_of(work.store, command.request) if kind == KIND]
    for ref in cases:
        found(work, ref)
    records = show_own_data(work, command)
    for ref in cases:
        work.record(
            "complaint.revealed",
            ref,
            field="all",
            reason="rights_request",
            request=command.request,
        )
    return (*records, *(_in_full(work, ref) for ref in cases))


def _in_full(work: Work, complaint: int) -> OwnRecord:
    row = _READ.one(work.store, complaint=complaint)
    assert row is not None  # it was found a moment ago
    values = [
        _value(work, part, stored)
        for part, stored in zip(_FIELDS, row, strict=True)
        if stored not in ("", None)
    ]
    issued = [
        f"{line.form} {local_date(line.issued_at, work.zone).isoformat()}"
        for line in papers_of_complaint(work.store, complaint)
    ]
    if issued:
        values.append(OwnValue("papers", " ".join(issued), "text"))
    return OwnRecord(KIND, complaint, tuple(values))


def _value(work: Work, part: tuple[str, str, str], stored: Any) -> OwnValue:
    name, form, context = part
    value = work.store.sealer.open(stored, context) if context else stored
    return OwnValue(_NAMES.get(name, name), value, form)


# In the place of the visitors' own handlers of these commands.
HANDLERS: dict[type, Handler] = {
    PlaceHold: Handler(hold),
    LinkRecord: Handler(link),
    ShowOwnData: Handler(show),
}
