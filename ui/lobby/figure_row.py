"""Owns the row of figures and their words; must not count anything."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.lobby.picture import Figures
from ui.widgets.frame import StatFigure, StatRow

_NOBODY = "–"


class FigureRow(QWidget):
    """Waiting, longest, median, serving, served, left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Figures | None = None
        self.waiting, self.longest, self.median = (StatFigure("") for _ in range(3))
        self.serving, self.served, self.left = (StatFigure("") for _ in range(3))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            StatRow([self.waiting, self.longest, self.median, self.serving, self.served, self.left])
        )
        self.retranslate()

    def show_figures(self, shown: Figures) -> None:
        """Show the figures of this moment; where nobody waits there is no wait to tell."""
        if shown == self._shown:
            return
        self._shown = shown
        self._fill(shown)

    def _fill(self, shown: Figures) -> None:
        minutes = self.tr("分钟")
        self.waiting.set_value(str(shown.waiting), self.tr("人"))
        if shown.longest is None or shown.median is None:
            self.longest.set_value(_NOBODY)
            self.median.set_value(_NOBODY)
        else:
            unit = self.tr("分钟，超时") if shown.over else minutes
            self.longest.set_value(str(shown.longest), unit, urgent=shown.over)
            self.median.set_value(str(shown.median), minutes)
        self.serving.set_value(str(shown.serving), self.tr("个柜台"))
        self.served.set_value(str(shown.served), self.tr("笔"))
        self.left.set_value(str(shown.left), self.tr("人"))

    def retranslate(self) -> None:
        """Take all words anew."""
        self.waiting.set_caption(self.tr("等候"))
        self.longest.set_caption(self.tr("最长等候"))
        self.median.set_caption(self.tr("等候中位数"))
        self.serving.set_caption(self.tr("办理中"))
        self.served.set_caption(self.tr("今日已办"))
        self.left.set_caption(self.tr("未办离开"))
        if self._shown is not None:
            self._fill(self._shown)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
