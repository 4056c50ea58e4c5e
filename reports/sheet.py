"""Owns the A4 sheet: letterhead, foot, and the parts that flow from one page to the next; knows no
form and no words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from reports.codes import Qr, draw_fine, fine_qr
from reports.mark import draw_mark
from reports.page import About, Align, break_lines, file_of, longest_word, write
from reports.tags import decoration, tagged
from reports.typeface import Face, Style, printable

# Points, as look.md section 17 gives them in millimetres.
MM: Final = 72 / 25.4
SIZE: Final = (210 * MM, 297 * MM)
SIDE, TOP, FOOT = 20 * MM, 15 * MM, 10 * MM
WIDTH: Final = SIZE[0] - 2 * SIDE
HEAD_HEIGHT: Final = 58.0
FOOT_HEIGHT: Final = 28.0
_MARK: Final = 34.5
# A code at the right of the letterhead, and the gap before it.
_CODE, _CODE_GAP = 43.5, 10.5

TITLE: Final = Style(Face.SERIF_BOLD, 22.5, 31.5)
# Han characters of a title stand apart.
TITLE_HAN: Final = replace(TITLE, tracking=3)
BRANCH: Final = Style(Face.SANS_BOLD, 14.25, 18.5)
SECTION: Final = Style(Face.SANS_BOLD, 11.25, 17)
BODY: Final = Style(Face.SANS, 10, 16)
STRONG: Final = Style(Face.SANS_BOLD, 10, 16)
SMALL: Final = Style(Face.SANS, 9, 13.5)
FIGURE: Final = Style(Face.SANS_BOLD, 19.5, 24.5)
NOTE: Final = Style(Face.SANS, 8.25, 11.5)

INK: Final = "#141A24"
INK_2: Final = "#3C4656"
ACCENT: Final = "#1C4A97"
DANGER: Final = "#931F10"
RULE: Final = "#576173"
_PALE_RULE: Final = "#98A1B2"
LABEL_GROUND: Final = "#F1F3F6"
OUTER, INNER = 0.4 * MM, 0.2 * MM
PAD_X, PAD_Y = 6.5, 4.5


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands on every page: the branch, a line under it, lines at the right, the foot.

    `page_of` tells the words for page n of m. `code` is read by a machine and stands at the far
    right, `note` in the middle of the foot.
    """

    branch: str
    second: str
    right: tuple[str, ...]
    foot: str
    page_of: Callable[[int, int], str]
    code: str = ""
    note: str = ""

    @property
    def row(self) -> float:
        """How high the line of mark, names and code is, in points."""
        return _CODE if self.code else _MARK

    @property
    def room(self) -> float:
        """What is left of a page's height between head and foot, in points."""
        grown = self.row - _MARK
        return SIZE[1] - TOP - HEAD_HEIGHT - grown - FOOT_HEIGHT - FOOT


class Part(Flowable):
    """Something of a known height for the sheet's width. `keep` is the room that must be left
    under it on its page, so that no heading stands alone; `at_foot` puts it at the page's foot."""

    keep = 0.0
    at_foot = False
    # What it is to a screen reader; empty where it tells its parts itself.
    tag = "P"

    def __init__(self, height: float) -> None:
        super().__init__()
        self.width, self.height = WIDTH, height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Always the sheet's width and the height it has."""
        return self.width, self.height


class NewPage(Part):
    """What follows begins on a new page."""

    def __init__(self) -> None:
        super().__init__(0)

    def draw(self) -> None:
        """Nothing to see."""


