"""Fixtures for the settings: the window on a sample branch, and hands to press and type with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ui.admin.window import AdminWindow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion
from ui.widgets.button import Button
from ui.widgets.field import FieldEdit
from ui.widgets.toast import Toast

OpenAdmin = Callable[..., AdminWindow]
ADMINISTRATOR, MANAGER, SUPERVISOR, LOBBY_MANAGER = "100001", "100101", "100201", "100301"
AUDITOR, SUPERIOR = "100402", "100102"


@pytest.fixture
def admin(qtbot: QtBot, station_for: Callable[[str, str], Station]) -> OpenAdmin:
    """``admin("services")``: the window at a page, for the administrator or another account."""

    def open_admin(page: str, account: str = ADMINISTRATOR) -> AdminWindow:
        reduce_motion(True)
        window = AdminWindow(station_for("admin", account))
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        press(window.choice.segment(page))
        qtbot.waitUntil(window.stack.isVisible)
        QApplication.processEvents()  # what was just shown has no size yet
        return window

    return open_admin


def press(widget: QWidget) -> None:
    """A click in the middle of a control, scrolled to where it can be pressed."""
    QApplication.processEvents()  # what was just shown has no place yet
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
    if isinstance(widget, Button):
        widget.repeat_guard = False  # a test presses faster than a hand
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(
        widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.width() // 2, widget.height() // 2)
    )


def write(field: FieldEdit, text: str) -> None:
    """Put another text in the place of what stands in a field, as typing or pasting does."""
    field.edit.setFocus()
    field.edit.selectAll()
    if text.isascii() and 0 < len(text) <= 200:
        QTest.keyClicks(field.edit, text)
    elif text:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field.edit, event)
    else:
        QTest.keyClick(field.edit, Qt.Key.Key_Delete)


def toasts(window: QWidget) -> list[str]:
    """What the bars at the bottom say."""
    return [toast.sentence.text() for toast in window.findChildren(Toast) if toast.isVisible()]
