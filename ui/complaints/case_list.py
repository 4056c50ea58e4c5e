"""Owns the list of cases: the rows as they were read, the keys that go through them; asks nothing.

J and K, or the arrows, go from case to case; Enter opens the one at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from branch.complaints.queries.desk import CaseLine
from ui.complaints.case_delegate import CHIP_ROLE, LINE_ROLE, CaseDelegate
from ui.complaints.due_words import due_chip
from ui.models.complaint_words import channel_label, identity_label, kind_label

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class CaseRows(QAbstractListModel):
    """The cases in the order given, as they stand on ``today``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[CaseLine, ...] = ()
        self.today = date.min

    def show(self, lines: Sequence[CaseLine], today: date) -> None:
        """Show these from now on."""
        self.beginResetModel()
        self.lines, self.today = tuple(lines), today
        self.endResetModel()

    def row_of(self, complaint: int) -> int:
        """Where a case stands; -1 when it is not here."""
        return next((at for at, line in enumerate(self.lines) if line.id == complaint), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """As many as there are cases."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Line and chip for the delegate; everything for a screen reader."""
        if not index.isValid() or not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == CHIP_ROLE:
            return due_chip(line, self.today)
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(line)
        return None

    def spoken(self, line: CaseLine) -> str:
        """All a screen reader says of a case."""
        who = line.shown_name or identity_label("anonymous")
        chip = due_chip(line, self.today)
        words = (line.number, line.title, who, channel_label(line.channel, line.forwarded))
        kind = "" if line.kind == "complaint" else kind_label(line.kind)
        return "，".join(part for part in (*words, kind, chip.text) if part)


class CaseList(QListView):
    """``chosen`` carries the id of the case at hand, ``opened`` that of one entered."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, *, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = CaseRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(CaseDelegate(compact=compact, parent=self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setProperty("ownFocus", True)
        self.selectionModel().currentChanged.connect(self._moved)
        self.clicked.connect(self._entered)

    def show_lines(self, lines: Sequence[CaseLine], today: date) -> None:
        """Show these; who was at hand stays at hand while he is among them."""
        if lines == self.rows.lines and today == self.rows.today:
            return
        before, scrolled = self.case(), self.verticalScrollBar().value()
        quiet = self.blockSignals(True)
        self.rows.show(lines, today)
        if before is not None:
            self.choose(before)
        self.blockSignals(quiet)
        self.verticalScrollBar().setValue(scrolled)

    def case(self) -> int | None:
        """The id of the case at hand."""
        line = self.currentIndex().data(LINE_ROLE)
        return line.id if isinstance(line, CaseLine) else None

    def choose(self, complaint: int) -> bool:
        """Go to a case without telling anybody; False when it is not in the list."""
        row = self.rows.row_of(complaint)
        if row < 0:
            return False
        quiet = self.blockSignals(True)
        self.setCurrentIndex(self.rows.index(row))
        self.blockSignals(quiet)
        self.viewport().update()
        return True

    def step(self, by: int) -> None:
        """Go on by so many cases, to the first or last at most."""
        last = self.rows.rowCount() - 1
        if last >= 0:
            row = min(max(self.currentIndex().row() + by, 0), last)
            self.setCurrentIndex(self.rows.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters are the window's and no search for a row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._entered(self.currentIndex())
        elif event.text().isalnum():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _moved(self, index: _Index) -> None:
        line = index.data(LINE_ROLE)
        if isinstance(line, CaseLine):
            self.chosen.emit(line.id)

    def _entered(self, index: _Index) -> None:
        line = index.data(LINE_ROLE)
        if isinstance(line, CaseLine):
            self.opened.emit(line.id)
