"""Owns the kiosk's calm full pages: help is coming, a question, where to go, out of service."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from ui.kiosk.mode import Mode
from ui.kiosk.page import Page
from ui.shell.station import Station
from ui.widgets.button import ELDER_TOOL, KIOSK_MAIN, Button, PlainButton, PrimaryButton
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, TextRole
from ui.widgets.stage import VBox

_TITLE, _ELDER_TITLE = TextRole(60, 700), TextRole(72, 700)
_TEXT, _ELDER_TEXT = TextRole(38, 400, "ink2"), TextRole(52, 400)
_CENTRE = Qt.AlignmentFlag.AlignCenter


class NoticePage(Page):
    """An icon, a sentence, a second one, and one or two buttons; words are asked for anew."""

    def __init__(self, station: Station, icon: str) -> None:
        super().__init__(station)
        self._words: Callable[[], tuple[str, str]] = lambda: ("", "")
        self._choices: Sequence[tuple[Callable[[], str], Callable[[], None]]] = ()
        self.title = Label("", _TITLE, wrap=True, align=_CENTRE)
        self.text = Label("", _TEXT, wrap=True, align=_CENTRE)
        self.body.addStretch(2)
        self.body.addWidget(IconLabel(icon, 160, "accent", stroke=1.5), 0, _CENTRE)
        self.body.add_gap(48)
        self.body.addWidget(self.title)
        self.body.add_gap(24)
        self.body.addWidget(self.text)
        self.body.addStretch(1)
        self._buttons = VBox(spacing=20)
        self.body.addLayout(self._buttons)
        self.buttons: list[Button] = []

    def say(
        self,
        mode: Mode,
        words: Callable[[], tuple[str, str]],
        *choices: tuple[Callable[[], str], Callable[[], None]],
    ) -> None:
        """Show two sentences, and buttons from the strongest down, each with what it does."""
        self._words, self._choices = words, choices
        for button in self.buttons:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        size = ELDER_TOOL if mode.elder else KIOSK_MAIN
        for at, (_name, act) in enumerate(choices):
            kind = PrimaryButton if at == 0 else PlainButton
            button = kind("", size=size)
            button.clicked.connect(act)
            self._buttons.addWidget(button)
            self.buttons.append(button)
        self.stand(mode)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        elder = self.mode.elder
        self.title.set_role(_ELDER_TITLE if elder else _TITLE)
        self.text.set_role(_ELDER_TEXT if elder else _TEXT)
        title, text = self._words()
        self.title.setText(title)
        self.text.setText(text)
        for button, (name, _act) in zip(self.buttons, self._choices, strict=True):
            button.setText(name())
