"""Owns how one waiting ticket looks in a list; must not know the model or the queue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.shell.fonts import font
from ui.shell.theme import Theme, theme_of
from ui.widgets.painting import paint_box, paint_line, scale_of, text_width
from ui.widgets.state import LOOKS, State, paint_state
from ui.widgets.status import CHIP_SMALL, Chip, chip_width, paint_chip

QUEUE_LINE_HEIGHT: Final = 44
_ROOMY: Final = 180


class WaitState(Enum):
    """How a wait stands to its target: four fifths of it are near, all of it is over."""

    NORMAL = "normal"
    NEAR = "near"
    OVER = "over"


@dataclass(frozen=True)
class CareMark:
    """A help needed: icon and word."""

    icon: str
    word: str


@dataclass(frozen=True)
class QueueLine:
    """One waiting ticket as a list shows it; the wait is in whole minutes."""

    number: str
    minutes: int
    state: WaitState = WaitState.NORMAL
    cares: tuple[CareMark, ...] = ()

    def spoken(self) -> str:
        """All it says, for a screen reader: give it to AccessibleTextRole."""
        words = [self.number, *(care.word for care in self.cares)]
        return "，".join([*words, wait_words(self.minutes, self.state)])


_STATES: Final = {WaitState.NEAR: State.ATTENTION, WaitState.OVER: State.URGENT}


def wait_words(minutes: int, state: WaitState) -> str:
    """A wait in a dense list: 8 分, 19 分 临近, 26 分 超时."""
    if state is WaitState.OVER:
        return QCoreApplication.translate("QueueLine", "{n} 分 超时").format(n=minutes)
    if state is WaitState.NEAR:
        return QCoreApplication.translate("QueueLine", "{n} 分 临近").format(n=minutes)
    return QCoreApplication.translate("QueueLine", "{n} 分").format(n=minutes)


def paint_queue_line(
    painter: QPainter,
    rect: QRectF,
    line: QueueLine,
    theme: Theme,
    factor: float = 1.0,
    *,
    selected: bool = False,
    focused: bool = False,
) -> None:
    """Ticket number, care chips as far as they fit, wait at the right, tinted by its state."""
    state = _STATES.get(line.state)
    if state is not None:
        painter.fillRect(rect, theme.colour(LOOKS[state].tint))
    elif selected:
        painter.fillRect(rect, theme.colour("accent_tint"))
    if focused:
        inset = rect.adjusted(2, 2, -2, -2)
        width = float(theme.focus_width)
        paint_box(painter, inset, 6 * factor, None, theme.colour("focus"), width)
    inner = rect.adjusted(14 * factor, 0, -12 * factor, 0)
    face = font(16 * factor, 700)
    gap = 6 * factor
    number = max(50 * factor, text_width(line.number, face))
    whole = gap + _whole_width(line, state, factor)
    least_number = text_width(line.number, face)
    # The chips of all rows stand in one column, unless a word can be saved by moving one.
    if number + whole > inner.width() and (
        least_number + whole <= inner.width() or inner.width() < _ROOMY * factor
    ):
        number = least_number
    # The chips' icons come before the word for the wait: tint and shape tell that already.
    least = _least_of_cares(line.cares, factor) + gap if line.cares else 0.0
    room = inner.adjusted(number + gap + least, 0, 0, 0)
    right = _paint_wait(painter, room, line, state, theme, factor)
    place = QRectF(inner.left(), inner.top(), number, inner.height())
    paint_line(painter, place, line.number, face, theme.colour("ink1"))
    left = inner.left() + number + gap
    cares = QRectF(left, inner.top(), right - gap - left, inner.height())
    _paint_cares(painter, cares, line.cares, theme, factor)


def _paint_wait(
    painter: QPainter,
    room: QRectF,
    line: QueueLine,
    state: State | None,
    theme: Theme,
    factor: float,
) -> float:
    """The wait at the right end of ``room``; returns where it begins."""
    face = font(14 * factor, 400 if state is None else 700)
    side, gap = 15 * factor, 5 * factor
    words = wait_words(line.minutes, line.state)
    if state is not None and text_width(words, face) + gap + side > room.width():
        words = wait_words(line.minutes, WaitState.NORMAL)
    ink = theme.colour("ink2" if state is None else LOOKS[state].text)
    right = room.right() - paint_line(painter, room, words, face, ink, Qt.AlignmentFlag.AlignRight)
    if state is not None:
        right -= gap + side
        paint_state(painter, state, QRectF(right, room.center().y() - side / 2, side, side), theme)
    return right


def _whole_width(line: QueueLine, state: State | None, factor: float) -> float:
    """The room that all chips with their words and the whole wait would take."""
    chips = (Chip(care.word, None, care.icon) for care in line.cares)
    cares = sum(chip_width(chip, CHIP_SMALL, factor) + 4 * factor for chip in chips)
    words = wait_words(line.minutes, line.state)
    if state is None:
        return cares + 6 * factor + text_width(words, font(14 * factor, 400))
    return cares + (6 + 15 + 5) * factor + text_width(words, font(14 * factor, 700))


def _least_of_cares(cares: tuple[CareMark, ...], factor: float) -> float:
    """The room that all needs take at least: the first one's icon and how many more."""
    width = chip_width(Chip("", None, cares[0].icon), CHIP_SMALL, factor)
    rest = len(cares) - 1
    return width + (_tail_width(rest, factor) if rest else 0.0)


def _tail_width(rest: int, factor: float) -> float:
    return 4 * factor + text_width(f"+{rest}", font(12 * factor, 500))


def _paint_cares(
    painter: QPainter, room: QRectF, cares: tuple[CareMark, ...], theme: Theme, factor: float
) -> None:
    """Chips with their words, then without, then how many more: no need is lost unseen."""
    left, centre = room.left(), room.center().y()
    for number, care in enumerate(cares):
        rest = len(cares) - number - 1
        limit = room.right() - left - (_tail_width(rest, factor) if rest else 0.0)
        forms = (Chip(care.word, None, care.icon), Chip("", None, care.icon))
        chip = next((f for f in forms if chip_width(f, CHIP_SMALL, factor) <= limit + 0.5), None)
        if chip is None:
            place = QRectF(left, room.top(), max(0.0, room.right() - left), room.height())
            face = font(12 * factor, 500)
            paint_line(painter, place, f"+{rest + 1}", face, theme.colour("ink2"))
            return
        left += paint_chip(painter, left, centre, chip, CHIP_SMALL, theme, factor) + 4 * factor


class QueueLineDelegate(QStyledItemDelegate):
    """Paints rows whose ``role`` holds a ``QueueLine``; other rows fall back to Qt's own look."""

    def __init__(self, role: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._role = role

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """44 px high, as wide as the list."""
        widget: QWidget | None = option.widget
        return QSize(0, round(QUEUE_LINE_HEIGHT * scale_of(widget)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the row."""
        line = index.data(self._role)
        if not isinstance(line, QueueLine):
            super().paint(painter, option, index)
            return
        widget: QWidget | None = option.widget
        states = option.state
        paint_queue_line(
            painter,
            QRectF(option.rect),
            line,
            theme_of(widget),
            scale_of(widget),
            selected=bool(states & QStyle.StateFlag.State_Selected),
            focused=bool(
                states & QStyle.StateFlag.State_HasFocus
                and states & QStyle.StateFlag.State_KeyboardFocusChange
            ),
        )
