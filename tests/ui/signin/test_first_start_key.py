"""The last step of the first start: the recovery key on paper, the file encrypted or not."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from branch.bootstrap import own_branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.key_ring import KeyRing
from branch.kernel.protection import recovery_sheet_kept
from branch.kernel.settings import Settings
from tests.conftest import OPENING
from tests.reports.paper import packed, text_by_pypdf
from tests.ui.signin.conftest import press, show, type_pin
from tests.ui.signin.test_fit import cut, everywhere
from ui.shell.worker import Worker
from ui.signin.first_start import FirstStartWizard

PIN = "471193"


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """A machine without a branch."""
    return Settings(tmp_path, tmp_path / "config", f"sqlite:///{tmp_path / 'new.db'}")


@pytest.fixture
def wizard(qtbot: QtBot, home: Settings, clock: SetClock) -> Iterator[FirstStartWizard]:
    """The wizard with a worker that keeps keys, at the step of the counters."""
    worker = Worker(home.database, clock, KeyRing(home.config))
    with qtbot.waitSignal(worker.opened, timeout=5000):
        worker.start()
    window = FirstStartWizard(worker, home)
    qtbot.addWidget(window)
    show(qtbot, window)
    window.next.repeat_guard = False  # a test presses faster than a hand
    press(window.new)
    window.branch_page.zh.set_text("云川银行湖滨路支行")
    window.branch_page.code.set_text("HB001")
    press(window.next)
    window.administrator.name.set_text("周敏")
    window.administrator.number.set_text("100001")
    type_pin(window.administrator.pin, PIN)
    type_pin(window.administrator.again, PIN)
    press(window.next)
    assert window.step() == 3
    yield window
    worker.stop()


def at_key(qtbot: QtBot, wizard: FirstStartWizard) -> None:
    press(wizard.next)
    qtbot.waitUntil(wizard.key_page.isVisible, timeout=10_000)


def save(wizard: FirstStartWizard, qtbot: QtBot, file: Path) -> None:
    papers = wizard.key_page.sheet.papers
    with qtbot.waitSignal(papers.done, timeout=10_000):
        papers._keep(str(file))


def test_the_sheet_is_offered_and_put_away(
    qtbot: QtBot, wizard: FirstStartWizard, home: Settings, clock: SetClock, tmp_path: Path
) -> None:
    at_key(qtbot, wizard)
    sheet = wizard.key_page.sheet
    assert wizard.title() == "恢复密钥"
    assert not sheet.put_away_button.isEnabled()
    assert "没有这张纸，电脑损坏后数据无法恢复" in sheet._without.text()
    file = tmp_path / "sheet.pdf"
    save(wizard, qtbot, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    press(sheet.put_away_button)
    qtbot.waitUntil(lambda: wizard.title() == "网点已建好")
    branch = own_branch(home, clock)
    status = branch.key_status()
    assert status.encrypted
    assert sheet.fingerprint.text() == f"密钥指纹 {status.fingerprint}"
    said = packed(text_by_pypdf(file.read_bytes()))
    assert all(group in said for group in branch.recovery_key().split("-"))
    assert recovery_sheet_kept(branch.store) == OPENING
    facts = [entry.what for entry in journal.entries(branch.store)]
    assert facts[-1] == "key.sheet_kept"
    branch.close()
    with qtbot.waitSignal(wizard.founded):
        press(wizard.next)


def test_it_can_be_printed_later(
    qtbot: QtBot, wizard: FirstStartWizard, home: Settings, clock: SetClock
) -> None:
    at_key(qtbot, wizard)
    press(wizard.key_page.sheet.later_button)
    assert wizard.title() == "网点已建好"
    branch = own_branch(home, clock)
    assert branch.key_status().encrypted
    assert recovery_sheet_kept(branch.store) is None
    branch.close()


def test_the_key_is_not_kept_by_the_page(qtbot: QtBot, wizard: FirstStartWizard) -> None:
    at_key(qtbot, wizard)
    press(wizard.key_page.sheet.later_button)
    assert wizard.key_page.sheet.papers._make is None


def test_whoever_wishes_no_encryption_gets_a_plain_file(
    qtbot: QtBot, wizard: FirstStartWizard, home: Settings, clock: SetClock
) -> None:
    assert wizard.counters.encrypted.isChecked()
    press(wizard.counters.encrypted)
    at_key(qtbot, wizard)
    press(wizard.key_page.sheet.later_button)
    qtbot.waitUntil(lambda: (home.home / "new.db").read_bytes()[:15] == b"SQLite format 3")
    assert wizard.key_page.trouble.sentence.text() == ""


def test_an_encrypted_file_shows_nothing(qtbot: QtBot, wizard: FirstStartWizard) -> None:
    at_key(qtbot, wizard)
    raw = (wizard._settings.home / "new.db").read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    assert "湖滨路".encode() not in raw


def test_the_page_fits_in_both_languages(qtbot: QtBot, wizard: FirstStartWizard) -> None:
    at_key(qtbot, wizard)
    wizard._settings = Settings(wizard._settings.home, wizard._settings.config, "sqlite:////v/b.db")
    wizard.retranslate()
    for where in everywhere(wizard):
        assert cut(wizard) == [], where


def test_enter_presses_what_has_the_keyboard_and_skips_nothing(
    qtbot: QtBot, wizard: FirstStartWizard
) -> None:
    at_key(qtbot, wizard)
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.key_page.isVisible()
    wizard.key_page.sheet.later_button.setFocus()
    QTest.keyClick(wizard.key_page.sheet.later_button, Qt.Key.Key_Return)
    assert wizard.title() == "网点已建好"
