"""Owns the desk's top bar: how many run, the pages, search, 登记投诉; acts on nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent

from branch.people.rules import may_read, permits
from ui.shell.station import Station
from ui.widgets.button import AccentButton, PlainButton
from ui.widgets.choice import SegmentedControl
from ui.widgets.frame import TopBar
from ui.widgets.search_box import SearchBox

LIST, BOARD, ANSWERS = "list", "board", "answers"


class DeskBar(TopBar):
    """Title and count left; right the pages, the search field, 登记投诉, the clock."""

    def __init__(self, station: Station) -> None:
        super().__init__("", clock=station.now)
        self._running: int | None = None
        self._roles = station.person.roles
        self.pages = SegmentedControl([(key, "") for key in (LIST, BOARD, ANSWERS)], padding=12)
        self.search = SearchBox()
        self.search.setFixedWidth(256)
        self.register_button = AccentButton("", icon="plus")
        if not permits("Register", station.person.roles):
            self.register_button.hide()
        self.verify_button = PlainButton("", icon="scan")
        for widget in (self.pages, self.search, self.verify_button, self.register_button):
            self.chips.addWidget(widget)
        self.retranslate()

    def show_running(self, count: int) -> None:
        """How many cases are at work."""
        self._running = count
        self.set_subtitle(self.tr("在办 {n} 件").format(n=count))

    def retranslate(self) -> None:
        """Take all words anew."""
        self.set_title(self.tr("投诉处理"))
        if self._running is not None:
            self.show_running(self._running)
        self.pages.setAccessibleName(self.tr("页面"))
        self.pages.set_texts(
            {LIST: self.tr("列表"), BOARD: self.tr("看板"), ANSWERS: self.tr("参考答复")}
        )
        if may_read("complaint_values", self._roles):
            words = self.tr("编号、姓名、内容、承办人")
            more = self.tr("编号、姓名、事由、完整的电话查全部；事实、请求、承办人查近一年")
        else:
            words = self.tr("编号、内容、承办人")
            more = self.tr("编号、事由查全部；事实、请求、承办人查近一年")
        self.search.set_words(words, self.tr("查找投诉"), more)
        self.register_button.setText(self.tr("登记投诉"))
        self.verify_button.setText(self.tr("核验"))
        self.verify_button.setToolTip(self.tr("核验文书，按 V"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
