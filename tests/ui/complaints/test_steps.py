"""Steps at the desk: the one solid button, what is missing in words, questions, refusals."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.answering import Reply
from branch.complaints.commands.handling import Assign, Decide
from branch.complaints.commands.limits import ApproveExtension, RequestExtension, StartPause
from branch.complaints.commands.reviews import RecordVisit
from tests.complaints.desk import (
    ADVISER,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERVISOR,
    TELLER,
    Desk,
)
from tests.ui.complaints.steps import called, confirm, dialog, press, solid, state, toasts
from ui.complaints.window import ComplaintsWindow
from ui.shell.language import language
from ui.widgets.intake.matter_part import MatterPart
from ui.widgets.intake.subjects_field import SubjectsField

Open = Callable[..., ComplaintsWindow]
DAY_MS = 24 * 3_600_000


def visits(window: ComplaintsWindow) -> tuple[object, ...]:
    record = window.view.record()
    return record.detail.visits if record is not None else ()


def test_one_solid_button_for_each_role(desk: Desk, open_desk: Open) -> None:
    complaint = desk.register()
    assert solid(open_desk()) == ["受理"]
    assert solid(open_desk(HEAD)) == []
    desk.run(Accept(complaint, "verified"))
    assert solid(open_desk()) == ["转办投诉"]
    desk.run(Assign(complaint, desk.staff(ADVISER)))
    assert solid(open_desk(ADVISER)) == ["签收，开始调查"]
    waiting = open_desk()
    assert solid(waiting) == []
    assert waiting.side.steps.waiting.text() == "等郑岚签收"


def test_a_visit_comes_before_closing(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    """Who handled it does not visit, and is told what is waited for; the others are asked for the
    visit until he has been visited and waits for nothing more."""
    complaint = desk.decided()
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    officer = open_desk()
    assert solid(officer) == solid(open_desk(SUPERVISOR)) == ["记录回访"]
    assert solid(open_desk(ADVISER)) == solid(open_desk(HEAD)) == []
    assert "Close" in officer.side.steps.buttons or "办结投诉" in [
        action.text() for action in officer.side.steps.menu.actions()
    ]
    asked = RecordVisit(complaint, "phone", True, "dissatisfied", next_step="follow_on")
    desk.run(asked, SUPERVISOR)
    qtbot.waitUntil(lambda: len(visits(officer)) == 1)
    assert solid(officer) == ["记录回访"]
    desk.run(RecordVisit(complaint, "phone", True, "satisfied"), SUPERVISOR)
    qtbot.waitUntil(lambda: solid(officer) == ["办结投诉"])


def test_the_desk_that_handled_it_closes_after_anothers_visit(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    complaint = desk.investigated(OFFICER)
    desk.report(complaint, OFFICER)
    desk.run(Decide(complaint), HEAD)
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True))
    officer, supervisor = open_desk(), open_desk(SUPERVISOR)
    assert (solid(officer), solid(supervisor)) == (["办结投诉"], ["记录回访"])
    desk.run(RecordVisit(complaint, "phone", True, "satisfied"), SUPERVISOR)
    qtbot.waitUntil(lambda: solid(supervisor) == [])
    assert solid(officer) == ["办结投诉"]


def test_accepting_from_the_keyboard(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.register()
    window = open_desk()
    qtbot.keyClick(window, Qt.Key.Key_1)
    shown = dialog(qtbot)
    assert "前答复" in shown.findChildren(type(window.view.head.title))[1].text()
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state(window) == "accepted")
    assert desk.state(complaint) == "accepted"
    assert solid(window) == ["转办投诉"]
    assert toasts(window) == ["TS-HB001-20261120-0001 已受理"]


@pytest.mark.parametrize(("tongue", "words"), [("zh", "转办投诉"), ("en", "Assign the complaint")])
def test_one_word_for_assigning(
    desk: Desk, open_desk: Open, qtbot: QtBot, tongue: str, words: str
) -> None:
    desk.run(Accept(desk.register(), "verified"))
    language().choose(tongue)
    window = open_desk()
    assert solid(window) == [words]
    shown = press(qtbot, window, "Assign")
    assert (shown.windowTitle(), shown.confirm_button.text()) == (words, words)


def test_what_is_missing_is_said_before_accepting(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    desk.register(what={"reason": ""})
    window = open_desk()
    assert window.side.checks.title.text() == "受理前请核对"
    assert window.side.checks.missing() == ["渠道、业务、原因三项已分类", "登记内容已向客户复述"]
    shown = press(qtbot, window, "Accept")
    confirm(qtbot, shown)
    qtbot.waitUntil(shown.error.isVisible)
    assert shown.error.sentence.text() == "请先用更正登记选好业务渠道、业务类别和投诉原因"
    assert state(window) == "received"


def test_errors_stand_at_their_field_and_words_stay(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    desk.investigated()
    window = open_desk(ADVISER)
    shown = press(qtbot, window, "Report")
    shown.fields["verified"].set_text("录像完整。")
    confirm(qtbot, shown)
    finding = shown.fields["finding"]
    qtbot.waitUntil(finding.error.isVisible)
    finding.chips.tile("true").click()
    shown.fields["cause"].chips.tile("people").click()
    shown.fields["systemic"].chips.tile("single").click()
    shown.fields["redress"].set_text("一百")
    shown.fields["no_interest"].row.click()
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: bool(shown.fields["redress"].error_text()))
    shown.fields["redress"].set_text("100")
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: bool(shown.fields["grounds"].error_text()))
    # Gone back by mistake: it is all there again.
    shown.reject()
    again = press(qtbot, window, "Report")
    assert again.fields["verified"].text() == "录像完整。"
    assert again.fields["cause"].chips.code() == "people"
    again.fields["grounds"].set_text("服务规范")
    again.fields["decision"].set_text("致歉")
    # What is declared is declared anew.
    assert not again.fields["no_interest"].row.isChecked()
    again.fields["no_interest"].row.click()
    confirm(qtbot, again)
    qtbot.waitUntil(lambda: state(window) == "drafted")
    record = window.view.record()
    assert record is not None
    assert record.detail.values["redress"] == 10_000


def test_assigning_offers_nobody_with_an_interest(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    complaint = desk.register(subjects=frozenset({desk.staff(ADVISER)}))
    desk.run(Accept(complaint, "verified"))
    window = open_desk()
    shown = press(qtbot, window, "Assign")
    combo = shown.fields["handler"].combo
    qtbot.waitUntil(lambda: combo.count() > 0)
    offered = {combo.itemData(at) for at in range(combo.count())}
    assert str(desk.staff(SUPERVISOR)) in offered
    assert str(desk.staff(ADVISER)) not in offered
    combo.choose(str(desk.staff(SUPERVISOR)))
    shown.fields["text"].set_text("请调阅录像")
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: state(window) == "assigned")
    assert "转办给" in window.view.timeline.texts()[-1]


def test_replying_takes_over_what_was_ticked(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.decided()
    window = open_desk()
    assert window.side.checks.title.text() == "答复前请核对"
    shown = called(qtbot, window)
    confirm(qtbot, shown)
    qtbot.waitUntil(shown.fields["remedies_told"].error.isVisible)
    shown.reject()
    for item in window.side.checks.items[2:4]:
        qtbot.mouseClick(item, Qt.MouseButton.LeftButton)
    shown = called(qtbot, window)
    assert shown.fields["remedies_told"].row.isChecked()
    assert shown.fields["mode"].chips.code() == "phone"
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: state(window) == "replied")
    assert desk.state(complaint) == "replied"
    assert window.side.checks.title.text() == "办结前请核对"
    assert "整改措施已登记" in window.side.checks.missing()


def test_closing_says_what_is_missing(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.decided()
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True))
    window = open_desk()
    shown = press(qtbot, window, "Close")
    words = [label.text() for label in shown.findChildren(type(window.view.head.title))]
    assert any(word.startswith("还没有做到：已回访") for word in words)
    confirm(qtbot, shown)
    qtbot.waitUntil(shown.error.isVisible)
    assert state(window) == "replied"


def test_an_extension_from_asking_to_telling(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.investigated()
    handler = open_desk(ADVISER)
    shown = press(qtbot, handler, "RequestExtension")
    shown.fields["text"].set_text("需要调取外地资料")
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: "RequestExtension" not in handler.side.steps.buttons)
    head = open_desk(HEAD)
    assert solid(head) == ["同意延期"]
    shown = press(qtbot, head, "ApproveExtension")
    assert any(
        "需要调取外地资料" in label.text()
        for label in shown.findChildren(type(head.view.head.title))
    )
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: solid(head) == [])
    qtbot.waitUntil(lambda: solid(handler) == ["告知延期"])
    shown = press(qtbot, handler, "TellExtension")
    shown.fields["mode"].chips.tile("phone").click()
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: solid(handler) == ["提交调查报告"])
    assert desk.due(complaint)[0] == "2026-12-20"


def test_who_asked_does_not_approve_himself(desk: Desk, open_desk: Open) -> None:
    complaint = desk.investigated(handler=SUPERVISOR)
    desk.run(RequestExtension(complaint, "复杂"), SUPERVISOR)
    window = open_desk(SUPERVISOR)
    every = {*window.side.steps.buttons, *(a.text() for a in window.side.steps.menu.actions())}
    assert "ApproveExtension" not in every
    assert "同意延期" not in every


def test_a_pause_and_its_end(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.investigated()
    window = open_desk(ADVISER)
    shown = press(qtbot, window, "StartPause")
    shown.fields["kind"].chips.tile("mediation").click()
    confirm(qtbot, shown)
    qtbot.waitUntil(shown.fields["told"].error.isVisible)
    shown.fields["told"].row.click()
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: window.view.head.chip.chip().text == "暂停中")
    qtbot.mouseClick(window.side.steps.buttons["EndPause"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.view.head.chip.chip().text.startswith("剩"))


def test_subjects_are_kept_from_it(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.register()
    window = open_desk()
    shown = press(qtbot, window, "SetSubjects")
    about, interested = shown.findChildren(SubjectsField)
    qtbot.waitUntil(lambda: bool(about.field.colleagues()))
    about.choose(frozenset({desk.staff(TELLER)}))
    interested.choose(frozenset({desk.staff(SUPERVISOR)}))
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: desk.detail(complaint, TELLER) is None)
    assert desk.detail(complaint, SUPERVISOR) is None
    qtbot.waitUntil(lambda: "登记被投诉人员 1 人，有利害关系 1 人" in window.view.timeline.texts())


def test_putting_right_what_was_registered(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.register(what={"reason": ""})
    window = open_desk()
    shown = press(qtbot, window, "EditCase")
    part = shown.findChild(MatterPart)
    assert part is not None
    assert part.facts.text() == "到期年化收益与宣传页所写相差较大。"
    part.heading.set_text("收益与宣传不符")
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: window.view.head.title.text() == "收益与宣传不符")
    # Who complains is not typed anew and stays as it was.
    record = window.view.record()
    assert record is not None
    assert record.detail.shown["phone"] == "138****5172"


def test_an_enquiry_turns_into_a_complaint(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.register(kind="enquiry")
    window = open_desk()
    assert solid(window) == ["答复并结束"]
    confirm(qtbot, press(qtbot, window, "TurnIntoComplaint"))
    qtbot.waitUntil(lambda: solid(window) == ["受理"])
    assert window.view.timeline.texts()[-2] == "转为投诉，期限从收到之日起算"


def test_merging_offers_the_same_person_only(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    first = desk.register(what={"title": "第一件"})
    desk.register(who={"phone": "13900000000", "name": "别人"})
    desk.clock.set(desk.clock.now_ms() + 60_000)
    second = desk.register(what={"title": "第二件"})
    window = open_desk(HEAD)
    window.open_case(second)
    qtbot.waitUntil(lambda: window.view.head.title.text() == "第二件")
    shown = press(qtbot, window, "Merge")
    combo = shown.fields["into"].combo
    qtbot.waitUntil(lambda: combo.count() > 0)
    assert [combo.itemData(at) for at in range(combo.count())] == [str(first)]
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: state(window) == "merged")
    assert window.view.timeline.texts()[-1].startswith("并入 TS-")


def test_a_decision_names_what_is_decided(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.investigated()
    desk.report(complaint)
    window = open_desk(HEAD)
    shown = press(qtbot, window, "Decide")
    words = [label.text() for label in shown.findChildren(type(window.view.head.title))]
    assert "处理意见：向客户致歉。" in words
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: state(window) == "decided")


def test_the_due_day_passes_before_the_eyes(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.investigated()
    extension = desk.run(RequestExtension(complaint, "复杂"), ADVISER)
    desk.run(ApproveExtension(extension), HEAD)
    window = open_desk(ADVISER)
    assert solid(window) == ["告知延期"]
    # A fortnight and more later the longer limit was never told: it holds no more.
    desk.clock.set(desk.clock.now_ms() + 16 * DAY_MS)
    window.tick()
    qtbot.waitUntil(lambda: window.view.head.chip.chip().text.startswith("逾期"))
    qtbot.waitUntil(lambda: solid(window) == ["提交调查报告"])


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_question_fits_a_small_window(
    desk: Desk, open_desk: Open, qtbot: QtBot, code: str
) -> None:
    language().choose(code)
    received = desk.register(who={"anonymous": True, "name": "", "phone": ""}, by=OFFICER)
    investigated = desk.investigated()
    desk.run(StartPause(investigated, "mediation", True), ADVISER)
    for staff, complaint, steps in (
        (OFFICER, received, ("Accept", "ProposeRefusal", "GiveIdentity", "EditCase", "Withdraw")),
        (HEAD, received, ("Refuse", "Refer", "Escalate", "AddNote", "LinkRepeat")),
        (ADVISER, investigated, ("Report", "AddNewFacts", "StartPause")),
    ):
        window = open_desk(staff, 1280, 800)
        window.open_case(complaint)
        number = desk.detail(complaint)
        assert number is not None
        qtbot.waitUntil(lambda w=window, n=number: w.view.head.number.text() == n.line.number)
        for step in steps:
            shown = press(qtbot, window, step)
            qtbot.wait(30)
            assert shown.panel.height() <= 780, (step, shown.panel.height())
            for widget in shown.findChildren(object):
                cut = getattr(widget, "cut_texts", None)
                assert cut is None or not cut(), (step, cut())
            shown.reject()
        window.close()


def test_a_withdrawal_is_the_complainants_own(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.register(by=LOBBY_MANAGER)
    window = open_desk()
    shown = press(qtbot, window, "Withdraw")
    confirm(qtbot, shown)
    qtbot.waitUntil(shown.fields["own"].error.isVisible)
    shown.fields["own"].row.click()
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: state(window) == "withdrawn")


def test_nobody_decides_his_own_report(desk: Desk, open_desk: Open) -> None:
    complaint = desk.investigated()
    desk.report(complaint)
    window = open_desk(ADVISER)
    assert solid(window) == []
    assert window.side.steps.waiting.text() == "等负责人审批调查报告"
    desk.run(Decide(complaint), HEAD)
