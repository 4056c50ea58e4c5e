"""Owns what painted charts share: the steps of an axis, and the same numbers in words for those who
do not see them; draws no chart itself."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.painting import Themed, text_width

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_STEPS = (1, 2, 5, 10)


def steps(highest: float, most: int) -> list[int]:
    """The marks of an axis from 0 to at least ``highest``: whole, even, at most ``most`` steps.

    >>> steps(41, 3)
    [0, 20, 40, 60]
    """
    wanted = max(highest, 1.0) / most
    tens = 10 ** max(0, floor(log10(wanted))) if wanted >= 1 else 1
    step = next(int(tens * each) for each in _STEPS if tens * each >= wanted)
    return [step * at for at in range(ceil(max(highest, 1.0) / step) + 1)]


class Chart(Themed, QWidget):
    """A painted picture of numbers; reached by Tab, so that its words can be read out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)

    def describe(self, title: str, lines: Sequence[str]) -> None:
        """What the picture shows, a line of words for each of its parts."""
        self.setAccessibleName(title)
        self.setAccessibleDescription("\n".join(lines))
        self.update()

    def paint_minutes(
        self,
        painter: QPainter,
        left: float,
        scale: float,
        marks: Sequence[int],
        unit: str,
        bottom: float,
        drop: float,
    ) -> None:
        """Upright rules from the top to ``bottom`` at marks ``scale`` px apart each minute, their
        numbers ``drop`` px below; ``unit`` names the last one: {n} 分."""
        theme, face = self.theme(), self.font_px(13)
        for minutes in marks:
            x = left + minutes * scale
            painter.fillRect(QRectF(x, 0, 1, bottom), theme.colour("line"))
            text = unit.format(n=minutes) if minutes == marks[-1] else str(minutes)
            width = text_width(text, face)
            start = min(x - width / 2, self.width() - width)
            place = QRectF(start, bottom + drop, width, self.px(20))
            self.paint_text(painter, place, text, face, theme.colour("ink3"), _CENTRE)


def paint_bar(painter: QPainter, rect: QRectF, radius: float) -> None:
    """A bar with its two upper corners round, in the painter's brush."""
    corner = max(0.0, min(radius, rect.width() / 2, rect.height()))
    path = QPainterPath()
    path.moveTo(rect.bottomLeft())
    path.lineTo(rect.left(), rect.top() + corner)
    path.quadTo(rect.left(), rect.top(), rect.left() + corner, rect.top())
    path.lineTo(rect.right() - corner, rect.top())
    path.quadTo(rect.right(), rect.top(), rect.right(), rect.top() + corner)
    path.lineTo(rect.bottomRight())
    path.closeSubpath()
    painter.drawPath(path)
