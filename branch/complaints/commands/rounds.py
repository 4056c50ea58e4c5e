"""The clock of a complaint anew, and a new round: what was told before holds for it no longer."""

from __future__ import annotations

from branch.complaints.case import Case, change
from branch.complaints.records import RestartRow
from branch.kernel.clock import local_date
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work

_RESTART = Prepared(
    lambda complaint, day, cause: RestartRow.insert(
        {RestartRow.complaint: complaint, RestartRow.day: day, RestartRow.cause: cause}
    )
)


def restart(work: Work, complaint: int, cause: str) -> None:
    """Begin the clock anew from today, within the caller's command."""
    day = local_date(work.now, work.zone).isoformat()
    _RESTART.run(work.store, complaint=complaint, day=day, cause=cause)


def begin_round(work: Work, case: Case, cause: str) -> None:
    """A new round with a clock of its own, within the caller's command: nothing of how it ended
    before holds for it."""
    change(
        work,
        case,
        round=case.round + 1,
        outcome="",
        closed_at=None,
        decided_at=None,
        decided_by=None,
        decided_on="",
        notified_at=None,
        told_on="",
        reply_mode="",
        reply_received_on="",
        satisfaction="",
    )
    restart(work, case.id, cause)
