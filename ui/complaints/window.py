"""Owns the complaint desk's window: what stands where, when it is asked anew; runs no command."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from branch.kernel.store import Store
from branch.people.rules import Role
from ui.complaints.answers_page import AnswersPage
from ui.complaints.board_page import BoardPage
from ui.complaints.case_view import CaseView
from ui.complaints.deeds import Deeds
from ui.complaints.finder import Finder
from ui.complaints.keys import install_keys
from ui.complaints.list_panel import ListPanel
from ui.complaints.paper_deeds import PaperDeeds
from ui.complaints.picture import Picture, picture, scoped
from ui.complaints.record import CaseRecord, case_record
from ui.complaints.side import Side
from ui.complaints.top import ANSWERS, BOARD, LIST, DeskBar
from ui.shell.asking import Asking, Pace
from ui.shell.desk_rail import DeskRail
from ui.shell.station import Station
from ui.widgets.away_strip import AwayStrip
from ui.widgets.calendar_banner import CalendarBanner
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.glass_bar import GlassBar
from ui.widgets.room_desk import RoomDesk
from ui.widgets.room_strip import RoomStrip
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.toast import Toaster

_TOPICS = frozenset({"complaint", "action", "staff", "calendar", "drill"})
_ROOMY_FROM = 1360
_TICK_MS = 1_000


class ComplaintsWindow(QWidget):
    """Picture i: the list left, the case in the middle, what is to be done at the right."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("complaints")
        self._station = station
        self.shown: Picture | None = None
        self.finder = Finder(station, self, self._show_list)
        self._case: int | None = None
        self.asking: Asking[Picture] = Asking(station, self, self._question, self._take)
        self.case_asking: Asking[CaseRecord | None] = Asking(
            station, self, self._case_question, self._take_case
        )
        self.pace = Pace(self, self._follow)
        self._build()
        self.toaster = Toaster(self)
        self.deeds = Deeds(self, station, self.toaster)
        self.papers = PaperDeeds(self, station, self.view, self.deeds)
        self.room_desk = RoomDesk(self, station, self.toaster, self.rooms, case=lambda: self._case)
        self._wire()
        self._day = station.now().date()
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self.retranslate()
        install_focus_ring(self)
        self.setMinimumSize(1280, 800)
        self.resize(1440, 900)
        self.asking.ask()

    def sizeHint(self) -> QSize:
        """The size of the picture."""
        return QSize(1440, 900)

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        station = self._station
        self.rail = DeskRail(station, "complaints")
        self.top = DeskBar(station)
        self.away, self.glass = AwayStrip(station), GlassBar(station)
        self.list = ListPanel(station.person.roles)
        self.view = CaseView(station)
        self.side = Side(station)
        self._page = QWidget()
        self._row = QHBoxLayout(self._page)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.list)
        self._row.addWidget(self.view, 1)
        self._row.addWidget(self.side)
        self.board = BoardPage()
        self.pages = QStackedWidget()
        self.pages.addWidget(self._page)
        self.pages.addWidget(self.board)
        self.answers: AnswersPage | None = None
        self.rooms = RoomStrip(station)
        self._body = QVBoxLayout()
        self._body.addWidget(self.rooms)
        self._body.addWidget(self.pages, 1)
        main = VBox()
        for part in (self.top, self.away, CalendarBanner(station), self.glass):
            main.addWidget(part)
        main.addLayout(self._body, 1)
        whole = HBox(parent=self)
        whole.addWidget(self.rail)
        whole.addLayout(main, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up margins and the list's width before words and targets."""
        super().resizeEvent(event)
        narrow = self.width() < _ROOMY_FROM
        side = 16 if narrow else 24
        end = 16 if narrow else 20
        self._body.setContentsMargins(side, end, side, end)
        for layout in (self._row, self._body):
            layout.setSpacing(12 if narrow else 16)
        self.list.setFixedWidth(310 if narrow else 360)

    def _wire(self) -> None:
        station = self._station
        station.changed.connect(self._on_changed)
        station.complained.connect(self._on_complained)
        station.online.connect(self._ask_all)
        self.rail.here.connect(partial(self.show_page, LIST))
        self.top.pages.chosen.connect(self.show_page)
        self.top.search.wanted.connect(self._search)
        self.top.register_button.clicked.connect(self.deeds.register)
        self.list.register_wanted.connect(self.deeds.register)
        self.list.asked.connect(self._show_list)
        self.list.chosen.connect(self.open_case)
        self.list.opened.connect(self._enter_case)
        self.list.print_wanted.connect(self.papers.batch)
        self.board.opened.connect(self._open_from_board)
        self.side.wanted.connect(self._do)
        self.deeds.case_wanted.connect(self.go_to_case)
        for section in (self.view.visit_section, self.view.action_section):
            section.step_wanted.connect(self._do)
            section.said.connect(self.toaster.show_toast)
        self.view.files.changed.connect(self._ask_all)
        self.top.verify_button.clicked.connect(self.papers.verify)
        self.papers.said.connect(self.toaster.show_toast)
        keys = (
            ("J", partial(self.list.list.step, 1)),
            ("K", partial(self.list.list.step, -1)),
            ("N", self.deeds.register),
            ("P", self.papers.choose),
            ("V", self.papers.verify),
            ("Shift+P", self.papers.print_all),
            ("Ctrl+F", self._to_search),
            ("Ctrl+P", self.list.want_batch),
            ("Alt+1", partial(self.show_page, LIST)),
            ("Alt+2", partial(self.show_page, BOARD)),
            ("Alt+3", partial(self.show_page, ANSWERS)),
            ("Ctrl+L", station.lock_wanted.emit),
            ("Ctrl+Z", self.toaster.undo_last),
        )
        install_keys(self, keys, self.side.steps.press)

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], Picture]:
        return partial(picture, staff=self._station.person.staff)

    def _case_question(self) -> Callable[[Store], CaseRecord | None]:
        person = self._station.person
        return partial(
            case_record,
            complaint=self._case or 0,
            staff=person.staff,
            roles=person.roles,
            today=self._station.now().date(),
        )

    def _ask_all(self) -> None:
        self.asking.ask()
        if self._case is not None:
            self.case_asking.ask()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.pace.soon()

    def _follow(self) -> None:
        self._ask_all()
        if self.list.searched:
            self.finder.search(self.list.searched)

    def tick(self) -> None:
        """A new day moves every chip."""
        today = self._station.now().date()
        if today != self._day:
            self._day = today
            self._ask_all()

    # -- the lists ------------------------------------------------------------------------------

    def _take(self, shown: Picture) -> None:
        self.shown = shown
        self.top.show_running(len(shown.running))
        self.board.show_lines(shown.running, self._station.now().date())
        self._show_list()

    def _show_list(self) -> None:
        if self.shown is None:
            return
        person = self._station.person
        lines = self.finder.lines
        if not self.list.searched:
            contact = Role.COMPLAINT_OFFICER in person.roles
            scope, order = self.list.scope.code(), self.list.order.code()
            lines = scoped(self.shown, scope, order, person.staff, contact)
        self.list.show_lines(lines, self._station.now().date())
        if self._case is None and lines:
            self.open_case(lines[0].id)
        elif self._case is not None:
            self.list.list.choose(self._case)

    def _search(self, text: str) -> None:
        self.list.set_searched(text)
        if not text:
            self._show_list()
            return
        self.show_page(LIST)
        self.finder.search(text)

    # -- the case -------------------------------------------------------------------------------

    def open_case(self, complaint: int) -> None:
        """Show a case in the middle."""
        if complaint != self._case:
            self._case = complaint
            self.case_asking.ask()
        self.list.list.choose(complaint)

    def _enter_case(self, complaint: int) -> None:
        self.open_case(complaint)
        self.view.area.setFocus()

    def _open_from_board(self, complaint: int) -> None:
        self.show_page(LIST)
        self.open_case(complaint)

    def _take_case(self, record: CaseRecord | None) -> None:
        if record is not None and record.detail.line.id != self._case:
            return
        self._case = None if record is None else self._case
        self.view.show_record(record)
        self.side.show_record(record)

    def _do(self, code: str) -> None:
        record = self.view.record()
        if record is not None:
            self.deeds.do(code, record, self.side.ticked())

    # -- pages, keys, refusals ------------------------------------------------------------------

    def show_page(self, key: str) -> None:
        """Go to the list, to the board, to the model answers."""
        self.top.pages.set_current(key)
        pages: dict[str, QWidget] = {LIST: self._page, BOARD: self.board}
        if key == ANSWERS and self.answers is None:
            self.answers = AnswersPage(self._station)
            self.answers.said.connect(self.toaster.show_toast)
            self.pages.addWidget(self.answers)
        if self.answers is not None:
            pages[ANSWERS] = self.answers
        self.pages.setCurrentWidget(pages[key])

    def _to_search(self) -> None:
        self.top.search.setFocus()
        self.top.search.selectAll()

    def go_to_case(self, complaint: int) -> None:
        """Show a case whatever was searched for or shown before."""
        self.top.search.clear_quietly()
        self.list.set_searched("")
        self._open_from_board(complaint)

    def _on_complained(self, text: str) -> None:
        self.toaster.show_toast(text, State.ATTENTION)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing ticks behind a closed window."""
        self._clock.stop()
        super().closeEvent(event)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.setWindowTitle(self.tr("厅堂 投诉处理"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
