"""The working calendar: what a year looks like, importing with a preview, mending one day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.workdays.commands import ImportYear
from branch.workdays.import_file import csv_text
from branch.workdays.queries import EDITED, work_years, year_version
from branch.workdays.rules import SpecialDay
from tests.ui.admin.conftest import SUPERVISOR, OpenAdmin, press, toasts, write
from ui.admin.calendar_import import ImportDialog, RestoreDialog
from ui.admin.calendar_page import CalendarPage
from ui.admin.window import AdminWindow
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.calendar_banner import CalendarBanner

Run = Callable[[str, str, object], Any]
LEFT = Qt.MouseButton.LeftButton
NEW_YEAR = tuple(SpecialDay(date(2027, 1, n), False, "元旦") for n in (1, 2, 3))


def off(*days: tuple[int, int]) -> tuple[SpecialDay, ...]:
    return tuple(SpecialDay(date(2027, *day), False, "") for day in days)


# Invented for the test: nobody knows the notice yet.
YEAR = (
    *NEW_YEAR,
    *off(*((2, n) for n in range(5, 14))),
    SpecialDay(date(2027, 2, 20), True, ""),
    *off((4, 5), (5, 1), (5, 2), (5, 3), (6, 9), (9, 15), *((10, n) for n in range(1, 8))),
)


def page_of(window: AdminWindow) -> CalendarPage:
    page = window.pages["calendar"]
    assert isinstance(page, CalendarPage)
    return page


def dialog_of(page: CalendarPage) -> ImportDialog:
    return next(one for one in page.findChildren(ImportDialog) if one.isVisible())


def click(page: CalendarPage, day: date) -> None:
    place = page.picture.place_of(day).center().toPoint()
    QTest.mouseClick(page.picture, LEFT, pos=place)


def former_lines(page: CalendarPage) -> list[str]:
    return [line.text() for line in page.former.lines]


def put_file(folder: Path, days: tuple[SpecialDay, ...], name: str = "2027.csv") -> Path:
    file = folder / name
    file.write_text(csv_text(days), encoding="utf-8-sig")
    return file


def test_a_year_says_where_it_is_from_and_the_next_is_provisional(admin: OpenAdmin) -> None:
    page = page_of(admin("calendar", SUPERVISOR))
    assert page.years.keys()[:2] == ["2027", "2026"]
    assert page.years.current() == "2026"
    assert (page.chip.text(), page.source.text()) == ("已公布", "随程序提供，国务院办公厅通知")
    assert page.picture.day == date(2026, 11, 20)
    assert page.day.title.text() == "11月20日 星期五"
    assert page.day.kind_line.text() == "工作日"
    page.years.setCurrentRow(0)
    assert page.chip.text() == "暂定"
    assert page.source.text().startswith("放假安排还没有导入")
    assert page.day.kind_line.text() == "暂按放假"
    # Mending a day of it would make it look announced.
    assert not page.day.form.isVisible()
    assert not page.table.button.isEnabled()


def test_days_are_reached_by_pointer_and_by_key(admin: OpenAdmin) -> None:
    page = page_of(admin("calendar", SUPERVISOR))
    click(page, date(2026, 10, 10))
    assert page.day.kind_line.text() == "上班（调休）"
    assert page.picture.accessibleName() == "10月10日 星期六，上班（调休）"
    page.picture.setFocus()
    for key, day in (
        (Qt.Key.Key_Left, date(2026, 10, 9)),
        (Qt.Key.Key_Up, date(2026, 10, 2)),
        (Qt.Key.Key_PageDown, date(2026, 11, 2)),
        (Qt.Key.Key_Home, date(2026, 1, 1)),
        (Qt.Key.Key_Left, date(2026, 1, 1)),
        (Qt.Key.Key_End, date(2026, 12, 31)),
    ):
        QTest.keyClick(page.picture, key)
        assert page.picture.day == day
    click(page, date(2026, 2, 17))
    assert page.day.kind_line.text() == "放假（春节）"


def test_a_notice_is_imported_after_its_preview(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, tmp_path: Path
) -> None:
    window = admin("calendar", SUPERVISOR)
    page = page_of(window)
    assert window.calendar.isVisible()
    page.offer_file(put_file(tmp_path, YEAR))
    dialog = dialog_of(page)
    assert dialog.doubts == ()
    assert not dialog.compared.isVisible()
    assert dialog.summary.text().startswith(f"新增 {len(YEAR)} 天，改动 0 天，去掉 0 天。")
    assert dialog.lines[0][1][0] == "1月1日 星期五 放假"
    write(dialog.notice, "国办发明电〔2026〕7号")
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: page.years.current() == "2027", timeout=5000)
    assert page.chip.text() == "已公布"
    assert "2027 年的放假安排已导入" in toasts(window)
    assert page.source.text() == "第 1 版，2026-11-20 陈刚，2027.csv，国办发明电〔2026〕7号"
    qtbot.waitUntil(lambda: not window.calendar.isVisible())
    assert work_years(other.store)[0].days == YEAR


def test_a_notice_s_number_is_kept_whole_or_not_at_all(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, tmp_path: Path
) -> None:
    page = page_of(admin("calendar", SUPERVISOR))
    page.offer_file(put_file(tmp_path, YEAR))
    dialog = dialog_of(page)
    write(dialog.notice, "国办发明电" * 25)
    press(dialog.confirm_button)
    qtbot.waitUntil(dialog.notice.error.isVisible)
    assert dialog.notice.error_text() == "最多 120 个字，现在有 125 个"
    assert dialog.focusWidget() is dialog.notice.edit
    assert not dialog.error.isVisible()
    write(dialog.notice, "国办发明电〔2026〕7号")
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: page.years.current() == "2027", timeout=5000)


def test_what_is_doubtful_waits_for_a_tick(admin: OpenAdmin, tmp_path: Path) -> None:
    page = page_of(admin("calendar", SUPERVISOR))
    page.offer_file(put_file(tmp_path, NEW_YEAR))
    dialog = dialog_of(page)
    assert [words.partition("，")[0] for words in dialog.doubts] == [
        "放假天数与往年相差较大", "没有一天调休上班", "元旦、劳动节或国庆节当天没有写成放假",
    ]  # fmt: skip
    assert not dialog.confirm_button.isEnabled()
    press(dialog.compared)
    assert dialog.confirm_button.isEnabled()
    press(dialog.cancel_button)


def test_a_wrong_file_is_told_by_name_line_and_what_was_expected(
    admin: OpenAdmin, tmp_path: Path
) -> None:
    page = page_of(admin("calendar", SUPERVISOR))
    file = tmp_path / "通知.csv"
    file.write_text("日期,名称,安排\n2027-13-01,元旦,放假\n", encoding="utf-8")
    page.offer_file(file)
    assert page.trouble.sentence.text() == "通知.csv 第 2 行：日期应如 2027-01-01"
    assert page.trouble.isVisible()
    language().choose("en")
    QApplication.processEvents()
    assert page.trouble.sentence.text() == "通知.csv, line 2: a day is written like 2027-01-01"
    page.offer_file(tmp_path / "nowhere.csv")
    assert "nowhere.csv cannot be opened" in page.trouble.sentence.text()
    page.offer_file(put_file(tmp_path, YEAR))
    assert not page.trouble.isVisible()
    press(dialog_of(page).cancel_button)


def test_one_day_is_mended_and_the_former_version_kept(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, run: Run
) -> None:
    run(SUPERVISOR, "admin", ImportYear(2027, YEAR, "7号", "2027.csv"))
    window = admin("calendar", SUPERVISOR)
    page = page_of(window)
    page.years.setCurrentRow(0)
    click(page, date(2027, 2, 14))
    assert page.day.kind_line.text() == "周末休息"
    assert not page.day.save.isEnabled()
    press(page.day.kind.segment("worked"))
    assert page.unsaved()
    press(page.day.save)
    qtbot.waitUntil(lambda: page.day.kind_line.text() == "上班（调休）")
    assert not page.unsaved()
    assert toasts(window) == ["已保存，有关期限已重新计算"]
    newest = work_years(other.store)[0]
    assert (newest.version, newest.source, newest.notice) == (2, EDITED, "7号")
    assert SpecialDay(date(2027, 2, 14), True, "") in newest.days
    assert page.source.text() == "第 2 版，2026-11-20 陈刚，手工修改，7号"
    assert former_lines(page) == ["第 1 版，2026-11-20 陈刚，2027.csv，7号"]
    # Back to what the week says.
    press(page.day.kind.segment("plain"))
    press(page.day.save)
    qtbot.waitUntil(lambda: page.day.kind_line.text() == "周末休息")
    assert work_years(other.store)[0].days == YEAR


def test_a_holiday_gets_its_name(qtbot: QtBot, admin: OpenAdmin, other: Branch) -> None:
    page = page_of(admin("calendar", SUPERVISOR))
    click(page, date(2026, 11, 25))
    press(page.day.kind.segment("off"))
    write(page.day.name, "行庆")
    press(page.day.save)
    qtbot.waitUntil(lambda: page.day.kind_line.text() == "放假（行庆）")
    year = next(one for one in work_years(other.store) if one.year == 2026)
    assert SpecialDay(date(2026, 11, 25), False, "行庆") in year.days
    assert former_lines(page) == ["随程序提供，国务院办公厅通知"]


def test_a_former_version_is_put_back_after_its_preview(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, run: Run
) -> None:
    run(SUPERVISOR, "admin", ImportYear(2027, YEAR, "7号", "2027.csv"))
    run(SUPERVISOR, "admin", ImportYear(2027, (*YEAR[:-1],), "7号", EDITED))
    window = admin("calendar", SUPERVISOR)
    page = page_of(window)
    page.years.setCurrentRow(0)
    button = page.former.buttons[1]
    assert (button.text(), button.accessibleName()) == ("恢复此版", "恢复自第 1 版")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(page.findChildren(RestoreDialog)))
    dialog = next(iter(page.findChildren(RestoreDialog)))
    assert dialog.windowTitle() == "恢复 2027 年先前的安排？"
    assert dialog.summary.text().startswith("新增 1 天，改动 0 天，去掉 0 天。")
    assert dialog.lines == [("2027 年新增", ["10月7日 星期四 放假"])]
    assert dialog.which.text() == "第 1 版，2026-11-20 陈刚，2027.csv，7号"
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: "恢复自第 1 版" in page.source.text(), timeout=5000)
    assert page.source.text() == "第 3 版，2026-11-20 陈刚，恢复自第 1 版，7号"
    assert toasts(window) == ["已恢复，有关期限已重新计算"]
    assert work_years(other.store)[0].days == YEAR
    assert [line.partition("，")[0] for line in former_lines(page)] == ["第 2 版", "第 1 版"]


def test_what_came_with_the_program_can_be_put_back(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, run: Run
) -> None:
    shipped = next(one for one in work_years(other.store) if one.year == 2026).days
    run(SUPERVISOR, "admin", ImportYear(2026, shipped[:-1], "", EDITED))
    page = page_of(admin("calendar", SUPERVISOR))
    press(page.former.buttons[0])
    qtbot.waitUntil(lambda: bool(page.findChildren(RestoreDialog)))
    press(next(iter(page.findChildren(RestoreDialog))).confirm_button)
    qtbot.waitUntil(lambda: "恢复为随程序提供的安排" in page.source.text(), timeout=5000)
    assert next(one for one in work_years(other.store) if one.year == 2026).days == shipped


def test_a_version_with_the_same_days_says_so(admin: OpenAdmin, other: Branch, run: Run) -> None:
    for source in ("2027.csv", "again.csv"):
        run(SUPERVISOR, "admin", ImportYear(2027, YEAR, "", source))
    page = page_of(admin("calendar", SUPERVISOR))
    page.offer_former(year_version(other.store, 2027, 1))
    (dialog,) = page.findChildren(RestoreDialog)
    assert dialog.summary.text() == "与现行安排一致，只记下出处。"
    press(dialog.cancel_button)


def test_another_station_s_import_is_shown(qtbot: QtBot, admin: OpenAdmin, run: Run) -> None:
    page = page_of(admin("calendar", SUPERVISOR))
    page.years.setCurrentRow(0)
    run(SUPERVISOR, "admin", ImportYear(2027, YEAR, "", "2027.csv"))
    qtbot.waitUntil(lambda: page.chip.text() == "已公布", timeout=5000)


@pytest.mark.parametrize(
    ("day", "shown"), [("2026-10-31", False), ("2026-11-01", True), ("2027-02-01", True)]
)
def test_the_banner_stands_from_november_and_goes_to_the_settings(
    qtbot: QtBot,
    station_for: Callable[[str, str], Station],
    clock: SetClock,
    day: str,
    shown: bool,
) -> None:
    days = (date.fromisoformat(day) - date(2026, 11, 20)).days
    clock.advance(days * 24 * 3600)
    station = station_for("dashboard", SUPERVISOR)
    banner = CalendarBanner(station)
    qtbot.addWidget(banner)
    qtbot.waitUntil(lambda: not banner.asking.under_way)
    assert banner.isVisible() is shown
    if shown:
        assert banner.sentence.text().startswith("2027 年放假安排还没有导入")
        with qtbot.waitSignal(station.place_wanted) as went:
            QTest.mouseClick(banner.button, LEFT)
        assert went.args == ["admin"]


def test_who_may_not_import_is_told_without_a_button(
    qtbot: QtBot, station_for: Callable[[str, str], Station]
) -> None:
    banner = CalendarBanner(station_for("complaints", "100303"))
    qtbot.addWidget(banner)
    qtbot.waitUntil(banner.isVisible)
    assert not banner.button.isVisible()
