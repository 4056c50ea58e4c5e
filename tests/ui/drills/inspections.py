"""Inspections as a hand makes them: the page on a sample branch, presses, keys, what is read."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.inspections.commands import AnswerItem
from branch.inspections.queries import sheet_view
from branch.kernel.clock import SetClock, to_ms
from branch.kernel.runner import Actor
from branch.people.queries import account_id
from ui.drills.inspection_page import InspectionPage
from ui.drills.inspection_row import ItemRow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion
from ui.widgets.button import Button
from ui.widgets.dialog import PanelDialog
from ui.widgets.lines_table import LinesTable

HEAD, SUPERVISOR, LOBBY, GUARD, TELLER = "100101", "100201", "100301", "100401", "100482"
D = TypeVar("D", bound=PanelDialog)


def press(widget: QWidget) -> None:
    """A click in the middle of a control, scrolled to where it can be pressed."""
    QApplication.processEvents()
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
    if isinstance(widget, Button):
        widget.repeat_guard = False
    assert widget.isVisible()
    assert widget.isEnabled()
    middle = QPoint(widget.width() // 2, widget.height() // 2)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=middle)


def write(edit: QLineEdit, text: str) -> None:
    """Put another text in the place of what stands in a field."""
    edit.setFocus()
    edit.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(edit, event)


def texts(table: LinesTable) -> list[tuple[str, ...]]:
    """What stands in a table, row by row."""
    model = table.model()
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def picture(colour: Qt.GlobalColor = Qt.GlobalColor.gray) -> bytes:
    """A small photo of one colour, as JPEG."""
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(colour)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")
    return bytes(data.data())


class Desk:
    """The page at a station, and the branch beside it."""

    def __init__(self, qtbot: QtBot, other: Branch, clock: SetClock) -> None:
        self.qtbot, self.other, self.clock = qtbot, other, clock
        self.said: list[str] = []
        self.page: InspectionPage

    def at(self, moment: str, day: str = "2026-11-20") -> None:
        """Set the clock, in the branch's zone."""
        here = datetime.fromisoformat(f"{day} {moment}").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        self.clock.set(to_ms(here))

    def open(self, station: Station, part: str = "day") -> Any:
        """The page, shown, at one of its parts; returns the part."""
        reduce_motion(True)
        self.page = InspectionPage(station)
        self.page.said.connect(self.said.append)
        self.qtbot.addWidget(self.page)
        self.page.resize(1340, 780)
        self.page.show()
        self.page.activateWindow()
        self.qtbot.waitUntil(self.page.isActiveWindow)
        if part == "day":
            self.qtbot.waitUntil(lambda: self.page.day.shown is not None)
            return self.page.day
        press(self.page.choice.segment(part))
        return self.page.stack.currentWidget()

    def run(self, command: object, by: str = LOBBY) -> Any:
        """A command from another station; its value."""
        staff = account_id(self.other.store, by)
        assert staff is not None
        return self.other.run(command, Actor(staff, "elsewhere")).value

    def answer_all(self, sheet: int, by: str = LOBBY, skip: tuple[str, ...] = ()) -> None:
        """Everything passes, but what is skipped."""
        given = {"number": "30", "date": "2027-06-30", "text": "无", "sign": "signed"}
        for item in sheet_view(self.other.store, sheet).template.items:
            if item.id not in skip:
                self.run(AnswerItem(sheet, item.id, given.get(item.response, "pass")), by)

    def begin(self) -> int:
        """Begin what is chosen; returns the sheet."""
        day = self.page.day
        self.qtbot.waitUntil(day.start.isVisible)
        press(day.start)
        self.qtbot.waitUntil(lambda: bool(day.sheet.items.rows) and day.sheet.isVisible())
        return int(day.sheet.sheet)

    def row(self, code: str) -> ItemRow:
        """The row of an item."""
        return self.page.day.sheet.items.rows[code]

    def dialog(self, kind: type[D]) -> D:
        """The dialog that is open."""
        self.qtbot.waitUntil(lambda: any(one.isVisible() for one in self.page.findChildren(kind)))
        return next(one for one in self.page.findChildren(kind) if one.isVisible())
