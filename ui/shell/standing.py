"""Owns the watch over the account at a station: tells when it was closed or lost a role."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from branch.people.queries import stands
from ui.shell.station import Station


class Standing(QObject):
    """Emits ``ended`` when the person at the station may no longer what the window was made for.

    Who was given a further role finds it at the next sign-in. It lives as long as the station.
    """

    ended = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._station = station
        station.changed.connect(self._on_changed)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "staff" in topics:
            person = self._station.person
            question = partial(stands, staff=person.staff, roles=person.roles)
            self._station.ask(self, question, self._take)

    def _take(self, stands_still: bool) -> None:
        if not stands_still:
            self.ended.emit()
