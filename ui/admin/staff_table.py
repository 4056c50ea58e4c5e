"""Owns the table of accounts: number, name, roles, state; changes none of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from branch.people.queries import StaffMember
from branch.people.rules import PERSON_ROLES
from ui.models.words import place_label, role_label
from ui.shell.fonts import font
from ui.shell.theme import theme_of
from ui.widgets.painting import paint_line
from ui.widgets.state import State
from ui.widgets.status import CHIP_SMALL, Chip, paint_chip

Index = QModelIndex | QPersistentModelIndex
MEMBER = Qt.ItemDataRole.UserRole
translate = QCoreApplication.translate
_NOWHERE = QModelIndex()
_NUMBER, _NAME, _ROLES, _STATE = range(4)
_ROW, _HEAD = 44, 40
_WIDTHS = {_NUMBER: 118, _NAME: 132, _STATE: 120}


def role_names(member: StaffMember) -> str:
    """The roles of an account in words, in the order of the glossary."""
    if member.is_station:
        return translate("Settings", "、").join(place_label(role) for role in sorted(member.roles))
    names = [role_label(role) for role in PERSON_ROLES if role in member.roles]
    return translate("Settings", "、").join(names)


def state_chip(member: StaffMember) -> Chip:
    """The state of an account: in use, locked after wrong PINs, or closed."""
    if not member.active:
        return Chip(translate("Settings", "已停用"), State.IDLE)
    if member.locked:
        return Chip(translate("Settings", "已锁定"), State.URGENT)
    return Chip(translate("Settings", "正常"), State.OK)


class StaffModel(QAbstractTableModel):
    """Accounts by staff number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._members: tuple[StaffMember, ...] = ()

    def set_members(self, members: Sequence[StaffMember]) -> None:
        """Show other accounts; the same accounts keep the place in the table."""
        fresh = tuple(members)
        if [member.id for member in fresh] == [member.id for member in self._members]:
            self._members = fresh
            self.retranslate()
            return
        self.beginResetModel()
        self._members = fresh
        self.endResetModel()

    def member(self, row: int) -> StaffMember:
        """One account."""
        return self._members[row]

    def row_of(self, staff: int) -> int:
        """The row of an account's id, -1 when it is not among them."""
        return next((at for at, item in enumerate(self._members) if item.id == staff), -1)

    def retranslate(self) -> None:
        """Tell the views that every word may be another."""
        if self._members:
            last = self.index(len(self._members) - 1, _STATE)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _STATE)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._members)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else _STATE + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        member = self._members[index.row()]
        if role == MEMBER:
            return member
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == _ROLES:
            return role_names(member)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return (member.staff_no, member.name, role_names(member), state_chip(member).text)[
            index.column()
        ]

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("员工号"), self.tr("姓名"), self.tr("岗位"), self.tr("状态"))[section]


class _CellDelegate(QStyledItemDelegate):
    """A row with a rule under it; the last cell is a chip."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = theme_of(option.widget)  # type: ignore[attr-defined]
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        member: StaffMember = index.data(MEMBER)
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, theme.colour("accent_tint"))
        rule = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(rule, theme.colour("line"))
        inner = rect.adjusted(12 if index.column() else 20, 0, -8, 0)
        if index.column() == _STATE:
            chip = state_chip(member)
            paint_chip(painter, inner.left(), inner.center().y(), chip, CHIP_SMALL, theme)
            return
        quiet = member.is_station or not member.active
        strong = index.column() == _NAME and not quiet
        ink = theme.colour("ink3" if quiet else "ink1")
        paint_line(painter, inner, str(index.data()), font(14, 500 if strong else 400), ink)


class StaffTable(QTableView):
    """The accounts; ``picked`` carries the id of the one chosen by hand."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.members = StaffModel(self)
        self.setModel(self.members)
        self.setItemDelegate(_CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setFixedHeight(_HEAD)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, width in _WIDTHS.items():
            head.resizeSection(column, width)
        head.setSectionResizeMode(_ROLES, QHeaderView.ResizeMode.Stretch)
        self._current: int | None = None
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def set_members(self, members: Sequence[StaffMember]) -> None:
        """Show other accounts; the one chosen stays chosen."""
        self.members.set_members(members)
        self.set_current(self._current)

    def set_current(self, staff: int | None) -> None:
        """Choose an account without telling anybody; None chooses nothing."""
        self._current = staff
        row = -1 if staff is None else self.members.row_of(staff)
        if row < 0:
            self.selectionModel().clear()
        elif self.currentIndex().row() != row:
            self.setCurrentIndex(self.members.index(row, _NUMBER))

    def retranslate(self) -> None:
        """Take every word anew."""
        self.setAccessibleName(self.tr("员工账户"))
        self.members.retranslate()

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not index.isValid():
            return
        staff = self.members.member(index.row()).id
        if staff != self._current:
            self._current = staff
            self.picked.emit(staff)
