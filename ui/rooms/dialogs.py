"""Owns the small questions of a session: a thing to check, a promise; each sends one command."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.people.queries import StaffMember, staff_members
from branch.rooms.commands.talk import AddCheck, AddPromise, ChangeCheck, RemoveCheck
from branch.rooms.queries.sessions import Check
from branch.rooms.rules import CHECK_STATES
from ui.models.room_words import check_label
from ui.shell.station import Station
from ui.widgets.button import LARGE, DangerButton
from ui.widgets.choice import SegmentedControl
from ui.widgets.field import FieldEdit
from ui.widgets.long_field import LongField
from ui.widgets.moment_fields import DayField
from ui.widgets.room_dialog import Part, RoomDialog
from ui.widgets.staff_field import StaffField, colleagues_among
from ui.widgets.stage import HBox

translate = QCoreApplication.translate
_USUAL: Final = timedelta(days=3)


class CheckDialog(RoomDialog):
    """What is looked into, what was found, how it stands; ``check`` None is a new one."""

    def __init__(
        self, parent: QWidget, station: Station, session: int, check: Check | None = None
    ) -> None:
        title = translate("CheckDialog", "核实事项")
        super().__init__(parent, station, title, width=520)
        self._session, self._check = session, check
        self.text = self.put(FieldEdit(self.tr("核实什么")), "text")
        self.found = self.put(LongField(self.tr("看到什么，可不填"), 2), "found")
        self.state = SegmentedControl(
            [(code, check_label(code)) for code in CHECK_STATES], name=self.tr("结果")
        )
        self.put(Part(self.tr("结果"), self.state), "state")
        self.remove_button = DangerButton(self.tr("去掉这一项"), size=LARGE)
        self.remove_button.setAutoDefault(False)
        self.buttons.insertWidget(0, self.remove_button)
        self.remove_button.setVisible(check is not None)
        self.remove_button.clicked.connect(self._remove)
        if check is not None:
            self.text.set_text(check.text)
            self.found.set_text(check.found)
            self.state.set_current(check.state)
        self.offer(self.tr("记下"), self.tr("返回"), self._command, lambda _value: None)
        (self.found if check is not None else self.text).setFocus()

    def _command(self) -> object:
        text, found, state = self.text.text(), self.found.text(), self.state.current()
        if self._check is None:
            return AddCheck(self._session, text, found, state)
        return ChangeCheck(self._check.id, text, found, state)

    def _remove(self) -> None:
        assert self._check is not None  # the button stands for a kept one only
        self.remove_button.setEnabled(False)
        self.station.run(
            self, RemoveCheck(self._check.id), lambda _none: self.accept(), self.refuse
        )


class PromiseDialog(RoomDialog):
    """What is promised, who does it, by when; it becomes somebody's task. ``said`` tells it."""

    said = Signal(str)

    def __init__(self, parent: QWidget, station: Station, session: int) -> None:
        title = translate("PromiseDialog", "约定事项")
        told = translate(
            "PromiseDialog", "只约定本行能做到的事。金额、期限须经有权人同意后再告知客户。"
        )
        super().__init__(parent, station, title, told, width=560)
        self._session = session
        self.text = self.put(LongField(self.tr("答应客户什么"), 2), "text", "complaint")
        self.owner, self.due = StaffField("owner_unknown"), DayField()
        self.owner.set_label(self.tr("由谁办"))
        self.due.set_label(self.tr("哪天前办好"))
        self.due.set_day(station.now().date() + _USUAL)
        both = QWidget()
        row = HBox(spacing=12, parent=both)
        row.addWidget(self.owner, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.due, 1, Qt.AlignmentFlag.AlignTop)
        both.setFocusProxy(self.owner)
        self.put(both, "owner", say=self.owner.set_error)
        self.name("due_on", self.due, self.due.set_error)
        self.offer(self.tr("记下约定"), self.tr("返回"), self._command, self._kept)
        station.ask(self, staff_members, self._offer_owners)
        self.text.setFocus()

    def _offer_owners(self, members: tuple[StaffMember, ...]) -> None:
        self.owner.show_colleagues(colleagues_among(members))

    def _command(self) -> AddPromise:
        return AddPromise(self._session, self.text.text(), self.owner.staff() or 0, self.due.day())

    def _kept(self, _action: object) -> None:
        self.said.emit(self.tr("已约定，并列入经办人的待办"))
