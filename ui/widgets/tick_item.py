"""Owns a small row to tick whose words take the lines they need; must not know what is ticked."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from ui.shell.fonts import font
from ui.widgets.icon import paint_icon
from ui.widgets.painting import Themed, broken_lines, paint_box

_LINE: Final = 21
_BOX: Final = 20
_GAP: Final = 10


class TickItem(Themed, QCheckBox):
    """A box and words in as many lines of ``words`` px as they need, in a row of ``row`` px."""

    def __init__(self, text: str = "", *, words: int, row: int = 36) -> None:
        super().__init__()
        self._words, self._row = words, row
        self._lines: list[str] = []
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ringRadius", 6)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.setText(text)
        self.setAccessibleName(text)
        self._lines = broken_lines(text, font(14), self._words)
        self.refresh()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole row takes the press."""
        return bool(self.rect().contains(pos))

    def sizeHint(self) -> QSize:
        """15 px of air around the lines."""
        height = self._row - _LINE + _LINE * max(1, len(self._lines))
        return QSize(_BOX + _GAP + self._words, height)

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        """The box with or without its tick, the words beside it."""
        painter, theme = self.begin_painting(), self.theme()
        top = (self._row - _LINE) / 2
        box = QRectF(0, top + (_LINE - _BOX) / 2, _BOX, _BOX)
        if self.isChecked():
            paint_box(painter, box, 5, theme.colour("accent"))
            place = QRectF(0, 0, 15, 15)
            place.moveCenter(box.center())
            paint_icon(painter, "check", place, theme.colour("on_accent"), stroke=2.8)
        else:
            over = self.underMouse() and self.isEnabled()
            ground = theme.colour("canvas" if over else "surface")
            paint_box(painter, box, 5, ground, theme.colour("control"), theme.edge(1.5))
        for at, text in enumerate(self._lines):
            words = QRectF(_BOX + _GAP, top + at * _LINE, self.width() - _BOX - _GAP, _LINE)
            self.paint_text(painter, words, text, font(14), theme.colour("ink1"))
