"""Owns the card of who sits there, masked, and who receives him, with the way to his case; asks why
before it shows more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from branch.complaints.commands.revealing import RevealCase
from branch.rooms.commands.ending import RevealSession
from branch.rooms.session import Visitor
from ui.models.room_words import visitor_label
from ui.models.words import care_icon, care_label
from ui.shell.station import Station
from ui.widgets.button import COMPACT, LinkButton
from ui.widgets.card import Card
from ui.widgets.label import BODY, CARD_TITLE, Label, TextRole
from ui.widgets.reveal_row import RevealRow
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.status import CHIP_SMALL, CareChip

_KEYS: Final = ("name", "complainant", "phone", "company", "before", "hosts")
_ADD: Final = replace(COMPACT, padding=4)
_CAPTIONS: Final = 64
_ROW_GAP: Final = 9


@dataclass(frozen=True)
class Customer:
    """Who sits there, as far as the screen says: masked names and number, the rest in words.

    ``complainant`` is whose case it is, where somebody else sits there for him.
    """

    name: str = ""
    complainant: str = ""
    phone: str = ""
    company: str = ""
    before: str = ""
    hosts: str = ""
    care: tuple[str, ...] = ()


class VisitorsRow(RevealRow):
    """The first visitor's name; the others' under it while they are shown whole."""

    def __init__(self, station: Station, make: Callable[[str], object]) -> None:
        self.others = Label("", TextRole(14, 500), wrap=True)
        super().__init__(station, make, "", eye=True)
        column = self.layout()
        assert column is not None  # a row brings its column
        column.addWidget(self.others)

    def words(self, value: tuple[Visitor, ...]) -> str:
        """The first visitor's name, then a line for everybody else: the name, as whom he came."""
        text = self.tr("{name}，{capacity}")
        others = [
            text.format(name=one.name, capacity=visitor_label(one.capacity)) for one in value[1:]
        ]
        return "\n".join([value[0].name, *others])

    def put(self, value: str, *, whole: bool) -> None:
        """The masked name, or everybody's."""
        first, _rule, others = value.partition("\n")
        super().put(first, whole=whole)
        self.others.setText(others)
        self.others.setVisible(bool(others))


class CustomerCard(Card):
    """Caption and value in rows; what is empty takes no row. ``reveals`` are those that can be
    shown whole.

    ``register_wanted`` asks for the registration of what he complains of, ``link_wanted`` for a
    case that is registered already, ``unlink_wanted`` to take the session off it.
    """

    register_wanted = Signal()
    link_wanted = Signal()
    unlink_wanted = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._session = 0
        self._complaint: int | None = None
        self._customer = Customer()
        self.title = Label("", CARD_TITLE)
        self.reveals: dict[str, RevealRow] = {
            "name": VisitorsRow(station, lambda reason: RevealSession(self._session, reason)),
            "complainant": RevealRow(station, partial(self._reveal, "name"), "", eye=True),
            "phone": RevealRow(station, partial(self._reveal, "phone"), "", eye=True),
        }
        for row in self.reveals.values():
            row.caption.hide()
        self._care = HBox(spacing=4)
        self.captions = {key: Label("", TextRole(14, 400, "ink3")) for key in _KEYS}
        self.values: dict[str, Label] = {
            key: Label("", BODY, wrap=True) for key in _KEYS if key not in self.reveals
        }
        self.register_button = LinkButton("", size=_ADD, icon="plus")
        self.link_button = LinkButton("", size=_ADD, icon="search")
        self.unlink_button = LinkButton("", size=_ADD, icon="undo")
        for button, wanted in (
            (self.register_button, self.register_wanted),
            (self.link_button, self.link_wanted),
            (self.unlink_button, self.unlink_wanted),
        ):
            button.hide()
            button.clicked.connect(wanted)
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
        column.add_gap(4)
        for button in (self.register_button, self.link_button, self.unlink_button):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()

    def _value(self, key: str) -> QWidget:
        return self.reveals[key] if key in self.reveals else self.values[key]

    def show_customer(
        self, customer: Customer, session: int, complaint: int | None, *, can_unlink: bool = False
    ) -> None:
        """Who it is; a value that is open stays open while it is the same session and case."""
        same = (session, complaint) == (self._session, self._complaint)
        before, self._customer = self._customer, customer
        self._session, self._complaint = session, complaint
        for key, row in self.reveals.items():
            masked = getattr(customer, key)
            if not same or masked != getattr(before, key) or not row.is_open():
                row.show_masked(masked)
        self.register_button.setVisible(complaint is None)
        self.link_button.setVisible(complaint is None)
        self.unlink_button.setVisible(can_unlink)
        for key, label in self.values.items():
            label.setText(getattr(customer, key))
        for key in _KEYS:
            shown = bool(getattr(customer, key))
            self.captions[key].setVisible(shown)
            self._value(key).setVisible(shown)
        clear(self._care)
        for code in customer.care:
            self._care.addWidget(CareChip(care_icon(code), care_label(code), size=CHIP_SMALL))

    def _reveal(self, field: str, reason: str) -> RevealCase:
        assert self._complaint is not None  # the eye stands with a case only
        return RevealCase(self._complaint, field, reason)

    def retranslate(self) -> None:
        """Take all words anew; open values are covered."""
        self.title.setText(self.tr("客户"))
        for key, text in {
            "name": self.tr("姓名"),
            "complainant": self.tr("投诉人"),
            "phone": self.tr("电话"),
            "company": self.tr("陪同"),
            "before": self.tr("以往"),
            "hosts": self.tr("接待"),
        }.items():
            self.captions[key].setText(text)
            if key in self.reveals:
                self.reveals[key].set_caption(text)
        self.register_button.setText(self.tr("登记投诉"))
        self.link_button.setText(self.tr("关联已有投诉"))
        self.unlink_button.setText(self.tr("取消关联"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
