"""Carries out what a customer wants at the kiosk; shows nothing, and names no customer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from branch.bootstrap import Branch
from branch.catalogue.queries import services
from branch.kernel.errors import TingtangError
from branch.lobby.commands.arrivals import Greet, Issue, Issued, Triage
from branch.lobby.commands.floor import AskHelp
from branch.lobby.queries.screens import help_is_open
from branch.lobby.queries.slip import Slip, slip
from ui.shell.language import language
from ui.shell.station import Station
from ui.shell.ticket_printing import print_ticket
from ui.shell.waits import Promise


class Errands(QObject):
    """The kiosk's commands, each with what comes after it."""

    def __init__(self, station: Station, parent: QObject) -> None:
        super().__init__(parent)
        self._station = station

    def take(
        self,
        service: str,
        classes: frozenset[str],
        offered: bool,
        then: Callable[[Slip], None],
        failed: Callable[[TingtangError], None],
    ) -> None:
        """Take a ticket for a service.

        ``offered`` says that a machine stood beside the counter on the page; that the customer
        chose the counter is kept with the visit.
        """
        actor, code = self._station.actor, language().code

        def work(branch: Branch) -> Slip:
            visit = None
            machine = _machine(branch, service) if offered else ""
            if machine:
                visit = branch.run(Greet(code), actor).value
                triage = Triage(visit, classes, frozenset(), service, machine, False)
                branch.run(triage, actor)
            command = Issue(service, classes, language=code, visit=visit)
            issued: Issued = branch.run(command, actor).value
            return slip(branch.store, issued.id)

        self._station.do(self, work, then, failed)

    def redeem(
        self,
        booking: str,
        then: Callable[[Slip], None],
        failed: Callable[[TingtangError], None],
    ) -> None:
        """Take the ticket of a booking code."""
        actor, code = self._station.actor, language().code

        def work(branch: Branch) -> Slip:
            command = Issue("", language=code, booking=booking)
            issued: Issued = branch.run(command, actor).value
            return slip(branch.store, issued.id)

        self._station.do(self, work, then, failed)

    def note_machine(self, service: str) -> None:
        """Keep that a customer took the machine instead of a ticket."""
        actor, code = self._station.actor, language().code

        def work(branch: Branch) -> None:
            visit = branch.run(Greet(code), actor).value
            machine = _machine(branch, service)
            triage = Triage(visit, frozenset(), frozenset(), service, machine, True, "self_service")
            branch.run(triage, actor)

        self._station.do(self, work, lambda _none: None)

    def promise(self, ticket: int, then: Callable[[Promise | None], None]) -> None:
        """Find the wait of a ticket just taken and promise it."""
        self._station.waits.for_ticket(self, ticket, self._station.actor, then)

    def print(self, ticket: int, then: Callable[[int, bool], None]) -> None:
        """Print the paper; ``then`` hears whether it came."""
        print_ticket(self._station, ticket, lambda printed: then(ticket, printed))

    def ask_help(self) -> None:
        """Call the lobby manager to this kiosk."""
        self._station.run(self, AskHelp("customer"))

    def look_for_help(self, then: Callable[[bool], None]) -> None:
        """Find out whether the call was answered."""
        name = self._station.name

        def take(still_open: bool) -> None:
            then(not still_open)

        self._station.ask(self, lambda store: help_is_open(store, name), take)


def _machine(branch: Branch, service: str) -> str:
    found = next((item for item in services(branch.store) if item.code == service), None)
    return (found.machine if found else None) or ""
