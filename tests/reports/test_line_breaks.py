"""Where a line of mixed Chinese and English breaks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.page import CLOSING, OPENING, break_lines
from reports.typeface import Face, Style

STYLE = Style(Face.SANS, 10, 14)


def test_short_text_stays_on_one_line() -> None:
    assert break_lines("银行卡与账户", STYLE, 60) == ["银行卡与账户"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert break_lines("", STYLE, 60) == [""]
    assert break_lines(" \n ", STYLE, 60) == [""]


def test_chinese_breaks_between_any_two_characters() -> None:
    assert break_lines("一二三四五六七八九", STYLE, 50) == ["一二三四五", "六七八九"]


def test_english_words_stay_whole() -> None:
    assert break_lines("Elderly customers are placed", STYLE, 90) == [
        "Elderly customers",
        "are placed",
    ]


def test_an_english_word_in_chinese_stays_whole() -> None:
    assert break_lines("请出示本人Passport原件", STYLE, 70) == ["请出示本人", "Passport原件"]


def test_a_number_with_its_dash_stays_whole() -> None:
    assert break_lines("大约需要等12–20分钟", STYLE, 70) == ["大约需要等", "12–20分钟"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    lines = break_lines("Donaudampfschifffahrt", STYLE, 50)
    assert "".join(lines) == "Donaudampfschifffahrt"
    assert len(lines) > 1
    assert all(STYLE.width(line) <= 50 for line in lines)


def test_punctuation_does_not_begin_a_line() -> None:
    assert break_lines("一二三四五。六七八九", STYLE, 50) == ["一二三四", "五。六七", "八九"]


def test_an_opening_sign_does_not_end_a_line() -> None:
    assert break_lines("一二三四（五六七）", STYLE, 50) == ["一二三四", "（五六七）"]


def test_a_last_line_of_one_character_is_filled_up() -> None:
    assert break_lines("一二三四五六七八九十一二三四五六七", STYLE, 80) == [
        "一二三四五六七",
        "八九十一二三四",
        "五六七",
    ]


PIECES = st.sampled_from(
    ["号", "票", "，", "。", "（", "）", "、", "“", "”", " ", "a", "Visa", "12–20", "3.5", "𬭚"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.integers(40, 200))
def test_nothing_is_lost_and_nothing_stands_out(text: str, width: int) -> None:
    lines = break_lines(text, STYLE, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(STYLE.width(line) <= width for line in lines)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["号", "票", "人，", "（等）", "“候”", "a", "Visa "])).map("".join))
def test_no_line_begins_or_ends_with_the_wrong_sign(text: str) -> None:
    lines = break_lines(text, STYLE, 90)
    assert not any(line[0] in CLOSING for line in lines[1:])
    assert not any(line[-1] in OPENING for line in lines[:-1])


@pytest.mark.parametrize("length", [60, 10_000])
def test_a_very_long_text_wraps(length: int) -> None:
    lines = break_lines("号" * length, STYLE, 100)
    assert sum(len(line) for line in lines) == length
    assert max(len(line) for line in lines) == 10
