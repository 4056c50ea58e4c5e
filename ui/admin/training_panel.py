"""Owns the training marks of one member of staff as lines; must not note or withdraw any."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.people.queries import Training
from ui.models.people_words import course_label, training_result
from ui.widgets.button import COMPACT, LinkButton, PlainButton
from ui.widgets.card import Separator
from ui.widgets.label import BODY, CAPTION, SECTION, Label
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import StatusChip

# From so many days before it is due again, a training is told to be near.
_NEAR = timedelta(days=30)


class TrainingPanel(QWidget):
    """One line a mark, the newest first; ``withdraw_wanted`` carries a mark."""

    note_wanted = Signal()
    withdraw_wanted = Signal(object)

    def __init__(self, *, may_note: bool) -> None:
        super().__init__()
        self._may_note = may_note
        self._shown: tuple[Training, ...] = ()
        self._today = date.min
        self.title = Label("", SECTION)
        self.add = PlainButton("", icon="plus", size=COMPACT)
        if not may_note:
            self.add.hide()
        self.none = Label("", CAPTION)
        self.withdraw: dict[int, LinkButton] = {}
        self._lines = VBox(spacing=6)
        head = HBox(spacing=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.add)
        column = VBox(spacing=8, parent=self)
        column.addWidget(Separator())
        column.addLayout(head)
        column.addWidget(self.none)
        column.addLayout(self._lines)
        self.add.clicked.connect(self.note_wanted)
        self.retranslate()

    def show_trainings(self, trainings: Sequence[Training], today: date) -> None:
        """Show these marks, judged by the day it is."""
        self._shown, self._today = tuple(trainings), today
        self._show()

    def _show(self) -> None:
        clear(self._lines)
        self.withdraw = {}
        self.none.setVisible(not self._shown)
        for training in self._shown:
            self._lines.addWidget(self._line(training))

    def _line(self, training: Training) -> QWidget:
        line = QWidget()
        column = VBox(spacing=2, margins=(0, 4, 0, 4), parent=line)
        row = HBox(spacing=10)
        row.addWidget(Label(course_label(training.course), BODY))
        state, words = self.standing(training)
        if words:
            row.addWidget(StatusChip(state, words))
        row.addStretch(1)
        if self._may_note:
            button = LinkButton(self.tr("撤回"), size=COMPACT)
            button.setAccessibleName(
                self.tr("撤回{course}培训").format(course=course_label(training.course))
            )
            button.clicked.connect(lambda _on=False: self.withdraw_wanted.emit(training))
            self.withdraw[training.id] = button
            row.addWidget(button)
        column.addLayout(row)
        said = self.tr("{day} {result}").format(
            day=training.held_on, result=training_result(training.result)
        )
        if training.due_on:
            due = self.tr("下次 {day} 前").format(day=training.due_on)
            said = self.tr("，").join((said, due))
        column.addWidget(Label(said, CAPTION, wrap=True))
        return line

    def standing(self, training: Training) -> tuple[State, str]:
        """How a mark stands today; only the newest of a course is judged."""
        if not training.latest:
            return State.IDLE, ""
        if training.result == "failed":
            return State.URGENT, self.tr("要补训")
        if training.due_on:
            due = date.fromisoformat(training.due_on)
            if due < self._today:
                return State.URGENT, self.tr("该复训了")
            if due <= self._today + _NEAR:
                return State.ATTENTION, self.tr("快到期")
        return State.OK, self.tr("有效")

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("培训"))
        self.add.setText(self.tr("登记培训"))
        self.none.setText(self.tr("还没有登记过培训"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
