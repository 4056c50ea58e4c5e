"""Owns how a window asks anew: one question under way, one more if something changed meanwhile, and
not after each of many changes that pour in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from branch.kernel.errors import TingtangError
from branch.kernel.store import Store
from ui.shell.station import Station

T = TypeVar("T")

# Hundreds of papers issued one after another would have a window ask and lay out ten times a
# second; a person sees no difference.
PACE_MS: Final = 400


class Pace(QTimer):
    """Does ``act`` because something changed: at once, but not again within PACE_MS; what changes
    until then is acted on at its end, or when it is let go after ``hold``. Nothing is done when
    ``owner`` is gone by then.

    The timer hears itself: PySide keeps a receiver for the method of an object that is none of
    Qt's, and falls over it when the owner goes while the timer runs.
    """

    def __init__(self, owner: QObject, act: Callable[[], None]) -> None:
        super().__init__(owner)
        self._act, self._changed, self._held = act, False, False
        self.setSingleShot(True)
        self.setInterval(PACE_MS)
        self.timeout.connect(self._end)

    def soon(self) -> None:
        """Something changed."""
        if self._held or self.isActive():
            self._changed = True
            return
        self.start()
        self._act()

    def hold(self) -> None:
        """Act on nothing until ``let_go``: nobody can use what stands behind a dialog."""
        self._held = True

    def let_go(self) -> None:
        """Act on what changed meanwhile, once."""
        self._held = False
        self._end()

    def _end(self) -> None:
        if self._changed:
            self._changed = False
            self.soon()


class Asking(Generic[T]):
    """Asks the store for ``owner`` and gives each answer to ``then``.

    ``question`` makes the query at the moment of asking, from what is chosen then. A refusal is
    shown by the station's ``complained``.
    """

    def __init__(
        self,
        station: Station,
        owner: QObject,
        question: Callable[[], Callable[[Store], T]],
        then: Callable[[T], None],
    ) -> None:
        self._station = station
        self._owner = owner
        self._question = question
        self._then = then
        self._stale = False
        self.under_way = False

    def ask(self) -> None:
        """Ask anew; however often this is called, one question is under way."""
        if self.under_way:
            self._stale = True
            return
        self.under_way, self._stale = True, False
        self._station.ask(self._owner, self._question(), self._take, self._not_taken)

    def _take(self, answer: T) -> None:
        # An answer to what is not asked any more is shown all the same: the next one follows.
        self._then(answer)
        self._answered()

    def _not_taken(self, error: TingtangError) -> None:
        self._station.complain(error)
        self._answered()

    def _answered(self) -> None:
        self.under_way = False
        if self._stale:
            self.ask()


class Need(QObject):
    """Asks the store at once for what ``owner`` cannot go on without, and gives it to ``then``.

    While the store is lost it is asked again each time that is back, until it is known.
    """

    def __init__(
        self,
        station: Station,
        owner: QObject,
        query: Callable[[Store], Any],
        then: Callable[[Any], None],
    ) -> None:
        super().__init__(owner)
        self._station, self._query, self._then = station, query, then
        self._waits = False
        station.online.connect(self._on_online)
        self._ask()

    def _ask(self) -> None:
        self._waits = False
        self._station.ask(self, self._query, self._then, self._failed)

    def _failed(self, error: TingtangError) -> None:
        self._waits = True
        self._station.complain(error)

    def _on_online(self) -> None:
        if self._waits:
            self._ask()
