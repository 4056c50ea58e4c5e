"""Owns the second step: the services of a group; the chosen row opens in place."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal

from branch.catalogue.queries import Service
from branch.catalogue.rules import offered_machine
from branch.lobby.queries.screens import KioskGroup
from ui.kiosk.chosen import ELDER_CHIP, ChosenCard
from ui.kiosk.mode import Mode
from ui.kiosk.page import Page, StepHead
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import KIOSK_TOOL, PlainButton
from ui.widgets.label import K_TITLE, Label, TextRole
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import Chip
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import KIOSK_FOOT, KIOSK_ROW

_SECOND = TextRole(32, 400, "ink2")
_ELDER_TITLE = TextRole(72, 700)
_ELDER_SECOND = TextRole(46, 400, "ink2")
_ELDER_ROW = replace(
    KIOSK_ROW, height=150, edge="control", title_px=56, title_line=76, chip=ELDER_CHIP
)


class ServicesPage(Page):
    """Rows of services; ``counter_wanted`` and ``machine_wanted`` carry the service's code."""

    back_wanted = Signal()
    help_wanted = Signal()
    counter_wanted = Signal(str)
    machine_wanted = Signal(str)

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._entry: KioskGroup | None = None
        self._chosen = ""
        self._first = 0
        self._step = StepHead(self, 2)
        self.back = self._step.back
        self.back.clicked.connect(self.back_wanted)
        self.title = Label("", K_TITLE)
        self.second = Label("", _SECOND)
        words = VBox(spacing=6, margins=(0, 20, 0, 32))
        words.addWidget(self.title)
        words.addWidget(self.second)
        self.body.addLayout(words)
        self._rows = VBox(spacing=16)
        self.body.addLayout(self._rows)
        self.rows: dict[str, Tile] = {}
        self.card = ChosenCard()
        self.card.counter.clicked.connect(lambda: self.counter_wanted.emit(self._chosen))
        self.card.machine.clicked.connect(lambda: self.machine_wanted.emit(self._chosen))
        self.body.add_gap(20)
        pages = HBox(spacing=16)
        self.before = PlainButton("", size=KIOSK_TOOL, icon="chevron-up")
        self.after = PlainButton("", size=KIOSK_TOOL, icon="chevron-down")
        for button, by in ((self.before, -1), (self.after, 1)):
            button.clicked.connect(lambda _checked=False, by=by: self._turn(by))
            pages.addWidget(button, 1)
        self.body.addLayout(pages)
        self.body.addStretch(1)
        self.help = Tile(KIOSK_FOOT, TileContent(""))
        self.help.clicked.connect(self.help_wanted)
        self.body.addWidget(self.help)

    def show_group(self, entry: KioskGroup, mode: Mode) -> None:
        """Begin with a group, nothing chosen; a group of one service opens it at once."""
        self._entry, self._first = entry, 0
        self._chosen = entry.services[0].code if len(entry.services) == 1 else ""
        self.stand(mode)

    def refresh_group(self, entry: KioskGroup) -> None:
        """Take newer counts; what was chosen stays open."""
        self._entry = entry
        self._show_card()

    def group(self) -> str:
        """The code of the group shown."""
        return self._entry.group.code if self._entry else ""

    def free_now(self) -> bool:
        """Whether nobody waits for this group and a counter is idle."""
        return self._entry is not None and self._entry.free_now

    # -- showing --------------------------------------------------------------------------------

    def _turn(self, by: int) -> None:
        self._first += by * self.mode.rows
        self._chosen = ""
        self.retranslate()

    def _choose(self, code: str) -> None:
        self._chosen = code
        self.retranslate()
        self.card.counter.setFocus()

    def _services(self) -> tuple[Service, ...]:
        return self._entry.services if self._entry else ()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._step.retranslate(self.tr("返回"), self.tr("第 2 步，共 3 步"))
        elder = self.mode.elder
        self.title.set_role(_ELDER_TITLE if elder else K_TITLE)
        self.second.set_role(_ELDER_SECOND if elder else _SECOND)
        if self._entry is None:
            return
        self.title.setText(self._entry.group.name.text(language().code))
        self.second.setText(self.tr("请选择具体业务"))
        self._fill()
        count = len(self._services())
        self.before.setText(self.tr("上一页"))
        self.after.setText(self.tr("下一页"))
        self.before.setVisible(self._first > 0)
        self.after.setVisible(self._first + self.mode.rows < count)
        self.help.set_content(
            TileContent(
                self.tr("材料没带齐，或不会用自助机？"), icon="help", right=self.tr("请人帮忙")
            )
        )

    def _fill(self) -> None:
        self._rows.removeWidget(self.card)
        clear(self._rows)
        self.rows = {}
        shown = self._services()[self._first : self._first + self.mode.rows]
        opened = any(service.code == self._chosen for service in shown)
        self.card.setVisible(opened)
        if not opened:
            self.card.setParent(self)
        style = _ELDER_ROW if self.mode.elder else KIOSK_ROW
        for service in shown:
            if service.code == self._chosen:
                self._rows.addWidget(self.card)
                self._show_card()
            else:
                row = Tile(style, self._row_words(service))
                code = service.code
                row.clicked.connect(lambda _checked=False, code=code: self._choose(code))
                self._rows.addWidget(row)
                self.rows[code] = row

    def _row_words(self, service: Service) -> TileContent:
        if offered_machine(service.channels):
            chip = Chip(self.tr("自助机可办"), State.OK, "")
        else:
            chip = Chip(self.tr("柜台办理"), State.IDLE, "counter")
        return TileContent(service.name.text(language().code), right_chip=chip)

    def _show_card(self) -> None:
        service = next((item for item in self._services() if item.code == self._chosen), None)
        if service is not None and self._entry is not None:
            self.card.show_service(service, self._entry, elder=self.mode.elder)
