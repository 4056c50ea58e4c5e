"""A new round of a complaint: what was decided and told before holds for it no longer."""

from __future__ import annotations

from branch.complaints.case import Case, change
from branch.complaints.clocks import end_pauses, restart
from branch.complaints.recusal import interested
from branch.kernel.runner import Work


def begin_round(work: Work, case: Case, cause: str) -> None:
    """A new round with a clock of its own, within the caller's command: nothing of how it ended
    before holds for it."""
    # Who turned out to be touched since handles it no longer; the desk finds somebody else.
    keeps_away = case.handler in interested(work.store, case.id)
    change(
        work,
        case,
        round=case.round + 1,
        handler=None if keeps_away else case.handler,
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
    # A case that was merged may have kept one.
    end_pauses(work, case.id)
    restart(work, case.id, cause)
