"""Owns how the board looks: paints one frozen picture of it at 1920 x 1080; decides nothing.

Measures are those of the drawn board; every number is painted from its baseline.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ui.shell.fonts import LINE_ASCENT, LINE_HEIGHT, font
from ui.shell.theme import BOARD, BOARD_TYPE, LIGHT, RADIUS, Theme
from ui.widgets.icon import paint_icon
from ui.widgets.painting import paint_box, text_width

SIZE: Final = QSizeF(1920, 1080)
MARGIN: Final = 56
LIT: Final = QRectF(56, 124, 1164, 336)
RECENT: Final = QRectF(56, 484, 1164, 440)
QUEUES: Final = QRectF(1264, 124, 600, 800)
ROWS: Final = 4
# Room round the lit panel that its brightening edge needs.
EDGE: Final = 12

_ON_LIT: Final = QColor(LIGHT.ink1)
_ACCENT_ON_LIT: Final = QColor(LIGHT.accent)
_NAMED_PX: Final = 132
_SHARED_PX: Final = 52


@dataclass(frozen=True)
class Desk:
    """Where to go: words before and after a counter's number, or only the name of a place."""

    before: str = ""
    number: str = ""
    after: str = ""


@dataclass(frozen=True)
class CallLine:
    """A called number and where to go with it."""

    number: str
    desk: Desk


@dataclass(frozen=True)
class QueueLine:
    """A queue's name, how many wait, and what is known of the wait.

    ``figure`` is what stands out of the wait: its numbers.
    """

    name: str
    waiting: str
    wait: str
    figure: str = ""


@dataclass(frozen=True)
class Words:
    """The words of the board that do not change with the queue."""

    now_calling: str
    just_called: str
    empty: str
    empty_second: str


@dataclass(frozen=True)
class BoardPicture:
    """All that is on the board at one moment."""

    branch: str
    date: str
    clock: str
    words: Words
    calls: tuple[CallLine, ...]
    queues: tuple[QueueLine, ...]
    notice: str
    trouble: bool = False
    loaded: bool = True


def paint_board(
    painter: QPainter, picture: BoardPicture, *, glow: float = 0.0, page: float = 1.0
) -> tuple[str, ...]:
    """Paint everything but the words of the lit panel; returns the texts that had to be cut.

    ``glow`` (0 to 1) is how bright the edge of the lit panel is, ``page`` how far the page of
    queues has come in.
    """
    theme, cut = BOARD, list[str]()
    painter.fillRect(QRectF(QPointF(0, 0), SIZE), theme.colour("canvas"))
    _paint_head(painter, picture, theme, cut)
    if picture.calls:
        _paint_lit_ground(painter, glow, theme)
        _paint_recent(painter, picture, theme, cut)
    else:
        _paint_empty(painter, picture, theme)
    paint_box(painter, QUEUES, RADIUS.board, theme.colour("surface"))
    painter.setOpacity(page)
    _paint_queues(painter, picture.queues, theme, cut)
    painter.setOpacity(1.0)
    _paint_notice(painter, picture, theme, cut)
    return tuple(cut)


def paint_lit(painter: QPainter, picture: BoardPicture, opacity: float) -> None:
    """Paint the words of the lit panel; two of them cross over while a call comes up."""
    if not picture.calls or opacity <= 0:
        return
    call = picture.calls[0]
    painter.setOpacity(opacity)
    # As drawn, the line may reach a little into the padding at the right.
    left, width = LIT.left() + 52, LIT.width() - 52 - 36
    label = font(48, 700)
    _text(painter, left, _css_baseline(LIT.top() + 26, 62.4, 48), picture.words.now_calling, label,
          _ACCENT_ON_LIT)  # fmt: skip
    _paint_call(painter, call, left, width)
    painter.setOpacity(1.0)


def _paint_call(painter: QPainter, call: CallLine, left: float, width: float) -> None:
    """Number, arrow, counter on one baseline; all smaller together when the room is short."""
    baseline, middle = 407.7, LIT.top() + 200.2
    column, gap, arrow = 468.0, 36.0, 116.0
    number = text_width(call.number, font(BOARD_TYPE.now, 700))
    # Letter and three digits keep the column; from four digits on the number takes its own width.
    column = column if number < column + 12 else number
    natural = column + gap + arrow + gap + _desk_width(call.desk, 1.0)
    factor = min(1.0, width / natural)
    face = font(BOARD_TYPE.now * factor, 700)
    # A shorter line keeps its middle, so that it does not hang at the bottom.
    baseline -= (1 - factor) * 72
    _text(painter, left, baseline, call.number, face, _ON_LIT)
    x = left + (column + gap) * factor
    side = arrow * factor
    place = QRectF(x, middle - side / 2, side, side)
    paint_icon(painter, "arrow-right", place, _ACCENT_ON_LIT, stroke=2.2)
    _paint_desk(painter, call.desk, x + side + gap * factor, baseline, factor, _ON_LIT)


