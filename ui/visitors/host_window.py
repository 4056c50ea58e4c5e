"""Owns the window of whoever expects visitors and keeps no register; lists only his own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.visitors.queries.register import VisitorLine, announced_by
from ui.shell.asking import Asking
from ui.shell.desk_rail import DeskRail
from ui.shell.station import Station
from ui.visitors.cells import MINE
from ui.visitors.deeds import Deeds
from ui.visitors.expect_dialog import ExpectDialog
from ui.visitors.table import VisitorView
from ui.visitors.visitor_list import VisitorRows
from ui.widgets.away_strip import AwayStrip
from ui.widgets.button import SMALL_TOUCH, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.frame import TopBar
from ui.widgets.place_holder import EmptyState, LoadingRows
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.toast import Toaster

_MINUTE_MS = 60_000


class HostWindow(QWidget):
    """预约来访, and the visitors announced by or for this person; a row can be cancelled."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("visitors")
        self._station = station
        self.rail = DeskRail(station, "register")
        self.top = TopBar("", clock=station.now)
        self.expect_button = PrimaryButton("", size=SMALL_TOUCH, icon="calendar", key="F2")
        self.top.chips.addWidget(self.expect_button)
        self.away = AwayStrip(station)
        self.rows = VisitorRows(station, MINE, self)
        self.view = VisitorView()
        self.view.show_table(self.rows)
        self.empty, self.loading = EmptyState("id-card", ""), LoadingRows(row_height=56)
        card, inside = Card(), QWidget()
        self._pages = QStackedLayout(inside)
        for page in (self.loading, self.view, self.empty):
            self._pages.addWidget(page)
        VBox(margins=(1, 9, 1, 9), parent=card).addWidget(inside)
        body = VBox(margins=(24, 20, 24, 20))
        body.addWidget(card)
        main = VBox()
        main.addWidget(self.top)
        main.addWidget(self.away)
        main.addLayout(body, 1)
        whole = HBox(parent=self)
        whole.addWidget(self.rail)
        whole.addLayout(main, 1)
        self.toaster = Toaster(self)
        self.deeds = Deeds(self, station, self.toaster)
        question = partial(announced_by, staff=station.person.staff)
        self.asking: Asking[tuple[VisitorLine, ...]] = Asking(
            station, self, lambda: question, self._take
        )
        self._wire()
        self.retranslate()
        install_focus_ring(self)
        self.setMinimumSize(1280, 800)
        self.resize(1440, 900)
        self.loading.start()
        self.asking.ask()
        self.startTimer(_MINUTE_MS)

    def sizeHint(self) -> QSize:
        """As every desk window."""
        return QSize(1440, 900)

    def _wire(self) -> None:
        station = self._station
        station.changed.connect(self._on_changed)
        station.complained.connect(self._on_complained)
        station.online.connect(self.asking.ask)
        self.view.acted.connect(self.deeds.act)
        self.view.opened.connect(self.deeds.open)
        self.view.menu_wanted.connect(self.deeds.fill_menu)
        self.expect_button.clicked.connect(self.expect)
        QShortcut(QKeySequence("F2"), self).activated.connect(self.expect)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(station.lock_wanted)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & {"visitor", "staff"}:
            self.asking.ask()

    def _on_complained(self, text: str) -> None:
        self.toaster.show_toast(text, State.ATTENTION)

    def _take(self, lines: tuple[VisitorLine, ...]) -> None:
        self.loading.stop()
        self.rows.show(lines)
        self._pages.setCurrentWidget(self.view if lines else self.empty)

    def timerEvent(self, _event: object) -> None:
        """How long it still is changes by the minute."""
        self.rows.say_anew()

    def expect(self) -> None:
        """Announce a visitor."""
        dialog = ExpectDialog(self, self._station)
        dialog.announced.connect(self.toaster.show_toast)
        dialog.open()

    def retranslate(self) -> None:
        """Take all words anew."""
        self.setWindowTitle(self.tr("厅堂 来访登记"))
        self.top.set_title(self.tr("我预约的来访"))
        self.expect_button.setText(self.tr("预约来访"))
        self.view.setAccessibleName(self.tr("我预约的来访"))
        second = self.tr("预约后，访客到门岗时会通知您")
        self.empty.set_texts(self.tr("没有预约的访客"), second)
        self.rows.say_anew()
        self.view.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
