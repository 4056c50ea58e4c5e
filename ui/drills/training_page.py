"""Owns the page of training and commendations: who took part in which drill, what is due, who was
praised for what; judges nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from branch.drills.queries.attendance import Attendance, attendances
from branch.kernel.store import Store
from branch.people.commands import WithdrawCommendation
from branch.people.queries import (
    Commendation,
    StaffMember,
    Training,
    commendations,
    staff_members,
    trainings_of,
)
from branch.people.rules import permits
from ui.drills.commendation_dialog import CommendationDialog
from ui.drills.training_detail import TrainingDetail
from ui.models.training_words import gravest
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.card import Card
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.label import CARD_TITLE, SECOND, Label
from ui.widgets.lines_table import Cell, Line, LinesTable
from ui.widgets.stage import HBox, VBox

_TOPICS = frozenset({"training", "commendation", "drill", "staff"})


@dataclass(frozen=True)
class PersonShown:
    """One colleague with his trainings, drills and commendations."""

    member: StaffMember
    trainings: tuple[Training, ...]
    drills: tuple[Attendance, ...]
    praise: tuple[Commendation, ...]


def shown_people(store: Store, only: int | None) -> tuple[PersonShown, ...]:
    """Everybody who works here, or one person."""
    attended, praised = attendances(store), commendations(store)
    return tuple(
        PersonShown(
            member,
            trainings_of(store, member.id),
            tuple(one for one in attended if one.staff == member.id),
            tuple(one for one in praised if one.staff == member.id),
        )
        for member in staff_members(store)
        if member.active and not member.is_station and only in (None, member.id)
    )


class TrainingPage(QWidget):
    """Colleagues at the left, one of them at the right; whoever keeps no accounts sees himself.

    ``said`` carries what was done, in words.
    """

    said = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training")
        self._station = station
        self._may_praise = permits("AddCommendation", station.person.roles)
        self.people: tuple[PersonShown, ...] | None = None
        self.asking = Asking(station, self, self._question, self._take)
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.detail.add.clicked.connect(self._praise)
        self.detail.withdraw_wanted.connect(self._ask_withdraw)
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.asking.ask()

    def _build(self) -> None:
        card = Card()
        self.title, self.told = Label("", CARD_TITLE), Label("", SECOND, wrap=True)
        self.table = LinesTable(0)
        column = VBox(spacing=10, margins=(18, 16, 18, 14), parent=card)
        column.addWidget(self.title)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        self.detail = TrainingDetail(self._station, may_praise=self._may_praise)
        row = HBox(spacing=16, parent=self)
        row.addWidget(card, 1)
        row.addWidget(self.detail)

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], tuple[PersonShown, ...]]:
        only = None if self._may_praise else self._station.person.staff
        return partial(shown_people, only=only)

    def _take(self, people: tuple[PersonShown, ...]) -> None:
        self.people = people
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        if self.people is None:
            return
        heads = (self.tr("姓名"), self.tr("培训"), self.tr("参加演练"), self.tr("表彰"))
        self.table.set_lines(heads, [self._line(one) for one in self.people])
        if self.people and not self.table.current_key():
            self.table.select_key(str(self.people[0].member.id))
        self._show_chosen()

    def _line(self, person: PersonShown) -> Line:
        state, words = gravest(person.trainings, self._station.now().date())
        cells = (
            Cell(person.member.name),
            Cell(words, state),
            Cell(self.tr("{n} 次").format(n=len(person.drills))),
            Cell(self.tr("{n} 次").format(n=len(person.praise)) if person.praise else ""),
        )
        return Line(str(person.member.id), cells)

    def chosen(self) -> PersonShown | None:
        """The colleague at hand."""
        key = self.table.current_key()
        return next((one for one in self.people or () if str(one.member.id) == key), None)

    def _on_row(self, _index: QModelIndex) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        person = self.chosen()
        if person is not None:
            self.detail.show_person(person.member, person.trainings, person.drills, person.praise)

    # -- doing ----------------------------------------------------------------------------------

    def _praise(self) -> None:
        person = self.chosen()
        if person is None:
            return
        member = person.member
        dialog = CommendationDialog(self, self._station, member.id, member.name)
        dialog.said.connect(self.said)
        dialog.open()

    def _ask_withdraw(self, praise: Commendation) -> None:
        dialog = ConfirmDialog(
            self,
            title=self.tr("撤回这条表彰？"),
            text=self.tr("{name}，{day}。流水里会留下登记和撤回。").format(
                name=praise.name, day=praise.day
            ),
            confirm=self.tr("撤回表彰"),
            cancel=self.tr("返回"),
        )
        told = self.tr("表彰已撤回")
        command = WithdrawCommendation(praise.id)
        dialog.accepted.connect(
            lambda: self._station.run(self, command, lambda _none: self.said.emit(told))
        )
        dialog.open()

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("培训与表彰"))
        self.told.setText(self.tr("培训在设置的员工页登记，演练按分工记下谁参加了"))
        self.table.setAccessibleName(self.tr("培训与表彰"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
