"""Owns the parts of a letter: prose, the row of hands and seal, the slip that is torn off; knows
no form and no words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from reports.forms.papers.cells import LABEL, Blank, Cell, label
from reports.forms.papers.grid import FormGrid, Row
from reports.page import break_lines, write
from reports.sheet import INK, INK_2, MM, NOTE, RULE, SMALL, WIDTH, Part, ink, write_lines
from reports.tags import decoration, tagged
from reports.typeface import Face, Style

PROSE: Final = Style(Face.SERIF, 11, 19.25)
# What a line may be stretched by, in ems, before it stays ragged.
_MOST_STRETCH: Final = 2.5
_LEAST_LINES: Final = 2

RING: Final = 40 * MM
_DASH: Final = (3, 2.25)
_GAP: Final = 10.5
_SIGN_TABLE: Final = 213.0
_SIGN_ROW: Final = 42.0
_CUT: Final = 14.0


class Prose(Part):
    """A paragraph of a letter, its first line indented and its lines flush on both sides; a page
    ends with two of its lines at least, and begins with two."""

    def __init__(
        self,
        text: str,
        *,
        indent: float = 0,
        flush: bool = False,
        above: float = 0,
        keep: float = 0,
    ) -> None:
        self._lines = break_lines(text, PROSE, WIDTH, indent)
        self._indent, self._flush, self._above, self.keep = indent, flush, above, keep
        super().__init__(above + len(self._lines) * PROSE.leading)

    def split(self, _width: float, height: float) -> list[Flowable]:
        """The lines that still fit, and the rest."""
        fit = int((height - self._above) // PROSE.leading)
        fit = min(fit, len(self._lines) - _LEAST_LINES)
        if fit < _LEAST_LINES:
            return []
        first = self._part(self._lines[:fit], self._indent, self._above)
        first._ends = False
        return [first, self._part(self._lines[fit:], 0, 0)]

    _ends = True

    def _part(self, lines: list[str], indent: float, above: float) -> Prose:
        part = Prose("", indent=indent, flush=self._flush, above=above)
        part._lines, part._ends = lines, self._ends
        part.keep = 0
        part.height = above + len(lines) * PROSE.leading
        return part

    def draw(self) -> None:
        """The lines from the top."""
        ink(self.canv, INK)
        y = self.height - self._above
        for at, line in enumerate(self._lines):
            x = self._indent if at == 0 else 0.0
            last = self._ends and at == len(self._lines) - 1
            style = PROSE if last or not self._flush else _stretched(line, WIDTH - x)
            write(self.canv, x, y - PROSE.baseline(), line, style)
            y -= PROSE.leading


def _stretched(line: str, width: float) -> Style:
    """The style in which the line is as wide as the paper."""
    spare = width - PROSE.width(line)
    if len(line) < 2 or not 0 < spare < _MOST_STRETCH * PROSE.size:
        return PROSE
    return replace(PROSE, tracking=spare / (len(line) - 1))


def draw_ring(canvas: Canvas, x: float, y: float, word: str) -> None:
    """The place of a seal: a dashed ring of 40 mm with a pale word, lower left corner (x, y)."""
    radius = RING / 2
    canvas.setStrokeColor(HexColor(RULE))
    canvas.setLineWidth(0.75)
    canvas.setDash(*_DASH)
    canvas.circle(x + radius, y + radius, radius)
    canvas.setDash()
    left = x + radius - SMALL.width(word) / 2
    write_lines(canvas, left, y + radius + SMALL.leading / 2, [word], SMALL, RULE)


@dataclass(frozen=True, slots=True)
class Ring:
    """A cell with the place of a seal."""

    word: str
    height: float = RING + 2 * 4.5
    tag: ClassVar[str] = "TD"

    def parted(self, _height: float) -> tuple[Cell, Cell] | None:
        """Never."""
        return None

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """In the middle."""
        draw_ring(canvas, x + (width - RING) / 2, top - (height + RING) / 2, self.word)


class SealRow(Part):
    """At the left cells for hands and days, then the ring for the seal, at the right the branch
    and the day."""

    tag = ""

    def __init__(
        self,
        hands: FormGrid | None,
        seal: str,
        signed: tuple[str, str],
        *,
        above: float,
        keep: float,
    ) -> None:
        self._hands, self._seal, self.keep = hands, seal, keep
        room = WIDTH - RING - 2 * _GAP - (hands.width if hands else 0)
        self._signed = [line for text in signed for line in break_lines(text, PROSE, room)]
        super().__init__(above + RING)

    def draw(self) -> None:
        """From left to right."""
        widest = max(PROSE.width(line) for line in self._signed)
        with tagged(self.canv, "P"):
            draw_ring(self.canv, WIDTH - widest - _GAP - RING, 0, self._seal)
            y = (RING + len(self._signed) * PROSE.leading) / 2
            for line in self._signed:
                left = WIDTH - PROSE.width(line)
                y = write_lines(self.canv, left, y, [line], PROSE, INK)
        if self._hands is not None:
            self._hands.drawOn(self.canv, 0, (RING - self._hands.height) / 2)


def hands(words: Sequence[str], day_word: str) -> FormGrid:
    """Cells for a hand and a day, one row for each word."""
    who = max(48.0, *(LABEL.width(word) + 12 for word in words))
    day = max(36.0, LABEL.width(day_word) + 12)
    pen = (_SIGN_TABLE - who - day) / 2
    return FormGrid(
        [
            Row(
                (
                    (who, label(word, "", who)),
                    (pen, Blank(_SIGN_ROW)),
                    (day, label(day_word, "", day)),
                    (pen, Blank()),
                )
            )
            for word in words
        ]
    )


class TearOff(Part):
    """A slip at the page's foot: a line to cut along, a title where it wants one, its cells."""

    at_foot = True
    tag = ""

    def __init__(self, cut: str, rows: Sequence[Row], title: str = "") -> None:
        self._cut, self._grid, self._title = cut, FormGrid(rows), title
        super().__init__(_CUT + self._grid.height + (SMALL.leading + 4 if title else 0))

    def draw(self) -> None:
        """The dashed line with its word, the title, the cells."""
        canvas, middle = self.canv, self.height - 5
        with decoration(canvas):
            self._draw_cut(middle)
        if self._title:
            with tagged(canvas, "P"):
                write_lines(canvas, 0, self.height - _CUT, [self._title], SMALL, INK)
        self._grid.drawOn(canvas, 0, 0)

    def _draw_cut(self, middle: float) -> None:
        canvas, half = self.canv, NOTE.width(self._cut) / 2 + 7.5
        canvas.setStrokeColor(HexColor(RULE))
        canvas.setLineWidth(0.75)
        canvas.setDash(*_DASH)
        canvas.line(0, middle, WIDTH / 2 - half, middle)
        canvas.line(WIDTH / 2 + half, middle, WIDTH, middle)
        canvas.setDash()
        left = WIDTH / 2 - half + 7.5
        write_lines(canvas, left, middle + NOTE.leading / 2, [self._cut], NOTE, INK_2)
