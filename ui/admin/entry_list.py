"""Owns the list at the left of a page: entries under heads, one of them chosen; edits nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.shell.fonts import font
from ui.shell.theme import theme_of
from ui.widgets.painting import paint_box, paint_line, text_width
from ui.widgets.status import CHIP_SMALL, Chip, chip_width, paint_chip

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
_HEAD, _LINE, _TALL = 36, 44, 60


@dataclass(frozen=True)
class Entry:
    """One row; a head has no key and cannot be chosen."""

    key: str
    title: str
    second: str = ""
    right: str = ""
    chip: Chip | None = None

    def spoken(self) -> str:
        """What a screen reader says."""
        parts = (self.title, self.second, self.right, self.chip.text if self.chip else "")
        return "，".join(part for part in parts if part)


class EntryModel(QAbstractListModel):
    """The rows of a list; heads have no flags."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show other rows; the same rows with other words keep the place in the list."""
        fresh = tuple(entries)
        if [entry.key for entry in fresh] == [entry.key for entry in self._entries]:
            self._entries = fresh
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._entries = fresh
        self.endResetModel()

    def entry(self, row: int) -> Entry:
        """One row."""
        return self._entries[row]

    def row_of(self, key: str) -> int:
        """The row of a key, -1 when it is not shown."""
        return next((at for at, entry in enumerate(self._entries) if entry.key == key), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.spoken()
        return entry if role == ENTRY else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not self._entries[index.row()].key:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _EntryDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(ENTRY)
        height = _TALL if entry.second else _LINE
        return QSize(120, height if entry.key else _HEAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY)
        view = option.widget  # type: ignore[attr-defined]
        theme, rect = theme_of(view), QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        inner = rect.adjusted(18, 0, -18, 0)
        if not entry.key:
            place = inner.adjusted(0, 6, 0, 0)
            paint_line(painter, place, entry.title, font(13, 500), theme.colour("ink3"))
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        if chosen or over:
            box = rect.adjusted(8, 1, -8, -1)
            edge = theme.colour("accent") if chosen and theme.edge_floor else None
            ground = theme.colour("accent_tint" if chosen else "canvas")
            paint_box(painter, box, 8, ground, edge, theme.edge(1))
        right = self._paint_right(painter, inner, entry, view)
        ink = theme.colour("accent" if chosen else "ink1")
        words = QRectF(inner.left(), inner.top(), right - inner.left(), inner.height())
        face = font(14, 700 if chosen else 400)
        if not entry.second:
            paint_line(painter, words, entry.title, face, ink)
            return
        first = QRectF(words.left(), words.top() + 10, words.width(), 21)
        paint_line(painter, first, entry.title, face, ink)
        second = QRectF(words.left(), first.bottom(), words.width(), 19)
        paint_line(painter, second, entry.second, font(13), theme.colour("ink3"))

    def _paint_right(
        self, painter: QPainter, inner: QRectF, entry: Entry, view: QWidget
    ) -> float:
        theme, right = theme_of(view), inner.right()
        if entry.right:
            face = font(13)
            align = Qt.AlignmentFlag.AlignRight
            paint_line(painter, inner, entry.right, face, theme.colour("ink3"), align)
            right -= text_width(entry.right, face) + 12
        if entry.chip is not None:
            width = chip_width(entry.chip, CHIP_SMALL)
            left, centre = right - width, inner.center().y()
            paint_chip(painter, left, centre, entry.chip, CHIP_SMALL, theme)
            right = left - 8
        return right


class EntryList(QListView):
    """A list of entries; ``picked`` carries the key that was chosen by hand."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = EntryModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(_EntryDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._current = ""
        self.selectionModel().currentChanged.connect(self._on_current)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show other rows; what was chosen stays chosen while it is among them."""
        self.entries.set_entries(entries)
        self.set_current(self._current)

    def set_current(self, key: str) -> None:
        """Choose without telling anybody; an empty key chooses nothing."""
        self._current = key
        row = self.entries.row_of(key) if key else -1
        if row < 0:
            self.selectionModel().clear()
        elif self.currentIndex().row() != row:
            self.setCurrentIndex(self.entries.index(row))

    def current(self) -> str:
        """The key chosen, or an empty text."""
        return self._current

    def place_of(self, key: str) -> QRectF:
        """Where an entry stands in the list's viewport."""
        return QRectF(self.visualRect(self.entries.index(self.entries.row_of(key))))

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        key = self.entries.entry(index.row()).key if index.isValid() else ""
        if key and key != self._current:
            self._current = key
            self.picked.emit(key)
