"""Owns tables of words under their heads, by key; must not know what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from ui.shell.fonts import font
from ui.widgets.rows import FAINT, PADDING, ROW, STATE, RowTable
from ui.widgets.state import State

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
# What a row keeps free above and below its words.
_AROUND = 18
_WIDEST = 190


@dataclass(frozen=True)
class Cell:
    """What a cell says; with a state it is drawn as a chip."""

    text: str
    state: State | None = None


@dataclass(frozen=True)
class Line:
    """A row by its key; a faint one is out of use."""

    key: str
    cells: tuple[Cell, ...]
    faint: bool = False


class LinesModel(QAbstractTableModel):
    """Lines under their heads."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: tuple[str, ...] = ()
        self._lines: tuple[Line, ...] = ()

    def set_lines(self, heads: Sequence[str], lines: Sequence[Line]) -> None:
        """Show these; the same keys keep their place in the table."""
        same = [line.key for line in lines] == [line.key for line in self._lines]
        if same and len(heads) == len(self._heads):
            self._heads, self._lines = tuple(heads), tuple(lines)
            last = len(self._heads) - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
            if lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, last))
            return
        self.beginResetModel()
        self._heads, self._lines = tuple(heads), tuple(lines)
        self.endResetModel()

    def key(self, row: int) -> str:
        """The key of a row."""
        return self._lines[row].key

    def row_of(self, key: str) -> int:
        """The row of a key, or -1."""
        return next((at for at, line in enumerate(self._lines) if line.key == key), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One row a line."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """One column a head."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, its state, whether the row is faint."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        cell = line.cells[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell.text
        if role == STATE:
            return cell.state
        return line.faint if role == FAINT else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The heads."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._heads[section] if section < len(self._heads) else None


class LinesTable(RowTable):
    """A table of lines; ``stretch`` is the column that takes the room the others leave.

    ``folds``: rows grow until all words stand whole in them, and no other column takes it all.
    """

    def __init__(self, stretch: int, *, folds: bool = False) -> None:
        self.lines = LinesModel()
        super().__init__(self.lines)
        self.lines.setParent(self)
        self._stretch, self._folds = stretch, folds
        self.horizontalHeader().sectionResized.connect(self._fold)

    def set_lines(self, heads: Sequence[str], lines: Sequence[Line]) -> None:
        """Show these lines, with the columns as wide as they need."""
        here = self.current_key()
        self.lines.set_lines(heads, lines)
        header = self.horizontalHeader()
        header.setAccessibleName(self.accessibleName())
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if len(heads) > self._stretch:
            header.setSectionResizeMode(self._stretch, QHeaderView.ResizeMode.Stretch)
        if self._folds:
            for column in range(len(heads)):
                if column != self._stretch and self.sizeHintForColumn(column) > _WIDEST:
                    header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                    header.resizeSection(column, _WIDEST)
        if here and not self.current_key():
            self.select_key(here)
        self._fold()

    def current_key(self) -> str:
        """The key of the row chosen, or nothing."""
        index = self.currentIndex()
        return self.lines.key(index.row()) if index.isValid() else ""

    def select_key(self, key: str) -> None:
        """Choose the row of a key, if there is one."""
        row = self.lines.row_of(key)
        if row >= 0:
            self.selectRow(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that stretch fold where the room ends now."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self, *_resized: int) -> None:
        if not self._folds:
            return
        heights = self.verticalHeader()
        for row in range(self.lines.rowCount()):
            high = max(map(partial(self._words_high, row), range(self.lines.columnCount())))
            heights.resizeSection(row, max(ROW, high + _AROUND))

    def _words_high(self, row: int, column: int) -> int:
        index, width = self.lines.index(row, column), self.columnWidth(column) - 2 * PADDING
        if index.data(STATE) is not None or width <= 0:
            return 0
        face = QFontMetrics(font(14, 400 if column else 700))
        room = QRect(0, 0, width, 0)
        words = str(index.data() or "")
        return face.boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()
