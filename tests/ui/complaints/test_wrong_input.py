"""One wrong input in every question before a step: the sentence stands at its field and says what
would be right, the keyboard goes there, and what was typed stays, also after Esc."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.answering import Archive, Close, NoteReceipt, Reply
from branch.complaints.commands.handling import Assign
from branch.complaints.commands.limits import ApproveExtension, RequestExtension
from branch.complaints.commands.reviews import RecordVisit, StartReReview
from branch.people.commands import ChangeStaff
from branch.people.queries import staff_members
from branch.quality.commands import AddAction, CheckAction, FinishAction
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERIOR, SUPERVISOR, TELLER, Desk
from tests.ui.complaints.steps import called, confirm, dialog, press
from ui.complaints.step_dialog import StepDialog
from ui.complaints.window import ComplaintsWindow
from ui.widgets.intake.matter_part import MatterPart
from ui.widgets.intake.person_part import PersonPart
from ui.widgets.intake.subjects_field import SubjectsField

Open = Callable[..., ComplaintsWindow]
LONG = "长" * 5001


def accepted(desk: Desk) -> None:
    desk.run(Accept(desk.register(), "verified"))


def assigned(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint, "verified"))
    desk.run(Assign(complaint, desk.staff(ADVISER)))


def about_staff(desk: Desk) -> None:
    desk.register(subjects=frozenset({desk.staff(TELLER)}))


def reported(desk: Desk) -> None:
    desk.report(desk.investigated())


def to_be_told(desk: Desk) -> None:
    complaint = desk.investigated()
    desk.run(ApproveExtension(desk.run(RequestExtension(complaint, "复杂"), ADVISER)), HEAD)


def replied(desk: Desk) -> int:
    complaint = desk.decided()
    desk.clock.advance(60)
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    return complaint


def closed(desk: Desk) -> int:
    complaint = replied(desk)
    desk.run(RecordVisit(complaint, "phone", True, "satisfied"), SUPERVISOR)
    owner, due = desk.staff(ADVISER), desk.today + timedelta(days=9)
    action = desk.run(AddAction("complaint", complaint, "更换宣传页", owner, due, "marketing"))
    desk.run(FinishAction(action, "已更换"), ADVISER)
    desk.run(CheckAction(action, True), HEAD)
    desk.run(Close(complaint))
    return complaint


def archived(desk: Desk) -> None:
    complaint = closed(desk)
    desk.clock.set(desk.clock.now_ms() + 40 * 24 * 3_600_000)
    desk.filed(complaint)
    desk.run(Archive(complaint))


def received(desk: Desk) -> int:
    complaint = replied(desk)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    return complaint


def under_review(desk: Desk) -> None:
    desk.run(StartReReview(received(desk), desk.today, True), SUPERIOR)


def enquiry(desk: Desk) -> None:
    desk.register(kind="enquiry")


def nothing(_fields: dict[str, Any]) -> None:
    """Pressed as it stands."""


def text(name: str, words: str) -> Callable[[dict[str, Any]], None]:
    return lambda fields: fields[name].set_text(words)


def tile(name: str, code: str) -> Callable[[dict[str, Any]], None]:
    return lambda fields: fields[name].chips.tile(code).click()


def both(*spoil: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    return lambda fields: [one(fields) for one in spoil] and None


def days(name: str, count: int) -> Callable[[dict[str, Any]], None]:
    return lambda fields: fields[name].set_day(fields[name].day() + timedelta(days=count))


def handler(fields: dict[str, Any]) -> None:
    fields["handler"].combo.setCurrentIndex(0)


TOO_LONG = "最多 5000 个字，现在有 5001 个"
EMPTY, CHOOSE = "请填写这一项", "请选一项"


@pytest.mark.parametrize(
    ("before", "staff", "step", "spoil", "place", "told"),
    [
        (Desk.register, OFFICER, "ProposeRefusal", nothing, "reason", CHOOSE),
        (
            Desk.register,
            OFFICER,
            "ProposeRefusal",
            tile("reason", "no_claim"),
            "text",
            EMPTY,
        ),
        (Desk.register, HEAD, "Refer", nothing, "to", CHOOSE),
        (Desk.register, OFFICER, "Withdraw", nothing, "own", "撤回只能由投诉人本人申请"),
        (
            about_staff,
            OFFICER,
            "Withdraw",
            lambda fields: fields["own"].row.click(),
            "called_back",
            "投诉涉及员工",
        ),
        (Desk.register, OFFICER, "AddNote", text("text", " \n "), "text", EMPTY),
        (Desk.register, OFFICER, "AddNote", text("text", LONG), "text", TOO_LONG),
        (Desk.register, HEAD, "Escalate", nothing, "level", CHOOSE),
        (accepted, OFFICER, "Assign", nothing, "handler", "请选择"),
        (accepted, OFFICER, "Assign", both(handler, text("text", LONG)), "text", TOO_LONG),
        (accepted, HEAD, "SolveOnTheSpot", nothing, "decision", EMPTY),
        (accepted, HEAD, "SolveOnTheSpot", text("decision", "退费"), "cause", CHOOSE),
        (
            accepted,
            HEAD,
            "SolveOnTheSpot",
            both(text("decision", "退费"), tile("cause", "people")),
            "accepted",
            "当场解决要投诉人接受",
        ),
        (assigned, ADVISER, "HandBack", nothing, "text", EMPTY),
        (Desk.investigated, ADVISER, "RequestExtension", nothing, "text", EMPTY),
        (Desk.investigated, ADVISER, "StartPause", nothing, "kind", CHOOSE),
        (
            Desk.investigated,
            ADVISER,
            "StartPause",
            tile("kind", "mediation"),
            "told",
            "请先告知投诉人",
        ),
        (Desk.investigated, ADVISER, "AddNewFacts", text("text", LONG), "text", TOO_LONG),
        (
            Desk.investigated,
            ADVISER,
            "AddNewFacts",
            both(text("text", "补交合同"), days("received_on", -1)),
            "received_on",
            "投诉是 2026-11-20 收到的，新材料不会更早",
        ),
        (
            Desk.investigated,
            ADVISER,
            "AddNewFacts",
            both(text("text", "补交合同"), days("received_on", 1)),
            "received_on",
            "日期不能晚于今天",
        ),
        (to_be_told, ADVISER, "TellExtension", nothing, "mode", CHOOSE),
        (reported, HEAD, "SendBack", nothing, "text", EMPTY),
        (replied, OFFICER, "NoteReceipt", days("received_on", 1), "received_on", "收到日期应在"),
        (replied, OFFICER, "NoteReceipt", days("received_on", -1), "received_on", "收到日期应在"),
        (replied, OFFICER, "RecordContact", text("text", LONG), "text", TOO_LONG),
        (replied, SUPERVISOR, "RecordVisit", nothing, "satisfaction", CHOOSE),
        (
            replied,
            SUPERVISOR,
            "RecordVisit",
            both(tile("satisfaction", "satisfied"), text("text", LONG)),
            "text",
            TOO_LONG,
        ),
        (closed, HEAD, "Reopen", nothing, "text", EMPTY),
        (received, SUPERIOR, "StartReReview", nothing, "in_writing", "核查申请应为书面"),
        (
            received,
            SUPERIOR,
            "StartReReview",
            both(
                days("applied_on", -1), lambda fields: fields["in_writing"].row.click()
            ),
            "applied_on",
            "答复是 2026-11-20 发出的，申请日期不能更早",
        ),
        (under_review, SUPERIOR, "UpholdDecision", nothing, "text", EMPTY),
        (under_review, SUPERIOR, "OrderRedo", text("text", LONG), "text", TOO_LONG),
        (archived, SUPERIOR, "Unarchive", nothing, "order", EMPTY),
        (archived, SUPERIOR, "Unarchive", text("order", "号" * 61), "order", "最多 60 个字"),
        (enquiry, OFFICER, "CloseOther", nothing, "text", EMPTY),
    ],
)  # fmt: skip
def test_a_wrong_input_of_a_step(
    desk: Desk,
    open_desk: Open,
    qtbot: QtBot,
    before: Callable[[Desk], object],
    staff: str,
    step: str,
    spoil: Callable[[dict[str, Any]], None],
    place: str,
    told: str,
) -> None:
    before(desk)
    window = open_desk(staff)
    window.open_case(1)
    qtbot.waitUntil(lambda: window.view.record() is not None)
    shown = press(qtbot, window, step)
    if "handler" in shown.fields:
        qtbot.waitUntil(lambda: shown.fields["handler"].combo.count() > 0)
    spoil(shown.fields)
    typed = shown.typed()
    confirm(qtbot, shown)
    field = shown.fields[place]
    qtbot.waitUntil(field.error.isVisible)
    assert field.error.sentence.text().startswith(told)
    assert not shown.error.isVisible()
    # Right under its field, in one line with its mark.
    assert field.error.sentence.y() < 10
    assert field.error.height() < 30
    qtbot.waitUntil(lambda: has_keyboard(shown, field))
    assert shown.confirm_button.isEnabled()
    # Gone back by mistake: it is all there again.
    assert shown.typed() == typed
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    again = press(qtbot, window, step)
    assert again.typed() == typed


def test_an_amount_that_is_none_is_not_taken_away(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    complaint = desk.register(what={"amount": 150_000})
    window = open_desk()
    shown = press(qtbot, window, "EditCase")
    part = shown.findChild(MatterPart)
    assert part is not None
    part.amount.set_text("一千五")
    part.place.set_text("大厅")
    confirm(qtbot, shown)
    qtbot.waitUntil(part.amount.error.isVisible)
    assert part.amount.error_text() == "请填写金额，单位为元"
    assert shown.focusWidget() is part.amount.edit
    found = desk.detail(complaint)
    assert found is not None
    assert found.values["amount"] == 150_000
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    again = press(qtbot, window, "EditCase").findChild(MatterPart)
    assert again is not None
    assert again.place.text() == "大厅"
    again.amount.set_text("１，５００．５")
    confirm(qtbot, dialog(qtbot))
    qtbot.waitUntil(lambda: detail_of(desk, complaint)["amount"] == 150_050)


def test_who_is_nobody_here_is_not_left_out_in_silence(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    complaint = desk.register()
    window = open_desk()
    shown = press(qtbot, window, "SetSubjects")
    about, interested = shown.findChildren(SubjectsField)
    qtbot.waitUntil(shown.confirm_button.isEnabled)
    about.choose(frozenset({desk.staff(TELLER)}))
    for place in (interested, about):
        place.field.set_text("张飞")
        confirm(qtbot, shown)
        qtbot.waitUntil(place.field.error.isVisible)
        assert place.field.error_text() == "请选择本网点员工"
        assert shown.focusWidget() is place.field.edit
        assert desk.detail(complaint, TELLER) is not None
        place.field.set_text("")
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    again = press(qtbot, window, "SetSubjects")
    qtbot.waitUntil(again.confirm_button.isEnabled)
    confirm(qtbot, again)
    qtbot.waitUntil(lambda: desk.detail(complaint, TELLER) is None)


def test_a_subject_who_has_left_stays_in_the_case(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    teller = next(m for m in staff_members(desk.store) if m.staff_no == TELLER)
    complaint = desk.register(subjects=frozenset({teller.id}))
    desk.run(ChangeStaff(teller.id, teller.name, teller.roles, active=False), "100001")
    window = open_desk()
    shown = press(qtbot, window, "SetSubjects")
    _about, interested = shown.findChildren(SubjectsField)
    qtbot.waitUntil(shown.confirm_button.isEnabled)
    interested.choose(frozenset({desk.staff(SUPERVISOR)}))
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: desk.detail(complaint, SUPERVISOR) is None)
    found = desk.detail(complaint)
    assert found is not None
    assert found.subject_ids == {teller.id}


def test_a_name_that_is_given_stays_when_it_was_gone_back_from(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    desk.register(who={"anonymous": True, "name": "", "phone": ""}, by=OFFICER)
    window = open_desk()
    shown = press(qtbot, window, "GiveIdentity")
    part = shown.findChild(PersonPart)
    assert part is not None
    part.phone.set_text("13812345172")
    confirm(qtbot, shown)
    qtbot.waitUntil(part.name.error.isVisible)
    # To stay anonymous is no choice here, and not told of as one.
    assert part.name.error_text() == "请填写这一项"
    assert shown.focusWidget() is part.name.edit
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    again = press(qtbot, window, "GiveIdentity").findChild(PersonPart)
    assert again is not None
    assert again.phone.text() == "13812345172"


@pytest.mark.parametrize(
    ("count", "told"), [(1, "答复时间不能晚于现在"), (-1, "答复时间不能早于 2026-11-20")]
)
def test_a_reply_goes_out_after_the_decision_and_before_now(
    desk: Desk, open_desk: Open, qtbot: QtBot, count: int, told: str
) -> None:
    desk.decided()
    window = open_desk(ADVISER)
    shown = called(qtbot, window)
    shown.fields["notified_at"].set_day(desk.today + timedelta(days=count))
    shown.fields["remedies_told"].row.click()
    confirm(qtbot, shown)
    qtbot.waitUntil(shown.fields["notified_at"].error.isVisible)
    assert shown.fields["notified_at"].error.sentence.text() == told
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    again = called(qtbot, window)
    assert again.fields["notified_at"].day() == desk.today + timedelta(days=count)
    # What is declared is declared anew.
    assert not again.fields["remedies_told"].row.isChecked()
    again.fields["notified_at"].set_day(desk.today)
    confirm(qtbot, again)
    qtbot.waitUntil(again.fields["remedies_told"].error.isVisible)


def detail_of(desk: Desk, complaint: int) -> dict[str, Any]:
    found = desk.detail(complaint)
    assert found is not None
    return found.values


def test_what_a_visit_said_stays(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    replied(desk)
    window = open_desk(SUPERVISOR)
    shown = press(qtbot, window, "RecordVisit")
    shown.fields["satisfaction"].chips.tile("dissatisfied").click()
    shown.fields["next_step"].chips.tile("re_review").click()
    shown.fields["text"].set_text("赔得太少")
    shown.has_received.click()
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    again = press(qtbot, window, "RecordVisit")
    assert again.fields["next_step"].chips.code() == "re_review"
    assert again.fields["text"].text() == "赔得太少"
    assert again.fields["text"].label.text() == "哪里不满意，还希望什么"
    assert again.has_received.isChecked()
    again.reached.segment("no").click()
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert press(qtbot, window, "RecordVisit").reached.current() == "no"


def has_keyboard(shown: StepDialog, field: QWidget) -> bool:
    focus = shown.focusWidget()
    return focus is not None and (field.isAncestorOf(focus) or field is focus)
