"""Owns the console's panel 等候承诺: the scoreboard of the last 30 days; works nothing out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.shell.station import Station
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import PAGE_TITLE, Label
from ui.widgets.scoreboard_panel import ScoreboardPanel

translate = QCoreApplication.translate

_WIDTH, _HEIGHT = 1120, 570


class PromisesDialog(PanelDialog):
    """How the waits told with the tickets held, the same as on the manager's page."""

    def __init__(self, parent: QWidget, station: Station) -> None:
        title = translate("PromisesDialog", "等候承诺")
        super().__init__(parent, title, width=_WIDTH)
        self.scores = ScoreboardPanel(station)
        self.scores.setFixedHeight(_HEIGHT)
        self.close_button = PlainButton(self.tr("返回"), size=LARGE)
        self.close_button.clicked.connect(self.reject)
        self.body.addWidget(Label(title, PAGE_TITLE))
        self.body.add_gap(14)
        self.body.addWidget(self.scores)
        self.buttons.addWidget(self.close_button)
        self.close_button.setFocus()
