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

TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return


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


def test_by_keys_alone_in_less_than_half_a_minute(desk: Desk) -> None:
    """Somebody nobody expects, by keyboard only, every key counted from F2 to the printed badge.

    Names are counted as an input method takes them: all letters of the pinyin, and a key to pick
    each character of a name and each word of a unit. By the keystroke-level model (Card, Moran,
    Newell 1980: an average typist 0.28 s a key, 1.35 s for every mental pause) 42 keys and six
    pauses (notice, name, document, unit, host, saving) are 19.9 s; at half a second a key, which
    is slow, 29.1 s. A purpose other than 办事 is Ctrl and a digit more.
    """
    desk.sign_in_by_mouse("周建军", "business", "reception_room")
    strokes = 1  # F2, the window's

    def key(key: Qt.Key) -> None:
        nonlocal strokes
        desk.key(key)
        strokes += 1

    def write(text: str, keys: int = 0) -> None:
        nonlocal strokes
        desk.type(text)
        strokes += keys or len(text)

    desk.form.focus_first()
    assert desk.at() is desk.notice.told
    key(Qt.Key.Key_Space)
    key(ENTER)
    assert desk.at() is desk.details.name.edit
    write("孙丽华", len("sun li hua".replace(" ", "")) + 3)
    key(ENTER)
    assert desk.at() is desk.details.number.edit
    assert desk.at().property("placeholderText") == "可只填后四位"
    write("3327")
    key(ENTER)
    assert desk.at() is desk.details.checked
    key(Qt.Key.Key_Space)
    key(ENTER)
    assert desk.at() is desk.details.unit.edit
    write("星海物业", len("xing hai wu ye".replace(" ", "")) + 2)
    key(ENTER)
    assert desk.at() is desk.details.host.edit
    write("301")
    key(ENTER)
    assert desk.details.host.text() == "李静 大堂经理"
    assert desk.details.area.combo.currentText() == "接待室"
    assert desk.details.area.label.text() == "可到区域，按上次"
    assert desk.at() is desk.form.submit_button
    key(ENTER)
    desk.until_noted()
    assert desk.form.outcome.sentence.text() == "V-02 已发给 孙*华，请带到接待室"
    assert desk.at() is desk.form.outcome.print_button
    with desk.qtbot.waitSignal(desk.form.outcome.print_wanted):
        key(ENTER)
    noted = desk.register().inside[-1]
    assert (noted.shown_name, noted.unit, noted.host_name) == ("孙*华", "星海物业", "李静")
    assert (noted.purpose, noted.area, noted.checked_by) == ("business", "reception_room", "马强")
    assert (noted.document, noted.tail) == ("resident_id", "3327")
    assert strokes == 42


def test_somebody_expected_takes_ten_keys(desk: Desk) -> None:
    """What was announced is passed by."""
    line = desk.expect("周大军")
    desk.form.fill_from(line)
    for key in (Qt.Key.Key_Space, ENTER):
        desk.key(key)
    desk.type("4471")
    for key in (ENTER, Qt.Key.Key_Space, ENTER, ENTER):
        desk.key(key)
    desk.until_noted()
    assert desk.form.outcome.sentence.text() == "V-01 已发给 周*军，请带到自助区"
    assert (desk.only().id, desk.only().tail) == (line.id, "4471")


def test_a_purpose_by_key(desk: Desk) -> None:
    desk.details.name.edit.setFocus()
    desk.key(Qt.Key.Key_2, with_ctrl=True)
    assert desk.details.purpose.segments.current() == "maintenance"
    assert desk.details.purpose.segments.segment("maintenance").text() == "维保"
    assert desk.at() is desk.details.name.edit


def test_enter_at_the_notice_waits_until_it_was_told(desk: Desk) -> None:
    desk.form.focus_first()
    desk.key(ENTER)
    assert desk.at() is desk.notice.told
    assert desk.notice.error.sentence.text().startswith("请先告知来访者信息怎样使用")


def test_tab_goes_through_everything_in_reading_order(desk: Desk) -> None:
    desk.form.focus_first()
    reached = [desk.at()]
    while reached[-1] is not desk.form.submit_button:
        desk.key(TAB)
        assert desk.at() not in reached
        reached.append(desk.at())
    details = desk.details
    places = [
        reached.index(field)
        for field in (details.name.edit, details.phone.edit, details.unit.edit, details.matter.edit)
    ]
    assert places == sorted(places)


# -- the usual area -----------------------------------------------------------------------------


def test_an_area_chosen_by_hand_stays(desk: Desk) -> None:
    desk.sign_in_by_mouse("周建军", "maintenance", "machine_area")
    desk.fill()  # 办事, 接待室
    desk.details.area.combo.setFocus()
    desk.key(Qt.Key.Key_Down)
    assert desk.details.area.combo.currentText() == "办公区"
    desk.press(desk.details.purpose.segments.segment("maintenance"))
    assert desk.details.area.combo.currentText() == "办公区"
    assert desk.details.area.label.text() == "可到区域"


def test_nobody_is_proposed_for_an_inner_room_of_another_host(desk: Desk) -> None:
    desk.sign_in_by_mouse("周建军", "maintenance", "machine_room")
    desk.press(desk.details.purpose.segments.segment("maintenance"))
    assert desk.details.area.combo.code() == ""
    desk.details.host.edit.setFocus()
    desk.type("100301")
    desk.key(ENTER)
    # This host's last visitor for this purpose was in there.
    assert desk.details.area.combo.code() == "machine_room"


# -- what is sent -------------------------------------------------------------------------------


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


def test_four_characters_are_no_sign_of_the_same_person(desk: Desk) -> None:
    for name in ("孙丽华", "周建军"):
        desk.fill(name, number="3327")
        assert desk.details.number.edit.text() == "**** 3327"
        assert not desk.details.number.doubt.isVisible()
        desk.send()
        desk.until_noted()
    assert [line.tail for line in desk.register().inside] == ["3327", "3327"]
    assert desk.column("document_mark") == ["", ""]


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
