"""Esc in a question: at once while nothing is typed, else it asks before the words go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from ui.shell.language import language
from ui.widgets.dialog import ConfirmDialog

D = TypeVar("D", bound=QDialog)
Place = QLineEdit | QPlainTextEdit


def _typed(place: Place) -> str:
    return place.text() if isinstance(place, QLineEdit) else place.toPlainText()


def escape_asks_first(
    qtbot: QtBot,
    again: Callable[[], object],
    kind: type[QDialog],
    place_of: Callable[[Any], Place],
    words: str,
) -> None:
    """Open the question twice by ``again``; type ``words`` the second time, and leave by Esc."""

    def open_now(wanted: type[D]) -> D:
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), wanted))
        found = QApplication.activeModalWidget()
        assert isinstance(found, wanted)
        return found

    def asked(dialog: QDialog) -> ConfirmDialog:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return open_now(ConfirmDialog)

    again()
    QTest.keyClick(open_now(kind), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)

    again()
    dialog = open_now(kind)
    place = place_of(dialog)
    place.setFocus()
    QTest.keyClicks(place, words)
    before = _typed(place)
    assert before.endswith(words)
    question = asked(dialog)
    assert question.windowTitle() == "不保存就离开吗"
    # Enter by habit goes on writing.
    QTest.keyClick(question, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    assert _typed(place) == before
    language().choose("en")
    question = asked(dialog)
    assert question.confirm_button.text() == "Do not save"
    QTest.mouseClick(question.confirm_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert not dialog.isVisible()
