"""Fixtures for single controls: a clean light theme, no motion, a way to show and to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface, QCursor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.light import put_on_light
from ui.shell.fonts import load_fonts
from ui.shell.theme import reduce_motion

Show = Callable[[QWidget], QWidget]


@pytest.fixture(autouse=True)
def still(qapp: QApplication) -> Iterator[None]:
    """Fonts and the light theme, and nothing that moves."""
    load_fonts()
    put_on_light(qapp)
    reduce_motion(True)
    # A pointer that happens to stand on a widget would light it up.
    QCursor.setPos(qapp.primaryScreen().geometry().bottomRight())
    yield
    reduce_motion(False)
    put_on_light(qapp)


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Show a widget as the active window and wait until it is drawn."""

    def shown(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        QApplication.processEvents()
        return widget

    return shown


def accessible(widget: QWidget) -> QAccessibleInterface:
    """What a screen reader is told about a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface


def spoken(widget: QWidget) -> tuple[str, QAccessible.Role]:
    """Name and role as a screen reader gets them."""
    interface = accessible(widget)
    return interface.text(QAccessible.Text.Name), interface.role()


def picture(widget: QWidget) -> QImage:
    """What the widget looks like now."""
    QApplication.processEvents()
    return widget.grab().toImage()
