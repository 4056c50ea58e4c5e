"""Owns the picture of waits: median to nine in ten on a line, a stroke for the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.widgets.chart import Chart, steps
from ui.widgets.painting import text_width

_MOST_STEPS: Final = 5
_AXIS: Final = 34  # room under the rows for the numbers of the axis, px
_GAP: Final = 14  # between a row's marks and its words, px


@dataclass(frozen=True)
class Dumbbell:
    """A row: minutes, and the words after it. ``median`` None: nothing to draw but the words."""

    name: str
    words: str
    target: float
    median: float | None = None
    ninth: float = 0.0

    @property
    def over(self) -> bool:
        """Whether nine in ten waited longer than the target."""
        return self.median is not None and self.ninth > self.target


class Dumbbells(Chart):
    """One row a queue, as in picture l, upper left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Dumbbell, ...] = ()
        self._unit = "{n}"

    def show_rows(self, rows: Sequence[Dumbbell], unit: str, title: str) -> None:
        """Draw other rows; ``unit`` names the last number of the axis: {n} 分."""
        self._rows, self._unit = tuple(rows), unit
        self.describe(title, [f"{row.name} {row.words}" for row in rows])

    def sizeHint(self) -> QSize:
        """As in the picture."""
        return QSize(round(self.px(598)), round(self.px(46 * max(1, len(self._rows)) + _AXIS)))

    def paintEvent(self, _event: object) -> None:
        painter = self.begin_painting()
        if not self._rows:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = max(text_width(row.name, self.font_px(14)) for row in self._rows)
        left = max(self.px(84), names + self.px(20))
        marks = steps(max(max(row.ninth, row.target) for row in self._rows), _MOST_STEPS)
        scale = self._scale(left, marks[-1])
        bottom = self.height() - self.px(_AXIS)
        self.paint_minutes(painter, left, scale, marks, self._unit, bottom, self.px(12))
        room = (self.height() - self.px(_AXIS)) / len(self._rows)
        for at, row in enumerate(self._rows):
            self._paint_row(painter, row, left, scale, room * (at + 0.5))

    def _scale(self, left: float, last: int) -> float:
        """Px a minute: the axis and the words after every row have room."""
        room = self.width() - left
        found = (room - self.px(26)) / last
        for row in self._rows:
            words = text_width(row.words, self.font_px(13, 700)) + self.px(_GAP + 2)
            reach = max(row.ninth, row.target)
            if reach > 0:
                found = min(found, (room - words) / reach)
        return max(found, 0.1)

    def _paint_row(
        self, painter: QPainter, row: Dumbbell, left: float, scale: float, y: float
    ) -> None:
        theme = self.theme()
        line = QRectF(0, y - self.px(11), left - self.px(12), self.px(22))
        self.paint_text(painter, line, row.name, self.font_px(14), theme.colour("ink1"))
        target = left + row.target * scale
        end = target
        if row.median is not None:
            end = left + row.ninth * scale
            self._paint_bell(painter, row, left + row.median * scale, end, y)
        stroke = QRectF(target - self.px(1), y - self.px(12), self.px(2), self.px(24))
        painter.fillRect(stroke, theme.colour("ink1"))
        words = QRectF(line)
        words.setLeft(max(end, target) + self.px(_GAP))
        words.setRight(self.width())
        face = self.font_px(13, 700 if row.over else 400)
        token = "warn_text" if row.over else "ink2" if row.median is not None else "ink3"
        self.paint_text(painter, words, row.words, face, theme.colour(token))

    def _paint_bell(
        self, painter: QPainter, row: Dumbbell, median: float, ninth: float, y: float
    ) -> None:
        theme = self.theme()
        pen = QPen(theme.colour("warn" if row.over else "accent_line"), self.px(6))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(median, y), QPointF(ninth, y))
        accent = theme.colour("accent")
        painter.setPen(QPen(accent, self.px(2.5)))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(QPointF(ninth, y), self.px(6), self.px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(median, y), self.px(7), self.px(7))
