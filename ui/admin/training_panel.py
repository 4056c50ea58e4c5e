"""Owns the training marks and commendations of one member of staff as lines; must not note or
withdraw any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.store import Store
from branch.people.queries import Commendation, Training, commendations, trainings_of
from ui.models.people_words import course_label, training_result
from ui.models.training_words import standing
from ui.widgets.button import COMPACT, LinkButton, PlainButton
from ui.widgets.card import Separator
from ui.widgets.label import BODY, CAPTION, SECTION, Label
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import StatusChip


@dataclass(frozen=True)
class Marks:
    """What is noted of somebody: trainings, and for what he was praised."""

    trainings: tuple[Training, ...]
    praise: tuple[Commendation, ...]


def marks_of(store: Store, staff: int) -> Marks:
    """The marks of somebody, the newest first."""
    return Marks(trainings_of(store, staff), commendations(store, staff))


class TrainingPanel(QWidget):
    """One line a mark, the newest first; ``withdraw_wanted`` carries a mark."""

    note_wanted = Signal()
    withdraw_wanted = Signal(object)

    def __init__(self, *, may_note: bool) -> None:
        super().__init__()
        self._may_note = may_note
        self._shown: tuple[Training, ...] = ()
        self._praise: tuple[Commendation, ...] = ()
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

    def show_marks(self, marks: Marks, today: date) -> None:
        """Show these, judged by the day it is."""
        self._shown, self._praise, self._today = marks.trainings, marks.praise, today
        self._show()

    def _show(self) -> None:
        clear(self._lines)
        self.withdraw = {}
        self.none.setVisible(not self._shown)
        for training in self._shown:
            self._lines.addWidget(self._line(training))
        for praise in self._praise:
            self._lines.addWidget(self._praise_line(praise))

    def _praise_line(self, praise: Commendation) -> QWidget:
        line = QWidget()
        column = VBox(spacing=2, margins=(0, 4, 0, 4), parent=line)
        row = HBox(spacing=10)
        row.addWidget(Label(praise.text, BODY, wrap=True), 1)
        row.addWidget(StatusChip(State.OK, self.tr("表彰")))
        column.addLayout(row)
        words = self.tr("{day}，{name}登记").format(day=praise.day, name=praise.noted_by)
        column.addWidget(Label(words, CAPTION, wrap=True))
        return line

    def _line(self, training: Training) -> QWidget:
        line = QWidget()
        column = VBox(spacing=2, margins=(0, 4, 0, 4), parent=line)
        row = HBox(spacing=10)
        row.addWidget(Label(course_label(training.course), BODY))
        state, words = standing(training, self._today)
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
