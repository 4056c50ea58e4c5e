"""What becomes of a complaint that was received: accepted, refused, referred, merged, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

from branch.complaints.alike import primary_of, same_person
from branch.complaints.case import (
    Case,
    change,
    checked_text,
    found,
    moved,
    note,
    taken,
    unguarded,
)
from branch.complaints.clocks import end_handling, refresh_due, restart, take_back_restart
from branch.complaints.codes import NOT_BY_HIM, OUTCOMES_REFERRED, REFUSALS
from branch.complaints.description import known
from branch.complaints.one_matter import spread_recusal
from branch.complaints.recusal import interested
from branch.complaints.rules import OPEN, SETTLED, TAKES_IN, State
from branch.kernel.errors import BadInput, NotPermitted, RuleBroken, Stale
from branch.kernel.journal import read_data
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.runner import Handler, Work

# Order 3 Art. 18(4): the one ground on which what was accepted may be declined after all.
# Where a referral says that it is not the bank's to answer for.
_NOT_OURS = frozenset({"third_party", "other_bank", "other"})
_MERGES = Prepared(
    lambda subject: (
        JournalRow.select(JournalRow.data)
        .where(JournalRow.subject == subject, JournalRow.what == "complaint.merged")
        .order_by(JournalRow.revision.desc())
        .limit(1)
    )
)


@dataclass(frozen=True)
class Accept:
    """Accept a complaint. ``identity`` is verified or unverified; anonymous ones stay so."""

    complaint: int
    identity: str = "unverified"


@dataclass(frozen=True)
class ProposeRefusal:
    """Propose not to accept, with a code and words; the branch's head decides."""

    complaint: int
    reason: str
    text: str

    def __repr__(self) -> str:
        return f"ProposeRefusal({self.complaint})"


@dataclass(frozen=True)
class Refuse:
    """Do not accept: what was proposed, or on the head's own ground."""

    complaint: int
    reason: str
    text: str

    def __repr__(self) -> str:
        return f"Refuse({self.complaint})"


@dataclass(frozen=True)
class Refer:
    """Hand over to the body that is responsible and has been told; the customer is told where."""

    complaint: int
    to: str
    text: str

    def __repr__(self) -> str:
        return f"Refer({self.complaint})"


@dataclass(frozen=True)
class ProposeMerge:
    """Propose that this is the same matter of the same person as another complaint."""

    complaint: int
    into: int


@dataclass(frozen=True)
class DeclineProposal:
    """What was proposed, a refusal or a merge, is not to be done, and why."""

    complaint: int
    text: str

    def __repr__(self) -> str:
        return f"DeclineProposal({self.complaint})"


@dataclass(frozen=True)
class Merge:
    """Merge into another complaint. ``new_facts`` begins that one's clock anew."""

    complaint: int
    into: int
    new_facts: bool = False


@dataclass(frozen=True)
class UndoMerge:
    """Take a merge back, until the other one is replied to."""

    complaint: int


@dataclass(frozen=True)
class Withdraw:
    """The complainant takes his complaint back: ends on the day his application is received.

    ``own`` says that it is his own application, signed or recorded. ``called_back`` that the
    head has called him, which is needed when the complaint is about staff.
    """

    complaint: int
    own: bool
    called_back: bool = False
    text: str = ""

    def __repr__(self) -> str:
        return f"Withdraw({self.complaint})"


def accept(work: Work, command: Accept) -> None:
    """Accept; raises RuleBroken while a class of the three dimensions is missing."""
    case = taken(work, command.complaint, "Accept")
    if not (case.biz_channel and case.biz_class and case.reason):
        raise RuleBroken("classes_missing")
    known(command.identity, ("verified", "unverified"), "identity")
    if not case.anonymous:
        change(work, case, identity=command.identity)
    moved(work, case, "Accept", identity="anonymous" if case.anonymous else command.identity)


def propose_refusal(work: Work, command: ProposeRefusal) -> None:
    """Propose a refusal; raises RuleBroken for business sold for others."""
    case = taken(work, command.complaint, "ProposeRefusal")
    _check_refusal(case, command.reason, command.text)
    change(
        work,
        case,
        proposed=f"refusal:{command.reason}",
        proposed_by=work.actor.staff,
        proposed_ref=None,
    )
    moved(work, case, "ProposeRefusal", command.text, code=command.reason)


def refuse(work: Work, command: Refuse) -> None:
    """Refuse; raises NotPermitted to whoever proposed it, RuleBroken where the law has no such
    ground (Order 3 Art. 11, 18(4))."""
    case = taken(work, command.complaint, "Refuse")
    _check_refusal(case, command.reason, command.text)
    if case.proposed.startswith("refusal:") and case.proposed_by == work.actor.staff:
        raise NotPermitted("second_person_needed")
    if case.state == State.ACCEPTED and command.reason != NOT_BY_HIM:
        raise RuleBroken("accepted_is_handled")
    end_handling(work, case.id)
    change(work, case, outcome=command.reason, closed_at=work.now)
    moved(work, case, "Refuse", command.text, code=command.reason)


