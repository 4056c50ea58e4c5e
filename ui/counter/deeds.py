"""Carries out what a teller presses: asks what is needed, runs it, offers to take it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from branch.lobby.commands.calling import (
    CallNext,
    Finish,
    FinishAndCall,
    Hold,
    NoShow,
    Recall,
    Resume,
    Transfer,
    Undo,
)
from branch.lobby.commands.counters import CloseCounter, OpenCounter, PauseCounter
from branch.lobby.commands.floor import AskHelp
from branch.lobby.queries.screens import Desk, UndoableStep
from branch.lobby.rules import HOLD_REASONS, PAUSE_REASONS
from ui.counter.panels import HeldPanel, TransferPanel
from ui.models.words import hold_reason, pause_reason
from ui.shell.station import Station
from ui.widgets.dialog import ReasonDialog
from ui.widgets.intake.dialog import RegisterDialog
from ui.widgets.pressing import REPEAT_MS
from ui.widgets.state import State
from ui.widgets.toast import Toast, Toaster

# A transfer can be taken back until the other counter calls; the bar does not stand for ever.
_LONGEST_BAR_S = 180


class Deeds(QObject):
    """One teller's deeds at one counter."""

    def __init__(self, window: QWidget, station: Station, counter: int, toaster: Toaster) -> None:
        super().__init__(window)
        self._window = window
        self._station = station
        self._counter = counter
        self._toaster = toaster
        # None stands for a bar that has gone: it does not come back while its window is open.
        self._bars: dict[tuple[int, int], Toast | None] = {}
        self._busy = False
        self._called_at = 0

    def do(self, name: str, desk: Desk) -> None:
        """Do one deed; nothing while the answer to the last one is due."""
        if self._busy or (name == "next" and self._trembles()):
            return
        serving = desk.counter.ticket is not None
        deeds: dict[str, Callable[[], None]] = {
            "next": lambda: self._run(
                FinishAndCall(self._counter) if serving else CallNext(self._counter)
            ),
            "finish": lambda: self._run(Finish(self._counter)),
            "recall": lambda: self._run(Recall(self._counter)),
            "no_show": lambda: self._run(NoShow(self._counter)),
            "start": lambda: self._run(OpenCounter(self._counter)),
            "transfer": lambda: self._ask_transfer(desk),
            "hold": lambda: self._ask_hold(desk) if serving else self._ask_resume(desk),
            "pause": lambda: self._pause(desk),
            "help": lambda: self._ask_help(desk),
            "complaint": lambda: self._register(desk),
            "undo": lambda: self._undo(desk.undoable[0].ticket),
            "leave": lambda: self._leave(desk),
        }
        deeds[name]()

    def take(self, desk: Desk) -> None:
        """Show a bar for each step that can be taken back, and none for one that cannot."""
        now = self._station.now_ms()
        keys = {(step.ticket, step.until) for step in desk.undoable}
        for key in set(self._bars) - keys:
            bar = self._bars.pop(key)
            if bar is not None:
                bar.close_now()
        for step in reversed(desk.undoable):
            key = (step.ticket, step.until)
            if key in self._bars:
                continue
            seconds = min(_LONGEST_BAR_S, max(1, (step.until - now) // 1000))
            ticket = step.ticket
            bar = self._toaster.show_toast(
                self._told(step),
                State.ATTENTION if step.step == "no_show" else State.OK,
                undo=partial(self._undo, ticket),
                seconds=seconds,
            )
            self._bars[key] = bar
            bar.gone.connect(partial(self._forget, key))

    def _forget(self, key: tuple[int, int]) -> None:
        if key in self._bars:
            self._bars[key] = None

    def _trembles(self) -> bool:
        """Whether next is pressed again so soon that it would finish the one just called."""
        before, self._called_at = self._called_at, self._station.now_ms()
        return 0 <= self._called_at - before < REPEAT_MS

    def _told(self, step: UndoableStep) -> str:
        words = {
            "no_show": self.tr("{number} 已记过号"),
            "hold": self.tr("{number} 已挂起"),
            "transfer": self.tr("{number} 已转办"),
            "finish": self.tr("{number} 已办结"),
        }
        return words[step.step].format(number=step.number)

    # -- running --------------------------------------------------------------------------------

    def _run(self, command: object, then: Callable[[], None] | None = None) -> None:
        self._busy = True

        def done(_value: object) -> None:
            self._busy = False
            if then is not None:
                then()

        def failed(error: object) -> None:
            self._busy = False
            self._station.complain(error)  # type: ignore[arg-type]

        self._station.run(self, command, done, failed)

    def _undo(self, ticket: int) -> None:
        self._run(Undo(ticket), lambda: self._say(self.tr("已撤销")))

    def _say(self, text: str) -> None:
        self._toaster.show_toast(text, State.OK)

    # -- asking first ---------------------------------------------------------------------------

    def _ask_transfer(self, desk: Desk) -> None:
        panel = TransferPanel(self._window, desk)
        panel.chosen.connect(
            lambda service, pin: self._run(Transfer(self._counter, service, pin or None))
        )
        panel.open()

    def _ask_hold(self, desk: Desk) -> None:
        ticket = desk.counter.ticket
        assert ticket is not None  # asked only while somebody is served
        dialog = ReasonDialog(
            self._window,
            title=self.tr("{number} 为什么挂起？").format(number=ticket.number),
            reasons=[(code, hold_reason(code)) for code in HOLD_REASONS],
            confirm=self.tr("挂起"),
            cancel=self.tr("返回"),
        )
        dialog.chosen.connect(lambda code, _text: self._run(Hold(self._counter, code)))
        dialog.open()

    def _ask_resume(self, desk: Desk) -> None:
        panel = HeldPanel(self._window, desk.held)
        panel.chosen.connect(
            lambda ticket: self._run(Resume(ticket), lambda: self._say(self.tr("已恢复等候")))
        )
        panel.open()

    def _pause(self, desk: Desk) -> None:
        if desk.counter.state == "paused":
            self._run(OpenCounter(self._counter))
            return
        dialog = ReasonDialog(
            self._window,
            title=self.tr("为什么暂停？"),
            text=self.tr("正在办理的客户可以继续办完"),
            reasons=[(code, pause_reason(code)) for code in PAUSE_REASONS],
            confirm=self.tr("暂停服务"),
            cancel=self.tr("返回"),
        )
        dialog.chosen.connect(lambda code, _text: self._run(PauseCounter(self._counter, code)))
        dialog.open()

    def _ask_help(self, desk: Desk) -> None:
        ticket = desk.counter.ticket.id if desk.counter.ticket else None
        said = self.tr("已请大堂经理过来")
        self._run(AskHelp("counter", ticket), lambda: self._say(said))

    def _register(self, desk: Desk) -> None:
        """Whoever is served complains, or somebody who has no ticket."""
        ticket = desk.counter.ticket
        if ticket is None:
            dialog = RegisterDialog(self._window, self._station, opens=False)
        else:
            dialog = RegisterDialog(
                self._window, self._station, ticket=ticket.id, number=ticket.number, opens=False
            )
        said = self.tr("{number} 已登记")
        dialog.registered.connect(lambda come: self._say(said.format(number=come.number)))
        dialog.open()

    def _leave(self, desk: Desk) -> None:
        mine = desk.counter.staff == self._station.person.staff
        if desk.counter.state == "closed" or not mine:
            self._station.sign_out_wanted.emit()
        else:
            self._run(CloseCounter(self._counter), self._station.sign_out_wanted.emit)
