"""Fixtures for the register: its window on a sample branch, people who come, hands to press."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock, to_ms
from branch.kernel.journal import Entry, entries
from branch.kernel.settings import Settings, keep_machine_choice
from branch.people.queries import account_id
from branch.visitors.commands.blocking import ApproveBlock, ProposeBlock
from branch.visitors.commands.register import (
    Expect,
    SignedInVisitor,
    SignInVisitor,
    SignOutVisitor,
)
from branch.visitors.details import Details
from ui.shell.station import Station
from ui.shell.theme import reduce_motion
from ui.visitors.cells import COLUMNS, INSIDE
from ui.visitors.delegate import deed_rects
from ui.visitors.visitor_list import CELL_ROLE
from ui.visitors.window import VisitorsWindow
from ui.widgets.dialog import PanelDialog

Run = Callable[[str, str, object], Any]
StationFor = Callable[[str, str], Station]
D = TypeVar("D", bound=PanelDialog)
LEFT = Qt.MouseButton.LeftButton
GUARD, LOBBY_MANAGER, SUPERVISOR, BRANCH_MANAGER, TELLER = (
    "100401", "100301", "100201", "100101", "100482",
)  # fmt: skip
_DEEDS = COLUMNS.index("deeds")


def at(hour: int, minute: int, day: int = 20) -> int:
    """An instant of the days of the tests, in milliseconds."""
    return to_ms(datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai")))


class Door:
    """The branch beside the window, and what a hand does in it."""

    def __init__(self, qtbot: QtBot, other: Branch, run: Run, clock: SetClock) -> None:
        self.qtbot, self.other, self.clock, self.run = qtbot, other, clock, run

    # -- the branch -----------------------------------------------------------------------------

    def staff(self, staff_no: str) -> int:
        found = account_id(self.other.store, staff_no)
        assert found is not None
        return found

    def details(self, name: str, **other: Any) -> Details:
        values: dict[str, Any] = {
            "unit": "安达设备维保",
            "host": self.staff(TELLER),
            "purpose": "maintenance",
            "area": "machine_area",
            "matter": "自助机月检",
            "phone": "13812345172",
            **other,
        }
        return Details(name=name, **values)

    def come(self, name: str, by: str = GUARD, **other: Any) -> SignedInVisitor:
        parts = {key: other.pop(key) for key in list(other) if key in Details.__match_args__}
        values: dict[str, Any] = {
            "document": "resident_id",
            "number": f"11010119900101{abs(hash(name)) % 9000 + 1000}",
            "checked": True,
            **other,
        }
        command = SignInVisitor(self.details(name, **parts), told=True, notice=1, **values)
        noted: SignedInVisitor = self.run(by, "register", command)
        return noted

    def leave(self, visitor: int, *, badge: bool = True) -> None:
        self.run(GUARD, "register", SignOutVisitor(visitor, badge))

    def expect(self, name: str, when: int, **other: Any) -> int:
        visitor: int = self.run(TELLER, "counter-1", Expect(self.details(name, **other), when))
        return visitor

    def block(self, name: str) -> None:
        until = datetime(2027, 1, 31, tzinfo=ZoneInfo("Asia/Shanghai")).date()
        entry = self.run(LOBBY_MANAGER, "lobby", ProposeBlock(name, "threat", "", until))
        self.run(SUPERVISOR, "register", ApproveBlock(entry))

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

    def write(self, edit: QLineEdit, text: str) -> None:
        """Type as an input method does: Qt's test keys know no Chinese."""
        edit.setFocus()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(edit, event)

    def names(self, window: VisitorsWindow) -> list[str]:
        """The names of the list in sight."""
        table = window.lists.view.table()
        lines = (table.line_at(row) for row in range(table.rowCount()))
        return [line.shown_name for line in lines if line is not None]

    def row(self, window: VisitorsWindow, name: str) -> int:
        return self.names(window).index(name)

    def words(self, window: VisitorsWindow, row: int) -> list[str]:
        """A row of the list in sight, cell by cell, as it is read."""
        table = window.lists.view.table()
        cells = table.cells(row)
        assert cells is not None
        return [cell.spoken() for cell in cells]

    def press_deed(self, window: VisitorsWindow, name: str, key: str) -> None:
        """Press a button painted in a row."""
        view = window.lists.view
        index = view.table().index(self.row(window, name), _DEEDS)
        view.scrollTo(index)
        cell = index.data(CELL_ROLE)
        rects = deed_rects(view.visualRect(index), cell.deeds)
        at_deed = [deed.key for deed in cell.deeds].index(key)
        centre = rects[at_deed].center().toPoint()
        self.qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(centre.x(), centre.y()))

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=5000)

    def until_names(self, window: VisitorsWindow, names: list[str]) -> None:
        self.until(lambda: self.names(window) == names)

    def dialog(self, kind: type[D], window: QWidget) -> D:
        self.until(lambda: any(d.isVisible() for d in window.findChildren(kind)))
        return next(d for d in window.findChildren(kind) if d.isVisible())

    def toasts(self, window: VisitorsWindow) -> list[str]:
        return [toast.sentence.text() for toast in window.toaster.toasts()]

    def until_told(self, window: VisitorsWindow, text: str) -> None:
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
def door(qtbot: QtBot, other: Branch, run: Run, clock: SetClock) -> Door:
    """The branch beside the window."""
    return Door(qtbot, other, run, clock)


@pytest.fixture
def show(qtbot: QtBot, station_for: StationFor, paper: Path) -> Callable[..., VisitorsWindow]:
    """Open the register for a member of staff and wait for its first picture."""

    def open_window(staff_no: str = GUARD, size: tuple[int, int] = (1440, 900)) -> VisitorsWindow:
        window = VisitorsWindow(station_for("register", staff_no))
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: window.shown is not None, timeout=5000)
        assert window.lists.kind() == INSIDE
        return window

    return open_window
