"""Owns one run at this station: what the store says of it, its clock, the injects that are due; no
widget, and it decides nothing about steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from branch.complaints.queries.incidents import run_to
from branch.drills.commands.running import CorrectClock, ReleaseInject
from branch.drills.queries.detail import PLANNED, RunDetail
from branch.drills.rules.clock import StationClock
from branch.drills.rules.run import ON, State
from branch.kernel.clock import steady_ms
from branch.kernel.errors import Stale, TingtangError
from branch.kernel.store import Store
from branch.visitors.queries.rollcall import RollCall, roll_call
from ui.shell.asking import Asking
from ui.shell.station import Station

# Often enough that the second on the clock never looks late.
_TICK_MS = 250
_TOPICS = frozenset({"drill", "roll_call", "action", "staff"})


@dataclass(frozen=True)
class Seen:
    """A run and its roll call, None before there is one."""

    detail: RunDetail | None
    call: RollCall | None


def _look(store: Store, run: int, staff: int) -> Seen:
    detail = run_to(store, run, staff)
    known = detail.roll_call if detail else None
    return Seen(detail, roll_call(store, known) if known is not None else None)


class RunDesk(QObject):
    """``shown`` tells that the run was read anew, ``ticked`` the run time without pauses (ms).

    With ``conducts`` a drill's injects are released at their time by this station. ``steady`` is a
    clock in milliseconds that no change of the system's time touches.
    """

    shown = Signal()
    ticked = Signal(int)

    def __init__(
        self,
        station: Station,
        run: int,
        *,
        conducts: bool = False,
        steady: Callable[[], int] = steady_ms,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.station, self.run_id = station, run
        self._conducts, self._steady = conducts, steady
        self.seen: Seen | None = None
        self._clock: StationClock | None = None
        self._asked: set[int] = set()
        self.asking: Asking[Seen] = Asking(station, self, self._question, self._take)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.asking.ask()

    @property
    def detail(self) -> RunDetail | None:
        """The run as it was last read."""
        return self.seen.detail if self.seen else None

    def gross_ms(self) -> int | None:
        """Run time with pauses, for the commands; None before START."""
        return None if self._clock is None else self._clock.gross(self._steady())

    def net_ms(self) -> int:
        """Run time without pauses."""
        return 0 if self._clock is None else self._clock.net(self._steady())

    def is_on(self) -> bool:
        """Whether it runs or is paused."""
        return self.detail is not None and State(self.detail.line.state) in ON

    def send(
        self,
        command: object,
        then: Callable[[object], None] | None = None,
        failed: Callable[[TingtangError], None] | None = None,
    ) -> None:
        """Run a command of this run; whatever comes of it, the run is read anew."""

        def refused(error: TingtangError) -> None:
            self.asking.ask()
            (failed or self.station.complain)(error)

        self.station.run(self, command, then, refused)

    def stop(self) -> None:
        """Look at the run no longer."""
        self._timer.stop()
        self.station.changed.disconnect(self._on_changed)

    # -- reading --------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], Seen]:
        return partial(_look, run=self.run_id, staff=self.station.person.staff)

    def _take(self, seen: Seen) -> None:
        self.seen = seen
        course = seen.detail.course if seen.detail else None
        if course is None:
            self._clock = None
        elif self._clock is None:
            name = self.station.name
            self._clock = StationClock(course, name, self.station.now_ms(), self._steady())
        else:
            self._clock.follow(course)
        if self.is_on():
            self._timer.start()
        else:
            self._timer.stop()
        self.shown.emit()
        self.ticked.emit(self.net_ms())

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    # -- time -----------------------------------------------------------------------------------

    def tick(self) -> None:
        """Show the time, look for a jump of the time of day, release what is due."""
        if self._clock is None or self.detail is None:
            return
        jump = self._clock.jump(self.station.now_ms(), self._steady())
        if jump:
            self.send(CorrectClock(self.run_id, jump))
        net = self.net_ms()
        self.ticked.emit(net)
        # What is real follows no script: whoever conducts says what has happened.
        scripted = self._conducts and not self.detail.line.is_real
        if scripted and self.detail.line.state == State.RUNNING:
            self._release_due(self.detail, net)

    def _release_due(self, detail: RunDetail, net: int) -> None:
        for state in detail.injects:
            no, at = state.inject.no, state.inject.planned_at_s
            if state.state == PLANNED and at * 1_000 <= net and no not in self._asked:
                self._asked.add(no)
                command = ReleaseInject(self.run_id, no, self.gross_ms())
                self.send(command, failed=self._not_released)

    def _not_released(self, error: TingtangError) -> None:
        # Another conductor's station was quicker: it is released, which was all that was wanted.
        if not isinstance(error, Stale):
            self.station.complain(error)
