"""Every form in both languages, filled from the table of forms: what stands on the printed page."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from pypdf import PdfReader

from branch.papers.form import Block, Field, Value, empty_value
from branch.papers.forms import FORMS
from reports.forms.papers.paper import NOTICES, REPLY, paper_pdf
from reports.forms.papers.words import (
    block_label,
    code_options,
    code_text,
    column_label,
    field_label,
    form_title,
    value_text,
)
from tests.reports.paper import READERS, dots, fonts, packed
from tests.reports.papers.filled import filled, head
from tests.reports.papers.glyphs import drawn

LANGUAGES = ("zh", "en")
every_paper = pytest.mark.parametrize(
    ("form", "language"), [(form, language) for form in FORMS for language in LANGUAGES]
)
# Filled in by hand on the page, with boxes to tick.
TICKED_BY_HAND = {"satisfaction": "satisfaction", "mode": "delivery"}


@cache
def printed(form: str, language: str) -> tuple[bytes, int]:
    return paper_pdf(head(form, language), filled(form, language))


@cache
def text(form: str, language: str, reader: str) -> str:
    return packed(READERS[reader](printed(form, language)[0]))


def labels(form: str, field: Field, language: str) -> str:
    """The label and the small one under it, as a grid prints them."""
    own = field_label(form, field.key, language)
    other = "en" if language == "zh" else "zh"
    small = field_label(form, field.key, other) if language == "en" or FORMS[form].customer else ""
    return own + small


def boxes(codes: str, value: Value, language: str) -> str:
    chosen = value if isinstance(value, list) else [value]
    options = code_options(codes)
    return "".join(("✓" if c in chosen else "") + code_text(codes, c, language) for c in options)


def cell(field: Field, value: Value, language: str) -> str:
    """What a cell of the grid says."""
    if field.kind == "blank":
        codes = TICKED_BY_HAND.get(field.key)
        return boxes(codes, None, language) if codes else ""
    if field.kind == "yes":
        return "✓是否" if language == "zh" else "✓YesNo"
    if field.kind == "codes" or (field.kind == "code" and len(code_options(field.codes)) <= 6):
        return boxes(field.codes, value, language)
    if field.kind == "rows":
        heads = "".join(column_label(column, language) for column in field.columns)
        assert isinstance(value, list)
        return heads + "".join(row[column] for row in value for column in field.columns)
    return value_text(field, value, language, head("TS-01", language).zone)


@pytest.mark.parametrize("reader", READERS)
@every_paper
def test_every_field_stands_beside_its_label(form: str, language: str, reader: str) -> None:
    found, values = text(form, language, reader), filled(form, language)
    for block in FORMS[form].blocks:
        for field in block.fields:
            said = cell(field, values[field.key], language)
            if (form == REPLY and field.kind not in ("blank", "sign")) or (
                form in NOTICES and field.key == "addressee"
            ):
                wanted = said
            elif form in NOTICES and field.locked:
                wanted = field_label(form, field.key, language) + said
            elif form == REPLY and block.key == "signing":
                wanted = field_label(form, field.key, language)
            elif block.key == "delivery" and language == "zh":
                wanted = field_label(form, field.key, language) + said
            else:
                wanted = labels(form, field, language) + said
            for line in wanted.splitlines() if form == REPLY else (wanted,):
                assert packed(line) in found, field.key


@pytest.mark.parametrize("reader", READERS)
@every_paper
def test_head_and_foot_stand_on_every_page(form: str, language: str, reader: str) -> None:
    data, pages = printed(form, language)
    shown = head(form, language)
    reached = PdfReader(BytesIO(data)).pages
    assert len(reached) == pages
    say = {"zh": "第{n}页共{m}页", "en": "Page{n}of{m}"}[language]
    for number, page in enumerate(reached, 1):
        words = packed(page.extract_text())
        assert words.startswith(packed(shown.branch_name + shown.branch_second))
        for part in (form, shown.case_number, shown.code, shown.branch_code, shown.edition[:4]):
            assert part in words
        assert say.format(n=number, m=pages) in words
    first = text(form, language, reader)
    assert packed(form_title(form, language)) in first
    if shown.number:
        assert packed(shown.number) in first


@every_paper
def test_headings_of_its_parts(form: str, language: str) -> None:
    found = text(form, language, "pypdf")
    hidden = {"opening", "closing", "signing"} if form == REPLY else set()
    blocks: list[Block] = [b for b in FORMS[form].blocks if b.key not in hidden]
    for block in blocks if form == REPLY else blocks[1:]:
        assert packed(block_label(form, block.key, language)) in found


@every_paper
def test_no_glyph_is_an_empty_box(form: str, language: str) -> None:
    for font in fonts(printed(form, language)[0]):
        assert drawn(font)


@every_paper
def test_the_code_can_be_read_by_a_machine(form: str, language: str, tmp_path: Path) -> None:
    image = dots(printed(form, language)[0], tmp_path, dpi=150)
    codes = zxingcpp.read_barcodes(image)
    assert [code.text for code in codes] == [f"TT:{form}:TS-2026-0117:K7QF-2M9C-XW4T"]


@every_paper
def test_the_file_tells_its_language_and_nothing_of_people(form: str, language: str) -> None:
    reader = PdfReader(BytesIO(printed(form, language)[0]))
    about = reader.metadata
    assert about is not None
    assert about.title == f"{form_title(form, language)} {form} TS-2026-0117"
    assert about.get("/Keywords") == "K7QF-2M9C-XW4T"
    assert (about.author, about.subject) == ("", "")
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == {"zh": "zh-CN", "en": "en"}[language]
    assert bool(catalog["/ViewerPreferences"]["/DisplayDocTitle"])


@every_paper
def test_the_same_paper_has_the_same_bytes(form: str, language: str) -> None:
    assert paper_pdf(head(form, language), filled(form, language)) == printed(form, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_further_copy_says_so(language: str) -> None:
    data, _pages = paper_pdf(head("TS-06", language, copy=2), filled("TS-06", language))
    words = {"zh": "表单TS-06第2份（更正）", "en": "FormTS-06,copy2(corrected)"}[language]
    assert words in packed(READERS["pypdf"](data))


@every_paper
def test_an_empty_paper_can_be_looked_at(form: str, language: str) -> None:
    empty = {field.key: empty_value(field.kind) for field in FORMS[form].fields}
    _data, pages = paper_pdf(head(form, language, number=""), empty)
    assert pages >= 1
