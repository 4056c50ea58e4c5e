"""Owns the grid of a form: rows of cells that flow over pages; knows no form and no words."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import ClassVar

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from reports.forms.papers.cells import Cell
from reports.sheet import INK, INNER, OUTER, RULE, Part
from reports.tags import decoration, grouped, tagged


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, each with its width in points.

    ``heads`` are said again when a page begins with this row; a ``head`` is never the last row of
    a page.
    """

    cells: tuple[tuple[float, Cell], ...]
    heads: tuple[Row, ...] = ()
    head: bool = False

    @property
    def height(self) -> float:
        """That of its tallest cell."""
        return max(cell.height for _width, cell in self.cells)

    @property
    def width(self) -> float:
        """That of its cells together."""
        return sum(width for width, _cell in self.cells)

    def parted(self, height: float) -> tuple[Row, Row] | None:
        """The row on this page and on the next; None where a cell cannot part."""
        upper: list[tuple[float, Cell]] = []
        lower: list[tuple[float, Cell]] = []
        for width, cell in self.cells:
            pieces = cell.parted(height)
            if pieces is None or pieces[0].height > height:
                return None
            upper.append((width, pieces[0]))
            lower.append((width, pieces[1]))
        return Row(tuple(upper), self.heads), Row(tuple(lower), self.heads)


class FormGrid(Part):
    """Rows under each other in a frame, from the left margin."""

    tag = ""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = tuple(rows)
        super().__init__(sum(row.height for row in rows))
        self.width = rows[0].width

    def split(self, _width: float, height: float) -> list[Flowable]:
        """What fits, and the rest under its heads; nothing where not even a row fits."""
        room, fit = height, 0
        while fit < len(self._rows) and self._rows[fit].height <= room:
            room -= self._rows[fit].height
            fit += 1
        upper, lower = list(self._rows[:fit]), list(self._rows[fit:])
        pieces = lower[0].parted(room) if lower else None
        if pieces is not None:
            upper.append(pieces[0])
            lower[0] = pieces[1]
        while upper and upper[-1].head:
            lower.insert(0, upper.pop())
        if not upper or not lower:
            return []
        return [FormGrid(upper), FormGrid([*lower[0].heads, *lower])]

    def draw(self) -> None:
        """Cells, inner rules, the frame."""
        canvas = self.canv
        with grouped(canvas, "Table"):
            draw_rows(canvas, self._rows, 0, self.height, self.height)
        with decoration(canvas):
            canvas.setStrokeColor(HexColor(INK))
            canvas.setLineWidth(OUTER)
            canvas.rect(0, 0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Stack:
    """A cell of rows, which share its height."""

    rows: tuple[Row, ...]
    tag: ClassVar[str] = "TD"

    @property
    def height(self) -> float:
        """What its rows need."""
        return sum(row.height for row in self.rows)

    def parted(self, height: float) -> tuple[Cell, Cell] | None:
        """Never."""
        return None

    def draw(self, canvas: Canvas, x: float, top: float, _width: float, height: float) -> None:
        """Row by row, a table of its own."""
        with grouped(canvas, self.tag), grouped(canvas, "Table"):
            draw_rows(canvas, self.rows, x, top, height)


def draw_rows(canvas: Canvas, rows: Sequence[Row], x: float, top: float, whole: float) -> None:
    """Cells and the rules between them; the rows grow together to that height."""
    grown = whole / sum(row.height for row in rows)
    y = top
    for row in rows:
        left, height = x, row.height * grown
        with grouped(canvas, "TR"):
            for width, cell in row.cells:
                with nullcontext() if isinstance(cell, Stack) else tagged(canvas, cell.tag):
                    cell.draw(canvas, left, y, width, height)
                left += width
        y -= height
    with decoration(canvas):
        _draw_rules(canvas, rows, x, top, grown)


def _draw_rules(canvas: Canvas, rows: Sequence[Row], x: float, top: float, grown: float) -> None:
    canvas.setStrokeColor(HexColor(RULE))
    canvas.setLineWidth(INNER)
    y = top
    for at, row in enumerate(rows):
        height = row.height * grown
        if at:
            canvas.line(x, y, x + row.width, y)
        left = x
        for width, _cell in row.cells[:-1]:
            left += width
            canvas.line(left, y - height, left, y)
        y -= height
