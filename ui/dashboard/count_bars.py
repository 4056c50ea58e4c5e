"""Owns the picture of counts by name: a bar on a track, the number at its end; counts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.chart import Chart
from ui.widgets.painting import paint_box, text_width

_ROW: Final = 47
_RIGHT: Final = Qt.AlignmentFlag.AlignRight


class CountBars(Chart):
    """The most frequent first, as in picture l, lower left; five rows at most."""

    MOST: Final = 5

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, int], ...] = ()

    def show_rows(self, rows: Sequence[tuple[str, int]], title: str) -> None:
        """Draw other rows: a name and its count."""
        self._rows = tuple(rows[: self.MOST])
        self.describe(title, [f"{name} {count}" for name, count in self._rows])

    def sizeHint(self) -> QSize:
        """As in the picture."""
        return QSize(round(self.px(378)), round(self.px(_ROW * self.MOST)))

    def paintEvent(self, _event: object) -> None:
        painter = self.begin_painting()
        if not self._rows:
            return
        theme = self.theme()
        face, bold = self.font_px(14), self.font_px(14, 700)
        names = max(text_width(name, face) for name, _count in self._rows)
        left = max(self.px(92), names + self.px(14))
        highest = max(count for _name, count in self._rows)
        right = self.width() - max(self.px(30), text_width(str(highest), bold) + self.px(12))
        step = min(self.px(_ROW), self.height() / self.MOST)
        for at, (name, count) in enumerate(self._rows):
            line = QRectF(0, step * at, left - self.px(10), step)
            self.paint_text(painter, line, name, face, theme.colour("ink1"))
            track = QRectF(left, line.center().y() - self.px(8), right - left, self.px(16))
            paint_box(painter, track, self.px(3), theme.colour("sunken"))
            bar = QRectF(track)
            bar.setWidth(track.width() * count / highest)
            paint_box(painter, bar, self.px(3), theme.colour("accent"))
            number = QRectF(right, line.top(), self.width() - right, step)
            self.paint_text(painter, number, str(count), bold, theme.colour("ink1"), _RIGHT)
