"""Owns the rail of the desk windows: places open to whoever works here; shows no page itself."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Signal

from branch.drills.queries.runs import open_incidents
from branch.kernel.store import Store
from branch.people.rules import may_read, permits
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.frame import Rail, RailEntry

_ICONS: Final = {
    "lobby": "lobby",
    "register": "id-card",
    "complaints": "complaint",
    "drills": "drill",
    "dashboard": "insights",
}


def _incidents(store: Store) -> int:
    return len(open_incidents(store))


class DeskRail(Rail):
    """The places this person may go to, ``current`` marked; settings and lock at the bottom.

    Real incidents that are on stand as a number at the drills, on every desk.
    ``here`` tells that the entry of the window's own place was pressed; the others are gone to.
    """

    here = Signal()

    def __init__(self, station: Station, current: str) -> None:
        self._station, self._place = station, current
        roles = station.person.roles
        open_to = {
            "lobby": permits("Greet", roles),
            "register": may_read("register", roles) or permits("Expect", roles),
            "complaints": may_read("complaints", roles),
            "drills": may_read("drills", roles) or may_read("inspections", roles),
            "dashboard": may_read("dashboard", roles),
        }
        self._places = [key for key, is_open in open_to.items() if is_open or key == current]
        self._bottom = ["admin", "lock"] if permits("ChangeSetting", roles) else ["lock"]
        icons = {"admin": "settings", "lock": "lock"}
        super().__init__(
            [RailEntry(key, "", _ICONS[key]) for key in self._places],
            bottom=[RailEntry(key, "", icons[key]) for key in self._bottom],
        )
        self.set_current(current)
        self.chosen.connect(self._on_chosen)
        if "drills" in self._places:
            self._asking: Asking[int] = Asking(station, self, lambda: _incidents, self._count)
            station.changed.connect(self._on_changed)
            station.online.connect(self._asking.ask)
            self._asking.ask()
        self.retranslate()

    def _on_chosen(self, key: str) -> None:
        if key == "lock":
            self._station.lock_wanted.emit()
        elif key == self._place:
            self.here.emit()
        else:
            self._station.place_wanted.emit(key)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "drill" in topics:
            self._asking.ask()

    def _count(self, incidents: int) -> None:
        self.set_badge("drills", incidents)

    def retranslate(self) -> None:
        """Take all words anew."""
        words = {
            "lobby": self.tr("大堂"),
            "register": self.tr("来访"),
            "complaints": self.tr("投诉"),
            "drills": self.tr("演练"),
            "dashboard": self.tr("经营"),
            "admin": self.tr("设置"),
            "lock": self.tr("锁屏"),
        }
        self.set_texts({key: words[key] for key in (*self._places, *self._bottom)})

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
