"""Fixtures for the lobby console: the window on a sample branch, and hands to press with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.catalogue.queries import services
from branch.kernel.clock import SetClock, to_ms
from branch.kernel.journal import Entry, entries
from branch.kernel.settings import Settings, keep_machine_choice
from branch.lobby.commands.arrivals import Issue, Issued
from branch.lobby.commands.calling import CallNext
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.queries.waiting import QueuedTicket, set_aside, waiting
from ui.lobby.queue_board import TicketList
from ui.lobby.window import LobbyWindow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion
from ui.widgets.dialog import PanelDialog

Run = Callable[[str, str, object], Any]
StationFor = Callable[[str, str], Station]
D = TypeVar("D", bound=PanelDialog)
LEFT = Qt.MouseButton.LeftButton
MANAGER = "100301"


def at(hour: int, minute: int) -> int:
    """An instant of the day of the tests, in milliseconds."""
    return to_ms(datetime(2026, 11, 20, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai")))


class Lobby:
    """The branch beside the console, and what a hand does on it."""

    def __init__(self, qtbot: QtBot, other: Branch, run: Run, clock: SetClock) -> None:
        self.qtbot, self.other, self.clock, self._run = qtbot, other, clock, run
        self._codes: dict[str, str] = {}
        for service in services(other.store):
            self._codes.setdefault(service.group, service.code)

    # -- the branch -----------------------------------------------------------------------------

    def open(self, *counters: int) -> None:
        for counter in counters:
            self.do(counter, OpenCounter(counter))

    def do(self, counter: int, command: object) -> Any:
        return self._run(str(100481 + counter), f"counter-{counter}", command)

    def kiosk(self, command: object) -> Any:
        return self._run("KIOSK", "kiosk-1", command)

    def manager(self, command: object) -> Any:
        return self._run(MANAGER, "lobby-2", command)

    def administrator(self, command: object) -> Any:
        return self._run("100001", "admin", command)

    def issue(
        self, group: str, *classes: str, care: tuple[str, ...] = (), slot: int | None = None
    ) -> Issued:
        self.clock.advance(1)
        issued = self.kiosk(
            Issue(self._codes[group], frozenset(classes), frozenset(care), slot=slot)
        )
        assert isinstance(issued, Issued)
        return issued

    def call(self, counter: int) -> str:
        called = self.do(counter, CallNext(counter))
        assert called is not None
        return str(called.number)

    def waiting(self) -> list[QueuedTicket]:
        return list(waiting(self.other.store))

    def aside(self, state: str) -> list[QueuedTicket]:
        return list(set_aside(self.other.store, state))

    def facts(self, what: str) -> list[Entry]:
        return [entry for entry in entries(self.other.store) if entry.what == what]

    # -- the hand -------------------------------------------------------------------------------

    def press(self, button: QAbstractButton) -> None:
        assert button.isVisible(), button.text() or button.accessibleName()
        assert button.isEnabled(), button.text() or button.accessibleName()
        self.qtbot.mouseClick(button, LEFT)

    def press_by_key(self, button: QAbstractButton) -> None:
        """A key has no tremor, so it may follow a press at once."""
        assert button.isEnabled(), button.text() or button.accessibleName()
        self.qtbot.keyClick(button, Qt.Key.Key_Space)

    def open_row(self, tickets: TicketList, number: str) -> None:
        row = [r.line.number for r in tickets.model().rows()].index(number)
        place = tickets.visualRect(tickets.model().index(row)).center()
        self.qtbot.mouseClick(tickets.viewport(), LEFT, pos=QPoint(place.x(), place.y()))

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=5000)

    def dialog(self, window: QWidget, kind: type[D]) -> D:
        self.until(lambda: any(d.isVisible() for d in window.findChildren(kind)))
        return next(d for d in window.findChildren(kind) if d.isVisible())

    def toasts(self, window: LobbyWindow) -> list[str]:
        return [toast.sentence.text() for toast in window.toaster.toasts()]

    def until_told(self, window: LobbyWindow, text: str) -> None:
        self.until(lambda: text in self.toasts(window))


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Nothing moves."""
    reduce_motion(True)
    yield
    reduce_motion(False)


@pytest.fixture
def paper(settings: Settings, tmp_path: Path) -> Path:
    """The folder that is this machine's printer."""
    folder = tmp_path / "paper"
    keep_machine_choice(settings, "printer", f"folder:{folder}")
    return folder


@pytest.fixture
def lobby(qtbot: QtBot, other: Branch, run: Run, clock: SetClock) -> Lobby:
    """The branch beside the console."""
    return Lobby(qtbot, other, run, clock)


@pytest.fixture
def show_console(qtbot: QtBot, station_for: StationFor, paper: Path) -> Callable[..., LobbyWindow]:
    """Open the console for a member of staff and wait for its first picture."""

    def show(staff_no: str = MANAGER, size: tuple[int, int] = (1440, 900)) -> LobbyWindow:
        window = LobbyWindow(station_for("lobby", staff_no))
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: bool(window.form.group_codes()), timeout=5000)
        qtbot.waitUntil(window.form.group("cash").isVisible, timeout=5000)
        return window

    return show


@pytest.fixture
def console(show_console: Callable[..., LobbyWindow]) -> LobbyWindow:
    """The lobby manager's console."""
    return show_console()
