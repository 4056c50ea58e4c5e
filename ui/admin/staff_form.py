"""Owns the form of one account and the one showing of a new PIN; must not store anything."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.people.queries import StaffMember
from branch.people.rules import PERSON_ROLES
from ui.admin.page import Place, SaveBar, scrolled
from ui.admin.training_panel import TrainingPanel
from ui.models.words import role_label
from ui.widgets.button import PlainButton, PrimaryButton
from ui.widgets.card import Card, Separator
from ui.widgets.choice import CheckRow
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import CAPTION, CARD_TITLE, SECOND, SECTION, Label
from ui.widgets.number import BigNumber
from ui.widgets.stage import Grid, HBox, VBox


@dataclass(frozen=True)
class StaffValues:
    """What stands in the form."""

    staff_no: str
    name: str
    roles: frozenset[str]
    active: bool


NOBODY = StaffValues("", "", frozenset(), True)


class StaffForm(Card):
    """Number, name, roles, activity and PIN of one account."""

    def __init__(self, *, may_note: bool) -> None:
        super().__init__()
        self._member: StaffMember | None = None
        self.title = Label("", CARD_TITLE)
        self.note = Label("", SECOND, wrap=True)
        self.number = FieldEdit("")
        self.name = FieldEdit("")
        self.roles_title = Label("", SECTION)
        self.roles = {str(role): CheckRow("") for role in PERSON_ROLES}
        self.roles_error = ErrorLine()
        self.active = CheckRow("")
        self.own_note = Label("", CAPTION, wrap=True)
        self.reset = PlainButton("", icon="lock")
        self.unlock = PlainButton("", icon="undo")
        self.trainings = TrainingPanel(may_note=may_note)
        self.bar = SaveBar()
        inner = QWidget()
        column = VBox(spacing=12, margins=(0, 0, 10, 0), parent=inner)
        column.addWidget(self.note)
        column.addWidget(self.number)
        column.addWidget(self.name)
        self._editing = QWidget()
        part = VBox(spacing=4, parent=self._editing)
        part.addWidget(self.roles_title)
        grid = Grid(columns=2, spacing=0)
        for at, row in enumerate(self.roles.values()):
            grid.addWidget(row, at // 2, at % 2)
        part.addLayout(grid)
        part.addWidget(self.roles_error)
        part.addWidget(Separator())
        part.addWidget(self.active)
        part.addWidget(self.own_note)
        column.addWidget(self._editing)
        line = HBox(spacing=10)
        line.addWidget(self.unlock)
        line.addWidget(self.reset)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.trainings)
        column.addStretch(1)
        whole = VBox(spacing=14, margins=(20, 18, 10, 18), parent=self)
        whole.addWidget(self.title)
        whole.addWidget(scrolled(inner), 1)
        whole.addWidget(self.bar)

    def places(self) -> dict[str, Place]:
        """Where an error of a field stands."""
        return {"staff_no": self.number, "name": self.name, "roles": self.roles_error}

    def values(self) -> StaffValues:
        """What stands there now."""
        held = frozenset(code for code, row in self.roles.items() if row.isChecked())
        return StaffValues(self.number.text(), self.name.text(), held, self.active.isChecked())

    def put(self, values: StaffValues) -> None:
        """Fill the form."""
        self.number.set_text(values.staff_no)
        self.name.set_text(values.name)
        for code, row in self.roles.items():
            row.setChecked(code in values.roles)
        self.active.setChecked(values.active)

    def show_member(
        self,
        member: StaffMember | None,
        *,
        own: bool = False,
        may_change: bool,
        may_reset: bool = False,
        may_unlock: bool = False,
    ) -> None:
        """Offer what may be done with an account; None is one to be made.

        ``own`` is that of whoever looks: roles and activity are a colleague's to change.
        """
        self._member = member
        person = member is None or not member.is_station
        self.number.setVisible(member is None)
        self.name.setVisible(person and may_change)
        self._editing.setVisible(person and may_change)
        self.active.setVisible(member is not None)
        self.bar.setVisible(person and may_change)
        self.reset.setVisible(may_reset)
        self.unlock.setVisible(may_unlock and member is not None and member.locked)
        self.trainings.setVisible(member is not None and person)
        for row in (*self.roles.values(), self.active):
            row.setEnabled(not own)
        self.own_note.setVisible(own)
        self._say()

    def _say(self) -> None:
        member = self._member
        if member is None:
            self.title.setText(self.tr("添加员工"))
            self.note.setText(self.tr("保存后显示初始密码，请当面交给本人"))
        else:
            self.title.setText(self.tr("员工 {number}").format(number=member.staff_no))
            self.note.setText(self._standing(member))

    def _standing(self, member: StaffMember) -> str:
        if member.is_station:
            return self.tr("取号机和叫号屏用的账户，没有密码，不能修改")
        held = [role_label(role) for role in PERSON_ROLES if role in member.roles]
        who = self.tr("{name}，{roles}").format(name=member.name, roles=self.tr("、").join(held))
        if member.locked and member.active:
            return self.tr("{who}。密码多次输错，账户已锁定，解锁或重置密码后可以再登录").format(
                who=who
            )
        if not member.active:
            return self.tr("{who}。账户已停用，做过的事仍记在名下").format(who=who)
        return who

    def retranslate(self) -> None:
        """Take the words anew."""
        self.number.set_label(self.tr("员工号"))
        self.name.set_label(self.tr("姓名"))
        self.roles_title.setText(self.tr("岗位"))
        for code, row in self.roles.items():
            row.set_text(role_label(code))
            row.setAccessibleName(role_label(code))
        self.active.set_text(self.tr("可以登录"))
        self.active.setAccessibleName(self.active.text())
        self.own_note.setText(self.tr("自己的岗位和账户请另一位管理员修改"))
        self.reset.setText(self.tr("重置密码"))
        self.unlock.setText(self.tr("解锁"))
        self.trainings.retranslate()
        self._say()


class PinPanel(Card):
    """A new PIN, shown once; it forgets the PIN when ``noted`` or hidden."""

    noted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._who = ""
        self.title = Label("", CARD_TITLE)
        self.note = Label("", SECOND, wrap=True)
        self.pin = BigNumber("", px=56)
        self.warning = Label("", SECOND, wrap=True)
        self.done = PrimaryButton("")
        column = VBox(spacing=14, margins=(20, 18, 20, 18), parent=self)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.add_gap(10)
        column.addWidget(self.pin, 0, Qt.AlignmentFlag.AlignHCenter)
        column.add_gap(10)
        column.addWidget(self.warning)
        column.addStretch(1)
        row = HBox()
        row.addStretch(1)
        row.addWidget(self.done)
        column.addLayout(row)
        self.done.clicked.connect(self._noted)

    def show_pin(self, who: str, pin: str) -> None:
        """Show a PIN and whose it is."""
        self._who = who
        self.pin.set_text(pin)
        self.retranslate()
        self.done.setFocus()

    def forget(self) -> None:
        """Keep no PIN behind."""
        self.pin.set_text("")

    def _noted(self) -> None:
        self.forget()
        self.noted.emit()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("新密码"))
        self.note.setText(self.tr("{name} 的密码").format(name=self._who))
        self.warning.setText(self.tr("只显示这一次，请当面交给本人"))
        self.done.setText(self.tr("已交给本人"))
