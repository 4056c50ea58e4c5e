"""Owns the bar of the five steps of a session; must not decide which one is at work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.theme import RADIUS
from ui.widgets.icon import paint_icon
from ui.widgets.painting import Themed, paint_box, text_width

_HEIGHT: Final = 60
_TICK, _GAP, _EDGE = 18, 8, 8
_SIZES: Final = (15, 14, 13)


class StepBar(Themed, QWidget):
    """Equal cells on a card: steps done carry a tick, the present one is solid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[str, ...] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[str], current: int) -> None:
        """Their words, and the one at work, from 0."""
        self._steps, self._current = tuple(steps), current
        self.setAccessibleName(steps[current])
        self.update()

    def current(self) -> int:
        """The step at work, from 0."""
        return self._current

    def sizeHint(self) -> QSize:
        """60 px high, as wide as there is room."""
        return QSize(round(self.px(500)), round(self.px(_HEIGHT)))

    def paintEvent(self, _event: object) -> None:
        """The card, then its cells inside the card's corners."""
        painter, theme = self.begin_painting(), self.theme()
        rect, edge = QRectF(self.rect()), theme.edge(1)
        paint_box(
            painter, rect, self.px(RADIUS.card), theme.colour("surface"), theme.colour("line"), edge
        )
        if not self._steps:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline, inner = QPainterPath(), rect.adjusted(edge, edge, -edge, -edge)
        outline.addRoundedRect(inner, self.px(RADIUS.card) - edge, self.px(RADIUS.card) - edge)
        painter.setClipPath(outline)
        width = self.width() / len(self._steps)
        for number in range(len(self._steps)):
            left = round(number * width)
            cell = QRectF(left, 0, round((number + 1) * width) - left, self.height())
            if number == self._current:
                painter.fillRect(cell, theme.colour("accent"))
            elif number and number - 1 != self._current:
                rule = QRectF(left, 0, self.px(1), self.height())
                painter.fillRect(rule, theme.colour("line"))
            self._paint_step(painter, number, cell)

    def _paint_step(self, painter: QPainter, number: int, cell: QRectF) -> None:
        theme, text = self.theme(), self._steps[number]
        here, done = number == self._current, number < self._current
        mark = self.px(_TICK + _GAP) if done else 0.0
        room = cell.width() - 2 * self.px(_EDGE) - mark
        weight = 700 if here else 400
        # The other language is longer: the letters give way before a word is cut.
        size = next((px for px in _SIZES if text_width(text, self.font_px(px, weight)) <= room), 13)
        face = self.font_px(size, weight)
        width = min(room, text_width(text, face))
        left = cell.left() + self.px(_EDGE) + max(0.0, (room - width) / 2)
        if done:
            side = self.px(_TICK)
            place = QRectF(left, cell.center().y() - side / 2, side, side)
            paint_icon(painter, "check", place, theme.colour("ok"), stroke=2.4)
            left += mark
        place = QRectF(left, cell.top(), width + 1, cell.height())
        ink = theme.colour("on_accent" if here else "ink2")
        self.paint_text(painter, place, text, face, ink, Qt.AlignmentFlag.AlignLeft)
