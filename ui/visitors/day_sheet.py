"""Owns the sheet of a day's visitors as something to print or keep; words none of it itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.visitors.queries.register import VisitorLine, visitors_of_day
from reports.forms.register_day import register_day_pdf
from ui.shell.asking import Asking
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import SECOND, Label, TextRole
from ui.widgets.moment_fields import DayField
from ui.widgets.paper_buttons import PaperButtons

translate = QCoreApplication.translate


class DaySheetDialog(PanelDialog):
    """A day, how many visitors it had, and the two buttons for its sheet."""

    def __init__(self, parent: QWidget, station: Station) -> None:
        title = translate("DaySheetDialog", "当日登记")
        super().__init__(parent, title, width=560)
        self._station = station
        self.day = DayField()
        self.day.set_label(self.tr("日期"))
        self.day.set_day(station.now().date())
        self.text = Label("", SECOND, wrap=True)
        self.papers = PaperButtons(station)
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(14)
        self.body.addWidget(self.day)
        self.body.add_gap(12)
        self.body.addWidget(self.text)
        self.body.add_gap(12)
        self.body.addWidget(self.papers)
        self.back_button = PlainButton(self.tr("返回"), size=LARGE)
        self.back_button.setAutoDefault(False)
        self.back_button.clicked.connect(self.reject)
        self.buttons.addWidget(self.back_button)
        self._asked = self.day.day()
        self.asking: Asking[tuple[VisitorLine, ...]] = Asking(
            station, self, self._question, self._take
        )
        self.day.edit.dateChanged.connect(self._another_day)
        self.papers.print_button.setFocus()
        self._another_day()

    def _another_day(self) -> None:
        self.papers.offer("", None)
        self.text.setText("")
        self.asking.ask()

    def _question(self) -> partial[tuple[VisitorLine, ...]]:
        self._asked = self.day.day()
        return partial(visitors_of_day, day=self._asked.isoformat())

    def _take(self, lines: tuple[VisitorLine, ...]) -> None:
        day = self._asked
        if day != self.day.day():
            return
        told = self.tr("{n} 位访客，姓名、手机和证件号遮掩，A4 一份").format(n=len(lines))
        self.text.setText(told)
        name = self.tr("来访登记 {day}").format(day=day.isoformat())
        code, now, branch = language().code, self._station.now_ms(), self._station.branch
        self.papers.offer(name, lambda: register_day_pdf(lines, day.isoformat(), branch, code, now))
        self.adjustSize()
