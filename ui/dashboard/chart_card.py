"""Owns the card around a chart: its title, what stands beside it, the sentence in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.card import Card
from ui.widgets.chart import Chart
from ui.widgets.label import CAPTION, CARD_TITLE, Label
from ui.widgets.stage import HBox, VBox

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class ChartCard(Card):
    """A title with something at its right, and a chart or the sentence that stands for it."""

    def __init__(self, chart: Chart, aside: QWidget) -> None:
        super().__init__()
        self.title = Label("", CARD_TITLE)
        self.nothing = Label("", CAPTION, wrap=True, align=_CENTRE)
        self._chart = chart
        head = HBox(spacing=12)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(aside)
        column = VBox(margins=(22, 16, 22, 10), parent=self)
        column.addLayout(head)
        column.add_gap(12)
        column.addWidget(chart, 1)
        column.addWidget(self.nothing, 1)
        self.set_known(False)

    def set_known(self, known: bool) -> None:
        """Whether there is anything to draw."""
        self._chart.setVisible(known)
        self.nothing.setVisible(not known)
