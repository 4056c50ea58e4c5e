"""Owns the manager's window: its pages, the period, trouble; knows no figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from branch.people.rules import may_read
from ui.dashboard.actions import ActionsPage
from ui.dashboard.complaints import ComplaintsPage
from ui.dashboard.export_dialog import ExportDialog
from ui.dashboard.fairness import FairnessPage
from ui.dashboard.feedback import FeedbackPage
from ui.dashboard.overview import OverviewPage
from ui.dashboard.periods import PERIODS
from ui.dashboard.tables import table_name, table_text
from ui.dashboard.whatif import WhatIfPage
from ui.shell.desk_rail import DeskRail
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.banner import Banner
from ui.widgets.button import PlainButton
from ui.widgets.calendar_banner import CalendarBanner
from ui.widgets.choice import SegmentedControl
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.frame import TopBar
from ui.widgets.glass_bar import GlassBar
from ui.widgets.scoreboard_panel import ScoreboardPanel
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.toast import Toaster

translate = QCoreApplication.translate


@dataclass(frozen=True)
class _Page:
    """A page: its key, its name in the language of the moment, how it is made."""

    key: str
    name: Callable[[], str]
    make: Callable[[Station], QWidget]


_OVERVIEW = "waits"
# What a page shows that not everybody with a dashboard may read.
_READS = {"complaints": "complaint_figures"}
_PAGES = (
    _Page(_OVERVIEW, lambda: translate("DashboardWindow", "等候"), OverviewPage),
    _Page("promises", lambda: translate("DashboardWindow", "承诺"), ScoreboardPanel),
    _Page("fairness", lambda: translate("DashboardWindow", "公平"), FairnessPage),
    _Page("whatif", lambda: translate("DashboardWindow", "假如"), WhatIfPage),
    _Page("feedback", lambda: translate("DashboardWindow", "反馈"), FeedbackPage),
    _Page("complaints", lambda: translate("DashboardWindow", "投诉"), ComplaintsPage),
    _Page("actions", lambda: translate("DashboardWindow", "整改"), ActionsPage),
)


class DashboardWindow(QWidget):
    """Rail, top bar with the period and 导出, the pages below (picture l)."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("dashboard")
        self._station = station
        self._lost_at = ""
        self._trouble: tuple[str, int] | None = None
        self.overview = OverviewPage(station)
        roles = station.person.roles
        self._pages = [
            page for page in _PAGES if page.key not in _READS or may_read(_READS[page.key], roles)
        ]
        self._made: dict[str, QWidget] = {_OVERVIEW: self.overview}
        self._build()
        self.toaster = Toaster(self)
        self._wire()
        self.retranslate()
        install_focus_ring(self)
        self.setMinimumSize(1280, 800)
        self.resize(1440, 900)

    def sizeHint(self) -> QSize:
        """The size of the picture."""
        return QSize(1440, 900)

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.rail = DeskRail(self._station, "dashboard")
        self.top = TopBar("", clock=self._station.now)
        self.period = SegmentedControl([(key, "") for key in PERIODS])
        self.export_button = PlainButton("", icon="export")
        self.top.chips.addWidget(self.period)
        self.top.chips.addWidget(self.export_button)
        self.banner = Banner()
        self.glass = GlassBar(self._station)
        self.choice = SegmentedControl([(page.key, "") for page in self._pages])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.overview)
        row = HBox()
        row.addWidget(self.choice)
        row.addStretch(1)
        body = VBox(spacing=14, margins=(24, 14, 24, 20))
        body.addLayout(row)
        body.addWidget(self.stack, 1)
        main = VBox()
        main.addWidget(self.top)
        main.addWidget(self.banner)
        main.addWidget(self.glass)
        main.addWidget(CalendarBanner(self._station))
        main.addLayout(body, 1)
        whole = HBox(parent=self)
        whole.addWidget(self.rail)
        whole.addLayout(main, 1)

    def _wire(self) -> None:
        station = self._station
        station.complained.connect(self._on_complained)
        station.offline.connect(self._on_offline)
        station.online.connect(self._on_online)
        self.banner.pressed.connect(station.retry_now)
        self.choice.chosen.connect(self.show_page)
        self.period.chosen.connect(self.overview.show_period)
        self.export_button.clicked.connect(self._export)
        for at, page in enumerate(self._pages, 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{at}"), self)
            shortcut.activated.connect(partial(self.show_page, page.key))
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(station.lock_wanted)
        if may_read("register", station.person.roles):
            # The key of the roll call in the register: twice is there from anywhere.
            to_register = partial(station.place_wanted.emit, "register")
            QShortcut(QKeySequence("F9"), self).activated.connect(to_register)

    # -- pages ----------------------------------------------------------------------------------

    def show_page(self, key: str) -> QWidget:
        """Go to a page; it is made the first time somebody goes there."""
        if key not in self._made:
            make = next(page.make for page in self._pages if page.key == key)
            self._made[key] = make(self._station)
            self.stack.addWidget(self._made[key])
            if isinstance(page := self._made[key], ActionsPage | ComplaintsPage):
                page.said.connect(self.toaster.show_toast)
        self.choice.set_current(key)
        self.stack.setCurrentWidget(self._made[key])
        # The other pages have days of their own.
        self.period.setVisible(key == _OVERVIEW)
        return self._made[key]

    def _export(self) -> None:
        shown = self.overview.shown
        if shown is None:
            ExportDialog(self, self._station, "", None).open()
            return
        ExportDialog(self, self._station, table_name(shown), lambda: table_text(shown)).open()

    # -- trouble, language ----------------------------------------------------------------------

    def _on_complained(self, text: str) -> None:
        self.toaster.show_toast(text, State.ATTENTION)

    def _on_offline(self, text: str, tries: int) -> None:
        # Until then every change has been followed.
        self._lost_at = self._lost_at or f"{self._station.now():%H:%M}"
        self._trouble = (text, tries)
        self._show_trouble()

    def _on_online(self) -> None:
        self._trouble, self._lost_at = None, ""
        self.banner.clear()

    def _show_trouble(self) -> None:
        if self._trouble is None:
            return
        text, tries = self._trouble
        stopped = self.tr("数据停在 {time}").format(time=self._lost_at)
        trying = self.tr("正在重试，第 {n} 次").format(n=tries)
        told = self.tr("，").join((text, stopped, trying))
        self.banner.show_text(told, button=self.tr("现在重试"))

    def retranslate(self) -> None:
        """Take all words anew."""
        self.setWindowTitle(self.tr("厅堂 经营"))
        self.top.set_title(self.tr("经营看板"))
        self.top.set_subtitle(self._station.branch.name.text(language().code))
        self.period.setAccessibleName(self.tr("统计时间"))
        self.period.set_texts(
            {
                "today": self.tr("今天"),
                "week": self.tr("本周"),
                "month": self.tr("本月"),
                "quarter": self.tr("本季"),
            }
        )
        self.export_button.setText(self.tr("导出"))
        self.choice.setAccessibleName(self.tr("看板的页面"))
        self.choice.set_texts({page.key: page.name() for page in self._pages})
        self._show_trouble()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
