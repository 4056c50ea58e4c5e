"""Owns the console's panel after 结束营业: what became of the day, and its report; ends no day."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.lobby.commands.day import DayClosed
from ui.shell.station import Station
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.card import Separator
from ui.widgets.day_paper import DayPaper
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import CARD_TITLE, PAGE_TITLE, Label, TextRole

translate = QCoreApplication.translate


class DayClosedDialog(PanelDialog):
    """Who left unserved and who was missed; the day report to print or keep."""

    def __init__(self, parent: QWidget, station: Station, closed: DayClosed) -> None:
        title = translate("DayClosedDialog", "今天的营业已结束")
        super().__init__(parent, title, width=620)
        told = self.tr("{left} 人未办离开，{missed} 人过号")
        self.text = Label(
            told.format(left=closed.left, missed=closed.missed), TextRole(15, 400, "ink2")
        )
        self.paper = DayPaper(station)
        self.paper.show_day(closed.day)
        self.close_button = PlainButton(self.tr("返回"), size=LARGE)
        self.close_button.clicked.connect(self.reject)
        self.body.addWidget(Label(title, PAGE_TITLE))
        self.body.add_gap(6)
        self.body.addWidget(self.text)
        self.body.add_gap(18)
        self.body.addWidget(Separator())
        self.body.add_gap(16)
        self.body.addWidget(Label(self.tr("营业日报"), CARD_TITLE))
        self.body.add_gap(6)
        self.body.addWidget(self.paper)
        self.buttons.addWidget(self.close_button)
        self.close_button.setFocus()
