"""Owns the conductor's page of a run (picture k): what stands where and which press means what."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from branch.drills.commands.marking import MarkStep
from branch.drills.commands.running import (
    PauseRun,
    ReleaseInject,
    ResumeRun,
    SkipInject,
    StartMuster,
)
from branch.drills.queries.detail import RunDetail, StepState
from branch.people.rules import permits
from branch.visitors.commands.rollcall import MarkRoll
from ui.drills.clock_card import ClockCard
from ui.drills.inject_card import InjectCard
from ui.drills.muster_card import MusterCard
from ui.drills.observation_card import ObservationCard
from ui.drills.run_desk import RunDesk
from ui.drills.run_dialogs import (
    RESULTS,
    EndRunDialog,
    MarkDialog,
    ObserveDialog,
    StopWordDialog,
    UnlistedDialog,
)
from ui.drills.step_list import StepList
from ui.drills.step_paint import StepHead
from ui.shell.station import Station
from ui.widgets.card import Card
from ui.widgets.stage import HBox, VBox

# The side columns of picture k.
_LEFT, _RIGHT = 292, 304
_LOW = 720


class ConductorPage(QWidget):
    """Clock and head count left, steps in the middle, injects and observations right.

    ``said`` carries what was done; ``undoable`` (words, mark) a mark that can be taken back.
    """

    said = Signal(str)
    undoable = Signal(str, int)

    def __init__(self, station: Station, desk: RunDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station, self.desk = station, desk
        self._low = False
        roles = station.person.roles
        self._may_conduct = permits("ReleaseInject", roles)
        self._may_mark = permits("MarkStep", roles)
        self.clock, self.muster = ClockCard(station), MusterCard()
        self.injects = InjectCard(may_release=self._may_conduct)
        self.observations = ObservationCard()
        self.steps = StepList()
        self.head = StepHead(self.steps)
        self._build()
        self._wire()
        self.retranslate()
        self._show()

    def _build(self) -> None:
        left = VBox(spacing=16)
        left.addWidget(self.clock)
        left.addWidget(self.muster, 1)
        middle = Card()
        column = VBox(margins=(1, 1, 1, 8), parent=middle)
        column.addWidget(self.head)
        column.addWidget(self.steps, 1)
        right = VBox(spacing=16)
        right.addWidget(self.injects, 3)
        right.addWidget(self.observations, 2)
        for card, width in (
            (self.clock, _LEFT),
            (self.muster, _LEFT),
            (self.injects, _RIGHT),
            (self.observations, _RIGHT),
        ):
            card.setFixedWidth(width)
        row = HBox(spacing=16, parent=self)
        row.addLayout(left)
        row.addWidget(middle, 1)
        row.addLayout(right)

    def _wire(self) -> None:
        desk = self.desk
        desk.shown.connect(self._show)
        desk.ticked.connect(self._tick)
        self.steps.step_pressed.connect(self.press)
        self.injects.release_wanted.connect(
            lambda no: desk.send(ReleaseInject(desk.run_id, no, desk.gross_ms()))
        )
        self.injects.skip_wanted.connect(
            lambda no: desk.send(SkipInject(desk.run_id, no, desk.gross_ms()))
        )
        self.observations.observe_wanted.connect(
            lambda kind: ObserveDialog(self, desk, kind, self.said.emit).open()
        )
        self.muster.start_wanted.connect(lambda: desk.send(StartMuster(desk.run_id)))
        self.muster.arrived.connect(self._arrived)
        self.muster.unlisted_wanted.connect(self._ask_unlisted)
        for key, result in zip("DWMN", RESULTS, strict=True):
            shortcut = QShortcut(QKeySequence(key), self.steps)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self._mark_chosen, result))
        more = QShortcut(QKeySequence(Qt.Key.Key_F2), self.steps)
        more.setContext(Qt.ShortcutContext.WidgetShortcut)
        more.activated.connect(lambda: self.ask_about(self.steps.chosen()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On the lowest screens the left side gives up what says nothing."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        if low != self._low:
            self._low = low
            self.clock.set_low(low)
            self.muster.set_low(low)

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        seen, detail = self.desk.seen, self.desk.detail
        if seen is None or detail is None:
            return
        self.clock.show_run(detail)
        self.injects.show_run(detail)
        self.observations.show_run(detail)
        self.muster.show_run(detail, seen.call)
        on = self.desk.is_on() and self._may_mark
        self.observations.good.setEnabled(on)
        self.observations.mend.setEnabled(on)
        self._tick(self.desk.net_ms())

    def _tick(self, net_ms: int) -> None:
        detail = self.desk.detail
        if detail is None:
            return
        self.clock.show_time(net_ms)
        self.injects.show_time(net_ms)
        self.steps.show_run(detail, net_ms)

    # -- doing ----------------------------------------------------------------------------------

    def press(self, no: int) -> None:
        """A step was pressed: done, if it is open; otherwise ask what is to be put right."""
        state = self._state(no)
        if state is None or not self._may_mark:
            return
        if state.mark is None and self.desk.is_on() and state.step.evidence in ("tick", "time"):
            self._mark(state, "done")
        else:
            self.ask_about(no)

    def ask_about(self, no: int) -> None:
        """Ask what became of a step, with note and count."""
        state, detail = self._state(no), self.desk.detail
        if state is None or detail is None or not self._may_mark:
            return
        if detail.line.state in ("running", "paused", "ended"):
            MarkDialog(self, self.desk, state, self.said.emit).open()

    def _mark_chosen(self, result: str) -> None:
        state = self._state(self.steps.chosen())
        if state is not None and self._may_mark:
            self._mark(state, result)

    def _mark(self, state: StepState, result: str) -> None:
        desk = self.desk
        command = MarkStep(
            desk.run_id,
            state.step.no,
            result,
            desk.gross_ms(),
            replaces=state.mark.id if state.mark else 0,
        )

        def done(mark: object) -> None:
            assert isinstance(mark, int)  # what the command gives
            self.undoable.emit(self.tr("已记下第 {n} 步").format(n=state.step.no), mark)

        desk.send(command, done)

    def pause_or_resume(self) -> None:
        """Let the clock stand still, or go on."""
        desk, detail = self.desk, self.desk.detail
        if detail is not None and detail.course is not None:
            kind = ResumeRun if detail.course.paused else PauseRun
            desk.send(kind(desk.run_id, desk.gross_ms()))

    def ask_stop_word(self) -> None:
        """Ask whether this is real."""
        StopWordDialog(self, self.desk, self.said.emit).open()

    def ask_end(self) -> None:
        """Ask whether it is over, saying what is open."""
        detail = self.desk.detail
        if detail is not None:
            EndRunDialog(self, self.desk, self._left(detail), self.said.emit).open()

    def _left(self, detail: RunDetail) -> str:
        now = self.desk.net_ms()
        left = sum(state.state(now) in ("running", "overdue") for state in detail.steps)
        if left:
            return self.tr("还有 {n} 步没有记，结束后可以补记").format(n=left)
        return self.tr("每一步都记过了")

    def _arrived(self, mark: int) -> None:
        call = self.desk.seen.call if self.desk.seen else None
        if call is not None:
            self.desk.send(MarkRoll(call.id, (mark,), "safe"))

    def _ask_unlisted(self) -> None:
        call = self.desk.seen.call if self.desk.seen else None
        if call is not None:
            UnlistedDialog(self, self.desk, call.id, self.said.emit).open()

    def _state(self, no: int) -> StepState | None:
        steps = self.desk.detail.steps if self.desk.detail else ()
        return next((state for state in steps if state.step.no == no), None)

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.steps.setAccessibleName(self.tr("演练步骤"))
        for part in (self.clock, self.injects, self.observations, self.muster):
            part.retranslate()
        self.head.update()
        self._tick(self.desk.net_ms())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
