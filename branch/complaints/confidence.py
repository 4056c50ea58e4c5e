"""Who may read what a complainant asked to keep in confidence; reads only.

To others number, state and channel are there and nothing of its content (Order 3 Art. 22).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from branch.complaints.rules import ROLES_OF, Who
from branch.kernel.errors import NotPermitted
from branch.kernel.runner import Work
from branch.kernel.store import Store
from branch.people.queries import staff_members

if TYPE_CHECKING:
    from branch.complaints.case import Case

# The desk, and whoever stands in for it or decides.
_INSIDE = ROLES_OF[Who.REG] | ROLES_OF[Who.HEAD] | ROLES_OF[Who.UP]


def is_inside(staff: int, roles: Collection[str], registered_by: int, handler: int | None) -> bool:
    """Whether somebody may read a confidential case: who registered it, who handles it, the desk
    and who decides."""
    return staff in (registered_by, handler) or not _INSIDE.isdisjoint(roles)


def roles_of(store: Store, staff: int) -> frozenset[str]:
    """The roles of an account; none where there is no such account."""
    found = (member.roles for member in staff_members(store) if member.id == staff)
    return next(found, frozenset())


def require_inside(work: Work, case: Case) -> None:
    """Raise NotPermitted where the case is confidential and this person is not one of those."""
    if case.confidential and not is_inside(
        work.actor.staff, work.roles, case.registered_by, case.handler
    ):
        raise NotPermitted("complaint_confidential")
