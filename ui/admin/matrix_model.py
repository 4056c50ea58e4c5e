"""Owns the permission table as rows of commands and columns of roles; must not change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from branch.bootstrap import HANDLERS
from branch.kernel.phrases import phrases
from branch.people.rules import PERMISSIONS, READS, Role
from ui.models.words import place_label, role_label
from ui.shell.language import language

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
ROLES: Final = tuple(Role)
# Whether a role may, for whoever paints the cell.
MAY: Final = Qt.ItemDataRole.UserRole + 10
_READ: Final = "read"


@dataclass(frozen=True)
class Line:
    """A command or a reading by its key in the phrases; without roles it is the head of a group."""

    key: str
    roles: frozenset[Role] | None = None


def room_of(kind: type) -> str:
    """The room of the house that a command belongs to."""
    return kind.__module__.split(".")[1]


def all_lines() -> tuple[Line, ...]:
    """The whole table, grouped by room, what may be read at the end."""
    lines: list[Line] = []
    # What guards the store itself comes last.
    rooms = sorted(dict.fromkeys(map(room_of, HANDLERS)), key=lambda room: room == "kernel")
    for room in rooms:
        commands = [kind.__name__ for kind in HANDLERS if room_of(kind) == room]
        lines.append(Line(f"room.{room}"))
        lines += [Line(name, PERMISSIONS[name]) for name in commands]
    lines.append(Line(f"room.{_READ}"))
    lines += [Line(f"read.{what}", roles) for what, roles in READS.items()]
    return tuple(lines)


def label(role: Role) -> str:
    """A role as the head of a column; those without a person by what they stand for."""
    if role in (Role.KIOSK, Role.BOARD):
        return place_label(role)
    if role == Role.PROGRAM:
        return QCoreApplication.translate("MatrixModel", "程序")
    return role_label(role)


class MatrixModel(QAbstractTableModel):
    """The lines whose words hold what is searched for, with the heads of their groups."""

    def __init__(self) -> None:
        super().__init__()
        self._every = all_lines()
        self._lines = self._every
        self._wanted = ""

    def search(self, text: str) -> None:
        """Show only the lines with this text in their words."""
        self._wanted = text.strip().casefold()
        self.beginResetModel()
        self._lines = self._found()
        self.endResetModel()

    def _found(self) -> tuple[Line, ...]:
        if not self._wanted:
            return self._every
        found: list[Line] = []
        head: Line | None = None
        for line in self._every:
            if line.roles is None:
                head = line
            elif self._wanted in self.words(line).casefold():
                if head is not None:
                    found.append(head)
                    head = None
                found.append(line)
        return tuple(found)

    def line(self, row: int) -> Line:
        """What a row is about."""
        return self._lines[row]

    @staticmethod
    def words(line: Line) -> str:
        """A line in the language of the moment."""
        return phrases("permissions").say(line.key, language().code)

    def retranslate(self) -> None:
        """Say everything anew; what was searched for is searched for in the other words."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(ROLES))
        self.search(self._wanted)

    # -- Qt -------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One row a command, a reading, a head."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The words, then every role."""
        return 0 if parent.isValid() else 1 + len(ROLES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing can be edited; a head cannot be chosen."""
        if not index.isValid() or self._lines[index.row()].roles is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words in the first column; in the others MAY, and it in words for a screen reader."""
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], index.column()
        if column == 0:
            shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return self.words(line) if role in shown else None
        if line.roles is None:
            return None
        may = ROLES[column - 1] in line.roles
        if role == MAY:
            return may
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = self.tr("{role}可以：{what}") if may else self.tr("{role}不可以：{what}")
            return words.format(role=label(ROLES[column - 1]), what=self.words(line))
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The heads of the columns; that of the words stands over them."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section == 0:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return label(ROLES[section - 1]) if section else self.tr("操作")
