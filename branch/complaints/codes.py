"""The lists a complaint is described by: channels, capacities, the three dimensions, causes.

The three dimensions are those of JR/T 0169-2018 (A where the business was done, B which business,
C why); its numbers were not to be had and can be imported beside our codes.
"""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("complaint", "enquiry", "suggestion", "report")
# Handbook 000: telephone, suggestion book, internet, on site, letter, media, forwarded.
CHANNELS = ("on_site", "phone", "book", "web", "letter", "media", "superior")
# Who forwarded it, for the seventh channel; the central bank's have clocks of their own.
FORWARDED = ("", "superior", "regulator", "central_bank", "government")
# Order 3 Art. 13, 14.
CAPACITIES = ("self", "guardian", "agent", "heir", "legal_representative")
# Whose paper is asked for.
FOR_ANOTHER = ("guardian", "agent", "heir")
IDENTITIES = ("unverified", "verified", "anonymous")
REPLY_WISHES = ("in_person", "phone", "letter", "message", "none")

BIZ_CHANNELS = (
    "counter",
    "self_service",
    "online_bank",
    "phone_bank",
    "mobile",
    "public_account",
    "message",
    "third_party",
    "back_office",
    "other",
)
BIZ_CLASSES = (
    "savings",
    "debit_card",
    "credit_card",
    "loan",
    "payment",
    "foreign_exchange",
    "own_wealth",
    "agency",
    "precious_metal",
    "treasury",
    "other_intermediary",
    "debt_collection",
    "cash",
    "personal_data",
    "other",
)
REASONS = (
    "service",
    "facility_system",
    "rules_process",
    "marketing",
    "disclosure",
    "free_choice",
    "pricing",
    "returns",
    "contract",
    "fund_safety",
    "data_safety",
    "collection_manner",
    "other",
)
# The three dimensions and what each has.
CLASSES: dict[str, tuple[str, ...]] = {
    "biz_channel": BIZ_CHANNELS,
    "biz_class": BIZ_CLASSES,
    "reason": REASONS,
}
# Business sold for others: "not ours" is no answer (Order 3 Art. 10, 11).
AGENCY_CLASSES = frozenset({"agency"})

SEVERITIES = ("ordinary", "complex", "major")
URGENCIES = ("ordinary", "urgent")
SENSITIVITIES = ("regulator", "media", "legal", "petition", "violence", "vulnerable")

# Found not to be made by the complainant, his representative or agent (Order 3 Art. 18(4)).
NOT_BY_HIM = "not_by_complainant"
REFUSALS = (NOT_BY_HIM, "not_this_institution", "no_claim", "settled", "in_court")
OUTCOMES_REFERRED = ("other_bank", "third_party", "superior", "police", "court", "other")
FINDINGS = ("true", "partly_true", "not_true", "cannot_verify")
CAUSES = (
    "people",
    "process",
    "system",
    "pricing",
    "marketing",
    "third_party",
    "misunderstanding",
    "other",
)
SYSTEMIC = ("single", "recurring", "systemic")
REMEDIES = ("apology", "compensation", "correction", "explanation", "other")

PAUSES = ("mediation", "appraisal")
RESTARTS = ("new_facts", "reopened", "redo_ordered", "identity_given", "unarchived")
REPLY_MODES = ("in_person", "post", "message", "phone", "refused", "not_reached", "internal")
SATISFACTIONS = ("satisfied", "rather_satisfied", "dissatisfied", "no_answer")
# Whether what had been promised was kept, as the complainant sees it (form TS-07).
KEPT = ("kept", "partly", "not_kept", "nothing_promised")
VISIT_MODES = ("phone", "in_person", "message")
NEXT_STEPS = ("close", "follow_on", "re_review", "new_complaint")
RE_REVIEWS = ("upheld", "changed", "redo")

MOST_REPRESENTATIVES = 5
MAJOR_FROM = 20


@dataclass(frozen=True)
class StandardCode:
    """The national standard's code (JR/T 0169-2018) for one of our classes."""

    dimension: str
    code: str
    standard: str
