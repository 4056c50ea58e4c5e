"""Owns the picture of how many waited over the day, as it was and as it would have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from ui.widgets.chart import Chart, steps
from ui.widgets.painting import text_width

_MOST_STEPS: Final = 4
_AXIS: Final = 30  # room under the lines for the hours, px
_TOP: Final = 10
_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter
# The counts stand ten minutes apart.
STEP: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class DayLines:
    """How many waited every ten minutes from ``since`` on: on the day, and as it would be."""

    since: datetime
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()


class LineCourse(Chart):
    """Two lines in steps, the dashed one the day, the one in the accent what would have been."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: DayLines | None = None

    def show_lines(self, lines: DayLines, title: str, words: Sequence[str]) -> None:
        """Draw another day; ``words`` say what it shows."""
        self._lines = lines
        self.describe(title, words)

    def sizeHint(self) -> QSize:
        """Wider than high."""
        return QSize(round(self.px(420)), round(self.px(260)))

    def paintEvent(self, _event: object) -> None:
        painter, lines = self.begin_painting(), self._lines
        count = max(len(lines.before), len(lines.after)) if lines else 0
        if lines is None or count == 0:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        highest = max(1, *lines.before, *lines.after)
        marks = steps(highest, _MOST_STEPS)
        bottom = self.height() - self.px(_AXIS)
        scale = (bottom - self.px(_TOP)) / max(highest * 1.02, 1.0)
        marks = [mark for mark in marks if mark * scale <= bottom - self.px(4)]
        left = self._paint_counts(painter, marks, bottom, scale)
        step = (self.width() - left) / count
        self._paint_hours(painter, lines.since, count, left, step, bottom)
        for values, after in ((lines.before, False), (lines.after, True)):
            path = QPainterPath()
            for at, value in enumerate(values):
                here = QPointF(left + at * step, bottom - value * scale)
                if at == 0:
                    path.moveTo(here)
                path.lineTo(here)
                path.lineTo(here + QPointF(step, 0))
            pen = QPen(self.theme().colour("accent" if after else "ink3"), self.px(2))
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if not after:
                pen.setDashPattern([3.0, 2.5])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)

    def _paint_counts(
        self, painter: QPainter, marks: Sequence[int], bottom: float, scale: float
    ) -> float:
        """The lines with their numbers; returns where the hours begin."""
        theme, face = self.theme(), self.font_px(13)
        left = max(text_width(str(mark), face) for mark in marks) + self.px(12)
        for mark in marks:
            y = bottom - mark * scale
            painter.fillRect(QRectF(left, y, self.width() - left, 1), theme.colour("line"))
            place = QRectF(0, y - self.px(10), left - self.px(10), self.px(20))
            self.paint_text(painter, place, str(mark), face, theme.colour("ink3"), _RIGHT)
        return left

    def _paint_hours(
        self,
        painter: QPainter,
        since: datetime,
        count: int,
        left: float,
        step: float,
        bottom: float,
    ) -> None:
        face, ink = self.font_px(13), self.theme().colour("ink3")
        width = text_width("00:00", face) + self.px(8)
        hour = since.replace(minute=0, second=0, microsecond=0)
        free = -width
        while hour < since + count * STEP:
            x = left + (hour - since) / STEP * step
            if x >= left - 1 and x - width / 2 >= free and x + width / 2 <= self.width() + 1:
                place = QRectF(x - width / 2, bottom + self.px(8), width, self.px(20))
                self.paint_text(painter, place, f"{hour:%H:%M}", face, ink, _CENTRE)
                free = x + width / 2
            hour += timedelta(hours=1)
