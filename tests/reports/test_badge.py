"""The visitor's badge as a guard reads it at arm's length."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from branch.catalogue.queries import Name
from reports.forms.badge import badge_pdf
from reports.page import ROLL_MARGIN, ROLL_WIDTH
from tests.reports.paper import READERS, dots, fonts, ink, packed
from tests.reports.register_samples import BRANCH, CAME

ASKED = ("V-11", "孙*华", "星海物业服务有限公司", "孙岩", "reception_room", CAME, BRANCH)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "zh",
            "云川银行湖滨路支行2026-11-2008:52访客VISITORV-11孙*华星海物业服务有限公司"
            "被访人孙岩可到区域接待室离开时请交还",
        ),
        (
            "en",
            "YunchuanBank,LakesideRoadBranch2026-11-2008:52访客VISITORV-11孙*华"
            "星海物业服务有限公司Host孙岩AreaReceptionroomPleasereturnitwhenyouleave",
        ),
    ],
)
def test_a_badge_says_its_fields_in_order_and_nothing_else(
    language: str, said: str, reader: str
) -> None:
    assert packed(READERS[reader](badge_pdf(*ASKED, language))) == said


def test_what_was_not_told_leaves_no_gap() -> None:
    read = packed(READERS["pypdf"](badge_pdf("V-02", "何*", "", "", "", CAME, BRANCH, "zh")))
    assert read.endswith("VISITORV-02何*离开时请交还")


def test_rare_characters_print() -> None:
    name = replace(BRANCH, name=Name("云川银行䶮㛃𬭚支行", ""))
    read = packed(
        READERS["pypdf"](badge_pdf("V-01", "䶮*㛃", "𬭚业公司", "欧阳㛃", "", CAME, name, "zh"))
    )
    for word in ("云川银行䶮㛃𬭚支行", "䶮*㛃", "𬭚业公司", "欧阳㛃"):
        assert word in read


def test_everything_is_black_inside_the_head_and_the_number_is_the_largest(tmp_path: Path) -> None:
    image = dots(badge_pdf(*ASKED, "zh"), tmp_path)
    assert image.width == ROLL_WIDTH
    left, _top, right, _bottom = ink(image)
    assert left >= ROLL_MARGIN - 1
    assert right <= ROLL_WIDTH - ROLL_MARGIN + 1
    assert all(red == green == blue for _n, (red, green, blue) in image.getcolors(1 << 24) or ())


def test_a_number_past_99_and_a_long_unit_stay_on_the_paper(tmp_path: Path) -> None:
    unit = "云川市第一人民医院附属医疗设备维护保养服务有限责任公司湖滨分公司"
    data = badge_pdf("V-1234", "阿*娜", unit, "孙岩", "机房和网络间", CAME, BRANCH, "zh")
    left, _top, right, _bottom = ink(dots(data, tmp_path))
    assert left >= ROLL_MARGIN - 1
    assert right <= ROLL_WIDTH - ROLL_MARGIN + 1
    assert packed(unit) in packed(READERS["pypdf"](data))


def test_the_code_is_the_badge_number_for_a_scanner(tmp_path: Path) -> None:
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp reads the printed codes")
    found = zxingcpp.read_barcodes(dots(badge_pdf(*ASKED, "zh"), tmp_path))
    assert [code.text for code in found] == ["V-11"]


def test_the_file_is_of_one_page_with_embedded_fonts_and_always_the_same(tmp_path: Path) -> None:
    data = badge_pdf(*ASKED, "zh")
    assert data == badge_pdf(*ASKED, "zh")
    (tmp_path / "badge.pdf").write_bytes(data)
    reader = PdfReader(tmp_path / "badge.pdf")
    assert len(reader.pages) == 1
    assert reader.metadata is not None
    assert reader.metadata.title == "访客牌 V-11"
    assert all(re.match(r"/[A-Z]{6}\+", font["/BaseFont"]) for font in fonts(data))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        badge_pdf("V-01", "何*", "", "", "", datetime(2026, 11, 20), BRANCH, "zh")  # noqa: DTZ001
