"""After the answer: follow-up visits by somebody else, and the superior body's re-review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branch.complaints.case import change, checked_text, found, moved, note, taken, unguarded
from branch.complaints.clocks import begin_review, end_review, refresh_due
from branch.complaints.codes import KEPT, NEXT_STEPS, RE_REVIEWS, SATISFACTIONS, VISIT_MODES
from branch.complaints.commands.answering import NoteReceipt, note_receipt
from branch.complaints.commands.rounds import begin_round
from branch.complaints.deadlines import application_due, re_review_due
from branch.complaints.description import known
from branch.complaints.records import FollowUpRow, ReReviewRow
from branch.complaints.reviewing import require_new, require_reviewer
from branch.complaints.rules import State
from branch.complaints.satisfaction import keeps_out
from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work


@dataclass(frozen=True)
class RecordVisit:
    """A follow-up visit (form TS-07), or a try; never by the handler.

    ``kept`` is a code of KEPT or empty. ``received_on`` is the day on which he says he received
    the reply, where that was not known: his 30 days begin.
    """

    complaint: int
    mode: str
    reached: bool
    satisfaction: str = ""
    kept: str = ""
    text: str = ""
    next_step: str = "close"
    received_on: date | None = None

    def __repr__(self) -> str:
        return f"RecordVisit({self.complaint})"


@dataclass(frozen=True)
class StartReReview:
    """A written application to the superior body came in on this day (Order 3 Art. 20)."""

    complaint: int
    applied_on: date
    in_writing: bool


@dataclass(frozen=True)
class UpholdDecision:
    """The re-review keeps or changes the decision."""

    complaint: int
    changed: bool
    text: str

    def __repr__(self) -> str:
        return f"UpholdDecision({self.complaint})"


@dataclass(frozen=True)
class OrderRedo:
    """The re-review orders the branch to handle it again."""

    complaint: int
    text: str

    def __repr__(self) -> str:
        return f"OrderRedo({self.complaint})"


_VISIT = Prepared(
    lambda complaint, round, now, staff, mode, reached, satisfaction, kept, text, step: (
        FollowUpRow.insert(
            {
                FollowUpRow.complaint: complaint,
                FollowUpRow.round: round,
                FollowUpRow.at: now,
                FollowUpRow.by: staff,
                FollowUpRow.mode: mode,
                FollowUpRow.reached: reached,
                FollowUpRow.satisfaction: satisfaction,
                FollowUpRow.kept: kept,
                FollowUpRow.text: text,
                FollowUpRow.next_step: step,
            }
        ).returning(FollowUpRow.id)
    )
)
_START = Prepared(
    lambda complaint, applied_on, due, staff: ReReviewRow.insert(
        {
            ReReviewRow.complaint: complaint,
            ReReviewRow.applied_on: applied_on,
            ReReviewRow.due: due,
            ReReviewRow.reviewer: staff,
            ReReviewRow.process: "",
            ReReviewRow.time_limit: "",
            ReReviewRow.result: "",
            ReReviewRow.decision: "",
            ReReviewRow.text: "",
            ReReviewRow.told_on: "",
        }
    ).returning(ReReviewRow.id)
)
_OPEN = Prepared(
    lambda complaint: ReReviewRow.select(ReReviewRow.id, ReReviewRow.applied_on).where(
        ReReviewRow.complaint == complaint, ReReviewRow.decision == ""
    )
)
_SETTLE = Prepared(
    lambda review, decision, text, now, day: ReReviewRow.update(
        {
            ReReviewRow.decision: decision,
            ReReviewRow.text: text,
            ReReviewRow.decided_at: now,
            ReReviewRow.told_on: day,
        }
    ).where(ReReviewRow.id == review)
)


def record_visit(work: Work, command: RecordVisit) -> int:
    """Keep a visit; raises NotPermitted to the handler, BadInput where not being satisfied leads
    nowhere (handbook 004: keep following up)."""
    case = found(work, command.complaint)
    if case.state not in (State.REPLIED, State.CLOSED) or case.notified_at is None:
        raise Stale("complaint_moved_on")
    if case.anonymous:
        raise RuleBroken("anonymous_no_visit")
    if work.actor.staff in keeps_out(case.handler, case.reported_by, case.outcome, case.decided_by):
        raise NotPermitted("visit_by_another")
    known(command.mode, VISIT_MODES, "mode")
    known(command.next_step, NEXT_STEPS, "next_step")
    if command.reached:
        known(command.satisfaction, SATISFACTIONS, "satisfaction")
    elif command.satisfaction:
        raise BadInput("not_reached_no_answer", field="satisfaction")
    if command.kept:
        known(command.kept, KEPT, "kept")
    if command.satisfaction == "dissatisfied" and command.next_step == "close":
        raise BadInput("visit_leads_on", field="next_step")
    if command.received_on is not None:
        note_receipt(work, NoteReceipt(case.id, command.received_on))
    row = _VISIT.one(
        work.store,
        complaint=case.id,
        round=case.round,
        now=work.now,
        staff=work.actor.staff,
        mode=command.mode,
        reached=command.reached,
        satisfaction=command.satisfaction,
        kept=command.kept,
        text=checked_text(command.text, "text"),
        step=command.next_step,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    note(
        work,
        case.id,
        "visited",
        visit=row[0],
        reached=command.reached,
        satisfaction=command.satisfaction,
        next_step=command.next_step,
    )
    return int(row[0])


def start_re_review(work: Work, command: StartReReview) -> int:
    """Begin; raises BadInput when it is late, early or not in writing, RuleBroken while it is not
    known when the decision was received."""
    case = taken(work, command.complaint, "StartReReview")
    if case.anonymous:
        raise RuleBroken("anonymous_no_re_review")
    if not command.in_writing:
        raise BadInput("re_review_in_writing", field="in_writing")
    if case.notified_at is None:
        raise Stale("complaint_step", step="StartReReview")
    require_reviewer(work.store, case, work.actor.staff)
    if command.applied_on > local_date(work.now, work.zone):
        raise BadInput("day_to_come", field="applied_on")
    if not case.reply_received_on:
        raise RuleBroken("receipt_missing")
    sent_on = local_date(case.notified_at, work.zone)
    if command.applied_on < sent_on:
        raise BadInput("applied_early", field="applied_on", day=sent_on.isoformat())
    if command.applied_on > application_due(date.fromisoformat(case.reply_received_on)):
        raise BadInput("re_review_late", field="applied_on")
    due = re_review_due(command.applied_on)
    row = _START.one(
        work.store,
        complaint=case.id,
        applied_on=command.applied_on.isoformat(),
        due=due.isoformat(),
        staff=work.actor.staff,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    change(
        work,
        case,
        closed_at=None,
        # Put away anew when it has ended again.
        archived_at=None,
        keep_until="",
    )
    begin_review(work, case, due)
    moved(work, case, "StartReReview", review=row[0], due=due.isoformat())
    return int(row[0])


def uphold_decision(work: Work, command: UpholdDecision) -> None:
    """Settle the re-review; the complainant is told the same day."""
    case = taken(work, command.complaint, "UpholdDecision")
    require_new(case, work.actor.staff)
    _settle(work, case.id, "changed" if command.changed else "upheld", command.text)
    change(work, case, closed_at=work.now)
    end_review(work, case)
    moved(work, case, "UpholdDecision", changed=command.changed)


def order_redo(work: Work, command: OrderRedo) -> None:
    """Order it to be handled again, with a clock of its own."""
    case = taken(work, command.complaint, "OrderRedo")
    require_new(case, work.actor.staff)
    _settle(work, case.id, "redo", command.text)
    begin_round(work, case, "redo_ordered")
    moved(work, case, "OrderRedo", round=case.round + 1)
    refresh_due(work, unguarded(work, case.id), "redo_ordered")


def _settle(work: Work, complaint: int, decision: str, text: str) -> None:
    known(decision, RE_REVIEWS, "decision")
    row = _OPEN.one(work.store, complaint=complaint)
    if row is None:
        raise NotFound("re_review_unknown")
    _SETTLE.run(
        work.store,
        review=row[0],
        decision=decision,
        text=checked_text(text, "text", needed=True),
        now=work.now,
        day=local_date(work.now, work.zone).isoformat(),
    )


HANDLERS: dict[type, Handler] = {
    RecordVisit: Handler(record_visit),
    StartReReview: Handler(start_re_review),
    UpholdDecision: Handler(uphold_decision),
    OrderRedo: Handler(order_redo),
}
