"""A business day as its journal tells it: stays at counters, counters' hours, who left; pure.

The one fold that learning, what-if and today's pace share. Instants are milliseconds since the
epoch.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from branch.kernel.journal import Entry
from branch.lobby.rules import stood_still_ms


@dataclass
class Stay:
    """One time at a counter, from the call until the counter was free.

    ``ended`` is None while it lasts; ``how`` is finished, missed, held or transferred. ``key`` is
    the order key it was called with, ``pin`` the counter it had been sent to, if any.
    """

    service: str
    counter: int
    called: int
    key: int
    pin: int | None = None
    by_hand: bool = False
    ended: int | None = None
    how: str = ""
    waiting_since: int = 0

    @property
    def pinned(self) -> bool:
        """Whether it had been sent to this very counter."""
        return self.pin == self.counter


@dataclass
class Life:
    """A ticket's way through the day. ``waiting_since`` is None while it does not wait.

    ``away`` is by how much its key was put back, because time away does not count as waiting.
    """

    id: int
    number: str
    issued_at: int
    seq: int
    service: str
    classes: tuple[str, ...]
    slot: int | None
    key: int
    waiting_since: int | None
    pinned: int | None = None
    left_at: int | None = None
    left_why: str = ""
    stays: list[Stay] = field(default_factory=list)
    away: int = 0

    @property
    def state(self) -> str:
        """Where the ticket stands: waiting, called, held, missed, finished or left."""
        if self.left_at is not None:
            return "left"
        if self.waiting_since is not None:
            return "waiting"
        return self.stays[-1].how or "called"

    @property
    def first_called_at(self) -> int | None:
        """The first call of all, or None."""
        return self.stays[0].called if self.stays else None


@dataclass
class Shift:
    """A counter from one change of its state to the next; ``until`` is None for the last."""

    state: str
    since: int
    reason: str = ""
    until: int | None = None


@dataclass
class CounterDay:
    """A counter's day. ``services`` are the sets it had, each from an instant on."""

    shifts: list[Shift] = field(default_factory=list)
    services: list[tuple[int, frozenset[str]]] = field(default_factory=list)


