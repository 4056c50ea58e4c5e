"""Owns what is known of one colleague: trainings, drills, commendations; runs no command."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.drills.queries.attendance import Attendance
from branch.people.queries import Commendation, StaffMember, Training
from ui.models.drill_words import drill_role, grade_label, in_english
from ui.models.people_words import course_label, training_result
from ui.models.training_words import standing
from ui.shell.station import Station
from ui.widgets.button import COMPACT, LinkButton, PlainButton
from ui.widgets.card import Card
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, SECTION, Label
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.status import StatusChip

_WIDTH = 460
_MOST_DRILLS = 12


class TrainingDetail(Card):
    """``withdraw_wanted`` carries a commendation; ``add`` is the button that notes one."""

    withdraw_wanted = Signal(object)

    def __init__(self, station: Station, *, may_praise: bool) -> None:
        super().__init__()
        self._station, self._may_praise = station, may_praise
        self._person: (
            tuple[StaffMember, Sequence[Training], Sequence[Attendance], Sequence[Commendation]]
            | None
        ) = None
        self.setFixedWidth(_WIDTH)
        self.name = Label("", CARD_TITLE)
        self.add = PlainButton("", icon="star", size=COMPACT)
        if not may_praise:
            self.add.hide()
        self.withdraw: dict[int, LinkButton] = {}
        inner = QWidget()
        self._lines = VBox(spacing=10)
        whole = VBox(margins=(0, 0, 8, 0), parent=inner)
        whole.addLayout(self._lines)
        whole.addStretch(1)
        self.area = ScrollArea(inner, reached=True, sideways=True)
        head = HBox(spacing=12)
        head.addWidget(self.name, 1)
        head.addWidget(self.add)
        column = VBox(spacing=10, margins=(20, 18, 12, 18), parent=self)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        self.retranslate()

    def show_person(
        self,
        member: StaffMember,
        trainings: Sequence[Training],
        drills: Sequence[Attendance],
        praise: Sequence[Commendation],
    ) -> None:
        """Show a colleague."""
        self._person = (member, trainings, drills, praise)
        self._show()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        clear(self._lines)
        self.withdraw = {}
        if self._person is None:
            return
        member, trainings, drills, praise = self._person
        self.name.setText(member.name)
        self.area.setAccessibleName(member.name)
        # Nobody praises himself.
        self.add.setEnabled(member.id != self._station.person.staff)
        self._part(
            self.tr("表彰"), [self._praise(one) for one in praise], self.tr("还没有登记过表彰")
        )
        self._part(
            self.tr("培训"),
            [self._training(one) for one in trainings if one.latest],
            self.tr("还没有登记过培训"),
        )
        self._part(
            self.tr("参加过的演练"),
            [self._drill(one) for one in drills[:_MOST_DRILLS]],
            self.tr("还没有参加过演练"),
        )

    def _part(self, title: str, lines: Sequence[QWidget], none: str) -> None:
        self._lines.addWidget(Label(title, SECTION))
        if not lines:
            self._lines.addWidget(Label(none, CAPTION))
        for line in lines:
            self._lines.addWidget(line)
        self._lines.add_gap(6)

    def _praise(self, one: Commendation) -> QWidget:
        button = LinkButton(self.tr("撤回"), size=COMPACT)
        button.setAccessibleName(self.tr("撤回{day}的表彰").format(day=one.day))
        button.clicked.connect(lambda _on=False: self.withdraw_wanted.emit(one))
        self.withdraw[one.id] = button
        words = self.tr("{day}，{name}登记").format(day=one.day, name=one.noted_by)
        return _line(Label(one.text, BODY, wrap=True), words, button if self._may_praise else None)

    def _training(self, one: Training) -> QWidget:
        state, chip = standing(one, self._station.now().date())
        words = self.tr("{day} {result}").format(
            day=one.held_on, result=training_result(one.result)
        )
        if one.due_on:
            due = self.tr("下次 {day} 前").format(day=one.due_on)
            words = self.tr("，").join((words, due))
        return _line(Label(course_label(one.course), BODY), words, StatusChip(state, chip))

    def _drill(self, one: Attendance) -> QWidget:
        run = one.run
        assert run.started_at is not None  # only runs that were begun are asked for
        day = f"{self._station.local(run.started_at):%Y-%m-%d}"
        roles = self.tr("、").join(drill_role(role) for role in one.roles)
        parts = [day, roles]
        if run.is_real:
            parts.append(self.tr("真实险情"))
        elif run.grade:
            parts.append(grade_label(run.grade))
        name = run.name.en if in_english() else run.name.zh
        return _line(Label(name, BODY, wrap=True), self.tr("，").join(parts), None)

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.add.setText(self.tr("登记表彰"))
        self.area.setAccessibleName(self.tr("培训、演练和表彰"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _line(title: Label, words: str, aside: QWidget | None) -> QWidget:
    line = QWidget()
    row = HBox(spacing=10)
    row.addWidget(title, 1)
    if aside is not None:
        row.addWidget(aside)
    column = VBox(spacing=2, parent=line)
    column.addLayout(row)
    column.addWidget(Label(words, CAPTION, wrap=True))
    return line
