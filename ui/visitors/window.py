"""Owns the register's window: what stands where, when it is asked anew; runs no command."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from branch.people.rules import may_read, permits
from branch.visitors.commands.register import SignedInVisitor
from branch.visitors.queries.register import VisitorLine
from ui.shell.asking import Asking
from ui.shell.desk_rail import DeskRail
from ui.shell.station import Station
from ui.visitors.close_dialog import CloseDialog
from ui.visitors.day_sheet import DaySheetDialog
from ui.visitors.deeds import Deeds
from ui.visitors.expect_dialog import ExpectDialog
from ui.visitors.figures import FiguresCard
from ui.visitors.form import SignInForm
from ui.visitors.host_window import HostWindow
from ui.visitors.list_panel import BLOCKS, ListPanel
from ui.visitors.picture import Picture, picture
from ui.visitors.roll_call_page import RollCallPage
from ui.visitors.roll_call_panel import RollCallPanel
from ui.visitors.roll_desk import RollDesk
from ui.visitors.strips import StillInsideStrip
from ui.visitors.top import RegisterBar
from ui.widgets.away_strip import AwayStrip
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.glass_bar import GlassBar
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.toast import Toaster

REGISTER, ROLL_CALL = "register", "roll_call"
# What the window shows; a change of anything else is none of its business.
_TOPICS = frozenset({"visitor", "badge", "ticket", "session", "staff", "catalogue", "day"})
_ROOMY_FROM = 1360
_TICK_MS = 5000


class VisitorsWindow(QWidget):
    """The register, as in picture h: figures, lists and roll call left, the form right."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("visitors")
        self._station = station
        self.shown: Picture | None = None
        self.asking: Asking[Picture] = Asking(station, self, self._question, self._take)
        self.roll_desk = RollDesk(station, self)
        self.roll_page: RollCallPage | None = None
        self._build()
        self.toaster = Toaster(self)
        self.deeds = Deeds(self, station, self.toaster)
        self._wire()
        self._minute = station.now().replace(second=0, microsecond=0)
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
        self.rail = DeskRail(self._station, REGISTER)
        self.top = RegisterBar(self._station)
        self.away, self.reminder = AwayStrip(self._station), StillInsideStrip(self._station)
        self.glass = GlassBar(self._station)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._register_page())
        self._body = QHBoxLayout()
        self._body.addWidget(self.pages)
        main = VBox()
        for part in (self.top, self.away, self.reminder, self.glass):
            main.addWidget(part)
        main.addLayout(self._body, 1)
        whole = HBox(parent=self)
        whole.addWidget(self.rail)
        whole.addLayout(main, 1)

    def _register_page(self) -> QWidget:
        self.figures = FiguresCard()
        self.lists = ListPanel(self._station)
        self.roll_panel = RollCallPanel(self.roll_desk)
        self.form = SignInForm(self._station)
        if not permits("SignInVisitor", self._station.person.roles):
            self.form.hide()
        page = QWidget()
        left = VBox(spacing=16)
        left.addWidget(self.figures)
        left.addWidget(self.lists, 1)
        left.addWidget(self.roll_panel)
        self._row = QHBoxLayout(page)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(left, 1)
        self._row.addWidget(self.form)
        return page

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up margins before words and targets."""
        super().resizeEvent(event)
        narrow = self.width() < _ROOMY_FROM
        side = 16 if narrow else 24
        self._body.setContentsMargins(side, side if narrow else 20, side, side if narrow else 20)
        self._row.setSpacing(16 if narrow else 20)
        self.lists.set_narrow(narrow)

    def _wire(self) -> None:
        station, lists, deeds = self._station, self.lists, self.deeds
        station.changed.connect(self._on_changed)
        station.complained.connect(self._on_complained)
        station.online.connect(self.asking.ask)
        self.reminder.pressed.connect(self.close_register)
        self.rail.here.connect(partial(self.show_page, REGISTER))
        self.top.expect_button.clicked.connect(self.expect)
        self.top.sheet_button.clicked.connect(self._show_sheet)
        self.top.close_button.clicked.connect(self.close_register)
        self.figures.print_button.clicked.connect(self.roll_desk.print_roster)
        lists.acted.connect(deeds.act)
        lists.opened.connect(deeds.open)
        lists.menu_wanted.connect(deeds.fill_menu)
        lists.expect_wanted.connect(self.expect)
        deeds.come_wanted.connect(self._fill_form)
        deeds.list_wanted.connect(partial(lists.show_list, BLOCKS))
        self.form.done.connect(self._on_signed_in)
        self.roll_panel.page_wanted.connect(partial(self.show_page, ROLL_CALL))
        for part in (lists, self.form):
            part.told.connect(self.toaster.show_toast)
        self.roll_desk.told.connect(self.toaster.show_toast)
        for keys, act in (
            ("F2", self._to_form),
            ("F9", partial(self.show_page, ROLL_CALL)),
            ("Alt+1", partial(self.show_page, REGISTER)),
            ("Alt+2", partial(self.show_page, ROLL_CALL)),
            ("Ctrl+F", self._to_search),
            ("Ctrl+P", self.roll_desk.print_roster),
            ("Ctrl+L", station.lock_wanted.emit),
            ("Ctrl+Z", self.toaster.undo_last),
        ):
            self._key(keys, act)

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> partial[Picture]:
        now = self._station.now()
        return partial(picture, day=f"{now:%Y-%m-%d}", now=self._station.now_ms())

    def _take(self, shown: Picture) -> None:
        self.shown = shown
        register = shown.register
        self.figures.show_figures(register.figures)
        self.lists.show_register(register)
        self.form.set_next_badge(register.next_badge)
        self.top.show_guards(shown.guards)
        self.rail.set_badge(REGISTER, len(register.held))
        self.reminder.show_register(register)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    def tick(self) -> None:
        """Each new minute what depends on the hour is said anew, each new day is asked for."""
        minute = self._station.now().replace(second=0, microsecond=0)
        if minute == self._minute:
            return
        another_day = minute.date() != self._minute.date()
        self._minute = minute
        self.top.say_day()
        self.lists.say_anew()
        self.reminder.remind()
        if another_day:
            self.asking.ask()

    # -- pages ----------------------------------------------------------------------------------

    def show_page(self, key: str) -> None:
        """Go to the register or to the roll call."""
        if key == ROLL_CALL:
            self.pages.setCurrentWidget(self._roll_page())
        else:
            self.pages.setCurrentIndex(0)

    def _roll_page(self) -> RollCallPage:
        if self.roll_page is None:
            self.roll_page = RollCallPage(self.roll_desk)
            self.pages.addWidget(self.roll_page)
        return self.roll_page

    def _to_form(self) -> None:
        self.show_page(REGISTER)
        if self.form.isVisible():
            self.form.focus_first()

    def _to_search(self) -> None:
        self.show_page(REGISTER)
        self.lists.search.setFocus()
        self.lists.search.selectAll()

    # -- what is pressed ------------------------------------------------------------------------

    def _fill_form(self, line: VisitorLine) -> None:
        self.form.fill_from(line)
        self._to_form()

    def _on_signed_in(self, noted: SignedInVisitor) -> None:
        self.lists.choose_when_there(noted.id)

    def expect(self) -> None:
        """Announce a visitor."""
        dialog = ExpectDialog(self, self._station)
        dialog.announced.connect(self.toaster.show_toast)
        dialog.open()

    def close_register(self) -> None:
        """Ask who is still inside, and end the day."""
        if self.shown is None:
            return
        dialog = CloseDialog(self, self._station, self.shown.register)
        dialog.closed.connect(lambda: self.toaster.show_toast(self.tr("今天的登记已结束")))
        dialog.open()

    def _show_sheet(self) -> None:
        DaySheetDialog(self, self._station).open()

    # -- refusals, language ---------------------------------------------------------------------

    def _on_complained(self, text: str) -> None:
        self.toaster.show_toast(text, State.ATTENTION)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing ticks behind a closed window."""
        self._clock.stop()
        super().closeEvent(event)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.setWindowTitle(self.tr("厅堂 来访登记"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def register_window(station: Station) -> QWidget:
    """The register for who may read it; for who may only expect visitors, his own."""
    if may_read("register", station.person.roles):
        return VisitorsWindow(station)
    return HostWindow(station)
