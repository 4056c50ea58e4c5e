"""Owns the counters as a row of seats; must not act on a counter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.fonts import font
from ui.widgets.painting import text_width
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import Grid
from ui.widgets.state import State
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import SEAT, SEAT_CLOSED

_MOST_IN_ROW = 8
_MOST_ROWS_SEEN = 2
_GAP = 8
_NARROW_GAP = 6
_NARROW = 100


@dataclass(frozen=True)
class Seat:
    """A counter as its seat shows it. Of ``notes`` the longest that fits is taken."""

    number: int
    caption: str
    title: str
    notes: tuple[str, ...]
    state: State
    strong: bool = False
    closed: bool = False


class SeatRow(ScrollArea):
    """Every counter as a seat, eight a row; a press opens it."""

    opened = Signal(int)

    def __init__(self) -> None:
        content = QWidget()
        super().__init__(content)
        self._seats: dict[int, Tile] = {}
        self._shown: tuple[Seat, ...] = ()
        self._content = content
        self._grid = Grid(spacing=_GAP, parent=content)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def seat(self, number: int) -> Tile:
        """The seat of one counter; raises KeyError for a counter that is not there."""
        return self._seats[number]

    def show_seats(self, seats: Sequence[Seat]) -> None:
        """Show the counters as they stand."""
        self._shown = tuple(seats)
        numbers = [seat.number for seat in seats]
        if list(self._seats) != numbers:
            self._make(numbers)
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may take a longer or a shorter note."""
        super().resizeEvent(event)
        self._fill()

    def _make(self, numbers: list[int]) -> None:
        for tile in self._seats.values():
            tile.deleteLater()
        self._seats = {}
        rows = max(1, ceil(len(numbers) / _MOST_IN_ROW))
        columns = max(1, ceil(len(numbers) / rows))
        for column in range(_MOST_IN_ROW):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for at, number in enumerate(numbers):
            tile = Tile(SEAT)
            tile.clicked.connect(lambda _on=False, number=number: self.opened.emit(number))
            self._seats[number] = tile
            self._grid.addWidget(tile, at // columns, at % columns)
        seen = min(rows, _MOST_ROWS_SEEN)
        self.setFixedHeight(seen * SEAT.height + (seen - 1) * _GAP)

    def _fill(self) -> None:
        if not self._shown:
            return
        columns = ceil(len(self._shown) / ceil(len(self._shown) / _MOST_IN_ROW))
        narrow = self.viewport().width() < _NARROW * columns
        gap = _NARROW_GAP if narrow else _GAP
        self._grid.setHorizontalSpacing(gap)
        width = (self.viewport().width() - gap * (columns - 1)) // columns
        for seat in self._shown:
            style = SEAT_CLOSED if seat.closed else SEAT
            if narrow:
                style = replace(style, left=7, right=3, min_width=60)
            room = width - style.left - style.right - style.icon_px - style.gap
            face = font(style.meta_px, 700 if seat.strong else 400)
            fitting = [note for note in seat.notes if text_width(note, face) <= room]
            tile = self._seats[seat.number]
            tile.set_style(style)
            tile.set_content(
                TileContent(
                    seat.title,
                    second=seat.caption,
                    third=fitting[0] if fitting else seat.notes[-1],
                    state=seat.state,
                    strong=seat.strong,
                )
            )
            spoken = "，".join((seat.caption, seat.title, seat.notes[0]))
            tile.setAccessibleName(spoken)
            tile.setToolTip(spoken)
