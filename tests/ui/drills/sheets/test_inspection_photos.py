"""Photos in the printed day sheet: only once somebody opened them, and each opening is kept."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.inspections.commands import AddSheetPhoto, AnswerItem
from branch.kernel.journal import entries
from tests.ui.drills.inspections import LOBBY, Desk, picture, press
from ui.shell.language import language
from ui.shell.station import Station

StationFor = Callable[[str, str], Station]


def test_photos_stand_in_the_day_sheet_once_somebody_opened_them(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    day = desk.open(station_for("drills", LOBBY))
    paper = day.papers
    assert paper.photos.isHidden()  # a day without photos has none to open
    sheet = desk.begin()
    for item, colour in (("OPEN-01", Qt.GlobalColor.gray), ("OPEN-02", Qt.GlobalColor.blue)):
        desk.run(AnswerItem(sheet, item, "fail", "门锁松动"))
        desk.run(AddSheetPhoto(sheet, item, picture(colour)))
    qtbot.waitUntil(lambda: paper.photos.text() == "打开 2 张照片放进日表，会留下记录")
    assert images(paper.buttons._make()) == 0
    assert opened(other) == []
    press(paper.photos)
    qtbot.waitUntil(lambda: paper.photos.text() == "照片已放进日表")
    assert not paper.photos.isEnabled()
    assert images(paper.buttons._make()) == 2
    assert opened(other) == ["OPEN-01", "OPEN-02"]
    # A new photo of the same item has not been looked at.
    desk.run(AddSheetPhoto(sheet, "OPEN-01", picture(Qt.GlobalColor.red)))
    qtbot.waitUntil(lambda: paper.photos.text() == "打开 1 张照片放进日表，会留下记录")
    language().choose("en")
    qtbot.waitUntil(lambda: paper.photos.text() == "Photos to add to the day sheet: 1 (recorded)")
    # Another day, and back: what was opened is not kept.
    press(day.before)
    qtbot.waitUntil(paper.photos.isHidden)
    press(day.after)
    qtbot.waitUntil(lambda: paper.photos.text() == "Photos to add to the day sheet: 2 (recorded)")
    assert paper.photos.isVisible()
    assert opened(other) == ["OPEN-01", "OPEN-02"]


def opened(other: Branch) -> list[object]:
    """The items whose photos were looked at, in order."""
    return [
        entry.data["item"]
        for entry in entries(other.store)
        if entry.what == "inspection.photo_opened"
    ]


def images(pdf: bytes) -> int:
    """How many pictures stand in a form."""
    return sum(len(page.images) for page in PdfReader(BytesIO(pdf)).pages)
