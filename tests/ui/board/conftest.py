"""Fixtures for the board: the window on a sample branch, and a branch that calls numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.catalogue.queries import services
from branch.kernel.clock import SetClock
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext
from branch.lobby.commands.counters import OpenCounter
from ui.board.window import BoardWindow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion

Run = Callable[[str, str, object], Any]


class Floor:
    """What happens in the branch, beside the board."""

    def __init__(self, other: Branch, run: Run, clock: SetClock) -> None:
        self._run, self._clock = run, clock
        self._codes = {service.group: service.code for service in services(other.store)}

    def open(self, *counters: int) -> None:
        for counter in counters:
            self._run(str(100481 + counter), f"counter-{counter}", OpenCounter(counter))

    def issue(self, group: str, count: int = 1) -> None:
        for _ in range(count):
            self._clock.advance(1)
            self._run("KIOSK", "kiosk-1", Issue(self._codes[group]))

    def call(self, counter: int) -> str:
        """Call the next at a counter; returns the number."""
        self._clock.advance(1)
        called = self._run(str(100481 + counter), f"counter-{counter}", CallNext(counter))
        assert called is not None
        return str(called.number)

    def do(self, counter: int, command: object) -> None:
        self._run(str(100481 + counter), f"counter-{counter}", command)


@pytest.fixture
def floor(other: Branch, run: Run, clock: SetClock) -> Floor:
    """The branch beside the board."""
    return Floor(other, run, clock)


@pytest.fixture
def still() -> Iterator[None]:
    """Nothing moves."""
    reduce_motion(True)
    yield
    reduce_motion(False)


@pytest.fixture
def board(qtbot: QtBot, station_for: Callable[[str, str], Station]) -> BoardWindow:
    """The board, shown, with its first answer."""
    window = BoardWindow(station_for("board-1", "BOARD"))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.picture().loaded)
    return window
