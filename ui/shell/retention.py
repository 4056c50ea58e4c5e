"""Owns when the night's run of the retention begins and how its parts follow each other.

What is past its time is the branch's matter; this only hands over part after part, so that a click
of somebody at work never waits for more than one.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from branch.bootstrap import Branch
from branch.complaints.commands.files import sweep_files
from branch.complaints.commands.retention import RunCaseRetention
from branch.drills.commands.retention import RunDrillRetention
from branch.inspections.commands.retention import RunInspectionRetention
from branch.kernel.errors import TingtangError
from branch.kernel.runner import Actor
from branch.people.rules import PROGRAM
from branch.visitors.commands.retention import Ran, RemoveBackups, RunRetention
from branch.visitors.queries.retention import backups_due, retention_due
from ui.shell.station import Station

_EVERY_MS: Final = 3_600_000
# One room after the other.
_RUNS: Final = (RunRetention, RunCaseRetention, RunDrillRetention, RunInspectionRetention)
_log = logging.getLogger(__name__)


class RetentionRun(QObject):
    """One run, carried out as ``actor``; ``progressed`` and ``finished`` tell how many rows went.

    ``failed`` carries the error that ended it; what has gone by then is gone.
    """

    progressed = Signal(int)
    finished = Signal(int)
    failed = Signal(object)

    def __init__(self, station: Station, actor: Actor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._station, self._actor = station, actor
        self._gone = 0
        self.running = False

    def start(self) -> None:
        """Begin, unless it is under way."""
        if not self.running:
            self.running, self._gone = True, 0
            self._part()

    def _part(self, at: int = 0) -> None:
        def work(branch: Branch) -> Ran:
            ran: Ran = branch.run(_RUNS[at](), self._actor).value
            return ran

        self._station.do(self, work, partial(self._took, at), self._fail)

    def _took(self, at: int, ran: Ran) -> None:
        self._gone += sum(ran.gone.values())
        if ran.more:
            self.progressed.emit(self._gone)
            self._part(at)
        elif at + 1 < len(_RUNS):
            self._part(at + 1)
        else:
            self._station.do(self, self._tidy, self._end, self._fail)

    def _tidy(self, branch: Branch) -> int:
        """Take old copies and the bytes of files away, and empty the file's log, so that nothing
        can be read out of it."""
        removed: int = 0
        if backups_due(branch.store, branch.clock.now_ms()):
            removed = branch.run(RemoveBackups(), self._actor).value
        branch.store.tidy()
        sweep_files(branch.store, branch.clock.now_ms())
        return removed

    def _end(self, removed: int) -> None:
        self.running = False
        self.finished.emit(self._gone + removed)

    def _fail(self, error: TingtangError) -> None:
        self.running = False
        self.failed.emit(error)


class NightRetention(QObject):
    """Looks when a station opens and every hour whether a run is due, and carries it out.

    It runs in the program's own name: nobody at the station decides what goes.
    """

    def __init__(self, station: Station, window: QObject) -> None:
        # It goes with the window: a child of the station would be freed with it in any order.
        super().__init__(window)
        self._station = station
        self.run = RetentionRun(station, Actor(PROGRAM, station.name), self)
        self.run.failed.connect(self._on_failed)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Ask whether a run is due."""
        now = self._station.now_ms()
        self._station.ask(
            self, lambda store: retention_due(store, now), self._on_answer, self._on_failed
        )

    def _on_answer(self, due: bool) -> None:
        if due:
            self.run.start()

    def _on_failed(self, error: TingtangError) -> None:
        # A lost store has its own strip; the next look is in an hour, or at the next opening.
        _log.warning("retention not run: %s", error)
