"""Owns the rows of a roll call in a list: their order, which are hidden; must not mark anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from branch.visitors.queries.rollcall import RollMark
from ui.models.roll_words import help_text, kind_label, last_place, mark_label

MARK_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
DONE: Final = frozenset({"safe", "not_here"})
# Those who need help out come first, then those whom nobody here knows.
_ORDER: Final = {"assisted": 0, "visitor": 1, "staff": 2, "customer": 3, "unlisted": 4}

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


@dataclass(frozen=True)
class RollFilter:
    """Which people are wanted; an empty text wants all."""

    kind: str = ""
    state: str = ""
    hide_done: bool = False

    def fits(self, mark: RollMark) -> bool:
        """Whether somebody is wanted."""
        kinds = ("customer", "assisted") if self.kind == "customer" else (self.kind,)
        return (
            (not self.kind or mark.kind in kinds)
            and (not self.state or mark.state == self.state)
            and not (self.hide_done and mark.state in DONE)
        )


class RollRows(QAbstractListModel):
    """The people wanted, in an order that marking does not change."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[RollMark, ...] = ()
        self._filter = RollFilter()
        self.marks: tuple[RollMark, ...] = ()

    def show_marks(self, marks: Iterable[RollMark]) -> None:
        """Show these people from now on; where only their states differ, the rows stay."""
        self._all = tuple(sorted(marks, key=lambda mark: (_ORDER[mark.kind], abs(mark.id))))
        self._fit()

    def show_only(self, wanted: RollFilter) -> None:
        """Show those who are wanted."""
        self._filter = wanted
        self._fit()

    def _fit(self) -> None:
        fresh = tuple(mark for mark in self._all if self._filter.fits(mark))
        if [mark.id for mark in fresh] == [mark.id for mark in self.marks]:
            before, self.marks = self.marks, fresh
            for row, (old, new) in enumerate(zip(before, fresh, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.marks = fresh
        self.endResetModel()

    def row_of(self, mark: int) -> int:
        """The row of somebody, -1 when he is not shown."""
        return next((row for row, one in enumerate(self.marks) if one.id == mark), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """As many as are shown."""
        return 0 if parent.isValid() else len(self.marks)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The person for the delegate; everything for a screen reader."""
        if not index.isValid() or not 0 <= index.row() < len(self.marks):
            return None
        mark = self.marks[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return mark.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(mark)
        return mark if role == MARK_ROLE else None


def spoken(mark: RollMark) -> str:
    """All that a row says."""
    parts = (
        mark.label, kind_label(mark.kind), mark.badge, mark.unit, last_place(mark),
        help_text(mark), mark_label(mark.state),
    )  # fmt: skip
    return "，".join(part for part in parts if part)
