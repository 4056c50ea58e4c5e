"""The program's course as a person goes through it, from the first start to a locked station."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import open_branch, own_branch
from branch.founding import Plan
from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings
from branch.lobby.queries.waiting import counters_now
from branch.people.queries import seats
from tests.conftest import NEWEST_STEP, OPENING
from ui.board.window import BoardWindow
from ui.counter.window import CounterWindow
from ui.dashboard.window import DashboardWindow
from ui.kiosk.window import KioskWindow
from ui.lobby.window import LobbyWindow
from ui.program import Program
from ui.shell.language import language
from ui.signin.first_start import FirstStartWizard
from ui.signin.trouble import TroubleWindow
from ui.signin.window import SignInWindow


@pytest.fixture
def started(settings: Settings, clock: SetClock) -> Iterator[list[Program]]:
    """Programs started by a test, stopped afterwards."""
    programs: list[Program] = []
    yield programs
    for program in programs:
        if program._lock is not None:
            # Modal as it is, it would keep the keys from the windows of later tests.
            program._lock.hide()
        if program.window is not None:
            program.window.close()
        program.stop()


def start(
    started: list[Program], settings: Settings, clock: SetClock, station: str | None = None
) -> Program:
    program = Program(settings, clock, station)
    started.append(program)
    program.start()
    return program


def button(window: QWidget, text: str) -> QPushButton:
    found = [b for b in window.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    assert found, [b.text() for b in window.findChildren(QPushButton) if b.isVisible()]
    return found[0]


def sign_in(qtbot: QtBot, program: Program, number: str, pin: str, place: str) -> None:
    qtbot.waitUntil(lambda: isinstance(program.window, SignInWindow))
    window = program.window
    assert isinstance(window, SignInWindow)
    window.choose_place(place)
    qtbot.waitUntil(lambda: window.grid.choice() == place)
    window.form.number.set_text(number)
    window.form.pin.setFocus()
    qtbot.keyClicks(window.form.pin.focusWidget() or window.form.pin, pin)
    qtbot.mouseClick(window.form.button, Qt.MouseButton.LeftButton)


def pin_of(sample: Plan, number: str) -> str:
    return next(member.pin for member in sample.staff if member.staff_no == number)


def test_an_empty_store_begins_with_the_wizard(
    qtbot: QtBot, started: list[Program], tmp_path: Path, clock: SetClock
) -> None:
    empty = Settings(tmp_path, tmp_path / "config", f"sqlite:///{tmp_path / 'new.db'}")
    program = start(started, empty, clock)
    qtbot.waitUntil(lambda: isinstance(program.window, FirstStartWizard))


def test_a_teller_signs_in_and_opens_his_counter(
    qtbot: QtBot, started: list[Program], settings: Settings, clock: SetClock, sample: Plan
) -> None:
    program = start(started, settings, clock)
    sign_in(qtbot, program, "100482", pin_of(sample, "100482"), "counter-1")
    qtbot.waitUntil(lambda: isinstance(program.window, CounterWindow), timeout=10_000)
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: any(b.text() == "开始服务" for b in window.findChildren(QPushButton)))
    qtbot.mouseClick(button(window, "开始服务"), Qt.MouseButton.LeftButton)
    branch = own_branch(settings, clock)
    qtbot.waitUntil(lambda: counters_now(branch.store)[0].state == "open")
    assert [(seat.station, seat.name) for seat in seats(branch.store)] == [("counter-1", "王敏")]
    branch.close()


def test_the_lobby_manager_locks_and_signs_out(
    qtbot: QtBot, started: list[Program], settings: Settings, clock: SetClock, sample: Plan
) -> None:
    program = start(started, settings, clock)
    sign_in(qtbot, program, "100301", pin_of(sample, "100301"), "lobby")
    qtbot.waitUntil(lambda: isinstance(program.window, LobbyWindow), timeout=10_000)
    window = program.window
    assert window is not None
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: program.locked)


def test_the_rail_leads_to_the_dashboard_and_back(
    qtbot: QtBot, started: list[Program], settings: Settings, clock: SetClock, sample: Plan
) -> None:
    program = start(started, settings, clock)
    sign_in(qtbot, program, "100301", pin_of(sample, "100301"), "lobby")
    qtbot.waitUntil(lambda: isinstance(program.window, LobbyWindow), timeout=10_000)
    console = program.window
    assert isinstance(console, LobbyWindow)
    qtbot.mouseClick(console.rail.button("dashboard"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(program.window, DashboardWindow))
    dashboard = program.window
    assert isinstance(dashboard, DashboardWindow)
    qtbot.mouseClick(dashboard.rail.button("lobby"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(program.window, LobbyWindow))


@pytest.mark.parametrize(("station", "kind"), [("kiosk-1", KioskWindow), ("board-1", BoardWindow)])
def test_stations_without_a_person_open_at_once(
    qtbot: QtBot,
    started: list[Program],
    settings: Settings,
    clock: SetClock,
    station: str,
    kind: type[QWidget],
) -> None:
    program = start(started, settings, clock, station)
    qtbot.waitUntil(lambda: isinstance(program.window, kind))


def test_a_store_of_a_newer_program_is_told_and_left_alone(
    qtbot: QtBot, started: list[Program], settings: Settings, clock: SetClock
) -> None:
    branch = open_branch(settings.database, SetClock(OPENING))
    branch.store.database.execute_sql(
        "INSERT INTO schema_migration (name, applied) VALUES ('0042_later', '2027-01-01')"
    )
    branch.close()
    program = start(started, settings, clock)
    qtbot.waitUntil(lambda: isinstance(program.window, TroubleWindow))
    window = program.window
    assert window is not None
    words = " ".join(label.text() for label in window.findChildren(QLabel))
    assert f"版本 42，本程序认识到 {NEWEST_STEP}" in words


def test_the_language_of_the_machine_is_kept(
    qtbot: QtBot, started: list[Program], settings: Settings, clock: SetClock
) -> None:
    program = start(started, settings, clock)
    qtbot.waitUntil(lambda: isinstance(program.window, SignInWindow))
    language().choose("en")
    assert '"en"' in (settings.config / "machine.json").read_text(encoding="utf-8")
