"""Visitors come and go: badges, who is held, what is kept of a document, the day's end."""

from __future__ import annotations

from datetime import date

import pytest

from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.visitors.commands.blocking import ApproveBlock, ProposeBlock
from branch.visitors.commands.day_end import CloseRegister, FindBadge
from branch.visitors.commands.notices import ChangeNotice
from branch.visitors.commands.register import (
    AnswerVisit,
    ApproveVisitor,
    CancelExpected,
    CorrectVisitor,
    Expect,
    RefuseVisitor,
    SignInVisitor,
    SignOutVisitor,
    TakeBackSignOut,
)
from branch.visitors.commands.rollcall import EndRollCall, StartRollCall
from branch.visitors.queries.register import (
    arrivals_for,
    register_now,
    search_register,
    visitor_line,
    visitor_page,
)
from tests.visitors.gate import BRANCH_MANAGER, SUPERVISOR, TELLER, Gate

ID_NUMBER = "110101199003074471"
HOUR = 3_600_000


def picture(gate: Gate):
    return register_now(gate.store, gate.day, gate.clock.now_ms())


def test_a_visitor_gets_the_lowest_free_badge_and_stands_masked_on_the_list(gate: Gate) -> None:
    noted = gate.come(
        matter="自助机月检",
        phone="138 1234 5172",
        plate="云a12345",
        document="resident_id",
        number=ID_NUMBER,
        checked=True,
    )
    assert (noted.state, noted.badge) == ("inside", "V-01")
    (line,) = picture(gate).inside
    assert (line.shown_name, line.unit, line.matter) == ("周*军", "安达设备维保", "自助机月检")
    assert (line.shown_phone, line.document, line.tail) == ("138****5172", "resident_id", "4471")
    assert (line.host_name, line.checked_by) == ("王敏", "马强")
    assert line.has_plate
    assert line.came_at == gate.clock.now_ms()
    assert picture(gate).next_badge == "V-02"


def test_nothing_of_the_document_is_kept_but_its_end(gate: Gate) -> None:
    noted = gate.come(document="resident_id", number=ID_NUMBER, phone="13812345172")
    row = gate.store.rows(f"SELECT * FROM visitor WHERE id = {noted.id}", ())[0]
    said = " ".join(str(value) for value in row)
    assert ID_NUMBER not in said
    assert "13812345172" not in said
    assert ID_NUMBER[:10] not in said


def test_the_journal_has_codes_and_numbers_only(gate: Gate) -> None:
    gate.come(matter="自助机月检", phone="13812345172", plate="云A12345", number="", goods="工具箱")
    assert gate.last.what == "visitor.came"
    assert gate.last.data == {"host": gate.staff(TELLER), "badge": "V-01"}
    said = " ".join(str(entry) for entry in gate.entries)
    for secret in ("周大军", "安达", "自助机", "13812345172", "云A12345", "工具箱"):
        assert secret not in said


def test_without_the_notice_nobody_is_asked(gate: Gate) -> None:
    with pytest.raises(RuleBroken, match="notice_not_told"):
        gate.come(told=False)
    assert picture(gate).today == ()


def test_a_notice_that_changed_meanwhile_is_told_anew(gate: Gate) -> None:
    gate.run(ChangeNotice("register", "保存 {days} 天", "Kept for {days} days"), by=BRANCH_MANAGER)
    with pytest.raises(Stale, match="notice_changed"):
        gate.come(notice=1)
    gate.come(notice=2)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name", {"name": "  "}),
        ("unit", {"unit": ""}),
        ("host", {"host": None}),
        ("host", {"host": 9_999}),
        ("purpose", {"purpose": "sightseeing"}),
        ("area", {"area": "moon"}),
        ("matter", {"matter": "很" * 201}),
        ("phone", {"phone": "1" * 21}),
        ("document", {"document": "library_card"}),
        ("document", {"number": ID_NUMBER}),
        ("guardian", {"is_minor": True}),
        ("consent", {"is_minor": True, "guardian": "周大海"}),
        ("signature", {"signature": "M" * 20_001}),
    ],
)
def test_what_is_missing_is_named_by_its_field(gate: Gate, field: str, change: dict) -> None:
    with pytest.raises(BadInput) as refused:
        gate.come(**{"name": "周大军", **change})
    assert refused.value.field == field
    assert picture(gate).today == ()


def test_under_fourteen_a_guardian_agrees(gate: Gate) -> None:
    noted = gate.come(is_minor=True, guardian="周大海", consented=True)
    line = visitor_line(gate.store, noted.id)
    assert line is not None
    assert line.has_guardian


def test_four_characters_of_a_document_are_kept_and_tell_nobody_apart(gate: Gate) -> None:
    one = gate.come("孙丽华", document="resident_id", number="332x", checked=True)
    two = gate.come("周建军", document="work_card", number="118")
    lines = [visitor_line(gate.store, noted.id) for noted in (one, two)]
    assert [line.tail for line in lines if line is not None] == ["332X", "118"]
    assert gate.come("郑一", document="resident_id", number="332X").badge == "V-03"
    marks = gate.store.rows("SELECT document_mark FROM visitor", ())
    assert marks == [("",)] * 3


