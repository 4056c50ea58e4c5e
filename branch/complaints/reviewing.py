"""Who may review a decision, and whether anybody is left to (Order 3 Art. 20); writes nothing."""

from __future__ import annotations

from typing import Final

from branch.complaints.case import Case
from branch.complaints.rules import State
from branch.kernel.errors import NotPermitted, RuleBroken
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.people.rules import Role

HEAD_OFFICE_LEVEL: Final = 4


def is_head_office_decision(store: Store, case: Case) -> bool:
    """Whether head office has decided, so that no superior body is left to review it (Art. 20
    speaks of the decisions of branches): taken to level 4 and decided by the superior side."""
    if case.level != HEAD_OFFICE_LEVEL or case.decided_by is None:
        return False
    return any(
        one.id == case.decided_by and Role.SUPERIOR in one.roles for one in staff_members(store)
    )


def may_review(store: Store, case: Case, staff: int) -> bool:
    """Whether the decision can be reviewed, or is being, and this person is new to it."""
    begun = case.state == State.RE_REVIEW
    return not _took_part(case, staff) and (begun or not is_head_office_decision(store, case))


def require_reviewer(store: Store, case: Case, staff: int) -> None:
    """Raise RuleBroken where nobody is left to review it, NotPermitted as ``require_new``."""
    if is_head_office_decision(store, case):
        raise RuleBroken("re_review_head_office")
    require_new(case, staff)


def require_new(case: Case, staff: int) -> None:
    """Raise NotPermitted to whoever has handled, reported or decided it: another colleague of the
    superior body reviews it. What was begun is ended, however high it has been raised since."""
    if _took_part(case, staff):
        raise NotPermitted("reviewer_is_new")


def _took_part(case: Case, staff: int) -> bool:
    return staff in (case.handler, case.reported_by, case.decided_by)
