"""Owns how a cell of a list of visitors looks and where its buttons are; must not act on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.shell.fonts import font
from ui.shell.theme import LIGHT, Theme, theme_of
from ui.visitors.cells import COLUMNS, Cell, Deed
from ui.visitors.visitor_list import CELL_ROLE
from ui.widgets.painting import paint_box, paint_line, text_width
from ui.widgets.state import paint_state

ROW_HEIGHT: Final = 56
FIRST_PAD, LAST_PAD = 20, 16
_GLYPH, _GAP = 15, 5
GLYPH_ROOM: Final = _GLYPH + _GAP
_HEAD: Final = 36
_DEED_HEIGHT, _DEED_SIDE, _DEED_GAP = 40, 14, 8
_LAST: Final = len(COLUMNS) - 1
_TEXT_PX, _SECOND_GAP = 14, 8

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Hand:
    """Where pointer and finger are: the row and the deed under them, and whether it is pressed."""

    row: int = -1
    deed: str = ""
    down: bool = False


def deed_rects(rect: QRectF, deeds: tuple[Deed, ...]) -> list[QRectF]:
    """The places of the buttons of a row, from the right end of its last cell."""
    widths = [text_width(deed.text, font(13, 500)) + 2 * _DEED_SIDE for deed in deeds]
    left = rect.right() - LAST_PAD - sum(widths) - _DEED_GAP * (len(widths) - 1)
    top = rect.center().y() - _DEED_HEIGHT / 2
    places = []
    for width in widths:
        places.append(QRectF(round(left), round(top), round(width), _DEED_HEIGHT))
        left += width + _DEED_GAP
    return places


def deeds_width(deeds: tuple[Deed, ...]) -> float:
    """The room that buttons take with the margin at their right."""
    if not deeds:
        return 0.0
    words = sum(text_width(deed.text, font(13, 500)) + 2 * _DEED_SIDE for deed in deeds)
    return words + _DEED_GAP * (len(deeds) - 1) + LAST_PAD


def text_room(column: int, rect: QRectF, pad: float) -> QRectF:
    """Where the words of a cell stand."""
    left = FIRST_PAD if column == 0 else pad
    return rect.adjusted(left, 0, -(LAST_PAD if column == _LAST else pad), 0)


class VisitorDelegate(QStyledItemDelegate):
    """Rows of 56 px with a rule under each; the last cell holds buttons or says how it stands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hand = Hand()
        self.pad = 10.0
        # Set by the view before each painting: looked up once, not for every cell.
        self.theme = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """56 px high, as wide as its column."""
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The cell."""
        theme, rect = self.theme, QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_tint"))
        rule = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(rule, theme.colour("line"))
        cell = index.data(CELL_ROLE)
        room = text_room(index.column(), rect, self.pad)
        if not isinstance(cell, Cell):
            # The line is on its way.
            place = QRectF(room.left(), room.center().y() - 7, room.width() * 0.6, 14)
            paint_box(painter, place, 5, theme.colour("sunken"))
        elif cell.deeds:
            self._paint_deeds(painter, rect, index.row(), cell.deeds, theme)
        else:
            _paint_words(painter, room, cell, theme, at_end=index.column() == _LAST)

    def _paint_deeds(
        self, painter: QPainter, rect: QRectF, row: int, deeds: tuple[Deed, ...], theme: Theme
    ) -> None:
        for deed, place in zip(deeds, deed_rects(rect, deeds), strict=True):
            here = (self.hand.row, self.hand.deed) == (row, deed.key)
            ground = "surface" if not here else "sunken" if self.hand.down else "canvas"
            edge = theme.colour("line2")
            paint_box(painter, place, 6, theme.colour(ground), edge, theme.edge(1))
            inner = place.adjusted(_DEED_SIDE, 0, -_DEED_SIDE, 0)
            paint_line(painter, inner, deed.text, font(13, 500), theme.colour("ink1"))


class VisitorHead(QHeaderView):
    """The heads of the columns, each over its words."""

    def __init__(self, delegate: VisitorDelegate, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._delegate = delegate
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        self.setFixedHeight(_HEAD)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Quiet words over a rule."""
        theme, place = theme_of(self), QRectF(rect)
        painter.fillRect(place, theme.colour("surface"))
        rule = QRectF(place.left(), place.bottom() - 1, place.width(), 1)
        painter.fillRect(rule, theme.colour("line"))
        text = self.model().headerData(section, self.orientation()) or ""
        room = text_room(section, place, self._delegate.pad)
        paint_line(painter, room, str(text), font(13, 500), theme.colour("ink3"))


def _paint_words(
    painter: QPainter, room: QRectF, cell: Cell, theme: Theme, *, at_end: bool
) -> None:
    if cell.state is not None:
        place = QRectF(room.left(), room.center().y() - _GLYPH / 2, _GLYPH, _GLYPH)
        paint_state(painter, cell.state, place, theme, in_words=True)
        room = room.adjusted(GLYPH_ROOM, 0, 0, 0)
    face, ink = font(_TEXT_PX, cell.weight), theme.colour(cell.token)
    if at_end:
        # Beside the buttons of other rows words end where buttons end.
        room.setLeft(max(room.left(), room.right() - text_width(cell.text, face)))
    drawn = paint_line(painter, room, cell.text, face, ink)
    rest = room.adjusted(drawn + _SECOND_GAP, 0, 0, 0)
    if cell.second and rest.width() > 2 * _TEXT_PX:
        paint_line(painter, rest, cell.second, font(_TEXT_PX), theme.colour("ink3"))
