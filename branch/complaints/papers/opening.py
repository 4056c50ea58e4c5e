"""What a case says on the forms it begins with: TS-01, TS-02A, TS-02B, TS-03, and TS-10."""

from __future__ import annotations

from branch.complaints.codes import REFUSALS
from branch.complaints.papers.dossier import Dossier
from branch.complaints.papers.grounds import AGENT, number_of
from branch.complaints.rules import State
from branch.kernel.masking import mask_name, mask_phone
from branch.kernel.phrases import phrases
from branch.papers.form import Value

Said = tuple[dict[str, Value], frozenset[str]]
_NONE: frozenset[str] = frozenset()


def registration(file: Dossier, _part: str) -> Said:
    """TS-01 as it was registered. Of a document only its end is kept."""
    case, plain = file.case, file.plain
    tail = plain["document_tail"]
    fields: dict[str, Value] = {
        "received_at": case.received_at,
        "intake_channel": case.channel,
        "first_staff": file.name(case.registered_by),
        "capacity": plain["capacity"],
        "name": case.name,
        "id_type": plain["document"],
        "id_no": f"**{tail}" if tail else "",
        "uscc": plain["credit_code"],
        "legal_rep": plain["legal_person"],
        "phone": plain["phone"],
        "address": plain["address"],
        "email": plain["email"],
        "contact_pref": plain["reply_wish"],
        "agent_name": plain["agent"],
        "poa_original": bool(plain["authority"]) if plain["agent"] else None,
        "anonymous": bool(case.anonymous),
        "confidential": bool(case.confidential),
        "party_count": case.parties,
        "representatives": file.joined(tuple(plain["representatives"].split("\n"))),
        "respondent_org": file.branch_name,
        "respondent_staff": file.joined(tuple(file.name(one) for one in file.subjects)),
        "incident_at": plain["incident_on"],
        "incident_place": plain["incident_place"],
        "facts": plain["facts"],
        "claims": plain["claims"],
        "basis": plain["basis"],
        "amount": plain["amount"],
        "biz_channel": case.biz_channel,
        "biz_class": case.biz_class,
        "reason": case.reason,
        "severity": case.severity,
        "urgency": plain["urgency"],
        "sensitivity": [code for code in plain["sensitivity"].split(",") if code],
        "materials": file.joined(tuple(one.name for one in file.files)),
        "repeat_of": file.other_number(plain["repeat_of"]),
        "due_legal": case.legal_due,
        "read_back": True if plain["read_back"] else None,
    }
    # Only a complaint has a legal limit, and none runs while its clock stands.
    limitless = case.kind != "complaint" or bool(plain["paused"])
    return fields, frozenset({"due_legal"}) if limitless else _NONE


def acceptance(file: Dossier, _part: str) -> Said:
    """TS-02A: accepted, by whom, until when (PBC and CBRC notices: tell limit and contact)."""
    mediator = file.setting("mediator")
    fields: dict[str, Value] = {
        **_addressed(file),
        "received_at": file.case.received_at,
        "due_legal": file.case.legal_due,
        "query_code": file.case.number,
        "mediation_hint": file.say("mediation_hint", mediator=mediator) if mediator else "",
        "privacy_note": file.say("privacy_note"),
    }
    return fields, frozenset({"due_legal"}) if file.plain["paused"] else _NONE


def refusal(file: Dossier, part: str) -> Said:
    """TS-02B: not accepted or passed on, why, and where to go (Order 3 Art. 10, 18(4)); to the
    complainant, or as its part says to the agent."""
    referred = file.case.state == State.REFERRED
    entry = file.entry("referred" if referred else "not_accepted")
    outcome = str(file.plain["outcome"])
    where = (
        phrases("complaints").say(f"referred.{outcome}", file.language)
        if referred and f"referred.{outcome}" in phrases("complaints").entries
        else ""
    )
    fields: dict[str, Value] = {
        **_addressed(file),
        **({"addressee": file.case.agent} if part == AGENT else {}),
        "received_at": file.case.received_at,
        "reason_code": outcome if outcome in REFUSALS else "not_this_institution",
        "reason_text": entry.text,
        "where_to_go": where,
        "privacy_note": file.say("privacy_note"),
        "approved_by": file.name(entry.staff),
    }
    return fields, _NONE


def slip(file: Dossier, part: str) -> Said:
    """TS-03: what is passed to whom, by when; the complainant masked, it stays in the house."""
    case, plain = file.case, file.plain
    contacts = (*file.desk(), "", "")
    number = number_of(part)
    fields: dict[str, Value] = {
        "slip_type": "transfer" if number == 1 else "urge",
        "urge_count": number - 1 if number > 1 else None,
        "urgency": plain["urgency"],
        "complainant": mask_name(case.name) if case.name else file.say("anonymous"),
        "phone": mask_phone(plain["phone"]),
        "intake_channel": case.channel,
        "received_at": case.received_at,
        "from_unit": file.branch_name,
        "to_unit": file.name(case.handler),
        "contact_a": contacts[0],
        "contact_b": contacts[1],
        "slip_due": plain["slip_due"],
        "due_legal": case.legal_due,
        "summary": f"{case.title}\n{plain['facts']}"[:5_000],
        "claims": plain["claims"],
        "attachments": file.joined(tuple(one.name for one in file.files)),
        "reply_requirements": file.entry("assigned").text,
    }
    return fields, frozenset({"due_legal"}) if plain["paused"] else _NONE


def withdrawal(file: Dossier, _part: str) -> Said:
    """TS-10: his own application, signed on paper (Order 3 Art. 15)."""
    fields: dict[str, Value] = {
        "complainant": file.case.name,
        "matter": file.case.title,
        "free_will": file.say("free_will"),
        "date_received": file.today.isoformat(),
    }
    return fields, _NONE


def _addressed(file: Dossier) -> dict[str, Value]:
    return {
        "addressee": file.case.name,
        "matter": file.case.title,
        "handler_unit": file.branch_name,
        "handler_phone": file.setting("branch_phone"),
    }
