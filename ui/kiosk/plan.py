"""Paints where to sit: the counters, the areas, and the way from the kiosk."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from ui.widgets.painting import Themed, paint_box, paint_line

_WIDTH, _HEIGHT = 460, 250
_AREAS = {
    "A": QRectF(24, 84, 120, 76),
    "B": QRectF(316, 84, 120, 76),
    "C": QRectF(24, 172, 120, 60),
    "D": QRectF(316, 172, 120, 60),
}


class AreaPlan(Themed, QWidget):
    """A sketch of the lobby, not to scale; only the customer's own area is filled."""

    def __init__(self) -> None:
        super().__init__()
        self._area, self._here, self._counters = "", "", ""

    def show_area(self, area: str, here: str, counters: str) -> None:
        """Fill one area; ``here`` and ``counters`` are the words at the kiosk and the counters."""
        self._area, self._here, self._counters = area, here, counters
        self.setAccessibleName(area)
        self.update()

    def sizeHint(self) -> QSize:
        """The size of the sketch on this stage."""
        return QSize(round(self.px(_WIDTH)), round(self.px(_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _rect(self, design: QRectF) -> QRectF:
        return QRectF(
            self.px(design.x()), self.px(design.y()),
            self.px(design.width()), self.px(design.height()),
        )  # fmt: skip

    def paintEvent(self, _event: object) -> None:
        """Counters on top, areas at the sides, the way dotted."""
        painter, theme = self.begin_painting(), self.theme()
        paint_box(painter, QRectF(self.rect()), self.px(16), theme.colour("canvas"))
        edge, width = theme.colour("line2"), self.px(2)
        surface = theme.colour("surface")
        top = self._rect(QRectF(24, 16, 412, 46))
        paint_box(painter, top, self.px(8), surface, edge, width)
        centre, small = Qt.AlignmentFlag.AlignCenter, self.font_px(26)
        paint_line(painter, top, self._counters, small, theme.colour("ink1"), centre)
        for code, place in _AREAS.items():
            chosen = code == self._area
            rect = self._rect(place)
            ground = theme.colour("accent") if chosen else surface
            paint_box(painter, rect, self.px(8), ground, theme.colour("accent") if chosen else edge,
                      width)  # fmt: skip
            ink = theme.colour("on_accent" if chosen else "ink2")
            weight = 700 if chosen else 400
            paint_line(painter, rect, code, self.font_px(28, weight), ink, centre)
        if self._area in _AREAS:
            self._paint_way(painter, _AREAS[self._area])
        words = self._rect(QRectF(150, 206, 160, 40))
        paint_line(painter, words, self._here, self.font_px(24), theme.colour("ink1"), centre)

    def _paint_way(self, painter: QPainter, area: QRectF) -> None:
        theme = self.theme()
        pen = QPen(theme.colour("accent"), self.px(5), Qt.PenStyle.DotLine)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        left = area.center().x() < _WIDTH / 2
        ends = QPointF(area.right() + 12 if left else area.left() - 12, area.center().y())
        path = QPainterPath(QPointF(self.px(230), self.px(192)))
        path.lineTo(self.px(230), self.px(ends.y()))
        path.lineTo(self.px(ends.x()), self.px(ends.y()))
        painter.setPen(pen)
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(QPointF(self.px(230), self.px(194)), self.px(10), self.px(10))