def test_the_same_document_is_not_signed_in_twice(gate: Gate) -> None:
    first = gate.come(document="resident_id", number=ID_NUMBER)
    with pytest.raises(RuleBroken, match="visitor_inside"):
        gate.come("周大军", document="resident_id", number="110101 19900307 4471")
    gate.run(SignOutVisitor(first.id))
    assert gate.come(document="resident_id", number=ID_NUMBER).badge == "V-01"


def test_badges_run_out_and_come_back(gate: Gate) -> None:
    from branch.catalogue.commands import ChangeSetting

    gate.run(ChangeSetting("visitor_badges", 2), by=SUPERVISOR)
    first, second = gate.come("甲一"), gate.come("乙二")
    assert (first.badge, second.badge) == ("V-01", "V-02")
    with pytest.raises(RuleBroken, match="no_badge_left"):
        gate.come("丙三")
    assert len(picture(gate).today) == 2
    gate.run(SignOutVisitor(first.id))
    assert gate.come("丙三").badge == "V-01"


def test_a_badge_that_was_not_returned_is_lost_until_found(gate: Gate) -> None:
    first = gate.come()
    gate.run(SignOutVisitor(first.id, badge_returned=False))
    assert picture(gate).lost_badges == ("V-01",)
    assert gate.come("乙二").badge == "V-02"
    gate.run(FindBadge("V-01"))
    assert gate.come("丙三").badge == "V-01"
    with pytest.raises(Stale, match="badge_not_lost"):
        gate.run(FindBadge("V-01"))


def test_a_sign_out_is_taken_back_for_three_minutes(gate: Gate) -> None:
    noted = gate.come()
    gate.run(SignOutVisitor(noted.id))
    gate.clock.advance(180)
    gate.run(TakeBackSignOut(noted.id))
    (line,) = picture(gate).inside
    assert (line.badge, line.left_at) == ("V-01", None)
    gate.run(SignOutVisitor(noted.id))
    gate.clock.advance(181)
    with pytest.raises(RuleBroken, match="take_back_late"):
        gate.run(TakeBackSignOut(noted.id))


def test_a_badge_that_went_on_cannot_be_taken_back(gate: Gate) -> None:
    noted = gate.come()
    gate.run(SignOutVisitor(noted.id))
    gate.come("乙二")
    with pytest.raises(Stale, match="badge_in_use"):
        gate.run(TakeBackSignOut(noted.id))


def test_an_expected_visitor_comes(gate: Gate) -> None:
    at = gate.clock.now_ms() + HOUR
    expected = gate.run(Expect(gate.details(), at), by=TELLER)
    (line,) = picture(gate).expected
    assert (line.id, line.expected_at, line.shown_name) == (expected, at, "周*军")
    gate.clock.advance(3_000)
    noted = gate.come(expected=expected)
    assert noted.id == expected
    assert picture(gate).expected == ()
    assert [line.id for line in picture(gate).inside] == [expected]
    with pytest.raises(Stale, match="visitor_moved_on"):
        gate.come(expected=expected)


def test_an_announcement_is_for_times_to_come(gate: Gate) -> None:
    now = gate.clock.now_ms()
    with pytest.raises(BadInput, match="expected_past"):
        gate.run(Expect(gate.details(), now - 2 * HOUR))
    with pytest.raises(BadInput, match="expected_far"):
        gate.run(Expect(gate.details(), now + 93 * 24 * HOUR))
    visitor = gate.run(Expect(gate.details(), now + HOUR))
    gate.run(CancelExpected(visitor))
    assert picture(gate).expected == ()
    with pytest.raises(Stale):
        gate.run(CancelExpected(visitor))


def blocked(gate: Gate, name: str = "周大军", **other) -> int:
    entry = gate.run(ProposeBlock(name, "threat", "曾在大厅威胁员工", date(2027, 1, 31), **other))
    gate.run(ApproveBlock(entry), by=SUPERVISOR)
    return int(entry)


def test_somebody_on_the_block_list_waits_without_a_badge(gate: Gate) -> None:
    blocked(gate)
    noted = gate.come()
    assert (noted.state, noted.badge) == ("held", "")
    assert picture(gate).inside == ()
    assert [line.id for line in picture(gate).held] == [noted.id]
    with pytest.raises(NotPermitted):
        gate.run(ApproveVisitor(noted.id))
    assert gate.run(ApproveVisitor(noted.id), by=SUPERVISOR) == "V-01"
    assert [entry.what for entry in gate.entries[-2:]] == ["visitor.approved", "visitor.came"]


def test_whoever_noted_him_does_not_approve_him(gate: Gate) -> None:
    blocked(gate)
    noted = gate.come(by=SUPERVISOR)
    with pytest.raises(NotPermitted, match="second_person_needed"):
        gate.run(ApproveVisitor(noted.id), by=SUPERVISOR)
    gate.run(RefuseVisitor(noted.id))
    assert picture(gate).held == ()


def test_a_proposal_alone_holds_nobody(gate: Gate) -> None:
    gate.run(ProposeBlock("周大军", "threat", "", date(2027, 1, 31)))
    assert gate.come().state == "inside"


