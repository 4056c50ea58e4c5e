"""Owns the panels a teller opens: where to transfer, whom to resume."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from branch.lobby.queries.screens import Desk
from branch.lobby.queries.waiting import CounterNow, QueuedTicket
from ui.models.words import hold_reason
from ui.shell.language import language
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import SECOND, Label, TextRole
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import SERVICE_BUTTON

_TITLE = TextRole(20, 700)
_MOST_HELD = 7


class TransferPanel(PanelDialog):
    """Another service, another counter, or both; 1 to 9 choose a counter.

    ``chosen`` carries the service's code and the counter's number (0 for any).
    """

    chosen = Signal(str, int)

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "", width=620)
        self._desk = desk
        ticket = desk.counter.ticket
        assert ticket is not None  # the window opens this while it serves somebody
        self._now = ticket.service
        heading = self.tr("{number} 转到哪里？").format(number=ticket.number)
        self.setWindowTitle(heading)
        self.setAccessibleName(heading)
        self.body.addWidget(Label(heading, _TITLE))
        self.body.add_gap(14)
        self.body.addWidget(Label(self.tr("业务"), SECOND))
        self.service = QComboBox()
        self.service.setAccessibleName(self.tr("业务"))
        self.service.setMinimumHeight(44)
        for service in desk.services:
            if service.active:
                self.service.addItem(service.name.text(language().code), service.code)
        self.service.setCurrentIndex(self.service.findData(self._now))
        self.body.addWidget(self.service)
        self.body.add_gap(14)
        self.body.addWidget(Label(self.tr("柜台，按数字键也可以"), SECOND))
        self._tiles: dict[int, Tile] = {}
        grid = QGridLayout()
        grid.setSpacing(8)
        self._any = self._tile(grid, 0, 0, self.tr("都可以"), "")
        for at, counter in enumerate(desk.counters, start=1):
            name = counter.name.text(language().code)
            title = name or self.tr("{n} 号柜台").format(n=counter.number)
            self._tiles[counter.number] = self._tile(
                grid, at, counter.number, title, self._state(counter)
            )
        self.body.addLayout(grid)
        self.back = PlainButton(self.tr("返回"), size=LARGE)
        self.confirm = PrimaryButton(self.tr("转办"), size=LARGE)
        self.buttons.addWidget(self.back)
        self.buttons.addWidget(self.confirm)
        self.back.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._confirm)
        self.service.currentIndexChanged.connect(self._offer)
        # As shortcuts, or else the list of services would search itself for the digit.
        for number in range(1, 10):
            if number in self._tiles:
                key = QShortcut(QKeySequence(str(number)), self)
                key.activated.connect(partial(self._choose, number))
        self._any.setChecked(True)
        self._offer()
        self.service.setFocus()

    def _tile(self, grid: QGridLayout, at: int, number: int, title: str, right: str) -> Tile:
        tile = Tile(SERVICE_BUTTON, TileContent(title=title, right=right))
        tile.setCheckable(True)
        tile.setAutoExclusive(True)
        tile.clicked.connect(self._offer)
        tile.setProperty("counter", number)
        grid.addWidget(tile, at // 2, at % 2)
        return tile

    def _state(self, counter: CounterNow) -> str:
        words = {
            "open": self.tr("空闲") if counter.ticket is None else self.tr("办理中"),
            "paused": self.tr("暂停"),
            "closed": self.tr("未开"),
        }
        return words[counter.state]

    def counter_tile(self, number: int) -> Tile:
        """The tile of a counter."""
        return self._tiles[number]

    def _service(self) -> str:
        return str(self.service.currentData())

    def _pin(self) -> int:
        return next((n for n, tile in self._tiles.items() if tile.isChecked()), 0)

    def _offer(self) -> None:
        """Only counters that can do the service, and only a change is a transfer."""
        here = self._desk.counter.number
        for counter in self._desk.counters:
            tile = self._tiles[counter.number]
            able = self._service() in counter.services and counter.number != here
            tile.setEnabled(able)
            if not able and tile.isChecked():
                self._any.setChecked(True)
        self.confirm.setEnabled(bool(self._pin()) or self._service() != self._now)

    def _choose(self, number: int) -> None:
        tile = self._tiles[number]
        if not tile.isEnabled():
            QApplication.beep()
            return
        tile.setChecked(True)
        self._offer()
        self.confirm.setFocus()

    def _confirm(self) -> None:
        self.chosen.emit(self._service(), self._pin())
        self.accept()


class HeldPanel(PanelDialog):
    """The tickets set aside; ``chosen`` carries the id of the one to resume."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget, held: Sequence[QueuedTicket]) -> None:
        super().__init__(parent, "", width=520)
        title = self.tr("恢复哪一位？")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.body.addWidget(Label(title, _TITLE))
        self.body.add_gap(14)
        self.tiles: list[Tile] = []
        rows = QWidget()
        column = QVBoxLayout(rows)
        # Room for the focus ring.
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(8)
        for ticket in held:
            words = f"{ticket.number} {ticket.service_name.text(language().code)}"
            tile = Tile(SERVICE_BUTTON, TileContent(title=words, right=hold_reason(ticket.reason)))
            tile.clicked.connect(lambda _checked=False, ticket=ticket.id: self._choose(ticket))
            column.addWidget(tile)
            self.tiles.append(tile)
        scroll = ScrollArea(rows)
        scroll.setFixedHeight(min(_MOST_HELD, len(self.tiles)) * 60)
        self.body.addWidget(scroll)
        self.back = PlainButton(self.tr("返回"), size=LARGE)
        self.back.clicked.connect(self.reject)
        self.buttons.addWidget(self.back)
        if self.tiles:
            self.tiles[0].setFocus()

    def _choose(self, ticket: int) -> None:
        self.chosen.emit(ticket)
        self.accept()
