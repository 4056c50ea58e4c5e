"""Owns how what is typed in a session is kept on this machine until it is saved; types nothing.

Between two saves a sealed file holds the words, so that a crash costs two seconds of typing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from branch.kernel.drafts import DraftName, KeptDraft, drafts_of
from branch.kernel.store import Store
from ui.shell.station import Station

KEEP_MS: Final = 1_500
_KIND: Final = "session"


class Keeper(QObject):
    """Keeps what ``read`` gives, at most 1.5 s after ``touch``. ``kept`` tells when (ms)."""

    kept = Signal(object)

    def __init__(
        self, parent: QObject, station: Station, read: Callable[[], Mapping[str, Any]]
    ) -> None:
        super().__init__(parent)
        self._station, self._read = station, read
        self._session: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.keep)

    def watch(self, session: int | None) -> None:
        """Keep for this session from now on."""
        self._timer.stop()
        self._session = session

    def touch(self) -> None:
        """Something was typed. Who types on without a break is kept all the same."""
        if not self._timer.isActive():
            self._timer.start()

    def is_open(self) -> bool:
        """Whether something typed is not kept yet."""
        return self._timer.isActive()

    def keep(self) -> None:
        """Keep it now."""
        self._timer.stop()
        if self._session is None:
            return
        name, fields, now = self._name(self._session), dict(self._read()), self._station.now_ms()
        self._station.ask(
            self,
            lambda store: drafts_of(store).keep(name, fields, now),
            lambda _none: self.kept.emit(now),
        )

    def find(self, session: int) -> Callable[[Store], KeptDraft | None]:
        """The question for what is kept of a session."""
        return partial(_found, name=self._name(session))

    def drop(self) -> None:
        """It was saved: the file is not needed any more."""
        self._timer.stop()
        if self._session is not None:
            name = self._name(self._session)
            self._station.ask(self, lambda store: drafts_of(store).drop(name), lambda _none: None)

    def _name(self, session: int) -> DraftName:
        return DraftName(_KIND, str(session), self._station.person.staff)


def _found(store: Store, name: DraftName) -> KeptDraft | None:
    return drafts_of(store).find(name)
