"""Fixtures for windows: a running worker on a sample branch and stations at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch, open_branch
from branch.kernel.clock import SetClock
from branch.kernel.runner import Actor
from branch.kernel.settings import Settings
from branch.lobby.queries.screens import branch_name
from branch.people.queries import account_id, staff_members
from tests.ui.light import put_on_light
from tests.ui.waits import SetWaits
from ui.shell.collecting import Collector
from ui.shell.fonts import load_fonts
from ui.shell.language import language
from ui.shell.station import Person, Station
from ui.shell.worker import Worker
from ui.widgets import speaking


@pytest.fixture(scope="session")
def collector(qapp: QApplication) -> Collector:
    """Forgotten windows are freed here only, as in the program; it stays to the end."""
    return Collector(qapp)


@pytest.fixture(scope="session", autouse=True)
def voiceless() -> Iterator[None]:
    """No window speaks, whatever voices this machine has."""
    with pytest.MonkeyPatch.context() as silent:
        silent.setattr(speaking, "engines", list)
        yield


@pytest.fixture(autouse=True)
def looks(qapp: QApplication, collector: Collector) -> Iterator[None]:
    """Fonts and the light theme for every window; Chinese again after a test."""
    load_fonts()
    put_on_light(qapp)
    yield
    language().choose("zh")
    collector.look()


@pytest.fixture
def settings(tmp_path: Path, sqlite_url: str) -> Settings:
    """Settings of this test's own folder."""
    return Settings(home=tmp_path, config=tmp_path / "config", database=sqlite_url)


@pytest.fixture
def worker(qapp: QApplication, qtbot: QtBot, sqlite_url: str, clock: SetClock) -> Iterator[Worker]:
    """A worker on the sample branch."""
    running = Worker(sqlite_url, clock)
    with qtbot.waitSignal(running.opened, timeout=5000):
        running.start()
    yield running
    running.stop()


@pytest.fixture
def other(sqlite_url: str, clock: SetClock, worker: Worker) -> Iterator[Branch]:
    """The same branch through a connection of its own, as another station would have it."""
    opened = open_branch(sqlite_url, clock)
    yield opened
    opened.close()


@pytest.fixture
def run(other: Branch) -> Callable[[str, str, object], Any]:
    """``run("100482", "counter-1", CallNext(1))``: a command from another station; its value."""

    def carry_out(staff_no: str, station: str, command: object) -> Any:
        staff = account_id(other.store, staff_no)
        assert staff is not None
        return other.run(command, Actor(staff, station)).value

    return carry_out


@pytest.fixture
def waits(worker: Worker) -> SetWaits:
    """What every station of the test knows of waits: nothing, until the test says it."""
    return SetWaits(worker)


@pytest.fixture
def station_for(
    worker: Worker, other: Branch, clock: SetClock, settings: Settings, waits: SetWaits
) -> Callable[[str, str], Station]:
    """``station_for("counter-1", "100482")``: a station with a member of staff at it.

    The kiosk's and the board's accounts are "KIOSK" and "BOARD", the lobby manager's 100301,
    tellers 100482 to 100489 for counters 1 to 8, the administrator's 100001.
    """

    def make(name: str, staff_no: str) -> Station:
        member = next(m for m in staff_members(other.store) if m.staff_no == staff_no)
        person = Person(member.id, member.staff_no, member.name, member.roles)
        return Station(worker, name, person, branch_name(other.store), clock, settings, waits)

    return make
