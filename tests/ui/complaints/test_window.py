"""The complaint desk's window: full values, trouble, language, what goes while it is open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Accept, Merge
from branch.complaints.commands.answering import AddNote, RecordContact, Reopen, Reply
from branch.complaints.commands.handling import Assign, HandBack
from branch.complaints.commands.limits import EndPause, StartPause
from branch.complaints.commands.registration import SetSubjects
from branch.people.commands import BreakGlass
from tests.complaints.desk import ADVISER, GUARD, HEAD, OFFICER, SUPERVISOR, TELLER, Desk
from ui.complaints.step_words import waiting_words
from ui.complaints.window import ComplaintsWindow
from ui.shell.language import language
from ui.widgets.dialog import ReasonDialog

Open = Callable[..., ComplaintsWindow]


def reveal(qtbot: QtBot, window: ComplaintsWindow, field: str) -> None:
    """Press the eye and say that it is to contact him."""
    eye = window.view.facts.reveals[field].button
    eye.repeat_guard = False
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ReasonDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReasonDialog)
    dialog.tile("contact").click()
    dialog.confirm_button.click()


def test_the_case_is_told_masked(desk: Desk, open_desk: Open) -> None:
    desk.decided(channel="superior", forwarded="regulator")
    window = open_desk()
    view = window.view
    assert view.head.title.text() == "理财到期收益与宣传不一致"
    assert view.head.number.text() == "TS-HB001-20261120-0001"
    assert view.facts.reveals["name"].value.whole_text() == "陈*梅"
    assert view.facts.reveals["phone"].value.whole_text() == "138****5172"
    said = {key: part[2].text() for key, part in view.facts._plain.items()}
    assert said["channel"] == "监管部门转来"
    assert said["handler"] == "郑岚"
    assert (said["biz_class"], said["biz_channel"]) == ("自营理财", "营业现场")
    assert said["identity"] == "身份已核实"
    texts = [label.text() for label in view.texts.findChildren(QLabel)]
    assert "录像完整。" in texts
    assert "部分属实、原因：信息披露与营销、个别" in texts
    assert view.timeline.texts() == [
        "监管部门转来，登记为投诉",
        "受理，身份已核实",
        "转办给郑岚，11月27日前回复",
        "承办人签收，开始调查",
        "提交调查报告：部分属实",
        "同意调查意见，作出决定",
    ]


def test_every_entry_has_words(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.investigated()
    pause = desk.run(StartPause(complaint, "appraisal", True), ADVISER)
    desk.run(EndPause(pause), ADVISER)
    desk.run(RecordContact(complaint, "phone", False, "无人接听"), ADVISER)
    desk.run(AddNote(complaint, "请补充录像"))
    window = open_desk()
    told = window.view.timeline.texts()
    assert told[-2:] == ["电话联系客户，未联系上", "备注"]
    assert not any(text.isascii() for text in told)
    assert window.view.timeline.more.isVisible()
    qtbot.mouseClick(window.view.timeline.more, Qt.MouseButton.LeftButton)
    assert not window.view.timeline.more.isVisible()


def test_what_was_decided_before_is_read_in_the_course(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    complaint = desk.decided()
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    window = open_desk()

    def words() -> str:
        labels = window.view.timeline.findChildren(QLabel)
        return "\n".join(label.text() for label in labels)

    # While it holds it stands with the case; it is not said twice.
    assert "作出决定" in words()
    assert "处理决定：" not in words()
    desk.run(Reopen(complaint, "有新情况"), HEAD)
    qtbot.waitUntil(lambda: "处理决定：向客户致歉。" in words())


def test_a_full_value_needs_a_reason_and_is_recorded(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    desk.register()
    window = open_desk()
    reveal(qtbot, window, "phone")
    row = window.view.facts.reveals["phone"]
    qtbot.waitUntil(lambda: row.value.whole_text() == "13812345172")
    entry = desk.last
    assert entry.what == "complaint.revealed"
    assert entry.data == {"field": "phone", "reason": "contact", "by_glass": False}
    # The story of the case grows by that entry, and the value stays open.
    qtbot.waitUntil(lambda: window.view.timeline.texts()[-1] == "查看完整信息：联系本人")
    assert row.value.whole_text() == "13812345172"
    row.cover()
    assert row.value.whole_text() == "138****5172"


def test_others_break_the_glass_for_it(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.register()
    window = open_desk(GUARD)
    reveal(qtbot, window, "name")
    qtbot.waitUntil(window.view.facts.banner.isVisible)
    assert window.view.facts.banner.button.text() == "紧急查看"
    desk.run(BreakGlass("medical", "客户晕倒"), GUARD)
    reveal(qtbot, window, "name")
    row = window.view.facts.reveals["name"]
    qtbot.waitUntil(lambda: row.value.whole_text() == "陈小梅")
    assert desk.last.data["by_glass"] is True


def test_a_case_about_him_goes_while_he_reads_it(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.register()
    window = open_desk(SUPERVISOR)
    assert window.view.record() is not None
    desk.run(SetSubjects(complaint, frozenset({desk.staff(SUPERVISOR)})))
    qtbot.waitUntil(lambda: window.view.record() is None)
    assert window.view.empty.isVisible()
    assert not window.side.isVisible()
    assert window.list.list.rows.lines == ()


def test_another_station_is_followed(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.register()
    window = open_desk()
    desk.run(Accept(complaint, "unverified"))
    qtbot.waitUntil(lambda: "Assign" in window.side.steps.buttons)
    desk.register(what={"title": "又一件"})
    qtbot.waitUntil(lambda: len(window.list.list.rows.lines) == 2)
    # What he was reading stays before him.
    assert window.view.head.title.text() == "理财到期收益与宣传不一致"


def test_a_lost_store_says_so(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.register()
    window = open_desk()
    window._station.offline.emit("暂时连不上服务器", 2)
    assert window.away.isVisible()
    assert "正在重试，第 2 次" in window.away.sentence.text()
    window._station.online.emit()
    assert not window.away.isVisible()


def test_reading_alone_offers_little(desk: Desk, open_desk: Open) -> None:
    desk.register()
    window = open_desk(TELLER)
    assert window.side.steps.waiting.text() == "等投诉专员受理"
    assert set(window.side.steps.buttons) == {"RecordContact", "AddNote", "Escalate"}


def test_a_larger_screen_is_the_cases(desk: Desk, open_desk: Open) -> None:
    desk.register()
    small, large = open_desk(), open_desk(width=1920, height=1080)
    assert large.rooms.height() == small.rooms.height()
    assert large.view.height() - small.view.height() == 1080 - 900


def test_it_says_whom_a_case_waits_for(desk: Desk, open_desk: Open) -> None:
    back = desk.register()
    desk.run(Accept(back))
    desk.run(Assign(back, desk.staff(ADVISER)))
    desk.run(HandBack(back, "不属本岗"), ADVISER)
    assert open_desk().side.steps.waiting.text() == "承办人已退回，等负责人转办"
    found = desk.detail(desk.register())
    assert found is not None
    desk.run(Merge(found.line.id, back), HEAD)
    merged = desk.detail(found.line.id)
    assert merged is not None
    assert waiting_words(merged) == "已并入另一件，随那一件办理"


@pytest.mark.parametrize("staff", [OFFICER, HEAD, ADVISER])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 800)])
@pytest.mark.parametrize("code", ["zh", "en"])
def test_nothing_is_cut(
    desk: Desk, open_desk: Open, qtbot: QtBot, code: str, width: int, height: int, staff: str
) -> None:
    desk.decided(who={"parties": 5, "confidential": True}, what={"urgency": "urgent"})
    desk.register(kind="enquiry", what={"title": "一" * 60})
    language().choose(code)
    window = open_desk(staff, width, height)
    for page in ("list", "board", "answers"):
        window.show_page(page)
        qtbot.wait(60)
        for widget in window.findChildren(QWidget):
            if not widget.isVisible():
                continue
            cut = getattr(widget, "cut_texts", None)
            assert cut is None or not cut(), cut()
            if isinstance(widget, QAbstractButton):
                text = widget.text() if isinstance(widget, QPushButton) else ""
                assert widget.accessibleName() or text
            if isinstance(widget, QLabel) and "Elided" not in type(widget).__name__:
                assert whole(widget), widget.text()
            if isinstance(widget, QPushButton):
                assert widget.width() + 1 >= widget.sizeHint().width(), widget.text()


def whole(label: QLabel) -> bool:
    """Whether a label shows all its words."""
    if not label.text():
        return True
    if label.wordWrap():
        return label.height() + 1 >= label.heightForWidth(label.width())
    needed = QFontMetrics(label.font()).horizontalAdvance(label.text())
    return needed <= label.contentsRect().width() + 1


def test_the_language_changes_without_a_restart(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.decided()
    window = open_desk()
    language().choose("en")
    qtbot.waitUntil(lambda: window.top.title.text() == "Complaints")
    assert window.side.steps.buttons["Reply"].text() == "Reply"
    assert window.side.checks.title.text() == "Before replying"
    assert window.view.timeline.texts()[-1] == "Report approved, decision made"
    course = window.view.deadline.line.course()
    assert course is not None
    assert course.begins_text == "20 Nov received"
    language().choose("zh")
    qtbot.waitUntil(lambda: window.side.checks.title.text() == "答复前请核对")


def test_every_fact_stands_there_whole_in_english(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    desk.register(what={"incident_place": "大厅三号柜台旁边的自助发卡机前面"})
    language().choose("en")
    window = open_desk(width=1280, height=800)
    for _part, _caption, value in window.view.facts._plain.values():
        if value.isVisible():
            assert value.height() >= value.heightForWidth(value.width()), value.text()
