"""Owns the entries of the journal as rows of a table, in words; reads none itself."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from branch.kernel.journal import Entry
from reports.forms.audit_words import AuditLine, Names, audit_line
from ui.admin.audit_rows import AuditRows
from ui.shell.language import language
from ui.widgets.rows import STATE
from ui.widgets.state import State

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_COLUMNS: Final = 7
_MARK: Final = 6
_NOBODY: Final = Names({}, {})


class AuditModel(QAbstractTableModel):
    """Newest first; ``more_wanted`` comes when the last row is in sight and more are there."""

    more_wanted = Signal()

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone
        self._entries: list[Entry] = []
        self._lines: dict[int, AuditLine] = {}
        self.names = _NOBODY
        self.more = False
        self._waiting = False

    def show(self, rows: AuditRows) -> None:
        """Show a first page in place of everything."""
        self.beginResetModel()
        self._entries, self.names, self.more = list(rows.entries), rows.names, rows.more
        self._lines, self._waiting = {}, False
        self.endResetModel()

    def append(self, rows: AuditRows) -> None:
        """Show the next page below."""
        self._waiting = False
        self.more = rows.more
        if not rows.entries:
            return
        tickets = {**self.names.tickets, **rows.names.tickets}
        self.names = Names(rows.names.staff, tickets)
        first = len(self._entries)
        self.beginInsertRows(_NOWHERE, first, first + len(rows.entries) - 1)
        self._entries.extend(rows.entries)
        self.endInsertRows()

    def entry(self, row: int) -> Entry:
        """The entry of a row."""
        return self._entries[row]

    def last(self) -> Entry | None:
        """The oldest entry shown."""
        return self._entries[-1] if self._entries else None

    def row_of(self, revision: int) -> int | None:
        """The row of an entry, or None."""
        found = (at for at, entry in enumerate(self._entries) if entry.revision == revision)
        return next(found, None)

    def line(self, row: int) -> AuditLine:
        """The entry of a row in words."""
        entry = self._entries[row]
        if entry.revision not in self._lines:
            self._lines[entry.revision] = audit_line(entry, self.names, language().code, self._zone)
        return self._lines[entry.revision]

    def retranslate(self) -> None:
        """Say heads and cells anew."""
        self._lines = {}
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)
        if self._entries:
            last = self.index(len(self._entries) - 1, _COLUMNS - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # -- Qt -------------------------------------------------------------------------------------

    def canFetchMore(self, parent: Index = _NOWHERE) -> bool:
        """Whether older entries can be had and are not on their way."""
        return not parent.isValid() and self.more and not self._waiting

    def fetchMore(self, parent: Index = _NOWHERE) -> None:
        """Ask for the next page; it comes by ``append``."""
        if self.canFetchMore(parent):
            self._waiting = True
            self.more_wanted.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One row an entry."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Number, time, who, where, what, on whom, mark."""
        return 0 if parent.isValid() else _COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell; STATE for what is marked."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._cells(row)[column]
        if role == STATE and column == _MARK:
            line = self.line(row)
            if line.refused:
                return State.ATTENTION
            return State.RUNNING if line.view else None
        return None

    def _cells(self, row: int) -> tuple[str, ...]:
        line = self.line(row)
        mark = ""
        if line.refused:
            mark = self.tr("未获准")
        elif line.view:
            mark = self.tr("完整信息")
        number = str(self._entries[row].revision)
        return (number, line.time, line.who, line.place, line.what, line.subject, mark)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The heads of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (
            self.tr("条号"),
            self.tr("时间"),
            self.tr("谁"),
            self.tr("工位"),
            self.tr("做了什么"),
            self.tr("对谁或什么"),
            self.tr("标记"),
        )[section]
