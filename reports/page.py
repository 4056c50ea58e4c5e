"""Owns the paper: its measures, where a line breaks, what stands on a page, and the PDF file;
knows no form and no words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from math import floor
from threading import Lock
from typing import Literal

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from reports.tags import Tags
from reports.typeface import Face, Style, font, printable, runs

# Thermal paper is measured in the dots of its print head.
DOTS_PER_INCH = 203
DOT = 72 / DOTS_PER_INCH

ROLL_WIDTH = 640  # dots: 80 mm
ROLL_MARGIN = 44  # dots: what the head cannot reach, 552 are left

Align = Literal["left", "right", "centre"]

# A paragraph's last line is no shorter than this, in ems, where it can be helped.
SHORTEST_LAST_LINE = 3

# Width of the outline that lets a regular letter stand beside bold ones, in ems.
BOLD_OUTLINE = 0.035

# May not begin a line / may not end one.
CLOSING = frozenset("，。、；：！？）》」』】〕〉％”’…～々ー,.;:!?)]}%")
OPENING = frozenset("（《「『【〔〈“‘([{￥¥")

# ReportLab's font faces keep a reading position: two documents are not written at once.
_writing = Lock()


def _wide(character: str) -> bool:
    """Han, kana and full-width signs: a line may break on both their sides."""
    return unicodedata.east_asian_width(character) in "WF"


def _atoms(text: str) -> Iterator[str]:
    """What a line may not break inside: a Latin word or number, or one Han character, each
    with the opening signs before it and the closing signs after it; or a stretch of spaces."""
    pending = ""
    previous = ""
    for character in text:
        closes = character in CLOSING and pending and not pending.isspace()
        after_opening = previous in OPENING
        in_word = not (
            _wide(character)
            or _wide(previous or "一")
            or character.isspace()
            or previous.isspace()
            or (previous in CLOSING and character in OPENING)
        )
        if pending and not (
            closes
            or (after_opening and not character.isspace())
            or in_word
            or (character.isspace() and pending.isspace())
        ):
            yield pending
            pending = ""
        pending += character
        previous = character
    if pending:
        yield pending


def longest_word(text: str, style: Style) -> float:
    """The widest part of `text` that a line may not break inside."""
    return max((style.width(atom) for atom in _atoms(printable(text))), default=0.0)


def break_lines(text: str, style: Style, width: float, indent: float = 0) -> list[str]:
    """`text` in lines of at most `width`. Breaks between Han characters and at spaces, never
    inside a Latin word or number unless it alone is longer than a line, and keeps punctuation
    off the wrong end (GB/T 15834-2011, 5.1). At least one line; the first is shorter by `indent`.

    A last line of a character or two is filled up from the lines above where that needs no
    further line.
    """
    atoms = [(atom, style.width(atom)) for atom in _atoms(printable(text))]
    lines = _fill(atoms, style, width, indent)
    # Evened out or not, a word is cut only where it alone is longer than a line.
    longest = max((advance for _atom, advance in atoms if advance <= width), default=0.0)
    narrower = width
    while len(lines) > 1 and style.width(lines[-1]) < SHORTEST_LAST_LINE * style.size:
        narrower -= style.size
        if narrower < max(width / 2, longest):
            break
        evened = _fill(atoms, style, narrower, indent)
        if len(evened) > len(lines):
            break
        lines = evened
    return lines


def _fill(
    atoms: Sequence[tuple[str, float]], style: Style, width: float, indent: float
) -> list[str]:
    """Each line takes atoms, given with their widths, as long as they fit."""
    lines: list[str] = []
    line = ""
    used = indent
    for atom, advance in atoms:
        if atom.isspace():
            if line:
                line += atom
                used += advance
            continue
        if line and used + advance > width:
            lines.append(line.rstrip())
            line, used = "", 0.0
        whole = advance <= (width if lines else width - indent)
        parts = [(atom, advance)] if whole else _pieces(atom, style, width)
        for part, step in parts:
            if line and used + step > width:
                lines.append(line)
                line, used = "", 0.0
            line += part
            used += step
    if line or not lines:
        lines.append(line.rstrip())
    return lines


def write(canvas: Canvas, x: float, baseline: float, text: str, style: Style) -> None:
    """One line of printable text on the canvas, in its colour, `baseline` above the lower edge."""
    line = canvas.beginText(x, baseline)
    line.setCharSpace(style.tracking)
    for run in runs(text, style.face):
        line.setFont(run.font.fontName, style.size)
        line.setTextRenderMode(2 if run.outlined else 0)
        if run.outlined:
            canvas.setLineWidth(BOLD_OUTLINE * style.size)
        line.textOut(run.text)
    canvas.drawText(line)


def _pieces(atom: str, style: Style, width: float) -> list[tuple[str, float]]:
    """What an atom longer than a line is cut into: characters, with the signs that may not part
    from them as far as those fit a line."""
    pieces = [atom[0]]
    for character in atom[1:]:
        joined = pieces[-1] + character
        bound = character in CLOSING or pieces[-1][-1] in OPENING
        if bound and style.width(joined) <= width:
            pieces[-1] = joined
        else:
            pieces.append(character)
    return [(piece, style.width(piece)) for piece in pieces]


@dataclass(frozen=True, slots=True)
class _Line:
    x: float
    baseline: float
    text: str
    style: Style

    def draw(self, canvas: Canvas, height: float) -> None:
        write(canvas, self.x, height - self.baseline, self.text, self.style)


@dataclass(frozen=True, slots=True)
class _Dashes:
    x: float
    y: float
    width: float
    thickness: float

    def draw(self, canvas: Canvas, height: float) -> None:
        middle = height - self.y - self.thickness / 2
        dash = 2 * self.thickness
        count = round((self.width + self.thickness) / (dash + self.thickness))
        # The gaps share what is left, so that the rule ends with a whole dash.
        gap = (self.width - count * dash) / (count - 1)
        canvas.setLineWidth(self.thickness)
        canvas.setDash(dash, gap)
        canvas.line(self.x, middle, self.x + self.width, middle)
        canvas.setDash()


@dataclass(frozen=True, slots=True)
class _Frame:
    x: float
    y: float
    width: float
    height: float
    thickness: float
    radius: float

    def draw(self, canvas: Canvas, height: float) -> None:
        inset = self.thickness / 2
        canvas.setLineWidth(self.thickness)
        canvas.roundRect(
            self.x + inset,
            height - self.y - self.height + inset,
            self.width - self.thickness,
            self.height - self.thickness,
            self.radius - inset,
        )


@dataclass(frozen=True, slots=True)
class _Placed:
    x: float
    y: float
    height: float
    flowable: Flowable

    def draw(self, canvas: Canvas, height: float) -> None:
        self.flowable.drawOn(canvas, self.x, height - self.y - self.height)


class Page:
    """What stands on one page, noted down before the page's height need be known.

    `x` counts from the left edge and `y` from the upper edge, in the page's unit.
    """

    def __init__(self) -> None:
        self._marks: list[_Line | _Dashes | _Frame | _Placed] = []

    def line(self, x: float, y: float, text: str, style: Style) -> None:
        """One line of text whose line box has its upper left corner at (x, y)."""
        self._marks.append(_Line(x, y + style.baseline(), printable(text), style))

    def paragraph(
        self, x: float, y: float, width: float, text: str, style: Style, align: Align = "left"
    ) -> float:
        """Text broken to `width`. Returns the y below its last line."""
        for line in break_lines(text, style, width):
            spare = width - style.width(line)
            shift = {"left": 0.0, "right": spare, "centre": spare / 2}[align]
            self.line(x + shift, y, line, style)
            y += style.leading
        return y

    def dashes(self, x: float, y: float, width: float, thickness: float) -> None:
        """A dashed rule, its upper edge at y."""
        self._marks.append(_Dashes(x, y, width, thickness))

    def frame(
        self, x: float, y: float, width: float, height: float, thickness: float, radius: float
    ) -> None:
        """A round-cornered frame; the measures are its outer ones."""
        self._marks.append(_Frame(x, y, width, height, thickness, radius))

    def place(self, x: float, y: float, height: float, flowable: Flowable) -> None:
        """A bar code of ReportLab's, `height` tall."""
        self._marks.append(_Placed(x, y, height, flowable))

    def draw(self, canvas: Canvas, height: float) -> None:
        for mark in self._marks:
            mark.draw(canvas, height)


