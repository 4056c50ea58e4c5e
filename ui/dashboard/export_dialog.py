"""Owns the panel 导出: a day's report on paper, the period's numbers as a table; counts nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QComboBox, QWidget

from branch.kernel.store import Store
from branch.lobby.queries.days import past_days
from branch.lobby.queries.waiting import business_day
from ui.shell.station import Station
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.card import Separator
from ui.widgets.day_paper import DayPaper
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import CARD_TITLE, PAGE_TITLE, SECOND, Label
from ui.widgets.stage import HBox
from ui.widgets.table_button import TableButton

translate = QCoreApplication.translate


def _days(store: Store) -> tuple[str, ...]:
    """The days that have a report, the newest first."""
    today, past = business_day(store), past_days(store)
    return (today, *past) if today and today not in past else past


class ExportDialog(PanelDialog):
    """Opens with the newest day; the table is that of the period shown behind it."""

    def __init__(
        self, parent: QWidget, station: Station, name: str, table: Callable[[], str] | None
    ) -> None:
        title = translate("ExportDialog", "导出")
        super().__init__(parent, title, width=680)
        self.paper_title, self.table_title = Label("", CARD_TITLE), Label("", CARD_TITLE)
        self.days = QComboBox()
        self.days.setProperty("ownFocus", True)
        self.days.setMinimumWidth(180)
        self.days.setEnabled(False)
        self.paper = DayPaper(station)
        self.table_text = Label("", SECOND, wrap=True)
        self.table = TableButton()
        self.table.offer(name, table)
        self.close_button = PlainButton("", size=LARGE)
        self.close_button.setAutoDefault(False)
        head = HBox(spacing=12)
        head.addWidget(self.paper_title)
        head.addStretch(1)
        head.addWidget(self.days)
        self.body.addWidget(Label(title, PAGE_TITLE))
        self.body.add_gap(18)
        self.body.addLayout(head)
        self.body.add_gap(6)
        self.body.addWidget(self.paper)
        self.body.add_gap(18)
        self.body.addWidget(Separator())
        self.body.add_gap(16)
        self.body.addWidget(self.table_title)
        self.body.add_gap(6)
        self.body.addWidget(self.table_text)
        self.body.add_gap(10)
        self.body.addWidget(self.table)
        self.buttons.addWidget(self.close_button)
        self.close_button.clicked.connect(self.reject)
        self.days.activated.connect(self._choose)
        self.retranslate()
        station.ask(self, _days, self._take)

    def _take(self, days: tuple[str, ...]) -> None:
        self.days.addItems(days)
        self.days.setEnabled(bool(days))
        if days:
            self._choose()
        else:
            self.paper.text.setText(self.tr("还没有营业过，没有日报"))

    def _choose(self) -> None:
        self.paper.show_day(self.days.currentText())

    def retranslate(self) -> None:
        """Take all words anew."""
        self.paper_title.setText(self.tr("营业日报"))
        self.days.setAccessibleName(self.tr("营业日"))
        self.table_title.setText(self.tr("经营数据"))
        self.table_text.setText(self.tr("这段时间的等候、办理和承诺，可用表格软件打开"))
        self.close_button.setText(self.tr("返回"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
