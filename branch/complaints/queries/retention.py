"""Which archived complaints are past their time, and what holds some of them back; reads only."""

from __future__ import annotations

from branch.complaints.records import ComplaintRow
from branch.complaints.recusal import kept_from
from branch.complaints.rules import State
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.quality.queries import open_actions
from branch.visitors.queries.retention import Hold, holds, kept_back

_PAST = Prepared(
    lambda day: (
        ComplaintRow.select(ComplaintRow.id)
        .where(
            ComplaintRow.state == State.ARCHIVED,
            ComplaintRow.keep_until != "",
            ComplaintRow.keep_until < day,
        )
        .order_by(ComplaintRow.id)
    )
)
_TAKEN_IN = Prepared(
    lambda: ComplaintRow.select(ComplaintRow.id, ComplaintRow.merged_into).where(
        ComplaintRow.merged_into.is_null(False)
    )
)


def cases_past(store: Store, day: str) -> tuple[int, ...]:
    """The cases that go on this day (ISO), oldest first.

    Kept back are those on legal hold or asked about (PIPL Art. 45, 47), with a corrective action
    that is not closed, or into which one was merged whose own time is not over.
    """
    past = [row[0] for row in _PAST.all(store, day=day)]
    if not past:
        return ()
    back = set(kept_back(store, "complaint"))
    back |= {action.ref for action in open_actions(store) if action.source == "complaint"}
    gone = set(past) - back
    # A case that stays keeps the one it was merged into.
    back |= {into for child, into in _TAKEN_IN.all(store) if child not in gone}
    return tuple(complaint for complaint in past if complaint not in back)


def holds_for(store: Store, staff: int) -> tuple[Hold, ...]:
    """Every legal hold, without those on complaints that ``staff`` is kept from."""
    hidden = kept_from(store, staff)
    return tuple(
        hold for hold in holds(store) if hold.kind != "complaint" or hold.ref not in hidden
    )
