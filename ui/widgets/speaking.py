"""Owns the machine's voice: finds one for a language and reads aloud; must not choose the words."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QObject, Signal

from ui.widgets.sound_system import hushed

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech, QVoice

_log = logging.getLogger(__name__)
_LANGUAGES: Final = {"zh": QLocale.Language.Chinese, "en": QLocale.Language.English}
# Debian's speech dispatcher names no language for espeak's voices, and its plain Mandarin spells
# the Latin letters of pinyin; this one reads characters.
_BY_NAME: Final = {"zh": ("Chinese (Mandarin, latin as Pinyin)",), "en": ("English (America)",)}
# Qt's own stand-in, which makes no sound.
_SILENT: Final = "mock"


@dataclass(frozen=True)
class Voice:
    """A voice as the machine names it; ``language`` is "zh", "en" or empty."""

    name: str
    language: str


def best_voice(voices: Sequence[Voice], language: str) -> int | None:
    """Which of the voices reads a language ("zh" or "en"), or None for none.

    One known by its name goes before one that only says its language.
    """
    for name in _BY_NAME[language]:
        for at, voice in enumerate(voices):
            if voice.name == name:
                return at
    return next((at for at, voice in enumerate(voices) if voice.language == language), None)


class Speaker(QObject):
    """Reads a text aloud where the machine has a voice for its language.

    ``changed`` tells that reading began or ended, or that a voice was found. Looking for voices
    may start a service of the system: make one where speech is wanted, not for every window.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._voices: dict[str, tuple[QTextToSpeech, QLocale, QVoice]] = {}
        self._speech: list[QTextToSpeech] = []
        with hushed():
            for engine in engines():
                self._add(engine)

    def can_speak(self, language: str) -> bool:
        """Whether there is a voice for "zh" or "en"."""
        return language in self._voices

    def say(self, text: str, language: str) -> None:
        """Read a text from its beginning; silent without a voice for its language."""
        self.stop()
        found = self._voices.get(language)
        if found is None:
            return
        speech, locale, voice = found
        with hushed():
            speech.setLocale(locale)
            speech.setVoice(voice)
            speech.say(text)

    def stop(self) -> None:
        """Be silent at once."""
        for speech in self._speech:
            if self._is_speaking(speech):
                speech.stop()

    def is_speaking(self) -> bool:
        """Whether something is being read."""
        return any(self._is_speaking(speech) for speech in self._speech)

    def _is_speaking(self, speech: QTextToSpeech) -> bool:
        return speech.state() == type(speech).State.Speaking

    def _add(self, engine: str) -> None:
        from PySide6.QtTextToSpeech import QTextToSpeech  # engines() has looked whether it can be

        speech = QTextToSpeech(engine, self)
        self._speech.append(speech)
        speech.stateChanged.connect(lambda _state: self._look(speech))
        self._look(speech)

    def _look(self, speech: QTextToSpeech) -> None:
        """Note its voices; some engines are ready only after a while."""
        state = type(speech).State
        if speech.state() == state.Ready and not self._has_voice_of(speech):
            with hushed():
                self._note_voices(speech)
        self.changed.emit()

    def _has_voice_of(self, speech: QTextToSpeech) -> bool:
        return any(of is speech for of, _locale, _voice in self._voices.values())

    def _note_voices(self, speech: QTextToSpeech) -> None:
        found: list[tuple[QLocale, QVoice]] = []
        for locale in speech.availableLocales():
            found += [(locale, voice) for voice in speech.allVoices(locale)]
        by_code = {language: code for code, language in _LANGUAGES.items()}
        voices = [
            Voice(voice.name(), by_code.get(locale.language(), "")) for locale, voice in found
        ]
        for code in _LANGUAGES:
            at = best_voice(voices, code)
            if at is not None and code not in self._voices:
                self._voices[code] = (speech, *found[at])


def engines() -> list[str]:
    """What can read on this machine; empty without the library or a voice."""
    with hushed():
        try:
            # Here, not above: without libpulse0 this import fails, and few windows speak.
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError as error:
            _log.info("no speech: %s", error)
            return []
        return [name for name in QTextToSpeech.availableEngines() if name != _SILENT]
