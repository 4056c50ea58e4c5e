"""Names on the block list match as a whole; texts fold; badges are numbered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.visitors.rules import badge_number, fold, is_same_name, search_text, words

LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)
HAN = st.text(alphabet="赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨军华丽", min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("given_name", "listed", "same"),
    [
        ("周大军", "周大军", True),
        ("周 大军", "周大军", True),
        ("周大军", "周大", False),
        ("周大", "周大军", False),
        ("欧阳周大军", "周大军", False),
        # A documented flaw of keyword lists: "Yes" alerts on "Laura Reyes".
        ("Laura Reyes", "Yes", False),
        ("Laura Reyes", "Reyes", False),
        ("Laura Reyes", "laura reyes", True),
        ("LAURA  REYES", "Laura Reyes", True),
        ("Laura María Reyes", "Laura Reyes", False),
        ("Mr Laura Reyes", "Laura Reyes", True),
        ("Anna Lee", "Ann Lee", False),
        ("O'Brien", "O'Brien", True),
        ("Ｌａｕｒａ Reyes", "Laura Reyes", True),
        ("周大军", "", False),
        ("", "周大军", False),
        ("𬭚大军", "𬭚大军", True),
    ],
)
def test_a_name_matches_as_a_whole(given_name: str, listed: str, same: bool) -> None:
    assert is_same_name(given_name, [listed]) is same


@given(HAN, HAN)
def test_a_chinese_name_is_the_same_or_it_is_not(one: str, other: str) -> None:
    assert is_same_name(one, [other]) is (one == other)


@given(LATIN, LATIN)
def test_a_part_of_a_word_never_matches(word: str, tail: str) -> None:
    assert is_same_name(word + tail, [word]) is False
    assert is_same_name(f"x{word}", [word]) is False


@given(st.lists(LATIN, min_size=1, max_size=4))
def test_a_name_is_its_own_in_any_case_and_spacing(parts: list[str]) -> None:
    name = " ".join(parts)
    assert is_same_name(name.upper(), [name])
    assert is_same_name("  ".join(parts), [name])


@given(st.text(max_size=30))
def test_any_text_can_be_asked(text: str) -> None:
    assert is_same_name(text, [text]) is bool(words(text))
    assert not any(char.isspace() for char in fold(text))


def test_what_a_register_is_searched_by_keeps_its_parts_apart() -> None:
    text = search_text("Ａnn Lee", "North  Co", "V-07")
    assert text.split("\n") == ["annlee", "northco", "v-07"]


def test_badges_have_two_digits_at_least() -> None:
    assert [badge_number(n) for n in (1, 11, 120)] == ["V-01", "V-11", "V-120"]
