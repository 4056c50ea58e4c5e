"""Signing a visitor in: from the notice to the badge, by mouse and by key; what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.errors import StoreUnavailable
from branch.kernel.journal import entries
from branch.visitors.commands.blocking import ApproveBlock, ProposeBlock
from branch.visitors.commands.notices import ChangeNotice
from branch.visitors.commands.rollcall import StartRollCall
from tests.ui.visitors.form_desk import GROWN_UP, GUARD, LEFT, SUPERVISOR, Desk, Run
from ui.shell.language import language
from ui.shell.station import Station
from ui.shell.theme import reduce_motion
from ui.visitors.notice_box import NoticeDialog

TAB = Qt.Key.Key_Tab


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Nothing moves."""
    reduce_motion(True)
    yield
    reduce_motion(False)


@pytest.fixture
def desk(qtbot: QtBot, station_for: Callable[[str, str], Station], other: Branch, run: Run) -> Desk:
    """The form at the guard's desk."""
    return Desk(qtbot, station_for("register", GUARD), other, run)


# -- the whole way ------------------------------------------------------------------------------


def test_a_visitor_is_signed_in_with_mouse_and_pen(desk: Desk) -> None:
    desk.fill()
    desk.details.phone.edit.setFocus()
    desk.type("13912342046")
    desk.details.number.edit.setFocus()
    desk.type(GROWN_UP)
    desk.press(desk.details.checked)
    desk.details.matter.set_text("对公账户资料补充")
    pad = desk.notice.signature.pad
    QTest.mousePress(pad, LEFT, pos=pad.rect().center())
    QTest.mouseMove(pad, pad.rect().center() * 1.2)
    QTest.mouseRelease(pad, LEFT, pos=pad.rect().center() * 1.2)
    signed = desk.notice.signature.signature()
    desk.send()
    desk.until_noted()

    noted = desk.only()
    assert (noted.shown_name, noted.shown_phone, noted.tail) == ("孙*华", "139****2046", "3327")
    assert (noted.unit, noted.host_name, noted.area) == (
        "星海物业服务有限公司", "李静", "reception_room",
    )  # fmt: skip
    assert (noted.badge, noted.checked_by, noted.purpose) == ("V-01", "马强", "business")
    assert noted.matter == "对公账户资料补充"
    (sealed,) = desk.column("signature")
    assert desk.other.store.sealer.open(sealed, "visitor.signature") == signed
    assert desk.column("notice") == [1]
    assert desk.form.outcome.sentence.text() == "V-01 已发给 孙*华，请带到接待室"
    assert desk.form.outcome.print_button.isVisible()
    assert desk.last_fact().what == "visitor.came"


def test_by_keys_alone_in_a_few_dozen_strokes(desk: Desk) -> None:
    """Every key from F2 on: 13 to go from field to field, the rest is what is typed."""
    strokes = 1  # F2, the window's

    def go(key: Qt.Key, times: int = 1, with_ctrl: bool = False) -> None:
        nonlocal strokes
        for _ in range(times):
            desk.key(key, with_ctrl)
            strokes += 1

    def write(text: str) -> None:
        nonlocal strokes
        desk.type(text)
        strokes += len(text)

    desk.form.focus_first()
    assert desk.at() is desk.notice.told
    go(Qt.Key.Key_Space)  # told
    go(TAB, 3)  # past reading out and the purpose
    assert desk.at() is desk.details.name.edit
    write("孙丽华")
    go(TAB)
    write("13912342046")
    go(TAB, 2)
    assert desk.at() is desk.details.number.edit
    write(GROWN_UP)
    go(TAB)
    assert desk.at() is desk.details.checked
    go(Qt.Key.Key_Space)
    go(TAB, 3)
    assert desk.at() is desk.details.unit.edit
    write("星海物业")
    go(TAB)
    write("301")
    go(TAB)
    assert desk.details.host.text() == "李静 大堂经理"
    assert desk.at() is desk.details.area.combo
    go(Qt.Key.Key_Down, 3)
    go(TAB)
    write("补资料")
    go(Qt.Key.Key_Return, with_ctrl=True)
    desk.until_noted()
    noted = desk.only()
    assert (noted.shown_name, noted.host_name, noted.area) == ("孙*华", "李静", "reception_room")
    assert noted.checked_by == "马强"
    # Half a second a key is slow typing: well under half a minute, and names by an input method
    # take two to four keys a character.
    assert strokes <= 65
    assert desk.at() is desk.form.outcome.print_button


def test_sending_from_within_a_field_takes_what_is_being_typed(desk: Desk) -> None:
    desk.fill()
    desk.details.host.choose(None)
    desk.details.number.edit.setFocus()
    desk.type(GROWN_UP)
    desk.details.host.edit.setFocus()
    desk.type("100301")
    desk.key(Qt.Key.Key_Return, with_ctrl=True)
    desk.until_noted()
    assert (desk.only().host_name, desk.only().tail) == ("李静", "3327")


def test_the_notice_comes_before_any_question(desk: Desk) -> None:
    desk.form.focus_first()
    assert desk.at() is desk.notice.told
    desk.fill()
    desk.notice.told.setChecked(False)
    desk.send()
    assert desk.notice.error.sentence.text().startswith("请先告知来访者信息怎样使用")
    assert desk.at() is desk.notice.told
    assert desk.details.name.text() == "孙丽华"
    assert desk.register().inside == ()


