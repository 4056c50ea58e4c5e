"""Owns the right column: what can be done with a case, what comes before; runs nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from ui.complaints.check_list import CheckList
from ui.complaints.checks import checks_of
from ui.complaints.next_steps import NextSteps
from ui.complaints.offers import offers_of
from ui.complaints.record import CaseRecord
from ui.shell.station import Station
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import VBox

_WIDTH, _BESIDE = 248, 4


class Side(ScrollArea):
    """Hidden while no case is shown. ``wanted`` carries the code of the step that was pressed."""

    wanted = Signal(str)

    def __init__(self, station: Station) -> None:
        # On a low screen it scrolls; the cards keep their width beside the bar.
        sheet = QWidget()
        super().__init__(sheet, bare=True)
        self._station = station
        self._record: CaseRecord | None = None
        # What was ticked before a reply, by case, as long as the window is open.
        self._ticked: dict[int, frozenset[str]] = {}
        self.steps, self.checks = NextSteps(), CheckList()
        column = VBox(spacing=16, parent=sheet)
        column.addWidget(self.steps)
        column.addWidget(self.checks, 1)
        column.addStretch(0)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)
        self._make_room(0, 0)
        self.hide()
        self.steps.wanted.connect(self.wanted)
        self.checks.ticked.connect(self._tick)

    def _make_room(self, _least: int, most: int) -> None:
        bar = self.verticalScrollBar().sizeHint().width() + _BESIDE if most else 0
        self.setFixedWidth(_WIDTH + bar)

    def show_record(self, record: CaseRecord | None) -> None:
        """What can be done with this case today."""
        self._record = record
        # Of a confidential case that is not for him he may do nothing.
        shown = record is not None and not record.detail.line.withheld
        self.setVisible(shown)
        if record is None or not shown:
            return
        person, today = self._station.person, self._station.now().date()
        detail = record.detail
        self.steps.show_offers(detail, offers_of(detail, person.staff, person.roles, today))
        checks = checks_of(detail, self.ticked(), today, self._station.zone)
        self.checks.show_checks(checks)
        self.checks.setVisible(bool(checks.items))

    def ticked(self) -> frozenset[str]:
        """The keys of what was ticked for the case shown."""
        if self._record is None:
            return frozenset()
        return self._ticked.get(self._record.detail.line.id, frozenset())

    def _tick(self, key: str, on: bool) -> None:
        if self._record is None:
            return
        ticked = self.ticked() | {key} if on else self.ticked() - {key}
        self._ticked[self._record.detail.line.id] = ticked
        self.show_record(self._record)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_record(self._record)
