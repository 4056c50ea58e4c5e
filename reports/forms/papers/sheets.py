"""Owns the forms that are grids: title, a line of numbers, blocks under headings, hands and seal;
knows no paper by its words."""

from __future__ import annotations

from typing import Final

from reportlab.platypus.flowables import Flowable

from branch.papers.form import Block, Field
from reports.forms.papers.cells import Cell
from reports.forms.papers.grid import FormGrid, Row, Stack
from reports.forms.papers.layout import Layout
from reports.forms.papers.letter import Ring, TearOff
from reports.forms.papers.words import block_label, form_title, moment_text, say
from reports.page import break_lines
from reports.sheet import INK_2, SMALL, TITLE, TITLE_HAN, WIDTH, Part, Words, write_lines
from reports.typeface import Face, Style

HEADING: Final = Style(Face.SANS_BOLD, 10, 15)
# A heading takes so much of what follows with it.
KEEP: Final = 60.0
_SUBTITLE: Final = Style(Face.SANS, 9, 13)
_RING_CELL: Final = 129.0
_SEALED_ROWS: Final = 4


def title_parts(layout: Layout, below: float) -> list[Flowable]:
    """The form's title; in an English paper the Chinese one small under it."""
    form = layout.form.code
    if layout.language == "zh":
        return [
            Words(
                form_title(form, "zh"), TITLE_HAN, align="centre", above=10, below=below, tag="H1"
            )
        ]
    return [
        Words(form_title(form, "en"), TITLE, align="centre", above=10, tag="H1"),
        Words(
            form_title(form, "zh"), _SUBTITLE, colour=INK_2, align="centre", above=3, below=below
        ),
    ]


def sheet_parts(layout: Layout) -> list[Flowable]:
    """A form that is a grid, to flow over pages."""
    parts: list[Flowable] = [*title_parts(layout, 5), _numbers(layout)]
    for at, block in enumerate(layout.form.blocks):
        signs = [field for field in block.fields if field.kind == "sign"]
        others = [field for field in block.fields if field.kind != "sign"]
        if block.key == "tear_off":
            parts.append(_slip(layout, signs))
            continue
        sealed = layout.form.seal and all(field.kind == "blank" for field in others)
        rows = _sealed_rows(layout, others) if sealed else layout.rows(others)
        grid = FormGrid([*rows, *layout.signature_rows(signs)])
        if at:
            # Cells for one hand stay together.
            by_hand = all(field.kind in ("blank", "sign") for field in block.fields)
            parts.append(heading(layout, block, grid.height if by_hand else KEEP))
        parts.append(grid)
    return parts


def heading(layout: Layout, block: Block, keep: float = KEEP) -> Words:
    """The heading of a block, which stays with so much of what follows it."""
    text = block_label(layout.form.code, block.key, layout.language)
    return Words(text, HEADING, above=12, below=4.5, keep=keep, tag="H2")


class Spread(Part):
    """Short lines at the left, in the middle and at the right of one line."""

    def __init__(self, texts: tuple[str, str, str], below: float) -> None:
        self._texts = texts
        self._wide = sum(SMALL.width(text) for text in texts) + 30 > WIDTH
        rows = sum(bool(text) for text in texts) if self._wide else 1
        super().__init__(rows * SMALL.leading + below)

    def draw(self) -> None:
        """Under each other where they are too long for one line."""
        y = self.height
        if self._wide:
            for text in filter(None, self._texts):
                y = write_lines(self.canv, 0, y, break_lines(text, SMALL, WIDTH)[:1], SMALL, INK_2)
            return
        for text, share in zip(self._texts, (0.0, 0.5, 1.0), strict=True):
            x = (WIDTH - SMALL.width(text)) * share
            write_lines(self.canv, x, y, [text], SMALL, INK_2)


def _numbers(layout: Layout) -> Spread:
    head, language = layout.head, layout.language
    time = moment_text(head.issued_at, language, head.zone)
    case = say("case_no", language, number=head.case_number) if head.case_number else ""
    number = say("paper_no", language, number=head.number) if head.number else ""
    issued = say("issued", language, time=time, name=layout.spelled(head.issued_by))
    return Spread((case, number, issued), below=6)


def _sealed_rows(layout: Layout, fields: list[Field]) -> list[Row]:
    """Cells to be filled in by hand, the last ones beside the place of the seal."""
    before, beside = fields[:-_SEALED_ROWS], fields[-_SEALED_ROWS:]
    width = layout.label_width
    left = WIDTH - width - _RING_CELL
    cells: list[tuple[float, Cell]] = [
        (left, Stack(layout.narrow_rows(beside, left))),
        (width, layout.fixed("seal_unit")),
        (_RING_CELL, Ring(say("seal", layout.language))),
    ]
    return [*layout.rows(before), Row(tuple(cells))]


def _slip(layout: Layout, signs: list[Field]) -> TearOff:
    """What the receiving unit signs and sends back."""
    head, language = layout.head, layout.language
    title = say("slip", language, case=head.case_number, number=head.number)
    return TearOff(say("cut", language), layout.slip_rows(signs), layout.spelled(title))