def test_the_notice_is_the_one_in_force_in_the_language_of_the_screen(desk: Desk) -> None:
    assert desk.notice.words.text().startswith("来访信息由云川银行湖滨路支行收集")
    assert "保存 90 天" in desk.notice.words.text()
    language().choose("en")
    desk.qtbot.waitUntil(lambda: "deleted after 90 days" in desk.notice.words.text())


def test_the_notice_is_shown_large_and_in_the_visitors_language(desk: Desk) -> None:
    desk.press(desk.notice.read_button)
    dialog = desk.window.findChild(NoticeDialog)
    assert dialog is not None
    assert dialog.words.text() == desk.notice.words.text()
    assert dialog.words.font().pixelSize() == 26
    desk.press(dialog.speech.segment("en"))
    assert "deleted after 90 days" in dialog.words.text()
    desk.press(dialog.tell)
    assert desk.notice.told.isChecked()


def test_another_notice_has_to_be_told_anew(desk: Desk) -> None:
    desk.fill()
    desk.by(SUPERVISOR, ChangeNotice("register", "新的告知，保存 {days} 天", "New, {days} days"))
    desk.qtbot.waitUntil(lambda: "新的告知" in desk.notice.words.text(), timeout=5000)
    assert not desk.notice.told.isChecked()
    assert desk.details.name.text() == "孙丽华"


# -- what is refused ----------------------------------------------------------------------------


def test_what_is_missing_is_said_at_its_field_and_all_at_once(desk: Desk) -> None:
    desk.notice.told.setChecked(True)
    desk.send()
    details = desk.details
    for field in (details.name, details.unit, details.host):
        assert field.error_text() == "请填写这一项"
    assert details.area.error.sentence.text() == "请填写这一项"
    assert details.phone.error_text() == ""
    assert desk.at() is details.name.edit


def test_an_error_stands_at_its_field_and_everything_typed_stays(desk: Desk) -> None:
    desk.fill(matter="长" * 201)
    desk.send()
    desk.until_error("matter")
    assert desk.details.matter.error_text() == "最多 200 个字，现在有 201 个"
    assert desk.details.name.text() == "孙丽华"
    assert desk.notice.told.isChecked()
    assert desk.form.submit_button.isEnabled()


def test_the_same_person_does_not_come_in_twice(desk: Desk) -> None:
    desk.fill(number=GROWN_UP)
    desk.send()
    desk.until_noted()
    desk.fill(number=GROWN_UP)
    desk.send()
    desk.until_error("number")
    assert desk.details.number.error_text() == "此人已经登记在场，请先签离"


def test_during_a_roll_call_nobody_is_let_in(desk: Desk) -> None:
    desk.by(GUARD, StartRollCall("test"))
    desk.fill()
    desk.send()
    desk.qtbot.waitUntil(desk.form.error.isVisible, timeout=5000)
    assert desk.form.error.sentence.text() == "正在现场点名，点名结束后再办"
    assert desk.details.name.text() == "孙丽华"


def test_without_the_store_everything_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.fill(phone="13912342046")

    def away(owner: object, command: object, then: object, failed: Callable[..., None]) -> None:
        failed(StoreUnavailable("store_unreachable"))

    monkeypatch.setattr(desk.station, "run", away)
    desk.send()
    assert desk.details.name.text() == "孙丽华"
    assert desk.details.phone.text() == "13912342046"
    assert desk.notice.told.isChecked()
    assert desk.form.submit_button.isEnabled()
    desk.station.offline.emit("暂时连不上数据库", 1)
    assert not desk.form.submit_button.isEnabled()
    desk.station.online.emit()
    assert desk.form.submit_button.isEnabled()
    assert desk.details.name.text() == "孙丽华"


def test_who_is_on_the_list_waits_and_reads_no_reason(desk: Desk) -> None:
    entry = desk.by(GUARD, ProposeBlock("孙丽华", "theft", "", date(2027, 1, 31)))
    desk.by(SUPERVISOR, ApproveBlock(entry))
    desk.fill()
    desk.send()
    desk.until_noted()
    assert desk.form.outcome.sentence.text() == "已登记，需主管确认后发牌"
    assert not desk.form.outcome.print_button.isVisible()
    shown = [label for label in desk.window.findChildren(QPushButton) if label.isVisible()]
    assert not any("盗窃" in button.text() for button in shown)
    (held,) = desk.register().held
    assert held.badge == ""
    assert desk.details.name.text() == ""


# -- nothing stays ------------------------------------------------------------------------------


def test_after_a_sign_in_nothing_typed_is_left_not_even_to_be_undone(desk: Desk) -> None:
    desk.fill(phone="13912342046", number=GROWN_UP, goods="笔记本电脑", plate="浙A12345")
    desk.send()
    desk.until_noted()
    for edit in desk.form.findChildren(QLineEdit):
        assert edit.text() == "", edit.accessibleName()
        assert not edit.isUndoAvailable()
        assert not edit.isRedoAvailable()
        assert edit.completer() is None
        edit.setFocus()
        QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert edit.text() == "", edit.accessibleName()
    assert not desk.notice.told.isChecked()
    assert desk.notice.signature.signature() == ""
    assert desk.details.host.staff() is None


def test_the_journal_names_nobody(desk: Desk) -> None:
    desk.fill(phone="13912342046", number=GROWN_UP)
    desk.send()
    desk.until_noted()
    for entry in entries(desk.other.store):
        told = str(entry.data)
        assert "孙丽华" not in told
        assert "13912342046" not in told
        assert GROWN_UP not in told


def test_clearing_begins_anew(desk: Desk) -> None:
    desk.fill()
    desk.press(desk.form.clear_button)
    assert desk.details.name.text() == ""
    assert not desk.notice.told.isChecked()
