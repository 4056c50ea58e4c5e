"""What a case says on report, notices and answer: TS-04, TS-05, TS-06, TS-07 and TS-09."""

from __future__ import annotations

from branch.complaints.papers.dossier import Dossier
from branch.complaints.papers.grounds import longer, number_of
from branch.complaints.papers.opening import Said
from branch.complaints.reviewing import is_head_office_decision
from branch.kernel.clock import local_date
from branch.kernel.errors import NotFound
from branch.papers.form import Value
from branch.people.rules import Role
from branch.quality.queries import actions_of

_NONE: frozenset[str] = frozenset()
_BY_WISH = {"letter": "post", "in_person": "in_person", "phone": "phone", "message": "message"}
_DIGEST_SHOWN = 16


def report(file: Dossier, _part: str) -> Said:
    """TS-04: the investigation (handbook 004; Order 3 Art. 17)."""
    case, plain = file.case, file.plain
    actions = actions_of(file.store, "complaint", case.id)
    fields: dict[str, Value] = {
        "investigators": file.name(case.reported_by),
        "no_interest": True,
        "evidence_list": [
            {
                "no": str(number),
                "type": one.kind,
                "source": one.name,
                "hash": one.digest[:_DIGEST_SHOWN],
            }
            for number, one in enumerate(file.files, 1)
        ],
        "customer_statement": plain["facts"],
        "staff_statement": plain["statement"],
        "verified_facts": case.verified,
        "finding": case.finding,
        "root_cause_l1": case.cause,
        "systemic": plain["systemic"],
        "proposed_decision": case.decision,
        "remedy": [code for code in plain["remedies"].split(",") if code],
        "small_comp_amount": case.redress,
        "corrective_action": "\n".join(action.text for action in actions),
        "action_owner": file.joined(tuple(dict.fromkeys(action.owner_name for action in actions))),
        "action_due": max((action.due_on for action in actions), default=""),
    }
    spared = set()
    if not file.touched:
        # Nobody of the staff is concerned: nobody has to be heard.
        spared.add("staff_statement")
    if case.finding not in ("true", "partly_true"):
        spared |= {"corrective_action", "action_owner", "action_due"}
    return fields, frozenset(spared)


def extension(file: Dossier, part: str) -> Said:
    """TS-05: the longer limit and its reason (Order 3 Art. 18)."""
    one = longer(file, number_of(part))
    from_pbc = file.case.forwarded == "central_bank"
    upper, phone = file.setting("upper_body"), file.setting("upper_phone")
    asked = file.entry("extension_asked", lambda data: data.get("extension") == one.id)
    order = file.entry("extension_approved", lambda data: data.get("extension") == one.id).text
    level = "up" if one.level == Role.SUPERIOR else "head"
    approver = file.name(one.approved_by)
    if order:
        # Approved on paper: not by who noted it here.
        level, approver = "headquarters", file.say("by_headquarters", order=order)
    if upper and phone:
        rights = file.say("extension_rights_upper", upper_body=upper, upper_phone=phone)
    else:
        rights = file.say("extension_rights")
    fields: dict[str, Value] = {
        "addressee": file.case.name,
        "matter": file.case.title,
        "original_due": one.original.isoformat() if one.original else "",
        "new_due": one.new.isoformat() if one.new else "",
        "extension_stage": "central_bank" if from_pbc else str(one.days),
        "reason": asked.text,
        "notify_mode": _BY_WISH.get(file.plain["reply_wish"], "phone"),
        "notified_at": file.today.isoformat(),
        "rights_note": rights,
        "handler_unit": file.branch_name,
        "handler_phone": file.setting("branch_phone"),
        "approver": approver,
        "approver_level": level,
        "approved_at": one.approved_on,
    }
    return fields, _NONE


def reply(file: Dossier, _part: str) -> Said:
    """TS-06: the answer with the blocks of Order 3 Art. 19 and of handbook 001 §6.3.2."""
    case, plain = file.case, file.plain
    on_the_spot = plain["outcome"] == "on_the_spot"
    by_head_office = is_head_office_decision(file.store, case)
    upper = {key: file.setting(key) for key in ("upper_body", "upper_address", "upper_phone")}
    if by_head_office:
        upper = dict.fromkeys(upper, "")
    received = local_date(case.received_at, file.zone)
    facts, claims = plain["facts"], plain["claims"]
    told = file.say("matter_claims", facts=facts, claims=claims) if claims else facts
    fields: dict[str, Value] = {
        "salutation": file.say("salutation", name=case.name),
        "opening": file.say(f"opening.{case.channel}", day=file.day(received)),
        "matter": told[:5_000],
        "verified": case.verified or (file.say("spot_verified") if on_the_spot else ""),
        "decision": case.decision,
        "basis_reason": case.grounds or (file.say("spot_grounds") if on_the_spot else ""),
        "follow_up": case.measures,
        "remedies": _remedies(file, upper),
        **upper,
        "mediator": file.setting("mediator"),
        "arb_or_court": file.setting("arb_or_court"),
        "contact_name": file.name(case.handler or case.registered_by),
        "contact_phone": file.setting("branch_phone"),
        "decision_date": case.decided_on,
    }
    return fields, frozenset(upper) if by_head_office else _NONE


def visit(file: Dossier, part: str) -> Said:
    """TS-07: a follow-up visit by somebody else than the handler (handbook 004)."""
    one = next((one for one in file.visits if one.id == number_of(part)), None)
    if one is None:
        raise NotFound("paper_part_unknown")
    tries = sum(not other.reached for other in file.visits if other.round == one.round)
    fields: dict[str, Value] = {
        "visit_at": one.at,
        "mode": one.mode,
        "visitor": file.name(one.by),
        "reached": one.reached,
        "tries": tries,
        "reply_received": bool(file.case.reply_received_on) if one.reached else None,
        "commitments_met": one.kept,
        "satisfaction": one.satisfaction,
        "dissatisfied_reason": one.text if one.satisfaction == "dissatisfied" else "",
        "next_step": one.next_step,
    }
    return fields, _NONE if one.reached else frozenset({"reply_received", "satisfaction"})


def review(file: Dossier, part: str) -> Said:
    """TS-09: the superior body's decision on the application (Order 3 Art. 20)."""
    one = next((one for one in file.reviews if one.id == number_of(part)), None)
    if one is None:
        raise NotFound("paper_part_unknown")
    fields: dict[str, Value] = {
        "addressee": file.case.name,
        "matter": file.case.title,
        "application_date": one.applied_on,
        "received_date": _received(file, one.id),
        # It could not have begun otherwise.
        "in_time": True,
        "decision": one.decision,
        "reasons": one.text,
        "remedies": _remedies(file, {}),
        "notified_at": one.told_on,
        "contact_phone": file.setting("branch_phone"),
    }
    return fields, _NONE


def _received(file: Dossier, review: int) -> str:
    """When he received the decision he objects to, as it was noted when the re-review began (it
    does not without it): a redo has cleared it from the case."""
    begun = file.entry("re_review_started", lambda data: data["review"] == review)
    return str(file.entry("reply_received", before=begun.revision).data["day"])


def _remedies(file: Dossier, upper: dict[str, str]) -> str:
    """The ways of redress as the law names them, those that the branch has filled in."""
    said = []
    if all(upper.values()) and upper:
        said.append(file.say("remedy_review", **upper))
    for key, setting in (("remedy_mediation", "mediator"), ("remedy_court", "arb_or_court")):
        if file.setting(setting):
            said.append(file.say(key, **{setting: file.setting(setting)}))
    return "\n".join(said)
