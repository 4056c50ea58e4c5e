"""Owns the strip under the register's top bar that reminds of visitors who are still inside."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from branch.people.rules import permits
from branch.visitors.queries.register import Register
from ui.shell.station import Station
from ui.widgets.banner import Banner


class StillInsideStrip(Banner):
    """Reminds whoever may end the day: after closing time, and of visitors of a day before."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._station = station
        self._register: Register | None = None
        self._may = permits("CloseRegister", station.person.roles)

    def show_register(self, register: Register) -> None:
        """The register as it stands now."""
        self._register = register
        self.remind()

    def remind(self) -> None:
        """Say what there is to remind of at this hour."""
        register = self._register
        if register is None or not self._may:
            return
        closes = time.fromisoformat(self._station.branch.closes)
        if register.overdue:
            text = self.tr("{n} 位访客从前一天起没有签离，请核对").format(n=len(register.overdue))
        elif register.inside and self._station.now().time() >= closes:
            text = self.tr("营业已结束，还有 {n} 位访客在场").format(n=len(register.inside))
        else:
            self.clear()
            return
        self.show_text(text, button=self.tr("结束登记"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.remind()
