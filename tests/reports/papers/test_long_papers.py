"""Long words and long lists on the forms: they flow over pages and nothing is lost or alone."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from branch.papers.form import Value
from branch.papers.forms import FORMS
from reports.forms.papers.paper import paper_pdf
from reports.forms.papers.words import column_label, field_label
from tests.reports.paper import READERS, packed
from tests.reports.papers.filled import filled, head

# Every sentence is another, 5,000 characters together.
STATEMENT = "".join(f"第{n:04d}句话说的是那天的事情。" for n in range(313))[:5_000]
ENGLISH = " ".join(f"Sentence {n} tells what happened on that day." for n in range(115))[:5_000]
WORDS = {"zh": STATEMENT, "en": ENGLISH}
EVIDENCE: list[dict[str, str]] = [
    {
        "no": str(n),
        "type": "录音录像" if n % 2 else "凭证",
        "source": f"来源{n:02d}，柜面监控与交易流水核对记录",
        "hash": f"{n:02d}" * 32,
    }
    for n in range(1, 41)
]


def pages_of(form: str, language: str, **changed: Value) -> list[str]:
    """The words of each page without head and foot."""
    shown = head(form, language)
    data, _pages = paper_pdf(shown, filled(form, language, **changed))
    found = []
    for page in PdfReader(BytesIO(data)).pages:
        words = packed(page.extract_text())
        top, _between, below = words.partition(shown.code)
        assert top.startswith(packed(shown.branch_name))
        foot = re.match(r".*?(第\d+页共\d+页|Page\d+of\d+)", below)
        assert foot is not None
        found.append(below[foot.end() :])
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("form", "key"),
    [("TS-01", "facts"), ("TS-04", "customer_statement"), ("TS-08", "statement")],
)
def test_a_statement_of_5000_characters_loses_none(form: str, key: str, language: str) -> None:
    words = packed(WORDS[language])
    pages = pages_of(form, language, **{key: WORDS[language]})
    small = field_label(form, key, "en" if language == "zh" else "zh")
    label = packed(field_label(form, key, language))
    if language == "en" or FORMS[form].customer:
        label += packed(small)
    assert len(pages) >= 3
    # The label stands again on every page the statement goes on; without it the words join.
    whole = "".join(page.removeprefix(label) for page in pages)
    assert words in whole
    assert any(page.startswith(label) for page in pages)
    assert not any(page.endswith(label) for page in pages)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", ["TS-06", "TS-02A", "TS-09"])
def test_a_long_letter_loses_no_line(form: str, language: str) -> None:
    key = "verified" if form == "TS-06" else "matter"
    pages = pages_of(form, language, **{key: WORDS[language]})
    label = "" if form == "TS-06" else "投诉事项Matter" if language == "zh" else "Matter投诉事项"
    assert packed(WORDS[language]) in "".join(page.removeprefix(label) for page in pages)
    # Hands, seal and receipt stand together with words of the letter.
    seal = "印章" if language == "zh" else "Seal"
    assert seal in pages[-1]
    assert not pages[-1].startswith(seal)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_paragraphs_stay_apart_and_in_order(language: str, reader: str) -> None:
    paragraphs = [f"{n}、" + WORDS[language][: 40 * n] for n in range(1, 12)]
    data, _pages = paper_pdf(
        head("TS-06", language), filled("TS-06", language, verified="\n".join(paragraphs))
    )
    found = packed(READERS[reader](data))
    at = 0
    for paragraph in paragraphs[:4]:
        at = found.index(packed(paragraph), at)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_forty_rows_of_evidence_break_under_their_head(language: str) -> None:
    pages = pages_of("TS-04", language, evidence_list=EVIDENCE)
    heads = "".join(column_label(c, language) for c in ("no", "type", "source", "hash"))
    title = packed(field_label("TS-04", "evidence_list", language))
    rows = [packed("".join(row.values())) for row in EVIDENCE]
    placed = [next(n for n, page in enumerate(pages) if row in page) for row in rows]
    assert placed == sorted(placed)
    assert len(set(placed)) >= 2
    for number in set(placed):
        page = pages[number]
        first = rows[placed.index(number)]
        assert page.index(title) < page.index(packed(heads)) < page.index(first)
        assert page.count(packed(heads)) == 1
    assert not any(page.endswith(packed(heads)) for page in pages)


def test_a_row_longer_than_a_page_goes_on_under_its_head() -> None:
    long = [{"no": "1", "type": "陈述", "source": STATEMENT, "hash": "ab"}]
    pages = pages_of("TS-04", "zh", evidence_list=long)
    heads = "证据清单序号类型来源校验值"
    whole = "".join(page.removeprefix(heads) for page in pages)
    digits = re.sub(r"\D", "", "".join(re.findall(r"第\d{4}句", whole)))
    assert digits == "".join(f"{n:04d}" for n in range(len(digits) // 4))
    assert len(digits) // 4 >= 312


def test_no_heading_and_no_label_stands_alone_at_a_foot() -> None:
    for count in range(1, 40):
        facts = "一件事。\n" * count
        for page in pages_of("TS-01", "zh", facts=facts):
            assert not page.endswith(("分类和期限", "签名", "投诉事项", "主要事实Facts"))
