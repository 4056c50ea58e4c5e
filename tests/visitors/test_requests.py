"""A request about one's own data: taken, identity checked, records found, carried out, answered."""

from __future__ import annotations

from typing import Any

import pytest

from branch.kernel.errors import BadInput, BranchError, NotFound, NotPermitted, RuleBroken, Stale
from branch.visitors.commands.holds import PlaceHold
from branch.visitors.commands.reception import RecordReception
from branch.visitors.commands.register import SignOutVisitor
from branch.visitors.commands.request_changes import CorrectRecord
from branch.visitors.commands.requests import (
    CarryOutRequest,
    ConfirmIdentity,
    LinkRecord,
    Opened,
    OpenRequest,
    RefuseRequest,
    ShowOwnData,
)
from branch.visitors.commands.reveal import Reveal
from branch.visitors.queries.reception import receptions_of_day
from branch.visitors.queries.register import visitor_line
from branch.visitors.queries.requests import (
    FoundRecord,
    RequestCase,
    find_records,
    open_requests,
    request_case,
    requests,
)
from branch.visitors.queries.retention import past_counts
from tests.conftest import OPENING
from tests.visitors.gate import AUDITOR, BRANCH_MANAGER, LOBBY_MANAGER, SUPERVISOR, Gate

NAME, PHONE, NUMBER = "周大军", "13812345172", "E73100042"
DAY_S = 24 * 3_600


class Desk:
    """A supervisor at the desk where requests come in, with somebody known to the branch."""

    def __init__(self, gate: Gate) -> None:
        self.gate, self.store = gate, gate.store
        self.visitor: int = gate.come(NAME, phone=PHONE, document="passport", number=NUMBER).id
        self.reception: int = gate.run(
            RecordReception(
                None,
                "P01",
                note="想了解贷款",
                follow_up="answer",
                follow_by="2026-11-23",
                surname="周",
                title="mr",
                phone=PHONE,
                notice=1,
                told_at=OPENING,
            ),
            by=LOBBY_MANAGER,
        )

    def do(self, command: object, by: str = SUPERVISOR) -> Any:
        return self.gate.run(command, by=by)

    def leave(self) -> None:
        self.gate.run(SignOutVisitor(self.visitor))

    def ask(self, kind: str, *, linked: bool = True, checked: bool = True, wish: str = "") -> int:
        opened: Opened = self.do(OpenRequest(kind, NAME, PHONE, wish))
        if checked:
            self.do(ConfirmIdentity(opened.id))
        if linked:
            self.do(LinkRecord(opened.id, "visitor", self.visitor))
            self.do(LinkRecord(opened.id, "reception", self.reception))
        return opened.id

    def case(self, request: int) -> RequestCase:
        found = request_case(self.store, request, self.gate.clock.now_ms())
        assert found is not None
        return found

    def refused(self, command: object, kind: type[BranchError], by: str = SUPERVISOR) -> str:
        with pytest.raises(kind) as refusal:
            self.do(command, by=by)
        return refusal.value.code


@pytest.fixture
def desk(gate: Gate) -> Desk:
    """The desk."""
    return Desk(gate)


def test_a_request_has_a_number_and_fifteen_days(desk: Desk) -> None:
    opened = desk.do(OpenRequest("access", NAME, PHONE))
    assert opened == Opened(opened.id, "GR-2026-0001", "2026-12-05")
    assert desk.do(OpenRequest("delete", "李四")).number == "GR-2026-0002"
    entry = desk.gate.last
    assert (entry.what, entry.data) == ("request.opened", {"kind": "delete", "due": "2026-12-05"})
    line = requests(desk.store, desk.gate.clock.now_ms())[0]
    assert (line.shown_name, line.shown_phone, line.left) == ("周*军", "138****5172", 15)
    desk.gate.clock.advance(16 * DAY_S)
    now = desk.gate.clock.now_ms()
    assert [line.left for line in requests(desk.store, now)] == [-1, -1]
    assert open_requests(desk.store, now) == (2, 2)


def test_records_are_found_by_what_the_person_shows_and_masked(desk: Desk) -> None:
    by_phone = find_records(desk.store, phone="138 1234 5172")
    assert {record.kind for record in by_phone} == {"visitor", "reception"}
    (by_number,) = find_records(desk.store, document="e73100042")
    assert by_number.by == {"document"}
    (visit, talk) = sorted(find_records(desk.store, NAME, PHONE), key=lambda r: r.kind)[::-1]
    assert visit == FoundRecord(
        "visitor",
        desk.visitor,
        "2026-11-20",
        "周*军",
        "安达设备维保",
        "138****5172",
        "0042",
        "inside",
        False,
        frozenset({"name", "phone"}),
    )
    assert (talk.shown_name, talk.shown_phone) == ("周", "138****5172")
    assert find_records(desk.store, name="周大") == (), "a part of a name is nobody's name"
    assert find_records(desk.store) == ()