@dataclass
class DayRecord:
    """Everything of one business day that the queue is about; ``ratings`` counts by score.

    ``frozen`` are the times in which nobody could be called, the last one perhaps still open.
    """

    day: str = ""
    opened_at: int = 0
    closed_at: int | None = None
    revision: int = 0
    lives: dict[int, Life] = field(default_factory=dict)
    counters: dict[int, CounterDay] = field(default_factory=dict)
    ratings: dict[int, int] = field(default_factory=dict)
    frozen: list[tuple[int, int | None]] = field(default_factory=list)

    def follow(self, entries: Iterable[Entry]) -> DayRecord:
        """Take further entries in, oldest first; a later day's opening begins the record anew."""
        for entry in entries:
            self.revision = entry.revision
            if entry.topic == "ticket":
                self._ticket(entry)
            elif entry.topic == "counter":
                self._counter(entry)
            elif entry.what == "rating.given":
                self._rating(entry)
            elif entry.topic == "lobby":
                self._freeze(entry)
            elif entry.what == "day.opened":
                self._open(entry)
            elif entry.what == "day.closed":
                self.closed_at = entry.at
        return self

    def stood_still_ms(self, begin: int, end: int) -> int:
        """How much of a stretch of time nobody could be called in."""
        spans = ((since, end if until is None else until) for since, until in self.frozen)
        return stood_still_ms(spans, begin, end)

    def finished(self) -> int:
        """How many services were finished."""
        return sum(stay.how == "finished" for life in self.lives.values() for stay in life.stays)

    def _open(self, entry: Entry) -> None:
        if entry.subject == self.day:  # opened again after an early close
            self.closed_at = None
            return
        self.day, self.opened_at, self.closed_at = entry.subject, entry.at, None
        self.lives, self.counters, self.ratings, self.frozen = {}, {}, {}, []

    def _freeze(self, entry: Entry) -> None:
        if entry.what == "lobby.frozen":
            self.frozen.append((entry.at, None))
        elif entry.what == "lobby.thawed" and self.frozen:
            self.frozen[-1] = (self.frozen[-1][0], entry.at)

    def _rating(self, entry: Entry) -> None:
        score = entry.data["score"]
        # One may decline to rate, and may rate the service of an earlier day.
        if isinstance(score, int) and int(entry.subject) in self.lives:
            self.ratings[score] = self.ratings.get(score, 0) + 1

    # -- tickets ------------------------------------------------------------------------------

    def _ticket(self, entry: Entry) -> None:
        data = entry.data
        if entry.what == "ticket.issued":
            slot = data["slot"]
            self.lives[int(entry.subject)] = Life(
                id=int(entry.subject),
                number=str(data["number"]),
                issued_at=entry.at,
                seq=entry.revision,
                service=str(data["service"]),
                classes=tuple(str(klass) for klass in _list(data["classes"])),
                slot=slot if isinstance(slot, int) else None,
                key=_int(data["key"]),
                waiting_since=entry.at,
            )
            return
        life = self.lives.get(int(entry.subject))
        if life is None:  # of an earlier day
            return
        match entry.what:
            case "ticket.called":
                counter = _int(data["counter"])
                stay = Stay(
                    life.service,
                    counter,
                    entry.at,
                    life.key,
                    pin=life.pinned,
                    by_hand="by_hand" in data,
                    waiting_since=life.waiting_since or entry.at,
                )
                life.stays.append(stay)
                life.waiting_since = None
            case "ticket.finished" | "ticket.missed" | "ticket.held":
                self._end(life, entry)
            case "ticket.transferred":
                self._end(life, entry)
                life.service = str(data["service"])
                pin = data["pin"]
                life.pinned = pin if isinstance(pin, int) else None
                life.waiting_since = entry.at
            case "ticket.returned":
                key = _int(data["key"])
                life.away += key - life.key
                life.key, life.waiting_since = key, entry.at
            case "ticket.resumed":
                life.waiting_since = entry.at
            case "ticket.left":
                life.left_at, life.left_why = entry.at, str(data["reason"])
                life.waiting_since = None
            case "ticket.class_set":
                life.classes = tuple(str(klass) for klass in _list(data["classes"]))
                slot = data["slot"]
                life.slot = slot if isinstance(slot, int) else None
                key = _int(data["key"])
                # A better key counts from the issue: what was put back is forgotten.
                if key < life.key:
                    life.key, life.away = key, 0
            case "ticket.undone":
                self._undo(life, entry)

    def _end(self, life: Life, entry: Entry) -> None:
        stay = life.stays[-1]
        stay.ended, stay.how = entry.at, entry.what.removeprefix("ticket.")

    def _undo(self, life: Life, entry: Entry) -> None:
        """A step taken back: the stay goes on, or the customer waits again as before."""
        life.service, life.key = str(entry.data["service"]), _int(entry.data["key"])
        stay = life.stays[-1]
        life.pinned = stay.pin
        if entry.data["state"] == "called":
            stay.ended, stay.how, life.waiting_since = None, "", None
        else:
            life.waiting_since = entry.at

    # -- counters -----------------------------------------------------------------------------

    def _counter(self, entry: Entry) -> None:
        day = self.counters.setdefault(int(entry.subject), CounterDay())
        services = entry.data.get("services")
        if services is not None:
            able = frozenset(str(code) for code in _list(services))
            if not day.services or day.services[-1][1] != able:
                day.services.append((entry.at, able))
        if entry.what == "counter.services_set":
            return
        if day.shifts:
            day.shifts[-1].until = entry.at
        state = {"counter.opened": "open", "counter.paused": "paused"}.get(entry.what, "closed")
        day.shifts.append(Shift(state, entry.at, str(entry.data.get("reason", ""))))


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value
