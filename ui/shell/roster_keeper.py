"""Owns the sealed copy of who is inside on this machine, for the time without the store; it shows
nothing and decides nothing.

The copy holds at most the people of now: it is written over every minute and at once when a
visitor comes or goes, and taken away when nobody is inside.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from branch.bootstrap import Branch
from branch.kernel.clock import Clock
from branch.kernel.errors import StoreLocked
from branch.kernel.key_ring import KeyRing, sync_folder
from branch.kernel.sealing import Sealer
from branch.kernel.settings import Settings
from branch.lobby.queries.screens import branch_name
from branch.visitors.queries.roster import KeptRoster, opened_roster, roster, sealed_roster
from ui.shell.worker import Worker

ROSTER_FILE: Final = "roster.sealed"
_EVERY_MS: Final = 60_000
# What puts somebody on the roster or takes him off; customers come and go by the minute.
_AT_ONCE: Final = frozenset({"visitor", "session"})
_log = logging.getLogger("tingtang")


class RosterKeeper(QObject):
    """Writes the copy while it runs; all of it on the worker's thread."""

    def __init__(self, worker: Worker, clock: Clock, settings: Settings) -> None:
        super().__init__()
        self._worker = worker
        self._clock = clock
        self._file = settings.home / ROSTER_FILE
        self._under_way = self._stale = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.keep)
        worker.changed.connect(self._on_changed)
        worker.store_back.connect(self._on_back)

    def start(self) -> None:
        """Write a copy now and every minute from now on."""
        if not self._timer.isActive():
            self._timer.start()
            self.keep()

    def stop(self) -> None:
        """Write no more; a machine without a person has no business with names."""
        self._timer.stop()

    def keep(self) -> None:
        """Write a copy; however often this is called, one is under way."""
        if self._under_way:
            self._stale = True
            return
        self._under_way, self._stale = True, False
        file, now = self._file, self._clock.now_ms()
        self._worker.ask(
            self, lambda branch: _write_copy(branch, file, now), self._done, self._done
        )

    def _on_changed(self, topics: frozenset[str]) -> None:
        if self._timer.isActive() and topics & _AT_ONCE:
            self.keep()

    def _on_back(self) -> None:
        if self._timer.isActive():
            self.keep()

    def _done(self, _outcome: object) -> None:
        self._under_way = False
        if self._stale:
            self.keep()


def _write_copy(branch: Branch, file: Path, now: int) -> None:
    people = roster(branch.store, now)
    try:
        if people.people:
            kept = KeptRoster(branch_name(branch.store), people)
            write_sealed(file, sealed_roster(branch.store.sealer, kept))
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("the copy of the roster is not written: %s", error)


def kept_roster(settings: Settings) -> KeptRoster | None:
    """The roster of this machine's copy, None where there is none.

    Not for the GUI thread: a system's key store may ask the user to unlock it. Raises
    StoreLocked, StoreDamaged.
    """
    sealed = read_sealed(settings.home / ROSTER_FILE)
    return opened_roster(sealer_of(settings, sealed, None), sealed) if sealed else None


def sealer_of(settings: Settings, sealed: str, known: Sealer | None) -> Sealer:
    """What opens a sealed text of this machine: ``known`` if it fits, else from the kept keys.

    Raises StoreLocked where this machine has not the key. Not for the GUI thread.
    """
    fingerprint = sealed.partition(".")[0]
    if known is not None and known.key.fingerprint == fingerprint:
        return known
    key = KeyRing(settings.config).find(fingerprint)
    if key is None:
        raise StoreLocked("store_key_missing", wanted=fingerprint)
    return Sealer(key)


def read_sealed(file: Path) -> str:
    """A sealed text, empty where there is none that can be read."""
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        _log.warning("%s cannot be read: %s", file.name, error)
        return ""


def write_sealed(file: Path, sealed: str) -> None:
    """Put a sealed text in the place of the one before, readable for this user only.

    A kill at any moment leaves the old text or the new one. Raises OSError.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as text:
        text.write(sealed)
        text.flush()
        os.fsync(text.fileno())
    fresh.replace(file)
    sync_folder(file.parent)
