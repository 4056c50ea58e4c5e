"""Owns the table models of visitors: lists that are there whole, and the register by pages.

They hold frozen lines and must not ask the store.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from branch.visitors.queries.register import VisitorLine
from branch.visitors.queries.spans import Span
from ui.shell.station import Station
from ui.visitors.cells import (
    COLUMNS,
    HISTORY,
    Cell,
    Deed,
    head_text,
    list_deeds,
    sample_words,
    visitor_cells,
)

CELL_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
# Ids of a page, and pages that are kept: a screen shows about ten rows.
PAGE_ROWS: Final = 64
_MOST_PAGES: Final = 40


class VisitorTable(QAbstractTableModel):
    """What every list of visitors shares: columns, heads, the words of a row, made once."""

    def __init__(self, station: Station, kind: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._words: dict[int, tuple[Cell, ...]] = {}
        self.kind = kind

    def line_at(self, row: int) -> VisitorLine | None:
        """The visitor of a row; None beside the list and while a page is on its way."""
        raise NotImplementedError

    def samples(self, column: str) -> tuple[str, ...]:
        """Words that a column of this list has to hold."""
        return sample_words(column, self.kind)

    def deeds(self) -> tuple[Deed, ...]:
        """The buttons that a row of this list may have."""
        return list_deeds(self.kind, self._station.person.roles)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """One for each of ``COLUMNS``; a visitor has none of his own."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads of the columns; rows have none."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return head_text(COLUMNS[section], self.kind)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, the cell for the delegate, everything for a screen reader."""
        if not index.isValid():
            return None
        cells = self.cells(index.row())
        if cells is None:
            return None
        cell = cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cell.spoken()
        # The whole of what a narrow column may have cut.
        return cell.spoken() if role == Qt.ItemDataRole.ToolTipRole and cell.second else None

    def cells(self, row: int) -> tuple[Cell, ...] | None:
        """The words of a row; None while its page is on its way."""
        line = self.line_at(row)
        if line is None:
            return None
        words = self._words.get(line.id)
        if words is None:
            words = self._words[line.id] = visitor_cells(line, self.kind, self._station)
        return words

    def say_anew(self) -> None:
        """Take all words anew, after a change of language or a minute."""
        self._words.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self.rowCount():
            last = self.index(self.rowCount() - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


class VisitorRows(VisitorTable):
    """A list that is there whole. New lines are taken as the least moves and insertions.

    So the current row, the scroll position and the focus stay with their visitor when somebody
    else comes or leaves.
    """

    def __init__(self, station: Station, kind: str, parent: QObject | None = None) -> None:
        super().__init__(station, kind, parent)
        self._lines: list[VisitorLine] = []

    def lines(self) -> tuple[VisitorLine, ...]:
        """The visitors shown now."""
        return tuple(self._lines)

    def row_of(self, visitor: int) -> int:
        """The row of a visitor; -1 when he is not on the list."""
        return next((at for at, line in enumerate(self._lines) if line.id == visitor), -1)

    def line_at(self, row: int) -> VisitorLine | None:
        """The visitor of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """As many as there are visitors."""
        return 0 if parent.isValid() else len(self._lines)

    def show(self, lines: Sequence[VisitorLine]) -> None:
        """Show these from now on; ids are unique."""
        wanted = {line.id for line in lines}
        for at in range(len(self._lines) - 1, -1, -1):
            if self._lines[at].id not in wanted:
                self.beginRemoveRows(_NOWHERE, at, at)
                self._words.pop(self._lines[at].id, None)
                del self._lines[at]
                self.endRemoveRows()
        for at, line in enumerate(lines):
            self._put(at, line)

    def _put(self, at: int, line: VisitorLine) -> None:
        found = next((i for i in range(at, len(self._lines)) if self._lines[i].id == line.id), None)
        if found is None:
            self.beginInsertRows(_NOWHERE, at, at)
            self._lines.insert(at, line)
            self.endInsertRows()
            return
        if found != at:
            self.beginMoveRows(_NOWHERE, found, found, _NOWHERE, at)
            self._lines.insert(at, self._lines.pop(found))
            self.endMoveRows()
        if self._lines[at] != line:
            self._lines[at] = line
            self._words.pop(line.id, None)
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(COLUMNS) - 1))


class RegisterRows(VisitorTable):
    """The whole register, newest first, however long: rows by number, lines by pages of ids.

    Whoever shows it asks ``missing`` for the pages of the rows in sight and gives them with
    ``take_page``; a row whose page is on its way is empty.
    """

    def __init__(self, station: Station, parent: QObject | None = None) -> None:
        super().__init__(station, HISTORY, parent)
        self._spans: tuple[Span, ...] = ()
        self._ends: list[int] = []
        self._pages: OrderedDict[int, dict[int, VisitorLine]] = OrderedDict()
        self._stale: set[int] = set()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """As many as the register has visitors."""
        return 0 if parent.isValid() or not self._ends else self._ends[-1]

    def show_spans(self, spans: tuple[Span, ...]) -> None:
        """The register holds the visitors of these spans of ids now, newest first.

        What is shown stays until its page has come anew.
        """
        self._stale = set(self._pages)
        if spans == self._spans:
            return
        new = _new_rows(self._spans, spans)
        if new:
            self.beginInsertRows(_NOWHERE, 0, new - 1)
            self._set(spans)
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._set(spans)
            self.endResetModel()

    def _set(self, spans: tuple[Span, ...]) -> None:
        self._spans = spans
        self._ends = list(accumulate(span.count for span in spans))

    def line_at(self, row: int) -> VisitorLine | None:
        """The visitor of a row; None while his page is on its way."""
        if not 0 <= row < self.rowCount():
            return None
        identity = self._id(row)
        return self._pages.get(identity // PAGE_ROWS, {}).get(identity)

    def missing(self, first: int, last: int) -> int | None:
        """The first page among these rows that has to be asked for: the ids from ``PAGE_ROWS``
        times that number on. None when all is there."""
        for row in range(max(first, 0), min(last, self.rowCount() - 1) + 1):
            page = self._id(row) // PAGE_ROWS
            if page not in self._pages or page in self._stale:
                return page
            self._pages.move_to_end(page)
        return None

    def take_page(self, page: int, lines: Sequence[VisitorLine]) -> None:
        """The visitors of a page have come."""
        for line in lines:
            self._words.pop(line.id, None)
        self._pages[page] = {line.id: line for line in lines}
        self._stale.discard(page)
        if len(self._pages) > _MOST_PAGES:
            _, gone = self._pages.popitem(last=False)
            for identity in gone:
                self._words.pop(identity, None)
        last = len(COLUMNS) - 1
        for row in (self._row(line.id) for line in lines):
            if row is not None:
                self.dataChanged.emit(self.index(row, 0), self.index(row, last))

    def _id(self, row: int) -> int:
        at = bisect_right(self._ends, row)
        before = self._ends[at - 1] if at else 0
        return self._spans[at].last - (row - before)

    def _row(self, identity: int) -> int | None:
        # The last span, newest first, that reaches up to it.
        at = bisect_right(self._spans, -identity, key=lambda span: -span.last) - 1
        if at < 0 or self._spans[at].first > identity:
            return None
        before = self._ends[at - 1] if at else 0
        return before + self._spans[at].last - identity


def _new_rows(before: tuple[Span, ...], now: tuple[Span, ...]) -> int:
    """How many visitors are new at the top when nothing else has changed; else 0."""
    if not before or not now or before[1:] != now[1:] or before[0].first != now[0].first:
        return 0
    return max(0, now[0].last - before[0].last)
