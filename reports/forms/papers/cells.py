"""Owns the cells of a form's grid: labels, words, boxes to tick, room for a pen; knows no form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from reports.page import break_lines, write
from reports.sheet import BODY, INK, INK_2, LABEL_GROUND, MM, write_lines
from reports.typeface import Face, Style

# look.md section 17: a row of 9 mm or more, so that a pen fits.
ROW: Final = 9.25 * MM
PAD_X, PAD_Y = 6.75, 4.0
LABEL: Final = Style(Face.SANS_MEDIUM, 10, 14.5)
UNDER: Final = Style(Face.SANS, 7.5, 9.5)
DUE: Final = Style(Face.SANS_BOLD, 10, 16)

_LABEL_PAD: Final = 4.0
_BOX, _BOX_GAP, _NEXT = 9.75, 3.75, 18.0
_TICK: Final = Style(Face.SANS_BOLD, 11, 16)
# Fewer lines of a text are not left behind at a page's foot, nor carried over to the next.
_LEAST_LINES: Final = 2


class Cell(Protocol):
    """What stands in one cell; broken to its width already. Measures in points."""

    @property
    def tag(self) -> str:
        """What it is to a screen reader: TH or TD."""

    @property
    def height(self) -> float:
        """What it needs."""

    def parted(self, height: float) -> tuple[Cell, Cell] | None:
        """What fits into that height and what goes to the next page; None where it cannot part."""

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """On that place."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label on its ground, another language small under it; said again on the next page."""

    lines: tuple[str, ...]
    under: tuple[str, ...] = ()
    tag: ClassVar[str] = "TH"

    @property
    def height(self) -> float:
        """What its lines need."""
        text = len(self.lines) * LABEL.leading + len(self.under) * UNDER.leading
        return max(ROW, text + 2 * _LABEL_PAD)

    def parted(self, _height: float) -> tuple[Cell, Cell] | None:
        """On both pages whole."""
        return self, self

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """In the middle of its ground."""
        canvas.setFillColor(HexColor(LABEL_GROUND))
        canvas.rect(x, top - height, width, height, stroke=0, fill=1)
        text = len(self.lines) * LABEL.leading + len(self.under) * UNDER.leading
        y = top - (height - text) / 2
        for lines, style, colour in ((self.lines, LABEL, INK), (self.under, UNDER, INK_2)):
            for line in lines:
                left = x + (width - style.width(line)) / 2
                y = write_lines(canvas, left, y, [line], style, colour)


def label(text: str, under: str, width: float) -> Label:
    """A label broken to a cell of that width."""
    room = width - 2 * _LABEL_PAD
    small = tuple(break_lines(under, UNDER, room)) if under and under != text else ()
    return Label(tuple(break_lines(text, LABEL, room)), small)


