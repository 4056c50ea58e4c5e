"""Which other complaints may be of the same person as a stored one, and which somebody said are;
proposes, writes nothing."""

from __future__ import annotations

from branch.complaints.queries.desk import CaseLine, lines_of
from branch.complaints.records import ComplaintRow
from branch.complaints.recusal import kept_from
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store

MOST = 20
_PERSON = Prepared(
    lambda complaint: ComplaintRow.select(ComplaintRow.phone_mark, ComplaintRow.name).where(
        ComplaintRow.id == complaint
    )
)
_BY_PHONE = Prepared(
    lambda mark: (
        ComplaintRow.select(ComplaintRow.id)
        .where(ComplaintRow.phone_mark == mark)
        .order_by(ComplaintRow.id.desc())
        .limit(MOST)
    )
)
_REPEATS = Prepared(
    lambda complaint: (
        ComplaintRow.select(ComplaintRow.id, ComplaintRow.number)
        .where(ComplaintRow.repeat_of == complaint, ComplaintRow.kind == "complaint")
        .order_by(ComplaintRow.id.desc())
    )
)
_BY_NAME = Prepared(
    lambda name: (
        ComplaintRow.select(ComplaintRow.id)
        .where(ComplaintRow.name == name)
        .order_by(ComplaintRow.id.desc())
        .limit(MOST)
    )
)


def repeats_of(store: Store, complaint: int) -> tuple[tuple[int, str], ...]:
    """The later complaints that somebody linked to this one, id and number, newest first."""
    return tuple((later, number) for later, number in _REPEATS.all(store, complaint=complaint))


def renewed_by(store: Store, complaint: int, hidden: frozenset[int]) -> str:
    """The number of the latest complaint that was linked to this one, of those not ``hidden``."""
    later = (number for one, number in repeats_of(store, complaint) if one not in hidden)
    return next(later, "")


def alike_to(store: Store, complaint: int, staff: int) -> tuple[CaseLine, ...]:
    """Other complaints by the same telephone, or by the same name where no number was left;
    newest first, none of them about ``staff`` or in confidence towards him."""
    if complaint in kept_from(store, staff):
        return ()
    row = _PERSON.one(store, complaint=complaint)
    if row is None:
        return ()
    mark, name = row
    if mark:
        rows = _BY_PHONE.all(store, mark=mark)
    else:
        rows = _BY_NAME.all(store, name=name) if name else []
    lines = lines_of(store, [one[0] for one in rows if one[0] != complaint], staff)
    return tuple(line for line in lines if not line.withheld)
