"""Owns the card at whose end a session ends: read, signed, told, printed; must not end it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QSizePolicy

from ui.widgets.button import COMPACT, LARGE, LinkButton, PlainButton
from ui.widgets.card import Card
from ui.widgets.label import CARD_TITLE, Label
from ui.widgets.stage import VBox
from ui.widgets.tick_item import TickItem

READ, SIGNED, TOLD = "read", "signed", "told"
_KEYS: Final = (READ, SIGNED, TOLD)
_WORDS: Final = 232


class EndCard(Card):
    """Three ticks and two buttons. ``record_wanted`` shows the record to the customer, who signs
    there; ``print_wanted`` and ``end_wanted`` tell how it is to end, ``early_wanted`` that it ends
    without all that."""

    record_wanted = Signal()
    print_wanted = Signal()
    end_wanted = Signal()
    early_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", CARD_TITLE)
        self.items = {key: TickItem(words=_WORDS, row=34) for key in _KEYS}
        self.print_button = PlainButton("", size=LARGE, icon="printer")
        self.end_button = PlainButton("", size=LARGE)
        self.early_button = LinkButton("", size=COMPACT)
        column = VBox(margins=(20, 18, 20, 10), parent=self)
        column.addWidget(self.title)
        column.add_gap(12)
        for item in self.items.values():
            column.addWidget(item)
        column.add_gap(12)
        for button in (self.print_button, self.end_button):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(self.print_button)
        column.add_gap(8)
        column.addWidget(self.end_button)
        column.add_gap(4)
        column.addWidget(self.early_button)
        for key in (READ, SIGNED):
            self.items[key].clicked.connect(lambda _on, key=key: self._ask_record(key))
        self.items[TOLD].clicked.connect(lambda _on: self._follow())
        self.print_button.clicked.connect(self.print_wanted)
        self.end_button.clicked.connect(self.end_wanted)
        self.early_button.clicked.connect(self.early_wanted)
        self._follow()
        self.retranslate()

    def show_record(self, *, read: bool, signed: bool) -> None:
        """Whether the customer has read the record, and whether it was signed or refused."""
        self.items[READ].setChecked(read)
        self.items[SIGNED].setChecked(signed)
        self._follow()

    def is_ticked(self, key: str) -> bool:
        """Whether one of the three is done."""
        return self.items[key].isChecked()

    def clear(self) -> None:
        """Another session: nothing is done."""
        for item in self.items.values():
            item.setChecked(False)
        self._follow()

    def _ask_record(self, key: str) -> None:
        # It is done by reading and signing, not by ticking.
        item = self.items[key]
        item.setChecked(not item.isChecked())
        self.record_wanted.emit()

    def _follow(self) -> None:
        done = all(item.isChecked() for item in self.items.values())
        for button in (self.print_button, self.end_button):
            button.setEnabled(done)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("结束接待"))
        for key, text in {
            READ: self.tr("笔录已请客户看过"),
            SIGNED: self.tr("客户已签名"),
            TOLD: self.tr("已告知后续联系人和时间"),
        }.items():
            self.items[key].set_text(text)
        self.print_button.setText(self.tr("结束，并打印笔录"))
        self.end_button.setText(self.tr("结束，并通知保洁"))
        self.early_button.setText(self.tr("客户先离开了，或要中止"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
