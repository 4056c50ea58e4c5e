"""Owns lists to choose one thing from, and how their rows look; must not know what is listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.shell.fonts import font
from ui.shell.theme import theme_of

ROW: Final = 44
KEY: Final = Qt.ItemDataRole.UserRole
# A row that is out of use is written in the third ink.
FAINT: Final = Qt.ItemDataRole.UserRole + 1
_PADDING: Final = 12


class RowDelegate(QStyledItemDelegate):
    """A row of 44 px with a rule below; the chosen one is sunken, bold, with an edge."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Ground, words, rule."""
        view = self.parent()
        assert isinstance(view, QWidget)
        theme, rect = theme_of(view), option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.colour("sunken"))
            if index.column() == 0:
                painter.fillRect(
                    QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent")
                )
        painter.setFont(font(14, 700 if chosen and index.column() == 0 else 400))
        painter.setPen(theme.colour("ink3" if index.data(FAINT) else "ink1"))
        room = QRectF(rect).adjusted(_PADDING, 0, -_PADDING, 0)
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, round(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As wide as the words."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + 2 * _PADDING + 4, ROW)


class Chooser(QListWidget):
    """A list of things by key; one of them is always chosen. ``chosen`` carries its key."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(RowDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.currentItemChanged.connect(self._on_current)

    def set_rows(self, rows: Sequence[tuple[str, str, bool]]) -> None:
        """Show rows of key, words and whether in use; what was chosen stays so if it is there."""
        before = self.current()
        self.blockSignals(True)
        self.clear()
        for key, text, active in rows:
            item = QListWidgetItem(text)
            item.setData(KEY, key)
            item.setData(FAINT, not active)
            item.setToolTip(text)
            self.addItem(item)
        self.blockSignals(False)
        keys = [row[0] for row in rows]
        if keys:
            self.setCurrentRow(keys.index(before) if before in keys else 0)

    def current(self) -> str:
        """The key of the row chosen, or nothing."""
        item = self.currentItem()
        return str(item.data(KEY)) if item else ""

    def choose(self, key: str) -> None:
        """Go to a row."""
        for at in range(self.count()):
            if self.item(at).data(KEY) == key:
                self.setCurrentRow(at)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item:
            self.chosen.emit(str(item.data(KEY)))
