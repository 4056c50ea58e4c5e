"""Owns the queues side by side and the strip of tickets set aside; must not act on a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.models.ticket_rows import LINE_ROLE, NOTE_ROLE, TicketRow, TicketRows
from ui.shell.fonts import font
from ui.shell.theme import CONSOLE_MIN_TARGET, theme_of
from ui.widgets.card import Card, Separator
from ui.widgets.label import CAPTION, CARD_TITLE, ElidedLabel, Label, TextRole
from ui.widgets.painting import paint_box, paint_line, text_width
from ui.widgets.queue_delegate import QueueLine, QueueLineDelegate
from ui.widgets.stage import HBox, VBox


@dataclass(frozen=True)
class Column:
    """A queue as its column shows it."""

    letter: str
    name: str
    count: str
    caption: str
    rows: tuple[TicketRow, ...]


class TicketList(QListView):
    """Tickets in calling order; a click, Enter or the space bar opens one."""

    opened = Signal(int)

    def __init__(self, model: TicketRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tickets = model
        self.setModel(model)
        self.setItemDelegate(QueueLineDelegate(LINE_ROLE, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setProperty("ownFocus", True)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is this list's own while a row is current, so that it never issues a ticket."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.currentIndex().isValid():
            self._open(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        identity = self._tickets.ticket_at(index)
        if identity is not None:
            self.opened.emit(identity)


class QueueColumn(Card):
    """One queue family: name, letter, number of people, the wait of a new ticket, the line."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidedLabel("", CARD_TITLE)
        self.letter = Label("", TextRole(16, 500, "ink3"))
        self.count = Label("", CARD_TITLE, align=Qt.AlignmentFlag.AlignRight)
        self.caption = ElidedLabel("", CAPTION)
        self.model = TicketRows(self)
        self.list = TicketList(self.model)
        column = VBox(margins=(1, 0, 1, 1), parent=self)
        head = VBox(margins=(14, 11, 14, 9))
        title = HBox(spacing=2)
        title.addWidget(self.name)
        title.addWidget(self.letter)
        title.addStretch(1)
        title.addWidget(self.count)
        head.addLayout(title)
        head.addWidget(self.caption)
        column.addLayout(head)
        column.addWidget(Separator())
        column.addWidget(self.list, 1)
        column.add_gap(8)
        self.list.opened.connect(self.opened)

    def show_column(self, shown: Column) -> None:
        """Show the queue as it stands."""
        self.name.set_text(shown.name)
        self.letter.setText(shown.letter)
        self.count.setText(shown.count)
        self.caption.set_text(shown.caption)
        self.list.setAccessibleName(f"{shown.name} {shown.letter}，{shown.count}")
        self.model.show(shown.rows)


class QueueBoard(QWidget):
    """The columns of all queue families, equally wide."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: dict[str, QueueColumn] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)

    def column(self, letter: str) -> QueueColumn:
        """The column of one family; raises KeyError for another letter."""
        return self._columns[letter]

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show these queues in this order."""
        letters = [column.letter for column in columns]
        if list(self._columns) != letters:
            self._make(letters)
        for column in columns:
            self._columns[column.letter].show_column(column)

    def set_narrow(self, narrow: bool) -> None:
        """Stand closer together where the window is narrow."""
        self._row.setSpacing(8 if narrow else 12)

    def _make(self, letters: list[str]) -> None:
        for widget in self._columns.values():
            self._row.removeWidget(widget)
            widget.deleteLater()
        self._columns = {}
        for letter in letters:
            widget = QueueColumn()
            widget.opened.connect(self.opened)
            self._row.addWidget(widget, 1)
            self._columns[letter] = widget


class _AsideDelegate(QStyledItemDelegate):
    """A ticket set aside: a quiet box with its number and where it stands."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        number, note = _aside_words(index)
        width = 14 + text_width(number, font(14, 700)) + 8 + text_width(note, font(13)) + 14
        return QSize(round(width + 8.5), CONSOLE_MIN_TARGET)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = theme_of(option.widget)
        number, note = _aside_words(index)
        # The gap between two boxes belongs to the right one of each pair.
        box = QRectF(option.rect).adjusted(0, 4, -8, -4)
        focused = option.state & QStyle.StateFlag.State_HasFocus
        keyed = option.state & QStyle.StateFlag.State_KeyboardFocusChange
        over = option.state & QStyle.StateFlag.State_MouseOver
        edge = theme.colour("focus" if focused and keyed else "line2")
        ground = theme.colour("canvas" if over else "surface")
        paint_box(painter, box, 8, ground, edge, theme.edge(2 if focused and keyed else 1))
        inner = box.adjusted(14, 0, -14, 0)
        drawn = paint_line(painter, inner, number, font(14, 700), theme.colour("ink1"))
        words = inner.adjusted(drawn + 8, 0, 2, 0)
        paint_line(painter, words, note, font(13), theme.colour("ink2"))


def _aside_words(index: QModelIndex | QPersistentModelIndex) -> tuple[str, str]:
    line, note = index.data(LINE_ROLE), index.data(NOTE_ROLE)
    return (line.number if isinstance(line, QueueLine) else "", note or "")


class AsideStrip(Card):
    """Tickets on hold and missed ones in one row; not there while there are none."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = Label("", TextRole(13, 500, "ink2"))
        self.model = TicketRows(self)
        self.list = TicketList(self.model)
        self.list.setItemDelegate(_AsideDelegate(self.list))
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setFixedHeight(CONSOLE_MIN_TARGET)
        row = HBox(spacing=14, margins=(20, 4, 8, 4), parent=self)
        row.addWidget(self.label)
        row.addWidget(self.list, 1)
        self.list.opened.connect(self.opened)
        self.hide()

    def show_rows(self, label: str, rows: Sequence[TicketRow]) -> None:
        """Show these tickets; none hides the strip."""
        self.label.setText(label)
        self.list.setAccessibleName(label)
        self.model.show(rows)
        self.setVisible(bool(rows))
