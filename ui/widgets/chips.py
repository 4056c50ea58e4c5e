"""Owns a few codes to choose from as tiles side by side; must not know what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.stage import Grid
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import TileStyle

# 44 px: pressed standing, with a finger (look.md section 6).
_CHIP: Final = TileStyle(
    44, min_width=60, left=10, right=10, title_px=14, title_weight=500, title_line=18,
    most_lines=2,
)  # fmt: skip


class Chips(QWidget):
    """Tiles in a grid; one of them at most, or with ``several`` as many as apply.

    ``chosen`` tells after a press; pressing a chosen one takes it back.
    """

    chosen = Signal()

    def __init__(self, columns: int, *, several: bool = False, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._columns, self._several = columns, several
        self._tiles: dict[str, Tile] = {}
        self._grid = Grid(columns=columns, spacing=8, parent=self)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these codes with their words; what was chosen and is still there stays."""
        before = self.codes()
        for tile in self._tiles.values():
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = {}
        for at, (code, words) in enumerate(choices):
            tile = Tile(_CHIP, TileContent(words))
            tile.setCheckable(True)
            tile.setChecked(code in before)
            # Choosing another in one breath is a correction, not a tremor.
            tile.repeat_guard = False
            tile.clicked.connect(lambda on, code=code: self._press(code, on))
            self._tiles[code] = tile
            self._grid.addWidget(tile, at // self._columns, at % self._columns)

    def tile(self, code: str) -> Tile:
        """The tile of a code; raises KeyError for one that is not offered."""
        return self._tiles[code]

    def offered(self) -> tuple[str, ...]:
        """The codes in their order."""
        return tuple(self._tiles)

    def codes(self) -> frozenset[str]:
        """What is chosen."""
        return frozenset(code for code, tile in self._tiles.items() if tile.isChecked())

    def code(self) -> str:
        """The one that is chosen, or nothing."""
        return next(iter(self.codes()), "")

    def choose(self, codes: frozenset[str]) -> None:
        """Choose without telling anybody."""
        for code, tile in self._tiles.items():
            tile.setChecked(code in codes)

    def focus_first(self) -> None:
        """Give the keyboard to what is chosen, or to the first tile."""
        chosen = self.code() or next(iter(self._tiles), "")
        if chosen:
            self._tiles[chosen].setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self, code: str, on: bool) -> None:
        if on and not self._several:
            self.choose(frozenset({code}))
        self.chosen.emit()
