"""The page of this machine: printer, language, and the change of one's own PIN."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from branch.founding import Plan
from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings, keep_machine_choice, machine_choice
from branch.people.commands import SignedIn, SignIn, SignInRefused
from tests.ui.admin.conftest import ADMINISTRATOR, OpenAdmin, press, toasts
from ui.admin import machine_page
from ui.admin.machine_page import MachinePage
from ui.admin.window import AdminWindow
from ui.shell.language import language
from ui.shell.printing import PrinterChoice
from ui.widgets.pin_field import PinField

Run = Callable[[str, str, object], Any]
PRINTERS = (
    PrinterChoice("front", "前台票据打印机", True),
    PrinterChoice("office", "办公室打印机", False),
)


@pytest.fixture
def open_at(admin: OpenAdmin, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], AdminWindow]:
    """The settings of somebody at this machine, which has two printers."""
    monkeypatch.setattr(machine_page, "printers", lambda: PRINTERS)
    return lambda staff_no: admin("machine", staff_no)


@pytest.fixture
def window(open_at: Callable[[str], AdminWindow]) -> AdminWindow:
    """The administrator's."""
    return open_at(ADMINISTRATOR)


def page_of(window: AdminWindow) -> MachinePage:
    page = window.pages["machine"]
    assert isinstance(page, MachinePage)
    return page


def offered(page: MachinePage) -> list[str]:
    return [page.printer.itemText(at) for at in range(page.printer.count())]


# -- printer ----------------------------------------------------------------------------------


def test_the_printers_of_this_machine(window: AdminWindow) -> None:
    page = page_of(window)
    assert offered(page) == ["系统默认打印机", "前台票据打印机", "办公室打印机"]
    assert page.printer.currentText() == "系统默认打印机"


def test_a_printer_is_chosen_by_key(qtbot: QtBot, window: AdminWindow, settings: Settings) -> None:
    page = page_of(window)
    page.printer.setFocus()
    qtbot.keyClick(page.printer, Qt.Key.Key_Down)
    qtbot.keyClick(page.printer, Qt.Key.Key_Down)
    assert page.printer.currentText() == "办公室打印机"
    assert machine_choice(settings, "printer") == "office"
    assert toasts(window)[-1] == "已保存"
    qtbot.keyClick(page.printer, Qt.Key.Key_Home)
    assert not machine_choice(settings, "printer")  # the system's own again


def test_tickets_into_a_folder(
    qtbot: QtBot,
    window: AdminWindow,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *_args, **_more: str(tmp_path / "号票")
    )
    press(page_of(window).folder)
    assert machine_choice(settings, "printer") == f"folder:{tmp_path / '号票'}"
    assert page_of(window).printer.currentText() == f"文件夹 {tmp_path / '号票'}"


def test_no_folder_chosen_changes_nothing(
    qtbot: QtBot, window: AdminWindow, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: "")
    press(page_of(window).folder)
    assert machine_choice(settings, "printer") is None
    assert toasts(window) == []


def test_a_printer_that_is_not_there_today(
    open_at: Callable[[str], AdminWindow], settings: Settings
) -> None:
    keep_machine_choice(settings, "printer", "back")
    assert page_of(open_at("100001")).printer.currentText() == "back（没有连接）"


