"""Owns the kiosk's window: which page is on, for whom it stands, and when it goes home."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from branch.catalogue.rules import offered_machine
from branch.kernel.errors import TingtangError
from ui.kiosk.booking import BookingPage
from ui.kiosk.elder import ElderHome, ElderList
from ui.kiosk.elder_service import ElderServicePage
from ui.kiosk.errands import Errands, Taken
from ui.kiosk.fading import FadingPicture
from ui.kiosk.hands import ENTER, ESCAPE, RUB, Hands
from ui.kiosk.home import HomePage
from ui.kiosk.mode import HEIGHT, WIDTH, Mode
from ui.kiosk.notice import HelpPage, LoadingPage, MachinePage, SorryPage
from ui.kiosk.page import KioskPage
from ui.kiosk.picture import Picture, picture
from ui.kiosk.services import ServicesPage
from ui.kiosk.still_there import StillThere
from ui.kiosk.ticket import TicketPage
from ui.shell.language import CHINESE, ENGLISH, language
from ui.shell.station import Station, sentence
from ui.shell.theme import apply_theme, motion
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.stage import ScaledStage, VBox

_TOPICS: Final = frozenset({"ticket", "counter", "catalogue", "day"})
# Digits that follow each other later than this were not typed by one scanner.
_SCAN_GAP_MS: Final = 2_000
_HOMES: Final = (HomePage, ElderHome)


class KioskWindow(QWidget):
    """The kiosk, as in pictures a to d. A page is made when it is shown, for the mode in force."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("kiosk")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._station = station
        self._mode = Mode()
        self._shown: Picture | None = None
        self._asking = self._stale = self._busy = self._lost = False
        self._language_before = ""
        self._scanned, self._scanned_at = "", 0
        self._question: StillThere | None = None
        self._errands = Errands(station, self)
        self.stage = ScaledStage(WIDTH, HEIGHT)
        self._column = VBox(parent=self.stage.content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stage)
        self._hands = Hands(self, station.now_ms, self._take_key)
        self._hands.touched.connect(self._on_touch)
        self._page: KioskPage = LoadingPage(station, self._mode)
        self._column.addWidget(self._page)
        station.changed.connect(self._on_changed)
        station.offline.connect(self._on_offline)
        station.online.connect(self._on_online)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.retranslate()
        install_focus_ring(self)
        self.resize(WIDTH, HEIGHT)
        self._ask()

    def sizeHint(self) -> QSize:
        """The size of the pictures."""
        return QSize(WIDTH, HEIGHT)

    def page(self) -> KioskPage:
        """The page that is on."""
        return self._page

    def question(self) -> StillThere | None:
        """The question whether anybody is there, while it is asked."""
        return self._question

    # -- what is on -----------------------------------------------------------------------------

    def _go(self, page: KioskPage) -> None:
        """Put another page on, and free the one before."""
        self._drop_question()
        before, self._page = self._page, page
        # Big letters come without any movement (look.md section 8).
        duration = 0 if self._mode.elder else motion().page
        fades = duration > 0 and self.isVisible()
        picture_before = before.grab() if fades else None
        page.back_wanted.connect(self.go_home)
        page.help_wanted.connect(self.ask_help)
        self._column.removeWidget(before)
        before.hide()
        before.deleteLater()
        self._column.addWidget(page)
        page.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._hands.note_page()
        if picture_before is not None:
            FadingPicture(picture_before, duration, self.stage.content)

    def go_home(self) -> None:
        """The first page, for the same customer."""
        self._busy = False
        if self._shown is None:
            return
        if self._mode.elder:
            elder = ElderHome(self._station, self._mode, self._shown)
            elder.group_wanted.connect(self._open_group)
            elder.contrast_wanted.connect(self._turn_contrast)
            elder.plain_wanted.connect(lambda: self._stand(replace(self._mode, elder=False)))
            self._go(elder)
            return
        home = HomePage(self._station, self._mode, self._shown)
        home.group_wanted.connect(self._open_group)
        home.booking_wanted.connect(self._open_booking)
        home.elder_wanted.connect(lambda: self._stand(replace(self._mode, elder=True)))
        home.contrast_wanted.connect(self._turn_contrast)
        home.low_wanted.connect(lambda: self._stand(replace(self._mode, low=not self._mode.low)))
        home.language_wanted.connect(self._turn_language)
        self._go(home)

    def leave(self) -> None:
        """The first page as everybody finds it: nothing of the last customer is left."""
        self._scanned = ""
        if self._language_before:
            before, self._language_before = self._language_before, ""
            language().choose(before)
        self._stand(Mode())

    def _stand(self, mode: Mode) -> None:
        if mode.contrast != self._mode.contrast:
            apply_theme(self, "hc" if mode.contrast else "light")
        self._mode = mode
        if self._lost:
            self._go(SorryPage(self._station, mode))
        else:
            self.go_home()

    def _turn_contrast(self) -> None:
        self._stand(replace(self._mode, contrast=not self._mode.contrast))

    def _turn_language(self) -> None:
        code = language().code
        self._language_before = self._language_before or code
        language().choose(CHINESE if code == ENGLISH else ENGLISH)
        if language().code == self._language_before:
            self._language_before = ""

    def _open_group(self, code: str) -> None:
        if self._shown is None:
            return
        if self._mode.elder:
            rows = ElderList(self._station, self._mode, self._shown, code)
            rows.chosen.connect(self._open_row)
            self._go(rows)
            return
        services = ServicesPage(self._station, self._mode, self._shown, code)
        services.counter_wanted.connect(lambda service: self._take(service, frozenset(), True))
        services.machine_wanted.connect(self._show_machine)
        self._go(services)

    def _open_row(self, code: str) -> None:
        """A row in big letters: a group without an everyday word, or a service."""
        found = self._shown.of_service(code) if self._shown else None
        if self._shown is None or found is None:
            self._open_group(code)
            return
        one = ElderServicePage(self._station, self._mode, self._shown, found[1])
        one.counter_wanted.connect(
            lambda service, old: self._take(
                service, frozenset({"elderly"} if old else ()), False
            )
        )
        one.machine_wanted.connect(self._show_machine)
        self._go(one)

    def _open_booking(self) -> BookingPage:
        booking = BookingPage(self._station, self._mode)
        booking.completed.connect(self._redeem)
        self._go(booking)
        return booking

    # -- errands --------------------------------------------------------------------------------

    def _take(self, service: str, classes: frozenset[str], offered: bool) -> None:
        if not self._busy:
            self._busy = True
            self._errands.take(service, classes, offered, self._on_taken, self._on_refused)

    def _redeem(self, code: str) -> None:
        if not self._busy:
            self._busy = True
            self._errands.redeem(
                code, self._on_taken, lambda error: self._on_booking_refused(code, error)
            )

    def _on_taken(self, taken: Taken) -> None:
        self._busy = False
        assert self._shown is not None  # the ticket was taken from it
        ticket = TicketPage(
            self._station, self._mode, self._shown, taken.slip, at_once=taken.at_once
        )
        ticket.done.connect(self.leave)
        self._go(ticket)
        self._errands.print(taken.slip.id, self._on_printed)

    def _on_printed(self, ticket: int, printed: bool) -> None:
        if isValid(self) and isinstance(self._page, TicketPage) and self._page.slip.id == ticket:
            self._page.show_print(printed)

    def _on_refused(self, error: TingtangError) -> None:
        self._busy = False
        if isinstance(self._page, ServicesPage | ElderServicePage):
            self._page.refuse(sentence(error))

    def _on_booking_refused(self, code: str, error: TingtangError) -> None:
        self._busy = False
        if not self._lost:
            on = self._page
            booking = on if isinstance(on, BookingPage) else self._open_booking()
            booking.refuse(code, sentence(error))

    def ask_help(self) -> None:
        """Call the lobby manager; the page tells when he is on his way."""
        self._errands.ask_help()
        self._go(HelpPage(self._station, self._mode))

    def _show_answered(self, answered: bool) -> None:
        if isinstance(self._page, HelpPage):
            self._page.show_answered(answered)

    def _show_machine(self, service: str) -> None:
        found = self._shown.of_service(service) if self._shown else None
        machine = offered_machine(found[1].channels) if found else None
        if machine is not None:
            self._errands.note_machine(service)
            guide = MachinePage(self._station, self._mode, machine)
            guide.done.connect(self.leave)
            self._go(guide)

    # -- time and touch -------------------------------------------------------------------------

    def tick(self) -> None:
        """Once a second: clocks, countdowns, and whether anybody is still there."""
        self._page.tick()
        now = self._station.now_ms()
        if isinstance(self._page, TicketPage | MachinePage):
            if now >= self._page.ends_at:
                self.leave()
            return
        if self._at_rest():
            return
        idle = (now - self._hands.touched_at) // 1000
        left = self._mode.ask_s + self._mode.leave_s - idle
        if left <= 0:
            self.leave()
        elif idle >= self._mode.ask_s:
            self._ask_still_there(left)

    def _at_rest(self) -> bool:
        """Whether the kiosk is as everybody finds it, or cannot serve anybody."""
        if isinstance(self._page, SorryPage | LoadingPage):
            return True
        plain = self._mode == Mode() and not self._language_before
        return plain and isinstance(self._page, HomePage)

    def _ask_still_there(self, left: int) -> None:
        if self._question is None:
            self._question = StillThere(self._mode, self.stage.content)
            self._question.stayed.connect(self._drop_question)
            self._question.left.connect(self.leave)
        self._question.count(left)

    def _drop_question(self) -> None:
        if self._question is not None:
            self._question.hide()
            self._question.deleteLater()
            self._question = None
            self._hands.note_page()

    def _on_touch(self) -> None:
        if isinstance(self._page, TicketPage | MachinePage):
            self._page.keep()

    def _take_key(self, key: str) -> bool:
        """A key for the kiosk itself: a booking's digits and Enter, or Esc for back."""
        if self._question is not None:
            if key == ENTER:
                return False
            self._drop_question()
        page = self._page
        if key == ESCAPE:
            if not isinstance(page, _HOMES):
                page.go_back()
            return True
        if isinstance(page, BookingPage):
            return self._type(page, key)
        return page.takes_code and self._scan(key)

    def _type(self, page: BookingPage, key: str) -> bool:
        if key == ENTER:
            if not page.digits:
                return False
            page.complete()
        else:
            page.press("B" if key == RUB else key)
        return True

    def _scan(self, key: str) -> bool:
        """A scanner types digits and Enter at the first page."""
        now = self._station.now_ms()
        if now - self._scanned_at > _SCAN_GAP_MS:
            self._scanned = ""
        self._scanned_at = now
        if key == RUB:
            return False
        if key == ENTER:
            code, self._scanned = self._scanned, ""
            if code:
                self._redeem(code)
            return bool(code)
        self._scanned += key
        return True

    # -- the store ------------------------------------------------------------------------------

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self._ask()
        if "help" in topics and isinstance(self._page, HelpPage):
            self._errands.look_for_help(self._show_answered)

    def _ask(self) -> None:
        if self._asking:
            self._stale = True
            return
        self._asking, self._stale = True, False
        now = self._station.now_ms()
        self._station.ask(self, lambda store: picture(store, now), self._take_picture, self._missed)

    def _take_picture(self, shown: Picture) -> None:
        before, self._shown = self._shown, shown
        self._asking = False
        groups = [entry.group.code for entry in shown.kiosk.groups]
        known = [entry.group.code for entry in before.kiosk.groups] if before else []
        if isinstance(self._page, LoadingPage) or (
            isinstance(self._page, _HOMES) and groups != known
        ):
            self.go_home()
        else:
            self._page.show_picture(shown)
        if self._stale:
            self._ask()

    def _missed(self, _error: TingtangError) -> None:
        # The lost store is told by ``offline``; it is asked again when it is back.
        self._asking = False

    def _on_offline(self, _sentence: str, _tries: int) -> None:
        self._busy = False
        self._lost = True
        # A ticket that was taken stays until its customer has read it.
        if not isinstance(self._page, TicketPage | MachinePage | SorryPage):
            self._go(SorryPage(self._station, self._mode))

    def _on_online(self) -> None:
        self._lost = False
        self._ask()
        if isinstance(self._page, SorryPage):
            if self._shown is None:
                self._go(LoadingPage(self._station, self._mode))
            else:
                self.leave()

    # -- Qt -------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say the window's title in the language of the moment."""
        self.setWindowTitle(self.tr("取号机"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F11 fills the screen or gives it back."""
        if event.key() != Qt.Key.Key_F11:
            super().keyPressEvent(event)
        elif self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing ticks after the window is closed."""
        self._timer.stop()
        super().closeEvent(event)
