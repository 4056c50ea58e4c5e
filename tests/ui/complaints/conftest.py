"""Fixtures for the complaint desk's window: the branch's desk, the window before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from tests.complaints.desk import LOBBY_MANAGER, OFFICER, Desk
from tests.ui.complaints.intake import Intake
from ui.complaints.window import ComplaintsWindow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion
from ui.widgets.intake import draft

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


@pytest.fixture
def open_intake(
    qtbot: QtBot, station_for: Callable[[str, str], Station], other: Branch
) -> Iterator[Callable[..., Intake]]:
    """``open_intake(ticket=7)``: the registration over the lobby manager's window.

    Nothing moves, and nobody has left anything half done.
    """
    reduce_motion(True)

    def make(**how: Any) -> Intake:
        return Intake(qtbot, station_for("lobby", LOBBY_MANAGER), other, **how)

    yield make
    reduce_motion(False)
    draft._KEPT.clear()


@pytest.fixture
def intake(open_intake: Callable[..., Intake]) -> Intake:
    """The registration, blank."""
    return open_intake()
