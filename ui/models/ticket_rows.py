"""Owns the list model of tickets over frozen rows; must not ask the store or know a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from ui.widgets.queue_delegate import QueueLine

LINE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
NOTE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 2

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


@dataclass(frozen=True)
class TicketRow:
    """A ticket in a list: its id, what its line says, and a word for where it stands."""

    id: int
    line: QueueLine
    note: str = ""

    def spoken(self) -> str:
        """All a screen reader says of it."""
        return f"{self.line.number}，{self.note}" if self.note else self.line.spoken()


class TicketRows(QAbstractListModel):
    """Tickets in the order given. New rows are taken as the least moves and insertions.

    So the current row, the scroll position and the focus stay with their ticket when somebody
    else is called.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[TicketRow] = []

    def rows(self) -> tuple[TicketRow, ...]:
        """The rows shown now."""
        return tuple(self._rows)

    def ticket_at(self, index: _Index) -> int | None:
        """The id of the ticket in a row, or None beside the list."""
        row = self._row(index)
        return row.id if row else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """As many as there are tickets; a ticket has no rows of its own."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The number as text, the line for the delegate, everything for a screen reader."""
        row = self._row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.line.number
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.spoken()
        if role == LINE_ROLE:
            return row.line
        return row.note if role == NOTE_ROLE else None

    def show(self, rows: Sequence[TicketRow]) -> None:
        """Show these rows from now on; ids are unique."""
        wanted = {row.id for row in rows}
        for at in range(len(self._rows) - 1, -1, -1):
            if self._rows[at].id not in wanted:
                self.beginRemoveRows(_NOWHERE, at, at)
                del self._rows[at]
                self.endRemoveRows()
        for at, row in enumerate(rows):
            self._put(at, row)

    def _put(self, at: int, row: TicketRow) -> None:
        found = next((i for i in range(at, len(self._rows)) if self._rows[i].id == row.id), None)
        if found is None:
            self.beginInsertRows(_NOWHERE, at, at)
            self._rows.insert(at, row)
            self.endInsertRows()
            return
        if found != at:
            self.beginMoveRows(_NOWHERE, found, found, _NOWHERE, at)
            self._rows.insert(at, self._rows.pop(found))
            self.endMoveRows()
        if self._rows[at] != row:
            self._rows[at] = row
            index = self.index(at)
            self.dataChanged.emit(index, index)

    def _row(self, index: _Index) -> TicketRow | None:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        return self._rows[index.row()]
