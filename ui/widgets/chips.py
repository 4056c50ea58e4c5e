"""Owns a few codes to choose from as tiles side by side; must not know what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.stage import Grid
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import TileStyle

# 44 px: pressed standing, with a finger (look.md section 6).
_CHIP: Final = TileStyle(
    44, min_width=60, left=10, right=10, title_px=14, title_weight=500, title_line=18,
    most_lines=2,
)  # fmt: skip
_NUMBERED: Final = replace(_CHIP, left=8, right=6, right_px=11, right_gap=2)
_NINE: Final = 9


class Chips(QWidget):
    """Tiles in a grid; one of them at most, or with ``several`` as many as apply.

    ``chosen`` tells after a press; pressing a chosen one takes it back. ``numbered`` tiles show
    the digit that chooses them while one of them has the keyboard, and are one stop of Tab: the
    arrows go from tile to tile.
    """

    chosen = Signal()

    def __init__(
        self, columns: int, *, several: bool = False, numbered: bool = False, name: str = ""
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._columns, self._several, self._numbered = columns, several, numbered
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
        # What is offered anew would come last in the window, after its buttons; Qt puts a widget
        # behind one that Tab comes to only.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        last: QWidget = self
        for at, (code, words) in enumerate(choices):
            digit = str(at + 1) if self._numbered and at < _NINE else ""
            tile = Tile(_NUMBERED if digit else _CHIP, TileContent(words, right=digit))
            tile.setAccessibleName(words)
            tile.setAccessibleDescription(digit)
            tile.setCheckable(True)
            tile.setChecked(code in before)
            # Choosing another in one breath is a correction, not a tremor.
            tile.repeat_guard = False
            tile.clicked.connect(lambda on, code=code: self._press(code, on))
            self._tiles[code] = tile
            self._grid.addWidget(tile, at // self._columns, at % self._columns)
            self.setTabOrder(last, tile)
            last = tile
            if self._numbered:
                tile.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stop_at(self.code())

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
        self._stop_at(self.code())

    def focus_first(self) -> None:
        """Give the keyboard to what is chosen, or to the first tile."""
        chosen = self.code() or next(iter(self._tiles), "")
        if chosen:
            self._tiles[chosen].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits choose, arrows go on, Tab comes back to where the keyboard was."""
        if isinstance(watched, Tile) and watched in self._tiles.values():
            if event.type() == QEvent.Type.FocusIn:
                self._stop_at(next(code for code, tile in self._tiles.items() if tile is watched))
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._on_key(watched, event)
        return bool(super().eventFilter(watched, event))

    def _on_key(self, tile: Tile, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        tiles = list(self._tiles.values())
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        step = steps.get(Qt.Key(event.key()))
        digit = event.text() if event.text() in "123456789" else ""
        if step is None and not digit:
            return False
        at = int(digit) - 1 if digit else tiles.index(tile) + (step or 0)
        if 0 <= at < len(tiles):
            tiles[at].setFocus(Qt.FocusReason.OtherFocusReason)
            if digit and not tiles[at].isChecked():
                tiles[at].click()
        return True

    def _stop_at(self, code: str) -> None:
        """Tab comes to this tile, or to the first."""
        if not self._numbered:
            return
        code = code or next(iter(self._tiles), "")
        for one, tile in self._tiles.items():
            kind = Qt.FocusPolicy
            tile.setFocusPolicy(kind.StrongFocus if one == code else kind.ClickFocus)

    def _press(self, code: str, on: bool) -> None:
        if on and not self._several:
            self.choose(frozenset({code}))
        self.chosen.emit()
