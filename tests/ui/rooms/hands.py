"""Hands at the rooms' windows: clicks, keys, words, and the dialog that came of it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

D = TypeVar("D", bound=QDialog)


def click(widget: QWidget) -> None:
    """A click in its middle."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def press(widget: QWidget) -> None:
    """Press by key, as right after a click: a hand's tremor is no second click."""
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Space)


def type_in(widget: QWidget, text: str) -> None:
    """Type as an input method does."""
    widget.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def dialog_of(qtbot: QtBot, window: QWidget, kind: type[D]) -> D:
    """The open dialog of a kind."""

    def found() -> D | None:
        return next((one for one in window.findChildren(kind) if one.isVisible()), None)

    qtbot.waitUntil(lambda: found() is not None)
    shown = found()
    assert shown is not None
    return shown
