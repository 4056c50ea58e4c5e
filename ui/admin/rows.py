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
from ui.widgets.state import State
from ui.widgets.status import CHIP, Chip, paint_chip

ROW: Final = 44
KEY: Final = Qt.ItemDataRole.UserRole
# A row that is out of use is written in the third ink.
FAINT: Final = Qt.ItemDataRole.UserRole + 1
# A cell with a state is drawn as a chip: glyph and word.
STATE: Final = Qt.ItemDataRole.UserRole + 2
_PADDING: Final = 12
_GLYPH: Final = 24


class RowDelegate(QStyledItemDelegate):
    """A row of 44 px with a rule below; the chosen one is tinted, bold, with an edge."""

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
            painter.fillRect(rect, theme.colour("accent_tint"))
            if index.column() == 0:
                painter.fillRect(
                    QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent")
                )
        painter.setFont(font(14, 700 if chosen and index.column() == 0 else 400))
        painter.setPen(theme.colour("ink3" if index.data(FAINT) else "ink1"))
        room = QRectF(rect).adjusted(_PADDING, 0, -_PADDING, 0)
        text, state = str(index.data() or ""), index.data(STATE)
        if isinstance(state, State):
            middle = room.center().y()
            paint_chip(painter, room.left(), middle, Chip(text, state), CHIP, theme)
        else:
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, round(room.width())
            )
            left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, left, shown)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As wide as the words."""
        hint = super().sizeHint(option, index)
        glyph = _GLYPH if index.data(STATE) is not None else 0
        return QSize(hint.width() + 2 * _PADDING + 4 + glyph, ROW)


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

    def set_rows(self, rows: Sequence[tuple[str, str, bool]], chosen: str) -> None:
        """Show rows of key, words and whether in use, the one of ``chosen`` as chosen.

        Without a row of that key the first is chosen; nothing is emitted.
        """
        self.blockSignals(True)
        self.clear()
        for key, text, active in rows:
            item = QListWidgetItem(text)
            item.setData(KEY, key)
            item.setData(FAINT, not active)
            item.setToolTip(text)
            self.addItem(item)
        keys = [row[0] for row in rows]
        if keys:
            self.setCurrentRow(keys.index(chosen) if chosen in keys else 0)
        self.blockSignals(False)

    def current(self) -> str:
        """The key of the row chosen, or nothing."""
        item = self.currentItem()
        return str(item.data(KEY)) if item else ""

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item:
            self.chosen.emit(str(item.data(KEY)))
