"""Fixtures for the drills' screens: drills as another station runs them, the window before them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from tests.drills.desk import LOBBY_MANAGER, Desk
from tests.ui.drills.conducting import Run
from ui.drills.window import DrillsWindow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion

OpenDrills = Callable[..., DrillsWindow]


@pytest.fixture
def desk(other: Branch, clock: SetClock) -> Desk:
    """The branch's drills, as another station runs them."""
    return Desk(other, clock)


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Nothing moves."""
    reduce_motion(True)
    yield
    reduce_motion(False)


@pytest.fixture
def open_drills(qtbot: QtBot, station_for: Callable[[str, str], Station]) -> OpenDrills:
    """``open_drills(run)``: the lobby manager's window, painted; at a run when one is given."""

    def make(run: int | None = None, staff_no: str = LOBBY_MANAGER) -> DrillsWindow:
        window = DrillsWindow(station_for("drills", staff_no))
        qtbot.addWidget(window)
        window.resize(1440, 900)
        window.show()
        qtbot.waitExposed(window)
        qtbot.waitUntil(lambda: window.home.shown is not None)
        if run is not None:
            window.open_run(run)
            shown = window.desk
            assert shown is not None
            qtbot.waitUntil(lambda: shown.detail is not None)
        return window

    return make


@pytest.fixture
def conducted(qtbot: QtBot, station_for: Callable[[str, str], Station], desk: Desk) -> Run:
    """A fire drill that has just begun."""
    run = desk.started("FIRE-01", place="湖滨公园东门")
    return Run(qtbot, station_for("drills", LOBBY_MANAGER), desk, run)
