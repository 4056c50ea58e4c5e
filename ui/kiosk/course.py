"""Owns the customer's way through the kiosk: which press leads to which page, and to a ticket."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from shiboken6 import isValid

from branch.kernel.errors import TingtangError
from branch.lobby.queries.slip import Slip
from ui.kiosk.booking import BookingPage
from ui.kiosk.elder import ElderHome, ElderList
from ui.kiosk.elder_service import ElderServicePage
from ui.kiosk.errands import Errands
from ui.kiosk.front import Front
from ui.kiosk.home import HomePage
from ui.kiosk.mode import Mode
from ui.kiosk.notice import HelpPage, MachinePage, PausedPage, SorryPage
from ui.kiosk.offers import ServicesPage
from ui.kiosk.page import KioskPage
from ui.kiosk.picture import ELDERLY
from ui.kiosk.ticket import TicketPage
from ui.shell.language import CHINESE, ENGLISH, language
from ui.shell.station import Station, sentence
from ui.shell.waits import Promise


class Course(QObject):
    """Begins at ``home`` and ends with ``leave``, after which nothing of the customer is left."""

    def __init__(self, station: Station, front: Front, parent: QObject) -> None:
        super().__init__(parent)
        self._station, self._front = station, front
        self._errands = Errands(station, self)
        self._busy = False
        self._language_before = ""

    # -- beginning and end ----------------------------------------------------------------------

    def home(self) -> None:
        """The first page, for the same customer."""
        self._busy = False
        front = self._front
        if front.lost:
            front.go(SorryPage(self._station, front.mode))
        elif front.shown is None:
            return
        elif front.shown.kiosk.frozen == "real":
            front.go(PausedPage(self._station, front.mode))
        elif front.mode.elder:
            elder = ElderHome(self._station, front.mode, front.shown)
            elder.group_wanted.connect(self._open_group)
            elder.contrast_wanted.connect(self._turn_contrast)
            elder.plain_wanted.connect(lambda: self._stand(replace(front.mode, elder=False)))
            self._go(elder)
        else:
            home = HomePage(self._station, front.mode, front.shown)
            home.group_wanted.connect(self._open_group)
            home.booking_wanted.connect(self._open_booking)
            home.elder_wanted.connect(lambda: self._stand(replace(front.mode, elder=True)))
            home.contrast_wanted.connect(self._turn_contrast)
            home.low_wanted.connect(self._turn_low)
            home.language_wanted.connect(self._turn_language)
            self._go(home)

    def leave(self) -> None:
        """The first page as everybody finds it: nothing of the last customer is left."""
        if self._language_before:
            before, self._language_before = self._language_before, ""
            language().choose(before)
        self._stand(Mode())

    def stop(self) -> None:
        """The store is lost: whatever was under way will not be answered."""
        self._busy = False

    def at_rest(self) -> bool:
        """Whether the kiosk is as everybody finds it."""
        plain = self._front.mode == Mode() and not self._language_before
        return plain and isinstance(self._front.page, HomePage)

    def _go(self, page: KioskPage) -> None:
        page.back_wanted.connect(self.home)
        page.help_wanted.connect(self.ask_help)
        self._front.go(page)

    def _stand(self, mode: Mode) -> None:
        self._front.stand(mode)
        self.home()

    def _turn_contrast(self) -> None:
        mode = self._front.mode
        self._stand(replace(mode, contrast=not mode.contrast))

    def _turn_low(self) -> None:
        mode = self._front.mode
        self._stand(replace(mode, low=not mode.low))

    def _turn_language(self) -> None:
        code = language().code
        self._language_before = self._language_before or code
        language().choose(CHINESE if code == ENGLISH else ENGLISH)
        if language().code == self._language_before:
            self._language_before = ""

    # -- pages on the way -----------------------------------------------------------------------

    def _open_group(self, code: str) -> None:
        front = self._front
        if front.shown is None:
            return
        if front.mode.elder:
            rows = ElderList(self._station, front.mode, front.shown, code)
            rows.chosen.connect(self._open_row)
            self._go(rows)
        else:
            services = ServicesPage(self._station, front.mode, front.shown, code)
            services.counter_wanted.connect(lambda service: self._take(service, old=False))
            services.machine_wanted.connect(self._show_machine)
            self._go(services)

    def _open_row(self, code: str) -> None:
        """A row in big letters: a group without an everyday word, or a service."""
        front = self._front
        found = front.shown.of_service(code) if front.shown else None
        if front.shown is None or found is None:
            self._open_group(code)
            return
        one = ElderServicePage(self._station, front.mode, front.shown, found[1])
        one.counter_wanted.connect(lambda service, old: self._take(service, old=old))
        one.machine_wanted.connect(self._show_machine)
        self._go(one)

    def _open_booking(self) -> BookingPage:
        booking = BookingPage(self._station, self._front.mode)
        booking.completed.connect(self.redeem)
        self._go(booking)
        return booking

    def _show_machine(self, service: str) -> None:
        shown = self._front.shown
        found = shown.of_service(service) if shown else None
        machine = found[1].machine if found else None
        if machine is not None:
            self._errands.note_machine(service)
            guide = MachinePage(self._station, self._front.mode, machine)
            guide.done.connect(self.leave)
            self._go(guide)

    # -- the ticket -----------------------------------------------------------------------------

    def _take(self, service: str, *, old: bool) -> None:
        """Take a ticket; ``old`` is what the customer answered to the question for his age."""
        if not self._busy:
            self._busy = True
            classes = frozenset({ELDERLY} if old else ())
            # In big letters the counter comes first, so nothing was offered instead of it.
            offered = not self._front.mode.elder
            self._errands.take(service, classes, offered, self._on_taken, self._on_refused)

    def redeem(self, code: str) -> None:
        """Take the ticket of a booking code, typed or scanned."""
        if not self._busy:
            self._busy = True
            self._errands.redeem(
                code, self._on_taken, lambda error: self._on_booking_refused(code, error)
            )

    def _on_taken(self, taken: Slip) -> None:
        self._busy = False
        front = self._front
        assert front.shown is not None  # the ticket was taken from it
        ticket = TicketPage(self._station, front.mode, front.shown, taken)
        ticket.done.connect(self.leave)
        self._go(ticket)
        self._errands.promise(taken.id, partial(self._on_promised, taken.id))

    def _on_promised(self, ticket: int, promise: Promise | None) -> None:
        page = self._front.page
        if isinstance(page, TicketPage) and page.slip.id == ticket:
            page.show_wait(promise)
        # Only now, since the paper says what was promised.
        self._errands.print(ticket, self._on_printed)

    def _on_printed(self, ticket: int, printed: bool) -> None:
        # The window may have been closed while the paper came.
        if not isValid(self):
            return
        page = self._front.page
        if isinstance(page, TicketPage) and page.slip.id == ticket:
            page.show_print(printed)

    def _on_refused(self, error: TingtangError) -> None:
        self._busy = False
        page = self._front.page
        if isinstance(page, ServicesPage | ElderServicePage):
            page.refuse(sentence(error))

    def _on_booking_refused(self, code: str, error: TingtangError) -> None:
        self._busy = False
        if not self._front.lost:
            page = self._front.page
            booking = page if isinstance(page, BookingPage) else self._open_booking()
            booking.refuse(code, sentence(error))

    # -- help -----------------------------------------------------------------------------------

    def ask_help(self) -> None:
        """Call the lobby manager; the page tells when he is on his way."""
        self._errands.ask_help()
        self._go(HelpPage(self._station, self._front.mode))

    def look_for_help(self) -> None:
        """Something changed about calls for help: show it, where one is waited for."""
        if isinstance(self._front.page, HelpPage):
            self._errands.look_for_help(self._show_answered)

    def _show_answered(self, answered: bool) -> None:
        page = self._front.page
        if isinstance(page, HelpPage):
            page.show_answered(answered)
