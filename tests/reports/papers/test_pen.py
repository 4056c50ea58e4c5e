"""A signature given on the screen stands in its cell of TS-08, whole, in its own proportions."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter

from branch.rooms.rules import checked_signature
from reports.forms.papers.paper import paper_pdf
from reports.forms.papers.words import field_label
from tests.reports.paper import dots, ink
from tests.reports.papers.filled import filled, head

DPI = 150
# Thousandths of the pad's width: 700 wide, 140 high, one tap with the pen beside it.
PEN = [[[100, 60], [150, 200], [400, 60], [800, 200]], [[640, 80]]]
FLAT = [[[100, 60], [900, 61]]]


def signature_page(language: str, pen: str, folder: Path) -> tuple[Image.Image, bytes]:
    """The page to sign on, as it is printed, and as a file of its own."""
    data, _pages = paper_pdf(head("TS-08", language), filled("TS-08", language, visitor_sign=pen))
    single = PdfWriter()
    single.add_page(PdfReader(BytesIO(data)).pages[-1])
    kept = BytesIO()
    single.write(kept)
    return dots(kept.getvalue(), folder, DPI), kept.getvalue()


def cell_around(image: Image.Image, x: int, y: int) -> tuple[int, int, int, int]:
    """The rules around a place of an empty page: left, top, right, bottom."""
    grey = image.convert("L")

    def walk(dx: int, dy: int) -> tuple[int, int]:
        at = (x, y)
        while grey.getpixel(at) > 200:  # type: ignore[operator]
            at = (at[0] + dx, at[1] + dy)
        return at

    return walk(-1, 0)[0], walk(0, -1)[1], walk(1, 0)[0], walk(0, 1)[1]


def label_place(page: bytes, label: str, height: int) -> tuple[float, float]:
    """Where a label begins, in dots from the left and the top."""
    found: list[tuple[float, float]] = []

    def look(text: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        if text.strip().startswith(label):
            x, y = cm[4] + cm[0] * tm[4], cm[5] + cm[3] * tm[5]
            found.append((x * DPI / 72, height - y * DPI / 72))

    PdfReader(BytesIO(page)).pages[0].extract_text(visitor_text=look)
    return found[0]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("pen", "shape"), [(PEN, 700 / 140), (FLAT, 800)])
def test_the_pen_stands_in_the_visitors_cell(
    language: str, pen: list[list[list[int]]], shape: float, tmp_path: Path
) -> None:
    empty, page = signature_page(language, "", tmp_path)
    signed, _page = signature_page(language, checked_signature(json.dumps(pen)), tmp_path)
    left, top, right, bottom = ink(ImageChops.invert(ImageChops.difference(empty, signed)))
    middle, centre = (left + right) // 2, (top + bottom) // 2
    cell = cell_around(empty, middle, centre)
    # Nothing else on the page moved, and nothing reaches a rule.
    assert cell[0] < left
    assert cell[1] < top
    assert right < cell[2]
    assert bottom < cell[3]
    # In its middle, as large as it may be, in its own proportions (the pen is two dots wide).
    assert abs(middle - (cell[0] + cell[2]) / 2) <= 2
    assert abs(centre - (cell[1] + cell[3]) / 2) <= 2
    wide, tall = right - left - 2, max(bottom - top - 2, 1)
    fills = max(wide / (cell[2] - cell[0]), tall / (cell[3] - cell[1]))
    assert fills > 0.7
    assert tall == pytest.approx(wide / shape, abs=4)
    # It is the cell whose label says so.
    x, y = label_place(page, field_label("TS-08", "visitor_sign", language), empty.height)
    assert x < cell[0]
    assert cell[1] < y < cell[3]
