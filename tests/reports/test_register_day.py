"""The register of a day on paper: who came, masked, by how it ended; it flows over pages."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from branch.visitors.queries.register import VisitorLine
from reports.forms.register_day import register_day_pdf
from tests.reports.paper import READERS, packed
from tests.reports.register_samples import BRANCH, EXPECTED, INSIDE, LEFT, NOW

DAY = "2026-11-20"


def read(*lines: VisitorLine, language: str = "zh", reader: str = "pdftotext") -> str:
    return packed(READERS[reader](register_day_pdf(lines, DAY, BRANCH, language, NOW)))


@pytest.mark.parametrize("reader", READERS)
def test_a_visitor_s_line_is_masked_and_whole(reader: str) -> None:
    said = read(INSIDE, reader=reader)
    assert "来访登记表2026-11-20来访1人仍在场1人已离开0人未放行0人预约未到0人" in said
    assert "到访离开姓名单位与事由被访人证件访客牌区域" in said
    line = (
        "08:52周*军安达设备维保，维保：自助机月检，携带：工具箱，有车辆李静"
        "身份证尾号4471，马强核对V-04自助区"
    )
    assert line in said
    assert "138****5172" not in said


def test_the_groups_stand_in_the_order_of_what_the_day_s_end_has_to_settle() -> None:
    held = replace(INSIDE, id=9, state="held", badge="", shown_name="陈*")
    said = read(LEFT, EXPECTED, held, INSIDE)
    places = [
        said.index(heading)
        for heading in ("仍在场（1人）", "已离开（1人）", "未放行（1人）", "预约未到（1人）")
    ]
    assert places == sorted(places)
    assert "08:5210:26何*清源保洁，其他李静工作证尾号118V-05大厅" in said
    assert "08:52待确认陈*" in said
    assert "10:26未到欧**娜" in said


def test_who_left_unseen_or_on_another_day_is_told_apart() -> None:
    unseen = replace(LEFT, left_by="day_end")
    assert "08:5210:26日终何*" in read(unseen)
    late = replace(LEFT, left_at=NOW + 86_400_000)
    assert "08:5211-2110:26何*" in read(late)


def test_signatures_and_the_source_of_the_duty_close_the_sheet() -> None:
    end = "门岗签字运营主管签字日期依据《企业事业单位内部治安保卫条例》第十一条第（二）项登记"
    assert end in read(INSIDE)
    assert end in read()


def test_an_empty_day_says_so() -> None:
    said = read()
    assert "当日没有来访。" in said
    assert "来访0人" not in said
    assert "There were no visitors on this day." in READERS["pypdf"](
        register_day_pdf([], DAY, BRANCH, "en", NOW)
    )


def test_english_words_stand_for_every_code() -> None:
    said = read(INSIDE, language="en")
    assert "Stillinside(1)" in said
    assert "IDcardends4471,checkedby马强" in said
    assert "Maintenance:自助机月检,with:工具箱,withavehicle" in said
    assert "Machines" in said


def test_two_hundred_visitors_flow_over_pages_and_none_is_lost() -> None:
    lines = [replace(LEFT, id=n, badge=f"V-{n:03d}") for n in range(1, 201)]
    data = register_day_pdf(lines, DAY, BRANCH, "zh", NOW)
    pages = [packed(page.extract_text()) for page in PdfReader(BytesIO(data)).pages]
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in page
    for page in pages[:-1]:
        assert "到访离开姓名" in page
    said = "".join(pages)
    assert [line.badge for line in lines if line.badge not in said] == []
    assert "来访200人" in pages[0]
    assert "运营主管签字" in pages[-1]


def test_rare_characters_print() -> None:
    assert "䶮*㛃𬭚业公司" in read(replace(LEFT, shown_name="䶮*㛃", unit="𬭚业公司"))
