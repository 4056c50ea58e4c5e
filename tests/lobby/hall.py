"""A branch at work in a few words: every step is done by the person whose step it is."""

from __future__ import annotations

from typing import Any

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.journal import Entry
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue, Issued
from branch.lobby.commands.calling import Called, CallNext, CallTicket, NoShow, Recall
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.queries.waiting import waiting
from branch.lobby.ticket import Ticket, find_ticket
from branch.people.queries import account_id

LOBBY_MANAGER = "100301"


def teller_of(counter: int) -> str:
    """The staff number of the teller who works at a counter of the sample branch."""
    return str(100_481 + counter)


class Hall:
    """The sample branch with its kiosk, its lobby manager and a teller at each counter."""

    def __init__(self, branch: Branch, clock: SetClock) -> None:
        self.branch = branch
        self.store = branch.store
        self.clock = clock
        self._accounts: dict[str, int] = {}

    def actor(self, staff_no: str, station: str) -> Actor:
        """An account at a station."""
        if staff_no not in self._accounts:
            found = account_id(self.store, staff_no)
            assert found is not None
            self._accounts[staff_no] = found
        return Actor(self._accounts[staff_no], station)

    def by(self, staff_no: str, station: str, command: object) -> Any:
        """A command by anybody anywhere; its value."""
        return self.branch.run(command, self.actor(staff_no, station)).value

    def kiosk(self, command: object) -> Any:
        """A command from the kiosk; its value."""
        return self.by("KIOSK", "kiosk-1", command)

    def lobby(self, command: object) -> Any:
        """A command by the lobby manager; its value."""
        return self.by(LOBBY_MANAGER, "lobby", command)

    def at(self, counter: int, command: object) -> Any:
        """A command by the teller of a counter; its value."""
        return self.by(teller_of(counter), f"counter-{counter}", command)

    def open(self, *counters: int) -> None:
        """Open counters, each by its teller."""
        for counter in counters:
            self.at(counter, OpenCounter(counter))

    def issue(self, service: str = "P01", *classes: str, **more: Any) -> Issued:
        """A ticket from the lobby manager."""
        issued: Issued = self.lobby(Issue(service, frozenset(classes), **more))
        return issued

    def call(self, counter: int = 1) -> Called | None:
        """Call next."""
        called: Called | None = self.at(counter, CallNext(counter))
        return called

    def serving(self, counter: int = 1, service: str = "P01", *classes: str) -> int:
        """Issue a ticket and call it by hand to a counter; its id."""
        ticket = self.issue(service, *classes).id
        self.lobby(CallTicket(ticket, counter, "care"))
        return ticket

    def missed(self, counter: int = 1, service: str = "P01", *classes: str) -> int:
        """A ticket that was called as often as it takes and missed; its id."""
        ticket = self.serving(counter, service, *classes)
        self.wait(5)
        self.at(counter, Recall(counter))
        self.at(counter, NoShow(counter))
        return ticket

    def wait(self, seconds: float = 0, minutes: float = 0) -> None:
        """Let time pass."""
        self.clock.advance(seconds + 60 * minutes)

    def row(self, ticket: int) -> Ticket:
        """The ticket's row."""
        return find_ticket(self.store, ticket)

    def line(self) -> list[str]:
        """The numbers that wait, in calling order."""
        return [ticket.number for ticket in waiting(self.store)]

    @property
    def entries(self) -> list[Entry]:
        """The whole journal."""
        return list(journal.entries(self.store))

    @property
    def last(self) -> Entry:
        """The newest fact."""
        return self.entries[-1]

    def facts(self) -> list[str]:
        """What happened, by name, in order."""
        return [entry.what for entry in self.entries]
