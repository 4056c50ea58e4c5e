"""Owns the list of a run's steps (picture k): its rows, the press on one; marks none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from branch.drills.queries.detail import RunDetail
from branch.drills.rules.scenario import ROLES
from ui.drills.step_lines import LINE, StepLine, spoken, step_lines
from ui.drills.step_paint import ROW, StepDelegate

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class StepModel(QAbstractListModel):
    """The rows; only those that changed are painted anew at a tick."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[StepLine, ...] = ()

    def show_lines(self, lines: Sequence[StepLine]) -> None:
        """Show these; the same steps keep their rows."""
        fresh = tuple(lines)
        same = [(one.no, one.role) for one in fresh] == [(one.no, one.role) for one in self.lines]
        if not same:
            self.beginResetModel()
            self.lines = fresh
            self.endResetModel()
            return
        before, self.lines = self.lines, fresh
        for at, (old, new) in enumerate(zip(before, fresh, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(at), self.index(at))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Heads and steps."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row, and its words for a screen reader."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(line)
        if role == Qt.ItemDataRole.ToolTipRole and not line.is_head:
            return line.text
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are not chosen."""
        if not index.isValid() or self.lines[index.row()].is_head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class StepList(QListView):
    """The list; ``step_pressed`` carries the number of a step that was pressed or entered."""

    step_pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, row: int = ROW) -> None:
        super().__init__(parent)
        self.steps = StepModel(self)
        self.setModel(self.steps)
        self.setItemDelegate(StepDelegate(self, row))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._pressed)
        self.activated.connect(self._pressed)

    def show_run(self, detail: RunDetail, net_ms: int, roles: Sequence[str] = ROLES) -> None:
        """Show the run at a moment of run time, the steps of some roles."""
        self.steps.show_lines(step_lines(detail, net_ms, roles))

    def chosen(self) -> int:
        """The number of the step chosen, 0 when none is."""
        line = self.currentIndex().data(LINE)
        return line.no if isinstance(line, StepLine) else 0

    def _pressed(self, index: QModelIndex) -> None:
        line = index.data(LINE)
        if isinstance(line, StepLine) and not line.is_head:
            self.step_pressed.emit(line.no)
