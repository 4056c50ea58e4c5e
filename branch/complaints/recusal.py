"""Who may not touch a complaint: those it is about and those with an interest (Order 3 Art. 17)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from branch.complaints.records import SubjectRow
from branch.complaints.rules import Who, vacant
from branch.kernel.errors import NotFound, NotPermitted
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members

# Why somebody keeps away from a complaint who does from another one of the same matter.
MERGED: Final = "merged"
_TOUCHED = Prepared(
    lambda complaint: SubjectRow.select(SubjectRow.staff, SubjectRow.interest).where(
        SubjectRow.complaint == complaint
    )
)
_RECUSED = Prepared(
    lambda staff: SubjectRow.select(SubjectRow.complaint).where(SubjectRow.staff == staff)
)


def touched(store: Store, complaint: int) -> list[tuple[int, str]]:
    """Who must keep away from it, and why: ``subject``, an interest of his
    own, or ``MERGED``."""
    return [(staff, interest) for staff, interest in _TOUCHED.all(store, complaint=complaint)]


def interested(store: Store, complaint: int) -> frozenset[int]:
    """Everybody who must keep away from this complaint."""
    return frozenset(staff for staff, _why in touched(store, complaint))


def kept_from(store: Store, staff: int) -> frozenset[int]:
    """The complaints that a member of staff must not see."""
    return frozenset(row[0] for row in _RECUSED.all(store, staff=staff))


def vacant_in(store: Store, complaint: int) -> frozenset[Who]:
    """The parts in a case of which everybody who has them is kept from it."""
    return vacant_without(store, interested(store, complaint))


def vacant_without(store: Store, touched: Collection[int]) -> frozenset[Who]:
    """The parts that nobody would have in a case from which these are kept."""
    return vacant(((one.id, one.roles) for one in staff_members(store) if one.active), touched)


def require_free(store: Store, complaint: int, staff: int) -> None:
    """Raise NotFound when the complaint concerns the member of staff himself: to him it is not
    there, so that a refusal does not tell him of it."""
    if staff in interested(store, complaint):
        raise NotFound("complaint_unknown")


def require_handler_free(store: Store, complaint: int, staff: int) -> None:
    """Raise NotPermitted when somebody with an interest is to handle a complaint."""
    if staff in interested(store, complaint):
        raise NotPermitted("handler_interested")
