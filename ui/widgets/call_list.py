"""Owns a list of calls, each with a sentence that takes the lines it needs; knows no queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.shell.fonts import font
from ui.shell.theme import theme_of
from ui.widgets.painting import broken_lines, paint_box, paint_line
from ui.widgets.state import State, paint_state

_LINE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
_TIME_WIDTH, _NUMBER_WIDTH, _SIDE, _PAD = 52, 66, 14, 9
_LEADING, _GLYPH = 21, 15
_FIRST, _SECOND = (14, 500), (13, 400)

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


@dataclass(frozen=True)
class CallLine:
    """A call as a list tells it; ``second`` is the quieter line, ``wrong`` what must not be."""

    time: str
    number: str
    sentence: str
    second: str = ""
    wrong: bool = False

    def spoken(self) -> str:
        """All a screen reader says of it."""
        parts = (self.time, self.number, self.sentence, self.second)
        return "，".join(part for part in parts if part)


class CallRows(QAbstractListModel):
    """The calls in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[CallLine, ...] = ()

    def show(self, lines: Sequence[CallLine]) -> None:
        """Show these from now on."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """As many as there are calls."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line for the delegate; everything for a screen reader."""
        if not index.isValid() or not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.number
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken()
        return line if role == _LINE_ROLE else None


class _CallDelegate(QStyledItemDelegate):
    """Time and number left, the sentence beside them, a rule under each."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as the wrapped sentences need."""
        line: CallLine = index.data(_LINE_ROLE)
        width = _view(option).viewport().width()
        count = len(_first_lines(line, width)) + len(_second_lines(line, width))
        return QSize(width, count * _LEADING + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The row."""
        line: CallLine = index.data(_LINE_ROLE)
        view = _view(option)
        theme, rect = theme_of(view), QRectF(option.rect)
        rule = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(rule, theme.colour("line"))
        if option.state & QStyle.StateFlag.State_HasFocus and view.hasFocus():
            width = float(theme.focus_width)
            paint_box(painter, rect.adjusted(2, 2, -2, -2), 6, None, theme.colour("focus"), width)
        top, left = rect.top() + _PAD, rect.left() + _SIDE
        place = QRectF(left, top, _TIME_WIDTH, _LEADING)
        paint_line(painter, place, line.time, font(13), theme.colour("ink3"))
        place = QRectF(left + _TIME_WIDTH, top, _NUMBER_WIDTH, _LEADING)
        paint_line(painter, place, line.number, font(16, 700), theme.colour("ink1"))
        room = _room(line, rect.width())
        left = rect.right() - _SIDE - room
        if line.wrong:
            box = QRectF(left - _GLYPH - 6, top + (_LEADING - _GLYPH) / 2, _GLYPH, _GLYPH)
            paint_state(painter, State.URGENT, box, theme)
        ink = theme.colour("danger_text" if line.wrong else "ink1")
        texts = [(text, _FIRST, ink) for text in _first_lines(line, rect.width())]
        quiet = theme.colour("ink3")
        texts += [(text, _SECOND, quiet) for text in _second_lines(line, rect.width())]
        for text, (px, weight), colour in texts:
            paint_line(painter, QRectF(left, top, room, _LEADING), text, font(px, weight), colour)
            top += _LEADING


def _view(option: QStyleOptionViewItem) -> QListView:
    """The list that asks."""
    view = option.widget
    assert isinstance(view, QListView)
    return view


def _room(line: CallLine, width: float) -> float:
    """The width that is left for a sentence."""
    glyph = _GLYPH + 6 if line.wrong else 0
    return max(80.0, width - 2 * _SIDE - _TIME_WIDTH - _NUMBER_WIDTH - glyph)


def _first_lines(line: CallLine, width: float) -> list[str]:
    return broken_lines(line.sentence, font(*_FIRST), _room(line, width))


def _second_lines(line: CallLine, width: float) -> list[str]:
    return broken_lines(line.second, font(*_SECOND), _room(line, width)) if line.second else []


class CallList(QListView):
    """Calls one under another; the arrow keys go through them, nothing can be pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = CallRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_CallDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The heights follow from the width.
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.setProperty("ownFocus", True)

    def show_lines(self, lines: Sequence[CallLine]) -> None:
        """Show these calls from now on, from the first."""
        self.rows.show(lines)
        self.scrollToTop()

    def sentences(self) -> list[str]:
        """Every line as a screen reader says it."""
        return [line.spoken() for line in self.rows.lines]
