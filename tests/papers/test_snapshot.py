"""Snapshot, digest, code, what may be typed: the pure part of issuing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.kernel.errors import BadInput
from branch.papers.form import PAPER_CODES, Field, Form, Value, empty_value
from branch.papers.forms import FORMS
from branch.papers.snapshot import (
    LONGEST,
    canonical,
    checked_typed,
    code_of,
    codes_in,
    digest_of_text,
    masked_for_copy,
    read_code,
    read_typed,
    with_typed,
)

TEXTS = st.text(max_size=40)
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "long": TEXTS,
    "day": st.sampled_from(["", "2026-11-22", "2027-02-28"]),
    "moment": st.none() | st.integers(0, 2**41),
    "codes": st.lists(TEXTS, max_size=3),
    "code": TEXTS,
    "yes": st.none() | st.booleans(),
    "amount": st.none() | st.integers(0, 10**14),
    "count": st.none() | st.integers(0, 999),
    "blank": st.just(""),
    "sign": st.just(""),
}


def value_of(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "rows":
        return st.lists(st.fixed_dictionaries(dict.fromkeys(field.columns, TEXTS)), max_size=2)
    return _VALUES[field.kind]


@st.composite
def filled(draw: st.DrawFn) -> tuple[Form, dict[str, Value]]:
    form = FORMS[draw(st.sampled_from(sorted(FORMS)))]
    return form, {field.key: draw(value_of(field)) for field in form.fields}


def text_of(form: Form, fields: dict[str, Value], copy: int = 1) -> str:
    return canonical(form, "complaint:7", "", "", copy, "zh", fields)


@given(filled(), st.randoms())
def test_equal_content_is_equal_text(made: tuple[Form, dict[str, Value]], chance: Any) -> None:
    form, fields = made
    keys = list(fields)
    chance.shuffle(keys)
    assert text_of(form, {key: fields[key] for key in keys}) == text_of(form, fields)
    # What was kept says everything again.
    assert json.loads(text_of(form, fields))["fields"] == fields


@given(filled(), st.data())
def test_any_change_is_another_digest(made: tuple[Form, dict[str, Value]], data: Any) -> None:
    form, fields = made
    key = data.draw(st.sampled_from(sorted(fields)))
    other = data.draw(value_of(form.field(key)))
    same = digest_of_text(text_of(form, fields)) == digest_of_text(
        text_of(form, {**fields, key: other})
    )
    # JSON tells 0 from False, Python's equality does not.
    assert same == (json.dumps(fields[key]) == json.dumps(other))
    assert digest_of_text(text_of(form, fields)) != digest_of_text(text_of(form, fields, 2))


@given(st.binary(min_size=32, max_size=32).map(bytes.hex))
def test_a_code_is_read_however_it_is_typed(mark: str) -> None:
    code = code_of(mark)
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert not set(code) & set("ILOU")
    for typed in (
        code,
        f" {code.lower()} ",
        code.replace("-", ""),
        code.replace("-", " "),
        "".join(chr(ord(char) + 0xFEE0) for char in code),
        code.replace("0", "O").replace("1", "l"),
        f"TT:TS-06:TS-HB001-20261120-0001:{code}",
    ):
        assert read_code(typed) == code


@pytest.mark.parametrize("text", ["", "K7QF", "K7QF-2M9C-XW4U", "K7QF-2M9C-XW4T-9", "投诉"])
def test_what_is_no_code_says_so(text: str) -> None:
    with pytest.raises(BadInput, match="paper_code_form") as found:
        read_code(text)
    assert found.value.field == "code"


def test_the_code_is_found_within_a_file() -> None:
    data = b"%PDF-1.7 /Keywords (K7QF-2M9C-XW4T) xK7QF-2M9C-XW4TZ K7QF-2M9C-XW4U K7QF-2M9C-XW4T"
    assert codes_in(data) == ("K7QF-2M9C-XW4T",)


# -- what may be typed --------------------------------------------------------------------------


@given(filled())
def test_what_is_typed_comes_before_what_the_case_says(
    made: tuple[Form, dict[str, Value]],
) -> None:
    form, fields = made
    typed = {field.key: empty_value(field.kind) for field in form.fields if field.typed}
    said = with_typed(form, fields, typed)
    assert list(said) == [field.key for field in form.fields]
    for field in form.fields:
        assert said[field.key] == (typed[field.key] if field.typed else fields[field.key])
    assert with_typed(form, {}, {}) == {field.key: empty_value(field.kind) for field in form.fields}


def test_what_the_case_says_is_not_typed() -> None:
    with pytest.raises(BadInput, match="paper_field_fixed") as found:
        checked_typed(FORMS["TS-06"], {"decision_date": "2026-01-01"})
    assert found.value.field == "decision_date"
    for key in ("remedies", "receiver_sign", "no_such_field"):
        with pytest.raises(BadInput, match="paper_field_fixed"):
            checked_typed(FORMS["TS-06"], {key: "x"})


@pytest.mark.parametrize(
    ("form", "key", "value", "code"),
    [
        ("TS-06", "decision", 1, "paper_value_form"),
        ("TS-06", "decision", "字" * (LONGEST["long"] + 1), "field_too_long"),
        ("TS-06", "contact_name", "字" * (LONGEST["text"] + 1), "field_too_long"),
        ("TS-04", "action_due", "明天", "day_form"),
        ("TS-04", "action_due", "20261120", "day_form"),
        ("TS-04", "action_due", 20261120, "day_form"),
        ("TS-04", "liability", "guilty", "code_unknown"),
        ("TS-04", "liability", None, "code_unknown"),
        ("TS-04", "no_interest", "yes", "paper_value_form"),
        ("TS-04", "evidence_list", "一份", "paper_value_form"),
        ("TS-04", "evidence_list", [{"no": "1"}], "paper_value_form"),
        (
            "TS-04",
            "evidence_list",
            [{"no": "1", "type": "pdf", "source": "x" * 501, "hash": ""}],
            "paper_value_form",
        ),
        ("TS-04", "evidence_list", [["1"]], "paper_value_form"),
        ("TS-03", "urge_count", -1, "paper_value_form"),
        ("TS-03", "urge_count", True, "paper_value_form"),
        ("TS-03", "urge_count", 10**9, "paper_value_form"),
    ],
)
def test_what_cannot_stand_is_named(form: str, key: str, value: object, code: str) -> None:
    with pytest.raises(BadInput, match=code) as found:
        checked_typed(FORMS[form], {key: value})
    assert found.value.field == key


def test_what_can_stand_is_tidied() -> None:
    typed = checked_typed(
        FORMS["TS-04"],
        {
            "period": " 11月\n20日 ",
            "method": "调阅录像\u200b\n\n谈话 ",
            "action_due": "",
            "liability": "partly",
            "no_interest": None,
            "evidence_list": [{"no": "1", "type": "录像", "source": " 一号  柜台 ", "hash": ""}],
        },
    )
    assert typed == {
        "period": "11月 20日",
        "method": "调阅录像\n\n谈话",
        "action_due": "",
        "liability": "partly",
        "no_interest": None,
        "evidence_list": [{"no": "1", "type": "录像", "source": "一号 柜台", "hash": ""}],
    }
    assert checked_typed(FORMS["TS-03"], {"urge_count": 2}) == {"urge_count": 2}


@pytest.mark.parametrize("text", ["", "nonsense", "[]", "1", '"x"'])
def test_what_is_no_mapping_says_so(text: str) -> None:
    with pytest.raises(BadInput, match="paper_typed_form"):
        read_typed(FORMS["TS-06"], text)


def test_identity_is_masked_on_a_customers_copy_only() -> None:
    said: dict[str, Value] = {"id_no": "**1234", "agent_id": "110101199001011234", "name": "陈小梅"}
    shown = masked_for_copy(FORMS["TS-01"], said)
    assert shown == {"id_no": "**1234", "agent_id": "**1234", "name": "陈小梅"}
    assert masked_for_copy(FORMS["TS-04"], said) == said
    assert set(PAPER_CODES) == {"slip_type", "liability", "stage", "level", "delivery"}
