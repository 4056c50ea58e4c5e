"""Parts that flow over A4 pages: where they break, what stays together."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader
from reportlab.platypus.flowables import Flowable

from reports.figures import Figures
from reports.page import About
from reports.sheet import (
    SECTION,
    WIDTH,
    Column,
    Grid,
    Letterhead,
    NewPage,
    Words,
    sheet_pdf,
)
from tests.reports.paper import packed

HEAD = Letterhead("云川银行湖滨路支行", "HB001", ("一", "二"), "表尾", lambda n, m: f"{n}/{m}")
ABOUT = About("试印", "zh", datetime(2026, 11, 20, 1, 43, tzinfo=UTC))
TWO = (Column(1, label=True), Column(3))


def pages(*parts: Flowable) -> list[str]:
    """The words of each page without head and foot."""
    found = PdfReader(BytesIO(sheet_pdf(parts, HEAD, ABOUT))).pages
    texts = [packed(page.extract_text()) for page in found]
    for number, text in enumerate(texts, 1):
        assert text.startswith("云川银行湖滨路支行HB001一二表尾")
        assert f"{number}/{len(texts)}" in text
    return [
        text.removeprefix("云川银行湖滨路支行HB001一二表尾").removeprefix(f"{n}/{len(texts)}")
        for n, text in enumerate(texts, 1)
    ]


def rows(count: int) -> list[tuple[str, str]]:
    return [(f"r{n}", f"第{n}行。") for n in range(count)]


def test_an_empty_report_has_its_head() -> None:
    assert pages() == [""]


def test_a_new_page_begins_once() -> None:
    assert pages(Words("甲"), NewPage(), Words("乙"), NewPage()) == ["甲", "乙", ""]
    assert pages(NewPage(), Words("甲")) == ["甲"]


def test_a_paragraph_longer_than_a_page_loses_nothing() -> None:
    text = "".join(f"第{n}句。" for n in range(1_200))
    found = pages(Words("前"), Words(text, above=20, below=20), Words("后"))
    assert len(found) > 2
    assert "".join(found) == f"前{text}后"


def test_a_table_breaks_between_rows_under_its_head() -> None:
    found = pages(Grid(TWO, ("头一", "头二"), rows(90)))
    assert len(found) == 4
    assert all(page.startswith("头一头二r") for page in found)
    whole = "".join(page.removeprefix("头一头二") for page in found)
    assert whole == "".join(f"r{n}第{n}行。" for n in range(90))


def test_no_heading_stands_alone_at_the_foot() -> None:
    for count in range(20, 30):
        found = pages(Grid(TWO, (), rows(count)), Words("标题", SECTION, keep=60), Words("正文"))
        assert [("标题" in page) for page in found] == [("正文" in page) for page in found]


def test_a_row_taller_than_a_page_does_not_hang() -> None:
    assert len(pages(Words("前"), Grid(TWO, (), [("高", "长" * 5_000)]), Words("后"))) == 3


def test_a_table_gives_room_to_its_longest_word() -> None:
    narrow = (Column(1), Column(99))
    (page,) = PdfReader(
        BytesIO(sheet_pdf([Grid(narrow, ("Business", "x"), [("Counter", "y")])], HEAD, ABOUT))
    ).pages
    text = page.extract_text()
    assert "Business" in text
    assert "Counter" in text


def test_figures_stand_side_by_side() -> None:
    figures = Figures(
        [("叫号", "302", ""), ("largest head start of the whole long day", "45", "分")]
    )
    assert figures.wrap(0, 0) == (WIDTH, figures.height)
    assert pages(figures) == ["叫号302largestheadstartofthewholelongday45分"]


def test_the_same_parts_give_the_same_bytes() -> None:
    parts = [Words("甲"), Grid(TWO, ("头一", "头二"), rows(60))]
    assert sheet_pdf(parts, HEAD, ABOUT) == sheet_pdf(parts, HEAD, ABOUT)
