"""Owns the day report as something to print or keep: asks for it, offers it; words none of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from branch.lobby.queries.report import DayReport, day_report
from reports.forms.day import day_report_pdf
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.label import SECOND, Label
from ui.widgets.paper_buttons import PaperButtons
from ui.widgets.stage import VBox

translate = QCoreApplication.translate


class DayPaper(QWidget):
    """What the report holds, and the two buttons for it."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._day = ""
        self._report: DayReport | None = None
        self.text = Label("", SECOND, wrap=True)
        self.papers = PaperButtons(station)
        column = VBox(spacing=10, parent=self)
        column.addWidget(self.text)
        column.addWidget(self.papers)
        self.retranslate()

    def show_day(self, day: str) -> None:
        """Offer the report of a business day (YYYY-MM-DD)."""
        self._day, self._report = day, None
        self._offer()
        self._station.ask(self, lambda store: day_report(store, day), self._take)

    def _take(self, report: DayReport | None) -> None:
        # Somebody may have chosen another day while this one was read.
        if report is not None and report.summary.day == self._day:
            self._report = report
            self._offer()

    def _offer(self) -> None:
        report = self._report
        if report is None:
            self.papers.offer("", None)
            return
        code, now = language().code, self._station.now_ms()
        name = translate("DayPaper", "营业日报 {day}").format(day=self._day)
        self.papers.offer(name, lambda: day_report_pdf(report, code, now))

    def retranslate(self) -> None:
        """Take the words anew; the paper follows the language too."""
        self.text.setText(translate("DayPaper", "当天的数字、等候承诺和叫号公平，A4 三页"))
        self._offer()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
