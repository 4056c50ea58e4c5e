"""Owns the picture of waits as they were and as they would have been, class by class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.widgets.chart import Chart, steps
from ui.widgets.painting import broken_lines, text_width

_MOST_STEPS: Final = 4
_AXIS: Final = 30  # room under the rows for the numbers of the axis, px
_ROW: Final = 40
_APART: Final = 9  # of a row's two lines from its middle, px
_GAP: Final = 12


@dataclass(frozen=True)
class Bell:
    """Median and the wait nine in ten did not exceed, in minutes, and both in words."""

    median: float
    ninth: float
    words: str


@dataclass(frozen=True)
class BellPair:
    """A class: as it was, and as it would have been; None where nobody was called."""

    name: str
    before: Bell | None
    after: Bell | None


class BellPairs(Chart):
    """Two lines a class, the upper one grey for the day, the lower one in the accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[BellPair, ...] = ()
        self._unit = "{n}"

    def show_pairs(
        self, rows: Sequence[BellPair], unit: str, title: str, lines: Sequence[str]
    ) -> None:
        """Draw other classes; ``unit`` names the last number of the axis, ``lines`` say it all."""
        self._rows, self._unit = tuple(rows), unit
        self.setMinimumHeight(round(self.px(_ROW * max(1, len(self._rows)) + _AXIS)))
        self.describe(title, lines)

    def sizeHint(self) -> QSize:
        """A row a class."""
        return QSize(round(self.px(420)), round(self.px(_ROW * max(1, len(self._rows)) + _AXIS)))

    def paintEvent(self, _event: object) -> None:
        painter = self.begin_painting()
        bells = [bell for row in self._rows for bell in (row.before, row.after) if bell]
        if not bells:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = self.font_px(14)
        left = max(text_width(row.name, face) for row in self._rows) + self.px(18)
        left = min(left, self.width() * 0.4)
        words = max(text_width(bell.words, self.font_px(13, 700)) for bell in bells)
        marks = steps(max(bell.ninth for bell in bells), _MOST_STEPS)
        room = self.width() - left - words - self.px(_GAP + 8)
        scale = max(0.01, room / max(bell.ninth for bell in bells))
        marks = [mark for mark in marks if left + mark * scale <= self.width() - self.px(16)]
        bottom = self.height() - self.px(_AXIS)
        self.paint_minutes(painter, left, scale, marks, self._unit, bottom, self.px(8))
        height = (self.height() - self.px(_AXIS)) / len(self._rows)
        for at, row in enumerate(self._rows):
            y = height * (at + 0.5)
            self._paint_name(painter, row.name, left - self.px(12), y)
            if row.before is not None:
                self._paint_bell(painter, row.before, left, scale, y - self.px(_APART), False)
            if row.after is not None:
                self._paint_bell(painter, row.after, left, scale, y + self.px(_APART), True)

    def _paint_name(self, painter: QPainter, name: str, room: float, y: float) -> None:
        """A long name takes two smaller lines."""
        face, high = self.font_px(14), self.px(22)
        lines = [name]
        if text_width(name, face) > room:
            face, high = self.font_px(13), self.px(17)
            lines = broken_lines(name, face, room)
            lines = [*lines[:1], "".join(lines[1:])] if len(lines) > 2 else lines
        top = y - high * len(lines) / 2
        for at, text in enumerate(lines):
            place = QRectF(0, top + at * high, room, high)
            self.paint_text(painter, place, text, face, self.theme().colour("ink1"))

    def _paint_bell(
        self, painter: QPainter, bell: Bell, left: float, scale: float, y: float, after: bool
    ) -> None:
        theme = self.theme()
        ink = theme.colour("accent" if after else "ink3")
        median, ninth = left + bell.median * scale, left + bell.ninth * scale
        pen = QPen(theme.colour("accent_line" if after else "line2"), self.px(5))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(median, y), QPointF(ninth, y))
        painter.setPen(QPen(ink, self.px(2)))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(QPointF(ninth, y), self.px(4.5), self.px(4.5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(median, y), self.px(5), self.px(5))
        start = ninth + self.px(_GAP)
        place = QRectF(start, y - self.px(9), self.width() - start, self.px(18))
        face = self.font_px(13, 700 if after else 400)
        self.paint_text(painter, place, bell.words, face, ink)