def test_own_data_are_given_in_full_once_the_identity_is_checked(desk: Desk) -> None:
    request = desk.ask("access", checked=False)
    assert desk.refused(ShowOwnData(request), RuleBroken) == "request_identity"
    desk.do(ConfirmIdentity(request))
    visit, talk = desk.do(ShowOwnData(request))
    values = {value.name: value.value for value in visit.values}
    assert values["name"] == NAME
    assert values["phone"] == PHONE
    assert values["document_tail"] == "0042"
    assert values["unit"] == "安达设备维保"
    assert {value.name: value.value for value in talk.values}["note"] == "想了解贷款"
    views = [entry for entry in desk.gate.entries if entry.what.endswith(".revealed")]
    assert [(view.what, view.subject) for view in views] == [
        ("visitor.revealed", str(desk.visitor)),
        ("reception.revealed", str(desk.reception)),
    ]
    assert views[0].data == {"field": "all", "reason": "rights_request", "request": request}
    assert NAME not in repr(visit)
    desk.do(CarryOutRequest(request))
    assert len(desk.do(ShowOwnData(request))) == 2, "the paper may be printed again"


def test_to_be_told_that_there_is_nothing_is_an_answer(desk: Desk) -> None:
    request = desk.ask("copy", linked=False)
    assert desk.do(ShowOwnData(request)) == ()
    desk.do(CarryOutRequest(request, "没有找到"))
    case = desk.case(request)
    assert (case.line.state, case.answer) == ("done", "没有找到")
    assert case.ended_on == "2026-11-20"


def test_data_are_corrected_and_found_by_the_new_number(desk: Desk) -> None:
    request = desk.ask("correct", wish="电话换了，单位写错了")
    assert desk.refused(CarryOutRequest(request), RuleBroken) == "request_not_corrected"
    desk.do(CorrectRecord(request, "visitor", desk.visitor, unit="安达维保", phone="13900001111"))
    desk.do(CorrectRecord(request, "reception", desk.reception, phone="139-0000-1111"))
    entry = desk.gate.last
    assert entry.what == "request.corrected"
    assert entry.data == {"kind": "reception", "ref": desk.reception, "fields": ["phone"]}
    line = visitor_line(desk.store, desk.visitor)
    assert line is not None
    assert (line.shown_name, line.unit, line.shown_phone) == ("周*军", "安达维保", "139****1111")
    assert len(find_records(desk.store, phone="13900001111")) == 2
    assert find_records(desk.store, phone=PHONE) == ()
    desk.do(CarryOutRequest(request))
    assert desk.case(request).corrected


def test_data_are_deleted_for_good_and_counted(desk: Desk) -> None:
    request = desk.ask("delete")
    assert desk.refused(CarryOutRequest(request), RuleBroken) == "erase_inside"
    assert len(find_records(desk.store, phone=PHONE)) == 2, "all or nothing"
    desk.leave()
    desk.do(CarryOutRequest(request, "已按要求删除"))
    assert find_records(desk.store, NAME, PHONE, NUMBER) == ()
    assert visitor_line(desk.store, desk.visitor) is None
    assert receptions_of_day(desk.store, "2026-11-20") == ()
    assert past_counts(desk.store, "visitor") == (("2026-11", "maintenance", "machine_area", 1),)
    assert past_counts(desk.store, "reception") == (("2026-11", "P01", "none", 1),)
    assert [item.gone for item in desk.case(request).items] == [True, True]
    assert desk.refused(CarryOutRequest(request), Stale) == "request_ended"


def test_what_the_law_holds_is_not_deleted(desk: Desk) -> None:
    desk.leave()
    request = desk.ask("delete")
    desk.do(PlaceHold("reception", desk.reception, "lawsuit"))
    assert desk.refused(CarryOutRequest(request), RuleBroken) == "erase_on_hold"
    assert len(find_records(desk.store, phone=PHONE)) == 2
    assert any(item.on_hold for item in desk.case(request).items)
    code = desk.refused(RefuseRequest(request, "law_keeps"), BadInput)
    assert code == "request_reason_needed"
    desk.do(RefuseRequest(request, "law_keeps", "有一项依法留存"))
    case = desk.case(request)
    assert (case.line.state, case.reason, case.answer) == (
        "refused",
        "law_keeps",
        "有一项依法留存",
    )


