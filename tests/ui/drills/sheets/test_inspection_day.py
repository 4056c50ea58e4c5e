"""A day of inspections on screen: what is due, a sheet made by press and by key, two signatures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.founding import Plan
from branch.inspections.commands import AddEquipment, AnswerItem, StartSheet
from branch.inspections.queries import sheet_view
from branch.kernel.errors import TingtangError
from branch.quality.queries import open_actions
from tests.ui.drills.inspections import (
    GUARD,
    HEAD,
    LOBBY,
    SUPERVISOR,
    TELLER,
    Desk,
    picture,
    press,
    texts,
    write,
)
from ui.drills import inspection_sheet
from ui.drills.countersign_dialog import CountersignDialog
from ui.drills.photo_page import PhotoDialog
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.dialog import ConfirmDialog

StationFor = Callable[[str, str], Station]


def test_the_day_says_what_is_due_ahead_and_missed(desk: Desk, station_for: StationFor) -> None:
    desk.at("08:55")
    day = desk.open(station_for("drills", LOBBY))
    lines = texts(day.table)
    assert lines[0] == ("已过时间", "营业前检查", "08:30–08:50")
    assert ("该做了", "环境卫生检查，第 1 次", "08:30–09:30") in lines
    assert ("未到时间", "营业后检查", "17:00–17:20") in lines
    assert ("该做了", "王敏 窗口服务观察（三阶段五步骤）", "11-30 前") in lines
    # What is to be done now is chosen, not what has gone by.
    chosen = day.chosen()
    assert chosen is not None
    assert chosen.slot.template == "CLEAN"
    day.table.selectRow(0)
    assert day.start_words.text() == "共 15 项，08:30–08:50。已过时间，补做会注明"
    day.table.selectRow(lines.index(("未到时间", "营业后检查", "17:00–17:20")))
    assert day.start.isHidden()
    assert day.start_words.text().endswith("还没到时间")


def test_other_days_are_looked_at_and_a_day_off_has_none(
    qtbot: QtBot, desk: Desk, station_for: StationFor
) -> None:
    day = desk.open(station_for("drills", LOBBY))
    press(day.before)
    qtbot.waitUntil(lambda: day.title.text() == "2026-11-19 的巡检")
    assert texts(day.table)[0][0] == "已过时间"
    assert day.start.isHidden()  # yesterday is not made up for
    press(day.to_today)
    qtbot.waitUntil(lambda: day.title.text() == "今天的巡检")
    press(day.after)
    qtbot.waitUntil(lambda: day.title.text() == "2026-11-21 的巡检")
    assert day.nothing.isVisible()
    assert texts(day.table) == []


def test_a_sheet_is_made_by_keys_and_each_answer_is_kept_at_once(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    day = desk.open(station_for("drills", LOBBY))
    sheet = desk.begin()
    qtbot.waitUntil(lambda: desk.row("OPEN-01").isAncestorOf(day.window().focusWidget()))
    assert desk.row("OPEN-01").text.text() == "门锁、卷帘、夜间布防记录无异常（关键）"
    QTest.keyClick(day.window().focusWidget(), Qt.Key.Key_1)
    qtbot.waitUntil(lambda: desk.row("OPEN-01").chip.text() == "通过")
    qtbot.waitUntil(lambda: desk.row("OPEN-02").isAncestorOf(day.window().focusWidget()))
    assert day.sheet.progress.text() == "已填 1 / 15 项"
    assert sheet_view(other.store, sheet).answers["OPEN-01"].value == "pass"
    QTest.keyClick(day.window().focusWidget(), Qt.Key.Key_Down)
    assert desk.row("OPEN-03").isAncestorOf(day.window().focusWidget())
    QTest.keyClick(day.window().focusWidget(), Qt.Key.Key_Up)
    assert desk.row("OPEN-02").isAncestorOf(day.window().focusWidget())
    QTest.keyClick(day.window().focusWidget(), Qt.Key.Key_2)
    # A failure opens what it needs, with the keyboard where the words go.
    part = desk.row("OPEN-02").failure
    qtbot.waitUntil(part.note.edit.hasFocus)
    assert part.missing.text() == "请写明情况并附照片"
    assert day.sheet.missing.text() == "第 2 项请写明情况并附照片"
    assert part.mended.isHidden()  # a critical one always becomes an action
    write(part.note.edit, "通道堆放纸箱")
    QTest.keyClick(part.note.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: part.missing.text() == "请附照片")
    QTest.keyClick(desk.row("OPEN-03").chips.tile("pass"), Qt.Key.Key_3)
    qtbot.waitUntil(lambda: desk.row("OPEN-03").chip.text() == "不适用")


def test_an_answer_is_changed_by_a_press_and_not_taken_back(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    desk.open(station_for("drills", LOBBY))
    sheet = desk.begin()
    row = desk.row("OPEN-07")
    press(row.chips.tile("fail"))
    qtbot.waitUntil(row.failure.isVisible)
    press(row.chips.tile("fail"))
    assert row.chips.code() == "fail"
    press(row.failure.mended)
    qtbot.waitUntil(lambda: sheet_view(other.store, sheet).answers["OPEN-07"].mended)
    press(row.chips.tile("pass"))
    qtbot.waitUntil(row.failure.isHidden)
    assert sheet_view(other.store, sheet).answers["OPEN-07"].verdict == "pass"


def test_a_number_is_held_against_its_limits_and_nonsense_is_said_at_its_row(
    qtbot: QtBot, desk: Desk, station_for: StationFor
) -> None:
    desk.open(station_for("drills", LOBBY))
    desk.begin()
    row = desk.row("OPEN-11")
    assert row.guide.text() == "不少于 20 %"
    assert row.unit.text() == "%"
    write(row.field.edit, "很多")
    QTest.keyClick(row.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(row.error.isVisible)
    write(row.field.edit, "12")
    QTest.keyClick(row.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.chip.text() == "不通过")
    assert row.error.isHidden()


def test_a_photo_is_added_and_looked_at(
    qtbot: QtBot,
    desk: Desk,
    station_for: StationFor,
    other: Branch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        inspection_sheet, "ask_picture", lambda _page, then, _failed: then(picture())
    )
    desk.open(station_for("drills", LOBBY))
    sheet = desk.begin()
    desk.run(AnswerItem(sheet, "OPEN-02", "fail", "通道堆放纸箱"))
    part = desk.row("OPEN-02").failure
    qtbot.waitUntil(part.isVisible)
    assert part.look.isHidden()
    press(part.photo)
    qtbot.waitUntil(part.look.isVisible)
    assert part.photo.text() == "换一张照片"
    assert part.missing.isHidden()
    press(part.look)
    dialog = desk.dialog(PhotoDialog)
    assert dialog.windowTitle().startswith("全部安全出口可由内打开")
    dialog.reject()


def test_the_end_and_the_second_signature_by_a_colleague(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch, sample: Plan
) -> None:
    pins = {str(member.staff_no): member.pin for member in sample.staff}
    station, complaints = station_for("drills", LOBBY), list[str]()
    station.complained.connect(complaints.append)
    day = desk.open(station)
    sheet = desk.begin()
    desk.answer_all(sheet, skip=("OPEN-15",))
    qtbot.waitUntil(lambda: day.sheet.missing.text() == "还有 1 项没有填写")
    press(day.sheet.finish)
    qtbot.waitUntil(lambda: len(complaints) == 1)
    press(desk.row("OPEN-15").chips.tile("pass"))
    qtbot.waitUntil(lambda: day.sheet.missing.text() == "都填好了，结束后不能再改")
    press(day.sheet.finish)
    qtbot.waitUntil(day.sheet.sign_here.isVisible)
    assert desk.said == ["巡检已结束"]
    assert day.sheet.progress.text() == "得分 100"
    assert day.sheet.signed.text() == "李静 08:41 签名，还要保安签名"
    assert day.sheet.sign.isHidden()  # nobody countersigns himself
    press(day.sheet.sign_here)
    dialog = desk.dialog(CountersignDialog)
    press(dialog.confirm)
    assert dialog.number.error_text()
    wrong = "135790" if pins[GUARD] != "135790" else "246801"
    for number, pin, told in (
        (GUARD, wrong, "员工号或密码不对，请再输入一次"),
        (TELLER, pins[TELLER], "这一处不由您的岗位签名"),
    ):
        write(dialog.number.edit, number)
        for digit in pin:
            dialog.pin.append(digit)
        press(dialog.confirm)
        qtbot.waitUntil(lambda told=told: dialog.error.sentence.text() == told)
        assert dialog.pin.pin() == ""
    write(dialog.number.edit, GUARD)
    for digit in pins[GUARD]:
        dialog.pin.append(digit)
    press(dialog.confirm)
    qtbot.waitUntil(lambda: desk.said == ["巡检已结束", "已签名"])
    qtbot.waitUntil(lambda: day.sheet.chip.text() == "已完成")
    assert [one.by for one in sheet_view(other.store, sheet).signatures] == ["李静", "马强"]
    assert texts(day.table)[0][0] == "100 分"


def test_the_second_signs_at_his_own_station(
    qtbot: QtBot, desk: Desk, station_for: StationFor
) -> None:
    sheet = int(desk.run(StartSheet("OPEN", "2026-11-20")))
    desk.answer_all(sheet)
    day = desk.open(station_for("drills", LOBBY))
    qtbot.waitUntil(lambda: day.sheet.missing.text().startswith("都填好了"))
    press(day.sheet.finish)
    qtbot.waitUntil(day.sheet.sign_here.isVisible)
    day = desk.open(station_for("drills-2", GUARD))
    day.table.selectRow(0)
    qtbot.waitUntil(day.sheet.sign.isVisible)
    press(day.sheet.sign)
    qtbot.waitUntil(lambda: day.sheet.chip.text() == "已完成")


def test_what_failed_leads_to_an_action_and_nothing_ends_half_told(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    station, told = station_for("drills", LOBBY), list[str]()
    station.complained.connect(told.append)
    day = desk.open(station)
    sheet = desk.begin()
    desk.answer_all(sheet)
    desk.run(AnswerItem(sheet, "OPEN-05", "fail", "求助按钮无应答"))
    qtbot.waitUntil(lambda: day.sheet.missing.text() == "第 5 项请附照片")
    press(day.sheet.finish)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert desk.said == []
    desk.run(AnswerItem(sheet, "OPEN-05", "pass"))
    desk.run(AnswerItem(sheet, "OPEN-07", "fail", "存取款机吞卡"))
    qtbot.waitUntil(lambda: day.sheet.missing.text().startswith("都填好了"))
    press(day.sheet.finish)
    qtbot.waitUntil(lambda: bool(open_actions(other.store)))
    (action,) = open_actions(other.store)
    assert (action.source, action.ref) == ("inspection", sheet)


def test_a_cleaning_sheet_asks_for_the_cleaner(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    sheet = int(desk.run(StartSheet("CLEAN", "2026-11-20")))
    desk.answer_all(sheet)
    day = desk.open(station_for("drills", LOBBY))
    rows = [line[1] for line in texts(day.table)]
    day.table.selectRow(rows.index("环境卫生检查，第 1 次"))
    qtbot.waitUntil(day.sheet.cleaner.isVisible)
    press(day.sheet.finish)
    qtbot.waitUntil(lambda: bool(day.sheet.cleaner.error_text()))
    write(day.sheet.cleaner.edit, "周阿姨")
    press(day.sheet.finish)
    qtbot.waitUntil(lambda: sheet_view(other.store, sheet).line.state == "done")
    qtbot.waitUntil(lambda: day.sheet.signed.text() == "保洁 周阿姨，李静 08:41 签名")


def test_what_the_program_knows_is_filled_in_and_confirmed_by_hand(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    desk.at("10:00", "2026-11-04")
    desk.run(AddEquipment("extinguisher", "灭火器 1", "大厅"))
    sheet = int(desk.run(StartSheet("FIREM", "2026-11"), SUPERVISOR))
    day = desk.open(station_for("drills", SUPERVISOR))
    rows = [line[1] for line in texts(day.table)]
    day.table.selectRow(rows.index("消防设施月检"))
    qtbot.waitUntil(lambda: "FIREM-04" in day.sheet.items.rows)
    row = desk.row("FIREM-04")
    qtbot.waitUntil(lambda: row.field.text() == "1")
    assert "系统已填" in row.guide.text()
    assert "FIREM-04" not in sheet_view(other.store, sheet).answers
    QTest.keyClick(row.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.chip.text() == "通过")
    assert "系统已填" not in row.guide.text()


def test_a_filled_choice_is_confirmed_by_one_press(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    desk.at("17:05")
    sheet = int(desk.run(StartSheet("CLOSE", "2026-11-20"), GUARD))
    day = desk.open(station_for("drills", GUARD))
    rows = [line[1] for line in texts(day.table)]
    day.table.selectRow(rows.index("营业后检查"))
    qtbot.waitUntil(lambda: "CLOSE-02" in day.sheet.items.rows)
    row = desk.row("CLOSE-02")
    qtbot.waitUntil(lambda: row.chips.code() == "pass")
    assert row.chip.isHidden()
    press(row.chips.tile("pass"))
    qtbot.waitUntil(lambda: row.chip.text() == "通过")
    assert sheet_view(other.store, sheet).answers["CLOSE-02"].value == "pass"


def test_a_teller_is_observed_with_points_and_the_service_seen(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    day = desk.open(station_for("drills", LOBBY))
    rows = [line[1] for line in texts(day.table)]
    day.table.selectRow(rows.index("王敏 窗口服务观察（三阶段五步骤）"))
    desk.begin()
    assert day.sheet.title.text() == "窗口服务观察（三阶段五步骤） 王敏"
    row = desk.row("WINDOW-01")
    press(row.chips.tile("1"))
    qtbot.waitUntil(lambda: row.chip.text() == "通过")
    timed = desk.row("WINDOW-05")
    timed.service.combo.setCurrentIndex(timed.service.combo.findData("P01"))
    write(timed.field.edit, "3")
    QTest.keyClick(timed.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: timed.chip.text() == "通过")


def test_a_sheet_begun_by_mistake_is_given_up(
    qtbot: QtBot, desk: Desk, station_for: StationFor
) -> None:
    day = desk.open(station_for("drills", LOBBY))
    desk.begin()
    press(day.sheet.drop)
    press(desk.dialog(ConfirmDialog).confirm_button)
    qtbot.waitUntil(day.start.isVisible)
    assert texts(day.table)[0][0] == "该做了"


def test_who_was_quicker_is_told(qtbot: QtBot, desk: Desk, station_for: StationFor) -> None:
    station = station_for("drills", LOBBY)
    told: list[str] = []
    station.complained.connect(told.append)
    day = desk.open(station)
    started = StartSheet("OPEN", "2026-11-20")
    chosen = day.chosen()
    assert chosen is not None
    assert chosen.slot.template == "OPEN"
    desk.run(started, GUARD)
    station.run(day, started, None)
    qtbot.waitUntil(lambda: told == ["马强 已在 08:41 开始这项巡检"])
    assert not isinstance(told, TingtangError)


def test_the_page_speaks_english_at_once(qtbot: QtBot, desk: Desk, station_for: StationFor) -> None:
    day = desk.open(station_for("drills", HEAD))
    sheet = int(desk.run(StartSheet("OPEN", "2026-11-20")))
    qtbot.waitUntil(lambda: bool(day.sheet.items.rows))
    desk.run(AnswerItem(sheet, "OPEN-01", "fail"))
    qtbot.waitUntil(desk.row("OPEN-01").failure.isVisible)
    language().choose("en")
    qtbot.waitUntil(lambda: day.title.text() == "Inspections today")
    assert day.sheet.title.text() == "Opening check"
    assert desk.row("OPEN-01").chips.tile("fail").content().title == "Failed"
    assert desk.row("OPEN-01").failure.missing.text() == "Please add a note and a photo"
