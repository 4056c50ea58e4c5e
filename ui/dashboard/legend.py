"""Owns the signs a chart is read by, each with its word; must not draw the chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.painting import Themed, paint_box, text_width

_GAP: Final = 18
_SIGN: Final = 18  # a sign and the gap to its word, px


class Legend(Themed, QWidget):
    """Signs in a row: ``dot``, ``ring`` and ``stroke`` of the dumbbells, ``pale`` and ``full`` of
    the bars, ``dash`` and ``line`` of lines, ``grey`` a dot of another day."""

    def __init__(self, signs: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs = tuple(signs)
        self._words: tuple[str, ...] = ("",) * len(self._signs)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_words(self, words: Sequence[str]) -> None:
        """The words, one a sign."""
        self._words = tuple(words)
        self.setAccessibleName("，".join(self._words))
        self.refresh()

    def sizeHint(self) -> QSize:
        """Room for all."""
        face = self.font_px(13)
        words = sum(text_width(word, face) for word in self._words)
        count = len(self._signs)
        gaps = self.px(_SIGN * count + _GAP * (count - 1))
        return QSize(round(words + gaps + 1), round(self.px(20)))

    def paintEvent(self, _event: object) -> None:
        painter, theme, face = self.begin_painting(), self.theme(), self.font_px(13)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for sign, word in zip(self._signs, self._words, strict=True):
            self._paint_sign(painter, sign, x)
            x += self.px(_SIGN)
            width = text_width(word, face)
            place = QRectF(x, 0, width + 0.5, self.height())
            self.paint_text(painter, place, word, face, theme.colour("ink2"))
            x += width + self.px(_GAP)

    def _paint_sign(self, painter: QPainter, sign: str, x: float) -> None:
        theme, middle = self.theme(), self.height() / 2
        accent = theme.colour("accent")
        centre = QPointF(x + self.px(6), middle)
        if sign == "stroke":
            stroke = QRectF(x + self.px(5), middle - self.px(7), self.px(2), self.px(14))
            painter.fillRect(stroke, theme.colour("ink1"))
        elif sign in ("pale", "full"):
            box = QRectF(x, middle - self.px(6), self.px(12), self.px(12))
            paint_box(painter, box, self.px(2), accent if sign == "full" else theme.colour(
                "accent_line"))  # fmt: skip
        elif sign in ("dash", "line"):
            pen = QPen(accent if sign == "line" else theme.colour("ink3"), self.px(2))
            if sign == "dash":
                pen.setDashPattern([2.0, 1.5])
            painter.setPen(pen)
            painter.drawLine(QPointF(x, middle), QPointF(x + self.px(13), middle))
        elif sign == "ring":
            painter.setPen(QPen(accent, self.px(2)))
            painter.setBrush(theme.colour("surface"))
            painter.drawEllipse(centre, self.px(4.6), self.px(4.6))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("ink3") if sign == "grey" else accent)
            painter.drawEllipse(centre, self.px(5), self.px(5))