class Words(Part):
    """A paragraph. Breaks between its lines where a page ends."""

    def __init__(
        self,
        text: str,
        style: Style = BODY,
        *,
        colour: str = INK,
        align: Align = "left",
        above: float = 0,
        below: float = 0,
        keep: float = 0,
        tag: str = "P",
    ) -> None:
        self._lines = break_lines(text, style, WIDTH)
        self.tag = tag
        self._style, self._colour, self._align = style, colour, align
        self._above, self._below, self.keep = above, below, keep
        super().__init__(above + len(self._lines) * style.leading + below)

    def split(self, _width: float, height: float) -> list[Flowable]:
        """The lines that still fit, and the rest; nothing where not even one fits."""
        fit = int((height - self._above) // self._style.leading)
        if not 0 < fit < len(self._lines):
            return []
        return [self._part(self._lines[:fit], below=0), self._part(self._lines[fit:], above=0)]

    def _part(
        self, lines: list[str], above: float | None = None, below: float | None = None
    ) -> Words:
        part = Words("", self._style, colour=self._colour, align=self._align, tag=self.tag)
        part._lines = lines
        part._above = self._above if above is None else above
        part._below = self._below if below is None else below
        part.height = part._above + len(lines) * self._style.leading + part._below
        return part

    def draw(self) -> None:
        """The lines from the top."""
        canvas, style = self.canv, self._style
        ink(canvas, self._colour)
        y = self.height - self._above
        for line in self._lines:
            spare = WIDTH - style.width(line)
            shift = {"left": 0.0, "right": spare, "centre": spare / 2}[self._align]
            write(canvas, shift, y - style.baseline(), line, style)
            y -= style.leading


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid: its width as a share of the sheet's, and how its cells look."""

    share: float
    align: Align = "left"
    label: bool = False


class Grid(Part):
    """A ruled table; where a page ends it breaks between rows and says its head again.

    `widths` are those of the table it is a part of, in points.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        style: Style = BODY,
        widths: Sequence[float] = (),
    ) -> None:
        self._columns, self._head, self._rows, self._style = columns, head, rows, style
        self._widths = widths or self._fitted()
        self._cells = [self._broken(row, style) for row in rows]
        self._heights = [_height(cells, style) for cells in self._cells]
        self._head_cells = self._broken(head, STRONG) if head else []
        self._head_height = _height(self._head_cells, STRONG) if head else 0.0
        super().__init__(self._head_height + sum(self._heights))

    def _fitted(self) -> list[float]:
        """The widths as asked for, but no word is cut while the widest column has room to give."""
        whole = sum(column.share for column in self._columns)
        widths = [column.share / whole * WIDTH for column in self._columns]
        for at in range(len(widths)):
            texts = [(row[at], self._style) for row in self._rows]
            if self._head:
                texts.append((self._head[at], STRONG))
            longest = max((longest_word(text, style) for text, style in texts), default=0.0)
            # A hair more, for rounding.
            lack = min(longest + 0.01, WIDTH / len(widths)) + 2 * PAD_X - widths[at]
            giver = max(range(len(widths)), key=widths.__getitem__)
            if lack > 0 and giver != at:
                widths[at] += lack
                widths[giver] -= lack
        return widths

    def _broken(self, cells: Sequence[str], style: Style) -> list[list[str]]:
        return [
            break_lines(cell, style, width - 2 * PAD_X)
            for cell, width in zip(cells, self._widths, strict=True)
        ]

    def split(self, _width: float, height: float) -> list[Flowable]:
        """The rows that still fit under the head, and the rest under another head."""
        room, fit = height - self._head_height, 0
        while fit < len(self._heights) and self._heights[fit] <= room:
            room -= self._heights[fit]
            fit += 1
        if not 0 < fit < len(self._rows):
            return []
        return [self._part(slice(fit)), self._part(slice(fit, None))]

    def _part(self, rows: slice) -> Grid:
        """Some of the rows with the words of their cells broken already."""
        part = Grid(self._columns, self._head, (), self._style, self._widths)
        part._rows, part._cells = self._rows[rows], self._cells[rows]
        part._heights = self._heights[rows]
        part.height = part._head_height + sum(part._heights)
        return part

    def draw(self) -> None:
        """Grounds, words, inner rules, the frame."""
        y = self.height
        if self._head:
            self._ground(0, WIDTH, y - self._head_height, self._head_height)
            self._row(self._head_cells, y, self._head_height, STRONG, head=True)
            y -= self._head_height
        for cells, height in zip(self._cells, self._heights, strict=True):
            x = 0.0
            for column, width in zip(self._columns, self._widths, strict=True):
                if column.label:
                    self._ground(x, width, y - height, height)
                x += width
            self._row(cells, y, height, self._style, head=False)
            y -= height
        self._rules()

    def _ground(self, x: float, width: float, y: float, height: float) -> None:
        self.canv.setFillColor(HexColor(LABEL_GROUND))
        self.canv.rect(x, y, width, height, stroke=0, fill=1)

    def _row(
        self, cells: list[list[str]], top: float, height: float, style: Style, *, head: bool
    ) -> None:
        ink(self.canv, INK)
        x = 0.0
        for lines, column, width in zip(cells, self._columns, self._widths, strict=True):
            align = "centre" if head or column.label else column.align
            y = top - (height - len(lines) * style.leading) / 2
            for line in lines:
                spare = width - 2 * PAD_X - style.width(line)
                shift = {"left": 0.0, "right": spare, "centre": spare / 2}[align]
                write(self.canv, x + PAD_X + shift, y - style.baseline(), line, style)
                y -= style.leading
            x += width

    def _rules(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(HexColor(RULE))
        canvas.setLineWidth(INNER)
        y = self.height
        for height in [self._head_height, *self._heights][: len(self._heights)]:
            y -= height
            if y < self.height:
                canvas.line(0, y, WIDTH, y)
        x = 0.0
        for width in self._widths[:-1]:
            x += width
            canvas.line(x, 0, x, self.height)
        canvas.setStrokeColor(HexColor(INK))
        canvas.setLineWidth(OUTER)
        canvas.rect(0, 0, WIDTH, self.height)


def sheet_pdf(parts: Sequence[Flowable], head: Letterhead, about: About) -> bytes:
    """The parts on as many A4 pages as they need, as a PDF file. The same parts give the same
    bytes. A part that cannot be split and is taller than a page stands out at its foot."""
    return sheet_pages(parts, head, about)[0]


def sheet_pages(parts: Sequence[Flowable], head: Letterhead, about: About) -> tuple[bytes, int]:
    """What sheet_pdf gives, and how many pages it has."""
    pages = _pages(parts, head.room)
    code = fine_qr(head.code, _CODE) if head.code else None

    def draw(canvas: Canvas) -> None:
        for number, page in enumerate(pages, 1):
            with decoration(canvas):
                _draw_head(canvas, head, code)
                _draw_foot(canvas, head, number, len(pages))
            for part, y in page:
                tag = getattr(part, "tag", "P")
                with tagged(canvas, tag) if tag else nullcontext():
                    part.drawOn(canvas, SIDE, y)
            canvas.showPage()

    return file_of(draw, SIZE, about), len(pages)


def _pages(parts: Sequence[Flowable], whole: float) -> list[list[tuple[Flowable, float]]]:
    """Which part stands on which page, and how high above its lower edge."""
    floor = FOOT + FOOT_HEIGHT
    pages: list[list[tuple[Flowable, float]]] = [[]]
    room = whole
    waiting = list(reversed(parts))
    while waiting:
        part = waiting.pop()
        needed = part.wrap(WIDTH, room)[1]
        fits = needed + getattr(part, "keep", 0.0) <= room
        if (isinstance(part, NewPage) or not fits) and room < whole:
            pieces = [] if isinstance(part, NewPage) else part.split(WIDTH, room)
            if pieces:
                waiting += reversed(pieces)
                continue
            pages.append([])
            room = whole
            needed = part.wrap(WIDTH, room)[1]
        if needed > room:
            pieces = part.split(WIDTH, room)
            if pieces:
                waiting += reversed(pieces)
                continue
        room = 0.0 if getattr(part, "at_foot", False) else room - needed
        pages[-1].append((part, floor + room))
    return pages


def _draw_head(canvas: Canvas, head: Letterhead, code: Qr | None) -> None:
    top, row = SIZE[1] - TOP, head.row
    draw_mark(canvas, SIDE, top - (row + _MARK) / 2, _MARK, ACCENT)
    left = SIDE + _MARK + 10.5
    edge = SIZE[0] - SIDE
    if code is not None:
        canvas.setFillColor(HexColor(INK))
        draw_fine(canvas, code, edge - _CODE, top - _CODE, _CODE)
        edge -= _CODE + _CODE_GAP
    right = [printable(line) for line in head.right]
    taken = max((SMALL.width(line) for line in right), default=0.0)
    names = break_lines(head.branch, BRANCH, edge - left - taken - 12)[:2]
    y = top - (row - len(names) * BRANCH.leading - NOTE.leading) / 2
    y = write_lines(canvas, left, y, names, BRANCH, INK)
    write_lines(canvas, left, y, [printable(head.second)], NOTE, INK_2)
    y = top - (row - len(right) * SMALL.leading) / 2
    for line in right:
        write_lines(canvas, edge - SMALL.width(line), y, [line], SMALL, INK_2)
        y -= SMALL.leading
    canvas.setFillColor(HexColor(ACCENT))
    canvas.rect(SIDE, top - row - 11, WIDTH, 2.25, stroke=0, fill=1)
    canvas.rect(SIDE, top - row - 12.75, WIDTH, 0.75, stroke=0, fill=1)


def _draw_foot(canvas: Canvas, head: Letterhead, number: int, count: int) -> None:
    top = FOOT + FOOT_HEIGHT - 10
    canvas.setStrokeColor(HexColor(_PALE_RULE))
    canvas.setLineWidth(0.55)
    canvas.line(SIDE, top, SIZE[0] - SIDE, top)
    page, note = printable(head.page_of(number, count)), printable(head.note)
    write_lines(canvas, SIDE, top - 5, [printable(head.foot)], NOTE, INK_2)
    if note:
        write_lines(canvas, (SIZE[0] - NOTE.width(note)) / 2, top - 5, [note], NOTE, INK_2)
    write_lines(canvas, SIZE[0] - SIDE - NOTE.width(page), top - 5, [page], NOTE, INK_2)


def write_lines(
    canvas: Canvas, x: float, y: float, lines: Sequence[str], style: Style, colour: str
) -> float:
    """Lines from y downwards; returns where the next would begin."""
    ink(canvas, colour)
    for line in lines:
        write(canvas, x, y - style.baseline(), line, style)
        y -= style.leading
    return y


def ink(canvas: Canvas, colour: str) -> None:
    """What is written from here on has this colour."""
    # The stroke as well: a letter that stands in for a bold one has an outline.
    canvas.setFillColor(HexColor(colour))
    canvas.setStrokeColor(HexColor(colour))


def _height(cells: Sequence[Sequence[str]], style: Style) -> float:
    return max(len(lines) for lines in cells) * style.leading + 2 * PAD_Y
