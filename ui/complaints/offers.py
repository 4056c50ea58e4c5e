"""Owns which steps a case offers to whom: the one that moves on, the next few, the rest; runs none.

The steps of the state table come from ``CaseDetail.steps`` (``Assign`` as ``Reassign`` where
somebody has the case); what belongs to a case beside them is
offered where its command would not refuse it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from branch.complaints.codes import FOR_ANOTHER, PAUSES
from branch.complaints.commands.answering import ANSWERED, MOST_LEVEL
from branch.complaints.queries.detail import CaseDetail
from branch.complaints.queries.prolonged import ExtensionLine
from branch.complaints.rules import (
    ASSIGNED_TO,
    BEFORE_DECISION,
    OPEN,
    ROLES_OF,
    SETTLED,
    State,
    Who,
)
from branch.complaints.satisfaction import keeps_out
from branch.people.rules import Role, permits
from ui.complaints.checks import waits_for_visit

MOST_OTHERS: Final = 4
# The way of a complaint; whoever may take one of these is asked for it first.
_MAIN: Final = (
    "Accept",
    "TakeOver",
    "Assign",
    "Report",
    "Decide",
    "Reply",
    "Close",
    "UpholdDecision",
    "Archive",
)
# What is pressed often, most often first; the rest stands in the menu.
_OFTEN: Final = (
    "RecordContact", "RecordVisit", "NoteReceipt", "SendBack", "SolveOnTheSpot", "Investigate",
    "DeclineProposal",
    "EndPause", "TellExtension", "ApproveExtension", "RefuseExtension", "RequestExtension",
    "Assign", "HandBack", "OrderRedo", "StartReReview", "Refuse", "Refer", "Reopen",
    "TurnIntoComplaint", "EditCase", "AddNote", "Escalate",
)  # fmt: skip
_RANK: Final = (
    *_OFTEN, "ProposeRefusal", "GiveIdentity", "CorrectComplainant", "AskForAuthority",
    "OpenPlan", "Reassign", "SetSubjects", "AddNewFacts", "StartPause", "ProposeMerge", "Merge",
    "UndoMerge", "LinkRepeat", "Withdraw", "Archive", "Unarchive", *_MAIN, "CloseOther",
)  # fmt: skip
_HANDLERS: Final = frozenset(
    {"NoteReceipt", "RequestExtension", "TellExtension", "StartPause", "EndPause", "AddNewFacts"}
)
_CONTACTED: Final = OPEN | {State.REPLIED, State.CLOSED}
# Whose the follow-up visit is, where they have not handled it themselves.
_VISITORS: Final = frozenset({Role.COMPLAINT_OFFICER, Role.SUPERVISOR})
_DESK: Final = frozenset({Role.COMPLAINT_OFFICER, Role.BRANCH_MANAGER, Role.SUPERIOR})


@dataclass(frozen=True)
class Offers:
    """Steps by code: ``first`` is the solid button (empty for none), ``others`` the outlined ones,
    ``more`` stands in a menu."""

    first: str
    others: tuple[str, ...]
    more: tuple[str, ...]


def offers_of(detail: CaseDetail, staff: int, roles: frozenset[str], today: date) -> Offers:
    """What somebody with these roles may do with the case now."""
    offered = [
        # What somebody has already is given to somebody else.
        "Reassign" if code == "Assign" and detail.line.state != State.ACCEPTED else code
        for code in detail.steps
        if _makes_sense(code, detail, staff, roles, today)
    ]
    beside = [code for code in _beside(detail, staff, roles, today) if permits(code, roles)]
    # The head's too while he investigates himself; else he approves what others ask for.
    is_handling = detail.line.handler == staff or bool(roles & ASSIGNED_TO)
    offered += [code for code in beside if is_handling or code not in _HANDLERS]
    is_visitor = bool(roles & _VISITORS) and waits_for_visit(detail, today)
    first = _first(detail, offered, is_visitor)
    rest = sorted((code for code in offered if code != first), key=_RANK.index)
    often = [code for code in rest if code in _OFTEN][:MOST_OTHERS]
    return Offers(first, tuple(often), tuple(code for code in rest if code not in often))


def _first(detail: CaseDetail, offered: list[str], is_visitor: bool) -> str:
    proposed = detail.line.proposed
    # What cannot be closed before a visit is not what comes next.
    wanted = ["RecordVisit"] if is_visitor else []
    if proposed.startswith("refusal"):
        wanted.append("Refuse")
    elif proposed == "merge":
        wanted.append("Merge")
    if detail.line.handler is None:
        wanted.append("Reassign")
    # A limit that is about to end does not wait for the rest.
    wanted += ["TellExtension", "ApproveExtension", *_MAIN, "CloseOther"]
    return next((code for code in wanted if code in offered), "")


def _makes_sense(
    code: str, detail: CaseDetail, staff: int, roles: frozenset[str], today: date
) -> bool:
    """Whether the command would take it of this person now, as far as is known beforehand."""
    line, values = detail.line, detail.values
    match code:
        case "DeclineProposal":
            return bool(line.proposed)
        case "ProposeMerge":
            # Who may merge it himself need not ask for it.
            return "Merge" not in detail.steps
        case "UndoMerge":
            return detail.primary_state not in SETTLED
        case "HandBack":
            return not values["handed_back"] and today.isoformat() <= detail.hand_back_until
        case "SolveOnTheSpot":
            return today.isoformat() <= detail.spot_until and _decides(detail, roles)
        case "Decide" | "SendBack":
            if staff in (line.handler, values["reported_by"]):
                # His own report he takes back; on it he does not decide.
                return code == "SendBack"
            return _decides(detail, roles)
        case "StartReReview":
            told = values["notified_at"] is not None
            return told and not line.anonymous and detail.may_review
        case "UpholdDecision" | "OrderRedo":
            return detail.may_review
        case "Archive":
            return line.state != State.ARCHIVED
    return True


def _decides(detail: CaseDetail, roles: frozenset[str]) -> bool:
    who = detail.decider
    return who is Who.HEAD or (who is Who.UP and bool(ROLES_OF[Who.UP] & roles))


def _beside(detail: CaseDetail, staff: int, roles: frozenset[str], today: date) -> list[str]:
    """What belongs to a case beside the table."""
    line, values = detail.line, detail.values
    found: list[str] = []
    if line.state != State.ARCHIVED:
        found.append("AddNote")
    if line.state in OPEN and line.is_group and detail.incident is None:
        found.append("OpenPlan")
    if line.state in OPEN and line.level < MOST_LEVEL:
        found.append("Escalate")
    if line.state in _CONTACTED:
        found.append("RecordContact")
    told = line.state in ANSWERED and values["notified_at"] is not None
    # Who has no name is not visited, and when he received it is not known.
    if told and not line.anonymous:
        found.append("NoteReceipt")
        if line.state != State.ARCHIVED and staff not in handlers_of(detail):
            found.append("RecordVisit")
    if line.registered_by == staff or roles & _DESK:
        found += _of_registration(detail)
    if line.kind != "complaint":
        return [*found, "CloseOther"] if line.state in OPEN else found
    if line.state in BEFORE_DECISION:
        found += _of_limits(detail, staff, roles, today)
    return found


def _of_registration(detail: CaseDetail) -> list[str]:
    line = detail.line
    found = []
    if line.state in OPEN:
        found += ["SetSubjects", "LinkRepeat"]
    if line.state in BEFORE_DECISION:
        found.append("EditCase")
    if line.state != State.ARCHIVED:
        found.append("CorrectComplainant")
    if line.anonymous and line.state != State.ARCHIVED:
        found.append("GiveIdentity")
    asked = any(one.what == "authority_asked" for one in detail.moments)
    for_another = detail.values["capacity"] in FOR_ANOTHER and not detail.values["authority"]
    if line.state in OPEN and for_another and not asked:
        found.append("AskForAuthority")
    if line.kind != "complaint" and line.state in OPEN:
        found.append("TurnIntoComplaint")
    return found


def _of_limits(detail: CaseDetail, staff: int, roles: frozenset[str], today: date) -> list[str]:
    found = ["AddNewFacts"]
    open_kinds = {pause.kind for pause in detail.pauses if not pause.end}
    if open_kinds:
        found.append("EndPause")
    if len(open_kinds) < len(PAUSES):
        found.append("StartPause")
    due = detail.due
    in_time = due.legal is not None and today <= due.legal
    pending = pending_extension(detail)
    if pending is None:
        if in_time and due.legal != due.stages[-1]:
            found.append("RequestExtension")
        return found
    if pending.approved_on:
        return [*found, "TellExtension"] if in_time or due.paused else found
    if staff in pending.approvers:
        if in_time or due.paused:
            found.append("ApproveExtension")
        found.append("RefuseExtension")
    return found


def handlers_of(detail: CaseDetail) -> frozenset[int]:
    """Who makes no follow-up visit, because he handled it himself."""
    values = detail.values
    return keeps_out(
        detail.line.handler, values["reported_by"], values["outcome"], values["decided_by"]
    )


def pending_extension(detail: CaseDetail) -> ExtensionLine | None:
    """The extension that was asked for and neither refused nor told yet."""
    return next(
        (one for one in reversed(detail.extensions) if not one.told_on and not one.refused), None
    )
