"""What is asked when a complaint is registered, and how it is kept (form TS-01)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from branch.complaints.case import Case, checked_text
from branch.complaints.codes import (
    AGENCY_CLASSES,
    BIZ_CHANNELS,
    BIZ_CLASSES,
    CAPACITIES,
    MOST_REPRESENTATIVES,
    REASONS,
    REPLY_WISHES,
    SENSITIVITIES,
    SEVERITIES,
    URGENCIES,
)
from branch.complaints.records import ComplaintRow
from branch.kernel.errors import BadInput
from branch.kernel.identity import compact
from branch.kernel.masking import document_tail
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.people.rules import checked_name, readable

_LONGEST_TITLE = 60
# What is typed is kept though it be doubted: a code has 18 characters.
_LONGEST_CODE = 20
_LONGEST_PHONE = 20
_LONGEST_DOCUMENT = 30
_MOST_AMOUNT = 10**14
MOST_PARTIES = 99_999


@dataclass(frozen=True)
class Complainant:
    """Who complains. Everything is optional for an anonymous complaint; numbers of documents
    are kept as their end and a keyed hash only."""

    name: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""
    document: str = ""
    document_number: str = ""
    credit_code: str = ""
    legal_person: str = ""
    capacity: str = "self"
    agent: str = ""
    agent_phone: str = ""
    authority: bool = False
    parties: int = 1
    representatives: tuple[str, ...] = ()
    anonymous: bool = False
    confidential: bool = False
    reply_wish: str = "phone"

    def __repr__(self) -> str:
        return "Complainant()"


@dataclass(frozen=True)
class Matter:
    """What it is about. ``amount`` in fen; ``incident_on`` ISO or empty."""

    title: str
    facts: str
    claims: str = ""
    basis: str = ""
    amount: int | None = None
    incident_on: str = ""
    incident_place: str = ""
    biz_channel: str = ""
    biz_class: str = ""
    reason: str = ""
    agency: bool = False
    severity: str = "ordinary"
    urgency: str = "ordinary"
    sensitivity: frozenset[str] = field(default_factory=frozenset)

    def __repr__(self) -> str:
        return f"Matter(reason={self.reason!r})"


def checked_complainant(work: Work, who: Complainant) -> dict[str, Any]:
    """The columns of the complainant; raises BadInput naming the field, also for more than five
    representatives (Order 3 Art. 12) or more than there are complainants. Of an anonymous one
    nothing is kept that says who he is or how to reach him."""
    if who.anonymous:
        who = Complainant(
            anonymous=True,
            parties=who.parties,
            representatives=who.representatives,
            confidential=who.confidential,
            reply_wish="none",
        )
    known(who.capacity, CAPACITIES, "capacity")
    known(who.reply_wish, REPLY_WISHES, "reply_wish")
    if not who.anonymous and not who.name.strip():
        raise BadInput("complainant_needed", field="name")
    if who.capacity == "agent" and not who.agent.strip():
        raise BadInput("field_empty", field="agent")
    require_heads(who.parties, len(who.representatives))
    phone = _compact(who.phone, "phone", _LONGEST_PHONE)
    agent_phone = _compact(who.agent_phone, "agent_phone", _LONGEST_PHONE)
    number = _compact(who.document_number, "document_number", _LONGEST_DOCUMENT)
    sealer = work.store.sealer
    return {
        "name": _name(who.name, "name"),
        "phone": sealer.seal(phone, "complaint.phone"),
        "phone_mark": sealer.mark(phone, "complaint.phone"),
        "address": sealer.seal(
            checked_text(who.address, "address", longest=200), "complaint.address"
        ),
        "email": sealer.seal(checked_text(who.email, "email", longest=100), "complaint.email"),
        "document": who.document,
        "document_tail": document_tail(number),
        "document_mark": sealer.mark(number, "complaint.document"),
        "credit_code": checked_text(compact(who.credit_code), "credit_code", longest=_LONGEST_CODE),
        "legal_person": _name(who.legal_person, "legal_person"),
        "capacity": who.capacity,
        "agent": _name(who.agent, "agent"),
        "agent_phone": sealer.seal(agent_phone, "complaint.agent_phone"),
        "authority": who.authority,
        "parties": who.parties,
        "representatives": "\n".join(
            checked_name(name, "representatives") for name in who.representatives
        ),
        "anonymous": who.anonymous,
        "confidential": who.confidential,
        "identity": "anonymous" if who.anonymous else "unverified",
        "reply_wish": who.reply_wish,
    }


def require_heads(parties: int, heads: int) -> None:
    """Raise BadInput for a number that complains together that is none, and for more
    representatives than five (Order 3 Art. 12) or than there are complainants."""
    if not 1 <= parties <= MOST_PARTIES:
        raise BadInput("parties_range", field="parties", most=MOST_PARTIES)
    if heads > MOST_REPRESENTATIVES:
        raise BadInput("representatives_most", field="representatives", most=MOST_REPRESENTATIVES)
    # One who complains for himself alone has nobody to represent.
    if heads > (parties if parties > 1 else 0):
        raise BadInput("representatives_few", field="representatives", heads=heads, parties=parties)


def corrected_complainant(work: Work, who: Complainant, case: Case) -> dict[str, Any]:
    """The columns of the complainant that a correction changes: an empty text leaves what was
    registered, and what his capacity or their number no longer asks for goes. Of an anonymous
    one only what says nothing of him. Raises BadInput as ``checked_complainant``."""
    if case.anonymous:
        values = checked_complainant(
            work,
            Complainant(
                anonymous=True,
                parties=who.parties,
                representatives=who.representatives,
                confidential=who.confidential,
            ),
        )
        values = {name: values[name] for name in _OF_NOBODY}
    else:
        # What stands there may stay empty here; it is not asked for again.
        whole = replace(
            who, anonymous=False, name=who.name or case.name, agent=who.agent or case.agent
        )
        values = checked_complainant(work, whole)
        del values["anonymous"]
        if case.identity == "verified":
            del values["identity"]
        if not who.name.strip():
            del values["name"]
        for name, columns in _KEPT.items():
            if not getattr(who, name).strip():
                for column in columns:
                    del values[column]
        if who.capacity != "agent":
            values |= {"agent": "", "agent_phone": ""}
        if who.capacity != "legal_representative":
            values |= {"legal_person": "", "credit_code": ""}
    if not who.representatives and who.parties > 1:
        row = _HEADS.one(work.store, complaint=case.id)
        assert row is not None  # the case is there
        require_heads(who.parties, len(row[0].split("\n")) if row[0] else 0)
        del values["representatives"]
    return values


def taken_over(work: Work, who: Complainant, earlier: Case) -> dict[str, Any]:
    """The columns of somebody who complained before: what is left empty of him is taken from
    there, his identity is checked anew. Of an anonymous one there is nothing to take. Raises
    BadInput as ``checked_complainant``."""
    if earlier.anonymous:
        return checked_complainant(work, who)
    row = _OF_HIM.one(work.store, complaint=earlier.id)
    assert row is not None  # the earlier complaint is there
    before = dict(zip(_COLUMNS, row, strict=True))
    named = corrected_complainant(work, who, earlier)
    return {**before, **named, "anonymous": False, "identity": "unverified"}


# What a field of the form is kept in.
_KEPT: Final[dict[str, tuple[str, ...]]] = {
    "phone": ("phone", "phone_mark"),
    "address": ("address",),
    "email": ("email",),
    "document_number": ("document", "document_tail", "document_mark"),
    "credit_code": ("credit_code",),
    "legal_person": ("legal_person",),
    "agent": ("agent",),
    "agent_phone": ("agent_phone",),
}
_OF_NOBODY: Final = ("parties", "representatives", "confidential")
_COLUMNS: Final = ("name", "representatives", *(one for names in _KEPT.values() for one in names))
_HEADS = Prepared(
    lambda complaint: ComplaintRow.select(ComplaintRow.representatives).where(
        ComplaintRow.id == complaint
    )
)
_OF_HIM = Prepared(
    lambda complaint: ComplaintRow.select(*(getattr(ComplaintRow, one) for one in _COLUMNS)).where(
        ComplaintRow.id == complaint
    )
)


def checked_matter(matter: Matter, today: date) -> dict[str, Any]:
    """The columns of the matter; raises BadInput naming the field. Classes may be empty until
    the complaint is accepted."""
    for code, codes, name in (
        (matter.biz_channel, BIZ_CHANNELS, "biz_channel"),
        (matter.biz_class, BIZ_CLASSES, "biz_class"),
        (matter.reason, REASONS, "reason"),
    ):
        if code:
            known(code, codes, name)
    known(matter.severity, SEVERITIES, "severity")
    known(matter.urgency, URGENCIES, "urgency")
    for code in matter.sensitivity:
        known(code, SENSITIVITIES, "sensitivity")
    if matter.amount is not None and not 0 <= matter.amount <= _MOST_AMOUNT:
        raise BadInput("amount_range", field="amount")
    return {
        "title": checked_name(matter.title, "title", _LONGEST_TITLE),
        "facts": checked_text(matter.facts, "facts", needed=True),
        "claims": checked_text(matter.claims, "claims"),
        "basis": checked_text(matter.basis, "basis"),
        "amount": matter.amount,
        "incident_on": _past_day(matter.incident_on, today),
        "incident_place": checked_text(matter.incident_place, "incident_place", longest=100),
        "biz_channel": matter.biz_channel,
        "biz_class": matter.biz_class,
        "reason": matter.reason,
        "agency": matter.agency or matter.biz_class in AGENCY_CLASSES,
        "severity": matter.severity,
        "urgency": matter.urgency,
        "sensitivity": ",".join(sorted(matter.sensitivity)),
    }


def known(code: str, codes: Collection[str], field_name: str) -> None:
    """Raise BadInput unless the code is one of the list."""
    if not code and code not in codes:
        raise BadInput("choice_needed", field=field_name)
    if code not in codes:
        raise BadInput("code_unknown", field=field_name, given=code)


def _name(text: str, field_name: str) -> str:
    return checked_name(text, field_name) if readable(text) else ""


def _compact(text: str, field_name: str, longest: int) -> str:
    plain = compact(text)
    if len(plain) > longest:
        raise BadInput("field_too_long", field=field_name, longest=longest, length=len(plain))
    return plain


def _past_day(text: str, today: date) -> str:
    if not text:
        return ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadInput("day_form", field="incident_on") from None
    if day > today:
        raise BadInput("day_to_come", field="incident_on")
    return day.isoformat()
