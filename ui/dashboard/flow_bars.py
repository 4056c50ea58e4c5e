"""Owns the picture of a day's flow: two bars an hour, issued and finished; counts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.widgets.chart import Chart, paint_bar, steps
from ui.widgets.painting import text_width

_MOST_STEPS: Final = 3
_AXIS: Final = 34  # room under the bars for the hours, px
_WIDEST_BAR: Final = 22
_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True)
class FlowHour:
    """An hour: its word, how many came, how many were done; ``words`` say all of it."""

    name: str
    issued: float
    finished: float
    words: str


class FlowBars(Chart):
    """Two bars an hour, as in picture l, upper right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hours: tuple[FlowHour, ...] = ()

    def show_hours(self, hours: Sequence[FlowHour], title: str) -> None:
        """Draw other hours."""
        self._hours = tuple(hours)
        self.describe(title, [hour.words for hour in hours])

    def sizeHint(self) -> QSize:
        """As in the picture."""
        return QSize(round(self.px(598)), round(self.px(270)))

    def paintEvent(self, _event: object) -> None:
        painter = self.begin_painting()
        if not self._hours:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        highest = max(max(hour.issued, hour.finished) for hour in self._hours)
        marks = steps(highest, _MOST_STEPS)
        bottom = self.height() - self.px(_AXIS)
        # The highest mark may lie above the highest bar, as long as the bar has its room.
        scale = (bottom - self.px(10)) / max(highest * 1.02, 1.0)
        marks = [mark for mark in marks if mark * scale <= bottom - self.px(8)]
        left = self._paint_axis(painter, marks, bottom, scale)
        step = (self.width() - left) / len(self._hours)
        bar = min(self.px(_WIDEST_BAR), step * 0.34)
        theme = self.theme()
        every = self._every(step)
        for at, hour in enumerate(self._hours):
            middle = left + step * (at + 0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            for value, token, x in (
                (hour.issued, "accent_line", middle - bar - self.px(1.5)),
                (hour.finished, "accent", middle + self.px(1.5)),
            ):
                painter.setBrush(theme.colour(token))
                top = bottom - value * scale
                paint_bar(painter, QRectF(x, top, bar, bottom - top), self.px(3))
            if at % every == 0:
                place = QRectF(0, bottom + self.px(12), step * every, self.px(20))
                place.moveLeft(middle - place.width() / 2)
                ink = theme.colour("ink3")
                self.paint_text(painter, place, hour.name, self.font_px(13), ink, _CENTRE)

    def _every(self, step: float) -> int:
        """Every how many hours there is room for a word."""
        widest = max(text_width(hour.name, self.font_px(13)) for hour in self._hours)
        every = 1
        while step * every < widest + self.px(6) and every < len(self._hours):
            every += 1
        return every

    def _paint_axis(
        self, painter: QPainter, marks: Sequence[int], bottom: float, scale: float
    ) -> float:
        """The lines with their numbers; returns where the bars may begin."""
        theme, face = self.theme(), self.font_px(13)
        widest = max(text_width(str(mark), face) for mark in marks)
        left = max(self.px(28), widest + self.px(10))
        for mark in marks:
            y = bottom - mark * scale
            painter.fillRect(QRectF(left, y, self.width() - left, 1), theme.colour("line"))
            place = QRectF(0, y - self.px(10), left - self.px(10), self.px(20))
            self.paint_text(painter, place, str(mark), face, theme.colour("ink3"), _RIGHT)
        return left
