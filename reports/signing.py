"""Owns the cells that people fill in with a pen; knows no form and no words."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import HexColor

from reports.page import break_lines
from reports.sheet import (
    INK,
    INNER,
    LABEL_GROUND,
    MM,
    OUTER,
    PAD_X,
    RULE,
    STRONG,
    WIDTH,
    Part,
    write_lines,
)

# look.md section 17: 25 mm or wider, 9 mm or higher, so that a pen fits.
_HEIGHT = 13 * MM
_NARROWEST = 25 * MM


class SignatureCells(Part):
    """Cells in one row, each with its label at the left and room to write."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__(_HEIGHT)
        self._cell = WIDTH / len(labels)
        longest = max(STRONG.width(label) for label in labels) + 2 * PAD_X + 0.01
        self._label = min(longest, self._cell - _NARROWEST)
        self._labels = [break_lines(label, STRONG, self._label - 2 * PAD_X) for label in labels]

    def draw(self) -> None:
        """Grounds, labels, rules."""
        canvas = self.canv
        for at, lines in enumerate(self._labels):
            left = at * self._cell
            canvas.setFillColor(HexColor(LABEL_GROUND))
            canvas.rect(left, 0, self._label, self.height, stroke=0, fill=1)
            top = (self.height + len(lines) * STRONG.leading) / 2
            write_lines(canvas, left + PAD_X, top, lines, STRONG, INK)
            canvas.setStrokeColor(HexColor(RULE))
            canvas.setLineWidth(INNER)
            for x in (left, left + self._label):
                canvas.line(x, 0, x, self.height)
        canvas.setStrokeColor(HexColor(INK))
        canvas.setLineWidth(OUTER)
        canvas.rect(0, 0, WIDTH, self.height)
