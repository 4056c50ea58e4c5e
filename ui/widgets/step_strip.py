"""Owns the strip of service steps (迎 问 办 核 送); must not decide when a step is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.icon import paint_icon
from ui.widgets.painting import Themed, text_width


class StepStrip(Themed, QWidget):
    """Equal cells: steps done carry a tick, the present one is solid, those to come are plain."""

    def __init__(
        self,
        steps: Sequence[tuple[str, str]] = (),
        *,
        height: int = 76,
        radius: int = 9,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._steps: tuple[tuple[str, str], ...] = tuple(steps)
        self._height, self._radius, self._current = height, radius, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_steps(self, steps: Sequence[tuple[str, str]]) -> None:
        """Pairs of the sign and what it asks for."""
        self._steps = tuple(steps)
        self._describe()
        self.update()

    def set_current(self, number: int) -> None:
        """The step at work, from 0; -1 before the first, past the end when all are done."""
        self._current = number
        self._describe()
        self.update()

    def current(self) -> int:
        """The step at work, from 0."""
        return self._current

    def _describe(self) -> None:
        steps = self._steps
        here = "，".join(steps[self._current]) if 0 <= self._current < len(steps) else ""
        self.setAccessibleName(here)

    def sizeHint(self) -> QSize:
        """Equal cells of 96 px or more."""
        return QSize(round(self.px(96 * max(1, len(self._steps)))), round(self.px(self._height)))

    def paintEvent(self, _event: object) -> None:
        """Draw the cells; the upper corners follow the card around the strip."""
        if not self._steps:
            return
        painter, theme = self.begin_painting(), self.theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self.px(self._radius)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(0, 0, self.width(), self.height() + radius), radius, radius)
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
        foot = QRectF(0, self.height() - self.px(1), self.width(), self.px(1))
        painter.fillRect(foot, theme.colour("line"))

    def _paint_step(self, painter: QPainter, number: int, cell: QRectF) -> None:
        theme = self.theme()
        sign, words = self._steps[number]
        done = number < self._current
        sign_token, words_token = ("ink3", "ink3") if done else ("ink1", "ink2")
        if number == self._current:
            sign_token = words_token = "on_accent"
        sign_face, words_face = self.font_px(26, 700), self.font_px(15)
        gap, tick = self.px(10), self.px(20)
        sign_width = text_width(sign, sign_face)
        room = cell.width() - 2 * self.px(6)
        total = sign_width + gap + text_width(words, words_face) + (tick + gap if done else 0)
        left = cell.left() + self.px(6) + max(0.0, (room - total) / 2)
        end = cell.right() - self.px(6)
        if done:
            place = QRectF(left, cell.center().y() - tick / 2, tick, tick)
            paint_icon(painter, "check", place, theme.colour("ok"), stroke=2.4)
            left += tick + gap
        place = QRectF(left, cell.top(), sign_width + 1, cell.height())
        self.paint_text(painter, place, sign, sign_face, theme.colour(sign_token))
        left += sign_width + gap
        place = QRectF(left, cell.top(), max(0.0, end - left), cell.height())
        align = Qt.AlignmentFlag.AlignLeft
        self.paint_text(painter, place, words, words_face, theme.colour(words_token), align)
