"""Owns the view of one role in a run: what is next, large enough to press standing; marks one step
with one press."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.drills.commands.marking import MarkStep
from branch.drills.queries.detail import RunDetail, StepState
from branch.drills.rules.scenario import RECORDER
from branch.people.rules import permits
from ui.drills.never_list import NeverList
from ui.drills.run_desk import RunDesk
from ui.drills.run_dialogs import MarkDialog
from ui.drills.step_list import StepList
from ui.drills.step_paint import TALL_ROW
from ui.models.drill_words import drill_role, in_english, run_time, seconds_text
from ui.shell.station import Station
from ui.widgets.button import TELLER_LOW, TELLER_PRIMARY, Button, PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.chips import Chips
from ui.widgets.label import CARD_TITLE, SECOND, SECTION, Label, TextRole
from ui.widgets.number import BigNumber
from ui.widgets.stage import Grid, HBox, VBox

_LEFT = 480
_OTHERS = ("wrong", "missed", "not_applicable")


class RolePage(QWidget):
    """The next step with its buttons left, all steps of the role right.

    ``said`` carries what was done, ``undoable`` (words, mark) a mark that can be taken back.
    """

    said = Signal(str)
    undoable = Signal(str, int)

    def __init__(self, station: Station, desk: RunDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station, self.desk = station, desk
        self._may_mark = permits("MarkStep", station.person.roles)
        self.role = ""
        self.next: StepState | None = None
        self._build()
        self._wire()
        self.retranslate()

    def _build(self) -> None:
        self.roles = Chips(4)
        self.clock = BigNumber("00:00", px=64, weight=500)
        self.caption = Label("", SECTION)
        self.words = Label("", TextRole(28, 700), wrap=True)
        self.success = Label("", TextRole(16, 400, "ink2"), wrap=True)
        self.due = Label("", TextRole(20, 500), wrap=True)
        self.never = NeverList()
        self.done: Button = PrimaryButton("", size=TELLER_PRIMARY, icon="check")
        self.others = {result: PlainButton("", size=TELLER_LOW) for result in _OTHERS}
        self.more = PlainButton("", size=TELLER_LOW, icon="document")
        card = Card()
        card.setFixedWidth(_LEFT)
        left = VBox(spacing=12, margins=(24, 28, 24, 24), parent=card)
        left.addWidget(self.clock)
        left.add_gap(8)
        left.addWidget(self.caption)
        left.addWidget(self.words)
        left.addWidget(self.success)
        left.addWidget(self.due)
        left.addStretch(1)
        left.addWidget(self.never)
        left.addWidget(self.done)
        grid = Grid(columns=2, spacing=12)
        for at, button in enumerate((*self.others.values(), self.more)):
            grid.addWidget(button, at // 2, at % 2)
        left.addLayout(grid)
        listed = Card()
        self.title, self.hint = Label("", CARD_TITLE), Label("", SECOND, wrap=True)
        self.steps = StepList(row=TALL_ROW)
        right = VBox(spacing=10, margins=(1, 16, 1, 8), parent=listed)
        head = VBox(spacing=10, margins=(20, 0, 20, 0))
        head.addWidget(self.title)
        head.addWidget(self.roles)
        head.addWidget(self.hint)
        right.addLayout(head)
        right.addWidget(self.steps, 1)
        row = HBox(spacing=16, parent=self)
        row.addWidget(card)
        row.addWidget(listed, 1)

    def _wire(self) -> None:
        desk = self.desk
        desk.shown.connect(self._show)
        desk.ticked.connect(self._tick)
        self.roles.chosen.connect(self._choose)
        self.done.clicked.connect(partial(self._mark_next, "done"))
        for result, button in self.others.items():
            button.clicked.connect(partial(self._mark_next, result))
        self.more.clicked.connect(lambda _on=False: self._ask(self.next))
        self.steps.step_pressed.connect(self.press)

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        detail = self.desk.detail
        if detail is None or detail.course is None:
            return
        busy = [one for one in detail.cast if one.role != RECORDER]
        codes = tuple(one.role for one in busy)
        if self.roles.offered() != codes:
            self.roles.offer([(code, drill_role(code)) for code in codes])
        if self.role not in codes:
            own = self._station.person.staff
            mine = [one.role for one in busy if any(who.staff == own for who in one.people)]
            self.role = (mine or list(codes))[0]
        self.roles.choose(frozenset({self.role}))
        self.never.show_scenario(detail.scenario)
        self._tick(self.desk.net_ms())

    def _choose(self) -> None:
        self.role = self.roles.code() or self.role
        self._show()

    def _tick(self, net_ms: int) -> None:
        detail = self.desk.detail
        if detail is None or not self.role:
            return
        self.clock.set_text(run_time(net_ms))
        self.clock.setAccessibleName(self.tr("已用时 {time}").format(time=run_time(net_ms)))
        self.steps.show_run(detail, net_ms, (self.role,))
        self.next = self._next(detail, net_ms)
        self._show_next(net_ms)

    def _next(self, detail: RunDetail, net_ms: int) -> StepState | None:
        """The open step of the role that is due first."""
        mine = [one for one in detail.steps if one.step.role == self.role]
        open_ = [one for one in mine if one.state(net_ms) in ("running", "overdue")]
        return min(open_, key=lambda one: one.due_ms or 0, default=None)

    def _show_next(self, net_ms: int) -> None:
        state = self.next
        may = state is not None and self._may_mark and self.desk.is_on()
        for button in (self.done, *self.others.values(), self.more):
            button.setEnabled(may)
        if state is None:
            self.words.setText(self.tr("现在没有要做的"))
            self.success.setText(self.tr("轮到这个岗位时会显示在这里"))
            self.due.setText("")
            return
        language = "en" if in_english() else "zh"
        self.words.setText(state.step.words.text(language))
        self.success.setText(state.step.success.text(language))
        left = ((state.due_ms or 0) - net_ms) // 1_000
        if left >= 0:
            self.due.setText(self.tr("还有 {time}").format(time=seconds_text(left)))
            self.due.set_token("ink1")
        else:
            self.due.setText(self.tr("已超时 {time}").format(time=seconds_text(-left)))
            self.due.set_token("danger_text")

    # -- doing ----------------------------------------------------------------------------------

    def press(self, no: int) -> None:
        """A row was pressed: done, if it is open; otherwise ask what is to be put right."""
        detail = self.desk.detail
        state = next((one for one in detail.steps if one.step.no == no), None) if detail else None
        if state is None or not self._may_mark or not self.desk.is_on():
            return
        if state.mark is None:
            self._mark(state, "done")
        else:
            self._ask(state)

    def _ask(self, state: StepState | None) -> None:
        if state is not None:
            MarkDialog(self, self.desk, state, self.said.emit).open()

    def _mark_next(self, result: str, _on: bool = False) -> None:
        if self.next is not None:
            self._mark(self.next, result)

    def _mark(self, state: StepState, result: str) -> None:
        desk, no = self.desk, state.step.no

        def done(mark: object) -> None:
            assert isinstance(mark, int)  # what the command gives
            self.undoable.emit(self.tr("已记下第 {n} 步").format(n=no), mark)

        desk.send(MarkStep(desk.run_id, no, result, desk.gross_ms()), done)

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("我的岗位"))
        self.hint.setText(self.tr("按一下没记的一步就是做到了，按记过的可以更正"))
        self.caption.setText(self.tr("接着做"))
        self.roles.setAccessibleName(self.tr("看哪个岗位"))
        self.steps.setAccessibleName(self.tr("这个岗位的步骤"))
        self.done.setText(self.tr("做到了"))
        self.others["wrong"].setText(self.tr("做错"))
        self.others["missed"].setText(self.tr("未做"))
        self.others["not_applicable"].setText(self.tr("不适用"))
        self.more.setText(self.tr("备注和照片"))
        self.roles.offer([(code, drill_role(code)) for code in self.roles.offered()])
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
