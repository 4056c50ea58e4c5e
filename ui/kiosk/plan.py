"""Paints where to sit: the counters, the areas, and the way there; a sketch, not to scale."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.painting import Themed, paint_box

_WIDTH: Final = 480
_LEFT, _RIGHT, _BOX = 28.0, 324.0, 128.0
# Where the way begins, and where it turns to a side.
_HERE: Final = 206.0
_GAP: Final = 14.0


class AreaPlan(Themed, QWidget):
    """The lobby seen from the kiosk: areas left and right in the order of their letters."""

    def __init__(self, areas: tuple[str, ...], height: int = 292, font: int = 26) -> None:
        self._areas, self._height, self._font = areas, height, font
        self._chosen, self._here, self._counters, self._area = "", "", "", "{area}"
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_area(self, code: str, *, here: str, counters: str, area: str) -> None:
        """Fill one area. ``area`` has a place for its letter; the rest are words on the plan."""
        self._chosen, self._here, self._counters, self._area = code, here, counters, area
        self.setAccessibleName(area.format(area=code))
        self.update()

    def sizeHint(self) -> QSize:
        """The size of the sketch on this stage."""
        return QSize(round(self.px(_WIDTH)), round(self.px(self._height)))

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def _high(self) -> float:
        """The height there is, design px."""
        return self.height() / self.px(1)

    def place(self, code: str) -> QRectF:
        """Where an area is drawn, design px."""
        rows = max(1, -(-len(self._areas) // 2))
        at = self._areas.index(code)
        top, bottom = 80.0, self._high() - 74.0
        high = min(84.0, (bottom - top - _GAP * (rows - 1)) / rows)
        # The first areas are the nearest, so they stand at the bottom.
        row = rows - 1 - at // 2
        return QRectF(_RIGHT if at % 2 else _LEFT, top + row * (high + _GAP), _BOX, high)

    def paintEvent(self, _event: object) -> None:
        """Counters on top, areas at the sides, the way dotted."""
        painter, theme = self.begin_painting(), self.theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.px(1), self.px(1))
        whole = QRectF(0, 0, _WIDTH, self._high())
        # Round where the card round it is, square towards the words.
        ground = QPainterPath()
        ground.addRoundedRect(whole, 18, 18)
        square = QPainterPath()
        square.addRect(QRectF(0, 0, _WIDTH / 2, self._high()))
        painter.fillPath(ground.united(square), theme.colour("canvas"))
        edge, surface = theme.colour("line2"), theme.colour("surface")
        top = QRectF(_LEFT, 18, _RIGHT + _BOX - _LEFT, 48)
        paint_box(painter, top, 6, surface, edge, 2)
        self._word(painter, top, self._counters, self._font, "ink2")
        for code in self._areas:
            box = self.place(code)
            if code == self._chosen:
                paint_box(painter, box, 8, theme.colour("accent"))
                self._word(
                    painter, box, self._area.format(area=code), self._font + 6, "on_accent", 700
                )
            else:
                paint_box(painter, box, 8, surface, edge, 2)
                self._word(painter, box, self._area.format(area=code), self._font, "ink2")
        start = QPointF(_HERE, self._high() - 36)
        if self._chosen in self._areas:
            self._paint_way(painter, start)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(start, 11, 11)
        words = QRectF(start.x() + 24, start.y() - 22, _WIDTH - start.x() - 30, 44)
        left = Qt.AlignmentFlag.AlignLeft
        self._word(painter, words, self._here, self._font, "ink1", 500, left)

    def _word(
        self,
        painter: QPainter,
        room: QRectF,
        text: str,
        px: float,
        token: str,
        weight: int = 400,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
    ) -> None:
        # The painter is scaled already, so the font has its design size.
        face = self.font_px(px / self.px(1), weight)
        self.paint_text(painter, room, text, face, self.theme().colour(token), align)

    def _paint_way(self, painter: QPainter, start: QPointF) -> None:
        box = self.place(self._chosen)
        left = box.center().x() < start.x()
        y = box.center().y()
        end = box.right() + 16 if left else box.left() - 16
        step = 10 if left else -10
        path = QPainterPath(start)
        path.lineTo(start.x(), y + 10)
        path.quadTo(start.x(), y, start.x() - step, y)
        path.lineTo(end, y)
        pen = QPen(self.theme().colour("accent"), 5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPolyline([
            QPointF(end + step * 1.4, y - 12), QPointF(end, y), QPointF(end + step * 1.4, y + 12),
        ])  # fmt: skip
        pen.setDashPattern([0.2, 2.6])
        painter.setPen(pen)
        painter.drawPath(path)
