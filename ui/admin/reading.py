"""Owns the asking of one query again and again; must not know what the answer is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from branch.kernel.errors import TingtangError
from branch.kernel.store import Store
from ui.shell.station import Station

T = TypeVar("T")


class Reading(Generic[T]):
    """However often ``ask`` is called, one question is under way, and the last is answered."""

    def __init__(
        self,
        owner: QObject,
        station: Station,
        query: Callable[[Store], T],
        take: Callable[[T], None],
    ) -> None:
        self._owner, self._station = owner, station
        self._query, self._take = query, take
        self._asking = self._again = False

    def ask(self) -> None:
        """Ask now, or once more when the question under way is answered."""
        if self._asking:
            self._again = True
            return
        self._asking, self._again = True, False
        self._station.ask(self._owner, self._query, self._answered, self._failed)

    def _answered(self, answer: T) -> None:
        self._asking = False
        self._take(answer)
        if self._again:
            self.ask()

    def _failed(self, error: TingtangError) -> None:
        # A lost store has its strip, and the window asks anew when it is back.
        self._asking = False
        self._station.complain(error)
