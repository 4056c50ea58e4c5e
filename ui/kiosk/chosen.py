"""Owns the open row: what to bring, and where it can be done."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from branch.catalogue.queries import Service
from branch.catalogue.rules import Document, offered_machine
from branch.lobby.queries.screens import KioskGroup
from ui.shell.language import language
from ui.widgets.card import CANVAS_WELL, KIOSK_SELECTED, Card, Well
from ui.widgets.icon import IconLabel
from ui.widgets.label import K_BODY, Label, TextRole
from ui.widgets.stage import Grid, HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import CHIP_KIOSK, StatusChip
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import KIOSK_OPTION_OUTLINE, KIOSK_OPTION_SOLID

_TITLE = TextRole(46, 700)
_DOCUMENT = TextRole(28, 700)
_ELDER_TITLE = TextRole(64, 700)
_ELDER_DOCUMENT = TextRole(40, 700)
_ELDER_BODY = TextRole(40, 400, "ink2")
_MOST_CARDS = 3
ELDER_CHIP = replace(CHIP_KIOSK, height=64, font_px=36)
_ELDER_SOLID = replace(
    KIOSK_OPTION_SOLID, height=290, title_px=48, title_line=66, second_px=40, second_line=56
)
_ELDER_OUTLINE = replace(
    KIOSK_OPTION_OUTLINE, height=290, title_px=48, title_line=66, second_px=40, second_line=56
)


class ChosenCard(Card):
    """One service: documents, and the machine beside the counter where it can do it.

    For customers in big letters the counter is the first choice: the guidance of 2024 on
    serving the elderly forbids leading them away from counters.
    """

    def __init__(self) -> None:
        super().__init__(style=KIOSK_SELECTED)
        self._elder = False
        column = VBox(margins=(34, 28, 32, 30), parent=self)
        head = HBox(spacing=20)
        self.title = Label("", _TITLE, wrap=True)
        self.chip = StatusChip(State.OK, "", size=CHIP_KIOSK)
        head.addWidget(self.title, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.add_gap(14)
        self.bring = Label("", K_BODY)
        column.addWidget(self.bring)
        column.add_gap(14)
        self._documents = Grid(columns=_MOST_CARDS, spacing=16)
        column.addLayout(self._documents)
        column.add_gap(14)
        self.also = Label("", K_BODY, wrap=True)
        column.addWidget(self.also)
        column.add_gap(20)
        self._options = HBox(spacing=16)
        self.machine = Tile(KIOSK_OPTION_SOLID, TileContent(""))
        self.counter = Tile(KIOSK_OPTION_OUTLINE, TileContent(""))
        self._options.addWidget(self.machine, 132)
        self._options.addWidget(self.counter, 100)
        column.addLayout(self._options)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_service(self, service: Service, entry: KioskGroup, *, elder: bool) -> None:
        """Show a service of a group with as many waiting as ``entry`` says."""
        code = language().code
        machine = offered_machine(service.channels)
        self._elder = elder
        self.title.set_role(_ELDER_TITLE if elder else _TITLE)
        self.bring.set_role(_ELDER_BODY if elder else K_BODY)
        self.also.set_role(_ELDER_BODY if elder else K_BODY)
        self.title.setText(service.name.text(code))
        if machine:
            self.chip.set_chip(State.OK, self.tr("自助机可办"))
        else:
            self.chip.set_chip(State.IDLE, self.tr("柜台办理"), "counter")
        self._show_documents(service, code)
        self._show_options(service, entry, machine, elder)

    def _show_documents(self, service: Service, code: str) -> None:
        clear(self._documents)
        always = [item for item in service.documents if item.when == "always"]
        others = [_text(item, code) for item in service.documents if item.when != "always"]
        self.bring.setText(self.tr("请准备好以下物品") if always else self.tr("不用带材料"))
        for at, document in enumerate(always):
            well = Well(CANVAS_WELL)
            inside = VBox(spacing=8, margins=(20, 18, 16, 18), parent=well)
            if len(always) <= _MOST_CARDS:
                inside.addWidget(IconLabel(_icon(document), 44, "accent"))
            role = _ELDER_DOCUMENT if self._elder else _DOCUMENT
            inside.addWidget(Label(_text(document, code), role, wrap=True))
            inside.addStretch(1)
            self._documents.addWidget(well, at // _MOST_CARDS, at % _MOST_CARDS)
        between = "; " if code == "en" else "；"
        self.also.setText(between.join(others))
        self.also.setVisible(bool(others))

    def _show_options(
        self, service: Service, entry: KioskGroup, machine: str | None, elder: bool
    ) -> None:
        self.machine.setVisible(machine is not None)
        if elder:
            self.counter.set_style(_ELDER_SOLID)
            self.machine.set_style(_ELDER_OUTLINE)
        else:
            self.counter.set_style(KIOSK_OPTION_OUTLINE if machine else KIOSK_OPTION_SOLID)
            self.machine.set_style(KIOSK_OPTION_SOLID)
        self._options.setStretch(0, 100 if elder else 132)
        ahead = self.tr("前面 {n} 人").format(n=entry.waiting)
        wait = self.tr("现在可办") if entry.free_now else self.tr("暂时无法估计")
        self.counter.set_content(TileContent(self.tr("取号到柜台"), ahead, wait, icon="ticket"))
        minutes = self.tr("约 {n} 分钟办完").format(n=service.minutes)
        name = self.tr("现金机") if machine == "cash_machine" else self.tr("智能柜台")
        self.machine.set_content(
            TileContent(
                self.tr("去自助机办"),
                minutes,
                self.tr("{machine}，不用取号").format(machine=name),
                icon="machine",
            )
        )


def _text(document: Document, code: str) -> str:
    return document.en if code == "en" and document.en else document.zh


def _icon(document: Document) -> str:
    words = document.zh
    if "手机" in words:
        return "phone"
    if "存折" in words and "卡" not in words:
        return "passbook"
    if "身份证" in words or "证件" in words:
        return "id-card"
    return "card" if "卡" in words else "document"
