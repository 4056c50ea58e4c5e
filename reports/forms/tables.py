"""Owns titles, headings, facts and tables that several forms share; knows no form and no words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from reports.forms.papers.cells import (
    LABEL,
    PAD_X,
    PAD_Y,
    ROW,
    Blank,
    Cell,
    Text,
    broken,
    label,
    text,
)
from reports.forms.papers.grid import FormGrid, Row
from reports.forms.papers.layout import spelled
from reports.page import Align, longest_word
from reports.sheet import BODY, INK, INK_2, SMALL, TITLE, TITLE_HAN, WIDTH, Column, Part, Words
from reports.sheet import write_lines as write_on
from reports.typeface import Face, Style

HEADING: Final = Style(Face.SANS_BOLD, 10.5, 16)
BOLD: Final = Style(Face.SANS_BOLD, 10, 16)
_SUBTITLE: Final = Style(Face.SANS, 9, 13)
_LABEL: Final = {"zh": 69.0, "en": 80.0}
_LABEL_PAD: Final = 4.0
_HALF_LINES: Final = 2
_LEAST, _LEAST_STEP = 60.0, 8.0


@dataclass(frozen=True, slots=True)
class Aligned:
    """Words that stand in the middle of their cell or at its right edge; they never part."""

    lines: tuple[str, ...]
    align: Align
    style: Style = BODY
    least: float = ROW
    tag: ClassVar[str] = "TD"

    @property
    def height(self) -> float:
        """What its lines need."""
        return max(self.least, len(self.lines) * self.style.leading + 2 * PAD_Y)

    def parted(self, height: float) -> tuple[Cell, Cell] | None:
        """On the first page, where it fits."""
        return (self, Text((), self.style, 0)) if self.height <= height else None

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """In the middle of the height."""
        y = top - (height - len(self.lines) * self.style.leading) / 2
        for line in self.lines:
            spare = width - 2 * PAD_X - self.style.width(line)
            shift = {"left": 0.0, "right": spare, "centre": spare / 2}[self.align]
            y = write_on(canvas, x + PAD_X + shift, y, [line], self.style, INK)


def cell(
    words: str,
    width: float,
    align: Align = "left",
    style: Style = BODY,
    least: float = ROW,
) -> Cell:
    """Words broken to a cell of that width; those at the left may part between two pages."""
    if align == "left":
        return text(words, width, style, least)
    return Aligned(tuple(broken(words, style, width - 2 * PAD_X)), align, style, least)


def title_parts(title: str, under: str, language: str) -> list[Flowable]:
    """The form's title; in an English paper the Chinese one small under it."""
    if language == "zh":
        return [Words(title, TITLE_HAN, align="centre", above=10, below=6, tag="H1")]
    return [
        Words(title, TITLE, align="centre", above=10, tag="H1"),
        Words(under, _SUBTITLE, colour=INK_2, align="centre", below=8),
    ]


def heading(words: str, first: Part) -> Words:
    """The heading of a part, which stays with the beginning of what follows it."""
    return Words(words, HEADING, above=15, below=5, keep=_beginning(first), tag="H2")


def _beginning(part: Part) -> float:
    """The least height that takes something of the part; all of one that cannot part."""
    height = _LEAST
    while height < part.height and not part.split(WIDTH, height):
        height += _LEAST_STEP
    return min(height, part.height)


def remark(words: str, language: str) -> Words:
    """A sentence under a table, or in its place."""
    return Words(spelled(words, language), SMALL, colour=INK_2, above=4)


def facts(pairs: Sequence[tuple[str, str]], language: str) -> FormGrid:
    """Labels with their values, two in a row where both are short."""
    width = _LABEL[language]
    half = WIDTH / 2 - width
    rows: list[Row] = []
    waiting: list[tuple[float, Cell]] = []
    for name, value in pairs:
        told = spelled(value, language)
        short = len(broken(told, BODY, half - 2 * PAD_X)) <= _HALF_LINES
        if waiting and not short:
            rows.append(_alone(waiting, width))
            waiting = []
        if not short:
            whole = WIDTH - width
            rows.append(Row(((width, label(name, "", width)), (whole, text(told, whole)))))
            continue
        waiting += [(width, label(name, "", width)), (half, text(told, half))]
        if len(waiting) > 2:
            rows.append(Row(tuple(waiting)))
            waiting = []
    if waiting:
        rows.append(_alone(waiting, width))
    return FormGrid(rows)


def _alone(cells: Sequence[tuple[float, Cell]], width: float) -> Row:
    """A pair that has the row for itself."""
    return Row((cells[0], (WIDTH - width, cells[1][1])))


def boxed(paragraphs: Sequence[str], language: str) -> FormGrid:
    """Paragraphs in a frame of the sheet's width."""
    words = "\n".join(spelled(one, language) for one in paragraphs)
    return FormGrid([Row(((WIDTH, text(words, WIDTH, least=36.0)),))])


def table(
    columns: Sequence[Column],
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    language: str,
    style: Style = BODY,
) -> FormGrid:
    """A table whose head is said again on every page; without rows one empty row."""
    told = [[spelled(word, language) for word in row] for row in rows] or [[""] * len(heads)]
    widths = fitted(columns, heads, told, style)
    head = head_row(widths, heads)
    return FormGrid(
        [
            head,
            *(
                Row(
                    tuple(
                        (
                            width,
                            label(word, "", width)
                            if column.label
                            else cell(word, width, column.align, style),
                        )
                        for column, width, word in zip(columns, widths, row, strict=True)
                    ),
                    heads=(head,),
                )
                for row in told
            ),
        ]
    )


def head_row(widths: Sequence[float], heads: Sequence[str]) -> Row:
    """The head of a table; never the last row of a page."""
    return Row(
        tuple((width, label(word, "", width)) for width, word in zip(widths, heads, strict=True)),
        head=True,
    )


def fitted(
    columns: Sequence[Column],
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    style: Style = BODY,
) -> list[float]:
    """The widths as asked for, but no word is cut while the widest column has room to give."""
    whole = sum(column.share for column in columns)
    widths = [column.share / whole * WIDTH for column in columns]
    for at, head in enumerate(heads):
        longest = max((longest_word(row[at], style) for row in rows), default=0.0)
        wanted = max(longest + 2 * PAD_X, longest_word(head, LABEL) + 2 * _LABEL_PAD)
        # A hair more, for rounding.
        lack = min(wanted + 0.01, WIDTH / len(widths)) - widths[at]
        giver = max(range(len(widths)), key=widths.__getitem__)
        if lack > 0 and giver != at:
            widths[at] += lack
            widths[giver] -= lack
    return widths


def hand_row(names: Sequence[str], width: float, day: str, height: float) -> list[Row]:
    """One row a name: the name, room to sign, the word for the day, room for it."""
    who = _widest(names, 69.0)
    when = _widest([day], 48.0)
    pen = (width - who - when) * 0.62
    rest = width - who - when - pen
    return [
        Row(
            (
                (who, label(name, "", who)),
                (pen, Blank(height)),
                (when, label(day, "", when)),
                (rest, Blank(height)),
            )
        )
        for name in names
    ]


def _widest(names: Sequence[str], least: float) -> float:
    return max(least, *(longest_word(name, LABEL) + 2 * _LABEL_PAD + 1 for name in names))
