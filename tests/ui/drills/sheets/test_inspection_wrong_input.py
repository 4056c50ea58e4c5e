"""One wrong input in every form of inspections: the sentence stands at its
field and says what would be right, the keyboard goes there, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.inspections.commands import AddEquipment, AnswerItem, StartSheet
from branch.inspections.queries import sheet_view
from branch.kernel.errors import StoreUnavailable
from tests.ui.drills.inspections import (
    GUARD,
    HEAD,
    LOBBY,
    SUPERVISOR,
    Desk,
    press,
    texts,
    write,
)
from ui.drills import inspection_sheet
from ui.drills.inspection_row import ItemRow
from ui.shell.station import Station

StationFor = Callable[[str, str], Station]
NUMBER = "请填数字，最多六位整数和两位小数，例如 20 或 20.5"


def empty(edit: QLineEdit) -> None:
    """Take out what stands in a field, as a hand does it."""
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)


def open_sheet(desk: Desk, station: Station, code: str, by: str = LOBBY) -> int:
    """A sheet begun elsewhere, chosen at the station."""
    sheet = int(desk.run(StartSheet(code, "2026-11-20"), by))
    day = desk.open(station)
    row = next(
        at
        for at, line in enumerate(day.shown.lines)
        if line.sheet is not None and line.sheet.id == sheet
    )
    day.table.selectRow(row)
    desk.qtbot.waitUntil(lambda: bool(day.sheet.items.rows) and day.sheet.isVisible())
    return sheet


# -- answers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["很多", "-5", "1234567", "20.555", "20％"])
def test_a_number_that_is_none(
    qtbot: QtBot, desk: Desk, station_for: StationFor, typed: str
) -> None:
    open_sheet(desk, station_for("drills", LOBBY), "OPEN")
    row = desk.row("OPEN-11")
    write(row.field.edit, typed)
    QTest.keyClick(row.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.error.sentence.text() == NUMBER)
    qtbot.waitUntil(row.field.edit.hasFocus)  # Enter had gone on to the next row
    assert row.field.text() == typed


def test_full_width_digits_are_a_number(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    sheet = open_sheet(desk, station_for("drills", LOBBY), "OPEN")
    row = desk.row("OPEN-11")
    write(row.field.edit, " ２０．５ ")
    QTest.keyClick(row.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.chip.text() == "通过")
    assert sheet_view(other.store, sheet).answers["OPEN-11"].value == "20.5"


def test_words_too_long_for_an_answer(desk: Desk, station_for: StationFor, qtbot: QtBot) -> None:
    open_sheet(desk, station_for("drills", GUARD), "FIREP", GUARD)
    row = desk.row("FIREP-08")
    write(row.field.edit, "长" * 501)
    QTest.keyClick(row.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.error.sentence.text() == "最多 500 个字，现在有 501 个")
    assert len(row.field.text()) == 501


def test_what_was_refused_over_a_kept_answer_is_not_signed_away(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    """The press on the end leaves the field: what it says of the number comes first."""
    sheet = open_sheet(desk, station_for("drills", LOBBY), "OPEN")
    desk.answer_all(sheet)
    page = desk.page.day.sheet
    qtbot.waitUntil(lambda: page.missing.text() == "都填好了，结束后不能再改")
    row: ItemRow = desk.row("OPEN-11")
    assert row.field is not None
    write(row.field.edit, "很多")
    press(page.finish)
    qtbot.waitUntil(row.field.edit.hasFocus)
    assert row.error.sentence.text() == NUMBER
    assert sheet_view(other.store, sheet).line.state == "open"
    # As it was kept: nothing is wrong any more.
    write(row.field.edit, "30")
    press(page.finish)
    qtbot.waitUntil(page.sign_here.isVisible)


def test_a_field_left_empty_says_again_what_is_kept(
    qtbot: QtBot, desk: Desk, station_for: StationFor
) -> None:
    sheet = open_sheet(desk, station_for("drills", LOBBY), "OPEN")
    desk.run(AnswerItem(sheet, "OPEN-11", "30"))
    row = desk.row("OPEN-11")
    qtbot.waitUntil(lambda: row.field.text() == "30")
    empty(row.field.edit)
    assert row.field.text() == ""
    desk.row("OPEN-01").focus_answer()
    assert row.field.text() == "30"


def test_what_somebody_else_said_meanwhile_is_not_put_back_by_leaving(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    sheet = open_sheet(desk, station_for("drills", LOBBY), "OPEN")
    desk.run(AnswerItem(sheet, "OPEN-11", "25"))
    desk.run(AnswerItem(sheet, "OPEN-07", "fail"))
    number, part = desk.row("OPEN-11"), desk.row("OPEN-07").failure
    qtbot.waitUntil(lambda: number.field.text() == "25" and part.isVisible())
    number.field.edit.setFocus()
    desk.run(AnswerItem(sheet, "OPEN-11", "30"), GUARD)
    qtbot.waitUntil(lambda: number.given.value == "30")
    part.note.edit.setFocus()
    desk.run(AnswerItem(sheet, "OPEN-07", "fail", "灯不亮"), GUARD)
    qtbot.waitUntil(lambda: desk.page.day.sheet.shown.view.answers["OPEN-07"].note == "灯不亮")
    desk.row("OPEN-01").focus_answer()
    assert (number.field.text(), part.note.text()) == ("30", "灯不亮")
    kept = sheet_view(other.store, sheet).answers
    assert (kept["OPEN-11"].value, kept["OPEN-07"].note) == ("30", "灯不亮")


def test_what_the_program_filled_in_counts_by_enter_alone(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    desk.at("10:00", "2026-11-04")
    sheet = int(desk.run(StartSheet("FIREM", "2026-11"), SUPERVISOR))
    day = desk.open(station_for("drills", SUPERVISOR))
    rows = [line.sheet.id if line.sheet else 0 for line in day.shown.lines]
    day.table.selectRow(rows.index(sheet))
    qtbot.waitUntil(lambda: "FIREM-04" in day.sheet.items.rows)
    row = desk.row("FIREM-04")
    qtbot.waitUntil(lambda: row.field.text() == "0")
    row.field.edit.setFocus()
    desk.row("FIREM-01").focus_answer()
    assert sheet_view(other.store, sheet).answers == {}
    row.field.edit.setFocus()
    QTest.keyClick(row.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.chip.text() == "通过")


def test_what_the_program_knows_does_not_cover_what_was_typed(
    qtbot: QtBot, desk: Desk, station_for: StationFor
) -> None:
    desk.at("10:00", "2026-11-04")
    desk.run(AddEquipment("extinguisher", "灭火器 1", "大厅"), HEAD)
    sheet = int(desk.run(StartSheet("FIREM", "2026-11"), SUPERVISOR))
    day = desk.open(station_for("drills", SUPERVISOR))
    rows = [line.sheet.id if line.sheet else 0 for line in day.shown.lines]
    day.table.selectRow(rows.index(sheet))
    qtbot.waitUntil(lambda: "FIREM-04" in day.sheet.items.rows)
    row = desk.row("FIREM-04")
    qtbot.waitUntil(lambda: row.field.text() == "1")
    write(row.field.edit, "两个")
    desk.row("FIREM-01").focus_answer()
    qtbot.waitUntil(lambda: row.error.sentence.text() == NUMBER)
    assert row.field.text() == "两个"


def test_a_service_that_was_not_said(qtbot: QtBot, desk: Desk, station_for: StationFor) -> None:
    day = desk.open(station_for("drills", LOBBY))
    names = [line[1] for line in texts(day.table)]
    day.table.selectRow(names.index("王敏 窗口服务观察（三阶段五步骤）"))
    desk.begin()
    row = desk.row("WINDOW-05")
    write(row.field.edit, "12")
    QTest.keyClick(row.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.service.error.sentence.text() == "请先选择观察的业务")
    qtbot.waitUntil(row.service.combo.hasFocus)
    assert row.field.text() == "12"


@pytest.mark.parametrize("begun", [False, True])
def test_a_note_too_long_is_told_even_when_another_sheet_is_gone_to(
    qtbot: QtBot, desk: Desk, station_for: StationFor, begun: bool
) -> None:
    if begun:
        desk.run(StartSheet("CLEAN", "2026-11-20"))
    station = station_for("drills", LOBBY)
    told: list[str] = []
    station.complained.connect(told.append)
    sheet = open_sheet(desk, station, "OPEN")
    desk.run(AnswerItem(sheet, "OPEN-07", "fail"))
    part = desk.row("OPEN-07").failure
    qtbot.waitUntil(part.isVisible)
    write(part.note.edit, "长" * 501)
    day = desk.page.day
    line = next(at for at, one in enumerate(day.shown.lines) if one.template.code == "CLEAN")
    # The answer is under way when the other one is chosen.
    day.table.setFocus()
    day.table.selectRow(line)
    qtbot.waitUntil(lambda: told == ["最多 500 个字，现在有 501 个"])


def test_what_did_not_reach_the_store_stays_and_is_said_again(
    qtbot: QtBot,
    desk: Desk,
    station_for: StationFor,
    other: Branch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    station = station_for("drills", LOBBY)
    sheet = open_sheet(desk, station, "OPEN")
    row = desk.row("OPEN-11")
    carry_out = station.run

    def lost(_owner: Any, _command: object, _then: Any, failed: Any) -> None:
        failed(StoreUnavailable("store_unreachable"))

    monkeypatch.setattr(station, "run", lost)
    write(row.field.edit, "30")
    desk.row("OPEN-01").focus_answer()
    assert (row.field.text(), row.given) == ("30", None)
    monkeypatch.setattr(station, "run", carry_out)
    row.field.edit.setFocus()
    desk.row("OPEN-01").focus_answer()
    qtbot.waitUntil(lambda: row.chip.text() == "通过")
    assert sheet_view(other.store, sheet).answers["OPEN-11"].value == "30"


def test_a_note_too_long_is_said_under_the_note(
    qtbot: QtBot, desk: Desk, station_for: StationFor
) -> None:
    sheet = open_sheet(desk, station_for("drills", LOBBY), "OPEN")
    desk.run(AnswerItem(sheet, "OPEN-07", "fail"))
    part = desk.row("OPEN-07").failure
    qtbot.waitUntil(part.isVisible)
    write(part.note.edit, "长" * 501)
    QTest.keyClick(part.note.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: part.note.error_text() == "最多 500 个字，现在有 501 个")
    assert part.note.edit.hasFocus()
    assert desk.row("OPEN-07").error.isHidden()
    assert len(part.note.text()) == 501


def test_a_picture_that_is_none(
    qtbot: QtBot, desk: Desk, station_for: StationFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        inspection_sheet, "ask_picture", lambda _page, _then, failed: failed("请选照片")
    )
    sheet = open_sheet(desk, station_for("drills", LOBBY), "OPEN")
    desk.run(AnswerItem(sheet, "OPEN-07", "fail", "灯不亮"))
    part = desk.row("OPEN-07").failure
    qtbot.waitUntil(part.isVisible)
    press(part.photo)
    assert part.photo_error.sentence.text() == "请选照片"
    # This one needs no photo, so nothing keeps the sheet from its end.
    assert not desk.row("OPEN-07").is_wrong()


def test_the_end_goes_to_what_is_missing(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    station = station_for("drills", LOBBY)
    told: list[str] = []
    station.complained.connect(told.append)
    sheet = open_sheet(desk, station, "OPEN")
    desk.answer_all(sheet, skip=("OPEN-02", "OPEN-09"))
    page = desk.page.day.sheet
    qtbot.waitUntil(lambda: page.missing.text() == "还有 2 项没有填写")
    press(page.finish)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert desk.row("OPEN-02").isAncestorOf(page.window().focusWidget())
    desk.run(AnswerItem(sheet, "OPEN-09", "pass"))
    desk.run(AnswerItem(sheet, "OPEN-02", "fail"))
    part = desk.row("OPEN-02").failure
    qtbot.waitUntil(part.isVisible)
    desk.row("OPEN-15").focus_answer()
    press(page.finish)
    qtbot.waitUntil(part.note.edit.hasFocus)
    desk.run(AnswerItem(sheet, "OPEN-02", "fail", "通道堆放纸箱"))
    qtbot.waitUntil(lambda: part.missing.text() == "请附照片")
    desk.row("OPEN-15").focus_answer()
    press(page.finish)
    qtbot.waitUntil(part.photo.hasFocus)


def test_who_cleaned_is_asked_for_each_sheet(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    first = open_sheet(desk, station_for("drills", LOBBY), "CLEAN")
    page = desk.page.day.sheet
    desk.answer_all(first)
    press(page.finish)
    qtbot.waitUntil(lambda: page.cleaner.error_text() == "请填写这一项")
    write(page.cleaner.edit, "赵兰")
    desk.at("12:40")
    second = int(desk.run(StartSheet("CLEAN", "2026-11-20", 2)))
    day = desk.page.day
    qtbot.waitUntil(lambda: any(one.sheet and one.sheet.id == second for one in day.shown.lines))
    ids = [line.sheet.id if line.sheet else 0 for line in day.shown.lines]
    day.table.selectRow(ids.index(second))
    qtbot.waitUntil(lambda: page.shown is not None and page.sheet == second)
    assert page.cleaner.text() == ""
    day.table.selectRow(ids.index(first))
    qtbot.waitUntil(lambda: page.shown is not None and page.sheet == first)
    assert page.cleaner.text() == "赵兰"


# -- the clock -------------------------------------------------------------------------------------


def test_what_was_ahead_becomes_due_and_a_new_day_begins_by_itself(
    qtbot: QtBot, desk: Desk, station_for: StationFor
) -> None:
    day = desk.open(station_for("drills", LOBBY))
    rows = [(line[1], line[2]) for line in texts(day.table)]
    at = rows.index(("环境卫生检查，第 2 次", "12:30–13:30"))
    day.table.selectRow(at)
    assert day.start.isHidden()
    desk.at("12:31")
    day.look()
    qtbot.waitUntil(day.start.isVisible)
    assert texts(day.table)[at][0] == "该做了"
    desk.at("08:00", "2026-11-23")
    day.look()
    qtbot.waitUntil(lambda: day.shown.day == date(2026, 11, 23))
    assert day.title.text() == "今天的巡检"
    # Who looks at another day stays there.
    press(day.before)
    qtbot.waitUntil(lambda: day.shown.day == date(2026, 11, 22))
    desk.at("08:00", "2026-11-24")
    day.look()
    assert day.day == date(2026, 11, 22)
