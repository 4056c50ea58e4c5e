"""The one picture of the lobby that is projected, simulated and varied; it holds no behaviour.

Instants, spans and order keys are milliseconds; any origin will do as long as it is the same for
all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


# Tickets and arrivals are made by the ten thousand in a projection: a tuple takes a quarter of the
# time of a frozen dataclass.
class Ticket(NamedTuple):
    """A place in the queue. ``klass`` is the class it counts as.

    ``busy`` is how long its service keeps a counter (call until the counter is free), where that
    is known beforehand. ``leaves_at`` is when the customer gives up waiting. ``again`` is how the
    same customer stands in line after this service (transferred, resumed, come back), ``away``
    later.
    """

    name: str
    key: int
    seq: int
    service: str
    klass: str
    busy: int = 0
    pinned: int | None = None
    leaves_at: int | None = None
    again: Ticket | None = None
    away: int = 0


class Arrival(NamedTuple):
    """A ticket and when it begins to wait."""

    at: int
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class ServicesSet:
    """From this instant on a counter has another set of services."""

    at: int
    counter: int
    services: frozenset[str]


@dataclass(frozen=True, slots=True)
class Absence:
    """A break: it begins when the counter is free at or after ``start``, and lasts ``length``."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Serving:
    """Who is at a counter: service, class and when he was called."""

    service: str
    klass: str
    since: int


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter: what it can do, when it is free, which breaks it still takes.

    ``free_at`` is when it can call next (its opening, the end of a break or of a service), None
    for never. ``idle_since`` is set while it waits for customers. ``owes`` tells that a break has
    just ended, after which somebody is served before the next one. ``serving`` is who is there,
    ``away_since`` the beginning of a break whose end nobody has told.
    """

    number: int
    services: frozenset[str]
    free_at: int | None = 0
    idle_since: int | None = None
    absences: tuple[Absence, ...] = ()
    owes: bool = False
    serving: Serving | None = None
    away_since: int | None = None

    @property
    def at_work(self) -> bool:
        """Whether it will call anybody again, as far as can be seen."""
        return self.free_at is not None or self.serving is not None


@dataclass(frozen=True, slots=True)
class Lobby:
    """Counters and waiting tickets at one instant."""

    now: int
    counters: tuple[Counter, ...]
    waiting: tuple[Ticket, ...] = ()
