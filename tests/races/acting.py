"""What the people at the stations of a played day do; they see what their window sees.

Each reads the picture its window was given, and acts through the station as the window does.
Instants are the play clock's, in milliseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from branch.kernel.errors import StoreError, TingtangError
from branch.lobby.commands.arrivals import Greet, Issue, Issued, Leave, Triage
from branch.lobby.commands.calling import CallNext, Finish, NoShow, Recall
from branch.lobby.commands.counters import OpenCounter, SetCounterServices
from branch.lobby.queries.screens import Desk
from branch.tools.day_file import Visitor
from tests.races.measuring import MeasuredStation
from ui.lobby.picture import Picture

_RECALL_AFTER_MS = 20_000
_NO_SHOW_AFTER_MS = 40_000
_LONG_LINE = 3
_SOON_MS = 20


def _nothing(_value: object) -> None:
    """What has been done needs no more: the picture will show it."""


class Person(QObject):
    """Somebody at a station until the instant ``until``; ``speed`` times as fast as real."""

    def __init__(self, station: MeasuredStation, speed: float, until: int) -> None:
        super().__init__()
        self.station = station
        self._speed = speed
        self._until = until
        self.under_way = 0
        self.refused: Counter[str] = Counter()
        station.pictured.connect(self.see)

    def begin(self) -> None:
        """The play begins."""

    def see(self, picture: Any) -> None:
        """A new picture is on the screen."""

    def works(self) -> bool:
        """Whether it is still working time."""
        return self.station.now_ms() < self._until

    def at(self, instant: int, act: Callable[[], None]) -> None:
        """Do something then, if it is still working time."""
        wait = max(0, instant - self.station.now_ms()) / self._speed
        QTimer.singleShot(round(wait), self, lambda: act() if self.works() else None)

    def do(
        self,
        *commands: object,
        then: Callable[[Any], None] = _nothing,
        lost: Callable[[], None] | None = None,
    ) -> None:
        """Carry commands out, one after the other; ``lost`` when the store could not take them."""

        def failed(error: TingtangError) -> None:
            self.under_way -= 1
            if not isinstance(error, StoreError):
                self.refused[error.code] += 1
            elif lost is not None:
                lost()

        def answered(value: Any) -> None:
            self.under_way -= 1
            then(value)

        self.under_way += 1
        self.station.carry_out(self, commands, answered, failed)


class Customers(Person):
    """Customers at a kiosk; who finds it out of order waits there until it works again."""

    def __init__(
        self, station: MeasuredStation, speed: float, until: int, visitors: list[Visitor]
    ) -> None:
        super().__init__(station, speed, until)
        self._visitors = visitors
        self._stranded: list[Visitor] = []
        station.online.connect(self._on_online)

    def begin(self) -> None:
        """Let them come, each at his time."""
        for visitor in self._visitors:
            self.at(visitor.arrives_at, partial(self.arrive, visitor))

    def arrive(self, visitor: Visitor) -> None:
        """Take a ticket."""
        self.do(_ticket_for(visitor), lost=lambda: self._stranded.append(visitor))

    def _on_online(self) -> None:
        stranded, self._stranded = self._stranded, []
        for visitor in stranded:
            self.arrive(visitor)


def _ticket_for(visitor: Visitor) -> Issue:
    classes = frozenset({visitor.klass})
    return Issue(visitor.service, classes, visitor.care, visitor.language, visitor.slot)


class LobbyManager(Customers):
    """Greets those who need it, sees them leave, and asks idle counters to help a long line."""

    def arrive(self, visitor: Visitor) -> None:
        """Greet, find out the need, give a ticket."""
        classes = frozenset({visitor.klass})
        self.do(
            Greet(visitor.language),
            lambda visit: Triage(visit, classes, visitor.care, visitor.service),
            _ticket_for(visitor),
            then=partial(self._issued, visitor),
            lost=lambda: self._stranded.append(visitor),
        )

    def _issued(self, visitor: Visitor, issued: Issued) -> None:
        if visitor.patience_min is not None:
            leaves_at = self.station.now_ms() + visitor.patience_min * 60_000
            self.at(leaves_at, partial(self._leave, issued.id))

    def _leave(self, ticket: int) -> None:
        picture = self.station.picture
        if isinstance(picture, Picture) and picture.ticket(ticket) in picture.console.waiting:
            self.do(Leave(ticket, "gave_up"))

    def see(self, picture: Picture) -> None:
        """Widen the services of an idle counter, one at a time."""
        if self.under_way or not self.works():
            return
        here = picture.console
        for counter in picture.idle():
            for group in here.groups:
                if group.code not in counter.groups and here.in_group(group.code) >= _LONG_LINE:
                    more = {s.code for s in here.services if s.group == group.code}
                    self.do(SetCounterServices(counter.number, counter.services | more))
                    return


class Teller(Person):
    """Opens the counter, calls whoever is next, serves as long as the day file says.

    ``alike`` are the day's visitors by service. Everything is done upon a picture, so that a
    command whose answer was lost with the server is never given twice.
    """

    def __init__(
        self, station: MeasuredStation, speed: float, until: int, alike: dict[str, list[Visitor]]
    ) -> None:
        super().__init__(station, speed, until)
        self._counter = int(station.name.partition("-")[2])
        self._alike = alike
        self._ticket = 0
        self._due: Callable[[Desk], object] | None = None

    def begin(self) -> None:
        """Begin with what the screen shows."""
        self.see(self.station.picture)

    def see(self, picture: Any) -> None:
        """Open, call, begin to serve, or do what has fallen due."""
        if not isinstance(picture, Desk) or self.under_way or not self.works():
            return
        ticket = picture.counter.ticket
        if picture.counter.state != "open":
            self.do(OpenCounter(self._counter))
        elif ticket is None:
            self._ticket, self._due = 0, None
            if picture.line:
                self.do(CallNext(self._counter))
        elif ticket.id != self._ticket:
            self._serve(ticket.id, ticket.service)
        elif self._due is not None:
            due = self._due
            self.do(due(picture), then=lambda _: self._done(due))

    def _done(self, due: Callable[[Desk], object]) -> None:
        if self._due is due:
            self._due = None

    def _serve(self, ticket: int, service: str) -> None:
        """Who stands there is one of the day's visitors for that service, by his ticket."""
        self._ticket, self._due = ticket, None
        visitor = self._alike[service][ticket % len(self._alike[service])]
        now = self.station.now_ms()
        if visitor.shows_up:
            self.at(now + visitor.service_s * 1000, partial(self._fall_due, ticket, self._next))
        else:
            recall, no_show = (lambda _: Recall(self._counter)), (lambda _: NoShow(self._counter))
            self.at(now + _RECALL_AFTER_MS, partial(self._fall_due, ticket, recall))
            self.at(now + _NO_SHOW_AFTER_MS, partial(self._fall_due, ticket, no_show))

    def _next(self, desk: Desk) -> object:
        """Finish and call the next in one, as F2 does, or only finish when nobody waits."""
        return CallNext(self._counter) if desk.line else Finish(self._counter)

    def _fall_due(self, ticket: int, due: Callable[[Desk], object]) -> None:
        if self._ticket != ticket:
            return
        if self.under_way or self._due is not None:
            QTimer.singleShot(_SOON_MS, self, partial(self._fall_due, ticket, due))
            return
        self._due = due
        self.see(self.station.picture)
