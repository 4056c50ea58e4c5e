"""Owns the open row: what to bring, and where it can be done, with the time each takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal

from branch.catalogue.queries import Service
from branch.catalogue.rules import offered_machine
from branch.lobby.waits.outlook import Outlook
from ui.kiosk.documents import DocumentList
from ui.kiosk.paragraph import Paragraph
from ui.kiosk.picture import Picture
from ui.kiosk.wording import ahead_words, machine_name, service_wait, translate
from ui.shell.language import ENGLISH, language
from ui.widgets.card import KIOSK_SELECTED, Card
from ui.widgets.label import TextRole
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import CHIP_KIOSK, Chip, StatusChip
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import KIOSK_OPTION_OUTLINE, KIOSK_OPTION_SOLID

_TITLE: Final = TextRole(46, 700)
_TITLE_EN: Final = TextRole(40, 700)
_OUT: Final = TextRole(30, 400, "ink2")
_REFUSED: Final = TextRole(30, 500, "danger_text")
_SOLID_EN: Final = replace(KIOSK_OPTION_SOLID, title_px=34)
_OUTLINE_EN: Final = replace(KIOSK_OPTION_OUTLINE, title_px=34)


def place_chip(service: Service) -> Chip:
    """Where a service can be done, as a chip on its row."""
    if service.machine:
        return Chip(translate("Kiosk", "自助机可办"), State.OK)
    return Chip(translate("Kiosk", "柜台办理"), State.IDLE, "counter")


class ChosenCard(Card):
    """One service with its two ways; ``counter_wanted`` and ``machine_wanted`` are pressed."""

    counter_wanted = Signal()
    machine_wanted = Signal()

    def __init__(
        self, service: Service, shown: Picture, found: Outlook | None, *, short: bool = False
    ) -> None:
        super().__init__(style=KIOSK_SELECTED)
        self.service = service
        column = VBox(margins=(38, 34, 36, 36), parent=self)
        head = HBox(spacing=20)
        english = language().code == ENGLISH
        role, line = (_TITLE_EN, 52) if english else (_TITLE, 60)
        self.title = Paragraph(role, line, wrap=True)
        self.title.setText(service.name.text(language().code))
        chip = place_chip(service)
        place = StatusChip(chip.state or State.IDLE, chip.text, icon=chip.icon, size=CHIP_KIOSK)
        head.addWidget(self.title, 1)
        head.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.add_gap(20)
        column.addWidget(DocumentList(service, short=short))
        self.out = Paragraph(_OUT, 44, wrap=True)
        broken = offered_machine(service.channels) if service.machine is None else None
        if broken is not None:
            # Whoever came for the machine is told why it is not offered.
            column.add_gap(16)
            words = self.tr("{machines}暂停使用，请到柜台办理。")
            self.out.setText(words.format(machines=machine_name(broken)))
        column.addWidget(self.out)
        self.out.setVisible(broken is not None)
        self.refused = Paragraph(_REFUSED, 44, wrap=True)
        self.refused.hide()
        column.addWidget(self.refused)
        column.add_gap(28)
        solid = _SOLID_EN if english else KIOSK_OPTION_SOLID
        outline = _OUTLINE_EN if english else KIOSK_OPTION_OUTLINE
        if short:
            solid, outline = replace(solid, height=200), replace(outline, height=200)
        options = HBox(spacing=16)
        self.machine: Tile | None = None
        if service.machine:
            self.machine = Tile(solid, self._machine_words())
            self.machine.clicked.connect(self.machine_wanted)
            options.addWidget(self.machine, 132)
        self.counter = Tile(outline if self.machine else solid)
        self.counter.clicked.connect(self._on_counter)
        options.addWidget(self.counter, 100)
        column.addLayout(options)
        self.show_picture(shown, found)

    def show_picture(self, shown: Picture, found: Outlook | None) -> None:
        """Take newer numbers of people and minutes."""
        offered = shown.of_service(self.service.code)
        if offered is None:
            return
        entry = offered[0]
        self.counter.set_content(
            TileContent(
                self.tr("取号到柜台"),
                ahead_words(shown.ahead_of_new(entry)),
                service_wait(shown, entry, self.service.code, found),
                icon="ticket",
            )
        )

    def _on_counter(self) -> None:
        self.counter.setEnabled(False)
        self.counter_wanted.emit()

    def refuse(self, text: str) -> None:
        """Say why no ticket was given; it can be tried again."""
        self.refused.setText(text)
        self.refused.setVisible(bool(text))
        self.counter.setEnabled(True)

    def _machine_words(self) -> TileContent:
        code = self.service.machine
        assert code is not None  # there is no tile without a machine
        return TileContent(
            self.tr("现在就去自助机办"),
            self.tr("一般约 {n} 分钟办完").format(n=self.service.minutes),
            self.tr("{machine}，不用取号").format(machine=machine_name(code)),
            icon="machine",
        )