def refer(work: Work, command: Refer) -> None:
    """Refer; raises RuleBroken for business sold for others, which the bank answers for."""
    case = taken(work, command.complaint, "Refer")
    known(command.to, OUTCOMES_REFERRED, "to")
    if not command.text.strip():
        raise BadInput("field_empty", field="text")
    if case.agency and command.to in _NOT_OURS:
        raise RuleBroken("agency_is_ours")
    end_handling(work, case.id)
    change(work, case, outcome=command.to, closed_at=work.now)
    moved(work, case, "Refer", command.text, to=command.to)


def propose_merge(work: Work, command: ProposeMerge) -> None:
    """Propose a merge; the head confirms."""
    case = taken(work, command.complaint, "ProposeMerge")
    _primary(work, case, command.into)
    change(work, case, proposed="merge", proposed_by=work.actor.staff, proposed_ref=command.into)
    moved(work, case, "ProposeMerge", into=command.into)


def decline_proposal(work: Work, command: DeclineProposal) -> None:
    """Let what was proposed be, with the reason; raises Stale when nothing is proposed."""
    case = taken(work, command.complaint, "DeclineProposal")
    if not case.proposed:
        raise Stale("proposal_gone")
    text = checked_text(command.text, "text", needed=True)
    moved(work, case, "DeclineProposal", text, proposed=case.proposed.partition(":")[0])


def merge(work: Work, command: Merge) -> None:
    """Merge; raises RuleBroken when it is another person's, Stale when the other is replied to,
    NotPermitted while the other one's handler has an interest in this one.

    A pause of this one stays as it is: its clock is nobody's until the merge is taken back.
    """
    case = taken(work, command.complaint, "Merge")
    primary = _primary(work, case, command.into)
    change(
        work,
        case,
        merged_into=primary.id,
        merged_state=case.state,
        closed_at=work.now,
    )
    # Whom the one is about keeps away from the other too: from now on they are one matter.
    spread_recusal(work, primary.id)
    moved(work, case, "Merge", into=primary.id, new_facts=command.new_facts)
    note(work, primary.id, "took_in", other=case.id, new_facts=command.new_facts)
    if command.new_facts:
        # Order 3 Art. 18(3): from the day on which they came in.
        restart(work, primary.id, "new_facts", case.received_on)
        refresh_due(work, unguarded(work, primary.id), "new_facts")


def undo_merge(work: Work, command: UndoMerge) -> None:
    """Take the merge back: it stands where it stood, its own clock having run on, and what began
    the other one's anew holds for that one no longer. Also once the other one was withdrawn
    (complaints.md 4b: each is asked for himself)."""
    case = taken(work, command.complaint, "UndoMerge")
    assert case.merged_into is not None  # a merged complaint names the other
    primary = unguarded(work, primary_of(work.store, case.merged_into))
    if primary.state in SETTLED:
        raise Stale("merge_settled")
    change(work, case, state=case.merged_state, merged_into=None, merged_state="", closed_at=None)
    spread_recusal(work, case.merged_into)
    spread_recusal(work, case.id)
    note(work, case.id, "merge_undone", into=primary.id)
    refresh_due(work, unguarded(work, case.id), "merge_undone")
    if _brought_new_facts(work, case):
        take_back_restart(work, case.merged_into, "new_facts", case.received_on)
        other = unguarded(work, case.merged_into)
        if other.state in OPEN:
            refresh_due(work, other, "merge_undone")


def withdraw(work: Work, command: Withdraw) -> None:
    """End it on the complainant's own application; never on the staff's wish."""
    case = taken(work, command.complaint, "Withdraw")
    if not command.own:
        raise BadInput("withdrawal_is_his_own", field="own")
    if interested(work.store, case.id) and not command.called_back:
        raise BadInput("withdrawal_call_back", field="called_back")
    end_handling(work, case.id)
    change(work, case, closed_at=work.now)
    moved(work, case, "Withdraw", command.text, called_back=command.called_back)


def _check_refusal(case: Case, reason: str, text: str) -> None:
    known(reason, REFUSALS, "reason")
    if not text.strip():
        raise BadInput("field_empty", field="text")
    if case.agency and reason == "not_this_institution":
        raise RuleBroken("agency_is_ours")


def _brought_new_facts(work: Work, case: Case) -> bool:
    """Whether the newest merge of this one began the other one's clock anew."""
    rows = _MERGES.all(work.store, subject=str(case.id))
    return bool(rows) and bool(read_data(rows[0][0]).get("new_facts"))


def _primary(work: Work, case: Case, into: int) -> Case:
    primary = found(work, into)
    if primary.id == case.id:
        raise BadInput("merge_itself", field="into")
    if primary.state not in TAKES_IN:
        raise Stale("merge_settled")
    if not same_person(case, primary) or primary.kind != case.kind:
        raise RuleBroken("merge_other_person")
    return primary


HANDLERS: dict[type, Handler] = {
    Accept: Handler(accept),
    ProposeRefusal: Handler(propose_refusal),
    Refuse: Handler(refuse),
    Refer: Handler(refer),
    ProposeMerge: Handler(propose_merge),
    DeclineProposal: Handler(decline_proposal),
    Merge: Handler(merge),
    UndoMerge: Handler(undo_merge),
    Withdraw: Handler(withdraw),
}
