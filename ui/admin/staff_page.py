"""Owns the page of accounts: add, change, reset a PIN; must not decide who may."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHeaderView, QStackedWidget

from branch.founding import random_pin
from branch.people.commands import AddStaff, ChangeStaff, ResetPin, Unlock, WithdrawTraining
from branch.people.queries import StaffMember, Training, staff_members
from branch.people.rules import permits
from ui.admin.page import Drafts, FormPage, on_edit
from ui.admin.staff_form import NOBODY, PinPanel, StaffForm, StaffValues
from ui.admin.staff_model import StaffModel
from ui.admin.training_dialog import TrainingDialog
from ui.admin.training_panel import Marks, marks_of
from ui.models.people_words import course_label
from ui.shell.station import Station
from ui.widgets.button import PlainButton
from ui.widgets.card import Card
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.label import CARD_TITLE, Label
from ui.widgets.rows import RowTable
from ui.widgets.stage import HBox, VBox

_FORM: Final = 436
_NAME: Final = 170
_NEW: Final = 0


class StaffTable(RowTable):
    """The accounts; the roles take the room that the others leave."""

    def __init__(self, model: StaffModel) -> None:
        super().__init__(model)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(1, _NAME)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)


class StaffPage(FormPage[StaffValues]):
    """The accounts at the left, one of them at the right."""

    # A tenth wrong PIN locks an account, and is told as a matter of sessions.
    topics = frozenset({"staff", "session", "training", "commendation"})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        roles = station.person.roles
        self._may_change = permits("ChangeStaff", roles)
        self._may_reset = permits("ResetPin", roles)
        self._may_unlock = permits("Unlock", roles)
        self._shown: StaffMember | None = None
        # Who was added just now and is to be shown when the table has him.
        self._added_id = 0
        self.title = Label("", CARD_TITLE)
        self.add = PlainButton("", icon="plus")
        if not permits("AddStaff", roles):
            self.add.hide()
        self.model = StaffModel()
        self.model.setParent(self)
        self.table = StaffTable(self.model)
        self.form = StaffForm(may_note=permits("NoteTraining", roles))
        self.panel = PinPanel()
        self.side = QStackedWidget()
        self.side.addWidget(self.form)
        self.side.addWidget(self.panel)
        self.side.setFixedWidth(_FORM)
        self.wire_form(self.form.bar, Drafts(self.form.values, self.form.put))
        on_edit(self.form, self.follow)
        self._build()
        self.add.clicked.connect(self._new)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.form.reset.clicked.connect(self._reset)
        self.form.unlock.clicked.connect(self._unlock)
        self.form.trainings.note_wanted.connect(self._note_training)
        self.form.trainings.withdraw_wanted.connect(self._withdraw_training)
        for field in (self.form.number, self.form.name):
            field.edit.returnPressed.connect(self.save)
        self.panel.noted.connect(self._noted)
        self.retranslate()

    def _build(self) -> None:
        self.left = Card()
        column = VBox(spacing=12, margins=(12, 14, 12, 12), parent=self.left)
        head = HBox(spacing=12, margins=(8, 0, 4, 0))
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.add)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        row = HBox(spacing=16, parent=self)
        row.addWidget(self.left, 1)
        row.addWidget(self.side)

    def ask(self) -> None:
        """Read the accounts anew."""
        self._station.ask(self, staff_members, self._take)

    def _take(self, staff: tuple[StaffMember, ...]) -> None:
        if self._added_id in {member.id for member in staff}:
            key: object = self._added_id
            self._added_id = 0
        else:
            key = self._drafts.key
        self.model.set_staff(staff)
        row = self.model.row_of(key) if isinstance(key, int) and key != _NEW else None
        if row is not None:
            self._select(row)
        elif key is None and staff:
            self._select(0)
        self.loaded.emit()

    def _select(self, row: int) -> None:
        if self.table.currentIndex().row() == row:
            self._show(self.model.member(row))
        else:
            self.table.selectRow(row)

    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self._show(self.model.member(index.row()))

    def _show(self, member: StaffMember) -> None:
        if self._drafts.key != member.id:
            self.forgive()
        self._shown = member
        stored = StaffValues(member.staff_no, member.name, member.roles, member.active)
        self.show_values(member.id, stored)
        own = member.id == self._station.person.staff
        others = not own and not member.is_station
        self.form.show_member(
            member,
            own=own,
            may_change=self._may_change,
            may_reset=self._may_reset and others,
            may_unlock=self._may_unlock and others,
        )
        self._station.ask(
            self,
            partial(marks_of, staff=member.id),
            partial(self._show_marks, member.id),
        )

    def _show_marks(self, staff: int, marks: Marks) -> None:
        if self._shown is not None and self._shown.id == staff:
            self.form.trainings.show_marks(marks, self._station.now().date())

    def _new(self) -> None:
        self.forgive()
        self._shown = None
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())
        self.show_values(_NEW, NOBODY)
        self.form.show_member(None, may_change=self._may_change)
        self.form.number.edit.setFocus()

    # -- doing ----------------------------------------------------------------------------------

    def save(self) -> None:
        """Make the account or change it."""
        if not self.form.bar.save.isEnabled():
            return
        values, member = self.form.values(), self._shown
        if member is None:
            pin = random_pin()
            self._send(
                AddStaff(values.staff_no, values.name, values.roles, pin),
                lambda staff: self._added(staff, values, pin),
            )
            return
        self._send(
            ChangeStaff(member.id, values.name, values.roles, values.active),
            lambda _none: self._changed(member.id, values),
        )

    def _send(self, command: object, then: Callable[[object], None]) -> None:
        bar = self.form.bar
        self.send([command], then, self.form.places(), bar.trouble, self.form.reset, self.add)

    def _added(self, staff: object, values: StaffValues, pin: str) -> None:
        assert isinstance(staff, int)
        self._drafts.saved(_NEW, values)
        self._added_id = staff
        self.told.emit(self.tr("{name} 已添加").format(name=values.name.strip()))
        self._show_pin(values.name.strip(), pin)
        self.ask()

    def _changed(self, staff: int, values: StaffValues) -> None:
        self._drafts.saved(staff, values)
        self.told.emit(self.tr("已保存"))
        self.ask()

    def _reset(self) -> None:
        member = self._shown
        if member is None:
            return
        dialog = ConfirmDialog(
            self,
            title=self.tr("重置密码？"),
            text=self.tr("{name} 的旧密码马上不能再用。").format(name=member.name),
            confirm=self.tr("重置密码"),
            cancel=self.tr("返回"),
        )
        dialog.accepted.connect(lambda: self._reset_now(member))
        dialog.open()

    def _reset_now(self, member: StaffMember) -> None:
        pin = random_pin()
        self._send(ResetPin(member.id, pin), lambda _none: self._was_reset(member, pin))

    def _was_reset(self, member: StaffMember, pin: str) -> None:
        self.told.emit(self.tr("{name} 的密码已重置").format(name=member.name))
        self._show_pin(member.name, pin)

    def _unlock(self) -> None:
        member = self._shown
        if member is not None:
            told = self.tr("{name} 的账户已解锁").format(name=member.name)
            self._send(Unlock(member.id), lambda _none: self._done(told))

    def _done(self, told: str) -> None:
        self.told.emit(told)
        self.ask()

    def _note_training(self) -> None:
        member = self._shown
        if member is None:
            return
        dialog = TrainingDialog(self, member.id, member.name, self._station.now().date())
        told = self.tr("{name} 的培训已登记").format(name=member.name)

        def noted(_training: object) -> None:
            dialog.accept()
            self._done(told)

        dialog.wanted.connect(
            lambda command: self._station.run(dialog, command, noted, dialog.refuse)
        )
        dialog.open()

    def _withdraw_training(self, training: Training) -> None:
        dialog = ConfirmDialog(
            self,
            title=self.tr("撤回这条培训登记？"),
            text=self.tr("{course}，{day}。流水里会留下登记和撤回。").format(
                course=course_label(training.course), day=training.held_on
            ),
            confirm=self.tr("撤回登记"),
            cancel=self.tr("返回"),
        )
        told = self.tr("培训登记已撤回")
        dialog.accepted.connect(
            lambda: self._send(WithdrawTraining(training.id), lambda _none: self._done(told))
        )
        dialog.open()

    def _show_pin(self, who: str, pin: str) -> None:
        self.panel.show_pin(who, pin)
        self.side.setCurrentWidget(self.panel)
        # Nothing takes the PIN away before somebody has it.
        self.left.setEnabled(False)
        self.panel.done.setFocus()

    def _noted(self) -> None:
        self.left.setEnabled(True)
        self.side.setCurrentWidget(self.form)
        self.table.setFocus()

    def making(self) -> bool:
        """Whether the form makes a new account."""
        return self._drafts.key == _NEW

    def unsaved(self) -> bool:
        """Whether something would be lost: typed and not saved, or a PIN that nobody has yet."""
        return super().unsaved() or bool(self.panel.pin.text())

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("员工"))
        self.add.setText(self.tr("添加员工"))
        self.table.setAccessibleName(self.tr("员工"))
        self.table.horizontalHeader().setAccessibleName(self.tr("员工"))
        self.model.retranslate()
        self.form.retranslate()
        self.panel.retranslate()
        super().retranslate()
