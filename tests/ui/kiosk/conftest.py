"""Fixtures for the kiosk: the window on a sample branch, and a finger to press with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings, keep_machine_choice
from branch.lobby.commands.arrivals import Issue, Issued
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.queries.waiting import QueuedTicket, waiting
from ui.kiosk.home import HomePage
from ui.kiosk.page import KioskPage
from ui.kiosk.ticket import TicketPage
from ui.kiosk.window import KioskWindow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion

P = TypeVar("P", bound=KioskPage)
Run = Callable[[str, str, object], Any]
StationFor = Callable[[str, str], Station]


class Customer:
    """Somebody at the kiosk, and the branch round it."""

    def __init__(
        self, qtbot: QtBot, window: KioskWindow, other: Branch, run: Run, clock: SetClock
    ) -> None:
        self.qtbot, self.window, self.other, self.clock = qtbot, window, other, clock
        self._run = run

    # -- the kiosk ------------------------------------------------------------------------------

    def on(self, kind: type[P]) -> P:
        """The page that is on, once it is one of a kind."""
        self.qtbot.waitUntil(lambda: isinstance(self.window.page(), kind))
        page = self.window.page()
        assert isinstance(page, kind)
        return page

    def press(self, button: QAbstractButton) -> None:
        """Press as a finger does, a second after the last time."""
        assert button.isVisible(), button.accessibleName()
        self.clock.advance(1)
        # The guard against tremor reads a clock of its own, for which that second passes too.
        button._since_press = None  # type: ignore[attr-defined]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def touch(self, place: QWidget, at: QPoint) -> None:
        self.clock.advance(1)
        QTest.mouseClick(place, Qt.MouseButton.LeftButton, pos=at)

    def type(self, keys: str) -> None:
        """What a scanner types; it ends with Enter."""
        for key in keys:
            QTest.keyClick(self.window, Qt.Key(ord(key)) if key.isdigit() else Qt.Key.Key_Return)

    def group(self, code: str) -> None:
        """Press the tile of a group."""
        home = self.on(HomePage)
        codes = [entry.group.code for entry in self.shown_groups()]
        self.press(home.tiles[codes.index(code)])

    def shown_groups(self) -> Any:
        shown = self.window._front.shown
        assert shown is not None
        return shown.kiosk.groups

    def read(self) -> list[str]:
        """Every text on the page that can be read, in the order it was made."""
        found = []
        for widget in self.window.page().findChildren(QWidget):
            if not widget.isVisible():
                continue
            if isinstance(widget, QLabel) and widget.text():
                found.append(widget.text())
            elif isinstance(widget, QAbstractButton) and (widget.text() or widget.accessibleName()):
                found.append(widget.accessibleName() or widget.text())
        return found

    def activate(self) -> None:
        """Give the window the keyboard."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def later(self, seconds: float) -> None:
        """Let time pass and the kiosk's clock tick."""
        self.clock.advance(seconds)
        self.window.tick()

    # -- the branch -----------------------------------------------------------------------------

    def ticket(self) -> QueuedTicket:
        """The one ticket that waits."""
        (only,) = waiting(self.other.store)
        return only

    def stored(self, page: TicketPage) -> QueuedTicket:
        """The waiting ticket whose number the page shows."""
        number = page.card.number.text()
        return next(item for item in waiting(self.other.store) if item.number == number)

    def open(self, counter: int) -> None:
        self._run(str(100481 + counter), f"counter-{counter}", OpenCounter(counter))

    def issue(self, service: str, count: int = 1) -> Issued:
        for _ in range(count):
            self.clock.advance(1)
            issued: Issued = self._run("KIOSK", "kiosk-2", Issue(service))
        return issued

    def manager(self, command: object) -> Any:
        return self._run("100301", "lobby", command)


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Nothing moves."""
    reduce_motion(True)
    yield
    reduce_motion(False)


@pytest.fixture
def paper(settings: Settings, tmp_path: Path) -> Path:
    """A printer that leaves its paper in a folder."""
    folder = tmp_path / "paper"
    keep_machine_choice(settings, "printer", f"folder:{folder}")
    return folder


@pytest.fixture
def jammed(settings: Settings, tmp_path: Path) -> None:
    """A printer that takes nothing."""
    blocked = tmp_path / "not-a-folder"
    blocked.write_text("", encoding="utf-8")
    keep_machine_choice(settings, "printer", f"folder:{blocked}")


@pytest.fixture
def station(station_for: StationFor) -> Station:
    return station_for("kiosk-1", "KIOSK")


@pytest.fixture
def customer(qtbot: QtBot, station: Station, other: Branch, run: Run, clock: SetClock) -> Customer:
    """The kiosk, shown as large as it is drawn, with its first answer."""
    window = KioskWindow(station)
    qtbot.addWidget(window)
    window.resize(1080, 1920)
    window.show()
    at = Customer(qtbot, window, other, run, clock)
    at.on(HomePage)
    return at
