"""Owns the pad somebody signs on, by pen, finger or mouse; must not keep or judge a signature.

A signature is text: "M x y L x y L x y M …", whole thousandths of the pad's width.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.theme import RADIUS
from ui.widgets.painting import Themed, paint_box

# Longer than any signature; whoever scribbles on gets no more ink.
MOST_POINTS: Final = 1500
_UNIT: Final = 1000
_STROKE: Final = 2.2
# A hand that rests moves a little all the same; nearer points (thousandths) say nothing.
_NEAR: Final = 4


def signature_path(text: str, width: float) -> QPainterPath:
    """A kept signature as strokes on a pad ``width`` px wide; an empty text has none."""
    path = QPainterPath()
    factor = width / _UNIT
    words = text.split()
    for at in range(0, len(words), 3):
        point = QPointF(int(words[at + 1]) * factor, int(words[at + 2]) * factor)
        if words[at] == "M":
            path.moveTo(point)
            # A dot, as over an i: a stroke without length would leave no ink.
            path.lineTo(point + QPointF(0.1, 0))
        else:
            path.lineTo(point)
    return path


class SignaturePad(Themed, QWidget):
    """A dashed frame that takes ink. ``changed`` tells after each stroke and after clearing."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, height: int = 84) -> None:
        super().__init__(parent)
        self._height = height
        self._strokes: list[list[tuple[int, int]]] = []
        self._drawing, self._open = False, True
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The signature; an empty text while nobody has signed."""
        return " ".join(
            f"{'L' if at else 'M'} {x} {y}"
            for stroke in self._strokes
            for at, (x, y) in enumerate(stroke)
        )

    def is_empty(self) -> bool:
        """Whether nobody has signed."""
        return not self._strokes

    def clear(self) -> None:
        """Take the ink away."""
        self._strokes = []
        self._drawing = False
        self.update()
        self.changed.emit()

    def set_open(self, is_open: bool) -> None:
        """Take ink, or none."""
        self._open = is_open
        self.setCursor(Qt.CursorShape.CrossCursor if is_open else Qt.CursorShape.ArrowCursor)

    def set_height(self, height: int) -> None:
        """Take another height, design px."""
        self._height = height
        self.refresh()

    # -- ink: Qt makes mouse events of touches, so a finger needs nothing of its own ------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The stroke goes on."""
        self._draw(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The stroke ends."""
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen is finer than the mouse Qt would make of it."""
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position())
        elif event.type() == QEvent.Type.TabletMove:
            self._draw(event.position())
        elif event.type() == QEvent.Type.TabletRelease:
            self._end()
        event.accept()

    def _begin(self, point: QPointF) -> None:
        if not self._open or self._points() >= MOST_POINTS:
            return
        self._drawing = True
        self._strokes.append([self._placed(point)])
        self.update()

    def _draw(self, point: QPointF) -> None:
        if not self._drawing or self._points() >= MOST_POINTS:
            return
        stroke, (x, y) = self._strokes[-1], self._placed(point)
        last_x, last_y = stroke[-1]
        if abs(x - last_x) + abs(y - last_y) >= _NEAR:
            stroke.append((x, y))
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.changed.emit()

    def _points(self) -> int:
        return sum(len(stroke) for stroke in self._strokes)

    def _placed(self, point: QPointF) -> tuple[int, int]:
        width = max(1, self.width())
        lowest = round(self.height() * _UNIT / width)
        x, y = round(point.x() * _UNIT / width), round(point.y() * _UNIT / width)
        return min(max(x, 0), _UNIT), min(max(y, 0), lowest)

    # -- showing --------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As wide as there is room, of its one height."""
        return QSize(round(self.px(200)), round(self.px(self._height)))

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        """The dashed frame and the ink."""
        painter, theme = QPainter(self), self.theme()
        edge = self.px(theme.edge(1))
        ground = theme.colour("surface")
        paint_box(
            painter, QRectF(self.rect()), self.px(RADIUS.control), ground,
            theme.colour("control"), edge, dashed=True,
        )  # fmt: skip
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("ink1"), self.px(_STROKE))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(signature_path(self.text(), self.width()))
