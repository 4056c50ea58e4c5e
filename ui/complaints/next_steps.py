"""Owns the card 办理: the next step as the one solid button, the others outlined; runs nothing."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QMenu, QWidget

from branch.complaints.queries.detail import CaseDetail
from ui.complaints.offers import Offers
from ui.complaints.step_words import deed_label, icon_of, waiting_words
from ui.widgets.button import LARGE, Button, ButtonSize, PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.label import CARD_TITLE, Label, TextRole
from ui.widgets.stage import VBox, clear

_OTHER: Final = ButtonSize(44, 14, 13, left=True)


class NextSteps(Card):
    """``wanted`` carries the code of what was pressed; the keys 1 to 9 press the buttons."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[CaseDetail, Offers] | None = None
        self._codes: list[str] = []
        self.title = Label("", CARD_TITLE)
        self.waiting = Label("", TextRole(14, 400, "ink2"), wrap=True)
        self.menu = QMenu(self)
        self._column = VBox(spacing=8)
        column = VBox(margins=(18, 16, 18, 18), parent=self)
        column.addWidget(self.title)
        column.add_gap(10)
        column.addLayout(self._column)
        self.buttons: dict[str, Button] = {}
        self.more_button: Button | None = None

    def show_offers(self, detail: CaseDetail, offers: Offers) -> None:
        """What can be done with the case now."""
        if self._shown is not None and self._shown[1] == offers and self._shown[0] == detail:
            return
        self._shown = (detail, offers)
        self._fill(detail, offers)

    def press(self, number: int) -> None:
        """Press the button of this number, from 1."""
        if 1 <= number <= len(self._codes):
            self.wanted.emit(self._codes[number - 1])

    def _fill(self, detail: CaseDetail, offers: Offers) -> None:
        focused = next((c for c, button in self.buttons.items() if button.hasFocus()), "")
        self._column.removeWidget(self.waiting)
        clear(self._column)
        self.buttons, self.more_button = {}, None
        self._codes = [code for code in (offers.first, *offers.others) if code]
        self.title.setText(self.tr("下一步"))
        self.waiting.setText("" if offers.first else waiting_words(detail))
        self.waiting.setVisible(not offers.first)
        self._column.addWidget(self.waiting)
        for at, code in enumerate(self._codes, 1):
            first = code == offers.first
            kind: type[Button] = PrimaryButton if first else PlainButton
            button = kind(deed_label(code), size=LARGE if first else _OTHER, icon=icon_of(code))
            button.setToolTip(self.tr("按 {key}").format(key=at))
            button.clicked.connect(partial(self._pressed, code))
            self.buttons[code] = button
            self._column.addWidget(button)
        self.menu.clear()
        for code in offers.more:
            self.menu.addAction(deed_label(code)).triggered.connect(partial(self._pressed, code))
        if offers.more:
            self.more_button = PlainButton(self.tr("更多"), size=_OTHER, icon="list")
            self.more_button.clicked.connect(self._open_menu)
            self._column.addWidget(self.more_button)
        if focused in self.buttons:
            self.buttons[focused].setFocus()

    def _pressed(self, code: str, _checked: bool = False) -> None:
        self.wanted.emit(code)

    def _open_menu(self) -> None:
        assert self.more_button is not None  # it was pressed
        self.menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._shown is not None:
            self._fill(*self._shown)
