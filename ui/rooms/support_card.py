"""Owns the card that asks colleagues in: the manager, tea and rest, the quiet words; sends nothing.

The quiet words stand there like any other button: a visitor beside the screen reads of a folder,
and nothing rings, lights up or turns red (complaints.md 4d).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QSizePolicy

from ui.rooms.hold_button import HoldButton
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.card import Card
from ui.widgets.label import CAPTION, CARD_TITLE, Label
from ui.widgets.stage import VBox

_LEFT: Final = replace(LARGE, left=True)
_QUIET: Final = replace(LARGE, left=True, height=56)
_LOW: Final = 44


class SupportCard(Card):
    """``manager_wanted``, ``rest_wanted``, and ``folder_wanted`` once the quiet button was held."""

    manager_wanted = Signal()
    rest_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fetching = self._answered = False
        self._manager_asked = self._rest_asked = False
        self.title = Label("", CARD_TITLE)
        self.manager_button = PlainButton("", size=_LEFT, icon="person")
        self.rest_button = PlainButton("", size=_LEFT, icon="heart")
        self.folder_button = HoldButton(size=_QUIET, icon="document")
        self.caption = Label("", CAPTION, wrap=True)
        column = VBox(margins=(20, 18, 20, 20), parent=self)
        column.addWidget(self.title)
        column.add_gap(12)
        for button in (self.manager_button, self.rest_button, self.folder_button):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(self.manager_button)
        column.add_gap(8)
        column.addWidget(self.rest_button)
        column.addStretch(1)
        column.add_gap(8)
        column.addWidget(self.folder_button)
        column.add_gap(8)
        column.addWidget(self.caption)
        self.manager_button.clicked.connect(self.manager_wanted)
        self.rest_button.clicked.connect(self.rest_wanted)
        self.folder_button.held.connect(self.folder_wanted)
        self.retranslate()

    def set_low(self, low: bool) -> None:
        """Lower buttons where the window is low, still high enough for a finger."""
        for button in (self.manager_button, self.rest_button):
            button.setFixedHeight(_LOW if low else _LEFT.height)
        self.folder_button.setFixedHeight(_LEFT.height if low else _QUIET.height)

    def show_fetching(self, fetching: bool, answered: bool) -> None:
        """Say in the same quiet words that somebody was asked, and that somebody comes."""
        self._fetching, self._answered = fetching, answered
        self._say()

    def show_asked(self, *, manager: bool, rest: bool) -> None:
        """What was asked for and has not come yet."""
        self._manager_asked, self._rest_asked = manager, rest
        self.manager_button.setEnabled(not manager)
        self.rest_button.setEnabled(not rest)
        self._say()

    def _say(self) -> None:
        self.manager_button.setText(
            self.tr("已请负责人到场") if self._manager_asked else self.tr("请负责人到场")
        )
        self.rest_button.setText(
            self.tr("已请同事送茶水") if self._rest_asked else self.tr("送茶水、休息五分钟")
        )
        if self._answered:
            self.caption.setText(self.tr("同事马上送来"))
        elif self._fetching:
            self.caption.setText(self.tr("已请同事去取"))
        else:
            self.caption.setText(self.tr("按住 1 秒，同事会送来"))

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("请人支援"))
        self.folder_button.setText(self.tr("请取蓝色文件夹"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