@dataclass(frozen=True, slots=True)
class Text:
    """Words; a long text begins at the top of its cell and flows on to the next page."""

    lines: tuple[str, ...]
    style: Style = BODY
    least: float = ROW
    from_top: bool = False
    tag: ClassVar[str] = "TD"

    @property
    def height(self) -> float:
        """What its lines need, and never less than a pen."""
        return max(self.least, len(self.lines) * self.style.leading + 2 * PAD_Y)

    def parted(self, height: float) -> tuple[Cell, Cell] | None:
        """Between two lines, with two at least on either page."""
        if self.height <= height:
            return self, Text((), self.style, 0)
        fit = int((height - 2 * PAD_Y) // self.style.leading)
        fit = min(fit, len(self.lines) - _LEAST_LINES)
        if fit < _LEAST_LINES:
            return None
        first = Text(self.lines[:fit], self.style, 0, from_top=True)
        return first, Text(self.lines[fit:], self.style, ROW, from_top=True)

    def draw(self, canvas: Canvas, x: float, top: float, _width: float, height: float) -> None:
        """From the left edge; short words stand in the middle of the height."""
        spare = height - len(self.lines) * self.style.leading
        y = top - (min(PAD_Y, spare / 2) if self.from_top else spare / 2)
        write_lines(canvas, x + PAD_X, y, self.lines, self.style, INK)


def text(
    words: str, width: float, style: Style = BODY, least: float = ROW, *, from_top: bool = False
) -> Text:
    """Words broken to a cell of that width, line breaks kept."""
    return Text(tuple(broken(words, style, width - 2 * PAD_X)), style, least, from_top)


def broken(words: str, style: Style, width: float) -> list[str]:
    """Paragraphs broken one by one; none of no words."""
    paragraphs = words.splitlines()
    return [line for paragraph in paragraphs for line in break_lines(paragraph, style, width)]


@dataclass(frozen=True, slots=True)
class Boxes:
    """Words with a box before each, some of them ticked."""

    lines: tuple[tuple[tuple[str, bool], ...], ...]
    tag: ClassVar[str] = "TD"

    @property
    def height(self) -> float:
        """What its lines need."""
        return max(ROW, len(self.lines) * BODY.leading + 2 * PAD_Y)

    def parted(self, height: float) -> tuple[Cell, Cell] | None:
        """On the first page, where they fit."""
        return (self, Text((), BODY, 0)) if self.height <= height else None

    def draw(self, canvas: Canvas, x: float, top: float, _width: float, height: float) -> None:
        """Line by line; a ticked box holds a tick that can be read out of the file again."""
        y = top - (height - len(self.lines) * BODY.leading) / 2
        for line in self.lines:
            left = x + PAD_X
            for word, ticked in line:
                draw_box(canvas, left, y - BODY.leading / 2, ticked=ticked)
                left += _BOX + _BOX_GAP
                write_lines(canvas, left, y, [word], BODY, INK)
                left += BODY.width(word) + _NEXT
            y -= BODY.leading


def draw_box(canvas: Canvas, x: float, middle: float, *, ticked: bool) -> None:
    """A box to tick, its left edge at x."""
    canvas.setStrokeColor(HexColor(INK))
    canvas.setFillColor(HexColor(INK))
    canvas.setLineWidth(0.9)
    canvas.rect(x + 0.45, middle - _BOX / 2, _BOX - 0.9, _BOX - 0.9, stroke=1, fill=0)
    if ticked:
        left = x + (_BOX - _TICK.width("✓")) / 2
        write(canvas, left, middle + _TICK.leading / 2 - _TICK.baseline(), "✓", _TICK)


def boxes(words: Sequence[tuple[str, bool]], width: float) -> Boxes:
    """Words to tick broken to a cell of that width, a word never from its box."""
    room = width - 2 * PAD_X
    lines: list[list[tuple[str, bool]]] = [[]]
    used = 0.0
    for word, ticked in words:
        step = _BOX + _BOX_GAP + BODY.width(word)
        if lines[-1] and used + step > room:
            lines.append([])
            used = 0.0
        lines[-1].append((word, ticked))
        used += step + _NEXT
    return Boxes(tuple(tuple(line) for line in lines))


@dataclass(frozen=True, slots=True)
class Blank:
    """Room to write by hand."""

    height: float = ROW
    tag: ClassVar[str] = "TD"

    def parted(self, _height: float) -> tuple[Cell, Cell] | None:
        """Never: a hand writes on one page."""
        return None

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What was signed on a screen: strokes of points, y downwards, in any scale."""

    strokes: tuple[tuple[tuple[float, float], ...], ...]
    height: float = ROW
    tag: ClassVar[str] = "TD"

    def parted(self, _height: float) -> tuple[Cell, Cell] | None:
        """Never."""
        return None

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """As large as the cell allows, in its middle."""
        points = [point for stroke in self.strokes for point in stroke]
        left, upper = min(p[0] for p in points), min(p[1] for p in points)
        wide = max(max(p[0] for p in points) - left, 1.0)
        tall = max(max(p[1] for p in points) - upper, 1.0)
        scale = min((width - 2 * PAD_X) / wide, (height - 2 * PAD_Y) / tall)
        start = x + (width - wide * scale) / 2
        head = top - (height - tall * scale) / 2
        path = canvas.beginPath()
        for stroke in self.strokes:
            places = [(start + (a - left) * scale, head - (b - upper) * scale) for a, b in stroke]
            path.moveTo(*places[0])
            for place in places[1:] or places:
                path.lineTo(*place)
        canvas.setStrokeColor(HexColor(INK))
        canvas.setLineWidth(1.2)
        canvas.setLineCap(1)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.setLineCap(0)


def signature(kept: str, height: float) -> Signature:
    """A signature as a session keeps it: JSON, a list of strokes, each a list of [x, y]."""
    strokes = tuple(tuple((x, y) for x, y in stroke) for stroke in json.loads(kept))
    return Signature(strokes, height)
