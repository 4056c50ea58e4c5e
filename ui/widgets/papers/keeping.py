"""Owns that what is typed into a form outlives a crash: kept sealed on this machine every two
seconds; must not know the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from branch.kernel.drafts import DraftName, drafts_of
from branch.papers.form import Value
from branch.papers.head import Offer
from ui.shell.station import Station

# What a crash may cost of what was typed.
KEEP_EVERY_MS: Final = 2_000


def draft_name(offer: Offer, staff: int) -> DraftName:
    """Where somebody's unfinished words for a paper are kept."""
    parts = (offer.subject, offer.form.lower().replace("-", "_"), offer.part)
    return DraftName("paper", ".".join(part for part in parts if part), staff)


class TypedKeeper(QObject):
    """``kept`` tells that it was kept, ``failed`` carries the TingtangError that says why not."""

    kept = Signal()
    failed = Signal(object)

    def __init__(
        self,
        parent: QObject,
        station: Station,
        name: DraftName,
        read: Callable[[], Mapping[str, Value]],
    ) -> None:
        super().__init__(parent)
        self._station, self.name, self._read = station, name, read
        self._unkept = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_EVERY_MS)
        self._timer.timeout.connect(self.keep_now)

    def note_typed(self) -> None:
        """Something was typed: it is kept within two seconds, however long somebody types on."""
        self._unkept = True
        if not self._timer.isActive():
            self._timer.start()

    def keep_now(self) -> None:
        """Keep what was typed since the last time."""
        if not self._unkept:
            return
        self._unkept = False
        self._timer.stop()
        name, typed, now = self.name, dict(self._read()), self._station.now_ms()
        self._station.ask(
            self,
            lambda store: drafts_of(store).keep(name, typed, now),
            lambda _none: self.kept.emit(),
            self.failed.emit,
        )

    def drop(self) -> None:
        """It was issued, or is not wanted any more."""
        self._unkept = False
        self._timer.stop()
        name = self.name
        self._station.ask(self, lambda store: drafts_of(store).drop(name), lambda _none: None)
