"""People at their windows as a journey needs them: everything is found by the words on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from ui.widgets.pressing import PressGuard


class Somebody:
    """A person before a window: presses, types and reads in what stands before all others."""

    def __init__(self, qtbot: QtBot, window: QWidget) -> None:
        self.qtbot, self.window = qtbot, window

    def until(self, true: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=10_000)

    def _wait_for(self, words: str, found: Callable[[], Any]) -> None:
        try:
            self.until(found)
        except TimeoutError:
            texts = [text for text in self.texts() if text]
            pytest.fail(f"{words} is not to be found on {self.place()}, which says {texts}")

    def sit_down(self) -> None:
        """Turn to this window."""

        def is_in_front() -> bool:
            self.window.raise_()
            self.window.activateWindow()
            return self.window.isActiveWindow()

        self.until(is_in_front)

    def place(self) -> QWidget:
        """The question before the window, or the window."""
        return QApplication.activeModalWidget() or self.window

    def is_asked(self) -> bool:
        return QApplication.activeModalWidget() is not None

    def press(self, words: str) -> None:
        """Press a button or tile by its words, once it can be pressed."""
        self._wait_for(words, lambda: self._button(words))
        button = self._button(words)
        assert button is not None
        _scroll_to(button)
        if isinstance(button, PressGuard):
            # A second press in one breath is taken for a tremor; nobody waits for it here.
            button.repeat_guard = False
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def write(self, name: str, text: str) -> None:
        """Write over what stands in the field of this name."""
        self._wait_for(name, lambda: self._field(name))
        field = self._field(name)
        assert field is not None
        self.until(self.place().isActiveWindow)
        field.setFocus()
        self.until(field.hasFocus)
        field.selectAll()
        self.qtbot.keyClick(field, Qt.Key.Key_Delete)
        if text.isascii():
            self.qtbot.keyClicks(field, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(field, event)

    def choose(self, name: str, words: str) -> None:
        """Choose in a drop-down by the beginning of a line."""

        def found() -> tuple[QComboBox, int] | None:
            for combo in self.place().findChildren(QComboBox):
                if combo.isVisible() and name in combo.accessibleName():
                    for at in range(combo.count()):
                        if combo.itemText(at).startswith(words):
                            return combo, at
            return None

        self.until(found)
        chosen = found()
        assert chosen is not None
        combo, at = chosen
        combo.setFocus()
        for _step in range(combo.count()):
            if combo.currentIndex() == at:
                return
            key = Qt.Key.Key_Down if combo.currentIndex() < at else Qt.Key.Key_Up
            self.qtbot.keyClick(combo, key)
        assert combo.currentIndex() == at

    def answered(self) -> None:
        """The question has gone, its answer was taken."""
        self.until(lambda: not self.is_asked())

    def reads(self, words: str) -> None:
        """These words stand before him."""
        self._wait_for(words, lambda: any(words in text for text in self.texts()))

    def texts(self) -> list[str]:
        """Everything that stands before him."""
        found = []
        for part in self.place().findChildren(QWidget):
            if part.isVisible() and isinstance(part, QLabel | QAbstractButton):
                found.append(part.text())
            if part.isVisible():
                found.append(part.accessibleName())
        return found

    def _button(self, words: str) -> QAbstractButton | None:
        for button in self.place().findChildren(QAbstractButton):
            if not (button.isVisible() and button.isEnabled()):
                continue
            if words in (button.text(), button.accessibleName()):
                return button
        return None

    def _field(self, name: str) -> QLineEdit | QPlainTextEdit | None:
        for kind in (QLineEdit, QPlainTextEdit):
            for field in self.place().findChildren(kind):
                if field.isVisible() and field.accessibleName().startswith(name):
                    return field
        return None


def _scroll_to(part: QWidget) -> None:
    parent = part.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(part)
        parent = parent.parentWidget()
