"""Owns a run before START: who plays what, the list that keeps START locked; decides neither."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.drills.cast import Check
from branch.drills.commands.preparing import AssignRole, CancelRun, TickCheck
from branch.drills.commands.running import StartRun
from branch.drills.queries.detail import Casting, RunDetail
from branch.drills.rules.run import CANCEL_REASONS
from branch.drills.rules.scenario import RECORDER
from branch.kernel.store import Store
from branch.people.queries import StaffMember, staff_members
from branch.people.rules import permits
from ui.drills.never_list import NeverList
from ui.drills.plan_dialog import ChangeRunDialog
from ui.drills.run_desk import RunDesk
from ui.models.drill_words import (
    cancel_reason,
    check_label,
    drill_form,
    drill_role,
    in_english,
    in_words,
    weather_label,
)
from ui.shell.station import Station
from ui.widgets.button import HERO, SMALL_TOUCH, LinkButton, PlainButton, PrimaryButton
from ui.widgets.card import Card, Separator
from ui.widgets.choice import CheckRow
from ui.widgets.dialog import ReasonDialog
from ui.widgets.label import BODY, CARD_TITLE, SECOND, STRONG, Label
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.staff_field import StaffField, colleagues_among
from ui.widgets.stage import HBox, VBox, clear

_ROLE = 120


class _RoleRow(QWidget):
    """One role: who plays it, a field to add another, a press to take somebody out."""

    wanted = Signal(str, object)

    def __init__(self, casting: Casting, staff: tuple[StaffMember, ...], may: bool) -> None:
        super().__init__()
        self.role = casting.role
        people = casting.people
        name = Label(drill_role(casting.role), STRONG)
        name.setFixedWidth(_ROLE)
        self.field = StaffField("staff_unknown")
        self.field.edit.setAccessibleName(drill_role(casting.role))
        self.field.edit.setPlaceholderText(self.tr("姓名或工号"))
        self.field.show_colleagues(colleagues_among(staff))
        self.field.picked.connect(lambda: self._picked(tuple(one.staff for one in people)))
        self.remove: dict[int, LinkButton] = {}
        line = HBox(spacing=12, margins=(0, 6, 0, 6))
        line.addWidget(name)
        for one in people:
            line.addWidget(Label(one.name, BODY))
            if may:
                out = LinkButton(self.tr("换下"), size=SMALL_TOUCH)
                out.setAccessibleName(self.tr("换下{name}").format(name=one.name))
                left = tuple(other.staff for other in people if other.staff != one.staff)
                out.clicked.connect(partial(self.wanted.emit, self.role, left))
                self.remove[one.staff] = out
                line.addWidget(out)
        line.addStretch(1)
        if may:
            self.field.setFixedWidth(220)
            line.addWidget(self.field)
        column = VBox(parent=self)
        column.addLayout(line)
        column.addWidget(Separator())

    def is_typing(self) -> bool:
        """Whether a name is typed that nobody was found for yet."""
        return self.field.staff() is None and bool(self.field.text().strip())

    def _picked(self, before: tuple[int, ...]) -> None:
        staff = self.field.staff()
        if staff is None:
            return
        if staff in before:
            self.field.choose(None)
            self.field.set_error(self.tr("已经在这个岗位"))
        else:
            self.wanted.emit(self.role, (*before, staff))


class PreparePage(QWidget):
    """Roles left, the list and START right. ``cancelled`` tells that it does not take place,
    ``said`` what was done."""

    cancelled = Signal()
    said = Signal(str)

    def __init__(self, station: Station, desk: RunDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station, self.desk = station, desk
        roles = station.person.roles
        self._may_cast = permits("AssignRole", roles)
        self._staff: tuple[StaffMember, ...] = ()
        self._cast: object = None
        self.roles: dict[str, _RoleRow] = {}
        self.checks: dict[str, CheckRow] = {}
        self._build()
        self.start.setVisible(permits("StartRun", roles))
        self.cancel.setVisible(permits("CancelRun", roles))
        self.start.clicked.connect(lambda: desk.send(StartRun(desk.run_id)))
        self.change.setVisible(permits("ChangeRun", roles))
        self.cancel.clicked.connect(self._ask_cancel)
        self.change.clicked.connect(self._ask_change)
        desk.shown.connect(self._show)
        station.ask(self, self._members, self._take_staff)
        self.retranslate()

    def _build(self) -> None:
        left, right = Card(), Card()
        right.setFixedWidth(480)
        self.change = PlainButton("")
        self.cast_title, self.check_title = Label("", CARD_TITLE), Label("", CARD_TITLE)
        self.about = Label("", SECOND, wrap=True)
        body = QWidget()
        self._role_rows = VBox(parent=body)
        self.area = ScrollArea(body, bare=True)
        column = VBox(spacing=8, margins=(22, 18, 22, 18), parent=left)
        head = HBox(spacing=12)
        head.addWidget(self.cast_title, 1)
        head.addWidget(self.change)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.area, 1)
        self.never = NeverList()
        column.addWidget(self.never)
        self._check_rows = VBox(spacing=2)
        self.missing = Label("", SECOND, wrap=True)
        self.start = PrimaryButton("", size=HERO, icon="drill")
        self.cancel = PlainButton("")
        side = VBox(spacing=10, margins=(22, 18, 22, 20), parent=right)
        side.addWidget(self.check_title)
        side.addLayout(self._check_rows)
        side.addStretch(1)
        side.addWidget(self.missing)
        side.addWidget(self.start)
        side.addWidget(self.cancel)
        row = HBox(spacing=16, parent=self)
        row.addWidget(left, 1)
        row.addWidget(right)

    @staticmethod
    def _members(store: Store) -> tuple[StaffMember, ...]:
        return staff_members(store)

    def _take_staff(self, staff: tuple[StaffMember, ...]) -> None:
        self._staff, self._cast = staff, None
        self._show()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        detail = self.desk.detail
        if detail is None or detail.course is not None:
            return
        key = (detail.cast, self._staff, in_english())
        if key != self._cast:
            self._cast = key
            self._show_cast(detail)
        self._show_checks(detail)
        self.never.show_scenario(detail.scenario)
        parts = [drill_form(detail.line.form), detail.line.due_on]
        parts.append(detail.place or self.tr("未填集合点"))
        if detail.variant is not None:
            parts.append(in_words(detail.scenario.variants[detail.variant]))
        if detail.weather:
            parts.append(weather_label(detail.weather))
        self.about.setText(self.tr("，").join(parts))
        left = [self._lacking(check, detail) for check in detail.checks if not check.ok]
        self.start.setEnabled(not left)
        self.missing.setText(
            self.tr("还不能开始，先完成：{what}").format(what=left[0])
            if left
            else self.tr("都准备好了。按下后计时开始")
        )

    def _lacking(self, check: Check, detail: RunDetail) -> str:
        """What is to be done about an item; for the roles, which of them or who."""
        if check.item != "roles":
            return check_label(check.item)
        between = self.tr("、")
        empty = [drill_role(one.role) for one in detail.cast if not one.people]
        if empty:
            return self.tr("还没有人：{roles}").format(roles=between.join(empty))
        playing = {
            one.staff for role in detail.cast if role.role != RECORDER for one in role.people
        }
        twice = [
            one.name
            for role in detail.cast
            if role.role == RECORDER
            for one in role.people
            if one.staff in playing
        ]
        return self.tr("{names} 既参演又记录，请换一位").format(names=between.join(twice))

    def _show_cast(self, detail: RunDetail) -> None:
        """The rows anew; what is half typed in one of them stays, and where the keyboard is."""
        typed = {
            role: (row.field.text(), row.field.error_text())
            for role, row in self.roles.items()
            if row.is_typing()
        }
        here = next((role for role, row in self.roles.items() if row.field.edit.hasFocus()), "")
        clear(self._role_rows)
        self.roles = {}
        for casting in detail.cast:
            row = _RoleRow(casting, self._staff, self._may_cast)
            row.wanted.connect(self._assign)
            self.roles[casting.role] = row
            self._role_rows.addWidget(row)
            text, error = typed.get(casting.role, ("", ""))
            row.field.set_text(text)
            row.field.set_error(error)
        self._role_rows.addStretch(1)
        if here in self.roles:
            self.roles[here].field.edit.setFocus()

    def _show_checks(self, detail: RunDetail) -> None:
        items = [check.item for check in detail.checks]
        if items != list(self.checks):
            clear(self._check_rows)
            self.checks = {}
            for check in detail.checks:
                row = CheckRow("")
                row.setEnabled(
                    not check.automatic and permits("TickCheck", self._station.person.roles)
                )
                row.clicked.connect(lambda on, item=check.item: self._tick(item, on))
                self.checks[check.item] = row
                self._check_rows.addWidget(row)
        for check in detail.checks:
            row = self.checks[check.item]
            row.set_text(check_label(check.item))
            row.setChecked(check.ok)

    # -- doing ----------------------------------------------------------------------------------

    def _assign(self, role: str, staff: object) -> None:
        assert isinstance(staff, tuple)  # what a row tells
        self.desk.send(AssignRole(self.desk.run_id, role, staff))

    def _tick(self, item: str, on: bool) -> None:
        self.desk.send(TickCheck(self.desk.run_id, item, on))

    def _ask_change(self) -> None:
        detail = self.desk.detail
        if detail is not None:
            ChangeRunDialog(self, self._station, detail, self.said.emit).open()

    def _ask_cancel(self) -> None:
        dialog = ReasonDialog(
            self,
            title=self.tr("取消这次演练"),
            reasons=[(code, cancel_reason(code)) for code in CANCEL_REASONS],
            confirm=self.tr("取消演练"),
            cancel=self.tr("返回"),
        )
        dialog.accepted.connect(
            lambda: self.desk.send(
                CancelRun(self.desk.run_id, dialog.reason()), lambda _none: self.cancelled.emit()
            )
        )
        dialog.open()

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.cast_title.setText(self.tr("谁演什么"))
        self.area.setAccessibleName(self.tr("谁演什么"))
        self.check_title.setText(self.tr("开始前"))
        self.start.setText(self.tr("开始演练"))
        self.cancel.setText(self.tr("取消这次演练"))
        self.change.setText(self.tr("修改安排"))
        self._cast = None
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
