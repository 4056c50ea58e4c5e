"""Owns what the parts of the privacy page share: who may change, what was done; no part."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.people.rules import permits
from ui.shell.station import Station


class PrivacySection(QWidget):
    """A part of the page. ``told`` carries what was done, in words; ``loaded`` that it shows."""

    told = Signal(str)
    loaded = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.station = station
        # Everybody else who gets here reads.
        self.may_change = permits("RunRetention", station.person.roles)

    def ask(self) -> None:
        """Read anew what the part shows."""
        raise NotImplementedError

    def count(self) -> int:
        """How many things wait here for somebody."""
        return 0

    def unsaved(self) -> bool:
        """Whether something was typed that is not saved."""
        return False

    def retranslate(self) -> None:
        """Take the words anew."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