def test_withdrawal_stops_the_follow_up_and_erases_the_telephone(desk: Desk) -> None:
    request = desk.ask("withdraw")
    desk.do(CarryOutRequest(request))
    (talk,) = receptions_of_day(desk.store, "2026-11-20")
    assert (talk.follow_up, talk.phone, talk.surname) == ("", "", "")
    line = visitor_line(desk.store, desk.visitor)
    assert line is not None
    assert line.shown_phone == ""
    assert find_records(desk.store, phone=PHONE) == ()


def test_an_explanation_needs_no_record_and_no_identity(desk: Desk) -> None:
    request = desk.ask("explain", linked=False, checked=False)
    assert desk.refused(ShowOwnData(request), RuleBroken) == "request_kind_other"
    desk.do(CarryOutRequest(request))
    assert desk.case(request).line.state == "done"


@pytest.mark.parametrize("kind", ["correct", "delete", "withdraw"])
def test_nothing_is_changed_without_a_record_and_an_identity(desk: Desk, kind: str) -> None:
    request = desk.ask(kind, linked=False, checked=False, wish="改电话")
    assert desk.refused(CarryOutRequest(request), RuleBroken) == "request_identity"
    desk.do(ConfirmIdentity(request))
    assert desk.refused(CarryOutRequest(request), RuleBroken) == "request_nothing_linked"


def test_links_are_made_once_and_taken_off(desk: Desk) -> None:
    request = desk.ask("access")
    link = LinkRecord(request, "visitor", desk.visitor)
    assert desk.refused(link, Stale) == "request_record_linked"
    off = LinkRecord(request, "visitor", desk.visitor, linked=False)
    desk.do(off)
    assert desk.refused(off, Stale) == "request_record_unlinked"
    assert [item.kind for item in desk.case(request).items] == ["reception"]
    assert desk.refused(LinkRecord(request, "visitor", 99), NotFound) == "record_unknown"
    assert desk.refused(LinkRecord(request, "request", request), NotFound) == "record_unknown"


def test_what_cannot_be_taken_down_is_refused(desk: Desk) -> None:
    assert desk.refused(OpenRequest("sell", NAME), BadInput) == "code_unknown"
    assert desk.refused(OpenRequest("access", " "), BadInput) == "field_empty"
    assert desk.refused(OpenRequest("correct", NAME), BadInput) == "request_wish_needed"
    assert desk.refused(OpenRequest("access", NAME, "没有"), BadInput) == "phone_without_digits"
    assert desk.refused(OpenRequest("access", NAME, "1" * 33), BadInput) == "field_too_long"
    assert desk.refused(ConfirmIdentity(9), NotFound) == "request_unknown"
    request = desk.ask("access")
    correction = CorrectRecord(request, "visitor", desk.visitor, unit="别的")
    assert desk.refused(correction, RuleBroken) == "request_kind_other"
    request = desk.ask("correct", wish="改单位", linked=False)
    code = desk.refused(CorrectRecord(request, "visitor", desk.visitor, unit="别的"), NotFound)
    assert code == "request_record_unlinked"


def test_only_two_roles_work_on_requests(desk: Desk) -> None:
    for by in (AUDITOR, LOBBY_MANAGER):
        code = desk.refused(OpenRequest("access", NAME), NotPermitted, by=by)
        assert code == "not_permitted"
    desk.do(OpenRequest("access", NAME), by=BRANCH_MANAGER)


def test_the_full_name_of_who_asks_is_shown_with_a_reason_only(desk: Desk) -> None:
    request = desk.ask("access")
    case = desk.case(request)
    assert NAME not in repr(case)
    assert desk.do(Reveal("request", request, "phone", "rights_request")) == PHONE


def test_nothing_of_the_person_stands_in_the_journal_or_in_errors(desk: Desk) -> None:
    request = desk.ask("correct", wish="电话换成13900001111")
    desk.do(CorrectRecord(request, "visitor", desk.visitor, name="周小军", phone="13900001111"))
    desk.do(CarryOutRequest(request, "已更正周小军的电话"))
    told = " ".join(f"{entry.subject} {entry.data}" for entry in desk.gate.entries)
    for text in (NAME, "周小军", PHONE, "13900001111", "电话"):
        assert text not in told
    for command in (
        OpenRequest("access", NAME, PHONE, "愿望"),
        CorrectRecord(1, "visitor", 1, NAME, "单位", PHONE),
        CarryOutRequest(1, NAME),
        RefuseRequest(1, "other", NAME),
    ):
        shown = repr(command)
        assert not any(text in shown for text in (NAME, PHONE, "愿望", "单位"))
