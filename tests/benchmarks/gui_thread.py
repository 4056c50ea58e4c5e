"""What the GUI thread feels of work beside it: a heartbeat, and estimates of a full lobby."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from branch.bootstrap import Branch, open_branch
from branch.catalogue.queries import services
from branch.kernel.clock import MS_PER_MINUTE, SetClock
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.records import LessonRow
from branch.lobby.waits.history import PastArrival, PastDay, PastService
from branch.lobby.waits.lessons import to_text
from branch.lobby.waits.outlook import Asked
from branch.people.queries import account_id
from tests.evidence.boards import board
from ui.shell import waits as waits_module
from ui.shell.application import favour_the_gui_thread, spare_the_collector
from ui.shell.waits import Waits
from ui.shell.worker import Worker

BEAT_MS = 10
_COUNTERS = 8
_TICKETS_A_DAY = 230


@dataclass(frozen=True)
class Felt:
    """How long the GUI thread was away from its events, milliseconds beyond the beat."""

    beats: int
    estimates: int
    longest: float
    p99: float


class Heart(QObject):
    """Notes when it beats."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late.append((now - self._last) * 1000 - BEAT_MS)
        self._last = now


def fill(url: str, clock: SetClock) -> None:
    """Past days to learn from, every counter serving, a hundred who wait."""
    branch = open_branch(url, clock)
    codes = [service.code for service in services(branch.store) if service.active]
    with branch.store.transaction():
        for day in range(1, 41):
            row = {LessonRow.day: f"2026-10-{day:02}", LessonRow.data: to_text(_past_day(codes))}
            branch.store.database.execute(LessonRow.insert(row))
    _work(branch, codes, clock)
    branch.close()


def _past_day(codes: list[str]) -> PastDay:
    """A day of visitors, two minutes apart."""
    every = [codes[at % len(codes)] for at in range(_TICKETS_A_DAY)]
    return PastDay(
        tuple(PastService(c, "ordinary", (3 + at % 9) * 60_000) for at, c in enumerate(every)),
        tuple(
            PastArrival((9 * 60 + 2 * at) * MS_PER_MINUTE, "ordinary", c)
            for at, c in enumerate(every)
        ),
    )


def _work(branch: Branch, codes: list[str], clock: SetClock) -> None:
    def actor(account: str, place: str) -> Actor:
        staff = account_id(branch.store, account)
        assert staff is not None
        return Actor(staff, place)

    kiosk = actor("KIOSK", "kiosk-1")
    tellers = [actor(str(100482 + at), f"counter-{at + 1}") for at in range(_COUNTERS)]
    for at, teller in enumerate(tellers):
        branch.run(OpenCounter(at + 1), teller)
    for at in range(100 + 2 * _COUNTERS):
        clock.advance(5)
        branch.run(Issue(codes[at % len(codes)]), kiosk)
    for at, teller in enumerate(tellers):
        branch.run(CallNext(at + 1), teller)


def felt(url: str, clock: SetClock, seconds: float, estimating: bool) -> Felt:
    """The heartbeat for so many seconds on a branch that was filled.

    With ``estimating`` one estimate follows the other: each look reads the branch, and the
    question then projected is that of a hundred who wait at ten counters.
    """
    favour_the_gui_thread()
    worker = Worker(url, clock)
    waits = Waits(worker, clock)
    look = waits._watch.look
    full = board(100, 10)
    estimates = 0

    def asked(*given: object, **more: object) -> Asked | None:
        found = look(*given, **more)  # type: ignore[arg-type]
        assert found is not None
        return replace(found, question=full)

    def again() -> None:
        nonlocal estimates
        estimates += 1
        waits._want()

    waits._watch.look = asked  # type: ignore[method-assign]
    waits.latest_changed.connect(again, Qt.ConnectionType.QueuedConnection)
    gap, waits_module._GAP_S = waits_module._GAP_S, 0.0
    worker.start()
    live(0.5)
    spare_the_collector()
    # From here on, with the start of the child and all that the first look has to learn.
    heart = Heart()
    watcher = QObject()
    if estimating:
        waits.watch(watcher)
    live(seconds)
    late = sorted(heart.late)
    heart.deleteLater()
    waits.stop()
    worker.stop()
    waits_module._GAP_S = gap
    return Felt(len(late), estimates, late[-1], late[int(0.99 * len(late))])


def live(seconds: float) -> None:
    """Let events happen for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
