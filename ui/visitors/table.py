"""Owns the table of visitors under hand and key: columns, pressing, menus; must not act itself."""

from __future__ import annotations

import time
from math import ceil
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from ui.shell.fonts import font
from ui.shell.theme import theme_of
from ui.visitors.cells import COLUMNS, INSIDE, WITH_STATE, Cell, Deed, head_text
from ui.visitors.delegate import (
    FIRST_PAD,
    GLYPH_ROOM,
    LAST_PAD,
    ROW_HEIGHT,
    Hand,
    VisitorDelegate,
    VisitorHead,
    deed_rects,
    deeds_width,
)
from ui.visitors.visitor_list import VisitorTable
from ui.widgets.painting import paint_box, text_width

# A second press so soon after the first would hit the next visitor, who has moved up.
_REPEAT_S: Final = 0.4
_ROOMY: Final = 830
_SHARE: Final = 2 / 7
_STRETCH: Final = COLUMNS.index("what")
_DEEDS: Final = COLUMNS.index("deeds")
_BADGE: Final = COLUMNS.index("badge")
_WITH_GLYPH: Final = frozenset({("time", INSIDE), *(("document", kind) for kind in WITH_STATE)})


class VisitorView(QTableView):
    """Visitors in rows: Enter opens one, the space bar does what his button does.

    ``acted`` carries the key of a deed and the visitor's line, ``opened`` a line, ``menu_wanted``
    a line and the menu to fill.
    """

    acted = Signal(str, object)
    opened = Signal(object)
    menu_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = VisitorDelegate(self)
        self._by_key = False
        self._acted_at = 0.0
        self.setItemDelegate(self._painter)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setProperty("ownFocus", True)
        # What scrolls is then moved as a picture and only the new strip painted.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setHorizontalHeader(VisitorHead(self._painter, self))
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()

    def table(self) -> VisitorTable:
        """The list shown."""
        model = self.model()
        assert isinstance(model, VisitorTable)
        return model

    def show_table(self, table: VisitorTable) -> None:
        """Show another list."""
        if self.model() is not table:
            self._painter.hand = Hand()
            self.setModel(table)
        self.fit()

    # -- columns --------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give every column what it needs, the rest to unit and matter."""
        if self.model() is None:
            return
        width = self.viewport().width()
        pad = self._painter.pad = 10.0 if width >= _ROOMY else 6.0
        table, needs = self.table(), dict[int, float]()
        # Who is expected or held has no badge yet.
        self.setColumnHidden(_BADGE, table.kind in WITH_STATE)
        for at, column in enumerate(COLUMNS):
            if at == _STRETCH or self.isColumnHidden(at):
                continue
            words = (head_text(column, table.kind), *table.samples(column))
            room = max(text_width(word, font(14, 500)) for word in words)
            if (column, table.kind) in _WITH_GLYPH:
                room += GLYPH_ROOM
            left = FIRST_PAD if at == 0 else pad
            right = LAST_PAD if at == _DEEDS else pad
            need = left + room + right
            if at == _DEEDS:
                need = max(need, left + deeds_width(table.deeds()))
            needs[at] = need
        # Unit and matter have two sevenths at least; what is more, all columns share.
        rest = width - sum(needs.values())
        spare = max(0.0, rest - width * _SHARE) / len(needs)
        for at, need in needs.items():
            self.setColumnWidth(at, ceil(need + (0 if at == _DEEDS else spare)))
        used = sum(self.columnWidth(at) for at in needs)
        self.setColumnWidth(_STRETCH, max(60, width - used))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self.fit()

    # -- painting the focus ---------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, then the ring round the current row when the keyboard is here."""
        theme = self._painter.theme = theme_of(self)
        ground = QPainter(self.viewport())
        ground.fillRect(event.rect(), theme.colour("surface"))
        ground.end()
        super().paintEvent(event)
        index = self.currentIndex()
        if not (self._by_key and self.hasFocus() and index.isValid()):
            return
        top = self.visualRect(index)
        rect = QRectF(2, top.top() + 2, self.viewport().width() - 4, top.height() - 5)
        painter = QPainter(self.viewport())
        ring = theme.colour("focus")
        paint_box(painter, rect, 6, None, ring, float(theme.focus_width))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by key, stand on a row."""
        super().focusInEvent(event)
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in by_key:
            self._by_key = True
            if not self.currentIndex().isValid() and self.table().rowCount():
                self.setCurrentIndex(self.table().index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    # -- hand -----------------------------------------------------------------------------------

    def _under(self, place: QPointF) -> tuple[QModelIndex, Deed | None]:
        index = self.indexAt(place.toPoint())
        cells = self.table().cells(index.row()) if index.isValid() else None
        if cells is None or index.column() != _DEEDS:
            return index, None
        cell: Cell = cells[_DEEDS]
        rects = deed_rects(QRectF(self.visualRect(index)), cell.deeds)
        hit = (deed for deed, rect in zip(cell.deeds, rects, strict=True) if rect.contains(place))
        return index, next(hit, None)

    def _set_hand(self, hand: Hand) -> None:
        if hand != self._painter.hand:
            self._painter.hand = hand
            self.viewport().update()
        over = bool(hand.deed)
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the button under the pointer; sliding off a pressed one lets it go."""
        held, pressed = self._painter.hand, self._painter.hand.down
        index, deed = self._under(event.position())
        key = deed.key if deed else ""
        if pressed and (index.row(), key) != (held.row, held.deed):
            self._set_hand(Hand())
        elif not pressed:
            self._set_hand(Hand(index.row(), key) if deed else Hand())
        if not pressed:
            super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press a button, or choose the row."""
        self._by_key = False
        index, deed = self._under(event.position())
        if deed is not None and event.button() == Qt.MouseButton.LeftButton:
            self._set_hand(Hand(index.row(), deed.key, down=True))
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press acts on release, on the button it began on."""
        held = self._painter.hand
        if not held.down:
            super().mouseReleaseEvent(event)
            return
        index, deed = self._under(event.position())
        self._set_hand(Hand())
        if deed is not None and (index.row(), deed.key) == (held.row, held.deed):
            self._act(index.row(), deed.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Twice on a row opens it; twice on a button is one press."""
        index, deed = self._under(event.position())
        if deed is not None:
            self.mousePressEvent(event)
        elif index.isValid():
            self._open(index)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self._set_hand(Hand())

    # -- keys -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space does what the first button does, Enter opens the visitor."""
        self._by_key = True
        index = self.currentIndex()
        if index.isValid() and not event.isAutoRepeat():
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open(index)
                return
            if event.key() == Qt.Key.Key_Space:
                cells = self.table().cells(index.row())
                if cells is not None and cells[_DEEDS].deeds:
                    self._act(index.row(), cells[_DEEDS].deeds[0].key)
                return
        super().keyPressEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Everything that can be done with a visitor, by the right button or the menu key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        line = self.table().line_at(index.row()) if index.isValid() else None
        if line is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_wanted.emit(line, menu)
        place = self.visualRect(index).center() if by_key else event.pos()
        menu.popup(self.viewport().mapToGlobal(QPoint(place)))

    # -- what follows ---------------------------------------------------------------------------

    def _act(self, row: int, key: str) -> None:
        now = time.monotonic()
        line = self.table().line_at(row)
        if line is None or now - self._acted_at < _REPEAT_S:
            return
        self._acted_at = now
        self.acted.emit(key, line)

    def _open(self, index: QModelIndex) -> None:
        line = self.table().line_at(index.row())
        if line is not None:
            self.opened.emit(line)