def _desk_parts(desk: Desk, factor: float) -> list[tuple[str, QFont]]:
    unit = font(BOARD_TYPE.called * factor, 700)
    if not desk.number:
        return [(desk.before, font(_NAMED_PX * factor, 700))]
    parts = [(desk.before, unit), (desk.number, font(BOARD_TYPE.now * factor, 700))]
    return [part for part in (*parts, (desk.after, unit)) if part[0]]


def _desk_width(desk: Desk, factor: float) -> float:
    parts = _desk_parts(desk, factor)
    return sum(text_width(*part) for part in parts) + 22 * factor * (len(parts) - 1)


def _paint_desk(
    painter: QPainter, desk: Desk, x: float, baseline: float, factor: float, colour: QColor
) -> None:
    parts = _desk_parts(desk, factor)
    if len(parts) == 1:
        # A name has no digits beside it: it stands in the middle of the number's height.
        baseline -= (BOARD_TYPE.now - _NAMED_PX) * factor * 0.36
    for text, face in parts:
        x += _text(painter, x, baseline, text, face, colour) + 22 * factor


def _paint_head(painter: QPainter, picture: BoardPicture, theme: Theme, cut: list[str]) -> None:
    middle = 62.0
    paint_icon(
        painter,
        "logo",
        QRectF(MARGIN, middle - 32, 64, 64),
        theme.colour("accent"),
        inner=theme.colour("on_accent"),
    )
    right = SIZE.width() - MARGIN
    clock, date = font(BOARD_TYPE.service + 10, 700), font(BOARD_TYPE.label)
    right -= text_width(picture.clock, clock)
    _text(painter, right, _middle_baseline(middle, 76), picture.clock, clock, theme.colour("ink1"))
    right -= 48 + text_width(picture.date, date)
    _text(painter, right, _middle_baseline(middle, 46), picture.date, date, theme.colour("ink2"))
    left = MARGIN + 64 + 24
    name = font(BOARD_TYPE.label, 700)
    shown = _elided(picture.branch, name, right - left - 40, cut)
    _text(painter, left, _middle_baseline(middle, 46), shown, name, theme.colour("ink1"))


def _paint_lit_ground(painter: QPainter, glow: float, theme: Theme) -> None:
    if glow > 0:
        edge = theme.colour("accent")
        edge.setAlphaF(min(1.0, glow))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 10))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(LIT.adjusted(-5, -5, 5, 5), RADIUS.board + 5, RADIUS.board + 5)
        painter.restore()
    paint_box(painter, LIT, RADIUS.board, QColor(LIGHT.surface))


def _paint_recent(painter: QPainter, picture: BoardPicture, theme: Theme, cut: list[str]) -> None:
    paint_box(painter, RECENT, RADIUS.board, theme.colour("surface"))
    left, ink1 = RECENT.left() + 52, theme.colour("ink1")
    face = font(BOARD_TYPE.smallest)
    _text(
        painter,
        left,
        _middle_baseline(RECENT.top() + 40, 44),
        picture.words.just_called,
        face,
        theme.colour("ink2"),
    )
    called = font(BOARD_TYPE.called, 700)
    for row, call in enumerate(picture.calls[1:ROWS]):
        top = RECENT.top() + 72 + 120 * row
        _rule(painter, left, top, RECENT.width() - 104, theme)
        middle = top + 61
        _text(painter, left, _middle_baseline(middle, 92), call.number, called, ink1)
        arrow = QRectF(left + 504 + 20, middle - 38, 76, 76)
        paint_icon(painter, "arrow-right", arrow, theme.colour("accent"), stroke=2.2)
        _paint_recent_desk(painter, call.desk, left + 654, middle, ink1, cut)


def _paint_recent_desk(
    painter: QPainter, desk: Desk, x: float, middle: float, ink: QColor, cut: list[str]
) -> None:
    room = RECENT.right() - 52 - x
    word, digits = font(BOARD_TYPE.counter_word, 700), font(BOARD_TYPE.called, 700)
    if not desk.number:
        word = _fitting(desk.before, BOARD_TYPE.counter_word, 700, room)
        shown = _elided(desk.before, word, room, cut)
        _text(painter, x, _middle_baseline(middle, word.pixelSize()), shown, word, ink)
        return
    if desk.before:
        x += _text(painter, x, _middle_baseline(middle, 72), desk.before, word, ink) + 20
    # One digit is as wide as two halves of the column, so that the words stand under each other.
    width = text_width(desk.number, digits)
    x += max(0.0, 58 - width) / 2
    x += _text(painter, x, _middle_baseline(middle, 92), desk.number, digits, ink)
    x += max(0.0, 58 - width) / 2 + 20
    if desk.after:
        _text(painter, x, _middle_baseline(middle, 72), desk.after, word, ink)


