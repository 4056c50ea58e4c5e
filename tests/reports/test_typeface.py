"""Every character prints as a glyph and can be read out of the PDF again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reports.page import DOT, About, Page, pdf
from reports.typeface import MISSING_SORT, Face, Style, glyph, printable, runs, to_unicode_cmap
from tests.reports.paper import READERS, dots, fonts, packed

# Rare in the sense of GB 18030-2022: Extensions A, B and E, and letters outside the 8,105.
RARE = "䶮㛃𬭚龑喆𠮷"
ABOUT = About("试印", "zh", datetime(2026, 11, 20, 1, 43, tzinfo=UTC))


def sheet(text: str, face: Face = Face.SANS) -> bytes:
    page = Page()
    page.line(20, 20, text, Style(face, 60, 84))
    return pdf(page, 640, 124, DOT, ABOUT)


@pytest.mark.parametrize("face", Face)
@pytest.mark.parametrize("character", RARE)
def test_a_rare_character_has_a_glyph_of_its_own(character: str, face: Face) -> None:
    drawn = glyph(character, face)
    assert drawn.character == character
    assert drawn.font.face.charToGlyph[ord(character)] != 0
    assert drawn.advance == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("face", Face)
def test_rare_characters_do_not_look_alike_on_paper(face: Face, tmp_path: Path) -> None:
    # An empty box printed for each of them would give one picture.
    pictures = {
        dots(sheet(character, face), tmp_path).tobytes() for character in RARE + "\U0010fffd"
    }
    assert len(pictures) == len(RARE) + 1


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("face", Face)
def test_rare_characters_can_be_read_out_again(face: Face, reader: str) -> None:
    assert packed(READERS[reader](sheet(f"湖{RARE}滨 A1", face))) == f"湖{RARE}滨A1"


@pytest.mark.parametrize("reader", READERS)
def test_more_characters_than_one_subset_holds_can_be_read_out_again(reader: str) -> None:
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 300)) + "𬭚"
    page = Page()
    page.paragraph(20, 20, 600, text, Style(Face.SANS, 20, 28))
    assert packed(READERS[reader](pdf(page, 640, 400, DOT, ABOUT))) == text


def test_a_character_nobody_has_prints_the_sign_for_a_missing_sort() -> None:
    assert [run.text for run in runs("好\U0010fffd。", Face.SANS)] == [f"好{MISSING_SORT}。"]


def test_a_bold_word_keeps_its_weight_where_a_fallback_helps_out() -> None:
    assert [(run.text, run.outlined) for run in runs("张𠮷龑", Face.SANS_BOLD)] == [
        ("张", False),
        ("𠮷", True),
        ("龑", True),
    ]
    assert not any(run.outlined for run in runs("张𠮷", Face.SANS))


def test_fonts_are_embedded_as_subsets() -> None:
    used = list(fonts(sheet(f"云川{RARE} A1", Face.SANS_BOLD)))
    assert len(used) == 3
    for font in used:
        assert font["/BaseFont"][7] == "+"
        assert font["/FontDescriptor"]["/FontFile2"].get_object().get_data()
        assert "/ToUnicode" in font


def test_the_map_to_unicode_is_utf_16_in_blocks_of_a_hundred() -> None:
    text = to_unicode_cmap("AAAAAA+X", [0, 0x4E91, 0x2CB5A, *range(0x4E00, 0x4E00 + 150)])
    assert "<01> <4E91>" in text
    assert "<02> <D872DF5A>" in text
    assert "<00> <98>" in text
    assert [line for line in text.splitlines() if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "53 beginbfchar",
    ]


def test_what_cannot_be_seen_is_left_out_and_names_stay_as_they_are() -> None:
    assert printable("张\u200b三\ufe01\x07") == "张三"
    assert printable("第一行\n第二行\t末") == "第一行 第二行 末"
    # A compatibility form is another character in a register of names.
    assert printable("\ufa10") == "\ufa10"


def test_digits_have_one_width_in_each_weight() -> None:
    # The serif face is for titles and letters, never for columns of figures.
    for face in (Face.SANS, Face.SANS_BOLD):
        assert len({glyph(digit, face).advance for digit in "0123456789"}) == 1
