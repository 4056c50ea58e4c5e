"""Equipment, the month, training and praise on screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.catalogue.queries import services
from branch.inspections.commands import (
    AddEquipment,
    AnswerItem,
    FinishSheet,
    SetEquipmentState,
    StartSheet,
)
from branch.inspections.queries import equipment
from branch.kernel.clock import SetClock
from branch.people.commands import AddCommendation, NoteTraining
from branch.people.queries import account_id, commendations
from tests.drills.desk import Desk as Drills
from tests.ui.drills.inspections import HEAD, LOBBY, TELLER, Desk, press, texts, write
from ui.drills.commendation_dialog import CommendationDialog
from ui.drills.equipment_dialogs import BrokenDialog, EquipmentDialog
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.dialog import ConfirmDialog

StationFor = Callable[[str, str], Station]
TODAY = date(2026, 11, 20)


# -- equipment -------------------------------------------------------------------------------------


def test_the_register_shows_what_is_past_its_time_and_what_is_broken(
    qtbot: QtBot, desk: Desk, station_for: StationFor
) -> None:
    desk.run(AddEquipment("extinguisher", "灭火器 1", "大厅", "A-7", date(2026, 11, 1)))
    desk.run(AddEquipment("extinguisher", "灭火器 2", "柜台区", "", date(2026, 12, 5)))
    machine = desk.run(AddEquipment("cash_machine", "存取款机 1", "自助区"))
    desk.run(SetEquipmentState(machine, "broken", "吞卡"))
    page = desk.open(station_for("drills", LOBBY), "equipment")
    qtbot.waitUntil(lambda: len(texts(page.table)) == 3)
    assert texts(page.table) == [
        ("故障", "存取款机 1", "存取款机", "自助区", ""),
        ("可以使用", "灭火器 1", "灭火器", "大厅", "2026-11-01 已过期"),
        ("可以使用", "灭火器 2", "灭火器", "柜台区", "2026-12-05 到期"),
    ]
    assert page.told.text() == "故障 1 件，已过期 1 件，三十天内到期 1 件"
    assert page.note.text() == "吞卡"
    page.table.selectRow(1)
    assert page.about.text() == "灭火器，大厅，编号 A-7"
    language().choose("en")
    qtbot.waitUntil(lambda: texts(page.table)[1][4] == "2026-11-01 expired")


def test_a_thing_is_registered_and_a_day_that_is_none_is_said_at_its_field(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    page = desk.open(station_for("drills", LOBBY), "equipment")
    qtbot.waitUntil(page.empty.isVisible)
    press(page.add)
    dialog = desk.dialog(EquipmentDialog)
    write(dialog.name.edit, "灭火器 3")
    write(dialog.expires.edit, "明年")
    press(dialog.confirm_button)
    assert dialog.expires.error_text() == "日期请写成 2026-11-20"
    write(dialog.expires.edit, "2027-06-30")
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: bool(dialog.place.error_text()))
    assert dialog.name.text() == "灭火器 3"
    write(dialog.place.edit, "后门")
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: desk.said == ["灭火器 3 已保存"])
    (line,) = equipment(other.store, TODAY)
    assert (line.kind, line.name, line.place, line.expires_on) == (
        "extinguisher", "灭火器 3", "后门", "2027-06-30",
    )  # fmt: skip
    qtbot.waitUntil(page.change.isVisible)
    press(page.change)
    dialog = desk.dialog(EquipmentDialog)
    assert not dialog.kind.isEnabled()
    write(dialog.place.edit, "前门")
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: equipment(other.store, TODAY)[0].place == "前门")


def test_esc_asks_before_what_was_written_goes(
    qtbot: QtBot, desk: Desk, station_for: StationFor
) -> None:
    page = desk.open(station_for("drills", LOBBY), "equipment")
    qtbot.waitUntil(page.empty.isVisible)
    press(page.add)
    dialog = desk.dialog(EquipmentDialog)
    write(dialog.name.edit, "灭火器 3")
    qtbot.keyClick(dialog.name.edit, Qt.Key.Key_Escape)
    question = dialog.findChild(ConfirmDialog)
    assert question is not None
    assert dialog.isVisible()
    press(question.cancel_button)
    qtbot.waitUntil(lambda: dialog.findChild(ConfirmDialog) is None)
    assert dialog.name.text() == "灭火器 3"
    dialog.name.edit.selectAll()
    qtbot.keyClick(dialog.name.edit, Qt.Key.Key_Delete)
    # Nothing stands in it any more: at once.
    qtbot.keyClick(dialog.name.edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.findChild(EquipmentDialog) is None)


def test_a_broken_machine_is_not_offered_until_it_works_again(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    def offered() -> str | None:
        return next(one.machine for one in services(other.store) if one.code == "P01")

    desk.run(AddEquipment("cash_machine", "存取款机 1", "自助区"))
    page = desk.open(station_for("drills", LOBBY), "equipment")
    qtbot.waitUntil(page.broken.isVisible)
    press(page.broken)
    dialog = desk.dialog(BrokenDialog)
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: bool(dialog.note.error_text()))
    write(dialog.note.edit, "吞卡")
    press(dialog.confirm_button)
    qtbot.waitUntil(page.working.isVisible)
    assert offered() != "cash_machine"
    press(page.working)
    qtbot.waitUntil(page.broken.isVisible)
    assert offered() == "cash_machine"
    press(page.retire)
    press(desk.dialog(ConfirmDialog).confirm_button)
    qtbot.waitUntil(page.empty.isVisible)
    press(page.with_retired)
    qtbot.waitUntil(lambda: len(texts(page.table)) == 1)
    assert page.retire.isHidden()
    assert desk.said == ["存取款机 1 已报告故障", "存取款机 1 可以使用了", "存取款机 1 已报废"]


# -- the month -------------------------------------------------------------------------------------


def test_a_month_counts_and_names_what_failed_again(
    qtbot: QtBot, desk: Desk, station_for: StationFor
) -> None:
    for day in ("2026-11-19", "2026-11-20"):
        desk.at("08:41", day)
        sheet = int(desk.run(StartSheet("OPEN", day)))
        desk.answer_all(sheet)
        desk.run(AnswerItem(sheet, "OPEN-07", "fail", "存取款机吞卡"))
        desk.run(FinishSheet(sheet))
    page = desk.open(station_for("drills", LOBBY), "month")
    qtbot.waitUntil(lambda: page.table.rowCount() > 0)
    # Of the first day kept on; what can be done until tonight is not missed yet.
    assert page.table.texts()[0] == ["营业前检查", "2", "2", "0", "0", "2", "93"]
    closing = next(row for row in page.table.texts() if row[0] == "营业后检查")
    assert closing[1:5] == ["2", "0", "0", "1"]
    words = [label.text() for label in page.area.findChildren(QLabel)]
    assert "自助查询机、缴费机、ATM可用" in words
    assert "2026-11-19、2026-11-20" in words
    assert not page.after.isEnabled()
    press(page.before)
    qtbot.waitUntil(lambda: page.title.text() == "2026-10 的巡检")
    assert page.side_words.text() == "三十天内没有重复不通过的项目"
    # The branch did not use the program then: nothing is missed.
    assert page.empty.isVisible()
    assert page.figures[3].accessibleName() == "漏做 0 次"
    press(page.after)
    qtbot.waitUntil(lambda: page.title.text() == "2026-11 的巡检")
    assert page.table.isVisible()


# -- training and praise ---------------------------------------------------------------------------


def test_a_manager_praises_and_withdraws(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    teller = account_id(other.store, TELLER)
    assert teller is not None
    desk.run(NoteTraining(teller, "fire", "2026-01-09", "passed", "2026-12-09"), HEAD)
    page = desk.open(station_for("drills", HEAD), "training")
    qtbot.waitUntil(lambda: bool(texts(page.table)))
    assert ("王敏", "快到期", "0 次", "") in texts(page.table)
    page.table.select_key(str(teller))
    qtbot.waitUntil(lambda: page.detail.name.text() == "王敏")
    press(page.detail.add)
    dialog = desk.dialog(CommendationDialog)
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: bool(dialog.text.error_text()))
    write(dialog.text.edit, "演练中先搀扶老人")
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: desk.said == ["王敏 的表彰已登记"])
    (praise,) = commendations(other.store)
    assert (praise.name, praise.day, praise.text) == ("王敏", "2026-11-20", "演练中先搀扶老人")
    qtbot.waitUntil(lambda: praise.id in page.detail.withdraw)
    words = [label.text() for label in page.detail.findChildren(QLabel)]
    assert "2026-11-20，林婉登记" in words
    assert "2026-01-09 通过，下次 2026-12-09 前" in words
    press(page.detail.withdraw[praise.id])
    press(desk.dialog(ConfirmDialog).confirm_button)
    qtbot.waitUntil(lambda: commendations(other.store) == ())
    own = account_id(other.store, HEAD)
    page.table.select_key(str(own))
    assert not page.detail.add.isEnabled()


def test_whoever_keeps_no_accounts_sees_himself_only(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    teller = account_id(other.store, TELLER)
    assert teller is not None
    desk.run(AddCommendation(teller, TODAY, "耐心"), HEAD)
    page = desk.open(station_for("drills", TELLER), "training")
    qtbot.waitUntil(lambda: texts(page.table) == [("王敏", "没有登记", "0 次", "1 次")])
    assert page.detail.add.isHidden()


def test_who_took_part_in_a_drill_is_listed_with_his_role(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch, clock: SetClock
) -> None:
    Drills(other, clock).started("FIRE-01")
    teller = account_id(other.store, TELLER)
    page = desk.open(station_for("drills", HEAD), "training")
    qtbot.waitUntil(lambda: ("王敏", "没有登记", "1 次", "") in texts(page.table))
    page.table.select_key(str(teller))
    qtbot.waitUntil(lambda: page.detail.name.text() == "王敏")
    words = [label.text() for label in page.detail.findChildren(QLabel)]
    assert "2026-11-20，柜面" in words


# -- on paper --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "told"), [("day", "营业前检查"), ("month", "营业前检查")])
def test_a_day_and_a_month_are_kept_as_pdf(
    qtbot: QtBot, desk: Desk, station_for: StationFor, tmp_path: Path, part: str, told: str
) -> None:
    page = desk.open(station_for("drills", LOBBY), part)
    buttons = page.papers.buttons if part == "day" else page.papers
    qtbot.waitUntil(buttons.keep_button.isEnabled)
    press(buttons.keep_button)
    qtbot.waitUntil(lambda: page.findChild(QFileDialog) is not None)
    dialog = page.findChild(QFileDialog)
    file = tmp_path / "sheet.pdf"
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    qtbot.waitUntil(lambda: buttons.outcome.accessibleName() != "" and file.exists())
    text = "".join(one.extract_text() for one in PdfReader(file).pages)
    assert told in text
