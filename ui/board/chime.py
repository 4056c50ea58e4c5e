"""Owns the sound of a new call; silent where the machine has no sound, and never in the way."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl, Signal

from ui.widgets.sound_system import hushed

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

CHIME: Final = Path(__file__).parents[2] / "resources" / "sounds" / "chime.wav"
_log = logging.getLogger(__name__)


class Chime(QObject):
    """Two tones. ``rang`` tells that it was due, heard or not."""

    rang = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._effect: QSoundEffect | None = None
        self._possible = True

    def prepare(self) -> None:
        """Look for the sound system now, so that the first call need not wait for it."""
        if self._effect is None and self._possible:
            self._effect = self._found()

    def ring(self) -> None:
        """Play the two tones; a sound still playing begins again."""
        self.prepare()
        if self._effect is not None:
            self._effect.play()
        self.rang.emit()

    def _found(self) -> QSoundEffect | None:
        with hushed():
            try:
                # Here, not above: without libpulse0 this import fails, and without a board
                # nobody needs it.
                from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
            except ImportError as error:
                _log.info("no sound: %s", error)
                self._possible = False
                return None
            if not QMediaDevices.audioOutputs():
                return None
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(CHIME)))
        return effect
