"""Fixtures for the pages before a station: the sign-in page on a sample branch, PINs, typing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.founding import Plan
from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings
from branch.lobby.queries.screens import branch_name
from ui.shell.worker import Worker
from ui.signin.window import SignInWindow
from ui.widgets.pin_field import PinField

Page = Callable[[], SignInWindow]
WRONG = "835172"


@pytest.fixture
def pins(sample: Plan) -> dict[str, str]:
    """The PINs of the sample branch by staff number; none of them is the wrong one of the tests."""
    found = {member.staff_no: member.pin for member in sample.staff}
    assert WRONG not in found.values()
    return found


@pytest.fixture
def page(qtbot: QtBot, worker: Worker, settings: Settings, clock: SetClock, other: Branch) -> Page:
    """Opens the sign-in page and waits until the places are there."""

    def open_page() -> SignInWindow:
        window = SignInWindow(worker, settings, clock, branch_name(other.store))
        qtbot.addWidget(window)
        show(qtbot, window)
        qtbot.waitUntil(lambda: window.grid.choice() != "" or "counter-1" in tiles(window))
        return window

    return open_page


def tiles(window: SignInWindow) -> list[str]:
    """The keys of the places shown."""
    return list(window.grid._tiles)


def show(qtbot: QtBot, window: QWidget) -> None:
    """Show a window and make it the active one."""
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def press(widget: QWidget) -> None:
    """A click in the middle of a control."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def type_pin(field: PinField, pin: str) -> None:
    """Type digits into the cells."""
    hidden = field.focusProxy()
    assert hidden is not None
    QTest.keyClicks(hidden, pin)


def sign_in(window: SignInWindow, number: str, pin: str) -> None:
    """Type number and PIN and press Enter."""
    window.form.number.set_text("")
    window.form.pin.clear()
    QTest.keyClicks(window.form.number.edit, number)
    type_pin(window.form.pin, pin)
    QTest.keyClick(window.form.pin.focusProxy(), Qt.Key.Key_Return)
