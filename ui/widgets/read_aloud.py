"""Owns the button that has a text read aloud, or the sentence that a person reads it; no text."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.widgets.button import DESK_BUTTON, PlainButton
from ui.widgets.label import Label, TextRole
from ui.widgets.speaking import Speaker
from ui.widgets.stage import HBox

KEY = "F4"
_WORDS = TextRole(14, 400, "ink2")


class ReadAloud(QWidget):
    """朗读 with F4 where the machine has a voice for the text's language, else a sentence.

    It falls silent when it is hidden. The text may change while it stands; reading ends then.
    """

    def __init__(self) -> None:
        super().__init__()
        self._text, self._language = "", "zh"
        self.speaker = Speaker(self)
        self.button = PlainButton("", size=DESK_BUTTON, icon="speaker", key=KEY)
        self.sentence = Label("", _WORDS, wrap=True)
        row = HBox(spacing=12, parent=self)
        row.addWidget(self.button)
        row.addWidget(self.sentence, 1)
        self.button.clicked.connect(self.toggle)
        QShortcut(QKeySequence(KEY), self).activated.connect(self.button.click)
        self.speaker.changed.connect(self._show)
        self.retranslate()

    def show_text(self, text: str, language: str) -> None:
        """What is read, in "zh" or "en"."""
        if (text, language) != (self._text, self._language):
            self.speaker.stop()
        self._text, self._language = text, language
        self._show()

    def toggle(self) -> None:
        """Read, or stop reading."""
        if self.speaker.is_speaking():
            self.speaker.stop()
        else:
            self.speaker.say(self._text, self._language)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is read behind a closed panel."""
        super().hideEvent(event)
        self.speaker.stop()

    def _show(self) -> None:
        has_voice = self.speaker.can_speak(self._language)
        speaking = self.speaker.is_speaking()
        self.button.setVisible(has_voice)
        self.button.setText(self.tr("停止朗读") if speaking else self.tr("朗读告知"))
        self.button.set_icon_name("stop" if speaking else "speaker")
        self.sentence.setText("" if has_voice else self.tr("本机没有这种语言的语音，请您念"))

    def retranslate(self) -> None:
        """Take the words anew."""
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
