"""Whether two complaints are of one person, and which were merged into which; writes nothing."""

from __future__ import annotations

from branch.complaints.case import Case
from branch.complaints.records import ComplaintRow
from branch.complaints.rules import State
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store

_MERGED_INTO = Prepared(
    lambda complaint: ComplaintRow.select(ComplaintRow.merged_into, ComplaintRow.state).where(
        ComplaintRow.id == complaint
    )
)
_CHILDREN = Prepared(
    lambda complaint: (
        ComplaintRow.select(ComplaintRow.id)
        .where(ComplaintRow.state == State.MERGED, ComplaintRow.merged_into == complaint)
        .order_by(ComplaintRow.id)
    )
)


def same_person(one: Case, other: Case) -> bool:
    """Whether both may be of the same person: the same document or credit code, telephone or
    name. Two different documents or codes are two persons whatever else is the same."""
    for mine, his in (
        (one.document_mark, other.document_mark),
        (one.credit_code, other.credit_code),
    ):
        if mine and his:
            return mine == his
    return any(
        mine and mine == his
        for mine, his in ((one.phone_mark, other.phone_mark), (one.name, other.name))
    )


def primary_of(store: Store, complaint: int) -> int:
    """The complaint in which this one is handled: itself, or what it was merged into at last."""
    row = _MERGED_INTO.one(store, complaint=complaint)
    while row is not None and row[1] == State.MERGED:
        complaint = row[0]
        row = _MERGED_INTO.one(store, complaint=complaint)
    return complaint


def state_of(store: Store, complaint: int) -> str:
    """Where a complaint stands; an empty text when it is not there any more."""
    row = _MERGED_INTO.one(store, complaint=complaint)
    return row[1] if row is not None else ""


def children_of(store: Store, complaint: int) -> tuple[int, ...]:
    """What was merged into a complaint and is merged still, the oldest first."""
    return tuple(row[0] for row in _CHILDREN.all(store, complaint=complaint))
