"""What was merged is one matter: whoever keeps away from one complaint of it keeps away from all.

It keeps that in rows of its own kind, so that a merge taken back leaves nothing of them.
"""

from __future__ import annotations

from collections.abc import Collection

from branch.complaints.case import Case, unguarded
from branch.complaints.records import ComplaintRow, SubjectRow
from branch.complaints.recusal import MERGED, touched
from branch.complaints.rules import BEFORE_DECISION
from branch.kernel.errors import NotPermitted
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Work
from branch.kernel.store import Store

_INTO = Prepared(
    lambda complaint: ComplaintRow.select(ComplaintRow.merged_into).where(
        ComplaintRow.id == complaint
    )
)
# Also of one that was archived since.
_FROM = Prepared(
    lambda complaint: ComplaintRow.select(ComplaintRow.id).where(
        ComplaintRow.merged_into == complaint
    )
)
_FORGET = Prepared(
    lambda complaint: delete(SubjectRow).where(
        SubjectRow.complaint == complaint, SubjectRow.interest == MERGED
    )
)
_KEEP = Prepared(
    lambda complaint, staff: SubjectRow.insert(
        {
            SubjectRow.complaint: complaint,
            SubjectRow.staff: staff,
            SubjectRow.interest: MERGED,
        }
    )
)


def matter_of(store: Store, complaint: int) -> tuple[int, ...]:
    """All complaints that are one matter with this one, itself among them: first the one that the
    others were merged into."""
    first = complaint
    while (row := _INTO.one(store, complaint=first)) is not None and row[0] is not None:
        first = row[0]
    found = [first]
    for one in found:
        found += [row[0] for row in _FROM.all(store, complaint=one)]
    return tuple(found)


def require_handler_away(case: Case, touched: Collection[int]) -> None:
    """Raise NotPermitted when who handles the case is among the touched and it can still be given
    to somebody else. Once it is decided nothing waits for him: he is kept away like anybody."""
    if case.handler in touched and case.state in BEFORE_DECISION:
        raise NotPermitted("handler_interested")


def spread_recusal(work: Work, complaint: int) -> None:
    """Keep everybody who keeps away from one complaint of this matter away from all of them.

    Raises NotPermitted as ``require_handler_away`` does.
    """
    matter = matter_of(work.store, complaint)
    own = {
        one: frozenset(staff for staff, why in touched(work.store, one) if why != MERGED)
        for one in matter
    }
    everybody = frozenset().union(*own.values())
    if len(matter) > 1:
        require_handler_away(unguarded(work, matter[0]), everybody)
    for one in matter:
        _FORGET.run(work.store, complaint=one)
        for staff in sorted(everybody - own[one]):
            _KEEP.run(work.store, complaint=one, staff=staff)
