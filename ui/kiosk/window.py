"""Owns the kiosk's window: which page is on, for whom it stands, and when it goes home."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from branch.kernel.errors import TingtangError
from branch.lobby.queries.screens import Kiosk, kiosk
from ui.kiosk.booking import LENGTH, BookingPage
from ui.kiosk.errands import Errands, Taken
from ui.kiosk.home import HomePage
from ui.kiosk.mode import HEIGHT, WIDTH, Mode
from ui.kiosk.notice import NoticePage
from ui.kiosk.page import Page
from ui.kiosk.services import ServicesPage
from ui.kiosk.ticket import TicketPage
from ui.shell.language import CHINESE, ENGLISH, language
from ui.shell.station import Station, sentence
from ui.shell.theme import apply_theme
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.stage import ScaledStage, VBox

_TOPICS = frozenset({"ticket", "counter", "catalogue", "help"})
_TOUCHES = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.KeyPress,
)
_GUIDED_S = 12


class KioskWindow(QWidget):
    """The kiosk, as in pictures a to d."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("kiosk")
        self._station = station
        self._mode = Mode()
        self._kiosk: Kiosk | None = None
        self._asking = self._stale = self._busy = self._lost = False
        self._touched = station.now_ms()
        self._notice_until = 0
        self._scanned = ""
        self.errands = Errands(station, self)
        self._build()
        self._wire()
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self.setWindowTitle(self.tr("取号机"))
        install_focus_ring(self)
        self.resize(WIDTH, HEIGHT)
        self._ask()

    def sizeHint(self) -> QSize:
        """The size of the pictures."""
        return QSize(WIDTH, HEIGHT)

    def _build(self) -> None:
        station = self._station
        self.home = HomePage(station)
        self.services = ServicesPage(station)
        self.booking = BookingPage(station)
        self.ticket = TicketPage(station)
        self.help = NoticePage(station, "help")
        self.question = NoticePage(station, "elder")
        self.guide = NoticePage(station, "machine")
        self.still = NoticePage(station, "stopwatch")
        self.sorry = NoticePage(station, "wifi-off")
        self.stage = ScaledStage(WIDTH, HEIGHT)
        self.pages = QStackedWidget()
        for page in (
            self.home, self.services, self.booking, self.ticket, self.help, self.question,
            self.guide, self.still, self.sorry,
        ):  # fmt: skip
            self.pages.addWidget(page)
        column = VBox(parent=self.stage.content)
        column.addWidget(self.pages)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stage)

    def _wire(self) -> None:
        station = self._station
        station.changed.connect(self._on_changed)
        station.offline.connect(self._on_offline)
        station.online.connect(self._on_online)
        station.complained.connect(self._on_complained)
        home, services = self.home, self.services
        home.group_chosen.connect(self.open_group)
        home.booking_wanted.connect(self._open_booking)
        home.help_wanted.connect(self.ask_help)
        home.elder_wanted.connect(lambda elder: self._stand(Mode(elder, self._mode.contrast)))
        home.contrast_wanted.connect(self._turn_contrast)
        home.low_wanted.connect(self._turn_low)
        home.language_wanted.connect(self._turn_language)
        services.back_wanted.connect(self.go_home)
        services.help_wanted.connect(self.ask_help)
        services.counter_wanted.connect(self._want_counter)
        services.machine_wanted.connect(self._guide_to_machine)
        self.booking.back_wanted.connect(self.go_home)
        self.booking.completed.connect(self._redeem)
        self.ticket.done.connect(self.leave)
        app = QCoreApplication.instance()
        assert app is not None  # there is no window without an application
        app.installEventFilter(self)

    # -- what is on -----------------------------------------------------------------------------

    def _show(self, page: Page) -> None:
        self.pages.setCurrentWidget(page)
        page.setFocus()

    def page(self) -> Page:
        """The page that is on."""
        on = self.pages.currentWidget()
        assert isinstance(on, Page)  # every widget of the stack is one
        return on

    def _stand(self, mode: Mode) -> None:
        self._mode = mode
        apply_theme(self, "hc" if mode.contrast else "light")
        for page in (self.home, self.services, self.booking, self.ticket):
            page.stand(mode)

    def go_home(self) -> None:
        """The first page, for the same customer."""
        self._busy = False
        self.home.stand(self._mode)
        self._show(self.home)

    def leave(self) -> None:
        """The first page as everybody finds it: nothing of the last customer is left."""
        self.ticket.forget()
        self.booking.begin()
        self._scanned = ""
        language().choose(CHINESE)
        self._stand(Mode())
        self.go_home()

    def open_group(self, code: str) -> None:
        """The services of a group."""
        if self._kiosk is not None:
            entry = next(item for item in self._kiosk.groups if item.group.code == code)
            self.services.show_group(entry, self._mode)
            self._show(self.services)

    def _open_booking(self) -> None:
        self.booking.begin()
        self.booking.stand(self._mode)
        self._show(self.booking)

    def _turn_contrast(self) -> None:
        self._stand(Mode(self._mode.elder, not self._mode.contrast, self._mode.low))

    def _turn_low(self) -> None:
        self._stand(Mode(self._mode.elder, self._mode.contrast, not self._mode.low))

    def _turn_language(self) -> None:
        language().choose(CHINESE if language().code == ENGLISH else ENGLISH)

    # -- errands --------------------------------------------------------------------------------

    def _want_counter(self, service: str) -> None:
        if self._mode.elder:
            self.errands.ask_age(lambda age: self._ask_age(service, age))
        else:
            self._take(service, frozenset())

    def _ask_age(self, service: str, age: int) -> None:
        self.question.say(
            self._mode,
            lambda: (
                self.tr("您满 {age} 周岁吗？").format(age=age),
                self.tr("满 {age} 周岁的客户可以提前办理").format(age=age),
            ),
            (lambda: self.tr("满了"), lambda: self._take(service, frozenset({"elderly"}))),
            (lambda: self.tr("还没有"), lambda: self._take(service, frozenset())),
        )
        self._show(self.question)

    def _take(self, service: str, classes: frozenset[str], booking: str = "") -> None:
        if self._busy:
            return
        self._busy = True
        offered = not self._mode.elder and not booking
        self.errands.take(
            service, classes, booking, offered, self._on_taken,
            self._on_booking_refused if booking else self._on_refused,
        )  # fmt: skip

    def _on_taken(self, taken: Taken) -> None:
        self._busy = False
        self.ticket.stand(self._mode)
        self.ticket.show_slip(taken.slip, free=taken.free)
        self._show(self.ticket)
        self.errands.print(taken.slip.id, self.ticket.show_print)

    def _redeem(self, code: str) -> None:
        self._take("", frozenset(), booking=code)

    def _on_booking_refused(self, error: TingtangError) -> None:
        self._busy = False
        self.booking.stand(self._mode)
        self.booking.refuse(sentence(error))
        self._show(self.booking)

    def _on_refused(self, error: TingtangError) -> None:
        self._busy = False
        self._station.complain(error)

    def _on_complained(self, text: str) -> None:
        self._notice(self.help, lambda: (text, self.tr("也可以请大堂经理帮忙")))

    def ask_help(self) -> None:
        """Call the lobby manager; the page tells when he is on his way."""
        self.errands.ask_help()
        self._notice(
            self.help,
            lambda: (
                self.tr("大堂经理已经过来，请稍等")
                if self.errands.answered
                else self.tr("大堂经理马上过来"),
                self.tr("请在这里等一下，不用离开"),
            ),
        )

    def _guide_to_machine(self, service: str) -> None:
        self.errands.note_machine(service)
        self._notice(
            self.guide,
            lambda: (
                self.tr("请到自助机办理"),
                self.tr("不用取号。不会用的话，请按“我需要帮助”"),
            ),
        )
        self._notice_until = self._station.now_ms() + _GUIDED_S * 1000

    def _notice(self, page: NoticePage, words: object) -> None:
        page.say(self._mode, words, (lambda: self.tr("返回首页"), self.leave))  # type: ignore[arg-type]
        self._notice_until = 0
        self._show(page)

    # -- time -----------------------------------------------------------------------------------

    def tick(self) -> None:
        """Once a second: clocks, the ticket's countdown, and whether anybody is still there."""
        if self._lost:
            return
        now = self._station.now_ms()
        self.home.tick()
        on = self.page()
        if on is self.ticket:
            if self.ticket.tick():
                self.leave()
            return
        if self._notice_until and on is self.guide and now >= self._notice_until:
            self.leave()
            return
        if on is self.home and self._mode == Mode() and language().code == CHINESE:
            self._touched = now
            return
        quiet = (now - self._touched) // 1000
        if quiet >= self._mode.home_s:
            self.leave()
        elif quiet >= self._mode.quiet_s and on is not self.still:
            self._ask_still_there(on)

    def _ask_still_there(self, before: Page) -> None:
        left = self._mode.home_s - self._mode.quiet_s

        self.still.say(
            self._mode,
            lambda: (
                self.tr("您还在吗？"),
                self.tr("没有操作时，{n} 秒后返回首页，您的资料会清除").format(n=left),
            ),
            (lambda: self.tr("继续办理"), lambda: self._show(before)),
            (lambda: self.tr("返回首页"), self.leave),
        )
        self._show(self.still)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every touch on this window says that somebody is there."""
        if event.type() in _TOUCHES and isinstance(watched, QWidget) and watched.window() is self:
            self._touched = self._station.now_ms()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A scanner types a booking's digits and Enter, wherever the kiosk is."""
        if event.text().isdigit():
            self._scanned = (self._scanned + event.text())[-LENGTH:]
        elif event.text() in ("\r", "\n") and len(self._scanned) == LENGTH:
            code, self._scanned = self._scanned, ""
            self._redeem(code)
        else:
            super().keyPressEvent(event)

    # -- the store ------------------------------------------------------------------------------

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self._ask()
        if "help" in topics:
            self.errands.look_for_help(self.help.retranslate)

    def _ask(self) -> None:
        if self._asking:
            self._stale = True
            return
        self._asking, self._stale = True, False
        self._station.ask(self, kiosk, self._take_picture, self._not_taken)

    def _take_picture(self, shown: Kiosk) -> None:
        self._kiosk, self._asking = shown, False
        self.home.show_kiosk(shown)
        for entry in shown.groups:
            if entry.group.code == self.services.group():
                self.services.refresh_group(entry)
        if self._stale:
            self._ask()

    def _not_taken(self, error: TingtangError) -> None:
        self._asking = False

    def _on_offline(self, text: str, tries: int) -> None:
        self._busy = False
        if not self._lost:
            self._lost = True
            self.sorry.say(
                Mode(),
                lambda: (
                    self.tr("对不起，本机暂时不能取号"),
                    self.tr("请找大堂经理。恢复后这里会自动回到首页"),
                ),
            )
            self._show(self.sorry)

    def _on_online(self) -> None:
        self._lost = False
        self._ask()
        self.leave()
