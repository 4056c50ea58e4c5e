"""Owns lists and tables to choose one thing from, how their rows look; must not know what is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.shell.fonts import font
from ui.shell.theme import theme_of
from ui.widgets.painting import paint_line
from ui.widgets.state import State
from ui.widgets.status import CHIP, Chip, paint_chip

ROW: Final = 44
KEY: Final = Qt.ItemDataRole.UserRole
# A row that is out of use is written in the third ink.
FAINT: Final = Qt.ItemDataRole.UserRole + 1
# A cell with a state is drawn as a chip: glyph and word.
STATE: Final = Qt.ItemDataRole.UserRole + 2
# What stands at the right end of a row.
ASIDE: Final = Qt.ItemDataRole.UserRole + 3
PADDING: Final = 12
_HEAD: Final = 36
_GLYPH: Final = 24


@dataclass(frozen=True)
class Row:
    """One thing to choose by its key; a row without a key is the head of those below it."""

    key: str
    text: str
    aside: str = ""
    faint: bool = False


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
        if not index.flags():
            place = QRectF(rect).adjusted(PADDING, 8, -PADDING, 0)
            paint_line(painter, place, str(index.data()), font(13, 500), theme.colour("ink3"))
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.colour("accent_tint"))
            if index.column() == 0:
                painter.fillRect(
                    QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent")
                )
        room = QRectF(rect).adjusted(PADDING, 0, -PADDING, 0)
        text, state, aside = str(index.data() or ""), index.data(STATE), index.data(ASIDE)
        if aside:
            face = font(13)
            ink, right = theme.colour("ink3"), Qt.AlignmentFlag.AlignRight
            drawn = paint_line(painter, room, aside, face, ink, right)
            room.adjust(0, 0, -drawn - PADDING, 0)
        if isinstance(state, State):
            middle = room.center().y()
            paint_chip(painter, room.left(), middle, Chip(text, state), CHIP, theme)
        else:
            painter.setFont(font(14, 700 if chosen and index.column() == 0 else 400))
            painter.setPen(theme.colour("ink3" if index.data(FAINT) else "ink1"))
            left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            if rect.height() > ROW:
                # The row was given the room that the words need.
                painter.drawText(room, left | Qt.TextFlag.TextWordWrap, text)
            else:
                shown = painter.fontMetrics().elidedText(
                    text, Qt.TextElideMode.ElideRight, round(room.width())
                )
                painter.drawText(room, left, shown)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As wide as the words."""
        if not index.flags():
            return QSize(0, _HEAD)
        hint = super().sizeHint(option, index)
        glyph = _GLYPH if index.data(STATE) is not None else 0
        return QSize(hint.width() + 2 * PADDING + 4 + glyph, ROW)


class RowTable(QTableView):
    """A table of whole rows, one of them chosen; the heads only name the columns, Tab leaves it."""

    def __init__(self, model: QAbstractItemModel, row_height: int = ROW) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setEnabled(False)


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

    def set_rows(self, rows: Sequence[Row], chosen: str) -> None:
        """Show these rows, the one of the key ``chosen`` as chosen.

        Without a row of that key the first is chosen; nothing is emitted.
        """
        self.blockSignals(True)
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        for at, row in enumerate(rows):
            if at == self.count():
                self.addItem(QListWidgetItem())
            self._show_row(self.item(at), row)
        keys = [row.key for row in rows]
        wanted = chosen if chosen in keys else next(filter(None, keys), "")
        if wanted and wanted != self.current():
            self.setCurrentRow(keys.index(wanted))
        self.blockSignals(False)

    def _show_row(self, item: QListWidgetItem, row: Row) -> None:
        item.setText(row.text)
        item.setToolTip(row.text)
        item.setData(KEY, row.key)
        item.setData(FAINT, row.faint)
        item.setData(ASIDE, row.aside)
        spoken = f"{row.text}，{row.aside}" if row.aside else row.text
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(usable if row.key else Qt.ItemFlag.NoItemFlags)

    def keys(self) -> list[str]:
        """The keys of all rows, in order; empty for a head."""
        return [str(self.item(at).data(KEY)) for at in range(self.count())]

    def current(self) -> str:
        """The key of the row chosen, or nothing."""
        item = self.currentItem()
        return str(item.data(KEY)) if item else ""

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item:
            self.chosen.emit(str(item.data(KEY)))
