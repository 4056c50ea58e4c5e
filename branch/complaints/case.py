"""One complaint as the commands hold it: found with its guards, changed, recorded with its words.

Every step goes through ``taken``: the state table, the person's part in the case, and recusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from branch.complaints.codes import NOT_BY_HIM
from branch.complaints.confidence import require_inside
from branch.complaints.records import CaseTextRow, ComplaintRow
from branch.complaints.recusal import require_free, vacant_in
from branch.complaints.rules import (
    OF_OTHERS,
    SETTLING,
    STEPS,
    TAKES_IN,
    State,
    may_take,
    row_for,
)
from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.kernel.journal import Scalar
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.people.rules import readable

LONGEST_TEXT = 5_000

FIELDS = (
    "id",
    "number",
    "kind",
    "state",
    "round",
    "channel",
    "forwarded",
    "received_at",
    "received_on",
    "registered_by",
    "anonymous",
    "confidential",
    "identity",
    "name",
    "title",
    "phone_mark",
    "document_mark",
    "credit_code",
    "agent",
    "biz_channel",
    "biz_class",
    "reason",
    "agency",
    "severity",
    "urgency",
    "parties",
    "handler",
    "assigned_at",
    "handed_back",
    "proposed",
    "proposed_by",
    "proposed_ref",
    "finding",
    "outcome",
    "cause",
    "verified",
    "grounds",
    "decision",
    "measures",
    "redress",
    "reported_by",
    "decided_on",
    "decided_by",
    "notified_at",
    "reply_received_on",
    "satisfaction",
    "merged_into",
    "merged_state",
    "legal_due",
    "house_due",
    "due",
    "act_by",
    "level",
    "major",
    "rev",
)


@dataclass(frozen=True)
class Case:
    """What a command needs to know of a complaint; columns as in ``ComplaintRow``."""

    id: int
    number: str
    kind: str
    state: str
    round: int
    channel: str
    forwarded: str
    received_at: int
    received_on: str
    registered_by: int
    anonymous: bool
    confidential: bool
    identity: str
    name: str
    title: str
    phone_mark: str
    document_mark: str
    credit_code: str
    agent: str
    biz_channel: str
    biz_class: str
    reason: str
    agency: bool
    severity: str
    urgency: str
    parties: int
    handler: int | None
    assigned_at: int | None
    handed_back: int
    proposed: str
    proposed_by: int | None
    proposed_ref: int | None
    finding: str
    outcome: str
    cause: str
    verified: str
    grounds: str
    decision: str
    measures: str
    redress: int | None
    reported_by: int | None
    decided_on: str
    decided_by: int | None
    notified_at: int | None
    reply_received_on: str
    satisfaction: str
    merged_into: int | None
    merged_state: str
    legal_due: str
    house_due: str
    due: str
    act_by: str
    level: int
    major: bool
    rev: int

    @property
    def tells_agent(self) -> bool:
        """Whether it was refused because it was not made by him or his agent, and somebody acted
        as one: then he is told too (Order 3 Art. 18(4); complaints.md 4a row 3b)."""
        refused = self.state == State.NOT_ACCEPTED and self.outcome == NOT_BY_HIM
        return refused and bool(self.agent) and not self.anonymous


_FIND = Prepared(
    lambda complaint: ComplaintRow.select(*(getattr(ComplaintRow, name) for name in FIELDS)).where(
        ComplaintRow.id == complaint
    )
)
_WAITING = Prepared(
    lambda complaint: ComplaintRow.select(ComplaintRow.id).where(
        ComplaintRow.state.in_(tuple(sorted(STEPS["Merge"].froms))),
        ComplaintRow.proposed == "merge",
        ComplaintRow.proposed_ref == complaint,
    )
)
NO_PROPOSAL: Final[dict[str, Any]] = {"proposed": "", "proposed_by": None, "proposed_ref": None}
_KEEP_TEXT = Prepared(
    lambda revision, complaint, text: CaseTextRow.insert(
        {
            CaseTextRow.revision: revision,
            CaseTextRow.complaint: complaint,
            CaseTextRow.text: text,
        }
    )
)


def found(work: Work, complaint: int) -> Case:
    """The complaint; raises NotFound, also to somebody whom it is about, and NotPermitted where it
    is confidential and not for this person."""
    case = known_to(work, complaint)
    require_inside(work, case)
    return case


def known_to(work: Work, complaint: int) -> Case:
    """The complaint for somebody who may know that it is there, though its content be confidential
    (a room is booked for it by its number); raises NotFound, also to somebody whom it is about."""
    case = unguarded(work, complaint)
    require_free(work.store, complaint, work.actor.staff)
    return case


def unguarded(work: Work, complaint: int) -> Case:
    """The complaint as it stands, for what the program does itself; raises NotFound."""
    row = _FIND.one(work.store, complaint=complaint)
    if row is None:
        raise NotFound("complaint_unknown")
    return Case(*row)


def taken(work: Work, complaint: int, step: str) -> Case:
    """The complaint on which this person may now take this step.

    Raises Stale when the state is another, RuleBroken for what is no complaint, NotPermitted when
    it is not his part.
    """
    case = found(work, complaint)
    rule = STEPS[step]
    if rule.froms and case.state not in rule.froms:
        raise Stale("complaint_step", step=step)
    if case.kind != "complaint" and step not in OF_OTHERS:
        raise RuleBroken("not_a_complaint")
    rule = row_for(rule, case.state, bool(case.handed_back))
    is_handler = case.handler == work.actor.staff
    # Who else is kept from it is asked only where it is not his part anyway.
    if not may_take(rule, work.roles, is_handler) and not may_take(
        rule, work.roles, is_handler, vacant_in(work.store, case.id)
    ):
        raise NotPermitted("complaint_part")
    return case


def change(work: Work, case: Case, **values: Any) -> None:
    """Write columns of the complaint; its revision follows."""
    values["rev"] = work.revision
    ComplaintRow.update(values).where(ComplaintRow.id == case.id).execute(work.store.database)


def note(
    work: Work,
    complaint: int,
    what: str,
    text: str = "",
    longest: int = LONGEST_TEXT,
    /,
    **data: Scalar | list[str],
) -> int:
    """Record a fact of the complaint, its words in a row of their own; returns the revision."""
    plain = checked_text(text, "text", longest=longest)
    revision = work.record(f"complaint.{what}", complaint, **data)
    if plain:
        _KEEP_TEXT.run(work.store, revision=revision, complaint=complaint, text=plain)
    return revision


def moved(
    work: Work,
    case: Case,
    step: str,
    text: str = "",
    longest: int = LONGEST_TEXT,
    /,
    **data: Scalar | list[str],
) -> None:
    """Bring the complaint to the step's state and record it; a proposal that it settles goes, and
    so does one to merge into what no longer takes another in."""
    to = STEPS[step].to
    if to is not None:
        change(work, case, state=to)
    if case.proposed and step in SETTLING:
        change(work, case, **NO_PROPOSAL)
    note(work, case.id, PAST[step], text, longest, **data)
    if to is not None and to not in TAKES_IN:
        for (other,) in _WAITING.all(work.store, complaint=case.id):
            change(work, unguarded(work, other), **NO_PROPOSAL)
            note(work, other, "proposal_dropped", into=case.id)


def today(work: Work) -> str:
    """The branch's local date, ISO."""
    return local_date(work.now, work.zone).isoformat()


