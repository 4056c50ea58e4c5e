"""The bundled fonts can be embedded on paper and together draw the names people really have."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.architecture.tree import ROOT

FONTS = ROOT / "resources" / "fonts"
FILES = sorted(FONTS.glob("*.ttf"))
COMMON = ["NotoSansSC-Regular", "NotoSansSC-Medium", "NotoSansSC-Bold"]
COMMON += ["NotoSerifSC-Regular", "NotoSerifSC-Bold"]


def characters(path: Path) -> set[str]:
    with TTFont(path) as font:
        return set(map(chr, font.getBestCmap()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_font_is_one_still_truetype_face(path: Path) -> None:
    """ReportLab embeds TrueType outlines only, and of a variable font its thinnest weight."""
    with TTFont(path) as font:
        assert "glyf" in font
        assert "fvar" not in font
        assert font["OS/2"].fsType == 0, "embedding is restricted"


@pytest.mark.parametrize("name", COMMON)
def test_a_common_face_has_the_words_of_every_day(name: str) -> None:
    wanted = "厅堂您好，请到 3 号柜台。（A001）：￥¥€①→✓…—“”・〇Àéü" + "䶮㛃𬭚𬭎喆堃珺赟"
    missing = set(wanted) - characters(FONTS / f"{name}.ttf")
    assert not missing


@pytest.mark.parametrize("character", "龑陳龍𠮷𡈽𣘺")
def test_the_two_last_files_have_the_rare_ones(character: str) -> None:
    last = characters(FONTS / "NotoSansSC-Rest.ttf") | characters(FONTS / "TingtangRareMing.ttf")
    assert character in last


def test_each_face_answers_to_the_name_the_program_asks_for() -> None:
    assert sorted(map(family_and_weight, FILES)) == [
        ("Noto Sans SC", 400),
        ("Noto Sans SC", 500),
        ("Noto Sans SC", 700),
        ("Noto Sans SC Rest", 400),
        ("Noto Serif SC", 400),
        ("Noto Serif SC", 700),
        ("Tingtang Rare Ming", 400),
    ]


def family_and_weight(path: Path) -> tuple[str, int]:
    with TTFont(path) as font:
        return font["name"].getBestFamilyName(), font["OS/2"].usWeightClass
