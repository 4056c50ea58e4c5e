"""The roster on paper while nobody can sign in: from this machine's copy, with its key only."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.bootstrap import own_branch
from branch.catalogue.queries import Name
from branch.founding import Plan
from branch.kernel.clock import SetClock
from branch.kernel.journal import entries
from branch.kernel.key_ring import KeyRing
from branch.kernel.keys import BranchKey, new_key
from branch.kernel.sealing import Sealer
from branch.kernel.settings import Settings, keep_machine_choice
from branch.lobby.queries.screens import BranchName
from branch.visitors.queries.roster import KeptRoster, Roster, Somebody, sealed_roster
from tests.conftest import OPENING
from tests.ui.signin.conftest import press, show
from ui.kiosk.window import KioskWindow
from ui.program import Program
from ui.shell.language import language
from ui.shell.roster_keeper import ROSTER_FILE, write_sealed
from ui.signin.kept_roster import CallerDialog, KeptRosterLine
from ui.signin.trouble import TroubleWindow
from ui.signin.window import SignInWindow
from ui.visitors.away_window import AwayRollWindow

LEFT = Qt.MouseButton.LeftButton
PEOPLE = (
    Somebody("visitor", 1, "周大军", "office", unit="安达设备维保", badge="V-01", since=OPENING),
    Somebody("customer", 2, "A001", ""),
)


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """A machine whose printer is a folder."""
    home = Settings(tmp_path, tmp_path / "config", f"sqlite:///{tmp_path / 'branch.db'}")
    keep_machine_choice(home, "printer", f"folder:{tmp_path / 'paper'}")
    return home


def keep_copy(home: Settings, key: BranchKey) -> None:
    branch = BranchName("001", Name("云川银行湖滨路支行", ""), "Asia/Shanghai", "09:00", "17:00")
    kept = KeptRoster(branch, Roster(OPENING, PEOPLE))
    write_sealed(home.home / ROSTER_FILE, sealed_roster(Sealer(key), kept))


def papers(home: Settings) -> list[Path]:
    folder = home.home / "paper"
    return list(folder.iterdir()) if folder.exists() else []


def opened(qtbot: QtBot, home: Settings, clock: SetClock) -> tuple[TroubleWindow, KeptRosterLine]:
    window = TroubleWindow("数据库连不上")
    line = KeptRosterLine(home, clock)
    window.add_line(line)
    qtbot.addWidget(window)
    show(qtbot, window)
    return window, line


def test_without_a_copy_nothing_is_offered(qtbot: QtBot, home: Settings, clock: SetClock) -> None:
    window, line = opened(qtbot, home, clock)
    assert window.isVisible()
    assert not line.isVisible()


def test_the_list_comes_out_in_one_press(qtbot: QtBot, home: Settings, clock: SetClock) -> None:
    key = new_key()
    KeyRing(home.config).keep(key)
    keep_copy(home, key)
    _window, line = opened(qtbot, home, clock)
    with qtbot.waitSignal(line.printed, timeout=10_000):
        press(line.print_button)
    assert line.outcome.text() == "名册已送去打印"
    (paper,) = papers(home)
    text = "".join(page.extract_text() for page in PdfReader(paper).pages)
    for word in ("周大军", "V-01", "A001"):
        assert word in text
    language().choose("en")
    qtbot.waitUntil(lambda: line.print_button.text() == "Print roster")


def test_without_the_key_nothing_is_printed(qtbot: QtBot, home: Settings, clock: SetClock) -> None:
    keep_copy(home, new_key())
    _window, line = opened(qtbot, home, clock)
    press(line.print_button)
    qtbot.waitUntil(lambda: "没有打开数据的密钥" in line.outcome.text())
    assert papers(home) == []
    assert line.print_button.isEnabled()


def test_a_copy_that_went_meanwhile_is_said(qtbot: QtBot, home: Settings, clock: SetClock) -> None:
    keep_copy(home, new_key())
    _window, line = opened(qtbot, home, clock)
    (home.home / ROSTER_FILE).unlink()
    press(line.print_button)
    qtbot.waitUntil(lambda: line.outcome.text() == "本机没有名册")


@pytest.fixture
def program(home: Settings, clock: SetClock, sample_file: Path) -> Iterator[Program]:
    """A program whose store is spoilt at first, and a copy of the roster beside it."""
    (home.home / "branch.db").write_bytes(b"not a store at all" * 100)
    key = new_key()
    KeyRing(home.config).keep(key)
    keep_copy(home, key)
    program = Program(home, clock)
    yield program
    if program.window is not None:
        program.window.close()
    program.stop()


def test_a_print_without_the_store_is_recorded_when_it_is_back(
    qtbot: QtBot, program: Program, home: Settings, sample_file: Path, clock: SetClock
) -> None:
    program.start()
    qtbot.waitUntil(lambda: isinstance(program.window, TroubleWindow))
    trouble = program.window
    assert isinstance(trouble, TroubleWindow)
    (line,) = trouble.findChildren(KeptRosterLine)
    qtbot.waitUntil(line.isVisible)
    with qtbot.waitSignal(line.printed, timeout=10_000):
        press(line.print_button)
    shutil.copy(sample_file, home.home / "branch.db")
    press(trouble.retry)
    qtbot.waitUntil(lambda: isinstance(program.window, SignInWindow), timeout=10_000)
    done: list[int] = []
    program._worker.ask(program, lambda branch: 1, done.append)
    qtbot.waitUntil(lambda: bool(done))
    branch = own_branch(home, clock)
    last = list(entries(branch.store))[-1]
    assert (last.what, last.staff, last.station) == ("roster.printed", 0, "sign-in")
    branch.close()


def call_the_roll(qtbot: QtBot, program: Program, name: str) -> None:
    """From the trouble page to the page of the roll call."""
    qtbot.waitUntil(lambda: isinstance(program.window, TroubleWindow), timeout=10_000)
    assert program.window is not None
    (line,) = program.window.findChildren(KeptRosterLine)
    qtbot.waitUntil(line.isVisible)
    press(line.roll_button)
    (dialog,) = line.findChildren(CallerDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.name.set_text(name)
    press(dialog.confirm_button)


def test_a_roll_is_called_before_anybody_could_sign_in(
    qtbot: QtBot, program: Program, home: Settings, sample_file: Path, clock: SetClock
) -> None:
    program.start()
    call_the_roll(qtbot, program, "")
    assert program.window is not None
    (dialog,) = program.window.findChildren(CallerDialog)
    assert dialog.name.error_text() == "请填写这一项"
    dialog.name.set_text("马强")
    qtbot.keyClick(dialog.confirm_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(program.window, AwayRollWindow))
    window = program.window
    assert isinstance(window, AwayRollWindow)
    qtbot.waitUntil(lambda: window.desk.kept is not None)
    assert window.top.subtitle.text().startswith("马强 在本机点名")
    window.desk.start("real")
    assert window.page.away_chip.text() == "离线，名册截至 09:00"
    assert window.page.of_all.text() == "/ 2 人"
    assert [mark.label for mark in window.page.list.rows.marks] == ["周大军", "A001"]
    window.page.list.setFocus()
    qtbot.keyClick(window.page.list, Qt.Key.Key_1)
    assert window.page.total.text() == "1"
    # Put away and taken up again: what was marked is on this machine.
    press(window.back_button)
    call_the_roll(qtbot, program, "马强")
    qtbot.waitUntil(lambda: isinstance(program.window, AwayRollWindow))
    again = program.window
    assert isinstance(again, AwayRollWindow)
    qtbot.waitUntil(lambda: again.desk.call is not None)
    qtbot.waitUntil(lambda: again.page.total.text() == "1")
    sealed = (home.home / "roll.sealed").read_text(encoding="utf-8")
    assert "周大军" not in sealed
    # The store comes back: the door, and nothing of the list.
    shutil.copy(sample_file, home.home / "branch.db")
    again.desk.station.retry_now()
    qtbot.waitUntil(lambda: isinstance(program.window, SignInWindow), timeout=10_000)
    assert (home.home / "roll.sealed").exists()


@pytest.fixture
def running(settings: Settings, clock: SetClock) -> Iterator[list[Program]]:
    programs: list[Program] = []
    yield programs
    for program in programs:
        if program.window is not None:
            program.window.close()
        program.stop()


def test_a_machine_with_a_person_keeps_a_copy_and_a_kiosk_none(
    qtbot: QtBot, running: list[Program], settings: Settings, clock: SetClock, sample: Plan
) -> None:
    kiosk = Program(settings, clock, "kiosk-1")
    running.append(kiosk)
    kiosk.start()
    qtbot.waitUntil(lambda: isinstance(kiosk.window, KioskWindow), timeout=10_000)
    desk = Program(settings, clock)
    running.append(desk)
    desk.start()
    qtbot.waitUntil(lambda: isinstance(desk.window, SignInWindow), timeout=10_000)
    copy = settings.home / ROSTER_FILE
    assert not copy.exists()
    window = desk.window
    assert isinstance(window, SignInWindow)
    window.choose_place("counter-1")
    qtbot.waitUntil(lambda: window.grid.choice() == "counter-1")
    window.form.number.set_text("100482")
    window.form.pin.setFocus()
    pin = next(member.pin for member in sample.staff if member.staff_no == "100482")
    qtbot.keyClicks(window.form.pin.focusWidget() or window.form.pin, pin)
    press(window.form.button)
    qtbot.waitUntil(copy.exists, timeout=10_000)
