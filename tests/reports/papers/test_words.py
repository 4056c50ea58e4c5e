"""Every title, label and code of the forms has its words; values read as a letter has them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from branch.kernel.phrases import phrases
from branch.papers.form import PAPER_CODES, Field, Form, Value
from branch.papers.forms import FORMS
from reports.forms.papers.words import (
    block_label,
    code_options,
    code_text,
    column_label,
    field_label,
    filing_words,
    form_title,
    opening_words,
    value_text,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_everything_on_a_form_has_words(form: Form, language: str) -> None:
    assert form_title(form.code, language)
    for block in form.blocks:
        assert block_label(form.code, block.key, language)
        for field in block.fields:
            assert field_label(form.code, field.key, language)
            for column in field.columns:
                assert column_label(column, language)
            if field.codes:
                assert code_options(field.codes)


def test_the_lists_of_the_papers_are_told_in_their_order() -> None:
    for codes, listed in PAPER_CODES.items():
        assert code_options(codes) == tuple(listed)


def test_no_label_is_left_over() -> None:
    used = {
        key
        for form in FORMS.values()
        for block in form.blocks
        for key in (
            f"form.{form.code}.title",
            *(f"block.{own}{block.key}" for own in (f"{form.code}.", "")),
            *(f"field.{own}{f.key}" for own in (f"{form.code}.", "") for f in block.fields),
            *(f"column.{column}" for f in block.fields for column in f.columns),
        )
    }
    kept = [
        key
        for key in phrases("papers").entries
        if key.split(".")[0] in ("form", "block", "field", "column")
    ]
    assert not set(kept) - used


def test_words_of_the_house_only() -> None:
    for key, sentences in phrases("papers").entries.items():
        for word in ("禁止", "必须", "非法", "无效", "作废", "！", "·", "!"):
            assert word not in sentences["zh"] + sentences["en"], key


@pytest.mark.parametrize(
    ("field", "value", "zh", "en"),
    [
        (Field("x", "text"), "", "", ""),
        (Field("x", "text"), "陈女士", "陈女士", "陈女士"),
        (Field("x", "day"), "2026-11-07", "2026年11月7日", "7 November 2026"),
        (Field("x", "moment"), 1_794_018_000_000, "2026年11月7日 10:20", "7 November 2026, 10:20"),
        (Field("x", "amount"), 123_456, "1,234.56 元", "CNY 1,234.56"),
        (Field("x", "amount"), 0, "0.00 元", "CNY 0.00"),
        (Field("x", "count"), 0, "0", "0"),
        (Field("x", "yes"), False, "否", "No"),
        (Field("x", "yes"), None, "", ""),
        (Field("x", "code", codes="stage"), "30", "延长至 30 日", "To 30 days"),
        (Field("x", "code", codes="stage"), "unheard of", "unheard of", "unheard of"),
        (Field("x", "codes", codes="remedy"), ["apology", "other"], "道歉、其他", "Apology, Other"),
        (
            Field("x", "rows", columns=("no", "type")),
            [{"no": "1", "type": "凭证"}, {"no": "2", "type": "录音"}],
            "1 凭证\n2 录音",
            "1 凭证\n2 录音",
        ),
    ],
)
def test_values_read_as_a_letter_writes_them(field: Field, value: Value, zh: str, en: str) -> None:
    assert value_text(field, value, "zh", SHANGHAI) == zh
    assert value_text(field, value, "en", SHANGHAI) == en


def test_a_code_keeps_the_words_of_its_own_list() -> None:
    assert code_text("channel", "on_site", "zh") == "上门"
    assert code_text("delivery", "in_person", "zh") == "当面"


def test_a_notice_says_to_whom_it_goes() -> None:
    assert form_title("TS-02B", "zh") == "投诉不予受理告知书"
    assert form_title("TS-02B", "zh", "agent") == "投诉不予受理告知书（致受托人）"
    assert form_title("TS-06", "zh", "round:1") == form_title("TS-06", "zh")
    usual = opening_words("TS-02B", "", "settled", "zh")
    assert usual.startswith("您好，您反映的事项")
    # Whoever did not complain is not told that he did.
    assert opening_words("TS-02B", "", "not_by_complainant", "zh").startswith("您好，以您的名义")
    assert opening_words("TS-02B", "agent", "not_by_complainant", "zh").startswith("您好，您代他人")
    assert filing_words("TS-02B", "agent", "en") == "Two copies: agent, bank"
    assert filing_words("TS-02B", "", "en") == "Two copies: complainant, bank"
