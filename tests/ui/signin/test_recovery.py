"""Asking for the recovery key: typed, pasted, scanned, mistyped, another branch's, right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.bootstrap import own_branch
from branch.founding import Plan
from branch.kernel.clock import SetClock
from branch.kernel.errors import StoreLocked
from branch.kernel.keys import BranchKey, new_key, read_recovery
from branch.kernel.settings import Settings
from tests.ui.signin.conftest import press, show
from ui.program import Program
from ui.shell.language import language
from ui.shell.worker import Worker
from ui.signin.recovery import RecoveryDialog, RecoveryWindow
from ui.signin.recovery_fields import RecoveryFields
from ui.signin.window import SignInWindow


@pytest.fixture
def key(settings: Settings, clock: SetClock, sample: Plan) -> BranchKey:
    """The key of an encrypted branch whose machine has lost it."""
    home = Settings(settings.home, settings.config, f"sqlite:///{settings.home / 'locked.db'}")
    branch = own_branch(home, clock)
    branch.found(sample)
    found = read_recovery(branch.recovery_key())
    branch.close()
    (settings.config / "keys" / f"{found.fingerprint}.key").unlink()
    return found


@pytest.fixture
def program(settings: Settings, clock: SetClock, key: BranchKey) -> Iterator[Program]:
    """The program on that branch."""
    home = Settings(settings.home, settings.config, f"sqlite:///{settings.home / 'locked.db'}")
    started = Program(home, clock)
    started.start()
    yield started
    if started.window is not None:
        started.window.close()
    started.stop()


@pytest.fixture
def asking(qtbot: QtBot, program: Program) -> RecoveryWindow:
    """The page that asks."""
    qtbot.waitUntil(lambda: isinstance(program.window, RecoveryWindow), timeout=10_000)
    window = program.window
    assert isinstance(window, RecoveryWindow)
    show(qtbot, window)
    return window


def typed(text: str) -> None:
    """Keys one after the other, each to whoever has the keyboard, as a scanner sends them."""
    for letter in text:
        QTest.keyClicks(QApplication.focusWidget(), letter)


def pasted(fields: RecoveryFields, text: str, at: int = 0) -> None:
    QApplication.clipboard().setText(text)
    fields.groups[at].setFocus()
    fields.groups[at].selectAll()
    QTest.keyClick(fields.groups[at], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.clipboard().clear()


def wrong(fields: RecoveryFields) -> list[int]:
    """The numbers of the groups marked as wrong."""
    return [n for n, edit in enumerate(fields.groups, 1) if edit.property("wrong")]


def test_a_locked_store_asks_and_the_right_key_opens_it(
    qtbot: QtBot, program: Program, asking: RecoveryWindow, key: BranchKey, settings: Settings
) -> None:
    assert asking.form.sentence.text() == (
        f"这台机器上没有打开数据的密钥（指纹 {key.fingerprint}），请输入恢复密钥"
    )
    assert asking.form.fields.groups[0].hasFocus()
    typed(key.recovery)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(program.window, SignInWindow), timeout=10_000)
    assert (settings.config / "keys" / f"{key.fingerprint}.key").exists()


def test_it_can_be_pasted_as_somebody_wrote_it_down(
    qtbot: QtBot, program: Program, asking: RecoveryWindow, key: BranchKey
) -> None:
    pasted(asking.form.fields, f"  {key.recovery.lower().replace('-', ' ')} ")
    assert asking.form.fields.text() == key.recovery
    press(asking.form.open)
    qtbot.waitUntil(lambda: isinstance(program.window, SignInWindow), timeout=10_000)


def test_a_mistyped_group_is_marked_at_once_and_named(
    qtbot: QtBot, asking: RecoveryWindow, key: BranchKey
) -> None:
    fields = asking.form.fields
    third = fields.groups[2]
    pasted(fields, key.recovery)
    assert wrong(fields) == []
    other = "7" if third.text()[1] != "7" else "8"
    third.setFocus()
    third.setCursorPosition(2)
    QTest.keyClick(third, Qt.Key.Key_Backspace)
    QTest.keyClicks(third, other)
    assert wrong(fields) == [3]
    assert third.cursorPosition() == 2 or fields.groups[3].hasFocus()
    press(asking.form.open)
    said = asking.form.trouble.sentence
    qtbot.waitUntil(lambda: said.text() == "恢复密钥第 3 组有错，请对照纸上核对这一组")
    assert third.hasFocus()
    assert len(fields.text()) == len(key.recovery)
    language().choose("en")
    qtbot.waitUntil(lambda: said.text().startswith("Group 3 of the recovery key is not right"))


def test_a_key_that_is_too_short_says_so_and_goes_to_the_gap(
    qtbot: QtBot, asking: RecoveryWindow, key: BranchKey
) -> None:
    pasted(asking.form.fields, key.recovery[:29])
    press(asking.form.open)
    said = asking.form.trouble.sentence
    qtbot.waitUntil(lambda: said.text() == "恢复密钥有 65 个字符，这里是 25 个")
    assert asking.form.fields.groups[5].hasFocus()


def test_another_branch_s_key_names_both_fingerprints(
    qtbot: QtBot, asking: RecoveryWindow, key: BranchKey
) -> None:
    other = new_key()
    pasted(asking.form.fields, other.recovery)
    press(asking.form.open)
    said = asking.form.trouble.sentence
    qtbot.waitUntil(lambda: other.fingerprint in said.text())
    assert key.fingerprint in said.text()
    assert asking.form.fields.text() == other.recovery


def test_backspace_in_an_empty_group_goes_back_and_extra_letters_harm_nobody(
    asking: RecoveryWindow, key: BranchKey
) -> None:
    fields = asking.form.fields
    typed(key.recovery[:5])
    assert fields.groups[1].hasFocus()
    typed("7")
    QTest.keyClick(fields.groups[1], Qt.Key.Key_Backspace)
    QTest.keyClick(fields.groups[1], Qt.Key.Key_Backspace)
    assert fields.groups[0].hasFocus()
    pasted(fields, key.recovery)
    fields.groups[0].setFocus()
    fields.groups[0].end(False)
    QTest.keyClicks(fields.groups[0], "7")
    assert fields.text() == key.recovery


def test_every_cell_has_a_name_and_hides_nothing_from_a_screen_reader(
    asking: RecoveryWindow,
) -> None:
    names = [edit.accessibleName() for edit in asking.form.fields.groups]
    assert names == [f"第 {n} 组" for n in range(1, 14)]


def test_the_key_was_put_back_and_another_try_opens(
    qtbot: QtBot, program: Program, asking: RecoveryWindow, key: BranchKey, settings: Settings
) -> None:
    (settings.config / "keys" / f"{key.fingerprint}.key").write_text(key.recovery)
    press(asking.form.again)
    qtbot.waitUntil(lambda: isinstance(program.window, SignInWindow), timeout=10_000)


def test_a_window_whose_store_got_another_key_is_asked_over_it_and_only_once(
    qtbot: QtBot, tmp_path: Path, clock: SetClock, settings: Settings
) -> None:
    program = Program(settings, clock)
    program.start()
    qtbot.waitUntil(lambda: isinstance(program.window, SignInWindow), timeout=10_000)
    window = program.window
    assert window is not None
    # The panel that is open at the end goes with its window.
    qtbot.addWidget(window)
    error = StoreLocked("store_key_wrong", wanted="ABCD2345", found="EFGH6789")
    for tries in (1, 2):
        program._on_store_failed(error, tries)
    found = window.findChildren(RecoveryDialog)
    assert len(found) == 1
    assert "ABCD2345" in found[0].form.sentence.text()
    press(found[0].back)
    qtbot.waitUntil(lambda: not window.findChildren(RecoveryDialog))
    program._on_store_failed(error, 3)
    assert len(window.findChildren(RecoveryDialog)) == 1
    window.close()
    program.stop()


def test_the_panel_goes_when_the_store_is_back(
    qtbot: QtBot, worker: Worker, asking: RecoveryWindow
) -> None:
    dialog = RecoveryDialog(asking, worker, StoreLocked("store_key_missing", wanted="ABCD2345"))
    dialog.open()
    with qtbot.waitSignal(dialog.finished):
        worker.store_back.emit()
