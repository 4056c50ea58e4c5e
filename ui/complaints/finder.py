"""Owns what was searched for at the complaint desk and what was found; shows nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from branch.complaints.queries.desk import CaseLine, search_cases
from ui.shell.station import Station


class Finder:
    """``found`` is called when the ``lines`` of the last search are there."""

    def __init__(self, station: Station, owner: QObject, found: Callable[[], object]) -> None:
        self._station, self._owner, self._found = station, owner, found
        self._text = ""
        self.lines: tuple[CaseLine, ...] = ()

    def search(self, text: str) -> None:
        """Look for a number, a name, a title, a telephone."""
        self._text = text
        question = partial(search_cases, text=text, staff=self._station.person.staff)
        self._station.ask(self._owner, question, partial(self._take, text))

    def _take(self, text: str, lines: tuple[CaseLine, ...]) -> None:
        # Meanwhile he may have typed on.
        if text == self._text:
            self.lines = lines
            self._found()
