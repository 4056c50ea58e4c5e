"""Owns a short list that is typed row by row; must not know what it lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui.widgets.button import COMPACT, LinkButton
from ui.widgets.field import ErrorLine
from ui.widgets.label import Label, TextRole
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

_ROW: Final = 34
_MOST_SHOWN: Final = 6
# The widest column takes the room the others leave.
_SHARES: Final = {"no": 52, "type": 96}


class _Table(QTableWidget):
    """Tab goes from cell to cell, and on from the last one; back before the first."""

    def focusNextPrevChild(self, next: bool) -> bool:
        """Leave the table at its ends."""
        if not self._at_end(next):
            return super().focusNextPrevChild(next)
        self.setTabKeyNavigation(False)
        moved = super().focusNextPrevChild(next)
        self.setTabKeyNavigation(True)
        return moved

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab in the last cell's editor leaves too."""
        forward = hint == QAbstractItemDelegate.EndEditHint.EditNextItem
        leaves = (
            forward or hint == QAbstractItemDelegate.EndEditHint.EditPreviousItem
        ) and self._at_end(forward)
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint if leaves else hint)
        if leaves:
            self.focusNextPrevChild(forward)

    def _at_end(self, forward: bool) -> bool:
        here = (self.currentRow(), self.currentColumn())
        last = (self.rowCount() - 1, self.columnCount() - 1)
        return not self.rowCount() or here == (last if forward else (0, 0))


class RowsEdit(QWidget):
    """A table with a row added or taken away by a button; cells are written where they stand."""

    changed = Signal()

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self.label = Label("", TextRole(13, 500, "ink2"))
        self.table = _Table(0, len(columns))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setProperty("ownFocus", True)
        self.table.setTabKeyNavigation(True)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for at, key in enumerate(columns):
            if key in _SHARES:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
                self.table.setColumnWidth(at, _SHARES[key])
        self.add_button = LinkButton("", size=COMPACT, icon="plus")
        self.drop_button = LinkButton("", size=COMPACT, icon="minus")
        self.error = ErrorLine()
        head = HBox(spacing=4)
        head.addWidget(self.label, 1)
        head.addWidget(self.add_button)
        head.addWidget(self.drop_button)
        column = VBox(parent=self)
        column.addLayout(head)
        column.addWidget(self.table)
        column.addWidget(self.error)
        self.label.setBuddy(self.table)
        self.setFocusProxy(self.table)
        for button in (self.add_button, self.drop_button):
            button.setAutoDefault(False)
        self.add_button.clicked.connect(self._add)
        self.drop_button.clicked.connect(self._drop)
        self.table.itemChanged.connect(lambda _item: self._tell())
        self._fit()

    def rows(self) -> list[dict[str, str]]:
        """What stands in the rows; a row of nothing but its number is none."""
        found = []
        for at in range(self.table.rowCount()):
            row = {key: self._text(at, column).strip() for column, key in enumerate(self._columns)}
            if any(text for key, text in row.items() if key != "no"):
                found.append(row)
        return found

    def set_rows(self, rows: Sequence[object]) -> None:
        """Show these."""
        blocked = self.table.blockSignals(True)
        self.table.setRowCount(0)
        for row in rows:
            if isinstance(row, dict):
                self._append([str(row.get(key, "")) for key in self._columns])
        self.table.blockSignals(blocked)
        self._fit()

    def set_words(self, label: str, heads: Sequence[str]) -> None:
        """Name the list and its columns."""
        self.label.setText(label)
        self.table.setAccessibleName(label)
        self.table.setHorizontalHeaderLabels(list(heads))
        self.add_button.setText(translate("PaperRows", "添一行"))
        self.drop_button.setText(translate("PaperRows", "删去这行"))

    def set_error(self, text: str) -> None:
        """Say what would be right; an empty text takes the sentence away."""
        self.error.show_error(text)
        self.table.setAccessibleDescription(text)

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text() if item is not None else ""

    def _append(self, cells: Sequence[str]) -> None:
        at = self.table.rowCount()
        self.table.insertRow(at)
        for column, text in enumerate(cells):
            self.table.setItem(at, column, QTableWidgetItem(text))

    def _add(self) -> None:
        number = str(self.table.rowCount() + 1)
        blocked = self.table.blockSignals(True)
        self._append([number if key == "no" else "" for key in self._columns])
        self.table.blockSignals(blocked)
        self._fit()
        first = next((at for at, key in enumerate(self._columns) if key != "no"), 0)
        self.table.setFocus()
        self.table.setCurrentCell(self.table.rowCount() - 1, first)
        self._tell()

    def _drop(self) -> None:
        at = self.table.currentRow()
        if at >= 0:
            self.table.removeRow(at)
            self._fit()
            self._tell()

    def _fit(self) -> None:
        shown = max(1, min(_MOST_SHOWN, self.table.rowCount()))
        self.table.setFixedHeight(37 + shown * _ROW + 4)
        self.drop_button.setEnabled(self.table.rowCount() > 0)

    def _tell(self) -> None:
        self.set_error("")
        self.changed.emit()
