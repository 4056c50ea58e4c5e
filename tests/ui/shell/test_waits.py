"""Expected waits of a process: when they are asked, shown and dropped; the child that projects."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QProcess
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.errors import StoreUnavailable
from branch.kernel.journal import entries
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext, Finish
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.commands.day import CloseDay
from branch.lobby.queries.slip import slip
from branch.lobby.waits.projection import Projection, Spread
from tests.ui.waits import SetWaits
from ui.program import window_for
from ui.shell import waits as waits_module
from ui.shell.station import Station
from ui.shell.waits import Promise, Waits
from ui.shell.worker import Worker

Run = Callable[[str, str, object], Any]
StationFor = Callable[[str, str], Station]
ROOT = Path(__file__).parents[3]


class Hall:
    """A branch at work: enough finished today, somebody at the counter, some who wait."""

    def __init__(self, run: Run, clock: SetClock) -> None:
        self._run, self.clock = run, clock

    def begin(self, done: int = 10) -> None:
        self._run("100482", "counter-1", OpenCounter(1))
        for _ in range(done):
            self.issue()
            self.call()
            self.clock.advance(240)
            self._run("100482", "counter-1", Finish(1))
        for _ in range(4):
            self.issue()
        self.call()

    def issue(self) -> int:
        self.clock.advance(5)
        return int(self._run("KIOSK", "kiosk-2", Issue("P01")).id)

    def call(self) -> None:
        self._run("100482", "counter-1", CallNext(1))


@pytest.fixture
def hall(run: Run, clock: SetClock) -> Hall:
    return Hall(run, clock)


@pytest.fixture
def real(qtbot: QtBot, worker: Worker, clock: SetClock) -> Iterator[Waits]:
    """The waits of this process, with their child process."""
    made = Waits(worker, clock)
    yield made
    made.stop()


@pytest.fixture
def watcher() -> QObject:
    return QObject()


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if two seconds were nothing."""
    monkeypatch.setattr(waits_module, "_GAP_S", 0.0)


def child_of(waits: Waits) -> QProcess:
    (process,) = waits._projector.findChildren(QProcess)
    return process


# With the real process --------------------------------------------------------------------------


def test_from_the_branch_to_the_range(
    qtbot: QtBot, hall: Hall, real: Waits, watcher: QObject
) -> None:
    hall.begin()
    real.watch(watcher)
    qtbot.waitUntil(lambda: real.shown is not None)
    assert real.shown is not None
    assert not real.shown.usual
    cash, loan = real.shown.fresh("P01"), real.shown.fresh("P16")
    # Three wait and one is served, four minutes each; no open counter does loans.
    assert cash is not None
    assert 4 < cash.p10 <= cash.p50 <= cash.p90 < 45
    assert loan is None
    # An elderly customer stands before those who came in the last half hour.
    elderly = real.shown.fresh("P01", 30)
    assert elderly is not None
    assert elderly.p50 < cash.p50


def test_a_ticket_is_promised_its_range(
    qtbot: QtBot,
    hall: Hall,
    real: Waits,
    watcher: QObject,
    station_for: StationFor,
    other: Branch,
) -> None:
    hall.begin()
    kiosk = station_for("kiosk-1", "KIOSK")
    real.watch(watcher)
    qtbot.waitUntil(lambda: real.shown is not None)
    ticket = hall.issue()
    heard: list[Promise | None] = []
    real.for_ticket(watcher, ticket, kiosk.actor, heard.append)
    qtbot.waitUntil(lambda: bool(heard), timeout=1000)
    (promise,) = heard
    assert promise is not None
    assert 0 < promise.spread.p10 < promise.spread.p90
    qtbot.waitUntil(lambda: slip(other.store, ticket).promised is not None)
    kept = slip(other.store, ticket).promised
    assert kept is not None
    assert (kept.p10, kept.p90) == pytest.approx((promise.spread.p10, promise.spread.p90), abs=1e-3)
    (made,) = [entry for entry in entries(other.store) if entry.what == "promise.made"]
    assert made.subject == str(ticket)


def test_the_child_is_started_when_somebody_watches_and_ends_with_us(
    qtbot: QtBot, real: Waits, watcher: QObject
) -> None:
    assert not real._projector.findChildren(QProcess)
    real.watch(watcher)
    process = child_of(real)
    qtbot.waitUntil(lambda: process.processId() > 0)
    pid = process.processId()
    assert Path(f"/proc/{pid}").exists()
    real.stop()
    assert not Path(f"/proc/{pid}").exists()


def test_a_child_that_dies_is_started_again_once(
    qtbot: QtBot, hall: Hall, real: Waits, watcher: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)
    hall.begin()
    real.watch(watcher)
    qtbot.waitUntil(lambda: real.shown is not None)
    first = child_of(real)
    first.kill()
    second = next_child(qtbot, real, first)
    before = real.latest
    real._want()
    qtbot.waitUntil(lambda: real.latest is not before)
    assert real.latest is not None
    # Twice without an answer between: for a minute it is left alone, and nobody waits for it.
    second.kill()
    next_child(qtbot, real, second).kill()
    qtbot.waitUntil(lambda: real._projector._process is None)
    heard: list[Projection | None] = []
    real._projector.ask(b"", heard.append)
    assert heard == [None]


def next_child(qtbot: QtBot, waits: Waits, before: QProcess) -> QProcess:
    """The child that was started in the place of one that ended, once it runs."""

    def runs() -> bool:
        process = waits._projector._process
        return process not in (None, before) and process.processId() > 0

    qtbot.waitUntil(runs)
    process = waits._projector._process
    assert process is not None
    return process


