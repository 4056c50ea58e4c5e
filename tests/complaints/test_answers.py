"""Model answers: a starting set for every reason, the branch's own words, use counted."""

from __future__ import annotations

import re

import pytest

from branch.complaints.codes import REASONS
from branch.complaints.commands.answers import (
    AddAnswer,
    ChangeAnswer,
    CountUse,
    RetireAnswer,
    Wording,
)
from branch.complaints.queries.answers import (
    ModelAnswer,
    answers_for,
    model_answer,
    model_answers,
    shipped_answers,
)
from branch.kernel.errors import BadInput, NotFound, NotPermitted, Stale
from tests.complaints.desk import HEAD, OFFICER, SUPERIOR, TELLER, Desk

OURS = Wording(
    "存单挂失", "A lost deposit slip", "感谢您的反映。〔核实情况〕", "Thank you. 〔findings〕"
)


def titles(desk: Desk, reason: str = "", text: str = "") -> list[str]:
    return [one.title for one in answers_for(model_answers(desk.store), reason, text)]


def found(desk: Desk, code: str) -> ModelAnswer:
    answer = model_answer(desk.store, code)
    assert answer is not None
    return answer


def test_every_reason_has_answers_in_both_languages() -> None:
    answers = shipped_answers().values()
    assert {one.reason for one in answers} == set(REASONS)
    for one in answers:
        assert all((one.title, one.title_en, len(one.zh) > 40, len(one.en) > 80)), one.code
        assert not re.search(r"[\u3400-\u9fff]", one.en), one.code
        assert (len(one.title) <= 40, len(one.zh) <= 1_200) == (True, True), one.code
        for text in (one.zh, one.en):
            assert text.count("〔") == text.count("〕") >= 1, one.code
            assert not {"！", "!"} & set(text), one.code


@pytest.mark.parametrize(
    "word", ["负全责", "承担责任", "我们保证", "全额赔偿", "必须", "非法", "liable", "guarantee"]
)  # fmt: skip
def test_no_answer_admits_liability_or_promises(word: str) -> None:
    for one in shipped_answers().values():
        assert word not in one.zh + one.en.casefold(), one.code


def test_laws_are_named_in_both_languages() -> None:
    """An article in the Chinese words is the same article in the English ones."""
    digits = dict(zip("一二三四五六七八九", range(1, 10), strict=True))

    def number(text: str) -> int:
        value = part = 0
        for char in text:
            if char in digits:
                part = digits[char]
            else:
                value += (part or 1) * {"十": 10, "百": 100}[char]
                part = 0
        return value + part

    for one in shipped_answers().values():
        zh = {number(found) for found in re.findall(r"第([一二三四五六七八九十百]+)条", one.zh)}
        en = {
            int(digits_)
            for listed in re.findall(r"Articles? ([0-9]+(?: and [0-9]+)?)", one.en)
            for digits_ in listed.split(" and ")
        }
        assert zh == en, one.code


def test_search_by_reason_and_words(desk: Desk) -> None:
    assert titles(desk, "pricing") == ["信用卡年费", "收费有异议"]
    assert "等候时间过长" in titles(desk, "", "取号")
    assert titles(desk, "pricing", "annual fee") == ["信用卡年费"]
    assert titles(desk, "pricing", "诈骗") == []


def test_a_branch_adds_its_own(desk: Desk) -> None:
    code = desk.run(AddAnswer("other", OURS))
    assert (desk.last.what, desk.last.subject) == ("answer.added", code)
    answer = found(desk, code)
    assert (answer.title, answer.own, answer.used, answer.active) == ("存单挂失", True, 0, True)
    assert "存单挂失" in titles(desk, "other")
    assert "存单" not in str(desk.last)


def test_use_is_counted_and_sorts(desk: Desk) -> None:
    assert titles(desk, "pricing")[0] == "信用卡年费"
    for _ in range(2):
        desk.run(CountUse("pricing-1"), TELLER)
    assert titles(desk, "pricing") == ["收费有异议", "信用卡年费"]
    used = found(desk, "pricing-1")
    # Counting does not make the shipped words the branch's own: better ones may come.
    assert (used.used, used.own, used.zh) == (2, False, shipped_answers()["pricing-1"].zh)
    assert desk.last.what == "answer.used"


def test_changing_a_shipped_one_keeps_its_count(desk: Desk) -> None:
    desk.run(CountUse("other-1"))
    desk.run(ChangeAnswer("other-1", OURS), HEAD)
    answer = found(desk, "other-1")
    assert (answer.title, answer.zh, answer.used, answer.own) == (OURS.title, OURS.zh, 1, True)
    assert len(answers_for(model_answers(desk.store), "other", "")) == 2


def test_retired_and_brought_back(desk: Desk) -> None:
    desk.run(RetireAnswer("other-1"))
    assert not found(desk, "other-1").active
    assert titles(desk, "other")[-1] == shipped_answers()["other-1"].title
    with pytest.raises(Stale, match="answer_moved_on"):
        desk.run(CountUse("other-1"))
    with pytest.raises(Stale, match="answer_moved_on"):
        desk.run(RetireAnswer("other-1"))
    desk.run(RetireAnswer("other-1", back=True), SUPERIOR)
    assert found(desk, "other-1").active
    assert desk.last.what == "answer.brought_back"


@pytest.mark.parametrize(
    ("wording", "code", "field"),
    [
        (Wording("", "x", "词", "words"), "field_empty", "title"),
        (Wording("题", "", "词", "words"), "field_empty", "title_en"),
        (Wording("题", "x", " ", "words"), "field_empty", "zh"),
        (Wording("题", "x", "词", ""), "field_empty", "en"),
        (Wording("题" * 41, "x", "词", "words"), "field_too_long", "title"),
        (Wording("题", "x", "词" * 1201, "words"), "field_too_long", "zh"),
        (Wording("收费有异议", "x", "词", "words"), "answer_title_taken", "title"),
    ],
)
def test_what_is_missing_is_named(desk: Desk, wording: Wording, code: str, field: str) -> None:
    with pytest.raises(BadInput, match=code) as caught:
        desk.run(AddAnswer("pricing", wording))
    assert caught.value.field == field


def test_an_unknown_one_or_reason(desk: Desk) -> None:
    with pytest.raises(NotFound, match="answer_unknown"):
        desk.run(CountUse("own-99"))
    with pytest.raises(BadInput, match="code_unknown"):
        desk.run(AddAnswer("weather", OURS))


def test_only_the_desk_writes_them(desk: Desk) -> None:
    for wish in (AddAnswer("other", OURS), ChangeAnswer("other-1", OURS), RetireAnswer("other-1")):
        with pytest.raises(NotPermitted):
            desk.run(wish, TELLER)
    desk.run(AddAnswer("other", OURS), OFFICER)
