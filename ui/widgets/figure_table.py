"""Owns a table of figures under their heads, read only; must not work out any of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui.shell.fonts import font

_ROW: Final = 34
# As the style sheet has it, and what Qt keeps free beside every cell.
_PAD: Final = 8 + 3
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FigureTable(QTableWidget):
    """A name at the left, figures at the right; the arrow keys walk through it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Tab leaves the table; the arrows are for its cells.
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().sectionResized.connect(self._fold)

    def show_rows(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these rows, the first cell of each its name; the place in the table is kept."""
        here = self.currentRow()
        self.setColumnCount(len(heads))
        self.setRowCount(len(rows))
        for column, head in enumerate(heads):
            item = QTableWidgetItem(head)
            item.setTextAlignment(_RIGHT if column else _LEFT)
            self.setHorizontalHeaderItem(column, item)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_RIGHT if column else _LEFT)
                self.setItem(at, column, item)
        if 0 <= here < len(rows):
            self.selectRow(here)
        self._fit()

    def texts(self) -> list[list[str]]:
        """What stands in it, row by row."""
        return [
            [
                item.text() if (item := self.item(row, column)) is not None else ""
                for column in range(self.columnCount())
            ]
            for row in range(self.rowCount())
        ]

    def changeEvent(self, event: QEvent) -> None:
        """Columns follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """Figures take the width they need, the name the rest."""
        if not self.columnCount():
            return
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head_face, face = QFontMetricsF(font(13, 500)), QFontMetricsF(font(14))
        for column in range(1, self.columnCount()):
            head = self.horizontalHeaderItem(column)
            widest = head_face.horizontalAdvance(head.text()) if head is not None else 0.0
            for row in range(self.rowCount()):
                item = self.item(row, column)
                if item is not None:
                    widest = max(widest, face.horizontalAdvance(item.text()))
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, round(widest) + 2 * _PAD + 2)
        self._fold()

    def _fold(self, *_resized: int) -> None:
        """A name too long for its column takes more lines."""
        for row in range(self.rowCount()):
            self.setRowHeight(row, max(_ROW, self.sizeHintForRow(row)))
