"""Fixtures for the manager's window: a branch with a day or two behind it, the window before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings, keep_machine_choice
from branch.lobby.commands.arrivals import Issue, Leave
from branch.lobby.commands.calling import CallNext, Finish
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.commands.day import CloseDay
from branch.lobby.commands.floor import Rate
from branch.lobby.commands.promises import KeepPromise
from branch.lobby.waits.projection import Spread
from tests.ui.dashboard.whatif_page import DAY
from ui.dashboard.whatif import WhatIfPage
from ui.dashboard.window import DashboardWindow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion

Run = Callable[[str, str, object], Any]
MANAGER = "100101"
RANGE = Spread(5.0, 8.0, 12.0)


class Days:
    """Days of the branch in a few words."""

    def __init__(self, run: Run, clock: SetClock) -> None:
        self.run, self.clock = run, clock

    def open(self) -> None:
        self.run("100482", "counter-1", OpenCounter(1))

    def issue(self, *classes: str) -> int:
        return int(self.run("KIOSK", "kiosk-1", Issue("P01", frozenset(classes))).id)

    def served(self, minutes: float, *classes: str, score: int = 0, promised: bool = True) -> None:
        """One customer who waits so long, was promised 5 to 12 minutes, is served at once."""
        ticket = self.issue(*classes)
        if promised:
            self.run("KIOSK", "kiosk-1", KeepPromise(ticket, RANGE, RANGE, 0))
        self.clock.advance(minutes * 60)
        self.run("100482", "counter-1", CallNext(1))
        self.run("100482", "counter-1", Finish(1))
        if score:
            self.run("BOARD", "rating-1", Rate(ticket, score))

    def left(self, reason: str = "gave_up") -> None:
        self.run("100301", "lobby", Leave(self.issue(), reason))

    def close(self) -> None:
        self.run("100301", "lobby", CloseDay())

    def next_day(self, days: int = 1) -> None:
        """Nine in the morning, so many days later."""
        day_ms = 24 * 3600 * 1000
        now = self.clock.now_ms()
        nine = now - now % day_ms + 3600 * 1000  # 01:00 UTC is nine in Shanghai
        self.clock.set(nine + days * day_ms)


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Nothing moves."""
    reduce_motion(True)
    yield
    reduce_motion(False)


@pytest.fixture
def days(run: Run, clock: SetClock) -> Days:
    """The branch beside the window."""
    return Days(run, clock)


@pytest.fixture
def paper(settings: Settings, tmp_path: Path) -> Path:
    """The folder that is this machine's printer."""
    folder = tmp_path / "paper"
    keep_machine_choice(settings, "printer", f"folder:{folder}")
    return folder


@pytest.fixture
def show(
    qtbot: QtBot, station_for: Callable[[str, str], Station]
) -> Callable[..., DashboardWindow]:
    """Open the window for a member of staff and wait for its first answer."""

    def open_window(
        staff_no: str = MANAGER, size: tuple[int, int] = (1440, 900)
    ) -> DashboardWindow:
        window = DashboardWindow(station_for("dashboard", staff_no))
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: window.overview.shown is not None, timeout=5000)
        return window

    return open_window


@pytest.fixture
def day_file(tmp_path: Path) -> Path:
    """Six customers who nearly all wait."""
    file = tmp_path / "six.csv"
    file.write_text(DAY, encoding="utf-8")
    return file


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where child processes put what they play on."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def show_whatif(
    qtbot: QtBot, station_for: Callable[[str, str], Station]
) -> Callable[..., WhatIfPage]:
    """Open the page for the manager and wait until it can be asked."""

    def open_page(size: tuple[int, int] = (1300, 780)) -> WhatIfPage:
        page = WhatIfPage(station_for("dashboard", MANAGER))
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.form.day.days.count() > 0 and page._offer is not None)
        return page

    return open_page
