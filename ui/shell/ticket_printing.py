"""From a stored ticket to paper: makes the slip, prints it, and writes down what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from branch.kernel.clock import from_ms
from branch.kernel.errors import TingtangError
from branch.kernel.settings import machine_choice
from branch.lobby.commands.arrivals import RecordPrint
from branch.lobby.commands.floor import AskHelp
from branch.lobby.queries.slip import Slip, slip
from reports.forms.ticket import TicketForm, ticket_pdf
from ui.models.wait_words import rounded
from ui.shell.printing import PrintFailed, PrintQueue
from ui.shell.station import Station


def ticket_form(kept: Slip, station: str, zone: ZoneInfo) -> TicketForm:
    """What the paper of a ticket says, in the customer's language."""
    language = kept.language
    needed = [item for item in kept.service.documents if item.when == "always"]
    wait = rounded(kept.promised) if kept.promised is not None else None
    return TicketForm(
        language=language,
        branch_name=kept.branch.name.text(language),
        branch_code=kept.branch.code,
        number=kept.number,
        service_name=kept.service.name.text(language),
        area=kept.area.code,
        kiosk_name=_place(station),
        issued_at=from_ms(kept.issued_at, zone),
        business_day=date.fromisoformat(kept.day),
        documents=tuple(item.en if language == "en" else item.zh for item in needed),
        largest_credit=kept.largest_credit,
        elderly_credit=kept.elderly_credit,
        ahead=kept.ahead,
        wait_low=wait.low if wait else None,
        wait_high=wait.high if wait else None,
        wait_more=wait is not None and wait.more,
        at_once=kept.at_once,
    )


def _place(station: str) -> str:
    kind, _, number = station.partition("-")
    if kind == "kiosk":
        text = QCoreApplication.translate("TicketPrinting", "取号机 {number}")
        return text.format(number=number)
    return QCoreApplication.translate("TicketPrinting", "大堂")


class _TicketPrinter(PrintQueue):
    """The prints of one station; its parent, so that it ends with it."""

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._station = station
        self._waiting: dict[int, list[Callable[[bool], None]]] = {}
        self.printed.connect(self._on_printed)
        self.failed.connect(self._on_failed)

    def start(self, ticket: int, done: Callable[[bool], None]) -> None:
        self._waiting.setdefault(ticket, []).append(done)
        self._station.ask(
            self,
            lambda store: slip(store, ticket),
            self._on_slip,
            lambda error: self._on_unread(ticket, error),
        )

    def _on_slip(self, kept: Slip) -> None:
        form = ticket_form(kept, self._station.name, self._station.zone)
        printer = machine_choice(self._station.settings, "printer") or None
        self.submit(kept.id, lambda: ticket_pdf(form), printer)

    def _on_unread(self, ticket: int, error: TingtangError) -> None:
        self._station.complain(error)
        self._tell_outcome(ticket, False)

    def _on_printed(self, ticket: int) -> None:
        self._station.run(self, RecordPrint(ticket, printed=True))
        self._tell_outcome(ticket, True)

    def _on_failed(self, ticket: int, failure: PrintFailed) -> None:
        # The ticket stands; the lobby manager is called and told which one has no paper.
        self._station.run(self, RecordPrint(ticket, printed=False))
        self._station.run(self, AskHelp("printer", ticket))
        self._tell_outcome(ticket, False)

    def _tell_outcome(self, ticket: int, printed: bool) -> None:
        for done in self._waiting.pop(ticket, []):
            done(printed)


def print_ticket(station: Station, ticket: int, done: Callable[[bool], None]) -> None:
    """Print a ticket on this machine's printer, beside the GUI thread.

    ``done`` hears, on the GUI thread, whether it came out. Either way the ticket's print state
    is written down; when it failed, the lobby manager is called.
    """
    printer = station.findChild(_TicketPrinter) or _TicketPrinter(station)
    printer.start(ticket, done)
