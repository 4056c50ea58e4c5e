"""Owns a line of shares over days against a target; must not work out any share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QWidget

from ui.widgets.chart import Chart
from ui.widgets.painting import text_width

_LEFT: Final = Qt.AlignmentFlag.AlignLeft
_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True)
class Point:
    """A day and its share from 0 to 100; None where too little is known."""

    label: str
    value: float | None


@dataclass(frozen=True)
class Trend:
    """A line to draw. ``target`` from 0 to 100 is the dashed line, ``target_text`` its word."""

    points: tuple[Point, ...] = ()
    target: float | None = None
    target_text: str = ""


class TrendLine(Chart):
    """Days from left to right, the newest with a dot and its number (picture l, lower middle)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trend = Trend()
        self._lowest = 0

    def show_trend(self, trend: Trend, title: str, lines: Sequence[str]) -> None:
        """Draw another line; ``title`` and ``lines`` say it in words."""
        self._trend = trend
        values = [point.value for point in trend.points if point.value is not None]
        self._lowest = _lowest(values, trend.target) if values else 0
        self.describe(title, lines)

    def sizeHint(self) -> QSize:
        """As in the picture."""
        return QSize(round(self.px(378)), round(self.px(200)))

    def paintEvent(self, _event: object) -> None:
        painter = self.begin_painting()
        known = [(at, p.value) for at, p in enumerate(self._trend.points) if p.value is not None]
        if not known:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_grid(painter)
        span = max(1, len(self._trend.points) - 1)
        first, last = self.px(44), self.width() - self.px(20)
        spots = [QPointF(first + (last - first) * at / span, self._y(v)) for at, v in known]
        pen = QPen(self.theme().colour("accent"), self.px(2.5))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._paint_target(painter)
        painter.setPen(pen)
        painter.drawPolyline(spots)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme().colour("accent"))
        painter.drawEllipse(spots[-1], self.px(6), self.px(6))
        taken = self._room_of(spots)
        self._paint_last(painter, spots[-1], known[-1][1], taken)
        self._paint_target_word(painter, taken)
        self._paint_days(painter, first)

    def _y(self, value: float) -> float:
        """Where a share stands."""
        top, bottom = self.px(14), self.height() - self.px(34)
        return bottom - (value - self._lowest) / (100 - self._lowest) * (bottom - top)

    def _paint_grid(self, painter: QPainter) -> None:
        theme, face = self.theme(), self.font_px(13)
        for value in (self._lowest, (self._lowest + 100) // 2, 100):
            y = self._y(value)
            line = QRectF(self.px(34), y, self.width() - self.px(34), 1)
            painter.fillRect(line, theme.colour("line"))
            place = QRectF(0, y - self.px(10), self.px(26), self.px(20))
            self.paint_text(painter, place, str(value), face, theme.colour("ink3"), _RIGHT)

    def _paint_target(self, painter: QPainter) -> None:
        target = self._trend.target
        if target is None:
            return
        y = self._y(target)
        pen = QPen(self.theme().colour("ink1"), self.px(1.5))
        pen.setDashPattern([3.4, 3.4])
        painter.setPen(pen)
        painter.drawLine(QPointF(self.px(34), y), QPointF(self.width(), y))

    def _room_of(self, spots: Sequence[QPointF]) -> QPainterPath:
        """Where no word may stand: the line, its dot, the target's dashes."""
        line = QPainterPath(spots[0])
        for spot in spots[1:]:
            line.lineTo(spot)
        stroker = QPainterPathStroker()
        stroker.setWidth(self.px(5))
        taken = stroker.createStroke(line)
        taken.addEllipse(spots[-1], self.px(6), self.px(6))
        if self._trend.target is not None:
            y = self._y(self._trend.target)
            taken.addRect(QRectF(0, y - self.px(1), self.width(), self.px(2)))
        return taken

    def _paint_last(
        self, painter: QPainter, spot: QPointF, value: float, taken: QPainterPath
    ) -> None:
        text, face = f"{value:.1f}", self.font_px(14, 700)
        width = text_width(text, face)
        place = QRectF(0, 0, width, self.px(18))
        place.moveLeft(min(spot.x() - width / 2, self.width() - width))
        above, below = QRectF(place), QRectF(place)
        above.moveBottom(spot.y() - self.px(9))
        below.moveTop(spot.y() + self.px(9))
        found = _first_free((above, below), taken)
        self.paint_text(painter, found, text, face, self.theme().colour("ink1"), _CENTRE)
        taken.addRect(found)

    def _paint_target_word(self, painter: QPainter, taken: QPainterPath) -> None:
        target = self._trend.target
        if target is None:
            return
        face, y = self.font_px(13), self._y(target)
        place = QRectF(0, 0, text_width(self._trend.target_text, face), self.px(18))
        places = []
        for left in (self.width() - place.width(), self.px(44)):
            for top in (y + self.px(4), y - self.px(22)):
                place.moveTopLeft(QPointF(left, top))
                places.append(QRectF(place))
        found = _first_free(places, taken)
        ink = self.theme().colour("ink2")
        self.paint_text(painter, found, self._trend.target_text, face, ink, _RIGHT)

    def _paint_days(self, painter: QPainter, first: float) -> None:
        points = self._trend.points
        face, ink = self.font_px(13), self.theme().colour("ink3")
        place = QRectF(first, self.height() - self.px(26), self.width() - first, self.px(20))
        self.paint_text(painter, place, points[0].label, face, ink, _LEFT)
        if len(points) > 1:
            self.paint_text(painter, place, points[-1].label, face, ink, _RIGHT)


def _first_free(places: Sequence[QRectF], taken: QPainterPath) -> QRectF:
    """The first place where nothing stands; the first of all where every one is taken."""
    return next((place for place in places if not taken.intersects(place)), places[0])


def _lowest(values: Sequence[float], target: float | None) -> int:
    """Where the axis begins: a ten below the smallest value, the target in sight."""
    smallest = min([*values, target] if target is not None else values)
    ten = floor(smallest / 10) * 10
    return max(0, min(90, ten - 10 if smallest - ten < 4 else ten))
