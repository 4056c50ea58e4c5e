"""Long names of inspections and things have their room at 1280 pixels, in English too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.inspections.commands import AddEquipment, StartSheet
from branch.people.queries import account_id
from tests.ui.drills.inspections import LOBBY, TELLER, Desk
from ui.shell.fonts import font
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.lines_table import LinesTable

StationFor = Callable[[str, str], Station]
# What a window of 1280 pixels leaves a page beside the rail.
WIDE, HIGH = 1160, 680


def cut(table: LinesTable, column: int) -> list[str]:
    """The words of a column for which its cells have no room."""
    QApplication.processEvents()
    found = []
    face = QFontMetrics(font(14, 400))
    for row in range(table.lines.rowCount()):
        words = str(table.lines.index(row, column).data() or "")
        room = QRect(0, 0, table.columnWidth(column) - 24, 0)
        needed = face.boundingRect(room, Qt.TextFlag.TextWordWrap, words)
        if needed.height() > table.rowHeight(row) or needed.width() > room.width():
            found.append(words)
    return found


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_day_names_every_inspection_whole(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch, code: str
) -> None:
    language().choose(code)
    desk.run(StartSheet("WINDOW", "2026-11", 1, account_id(other.store, TELLER) or 0))
    day = desk.open(station_for("drills", LOBBY))
    desk.page.resize(WIDE, HIGH)
    assert desk.page.width() == WIDE  # nothing asks for more
    qtbot.waitUntil(lambda: cut(day.table, 1) == [])
    assert not day.table.horizontalScrollBar().isVisible()
    ids = [line.sheet.id if line.sheet else 0 for line in day.shown.lines]
    day.table.selectRow(next(at for at, sheet in enumerate(ids) if sheet))
    qtbot.waitUntil(lambda: bool(day.sheet.items.rows) and day.sheet.isVisible())
    assert desk.page.width() == WIDE


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_register_shows_long_names_and_places_whole(
    qtbot: QtBot, desk: Desk, station_for: StationFor, code: str
) -> None:
    language().choose(code)
    name = "营业大厅东侧立柱旁边的消防箱里面那一只手提式干粉灭火器"
    desk.run(AddEquipment("extinguisher", name, name[::-1], "", date(2026, 11, 1)))
    desk.run(AddEquipment("aed", "AED", "大厅", "", date(2026, 12, 1)))
    page = desk.open(station_for("drills", LOBBY), "equipment")
    desk.page.resize(WIDE, HIGH)
    qtbot.waitUntil(lambda: page.table.lines.rowCount() == 2)
    qtbot.waitUntil(lambda: cut(page.table, 1) == [] and cut(page.table, 3) == [])
    assert not page.table.horizontalScrollBar().isVisible()
    # What is short keeps the height of a row.
    assert min(page.table.rowHeight(row) for row in range(2)) == 44
    assert page.told.width() >= page.told.sizeHint().width()
