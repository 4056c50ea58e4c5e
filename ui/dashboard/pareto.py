"""Owns the picture of causes by weight: bars from the longest down, each with its number and the
share of all down to it; counts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.chart import Chart
from ui.widgets.painting import paint_box, text_width

_ROW: Final = 33
_RIGHT: Final = Qt.AlignmentFlag.AlignRight


class Pareto(Chart):
    """The most frequent first, seven rows at most; after each the running share of the whole."""

    MOST: Final = 7

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, int, str]] = []

    def show_rows(self, rows: Sequence[tuple[str, int]], title: str) -> None:
        """Draw other rows, a name and its count, sorted; the shares are of all of them."""
        whole, running = sum(count for _name, count in rows), 0
        self._rows = []
        for name, count in rows[: self.MOST]:
            running += count
            self._rows.append((name, count, f"{running * 100 / whole:.0f}%"))
        self.describe(title, [f"{name} {count}，{share}" for name, count, share in self._rows])

    def sizeHint(self) -> QSize:
        """Room for all rows."""
        return QSize(round(self.px(378)), round(self.px(_ROW * self.MOST)))

    def paintEvent(self, _event: object) -> None:
        painter = self.begin_painting()
        if not self._rows:
            return
        theme = self.theme()
        face, bold, small = self.font_px(14), self.font_px(14, 700), self.font_px(13)
        names = max(text_width(name, face) for name, _count, _share in self._rows)
        left = min(max(self.px(92), names + self.px(14)), self.width() * 0.45)
        highest = self._rows[0][1]
        shares = text_width("100%", small) + self.px(10)
        number = text_width(str(highest), bold) + self.px(12)
        right = self.width() - shares - number
        step = min(self.px(_ROW), self.height() / self.MOST)
        for at, (name, count, share) in enumerate(self._rows):
            line = QRectF(0, step * at, left - self.px(10), step)
            self.paint_text(painter, line, name, face, theme.colour("ink1"))
            track = QRectF(left, line.center().y() - self.px(7), right - left, self.px(14))
            paint_box(painter, track, self.px(3), theme.colour("sunken"))
            bar = QRectF(track)
            bar.setWidth(track.width() * count / highest)
            paint_box(painter, bar, self.px(3), theme.colour("accent"))
            place = QRectF(right, line.top(), number, step)
            self.paint_text(painter, place, str(count), bold, theme.colour("ink1"), _RIGHT)
            place = QRectF(right + number, line.top(), shares, step)
            self.paint_text(painter, place, share, small, theme.colour("ink3"), _RIGHT)
