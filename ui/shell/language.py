"""Which language the screens speak; Chinese source texts, English from ``resources/translations``.

Qt's own translator mechanism with a catalogue that is read as text: the source text is the key,
so nothing has to be compiled and the completeness of English is a test over the sources.
"""

from __future__ import annotations

from functools import cache
from importlib import resources as package_files

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from branch.kernel.phrases import read_yaml

CHINESE = "zh"
ENGLISH = "en"


@cache
def english() -> dict[str, str]:
    """Every English text by its Chinese source."""
    found: dict[str, str] = {}
    folder = package_files.files("resources").joinpath("translations/en")
    for part in sorted(folder.iterdir(), key=lambda item: item.name):
        if part.name.endswith(".yaml"):
            found.update(read_yaml(part.read_text(encoding="utf-8")) or {})
    return found


class _English(QTranslator):
    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        # An empty text would be shown as such: what is not translated stays as it is.
        return english().get(sourceText, sourceText)

    def isEmpty(self) -> bool:
        return False


class Language(QObject):
    """The language of this process; every widget is told by ``LanguageChange``."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._code = CHINESE
        self._translator: _English | None = None

    @property
    def code(self) -> str:
        """``zh`` or ``en``."""
        return self._code

    def choose(self, code: str) -> None:
        """Speak this language from now on."""
        if code == self._code:
            return
        app = QCoreApplication.instance()
        assert app is not None  # there is no language without an application
        self._code = code
        QLocale.setDefault(QLocale("en_GB" if code == ENGLISH else "zh_CN"))
        if code == ENGLISH:
            self._translator = _English()
            app.installTranslator(self._translator)
        elif self._translator is not None:
            app.removeTranslator(self._translator)
            self._translator = None
        # Windows not shown yet hear nothing from Qt, so tell them all.
        for widget in QApplication.topLevelWidgets():
            QCoreApplication.postEvent(widget, QEvent(QEvent.Type.LanguageChange))
        self.changed.emit(code)


_language: Language | None = None


def language() -> Language:
    """The language of this process."""
    global _language
    if _language is None:
        _language = Language()
    return _language
