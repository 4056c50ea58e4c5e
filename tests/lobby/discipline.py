"""The queue discipline once more, in plain Python and lists: what the real one is compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

MINUTE = 60_000
DAY = 24 * 60 * MINUTE


@dataclass
class Place:
    """A ticket as somebody with pencil and paper would follow it. Times in milliseconds."""

    id: int
    turn: int
    issued: int
    service: str
    classes: frozenset[str]
    slot: int | None
    key: int
    state: str = "waiting"
    pin: int | None = None
    counter: int | None = None
    calls: int = 0
    called: int | None = None
    recalled: int | None = None
    # Whether it has waited since its issue without a break, a pin or a hand.
    unbroken: bool = True
    # What the last step of a counter can be taken back to, and until when.
    before: Place | None = None
    until: int = 0
    step: str = ""


@dataclass
class Desk:
    """A counter: whether it calls, and what it can do."""

    services: set[str]
    state: str = "open"


@dataclass
class Paper:
    """The whole lobby on paper."""

    credits: dict[str, int]
    desks: dict[int, Desk]
    places: dict[int, Place] = field(default_factory=dict)
    # The largest credit in force since each ticket's issue, in minutes.
    largest: dict[int, int] = field(default_factory=dict)

    def key(self, issued: int, classes: Iterable[str], slot: int | None) -> int:
        """Issue less the largest credit; an appointment's from its slot."""
        others = [self.credits[name] for name in classes if name != "appointment"]
        key = issued - max(others, default=0) * MINUTE
        if "appointment" in classes:
            begins = issued if slot is None else max(issued, slot)
            key = min(key, begins - self.credits["appointment"] * MINUTE)
        return key

    def issue(
        self, ticket: int, now: int, service: str, classes: frozenset[str], slot: int | None
    ) -> Place:
        """A new ticket at the end of the papers."""
        place = Place(
            ticket, len(self.places), now, service, classes, slot, self.key(now, classes, slot)
        )
        self.places[ticket] = place
        self.largest[ticket] = max(self.credits.values())
        return place

    def line(self) -> list[Place]:
        """Everybody who waits, the first to be called first."""
        waiting = [place for place in self.places.values() if place.state == "waiting"]
        return sorted(waiting, key=lambda place: (place.key, place.turn))

    def fits(self, counter: int, place: Place) -> bool:
        """Whether a counter may call a ticket."""
        return place.service in self.desks[counter].services and place.pin in (None, counter)

    def next(self, counter: int) -> Place | None:
        """Whom a counter has to call."""
        return next((place for place in self.line() if self.fits(counter, place)), None)

    def at(self, counter: int) -> Place | None:
        """Whom a counter serves."""
        return next(
            (
                place
                for place in self.places.values()
                if place.state == "called" and place.counter == counter
            ),
            None,
        )

    def call(self, place: Place, counter: int, now: int) -> None:
        """A ticket goes to a counter; nothing of it can be taken back any more."""
        place.state, place.counter, place.calls = "called", counter, 1
        place.called = place.recalled = now
        place.before = None

    def remember(self, place: Place, step: str, until: int) -> None:
        """Keep how a ticket stands before a step."""
        place.before, place.step, place.until = replace(place, before=None), step, until

    def wait_again(self, place: Place) -> None:
        """Back in line, with a break in the waiting."""
        place.state, place.counter, place.calls = "waiting", None, 0
        place.called = place.recalled = None
        place.unbroken = False

    def change_credit(self, name: str, minutes: int) -> None:
        """From now on the class counts for so much."""
        self.credits[name] = minutes
        largest = max(self.credits.values())
        for ticket in self.largest:
            self.largest[ticket] = max(self.largest[ticket], largest)

    def overtaken_too_far(self, called: Place, counter: int) -> list[Place]:
        """Whom the theorem protects and this call wrongs: nobody, if it is one."""
        if not called.unbroken:
            return []
        return [
            other
            for other in self.line()
            if other.unbroken
            and self.fits(counter, other)
            and called.issued - other.issued > self.largest[other.id] * MINUTE
        ]
