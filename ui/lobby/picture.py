"""Owns what the console knows of the branch at one moment and the figures folded from it.

Pure: it reads through the branch's queries and holds no Qt, no words and no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from branch.catalogue.queries import Group, PriorityClass, Service, priority_classes
from branch.catalogue.rules import break_span
from branch.kernel.store import Store
from branch.lobby.queries.screens import Console, console
from branch.lobby.queries.waiting import CounterNow, QueuedTicket

MS_PER_MINUTE = 60_000


@dataclass(frozen=True)
class Picture:
    """The lobby, and the priority classes of the branch, the most urgent first."""

    console: Console
    classes: tuple[PriorityClass, ...]

    def credits(self) -> dict[str, int]:
        """The credit of every class, minutes."""
        return {item.code: item.credit for item in self.classes}

    def group(self, code: str) -> Group:
        """A group of services by its code; raises StopIteration for an unknown one."""
        return next(group for group in self.console.groups if group.code == code)

    def service(self, code: str) -> Service:
        """A service by its code; raises StopIteration for an unknown one."""
        return next(service for service in self.console.services if service.code == code)

    def services_in(self, group: str) -> tuple[Service, ...]:
        """The services of a group that are offered, in order."""
        return tuple(s for s in self.console.services if s.group == group and s.active)

    def services_of(self, letter: str) -> tuple[str, ...]:
        """The codes of the services that lead to a queue family."""
        groups = {group.code for group in self.console.groups if group.letter == letter}
        return tuple(s.code for s in self.console.services if s.group in groups and s.active)

    def counter(self, number: int) -> CounterNow | None:
        """A counter by its number."""
        return next((c for c in self.console.counters if c.number == number), None)

    def ticket(self, identity: int) -> QueuedTicket | None:
        """A ticket that waits, is held or missed; None when it is none of these any more."""
        here = self.console
        everyone = (*here.waiting, *here.held, *here.missed)
        return next((ticket for ticket in everyone if ticket.id == identity), None)

    def services_by_group(self) -> dict[str, frozenset[str]]:
        """The codes of the services that are offered, by group."""
        found: dict[str, frozenset[str]] = {}
        for service in self.console.services:
            if service.active:
                found[service.group] = found.get(service.group, frozenset()) | {service.code}
        return found

    def break_minutes(self, counter: CounterNow) -> int:
        """How long the planned break of a counter lasts; 0 where none is planned."""
        span = break_span(counter.planned_break)
        return span[1] - span[0] if span else 0

    def idle(self) -> tuple[CounterNow, ...]:
        """The open counters where nobody is."""
        return tuple(c for c in self.console.counters if c.state == "open" and c.ticket is None)

    def free_now(self, letter: str, service: str = "") -> bool:
        """Whether a new ticket of a queue (or for one service) would be called at once."""
        if self.console.in_queue(letter):
            return False
        if service:
            return any(service in counter.services for counter in self.idle())
        own = {group.code for group in self.console.groups if group.letter == letter}
        return any(own.intersection(counter.groups) for counter in self.idle())

    def family(self, counter: CounterNow) -> str:
        """The letter of the queue a counter mainly works for, or nothing.

        The queue with most of its groups; where two are level, the one fewer counters can do,
        since that is what the counter is wanted for.
        """
        letters = {group.code: group.letter for group in self.console.groups}
        own: dict[str, int] = {}
        for code in counter.groups:
            own[letters[code]] = own.get(letters[code], 0) + 1
        everywhere = [{letters[code] for code in c.groups} for c in self.console.counters]

        def weight(letter: str) -> tuple[int, int, str]:
            return own[letter], -sum(letter in others for others in everywhere), letter

        return max(own, key=weight, default="")


@dataclass(frozen=True)
class Figures:
    """The row of figures. Minutes are whole; None where nobody waits."""

    waiting: int
    longest: int | None
    over: bool
    median: int | None
    serving: int
    served: int
    left: int


def picture(store: Store) -> Picture:
    """The lobby as it stands."""
    return Picture(console(store), priority_classes(store))


def minutes(ms: int) -> int:
    """Whole minutes of a span in milliseconds."""
    return max(0, ms) // MS_PER_MINUTE


def figures(shown: Picture, now: int) -> Figures:
    """Fold the figures of the row at ``now`` (milliseconds)."""
    here = shown.console
    waits = [ticket.waited(now) for ticket in here.waiting]
    longest = max(here.waiting, key=lambda ticket: ticket.waited(now), default=None)
    return Figures(
        waiting=len(waits),
        longest=minutes(longest.waited(now)) if longest else None,
        over=longest is not None and longest.pressure(now) == "over",
        median=minutes(round(median(waits))) if waits else None,
        serving=sum(counter.ticket is not None for counter in here.counters),
        served=here.served,
        left=here.left,
    )