def _paint_empty(painter: QPainter, picture: BoardPicture, theme: Theme) -> None:
    """No lit panel before the first call: a chair, what is true, and what will happen."""
    ground = LIT.united(RECENT)
    paint_box(painter, ground, RADIUS.board, theme.colour("surface"))
    if not picture.loaded:
        return
    middle = ground.center()
    icon = QRectF(middle.x() - 80, middle.y() - 220, 160, 160)
    paint_icon(painter, "chair", icon, theme.colour("accent"), stroke=1.4)
    for text, px, weight, y, token in (
        (picture.words.empty, BOARD_TYPE.called, 700, middle.y() + 30, "ink1"),
        (picture.words.empty_second, BOARD_TYPE.notice, 400, middle.y() + 130, "ink2"),
    ):
        face = _fitting(text, px, weight, ground.width() - 104)
        x = middle.x() - text_width(text, face) / 2
        _text(painter, x, _middle_baseline(y, px), text, face, theme.colour(token))


def _paint_queues(
    painter: QPainter, queues: Sequence[QueueLine], theme: Theme, cut: list[str]
) -> None:
    left, right = QUEUES.left() + 44, QUEUES.right() - 44
    ink1 = theme.colour("ink1")
    width = right - left
    name, count = font(BOARD_TYPE.service, 700), font(BOARD_TYPE.service, 700)
    if any(text_width(q.name, name) + text_width(q.waiting, count) > width - 32 for q in queues):
        # English shares the row by going down to smaller sizes, in all rows alike.
        name, count = font(_SHARED_PX, 700), font(BOARD_TYPE.smallest, 700)
    for row, queue in enumerate(queues[:ROWS]):
        top = QUEUES.top() + 200 * row
        if row:
            _rule(painter, left, top, width, theme)
            top += 2
        baseline = top + 80.7
        room = width - text_width(queue.waiting, count) - (20 if queue.waiting else 0)
        _text(painter, left, baseline, _elided(queue.name, name, room, cut), name, ink1)
        x = right - text_width(queue.waiting, count)
        _text(painter, x, baseline, queue.waiting, count, ink1)
        _paint_wait(painter, queue, right, top + 169.6, width, theme)


def _paint_wait(
    painter: QPainter, queue: QueueLine, right: float, baseline: float, width: float, theme: Theme
) -> None:
    """The range with its figures bold and large, or words where there is none."""
    if not queue.figure:
        face = _fitting(queue.wait, BOARD_TYPE.unit, 400, width)
        x = right - text_width(queue.wait, face)
        _text(painter, x, baseline, queue.wait, face, theme.colour("ink2"))
        return
    before, figure, after = queue.wait.partition(queue.figure)
    ink = theme.colour("ink1")

    def parts(factor: float) -> tuple[tuple[str, QFont], ...]:
        unit = font(BOARD_TYPE.unit * factor)
        return (before, unit), (figure, font(BOARD_TYPE.range * factor, 700)), (after, unit)

    natural = sum(text_width(*part) for part in parts(1.0))
    drawn = parts(min(1.0, width / natural))
    x = right - sum(text_width(*part) for part in drawn)
    for text, face in drawn:
        x += _text(painter, x, baseline, text, face, ink)


def _paint_notice(painter: QPainter, picture: BoardPicture, theme: Theme, cut: list[str]) -> None:
    middle = 1002.0
    icon = QRectF(MARGIN, middle - 30, 60, 60)
    if picture.trouble:
        paint_icon(painter, "wifi-off", icon, theme.colour("warn_text"), stroke=1.9)
    else:
        paint_icon(painter, "info", icon, theme.colour("accent"), stroke=1.9)
    left = MARGIN + 60 + 28
    room = SIZE.width() - MARGIN - left
    face = _fitting(picture.notice, BOARD_TYPE.notice, 400, room)
    ink = theme.colour("warn_text" if picture.trouble else "ink1")
    shown = _elided(picture.notice, face, room, cut)
    _text(painter, left, _middle_baseline(middle, face.pixelSize()), shown, face, ink)


def _rule(painter: QPainter, left: float, top: float, width: float, theme: Theme) -> None:
    painter.fillRect(QRectF(left, top, width, 2), theme.colour("line"))


def _text(
    painter: QPainter, x: float, baseline: float, text: str, face: QFont, colour: QColor
) -> float:
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawText(QPointF(x, baseline), text)
    return text_width(text, face)


def _fitting(text: str, px: float, weight: int, room: float) -> QFont:
    """The font of ``px``, smaller where the text is longer than the room, never below the least."""
    natural = text_width(text, font(px, weight))
    if natural <= room:
        return font(px, weight)
    return font(max(BOARD_TYPE.smallest, math.floor(px * room / natural)), weight)


def _elided(text: str, face: QFont, room: float, cut: list[str]) -> str:
    metrics = QFontMetricsF(face)
    if metrics.horizontalAdvance(text) <= room + 0.5:
        return text
    cut.append(text)
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)


def _css_baseline(top: float, line: float, px: float) -> float:
    """The baseline of a line box of height ``line`` that begins at ``top``."""
    return top + line / 2 + (LINE_ASCENT - LINE_HEIGHT / 2) * px


def _middle_baseline(middle: float, px: float) -> float:
    """The baseline of a line whose box has its middle at ``middle``."""
    # Half a pixel up: browsers round down, and the pictures were drawn by one.
    return middle + (LINE_ASCENT - LINE_HEIGHT / 2) * px - 0.6
