"""Owns the sealed files that a roll call without the store is worked from, off the GUI thread; must
not decide what is marked."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from branch.kernel.errors import TingtangError
from branch.kernel.sealing import Sealer
from branch.kernel.settings import Settings
from branch.visitors.away_roll import AwayRoll, opened_roll, sealed_roll
from branch.visitors.queries.roster import KeptRoster, opened_roster
from ui.shell.beside import Beside
from ui.shell.roster_keeper import ROSTER_FILE, read_sealed, sealer_of, write_sealed

ROLL_FILE: Final = "roll.sealed"
_log = logging.getLogger("tingtang")


@dataclass(frozen=True)
class AwayFiles:
    """What stands on this machine: who was inside, roll calls not handed in yet, and the seal."""

    kept: KeptRoster | None
    rolls: tuple[AwayRoll, ...]
    sealer: Sealer | None


class AwayBook(QObject):
    """Reads and writes them in the order asked; ``opened`` carries ``AwayFiles``."""

    opened = Signal(object)

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._beside = Beside(self)

    def open(self, known: Sealer | None) -> None:
        """Read both files; ``opened`` comes on the GUI thread."""
        self._beside.run(lambda: _open(self._settings, known), self.opened.emit, _not_opened)

    def keep(self, rolls: Sequence[AwayRoll], sealer: Sealer | None) -> None:
        """Write these roll calls over what was kept before; none take the file away."""
        if rolls and sealer is None:
            return  # there was nothing on this machine to open with it
        file = self._settings.home / ROLL_FILE
        lines = tuple(sealed_roll(sealer, roll) for roll in rolls) if sealer is not None else ()
        self._beside.run(lambda: _write(file, lines), lambda _none: None, _not_opened)


def _open(settings: Settings, known: Sealer | None) -> AwayFiles:
    kept, rolls, sealer = None, [], known
    try:
        people = read_sealed(settings.home / ROSTER_FILE)
        if people:
            sealer = sealer_of(settings, people, known)
            kept = opened_roster(sealer, people)
        for line in read_sealed(settings.home / ROLL_FILE).splitlines():
            rolls.append(opened_roll(sealer_of(settings, line, sealer), line))
    except TingtangError as error:
        _not_opened(error)
    return AwayFiles(kept, tuple(rolls), sealer)


def _write(file: Path, lines: tuple[str, ...]) -> None:
    try:
        if lines:
            write_sealed(file, "\n".join(lines))
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        # What is marked stays in memory all the same.
        _log.warning("the roll call is not kept on this machine: %s", error)


def _not_opened(error: TingtangError) -> None:
    _log.warning("the files of a roll call without the store cannot be opened: %s", error)
