"""Owns the big figures of a sheet, side by side in a frame; counts nothing."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import HexColor

from reports.page import break_lines
from reports.sheet import (
    FIGURE,
    INK,
    INK_2,
    INNER,
    OUTER,
    PAD_X,
    PAD_Y,
    RULE,
    SMALL,
    WIDTH,
    Part,
    write_lines,
)
from reports.typeface import printable


class Figures(Part):
    """Big figures side by side in a frame, each with a caption over and a note under it."""

    def __init__(self, figures: Sequence[tuple[str, str, str]]) -> None:
        self._width = WIDTH / len(figures)
        room = self._width - 2 * PAD_X
        self._figures = [
            (
                break_lines(caption, SMALL, room),
                printable(figure),
                break_lines(note, SMALL, room) if note else [],
            )
            for caption, figure, note in figures
        ]
        self._captions = max(len(caption) for caption, _figure, _note in self._figures)
        notes = max(len(note) for _caption, _figure, note in self._figures)
        super().__init__((self._captions + notes) * SMALL.leading + FIGURE.leading + 4 * PAD_Y)

    def draw(self) -> None:
        """From left to right, the figures on one line."""
        canvas = self.canv
        for at, (caption, figure, note) in enumerate(self._figures):
            x = at * self._width + PAD_X
            y = self.height - 2 * PAD_Y
            # A short caption stands right over its figure.
            y -= (self._captions - len(caption)) * SMALL.leading
            y = write_lines(canvas, x, y, caption, SMALL, INK_2)
            y = write_lines(canvas, x, y, [figure], FIGURE, INK)
            write_lines(canvas, x, y, note, SMALL, INK_2)
        canvas.setStrokeColor(HexColor(RULE))
        canvas.setLineWidth(INNER)
        for at in range(1, len(self._figures)):
            canvas.line(at * self._width, 0, at * self._width, self.height)
        canvas.setStrokeColor(HexColor(INK))
        canvas.setLineWidth(OUTER)
        canvas.rect(0, 0, WIDTH, self.height)
