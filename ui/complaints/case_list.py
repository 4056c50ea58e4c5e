"""Owns the list of cases: the rows as they were read, the keys that go through them; asks nothing.

J and K, or the arrows, go from case to case; Enter opens the one at hand. Where several may be
chosen, Shift with the arrows, Ctrl and Shift with a click, Ctrl+Space and Ctrl+A choose them, and
Escape goes back to the one at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QListView, QWidget

from branch.complaints.queries.desk import CaseLine
from ui.complaints.case_delegate import CHIP_ROLE, LINE_ROLE, CaseDelegate
from ui.complaints.due_words import due_chip
from ui.models.complaint_words import channel_label, identity_label, kind_label, title_of

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_SELECT: Final = QItemSelectionModel.SelectionFlag.Select
_ONLY: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect


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
            return title_of(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(line)
        return None

    def spoken(self, line: CaseLine) -> str:
        """All a screen reader says of a case."""
        who = line.shown_name or identity_label("anonymous")
        chip = due_chip(line, self.today)
        if line.withheld:
            who = ""
        words = (line.number, title_of(line), who, channel_label(line.channel, line.forwarded))
        kind = "" if line.kind == "complaint" else kind_label(line.kind)
        return "，".join(part for part in (*words, kind, chip.text) if part)


class CaseList(QListView):
    """``chosen`` carries the id of the case at hand, ``opened`` that of one entered,
    ``several_chosen`` the lines that are chosen together, in the list's order."""

    chosen = Signal(int)
    opened = Signal(int)
    several_chosen = Signal(object)

    def __init__(
        self, *, compact: bool = False, several: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        if several:
            self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
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
        self.selectionModel().selectionChanged.connect(self._tell_several)
        self.clicked.connect(self._clicked)

    def show_lines(self, lines: Sequence[CaseLine], today: date) -> None:
        """Show these; who was at hand stays at hand while he is among them."""
        if lines == self.rows.lines and today == self.rows.today:
            return
        before, several = self.case(), [line.id for line in self.selected()]
        scrolled = self.verticalScrollBar().value()
        quiet = self.blockSignals(True)
        self.rows.show(lines, today)
        if before is not None and self.choose(before):
            for complaint in several:
                row = self.rows.row_of(complaint)
                if row >= 0:
                    self.selectionModel().select(self.rows.index(row), _SELECT)
        self.blockSignals(quiet)
        self.verticalScrollBar().setValue(scrolled)
        self._tell_several()

    def selected(self) -> tuple[CaseLine, ...]:
        """The cases that are chosen together, in the list's order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self.rows.lines[row] for row in rows)

    def case(self) -> int | None:
        """The id of the case at hand."""
        line = self.currentIndex().data(LINE_ROLE)
        return line.id if isinstance(line, CaseLine) else None

    def choose(self, complaint: int) -> bool:
        """Go to a case without telling anybody; False when it is not in the list, where then no
        other looks chosen."""
        row = self.rows.row_of(complaint)
        if row < 0:
            self.clearSelection()
            return False
        if row == self.currentIndex().row() and self.selectedIndexes():
            return True  # what is chosen beside it stays chosen
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
        elif event.key() == Qt.Key.Key_Escape and len(self.selected()) > 1:
            self.selectionModel().select(self.currentIndex(), _ONLY)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            super().keyPressEvent(event)
        elif event.text().isalnum():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _moved(self, index: _Index) -> None:
        line = index.data(LINE_ROLE)
        if isinstance(line, CaseLine):
            self.chosen.emit(line.id)

    def _clicked(self, index: _Index) -> None:
        """Ctrl and Shift choose several: nothing is entered."""
        held = QGuiApplication.keyboardModifiers()
        if not held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            self._entered(index)

    def _tell_several(self) -> None:
        self.several_chosen.emit(self.selected())

    def _entered(self, index: _Index) -> None:
        line = index.data(LINE_ROLE)
        if isinstance(line, CaseLine):
            self.opened.emit(line.id)