@dataclass(frozen=True, slots=True)
class About:
    """What a PDF says of itself. `language` is "zh" or "en"; `made_at` carries its zone;
    `keywords` is what a paper is found by again, in ASCII; `tagged`: its parts are tagged for a
    screen reader."""

    title: str
    language: str
    made_at: datetime
    keywords: str = ""
    tagged: bool = False


def pdf(page: Page, width: float, height: float, unit: float, about: About) -> bytes:
    """The page as a PDF file. `unit` is the length of the page's unit in points. The same page
    gives the same bytes."""

    def draw(canvas: Canvas) -> None:
        canvas.scale(unit, unit)
        page.draw(canvas, height)
        canvas.showPage()

    # Never a hair too long: a rasteriser would add a row or column of dots.
    size = (floor(width * unit * 100) / 100, floor(height * unit * 100) / 100)
    return file_of(draw, size, about)


def file_of(draw: Callable[[Canvas], None], size: tuple[float, float], about: About) -> bytes:
    """What `draw` leaves on a canvas of that size (points) as a PDF file."""
    target = BytesIO()
    canvas = Canvas(
        target,
        pagesize=size,
        pageCompression=1,
        invariant=True,
        # Without it every file would name Helvetica, which is not embedded.
        initialFontName=font(Face.SANS).fontName,  # type: ignore[arg-type]  # the stub says float
        lang={"zh": "zh-CN", "en": "en"}[about.language],
    )
    offset = f"{about.made_at:%z}"
    stamp = f"D:{about.made_at:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"
    canvas.setDateFormatter(lambda *_now: stamp)
    canvas.setTitle(about.title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setKeywords(about.keywords)
    canvas.setCreator("Tingtang")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setViewerPreference("PrintScaling", "None")
    with _writing:
        tags = Tags(canvas) if about.tagged else None
        draw(canvas)
        if tags is not None:
            tags.write()
        canvas.save()
    return target.getvalue()
