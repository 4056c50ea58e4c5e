"""Owns the kiosk's window: keys, clock, store; leaves the way through it to the course."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branch.kernel.errors import TingtangError
from ui.kiosk.booking import BookingPage
from ui.kiosk.course import Course
from ui.kiosk.elder import ElderHome
from ui.kiosk.front import Front
from ui.kiosk.hands import ENTER, ESCAPE, RUB, Hands
from ui.kiosk.home import HomePage
from ui.kiosk.mode import HEIGHT, WIDTH
from ui.kiosk.notice import LoadingPage, MachinePage, PausedPage, SorryPage
from ui.kiosk.page import KioskPage
from ui.kiosk.patience import Patience
from ui.kiosk.picture import Picture, picture
from ui.kiosk.scanner import Scanner
from ui.kiosk.still_there import StillThere
from ui.kiosk.ticket import TicketPage
from ui.shell.station import Station
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.stage import ScaledStage

_TOPICS: Final = frozenset({"ticket", "counter", "catalogue", "day", "lobby"})
# Pages that end by themselves, with a countdown of their own.
_LAST: Final = (TicketPage, MachinePage)
# Pages in front of which nobody is choosing anything.
_STILL: Final = (SorryPage, LoadingPage, PausedPage)


class KioskWindow(QWidget):
    """The kiosk, as in pictures a to d."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("kiosk")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # A keyboard of the system that comes up here learns nothing and proposes nothing.
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._station = station
        self._asking = self._stale = False
        self.stage = ScaledStage(WIDTH, HEIGHT)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stage)
        self._front = Front(station, self, self.stage)
        self.course = Course(station, self._front, self)
        self._hands = Hands(self, station.now_ms, self._take_key)
        self._patience = Patience(self._front.ground, station.now_ms, self)
        self._scanner = Scanner()
        self._hands.touched.connect(self._on_touch)
        self._front.turned.connect(self._on_turned)
        self._patience.ended.connect(self.course.leave)
        station.changed.connect(self._on_changed)
        station.waits.shown_changed.connect(self._on_waits)
        station.waits.watch(self)
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
        return self._front.page

    def question(self) -> StillThere | None:
        """The question whether anybody is there, while it is asked."""
        return self._patience.question

    def _on_turned(self) -> None:
        self._patience.drop()
        self._hands.note_page()
        self._scanner.forget()

    # -- time and touch -------------------------------------------------------------------------

    def tick(self) -> None:
        """Once a second: clocks, countdowns, and whether anybody is still there."""
        page = self._front.page
        page.tick()
        if isinstance(page, _LAST):
            if self._station.now_ms() >= page.ends_at:
                self.course.leave()
        elif not isinstance(page, _STILL) and not self.course.at_rest():
            self._patience.look(self._hands.touched_at, self._front.mode)

    def _on_touch(self) -> None:
        page = self._front.page
        if isinstance(page, _LAST):
            page.keep()

    def _take_key(self, key: str) -> bool:
        """A key for the kiosk itself: a booking's digits and Enter, or Esc for back."""
        if self._patience.question is not None:
            if key == ENTER:
                return False
            self._patience.drop()
        page = self._front.page
        if key == ESCAPE:
            if not isinstance(page, HomePage | ElderHome):
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
        """Digits and Enter at the first page come from a scanner."""
        now = self._station.now_ms()
        if key == ENTER:
            code = self._scanner.take(now)
            if code:
                self.course.redeem(code)
            return bool(code)
        if key != RUB:
            self._scanner.digit(key, now)
        return key != RUB

    # -- the store ------------------------------------------------------------------------------

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self._ask()
        if "help" in topics:
            self.course.look_for_help()

    def _ask(self) -> None:
        if self._asking:
            self._stale = True
            return
        self._asking, self._stale = True, False
        now = self._station.now_ms()
        self._station.ask(self, lambda store: picture(store, now), self._take, self._missed)

    def _take(self, shown: Picture) -> None:
        self._asking = False
        before, self._front.shown = self._front.shown, shown
        page = self._front.page
        other = before is None or _groups(before) != _groups(shown)
        turned = before is not None and _is_real(before) != _is_real(shown)
        if isinstance(page, LoadingPage) or (other and isinstance(page, HomePage | ElderHome)):
            self.course.home()
        elif turned and not isinstance(page, (*_LAST, SorryPage)):
            # What somebody was choosing is left: nobody is served until it is over.
            self.course.home()
        else:
            page.show_picture(shown)
        if self._stale:
            self._ask()

    def _on_waits(self) -> None:
        if self._front.shown is not None:
            self._front.page.show_picture(self._front.shown)

    def _missed(self, _error: TingtangError) -> None:
        # The lost store is told by ``offline``; it is asked again when it is back.
        self._asking = False

    def _on_offline(self, _sentence: str, _tries: int) -> None:
        self._front.lost = True
        self.course.stop()
        # A ticket that was taken stays until its customer has read it.
        if not isinstance(self._front.page, (*_LAST, SorryPage)):
            self.course.home()

    def _on_online(self) -> None:
        self._front.lost = False
        self._ask()
        if isinstance(self._front.page, SorryPage):
            if self._front.shown is None:
                self._front.go(LoadingPage(self._station, self._front.mode))
            else:
                self.course.leave()

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


def _is_real(shown: Picture) -> bool:
    return shown.kiosk.frozen == "real"


def _groups(shown: Picture) -> list[str]:
    return [entry.group.code for entry in shown.kiosk.groups]