def test_the_document_finds_him_under_another_name(gate: Gate) -> None:
    blocked(gate, number=ID_NUMBER)
    assert gate.come("赵某某", document="resident_id", number=ID_NUMBER).state == "held"


def test_an_alias_holds_and_an_entry_ends_with_its_day(gate: Gate) -> None:
    blocked(gate, aliases=("周老大",))
    assert gate.come("周老大").state == "held"
    gate.clock.advance(74 * 24 * 3600)
    assert gate.come("周老大").state == "inside"


def test_no_one_comes_in_during_a_roll_call(gate: Gate) -> None:
    call = gate.run(StartRollCall("drill"))
    with pytest.raises(RuleBroken, match="roll_call_open"):
        gate.come()
    gate.run(EndRollCall(call))
    gate.come()


def test_a_correction_is_kept_and_found(gate: Gate) -> None:
    noted = gate.come()
    gate.run(CorrectVisitor(noted.id, gate.details("周大君", unit="安达维保")))
    line = visitor_line(gate.store, noted.id)
    assert line is not None
    assert (line.shown_name, line.unit, line.badge) == ("周*君", "安达维保", "V-01")
    assert [found.id for found in search_register(gate.store, "周大君")] == [noted.id]
    assert search_register(gate.store, "周大军") == ()
    gate.run(SignOutVisitor(noted.id))
    with pytest.raises(Stale):
        gate.run(CorrectVisitor(noted.id, gate.details()))


def test_the_host_sees_who_waits_and_answers(gate: Gate) -> None:
    noted = gate.come()
    host = gate.staff(TELLER)
    (waiting,) = arrivals_for(gate.store, host, 0)
    assert (waiting.visitor, waiting.shown_name, waiting.answered) == (noted.id, "周*军", False)
    with pytest.raises(NotPermitted, match="not_the_host"):
        gate.run(AnswerVisit(noted.id), by=SUPERVISOR)
    gate.run(AnswerVisit(noted.id), by=TELLER)
    assert arrivals_for(gate.store, host, 0)[0].answered
    assert arrivals_for(gate.store, host, gate.clock.now_ms() + 1) == ()


def test_nobody_disappears_at_the_days_end(gate: Gate) -> None:
    left, stays, unsaid = (gate.come(name).id for name in ("甲一", "乙二", "丙三"))
    late = gate.run(Expect(gate.details("丁四"), gate.clock.now_ms() + HOUR))
    gate.run(CloseRegister({left: "left", stays: "stays"}))
    now = picture(gate)
    assert [line.id for line in now.inside] == [stays, unsaid]
    assert {line.id: line.state for line in now.today}[late] == "no_show"
    gone = visitor_line(gate.store, left)
    assert gone is not None
    assert (gone.state, gone.left_by) == ("left", "day_end")
    with pytest.raises(BadInput, match="code_unknown"):
        gate.run(CloseRegister({stays: "vanished"}))
    gate.clock.advance(24 * 3600)
    tomorrow = register_now(gate.store, "2026-11-21", gate.clock.now_ms())
    assert [line.id for line in tomorrow.overdue] == [stays, unsaid]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("周大", ["甲"]),
        ("大军", ["甲"]),
        ("安达", ["乙", "甲"]),
        ("v-02", ["乙"]),
        ("Ｖ－０２", ["乙"]),
        ("安\x00达\u202e", ["乙", "甲"]),
        ("\x00", []),
        ("13812345172", ["甲"]),
        (ID_NUMBER, ["甲"]),
        ("O'Brien", ["丙"]),
        ("100%", []),
        ("_", []),
        ("  ", []),
    ],
)
def test_the_register_is_searched_by_parts(gate: Gate, wanted: str, found: list[str]) -> None:
    ids = {
        gate.come("周大军", phone="13812345172", document="resident_id", number=ID_NUMBER).id: "甲",
        gate.come("何平").id: "乙",
        gate.come("Pat O'Brien", unit="North & Co").id: "丙",
    }
    assert [ids[line.id] for line in search_register(gate.store, wanted)] == found


def test_pages_of_the_register_are_by_id(gate: Gate) -> None:
    ids = [gate.come(name).id for name in ("甲一", "乙二", "丙三")]
    page = visitor_page(gate.store, ids[1], ids[2])
    assert [line.id for line in page] == [ids[2], ids[1]]


def test_what_is_not_there_is_not_found(gate: Gate) -> None:
    with pytest.raises(NotFound, match="visitor_unknown"):
        gate.run(SignOutVisitor(77))
    assert visitor_line(gate.store, 77) is None


def test_commands_say_nothing_personal_of_themselves(gate: Gate) -> None:
    command = SignInVisitor(gate.details(phone="13812345172"), True, 1, number=ID_NUMBER)
    assert "周大军" not in repr(command) + repr(command.details)
    assert ID_NUMBER not in repr(command)
    assert "周大军" not in repr(Expect(gate.details(), 1))
    assert "周大军" not in repr(ProposeBlock("周大军", "threat", "", date(2027, 1, 1)))
