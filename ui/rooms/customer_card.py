"""Owns the card of who sits there, masked, and who receives him; asks why before it shows more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from branch.complaints.commands.revealing import RevealCase
from ui.models.words import care_icon, care_label
from ui.shell.station import Station
from ui.widgets.button import COMPACT, LinkButton
from ui.widgets.card import Card
from ui.widgets.label import BODY, CARD_TITLE, Label, TextRole
from ui.widgets.reveal_row import RevealRow
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.status import CHIP_SMALL, CareChip

_KEYS: Final = ("name", "phone", "company", "before", "hosts")
_ADD: Final = replace(COMPACT, padding=4)
_CAPTIONS: Final = 64
_ROW_GAP: Final = 9


@dataclass(frozen=True)
class Customer:
    """Who sits there, as far as the screen says: masked name and number, the rest in words."""

    name: str = ""
    phone: str = ""
    company: str = ""
    before: str = ""
    hosts: str = ""
    care: tuple[str, ...] = ()


class CustomerCard(Card):
    """Caption and value in rows; what is empty takes no row. ``refused`` says why not shown;
    ``register_wanted`` asks for the registration of what he complains of."""

    refused = Signal(str)
    register_wanted = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._complaint: int | None = None
        self._customer = Customer()
        self.title = Label("", CARD_TITLE)
        self.phone = RevealRow(station, self._reveal, "", eye=True)
        self.phone.caption.hide()
        self.phone.refused.connect(lambda text, _glass: self.refused.emit(text))
        self._care = HBox(spacing=4)
        self.captions = {key: Label("", TextRole(14, 400, "ink3")) for key in _KEYS}
        self.values: dict[str, Label] = {
            key: Label("", TextRole(14, 500) if key == "name" else BODY, wrap=True)
            for key in _KEYS
            if key != "phone"
        }
        self.register_button = LinkButton("", size=_ADD, icon="plus")
        self.register_button.hide()
        self.register_button.clicked.connect(self.register_wanted)
        head = HBox()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addLayout(self._care)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(_ROW_GAP)
        self._grid.setHorizontalSpacing(8)
        self._grid.setColumnMinimumWidth(0, _CAPTIONS)
        self._grid.setColumnStretch(1, 1)
        for at, key in enumerate(_KEYS):
            self._grid.addWidget(self.captions[key], at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._value(key), at, 1)
        column = VBox(margins=(20, 18, 20, 20), parent=self)
        column.addLayout(head)
        column.add_gap(14)
        column.addLayout(self._grid)
        column.addWidget(self.register_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()

    def _value(self, key: str) -> QWidget:
        return self.phone if key == "phone" else self.values[key]

    def show_customer(self, customer: Customer, complaint: int | None) -> None:
        """Who it is; a number that is open stays open while it is the same case."""
        same = complaint == self._complaint and customer.phone == self._customer.phone
        self._complaint, self._customer = complaint, customer
        if not same or not self.phone.is_open():
            self.phone.show_masked(customer.phone)
        self.register_button.setVisible(complaint is None)
        for key, label in self.values.items():
            label.setText(getattr(customer, key))
        for key in _KEYS:
            shown = bool(getattr(customer, key))
            self.captions[key].setVisible(shown)
            self._value(key).setVisible(shown)
        clear(self._care)
        for code in customer.care:
            self._care.addWidget(CareChip(care_icon(code), care_label(code), size=CHIP_SMALL))

    def _reveal(self, reason: str) -> RevealCase:
        assert self._complaint is not None  # the eye stands with a case only
        return RevealCase(self._complaint, "phone", reason)

    def retranslate(self) -> None:
        """Take all words anew; an open number is covered."""
        self.title.setText(self.tr("客户"))
        for key, text in {
            "name": self.tr("姓名"),
            "phone": self.tr("电话"),
            "company": self.tr("陪同"),
            "before": self.tr("以往"),
            "hosts": self.tr("接待"),
        }.items():
            self.captions[key].setText(text)
        self.phone.set_caption(self.tr("电话"))
        self.register_button.setText(self.tr("登记投诉"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
