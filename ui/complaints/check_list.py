"""Owns the card of what has to be there before the next step; must not judge what is missing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.complaints.checks import Checks
from ui.widgets.card import Card
from ui.widgets.label import CARD_TITLE, Label
from ui.widgets.stage import VBox, clear
from ui.widgets.tick_item import TickItem

# The words of a card 248 px wide.
_WORDS: Final = 182


class CheckList(Card):
    """``ticked`` carries a key and whether it is ticked now."""

    ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checks = Checks("", ())
        self.title = Label("", CARD_TITLE, wrap=True)
        self._rows = VBox()
        column = VBox(margins=(18, 16, 18, 16), parent=self)
        column.addWidget(self.title)
        column.add_gap(8)
        column.addLayout(self._rows)
        column.addStretch(1)
        self.items: list[QCheckBox] = []

    def show_checks(self, checks: Checks) -> None:
        """Show these; nothing to check hides the words."""
        if checks == self._checks:
            return
        same = [(c.text, c.key) for c in checks.items] == [
            (c.text, c.key) for c in self._checks.items
        ]
        self._checks = checks
        self.title.setText(checks.title)
        if same:
            # The row keeps the keyboard.
            for item, check in zip(self.items, checks.items, strict=True):
                item.setChecked(check.done)
            return
        clear(self._rows)
        self.items = []
        for check in checks.items:
            # One without a key only tells.
            item = TickItem(check.text, words=_WORDS)
            item.setChecked(check.done)
            item.setEnabled(bool(check.key))
            if check.key:
                item.clicked.connect(lambda on, key=check.key: self.ticked.emit(key, on))
            self.items.append(item)
            self._rows.addWidget(item)

    def missing(self) -> list[str]:
        """What is not there yet."""
        return [check.text for check in self._checks.items if not check.done]
