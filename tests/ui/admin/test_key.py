"""The page about the protection of the data: what it says, the sheet, a new key, on and off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch, KeyStatus, own_branch
from branch.founding import Plan
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.key_ring import KeyRing
from branch.kernel.protection import recovery_sheet_kept
from branch.kernel.settings import Settings
from branch.lobby.queries.screens import branch_name
from branch.people.queries import staff_members
from tests.conftest import OPENING
from tests.reports.paper import packed, text_by_pypdf
from tests.ui.admin.conftest import MANAGER, OpenAdmin, press
from tests.ui.signin.test_fit import cut, everywhere
from tests.ui.waits import SetWaits
from ui.admin.key_dialogs import SheetDialog, WorkingDialog
from ui.admin.key_page import KeyPage
from ui.admin.key_words import protection_words
from ui.shell.language import language
from ui.shell.station import Person, Station
from ui.shell.worker import Worker
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.state import State

Opened = Callable[[], Branch]
T = TypeVar("T", bound=QWidget)


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """A machine of its own."""
    return Settings(tmp_path, tmp_path / "config", f"sqlite:///{tmp_path / 'kept.db'}")


@pytest.fixture
def look(home: Settings, clock: SetClock) -> Iterator[Opened]:
    """The branch as it is on the disk now, through a connection that is closed after use."""
    opened: list[Branch] = []

    def open_it() -> Branch:
        for branch in opened:
            branch.close()
        opened[:] = [own_branch(home, clock)]
        return opened[0]

    yield open_it
    for branch in opened:
        branch.close()


@pytest.fixture
def page(
    qtbot: QtBot, home: Settings, clock: SetClock, sample: Plan, looks: None
) -> Iterator[KeyPage]:
    """The page on an encrypted branch, for its manager; told is collected in ``said``."""
    branch = own_branch(home, clock)
    branch.found(sample)
    member = next(m for m in staff_members(branch.store) if m.staff_no == MANAGER)
    name = branch_name(branch.store)
    branch.close()
    worker = Worker(home.database, clock, KeyRing(home.config))
    person = Person(member.id, member.staff_no, member.name, member.roles)
    station = Station(worker, "admin", person, name, clock, home, SetWaits(worker))
    with qtbot.waitSignal(worker.opened, timeout=10_000):
        worker.start()
    window = KeyPage(station)
    qtbot.addWidget(window)
    window.resize(1232, 640)
    window.show()
    window.activateWindow()
    station.changed.connect(lambda topics: window.ask() if topics & window.topics else None)
    with qtbot.waitSignal(window.loaded, timeout=5000):
        window.ask()
    yield window
    worker.stop()


def dialog_of(page: KeyPage, kind: type[T]) -> T:
    return page.findChildren(kind)[-1]


def confirm(page: KeyPage) -> list[str]:
    """Press the verb of the question; its open items."""
    dialog = dialog_of(page, ConfirmDialog)
    said = dialog.accessibleDescription()
    press(dialog.confirm_button)
    return said.split("，")


def facts(branch: Branch) -> list[str]:
    return [entry.what for entry in journal.entries(branch.store) if entry.what.startswith("key.")]


def test_it_says_how_the_data_are_protected(qtbot: QtBot, page: KeyPage, look: Opened) -> None:
    status = look().key_status()
    assert page.chip.text() == "已加密"
    assert [fact.text() for fact in page.facts] == [
        status.fingerprint,
        "2026-11-20 09:00",
        "本机设置文件夹，只有这个系统账户能打开",
        "无",
    ]
    assert page.sheet_chip.text() == "还没有封存"
    assert page.turn_off.isVisible()
    assert not page.turn_on.isVisible()
    language().choose("en")
    qtbot.waitUntil(lambda: page.chip.text() == "Encrypted")


def test_the_sheet_is_fetched_with_a_trace_and_put_away(
    qtbot: QtBot, page: KeyPage, look: Opened, tmp_path: Path
) -> None:
    press(page.sheet)
    confirm(page)
    qtbot.waitUntil(lambda: bool(page.findChildren(SheetDialog)))
    sheet = dialog_of(page, SheetDialog).sheet
    assert not sheet.put_away_button.isEnabled()
    with qtbot.waitSignal(sheet.papers.done, timeout=10_000):
        sheet.papers._keep(str(tmp_path / "sheet.pdf"))
    said = packed(text_by_pypdf((tmp_path / "sheet.pdf").read_bytes()))
    branch = look()
    assert all(group in said for group in branch.recovery_key().split("-"))
    assert facts(branch)[-1] == "key.shown"
    with qtbot.waitSignal(page.told) as told:
        press(sheet.put_away_button)
    assert told.args == ["已记下，恢复密钥封好放好"]
    qtbot.waitUntil(lambda: page.sheet_chip.text() == "2026-11-20 已封存")
    assert recovery_sheet_kept(branch.store) == OPENING
    assert facts(branch)[-1] == "key.sheet_kept"


def test_whoever_does_not_print_leaves_no_trace(page: KeyPage, look: Opened) -> None:
    before = facts(look())
    press(page.sheet)
    press(dialog_of(page, ConfirmDialog).cancel_button)
    assert facts(look()) == before
    assert not page.findChildren(SheetDialog)


def test_a_new_key_comes_with_its_sheet(qtbot: QtBot, page: KeyPage, look: Opened) -> None:
    old = page.facts[0].text()
    press(page.rotate)
    with qtbot.waitSignal(page.told, timeout=20_000) as told:
        items = confirm(page)
    assert "请先关闭这台电脑上的其他厅堂窗口" in items
    assert told.args == ["密钥已更换，请打印新的恢复密钥"]
    qtbot.waitUntil(lambda: bool(page.findChildren(SheetDialog)), timeout=10_000)
    new = page.facts[0].text()
    assert new != old
    assert dialog_of(page, SheetDialog).sheet.fingerprint.text() == f"密钥指纹 {new}"
    branch = look()
    assert branch.key_status().fingerprint == new
    assert "key.rotated" in facts(branch)
    assert page.sheet_chip.text() == "还没有封存"


def test_encryption_is_turned_off_and_on(
    qtbot: QtBot, page: KeyPage, home: Settings, tmp_path: Path
) -> None:
    raw = tmp_path / "kept.db"
    press(page.turn_off)
    with qtbot.waitSignal(page.told, timeout=20_000) as told:
        confirm(page)
    assert told.args == ["加密已关闭"]
    qtbot.waitUntil(lambda: page.chip.text() == "未加密")
    assert raw.read_bytes().startswith(b"SQLite format 3")
    assert "仍逐项加密" in page.what.text()
    press(page.turn_on)
    with qtbot.waitSignal(page.told, timeout=20_000) as told:
        confirm(page)
    assert told.args == ["数据文件已加密"]
    qtbot.waitUntil(lambda: page.chip.text() == "已加密")
    assert not raw.read_bytes().startswith(b"SQLite format 3")


def test_another_open_window_is_named_and_nothing_changes(
    qtbot: QtBot, page: KeyPage, look: Opened
) -> None:
    before = page.facts[0].text()
    look()
    press(page.rotate)
    confirm(page)
    qtbot.waitUntil(lambda: bool(page.trouble.sentence.text()), timeout=30_000)
    assert page.trouble.sentence.text() == "数据正由本机的另一个窗口使用，请先关闭其他窗口"
    qtbot.waitUntil(lambda: not page.findChildren(WorkingDialog))
    assert look().key_status().fingerprint == before


def test_the_wait_cannot_be_closed(qtbot: QtBot, page: KeyPage) -> None:
    dialog = WorkingDialog(page, "正在更换密钥")
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.close()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.finished):
        dialog.end()


def test_words_for_every_kind_of_store() -> None:
    status = KeyStatus(True, False, "ABCD2345", OPENING, "file")
    state, word, sentence = protection_words(status)
    assert (state, word) == (State.OK, "敏感内容已加密")
    assert "由服务器加密" in sentence
    state, word, _sentence = protection_words(replace(status, on_server=False))
    assert (state, word) == (State.ATTENTION, "未加密")
    state, word, _sentence = protection_words(replace(status, fingerprint=""))
    assert (state, word) == (State.IDLE, "试用数据")


def test_it_fits_in_both_languages(page: KeyPage) -> None:
    for where in everywhere(page):
        assert cut(page) == [], where


def test_data_to_try_things_on_have_nothing_to_do(admin: OpenAdmin) -> None:
    window = admin("key", MANAGER)
    page = window.pages["key"]
    assert isinstance(page, KeyPage)
    assert page.chip.text() == "试用数据"
    assert not page.sheet.isEnabled()
    assert not page.rotate.isEnabled()
    assert not page.turn_on.isVisible()


@pytest.mark.parametrize(
    ("account", "sees"), [("100001", True), ("100101", True), ("100201", False), ("100301", False)]
)
def test_only_administrator_and_manager_see_it(admin: OpenAdmin, account: str, sees: bool) -> None:
    window = admin("machine", account)
    assert ("key" in window.pages) is sees
