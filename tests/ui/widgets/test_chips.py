"""Tiles with numbers: chosen by digit, gone through by arrow, one stop of Tab, in their place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.chips import Chips
from ui.widgets.stage import VBox

KEY = Qt.Key
FIVE = [(code, code.upper()) for code in "abcde"]


class Form(QWidget):
    """A field, tiles in two rows, a field."""

    def __init__(self, numbered: bool) -> None:
        super().__init__()
        self.before, self.after = QLineEdit(), QLineEdit()
        self.chips = Chips(3, numbered=numbered)
        column = VBox(parent=self)
        for part in (self.before, self.chips, self.after):
            column.addWidget(part)
        self.chips.offer(FIVE)


@pytest.fixture
def form(qtbot: QtBot, request: pytest.FixtureRequest) -> Form:
    made = Form(getattr(request, "param", True))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def at() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_a_digit_chooses_and_keeps(form: Form, qtbot: QtBot) -> None:
    form.chips.focus_first()
    told: list[str] = []
    form.chips.chosen.connect(lambda: told.append(form.chips.code()))
    for digit in "424":
        QTest.keyClicks(at(), digit)
    # Said twice it is no taking back; nine is none of five.
    QTest.keyClicks(at(), "49")
    assert told == ["d", "b", "d"]
    assert at() is form.chips.tile("d")
    assert form.chips.tile("d").accessibleName() == "D"
    assert form.chips.tile("d").accessibleDescription() == "4"


def test_arrows_go_from_tile_to_tile(form: Form) -> None:
    form.chips.focus_first()
    for key, code in (
        (KEY.Key_Down, "d"), (KEY.Key_Right, "e"), (KEY.Key_Right, "e"), (KEY.Key_Up, "b"),
        (KEY.Key_Left, "a"),
    ):  # fmt: skip
        QTest.keyClick(at(), key)
        assert at() is form.chips.tile(code)
    assert form.chips.code() == ""


def test_tab_passes_them_by_in_one_step(form: Form) -> None:
    form.before.setFocus()
    QTest.keyClick(at(), KEY.Key_Tab)
    assert at() is form.chips.tile("a")
    QTest.keyClick(at(), KEY.Key_Right)
    QTest.keyClick(at(), KEY.Key_Tab)
    assert at() is form.after
    # Back to where the keyboard was.
    QTest.keyClick(at(), KEY.Key_Backtab)
    assert at() is form.chips.tile("b")
    form.chips.choose(frozenset("e"))
    form.after.setFocus()
    QTest.keyClick(at(), KEY.Key_Backtab)
    assert at() is form.chips.tile("e")


@pytest.mark.parametrize("form", [True, False], indirect=True)
def test_offered_anew_they_stay_between_their_neighbours(form: Form) -> None:
    form.chips.offer(FIVE[::-1])
    QApplication.processEvents()
    form.chips.tile("a").setFocus()
    QTest.keyClick(at(), KEY.Key_Tab)
    assert at() is form.after


@pytest.mark.parametrize("form", [False], indirect=True)
def test_without_numbers_every_tile_is_a_stop_and_no_digit_chooses(form: Form) -> None:
    form.before.setFocus()
    QTest.keyClick(at(), KEY.Key_Tab)
    QTest.keyClicks(at(), "3")
    assert form.chips.code() == ""
    QTest.keyClick(at(), KEY.Key_Tab)
    assert at() is form.chips.tile("b")
