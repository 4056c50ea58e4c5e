"""Rare letters of names on the forms: glyphs of their own, never boxes, readable again."""

from __future__ import annotations

import pytest

from reports.forms.papers.paper import paper_pdf
from reports.typeface import without_glyph
from tests.reports.paper import READERS, fonts, packed
from tests.reports.papers.filled import filled, head
from tests.reports.papers.glyphs import drawn

NAME = "䶮㛃𬭚龑喆𠮷𡈽𣘺"
# Of Extension B, in no name list and in no face of ours.
NOBODY_HAS = "𠀁"


@pytest.mark.parametrize(
    ("form", "key"), [("TS-01", "name"), ("TS-06", "salutation"), ("TS-04", "investigators")]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_rare_name_prints_as_glyphs_and_can_be_read_again(
    form: str, key: str, language: str
) -> None:
    data, _pages = paper_pdf(head(form, language), filled(form, language, **{key: NAME}))
    glyphs = [drawn(font) for font in fonts(data)]
    for letter in NAME:
        assert any(letter in found for found in glyphs), letter
    for read in READERS.values():
        assert NAME in packed(read(data))


def test_a_letter_nobody_has_is_told_by_its_code() -> None:
    assert without_glyph(f"张{NOBODY_HAS}龑{NOBODY_HAS}") == (NOBODY_HAS,)
    assert without_glyph(f"张三 {NAME}\n\t") == ()
    fields = filled("TS-01", "zh", name=f"张{NOBODY_HAS}", facts=f"他叫张{NOBODY_HAS}。" * 3)
    data, _pages = paper_pdf(head("TS-01", "zh"), fields)
    for read in READERS.values():
        words = packed(read(data))
        assert "张〔U+20001〕" in words
        assert "他叫张〔U+20001〕。他叫" in words
        assert "〓" not in words
