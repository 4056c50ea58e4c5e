"""Single fields of the sign-in form: what is masked when, doubts, the list of hosts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.people.commands import ChangeStaff
from tests.ui.visitors.form_desk import CHILD, GROWN_UP, GUARD, LEFT, Desk, Run
from tests.ui.widgets.conftest import accessible
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.masked_field import MaskedField

PHONE = "13912342046"
TAB = Qt.Key.Key_Tab


@pytest.fixture
def desk(qtbot: QtBot, station_for: Callable[[str, str], Station], other: Branch, run: Run) -> Desk:
    """The form at the guard's desk."""
    return Desk(qtbot, station_for("register", GUARD), other, run)


@pytest.fixture
def masked(qtbot: QtBot) -> Iterator[MaskedField]:
    """A masked field with another below it, to go to."""
    window = QWidget()
    column = QVBoxLayout(window)
    field = MaskedField(lambda text: "*" * len(text), lambda text: None)
    field.set_label("手机")
    column.addWidget(field)
    column.addWidget(QLineEdit())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    yield field
    window.close()


# -- masked fields ------------------------------------------------------------------------------


def test_what_is_being_typed_is_open_and_masks_when_left(masked: MaskedField) -> None:
    QTest.keyClicks(masked.edit, "123")
    assert masked.edit.text() == "123"
    assert not masked.eye.isVisible()
    QTest.keyClick(masked.edit, TAB)
    assert masked.edit.text() == "***"
    assert masked.text() == "123"
    assert accessible(masked.edit).text(QAccessible.Text.Value) == "***"
    masked.setFocus()
    assert masked.edit.text() == "123"


def test_the_eye_shows_while_it_is_pressed_and_no_longer(masked: MaskedField) -> None:
    QTest.keyClicks(masked.edit, "123")
    QTest.keyClick(masked.edit, TAB)
    QTest.mousePress(masked.eye, LEFT)
    assert masked.edit.text() == "123"
    assert not masked.edit.hasFocus()
    QTest.mouseRelease(masked.eye, LEFT)
    assert masked.edit.text() == "***"
    assert masked.text() == "123"


def test_the_eye_is_reached_and_pressed_by_key(masked: MaskedField) -> None:
    QTest.keyClicks(masked.edit, "123")
    QTest.keyClick(masked.edit, TAB)
    masked.eye.setFocus()
    QTest.keyPress(masked.eye, Qt.Key.Key_Space)
    assert masked.edit.text() == "123"
    QTest.keyRelease(masked.eye, Qt.Key.Key_Space)
    assert masked.edit.text() == "***"


