"""Owns the strip that asks for the next year's notice from 1 November; imports nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QWidget

from branch.kernel.store import Store
from branch.people.rules import permits
from branch.workdays.queries import work_calendar
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.banner import Banner


def _wanted(store: Store, today: date) -> int | None:
    return work_calendar(store).year_wanted(today)


class CalendarBanner(Banner):
    """Stands while a year is provisional; its button goes to the settings, or to what ``go`` is."""

    def __init__(
        self,
        station: Station,
        go: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._station = station
        self.year: int | None = None
        self._may = permits("ImportYear", station.person.roles)
        self.asking = Asking(station, self, self._question, self._take)
        self.pressed.connect(go or partial(station.place_wanted.emit, "admin"))
        self._midnight = QTimer(self)
        self._midnight.setSingleShot(True)
        self._midnight.timeout.connect(self.asking.ask)
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.asking.ask()

    def _question(self) -> Callable[[Store], int | None]:
        now = self._station.now()
        tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
        self._midnight.start(round((tomorrow - now).total_seconds() * 1000) + 1000)
        return partial(_wanted, today=now.date())

    def _take(self, year: int | None) -> None:
        self.year = year
        self._say()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "calendar" in topics:
            self.asking.ask()

    def _say(self) -> None:
        if self.year is None:
            self.clear()
            return
        text = self.tr("{year} 年放假安排还没有导入，涉及这一年的工作日期限是暂定的")
        button = self.tr("去导入") if self._may else ""
        self.show_text(text.format(year=self.year), button=button)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