def test_a_folder_that_cannot_be_written(
    qtbot: QtBot, window: AdminWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_choice: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(machine_page, "keep_machine_choice", refused)
    page = page_of(window)
    page.printer.setFocus()
    qtbot.keyClick(page.printer, Qt.Key.Key_Down)
    assert page.printer_error.isVisible()
    assert page.printer_error.sentence.text().startswith("没有保存，请检查数据文件夹能不能写")
    assert page.printer.currentText() == "系统默认打印机"  # what really holds
    assert toasts(window) == []


# -- language ---------------------------------------------------------------------------------


def test_the_language_changes_at_once(qtbot: QtBot, window: AdminWindow) -> None:
    page = page_of(window)
    press(page.language.segment("en"))
    assert language().code == "en"
    qtbot.waitUntil(lambda: page.change.text() == "Change PIN")
    assert page.language.current() == "en"
    assert window.top.title.text() == "Settings"
    press(page.language.segment("zh"))
    qtbot.waitUntil(lambda: page.change.text() == "修改密码")


# -- own PIN ----------------------------------------------------------------------------------


def pin_of(sample: Plan, staff_no: str) -> str:
    return next(member.pin for member in sample.staff if member.staff_no == staff_no)


def enter(qtbot: QtBot, field: PinField, digits: str) -> None:
    field.setFocus()
    assert field.focusProxy() is not None
    qtbot.keyClicks(field.focusProxy(), digits)


def fill(qtbot: QtBot, window: AdminWindow, old: str, new: str, again: str) -> None:
    page = page_of(window)
    for field, digits in ((page.old, old), (page.new, new), (page.again, again)):
        field.clear()
        enter(qtbot, field, digits)
    press(page.change)


@pytest.mark.parametrize("staff_no", ["100001", "100201", "100101", "100301"])
def test_the_own_pin_is_changed(
    qtbot: QtBot,
    open_at: Callable[[str], AdminWindow],
    sample: Plan,
    run: Run,
    staff_no: str,
) -> None:
    window, old = open_at(staff_no), pin_of(sample, staff_no)
    fill(qtbot, window, old, "271828", "271828")
    assert not page_of(window).change.isEnabled()
    qtbot.waitUntil(lambda: toasts(window) == ["密码已修改，下次登录用新密码"])
    assert page_of(window).change.isEnabled()
    page = page_of(window)
    assert (page.old.pin(), page.new.pin(), page.again.pin()) == ("", "", "")
    assert isinstance(run("KIOSK", "lobby", SignIn(staff_no, old)), SignInRefused)
    assert isinstance(run("KIOSK", "lobby", SignIn(staff_no, "271828")), SignedIn)


def test_a_wrong_old_pin(qtbot: QtBot, window: AdminWindow, sample: Plan) -> None:
    page = page_of(window)
    wrong = "271829" if pin_of(sample, "100001") != "271829" else "271830"
    fill(qtbot, window, wrong, "271828", "271828")
    qtbot.waitUntil(lambda: "原密码不对，还可以试 9 次" in errors(page))
    assert page.old.pin() == ""
    assert page.new.pin() == "271828"
    assert page.change.isEnabled()
    language().choose("en")
    qtbot.waitUntil(lambda: "The old PIN is not right; 9 tries left" in errors(page))


def test_ten_wrong_old_pins_end_the_session(
    qtbot: QtBot, window: AdminWindow, sample: Plan, clock: SetClock
) -> None:
    page = page_of(window)
    wrong = "271829" if pin_of(sample, "100001") != "271829" else "271830"
    for left in range(9, 0, -1):
        fill(qtbot, window, wrong, "271828", "271828")
        said = f"还可以试 {left} 次"
        qtbot.waitUntil(lambda said=said: any(said in line for line in errors(page)))
        clock.advance(600)
    with qtbot.waitSignal(window._station.sign_out_wanted):
        fill(qtbot, window, wrong, "271828", "271828")


@pytest.mark.parametrize(
    ("new", "again", "sentence"),
    [
        ("123456", "123456", "密码太简单，请不要用相同或连续的数字"),
        ("000000", "000000", "密码太简单，请不要用相同或连续的数字"),
        ("2718", "2718", "密码为六位数字"),
        ("271828", "271829", "两次输入的密码不同，请再输入一次"),
        ("", "", "请填写这一项"),
    ],
)
def test_a_pin_that_cannot_stand(
    qtbot: QtBot, window: AdminWindow, sample: Plan, run: Run, new: str, again: str, sentence: str
) -> None:
    old = pin_of(sample, "100001")
    fill(qtbot, window, old, new, again)
    assert errors(page_of(window)) == [sentence]
    assert page_of(window).old.pin() == old
    assert isinstance(run("KIOSK", "lobby", SignIn("100001", old)), SignedIn)


def test_enter_in_the_last_field_changes_it(
    qtbot: QtBot, window: AdminWindow, sample: Plan
) -> None:
    page = page_of(window)
    enter(qtbot, page.old, pin_of(sample, "100001"))
    enter(qtbot, page.new, "271828")
    enter(qtbot, page.again, "271828")
    focus = window.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: toasts(window) == ["密码已修改，下次登录用新密码"])


def errors(page: MachinePage) -> list[str]:
    lines = [*page._pin_errors, page.pin_trouble]
    return [line.sentence.text() for line in lines if line.isVisible()]
