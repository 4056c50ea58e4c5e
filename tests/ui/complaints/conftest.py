"""Fixtures for the complaint desk's window: the branch's desk, the window before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from tests.complaints.desk import OFFICER, Desk
from ui.complaints.window import ComplaintsWindow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion

Open = Callable[..., ComplaintsWindow]


@pytest.fixture
def desk(other: Branch, clock: SetClock) -> Desk:
    """The branch's complaint desk, as another station works it."""
    return Desk(other, clock)


@pytest.fixture
def open_desk(qtbot: QtBot, station_for: Callable[[str, str], Station]) -> Open:
    """``open_desk()``: the window of the complaint officer, or of somebody else, painted."""
    reduce_motion(True)

    def make(staff_no: str = OFFICER, width: int = 1440, height: int = 900) -> ComplaintsWindow:
        window = ComplaintsWindow(station_for("complaints", staff_no))
        qtbot.addWidget(window)
        window.resize(width, height)
        window.show()
        qtbot.waitExposed(window)
        qtbot.waitUntil(lambda: window.shown is not None)
        if window.shown is not None and window.shown.running:
            qtbot.waitUntil(lambda: window.view.record() is not None)
        return window

    return make
