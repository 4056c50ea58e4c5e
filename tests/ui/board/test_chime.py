"""The two tones: small, our own, and never in the way of a machine without sound."""

from __future__ import annotations

import sys
import wave

import pytest
from pytestqt.qtbot import QtBot

from ui.board.chime import CHIME, Chime


def test_the_sound_is_small_and_playable() -> None:
    assert CHIME.stat().st_size < 100_000
    with wave.open(str(CHIME)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        assert 1.0 < sound.getnframes() / sound.getframerate() < 2.0


def test_a_machine_without_sound_only_tells(qtbot: QtBot) -> None:
    """No device, no server, perhaps no library: not a word in the log (Qt warnings fail tests)."""
    chime = Chime()
    chime.prepare()
    with qtbot.waitSignals([chime.rang, chime.rang]):
        chime.ring()
        chime.ring()


def test_a_machine_without_the_sound_library(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    chime = Chime()
    with qtbot.waitSignal(chime.rang):
        chime.ring()
