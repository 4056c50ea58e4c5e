"""Owns the accounts as rows of a table; must not change any."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from branch.people.queries import StaffMember
from branch.people.rules import PERSON_ROLES
from ui.models.words import role_label
from ui.widgets.rows import FAINT, STATE
from ui.widgets.state import State

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_COLUMNS = 4


class StaffModel(QAbstractTableModel):
    """Staff number, name, roles and standing of every account."""

    def __init__(self) -> None:
        super().__init__()
        self._staff: tuple[StaffMember, ...] = ()

    def set_staff(self, staff: Sequence[StaffMember]) -> None:
        """Show these accounts; the same ones keep their place in the table."""
        if [member.id for member in staff] == [member.id for member in self._staff]:
            self._staff = tuple(staff)
            self.retranslate()
            return
        self.beginResetModel()
        self._staff = tuple(staff)
        self.endResetModel()

    def member(self, row: int) -> StaffMember:
        """The account of a row."""
        return self._staff[row]

    def row_of(self, staff: int) -> int | None:
        """The row of an account, or None."""
        return next((at for at, m in enumerate(self._staff) if m.id == staff), None)

    def retranslate(self) -> None:
        """Say heads and cells anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)
        if self._staff:
            last = self.index(len(self._staff) - 1, _COLUMNS - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One row an account."""
        return 0 if parent.isValid() else len(self._staff)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Four columns."""
        return 0 if parent.isValid() else _COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell; FAINT for an account that is closed."""
        if not index.isValid():
            return None
        member = self._staff[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (
                member.staff_no,
                member.name,
                self._roles(member),
                self._standing(member)[1],
            )[index.column()]
        if role == STATE and index.column() == _COLUMNS - 1:
            return self._standing(member)[0]
        if role == FAINT:
            return not member.active or member.is_station
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The heads of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        heads = (self.tr("员工号"), self.tr("姓名"), self.tr("岗位"), self.tr("状态"))
        return heads[section]

    def _roles(self, member: StaffMember) -> str:
        held = [role_label(role) for role in PERSON_ROLES if role in member.roles]
        return self.tr("、").join(held)

    def _standing(self, member: StaffMember) -> tuple[State, str]:
        if member.is_station:
            return State.IDLE, self.tr("设备账户")
        if not member.active:
            return State.IDLE, self.tr("已停用")
        if member.locked:
            return State.URGENT, self.tr("已锁定")
        return State.OK, self.tr("在用")