def test_nothing_of_a_masked_field_can_be_undone(masked: MaskedField) -> None:
    QTest.keyClicks(masked.edit, "123")
    QTest.keyClick(masked.edit, TAB)
    masked.set_text("")
    masked.setFocus()
    QTest.keyClick(masked.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert masked.edit.text() == ""
    assert masked.text() == ""
    assert not masked.eye.isVisible()


def test_another_window_before_it_masks_it(qtbot: QtBot, masked: MaskedField) -> None:
    QTest.keyClicks(masked.edit, "123")
    before = QWidget()
    qtbot.addWidget(before)
    before.show()
    before.activateWindow()
    qtbot.waitUntil(before.isActiveWindow)
    assert masked.edit.text() == "***"
    masked.window().activateWindow()
    qtbot.waitUntil(lambda: masked.edit.text() == "123")


def test_telephone_and_document_are_masked_as_lists_show_them(desk: Desk) -> None:
    desk.details.phone.edit.setFocus()
    desk.type(PHONE)
    desk.key(TAB)
    assert desk.details.phone.edit.text() == "139****2046"
    desk.details.number.edit.setFocus()
    desk.type(GROWN_UP)
    desk.key(TAB)
    assert desk.details.number.edit.text() == "**** 3327"
    assert desk.details.number.text() == GROWN_UP


# -- doubts -------------------------------------------------------------------------------------


def test_a_doubt_is_amber_and_stops_nobody(desk: Desk) -> None:
    desk.fill()
    desk.details.phone.edit.setFocus()
    desk.type("0571-8888")
    desk.key(TAB)
    doubt = desk.details.phone.doubt
    assert doubt.sentence.text() == "不像手机号，请核对"
    assert desk.details.phone.error_text() == ""
    desk.details.number.edit.setFocus()
    desk.type("110101199003073326")
    desk.key(TAB)
    assert "校验位" in desk.details.number.doubt.sentence.text()
    desk.send()
    desk.until_noted()
    assert desk.only().badge == "V-01"


def test_a_doubt_goes_while_it_is_put_right(desk: Desk) -> None:
    desk.details.phone.edit.setFocus()
    desk.type("139")
    desk.key(TAB)
    assert desk.details.phone.doubt.isVisible()
    desk.details.phone.edit.setFocus()
    desk.type("4")
    assert not desk.details.phone.doubt.isVisible()


def test_only_a_resident_id_is_held_against_its_form(desk: Desk) -> None:
    desk.details.number.edit.setFocus()
    desk.type("E12345678")
    desk.key(TAB)
    assert desk.details.number.doubt.isVisible()
    desk.details.document.combo.choose("passport")
    assert not desk.details.number.doubt.isVisible()
    desk.details.number.set_text(CHILD)
    desk.details.number.edit.setFocus()
    desk.key(TAB)
    assert not desk.details.minor.isChecked()


# -- hosts --------------------------------------------------------------------------------------


def rows(desk: Desk) -> list[str]:
    model = desk.details.host.list.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_typing_narrows_the_list_by_name_and_by_number(desk: Desk) -> None:
    host = desk.details.host
    host.edit.setFocus()
    desk.type("1003")
    assert host.is_listing()
    assert rows(desk)[0] == "李静  100301  大堂经理"
    assert all("1003" in row for row in rows(desk))
    host.edit.selectAll()
    desk.type("李静")
    assert rows(desk) == ["李静  100301  大堂经理"]
    assert host.edit.accessibleDescription() == "李静  100301  大堂经理"


def test_arrows_move_and_enter_takes(desk: Desk) -> None:
    host = desk.details.host
    host.edit.setFocus()
    desk.type("1003")
    desk.key(Qt.Key.Key_Down)
    second = rows(desk)[1]
    desk.key(Qt.Key.Key_Return)
    assert not host.is_listing()
    assert host.text().split()[0] == second.split()[0]
    assert host.staff() is not None
    assert desk.register().inside == ()


def test_a_press_takes(desk: Desk) -> None:
    host = desk.details.host
    host.edit.setFocus()
    desk.type("1003")
    view = host.list.view
    place = view.visualRect(host.list.model.index(1, 0)).center()
    desk.qtbot.mouseClick(view.viewport(), LEFT, pos=place)
    assert host.text().split()[0] == rows(desk)[1].split()[0]
    assert desk.at() is host.edit


def test_down_shows_everybody_who_works_here(desk: Desk) -> None:
    host = desk.details.host
    host.edit.setFocus()
    desk.key(Qt.Key.Key_Down)
    assert len(rows(desk)) == len(host.colleagues())
    assert not any("KIOSK" in row or "BOARD" in row for row in rows(desk))
    desk.key(Qt.Key.Key_Escape)
    assert not host.is_listing()
    assert host.staff() is None


def test_a_name_of_nobody_is_said_when_it_is_left(desk: Desk) -> None:
    host = desk.details.host
    host.edit.setFocus()
    desk.type("zzz")
    desk.key(TAB)
    assert host.error_text() == "请选择在职的被访人"
    assert not host.is_listing()
    host.edit.setFocus()
    host.edit.selectAll()
    desk.type("100301")
    assert host.error_text() == ""


def test_typing_on_after_a_choice_takes_it_back(desk: Desk) -> None:
    host = desk.details.host
    host.edit.setFocus()
    desk.type("100301")
    desk.key(Qt.Key.Key_Return)
    assert host.staff() is not None
    assert not host.edit.hasFocus()
    host.edit.setFocus()
    desk.key(Qt.Key.Key_Backspace)
    assert host.staff() is None


def test_who_has_left_the_branch_is_offered_no_more(desk: Desk) -> None:
    member = next(host for host in desk.details.host.colleagues() if host.staff_no == "100303")
    desk.by("100001", ChangeStaff(member.id, member.name, frozenset({member.role}), active=False))
    desk.qtbot.waitUntil(lambda: member not in desk.details.host.colleagues(), timeout=5000)


# -- languages ----------------------------------------------------------------------------------


def test_the_form_speaks_english_at_once_and_keeps_what_was_typed(desk: Desk) -> None:
    desk.fill()
    language().choose("en")
    desk.qtbot.waitUntil(lambda: desk.form.title.text() == "Sign in a visitor")
    assert desk.form.submit_button.text() == "Sign in, hand out badge"
    assert desk.details.name.edit.accessibleName() == "Name"
    assert desk.details.host.text() == "李静 Lobby manager"
    assert desk.details.area.combo.code() == "reception_room"
    assert desk.details.name.text() == "孙丽华"
    wide = desk.details.purpose.segments
    desk.qtbot.waitUntil(lambda: wide.width() >= wide.minimumSizeHint().width())
    assert wide.width() <= 360
