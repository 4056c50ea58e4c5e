"""Fields and the PIN: what may be typed, when an error shows and what it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAccessible, QColor, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.widgets.conftest import Show, accessible, picture, spoken
from ui.shell.theme import LIGHT
from ui.widgets.field import FieldEdit
from ui.widgets.long_field import LongField
from ui.widgets.pin_field import PinField
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import VBox

WRONG = "手机号应为 11 位，请再核对"


def phone(text: str) -> str:
    return "" if len(text) == 11 else WRONG


@pytest.fixture
def form(show: Show) -> Iterator[tuple[FieldEdit, FieldEdit]]:
    """Two fields one under the other."""
    window = QWidget()
    column = QVBoxLayout(window)
    first, second = FieldEdit("手机号", phone), FieldEdit("姓名")
    column.addWidget(first)
    column.addWidget(second)
    window.resize(320, 240)
    show(window)
    yield first, second
    window.close()


def test_a_field_is_called_by_its_label(form: tuple[FieldEdit, FieldEdit]) -> None:
    assert spoken(form[0].edit) == ("手机号", QAccessible.Role.EditableText)
    form[0].set_label("Mobile")
    assert spoken(form[0].edit)[0] == "Mobile"


def test_an_error_shows_on_leaving_not_while_typing(form: tuple[FieldEdit, FieldEdit]) -> None:
    first, second = form
    first.setFocus()
    QTest.keyClicks(first.edit, "1381234")
    assert first.error_text() == ""
    assert not first.error.isVisible()
    second.setFocus()
    assert first.error_text() == WRONG
    assert first.error.isVisible()
    assert accessible(first.edit).text(QAccessible.Text.Description) == WRONG
    edge = picture(first.edit).pixelColor(1, first.edit.height() // 2)
    assert edge == QColor(LIGHT.danger)
    first.setFocus()
    QTest.keyClicks(first.edit, "5")
    assert first.error_text() == ""
    assert not first.error.isVisible()


def test_an_untouched_field_may_be_left_but_not_sent(form: tuple[FieldEdit, FieldEdit]) -> None:
    first, second = form
    first.setFocus()
    second.setFocus()
    assert first.error_text() == ""
    assert not first.check()
    assert first.error_text() == WRONG
    first.set_text("13812345172")
    assert first.check()


def test_the_edge_of_a_field_is_its_focus(form: tuple[FieldEdit, FieldEdit]) -> None:
    first, second = form
    second.setFocus()
    middle = first.edit.height() // 2
    assert picture(first.edit).pixelColor(0, middle) == QColor(LIGHT.control)
    first.setFocus()
    assert picture(first.edit).pixelColor(1, middle) == QColor(LIGHT.focus)


def test_ten_thousand_characters_do_no_harm(form: tuple[FieldEdit, FieldEdit]) -> None:
    first, _ = form
    first.set_text("长" * 10_000)
    first.set_error("最多 200 字，请删减")
    assert first.width() <= 320
    assert len(first.text()) == 10_000


def hidden(pin: PinField) -> QLineEdit:
    found = pin.findChild(QLineEdit)
    assert found is not None
    return found


@pytest.fixture
def pin(show: Show) -> PinField:
    field = PinField("六位密码")
    field.resize(343, 56)
    show(field)
    field.setFocus()
    return field


def test_only_digits_reach_the_pin(pin: PinField) -> None:
    QTest.keyClicks(hidden(pin), "1a2 -b3")
    assert pin.pin() == "123"


def test_a_full_pin_is_told_once(pin: PinField, qtbot: QtBot) -> None:
    told: list[str] = []
    pin.completed.connect(told.append)
    QTest.keyClicks(hidden(pin), "12345678")
    assert told == ["123456"]
    assert pin.pin() == "123456"
    pin.clear()
    assert pin.pin() == ""


def test_the_pin_takes_nothing_from_the_clipboard_and_gives_nothing(pin: PinField) -> None:
    board = QApplication.clipboard()
    board.setText("654321")
    QTest.keyClick(hidden(pin), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pin.pin() == ""
    QTest.mouseClick(hidden(pin), Qt.MouseButton.MiddleButton)
    assert pin.pin() == ""
    QTest.keyClicks(hidden(pin), "12")
    QTest.keyClick(hidden(pin), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(hidden(pin), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = board.mimeData()
    assert isinstance(mime, QMimeData)
    assert mime.text() == "654321"


def test_the_pin_takes_no_input_method(pin: PinField) -> None:
    edit = hidden(pin)
    assert not edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    event = QInputMethodEvent()
    event.setCommitString("三")
    QApplication.sendEvent(edit, event)
    assert pin.pin() == ""


def test_a_screen_reader_hears_the_label_and_never_the_pin(pin: PinField) -> None:
    QTest.keyClicks(hidden(pin), "1234")
    interface = accessible(hidden(pin))
    assert interface.text(QAccessible.Text.Name) == "六位密码"
    assert "1234" not in interface.text(QAccessible.Text.Value)
    assert interface.state().passwordEdit


def test_a_number_pad_fills_the_pin(pin: PinField) -> None:
    for digit in ("1", "2", "x", "３"):
        pin.append(digit)
    assert pin.pin() == "12"
    pin.backspace()
    assert pin.pin() == "1"


def test_the_cell_at_work_has_the_focus_edge_and_a_wrong_pin_the_danger_edge(
    pin: PinField,
) -> None:
    QTest.keyClicks(hidden(pin), "1234")
    step = (pin.width() - 50) / 6 + 10
    fifth = round(4 * step) + 1
    middle = pin.height() // 2
    assert picture(pin).pixelColor(fifth, middle) == QColor(LIGHT.focus)
    assert picture(pin).pixelColor(1, middle) != QColor(LIGHT.focus)
    pin.set_error(True)
    assert picture(pin).pixelColor(fifth, middle) == QColor(LIGHT.danger)
    pin.clear()
    assert picture(pin).pixelColor(fifth, middle) != QColor(LIGHT.danger)


def test_a_field_of_three_lines_keeps_them_where_the_form_scrolls(show: Show) -> None:
    form = QWidget()
    fields = [LongField("发生了什么", 3), LongField("要求什么", 3)]
    column = VBox(parent=form)
    for field in fields:
        column.addWidget(field)
    area = ScrollArea(form)
    area.resize(320, 120)
    show(area)
    assert {field.edit.height() for field in fields} == {85}
    area.close()