def checked_text(text: str, field: str, needed: bool = False, longest: int = LONGEST_TEXT) -> str:
    """A text of several lines as it is kept; raises BadInput when missing or too long."""
    lines = [readable(line) for line in text.strip().splitlines()]
    plain = "\n".join(lines).strip()
    if needed and not plain:
        raise BadInput("field_empty", field=field)
    if len(plain) > longest:
        raise BadInput("field_too_long", field=field, longest=longest, length=len(plain))
    return plain


# What the journal says of each step.
PAST = {
    "Register": "received",
    "Accept": "accepted",
    "ProposeRefusal": "refusal_proposed",
    "Refuse": "not_accepted",
    "Refer": "referred",
    "ProposeMerge": "merge_proposed",
    "Merge": "merged",
    "DeclineProposal": "proposal_declined",
    "UndoMerge": "merge_undone",
    "Assign": "assigned",
    "HandBack": "handed_back",
    "TakeOver": "taken_over",
    "Investigate": "investigated",
    "SolveOnTheSpot": "solved_on_the_spot",
    "Report": "reported",
    "SendBack": "sent_back",
    "Decide": "decided",
    "Reply": "replied",
    "Close": "closed",
    "Reopen": "reopened",
    "StartReReview": "re_review_started",
    "UpholdDecision": "re_review_upheld",
    "OrderRedo": "redo_ordered",
    "Withdraw": "withdrawn",
    "Archive": "archived",
    "Unarchive": "unarchived",
}
