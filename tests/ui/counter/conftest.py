"""Fixtures for a teller at work: the window, the branch beside it, hands and eyes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.journal import Entry, entries
from branch.lobby.commands.arrivals import Issue
from branch.lobby.queries.screens import Desk, desk
from branch.lobby.ticket import Ticket, find_ticket
from ui.counter.rating import RatingWindow
from ui.counter.window import CounterWindow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion
from ui.widgets.dialog import PanelDialog
from ui.widgets.toast import Toast

Run = Callable[[str, str, object], Any]
StationFor = Callable[[str, str], Station]
D = TypeVar("D", bound=PanelDialog)
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
TELLER = {1: "100482", 2: "100483", 3: "100484", 5: "100486"}


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Nothing moves."""
    reduce_motion(True)
    yield
    reduce_motion(False)


@dataclass
class Beside:
    """The branch as everybody else sees and changes it; instants in milliseconds."""

    branch: Branch
    run: Run
    clock: SetClock

    def issue(self, service: str = "P02", *classes: str, care: tuple[str, ...] = ()) -> int:
        """A new ticket, a second after the last; its id."""
        self.clock.advance(1)
        command = Issue(service, frozenset(classes), frozenset(care))
        return int(self.run("KIOSK", "kiosk-1", command).id)

    def at(self, counter: int, command: object) -> Any:
        """What a teller does at a counter of his own."""
        return self.run(TELLER[counter], f"counter-{counter}", command)

    def ticket(self, number: int) -> Ticket:
        return find_ticket(self.branch.store, number)

    def desk(self, counter: int = 1) -> Desk:
        found = desk(self.branch.store, counter, self.clock.now_ms())
        assert found is not None
        return found

    def facts(self, what: str) -> list[Entry]:
        return [entry for entry in entries(self.branch.store) if entry.what == what]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return list(self.branch.store.database.execute_sql(sql).fetchall())


class Teller:
    """A pair of hands and eyes at one counter window."""

    def __init__(self, qtbot: QtBot, window: CounterWindow, clock: SetClock) -> None:
        self.qtbot, self.window, self.clock = qtbot, window, clock

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """A key, more than a tremor after the last one, to whatever has the focus."""
        self.clock.advance(1)
        front = QApplication.activeModalWidget() or self.window
        # The offscreen platform has no window manager that would give the keys back.
        front.activateWindow()
        self.until(front.isActiveWindow)
        QTest.keyClick(front.focusWidget() or front, key, modifier)

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, LEFT)

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=5000)

    def later(self, seconds: float) -> None:
        """Time goes by and the window looks at its clock."""
        self.clock.advance(seconds)
        self.window.tick()

    def number(self) -> str:
        """The number at the counter as it is read; empty while nobody is there."""
        number = self.window.serving.number
        return number.text() if number.isVisible() else ""

    def sees(self, number: str) -> None:
        self.until(lambda: self.number() == number)

    def reads(self, text: str) -> None:
        """Wait until a sentence stands in the idle card."""
        empty = self.window.serving.empty
        self.until(lambda: empty.isVisible() and text in (empty.title.text(), empty.lines.text()))

    def told(self) -> list[str]:
        return [toast.sentence.text() for toast in self.window.toaster.toasts()]

    def until_told(self, text: str) -> None:
        self.until(lambda: text in self.told())

    def bar(self, text: str) -> Toast:
        """The bar with a sentence, once it stands."""
        self.until_told(text)
        return next(t for t in self.window.toaster.toasts() if t.sentence.text() == text)

    def panel(self, kind: type[D]) -> D:
        self.until(lambda: any(d.isVisible() for d in self.window.findChildren(kind)))
        found = next(d for d in self.window.findChildren(kind) if d.isVisible())
        self.until(found.isActiveWindow)
        return found


@pytest.fixture
def beside(other: Branch, run: Run, clock: SetClock) -> Beside:
    """The branch beside the window."""
    return Beside(other, run, clock)


@pytest.fixture
def sit(qtbot: QtBot, station_for: StationFor, clock: SetClock) -> Callable[..., Teller]:
    """``sit()``: sit down at counter 1 and wait for the first picture."""

    def open_window(counter: int = 1, staff_no: str = "") -> Teller:
        window = CounterWindow(station_for(f"counter-{counter}", staff_no or TELLER[counter]))
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.waitUntil(lambda: bool(window.chip.text()), timeout=5000)
        return Teller(qtbot, window, clock)

    return open_window


@pytest.fixture
def customer(qtbot: QtBot, station_for: StationFor) -> RatingWindow:
    """The customer's screen at counter 1."""
    window = RatingWindow(station_for("rating-1", "BOARD"))
    qtbot.addWidget(window)
    window.show()
    return window
