"""Owns the dialogs in which one press chooses: a service, a slot; must not act on the choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.button import LARGE, PlainButton
from ui.widgets.card import Separator
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import FieldEdit
from ui.widgets.label import Label, TextRole
from ui.widgets.stage import Grid, HBox
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import TileStyle

translate = QCoreApplication.translate

CHOICE = TileStyle(
    48, min_width=90, left=14, right=14, gap=8, title_px=15, title_weight=500, title_line=22.5,
    right_px=13, right_token="ink3", right_gap=8, right_icon_px=18, check_mark=True,
)  # fmt: skip
SLOT = replace(CHOICE, right_icon_px=0, check_mark=False)


class ChoiceDialog(PanelDialog):
    """A few tiles; pressing one chooses it and closes."""

    chosen = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        choices: Sequence[tuple[str, str]],
        current: str = "",
        columns: int = 1,
        width: int = 540,
    ) -> None:
        super().__init__(parent, title, width=width)
        self.body.addWidget(Label(title, TextRole(20, 700), wrap=True))
        self.body.add_gap(16)
        self._tiles: dict[str, Tile] = {}
        grid = Grid(columns=columns, spacing=8)
        for at, (key, words) in enumerate(choices):
            tile = Tile(SLOT if columns > 1 else CHOICE, TileContent(title=words))
            tile.setCheckable(True)
            tile.setChecked(key == current)
            tile.clicked.connect(lambda _on=False, key=key: self._choose(key))
            self._tiles[key] = tile
            grid.addWidget(tile, at // columns, at % columns)
        self.body.addLayout(grid)
        self.cancel_button = PlainButton(translate("LobbyConsole", "返回"), size=LARGE)
        self.cancel_button.clicked.connect(self.reject)
        self.buttons.addWidget(self.cancel_button)
        if self._tiles:
            self._tiles.get(current, next(iter(self._tiles.values()))).setFocus()

    def tile(self, key: str) -> Tile:
        """The tile of one choice."""
        return self._tiles[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a tile chooses it; elsewhere it is the dialog's own."""
        tile = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(tile, Tile):
            tile.click()
            return
        super().keyPressEvent(event)

    def _choose(self, key: str) -> None:
        self.chosen.emit(key)
        self.accept()


def code_error(text: str) -> str:
    """What is wrong with a booking's code as typed, or nothing."""
    plain = text.strip()
    if len(plain) == 6 and plain.isascii() and plain.isdigit():
        return ""
    return translate("LobbyConsole", "预约码为六位数字")


class SlotDialog(ChoiceDialog):
    """When a customer is booked: a quarter hour, or (with ``codes``) the code of his booking.

    ``chosen`` gives the slot in milliseconds as text, ``code_given`` the six digits.
    """

    code_given = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        slots: Sequence[datetime],
        current: datetime | None,
        *,
        codes: bool = True,
    ) -> None:
        super().__init__(
            parent,
            title=translate("LobbyConsole", "预约的是几点？"),
            choices=[(_key(slot), f"{slot:%H:%M}") for slot in slots],
            current=_key(current) if current else "",
            columns=4,
        )
        if codes:
            self._add_code()

    def _add_code(self) -> None:
        self.body.add_gap(18)
        self.body.addWidget(Separator())
        self.body.add_gap(14)
        self.code = FieldEdit(translate("LobbyConsole", "预约码"), code_error)
        self.code.edit.setMaxLength(12)
        self.use_button = PlainButton(translate("LobbyConsole", "用预约码"), size=LARGE)
        self.use_button.clicked.connect(self._use_code)
        self.use_button.setDefault(True)
        self.body.addWidget(self.code)
        self.body.add_gap(10)
        row = HBox()
        row.addWidget(self.use_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _use_code(self) -> None:
        if self.code.check():
            self.code_given.emit(self.code.text().strip())
            self.accept()


def _key(slot: datetime) -> str:
    return str(round(slot.timestamp() * 1000))