def test_the_child_ends_when_its_program_was_killed() -> None:
    script = (
        "import sys\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from ui.shell.projector import Projector\n"
        "app = QCoreApplication([])\n"
        "projector = Projector()\n"
        "projector.start()\n"
        "projector._process.waitForStarted()\n"
        "print(projector._process.processId(), flush=True)\n"
        "app.exec()\n"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    child = int(program.stdout.readline())
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    program.stdout.close()
    deadline = time.monotonic() + 10
    while _runs(child):
        assert time.monotonic() < deadline, "the child outlived its program"
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    """Whether a process is there and no mere remainder that nobody has collected yet."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(
    ("place", "account", "watching"),
    [
        ("kiosk-1", "KIOSK", 1),
        ("board-1", "BOARD", 1),
        ("lobby", "100301", 1),
        ("counter-1", "100482", 0),
        ("rating-1", "BOARD", 0),
        ("admin", "100001", 0),
    ],
)
def test_only_windows_that_show_waits_start_a_child(
    qtbot: QtBot,
    station_for: StationFor,
    waits: SetWaits,
    place: str,
    account: str,
    watching: int,
) -> None:
    qtbot.addWidget(window_for(station_for(place, account)))
    assert waits.watched == watching


# When it is asked, shown and dropped ------------------------------------------------------------


def test_screens_show_another_range_once_a_minute(
    qtbot: QtBot,
    hall: Hall,
    real: Waits,
    watcher: QObject,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick(monkeypatch)
    hall.begin()
    real.watch(watcher)
    qtbot.waitUntil(lambda: real.shown is not None)
    shown = real.shown
    hall.issue()
    qtbot.waitUntil(lambda: real.latest is not shown)
    assert real.shown is shown
    clock.advance(60)
    qtbot.waitUntil(lambda: real.shown is not shown, timeout=3000)
    assert real.shown is not None
    assert real.shown.at == clock.now_ms()


def test_an_answer_older_than_three_minutes_is_none(
    qtbot: QtBot,
    hall: Hall,
    real: Waits,
    watcher: QObject,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hall.begin()
    real.watch(watcher)
    qtbot.waitUntil(lambda: real.shown is not None)
    monkeypatch.setattr(
        real._watch, "look", lambda *_: (_ for _ in ()).throw(StoreUnavailable("store_gone"))
    )
    clock.advance(179)
    real.tick()
    assert real.shown is not None
    clock.advance(2)
    with qtbot.waitSignals([real.shown_changed, real.latest_changed]):
        real.tick()
    assert (real.shown, real.latest) == (None, None)


def test_nothing_is_known_before_enough_and_after_the_close(
    qtbot: QtBot,
    hall: Hall,
    real: Waits,
    watcher: QObject,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick(monkeypatch)
    hall.begin(done=9)
    real.watch(watcher)
    qtbot.waitUntil(lambda: real._looked_at > 0 and not real._under_way)
    assert real.shown is None
    hall.clock.advance(240)
    run("100482", "counter-1", Finish(1))
    qtbot.waitUntil(lambda: real.shown is not None)
    run("100301", "lobby", CloseDay())
    qtbot.waitUntil(lambda: real.shown is None)


def test_a_range_that_comes_too_late_is_promised_to_nobody(
    qtbot: QtBot,
    hall: Hall,
    real: Waits,
    watcher: QObject,
    station_for: StationFor,
    other: Branch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hall.begin()
    kiosk = station_for("kiosk-1", "KIOSK")
    asked: list[Callable[[Projection | None], None]] = []
    monkeypatch.setattr(real._projector, "ask", lambda _question, then: asked.append(then))
    heard: list[Promise | None] = []
    began = time.monotonic()
    ticket = hall.issue()
    real.for_ticket(watcher, ticket, kiosk.actor, heard.append)
    qtbot.waitUntil(lambda: bool(heard), timeout=1000)
    assert 0.4 < time.monotonic() - began < 0.9
    asked[0](Projection(0, {str(ticket): Spread(1, 2, 3)}, {}))
    qtbot.wait(100)
    assert heard == [None]
    assert not [entry for entry in entries(other.store) if entry.what == "promise.made"]


def test_who_need_not_wait_is_promised_nothing(
    qtbot: QtBot, real: Waits, run: Run, watcher: QObject, station_for: StationFor, hall: Hall
) -> None:
    run("100482", "counter-1", OpenCounter(1))
    kiosk = station_for("kiosk-1", "KIOSK")
    heard: list[Promise | None] = []
    real.for_ticket(watcher, hall.issue(), kiosk.actor, heard.append)
    qtbot.waitUntil(lambda: bool(heard), timeout=400)
    assert heard == [None]


def test_nobody_is_told_who_has_gone(
    qtbot: QtBot, hall: Hall, real: Waits, station_for: StationFor
) -> None:
    import shiboken6

    kiosk = station_for("kiosk-1", "KIOSK")
    heard: list[Promise | None] = []
    owner = QObject()
    real.for_ticket(owner, hall.issue(), kiosk.actor, heard.append)
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: not real.findChildren(waits_module._Pending))
    assert heard == []


def test_it_rests_when_the_last_window_is_gone(
    qtbot: QtBot, real: Waits, watcher: QObject, hall: Hall
) -> None:
    import shiboken6

    real.watch(watcher)
    assert real._beat.isActive()
    shiboken6.delete(watcher)
    assert not real._beat.isActive()
    looked = real._looked_at
    hall.issue()
    qtbot.wait(300)
    assert real._looked_at == looked
