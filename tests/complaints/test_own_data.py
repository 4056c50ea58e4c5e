"""Legal holds and requests about one's own data that name a complaint: found, shown, not erased."""

from __future__ import annotations

import pytest

from branch.complaints.commands.registration import SetSubjects
from branch.complaints.queries.own_data import records_about, with_cases
from branch.complaints.queries.retention import holds_for
from branch.kernel.errors import NotFound, RuleBroken
from branch.kernel.phrases import phrases
from branch.visitors.commands.holds import LiftHold, PlaceHold
from branch.visitors.commands.request_changes import CorrectRecord
from branch.visitors.commands.requests import (
    CarryOutRequest,
    ConfirmIdentity,
    LinkRecord,
    OpenRequest,
    ShowOwnData,
)
from branch.visitors.own_data import OwnRecord
from branch.visitors.queries.requests import RequestCase, answer_material, request_case
from reports.forms.rights_answer import rights_answer_pdf
from tests.complaints.desk import HEAD, OFFICER, SUPERVISOR, Desk

NAME, PHONE, NUMBER = "陈小梅", "138 1234 5172", "110101199003074471"
WHO = {"document": "id_card", "document_number": NUMBER, "address": "湖滨路 1 号"}


def opened(desk: Desk, kind: str, complaint: int, *, checked: bool = True) -> int:
    """A request of the complainant, with his complaint linked."""
    request = int(desk.run(OpenRequest(kind, NAME, wish="请更正"), HEAD).id)
    if checked:
        desk.run(ConfirmIdentity(request), HEAD)
    desk.run(LinkRecord(request, "complaint", complaint), HEAD)
    return request


def case_of(desk: Desk, request: int, staff_no: str = HEAD) -> RequestCase:
    found = request_case(desk.store, request, desk.clock.now_ms())
    shown = with_cases(desk.store, found, desk.staff(staff_no))
    assert shown is not None
    return shown


def test_a_complaint_is_found_by_name_telephone_and_document(desk: Desk) -> None:
    complaint = desk.register(who=WHO)
    head = desk.staff(HEAD)
    for given in ({"name": NAME}, {"phone": PHONE}, {"document": NUMBER}):
        (found,) = records_about(desk.store, head, **given)
        assert (found.kind, found.ref, found.day) == ("complaint", complaint, "2026-11-20")
        assert (found.shown_name, found.shown_phone) == ("陈*梅", "138****5172")
        assert found.tail == NUMBER[-4:]
        assert found.by == frozenset(given)
    assert records_about(desk.store, head, name="陈小") == ()
    assert records_about(desk.store, head) == ()


def test_to_whom_it_is_about_it_is_not_there(desk: Desk) -> None:
    complaint = desk.register(who=WHO)
    request = opened(desk, "access", complaint)
    desk.run(PlaceHold("complaint", complaint, "lawsuit"), SUPERVISOR)
    desk.run(SetSubjects(complaint, frozenset({desk.staff(HEAD)})), OFFICER)
    assert records_about(desk.store, desk.staff(HEAD), phone=PHONE) == ()
    assert case_of(desk, request).items == ()
    assert len(case_of(desk, request, SUPERVISOR).items) == 1
    assert holds_for(desk.store, desk.staff(HEAD)) == ()
    assert len(holds_for(desk.store, desk.staff(SUPERVISOR))) == 1
    for command in (
        PlaceHold("complaint", complaint, "incident"),
        LinkRecord(request, "complaint", complaint),
        ShowOwnData(request),
    ):
        with pytest.raises(NotFound) as refused:
            desk.run(command, HEAD)
        assert refused.value.code == "complaint_unknown"


def test_it_is_shown_in_full_on_paper_and_journalled(desk: Desk) -> None:
    complaint = desk.register(who=WHO)
    request = opened(desk, "copy", complaint)
    records: tuple[OwnRecord, ...] = desk.run(ShowOwnData(request), HEAD)
    (record,) = records
    values = {value.name: value.value for value in record.values}
    assert values["name"] == NAME
    assert values["phone"] == "13812345172"
    assert values["address"] == "湖滨路 1 号"
    assert values["day"] == "2026-11-20"
    assert values["facts"].startswith("到期年化收益")  # type: ignore[union-attr]
    known = phrases("privacy").entries
    assert {f"value.{name}" for name in values} <= known.keys()
    last = desk.last
    assert (last.what, last.subject) == ("complaint.revealed", str(complaint))
    assert last.data["reason"] == "rights_request"
    # Nothing of it entered the journal, or what a log would show.
    assert "陈小梅" not in str([entry.data for entry in desk.entries])
    assert "13812345172" not in repr(records)
    material = answer_material(desk.store)
    for language in ("zh", "en"):
        paper = rights_answer_pdf(
            case_of(desk, request), records, material, language, desk.clock.now_ms()
        )
        assert paper.startswith(b"%PDF")


def test_what_the_law_keeps_is_not_erased_by_a_request(desk: Desk) -> None:
    complaint = desk.register(who=WHO)
    request = opened(desk, "delete", complaint)
    with pytest.raises(RuleBroken) as refused:
        desk.run(CarryOutRequest(request), HEAD)
    assert refused.value.code == "erase_law_keeps"
    assert desk.detail(complaint) is not None


@pytest.mark.parametrize(
    ("kind", "code"), [("withdraw", "withdraw_no_consent"), ("correct", "correct_at_desk")]
)
def test_nothing_was_consented_to_and_the_desk_corrects(desk: Desk, kind: str, code: str) -> None:
    complaint = desk.register(who=WHO)
    request = opened(desk, kind, complaint)
    command: object = CarryOutRequest(request)
    if kind == "correct":
        command = CorrectRecord(request, "complaint", complaint, name="陈晓梅")
    with pytest.raises(RuleBroken) as refused:
        desk.run(command, HEAD)
    assert refused.value.code == code
    assert phrases("errors").say(code, "zh")


def test_a_hold_on_a_complaint_is_placed_once_and_lifted_by_another(desk: Desk) -> None:
    complaint = desk.register()
    hold = desk.run(PlaceHold("complaint", complaint, "authority"), HEAD)
    with pytest.raises(RuleBroken):
        desk.run(PlaceHold("complaint", complaint, "lawsuit"), SUPERVISOR)
    desk.run(LiftHold(hold), SUPERVISOR)
    with pytest.raises(NotFound):
        desk.run(PlaceHold("complaint", 99_999, "lawsuit"), HEAD)
    with pytest.raises(NotFound):
        desk.run(PlaceHold("visitor", 99_999, "lawsuit"), HEAD)
