"""The table of forms: everything complaints.md asks for, nothing that nobody could fill in."""

from __future__ import annotations

from typing import Any

import pytest

from branch.complaints import codes
from branch.complaints.papers.material import SAID
from branch.papers.form import KINDS, PAPER_CODES, empty_value, is_empty, missing
from branch.papers.forms import FORMS
from branch.visitors.rules import DOCUMENTS

# The asked fields (*) of complaints.md 4c; what the head says itself is left out.
ASKED = {
    "TS-01": "received_at intake_channel first_staff capacity facts claims biz_channel biz_class"
    " reason severity urgency due_legal read_back registrar_sign",
    "TS-02A": "addressee matter received_at handler_unit handler_phone due_legal privacy_note",
    "TS-02B": "addressee matter received_at reason_code reason_text where_to_go approved_by",
    "TS-03": "slip_type to_unit contact_a contact_b summary reply_requirements slip_due due_legal"
    " urgency",
    "TS-04": "investigators no_interest evidence_list staff_statement verified_facts rules_checked"
    " finding root_cause_l1 root_cause_l2 proposed_decision corrective_action action_owner"
    " action_due handler_sign reviewer_sign",
    "TS-05": "original_due new_due extension_stage reason progress approver approver_level"
    " approved_at notified_at notify_mode rights_note",
    "TS-06": "salutation matter verified decision basis_reason remedies upper_body upper_address"
    " upper_phone mediator arb_or_court contact_phone decision_date",
    "TS-07": "visit_at mode visitor reached reply_received satisfaction next_step",
    "TS-08": "room start_at end_at visitors staff_1 staff_2 recording_notice recorder_ok statement"
    " explained outcome read_back",
    "TS-09": "application_date received_date in_time process_found limit_found result_found"
    " decision reasons remedies",
    "TS-10": "matter free_will date_received signature",
}
LISTS = {
    **PAPER_CODES,
    "channel": codes.CHANNELS,
    "capacity": codes.CAPACITIES,
    "reply_wish": codes.REPLY_WISHES,
    "biz_channel": codes.BIZ_CHANNELS,
    "biz_class": codes.BIZ_CLASSES,
    "reason": codes.REASONS,
    "severity": codes.SEVERITIES,
    "urgency": codes.URGENCIES,
    "sensitivity": codes.SENSITIVITIES,
    "refusal": codes.REFUSALS,
    "finding": codes.FINDINGS,
    "cause": codes.CAUSES,
    "systemic": codes.SYSTEMIC,
    "remedy": codes.REMEDIES,
    "visit_mode": codes.VISIT_MODES,
    "kept": codes.KEPT,
    "satisfaction": codes.SATISFACTIONS,
    "next_step": codes.NEXT_STEPS,
    "re_review": codes.RE_REVIEWS,
    "document": DOCUMENTS,
}
FIELDS = [(form, field) for form in FORMS.values() for field in form.fields]


def test_every_form_is_there() -> None:
    assert list(FORMS) == [
        "TS-01", "TS-02A", "TS-02B", "TS-03", "TS-04", "TS-05", "TS-06", "TS-07", "TS-08", "TS-09",
        "TS-10",
    ]  # fmt: skip
    assert {form.edition for form in FORMS.values()} == {"2026-01"}
    # The record of a session is filled by the rooms.
    assert set(SAID) == set(FORMS) - {"TS-08"}


@pytest.mark.parametrize("code", ASKED)
def test_what_the_design_asks_for_is_asked(code: str) -> None:
    asked = {field.key for field in FORMS[code].fields if field.required}
    assert set(ASKED[code].split()) <= asked


@pytest.mark.parametrize(
    ("form", "field"), FIELDS, ids=[f"{form.code}.{field.key}" for form, field in FIELDS]
)
def test_every_field_can_be_filled_and_shown(form: Any, field: Any) -> None:
    assert field.kind in KINDS
    assert [one.key for one in form.fields].count(field.key) == 1
    assert (field.kind in ("code", "codes")) == bool(field.codes)
    assert (field.kind == "rows") == bool(field.columns)
    # What is locked or filled in by hand on paper is not typed.
    assert not (field.typed and (field.locked or field.kind in ("sign", "blank")))
    if field.typed and field.codes:
        assert field.codes in PAPER_CODES
    if field.codes not in ("", "calming"):
        assert LISTS[field.codes]


def test_signature_cells_are_fields_of_the_form() -> None:
    for form in FORMS.values():
        signs = {field.key for field in form.fields if field.kind == "sign"}
        assert set(form.signatures) == signs


def test_the_ways_of_redress_are_locked() -> None:
    assert FORMS["TS-06"].field("remedies").locked
    assert FORMS["TS-09"].field("remedies").locked
    assert FORMS["TS-05"].field("rights_note").locked
    assert FORMS["TS-10"].field("free_will").locked


def test_what_is_missing_is_named_in_the_order_of_the_form() -> None:
    form = FORMS["TS-07"]
    nothing = {field.key: empty_value(field.kind) for field in form.fields}
    everything = (
        "visit_at", "mode", "visitor", "reached", "reply_received", "satisfaction", "next_step",
    )  # fmt: skip
    assert missing(form, nothing) == everything
    said = {**nothing, "visit_at": 0, "reached": False, "mode": "phone"}
    spared = frozenset({"reply_received", "satisfaction"})
    assert missing(form, said, spared) == ("visitor", "next_step")


def test_nothing_and_no_are_not_the_same() -> None:
    assert not is_empty(False)
    assert not is_empty(0)
    assert is_empty(None)
    assert is_empty("")
    assert is_empty([])
