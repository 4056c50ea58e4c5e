"""What a PIN, a staff number and a name must be, and how sign-in slows down."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.kernel.errors import BadInput
from branch.people.rules import (
    MOST_FAILURES,
    checked_name,
    checked_pin,
    checked_staff_no,
    gate,
    wait_after_failures,
)

SAME = {str(digit) * 6 for digit in range(10)}
UP = {"012345", "123456", "234567", "345678", "456789"}
DOWN = {text[::-1] for text in UP}


@given(st.integers(0, 999_999).map(lambda number: f"{number:06d}"))
def test_any_six_digits_will_do_but_the_simple_ones(pin: str) -> None:
    if pin in SAME | UP | DOWN:
        with pytest.raises(BadInput) as refused:
            checked_pin(pin)
        assert refused.value.code == "pin_too_simple"
    else:
        assert checked_pin(pin) == pin


@pytest.mark.parametrize("pin", sorted(SAME | UP | DOWN))
def test_one_digit_or_a_run_is_too_simple(pin: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_pin(pin)
    assert (refused.value.code, refused.value.field) == ("pin_too_simple", "pin")


@pytest.mark.parametrize("pin", ["112233", "246802", "100000", "123457", "987655", "567890"])
def test_other_patterns_stand(pin: str) -> None:
    assert checked_pin(pin) == pin


@pytest.mark.parametrize(
    "pin",
    ["", "12345", "1234567", "12a456", "12 456", " 204815", "204815\n", "２０４８１５", "-20481"],
)
def test_what_is_not_six_plain_digits_is_refused(pin: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_pin(pin)
    assert (refused.value.code, refused.value.field) == ("pin_form", "pin")


@given(st.text().filter(lambda text: not (len(text) == 6 and text.isdecimal())))
def test_no_other_text_breaks_the_check_of_a_pin(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_pin(text)
    assert refused.value.code == "pin_form"


@pytest.mark.parametrize(
    ("text", "kept"),
    [("100482", "100482"), (" 100 482 ", "100482"), ("HB001", "HB001"), ("a1B", "a1B")],
)
def test_a_staff_number_is_kept_without_blanks(text: str, kept: str) -> None:
    assert checked_staff_no(text) == kept


@pytest.mark.parametrize(
    "text", ["", "  ", "12", "1234567890123", "100-482", "工号001", "1\x002", "12３"]
)
def test_other_staff_numbers_are_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_staff_no(text)
    assert (refused.value.code, refused.value.field) == ("staff_no_form", "staff_no")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("王敏", "王敏"),
        ("  John   Smith ", "John Smith"),
        ("䶮㛃𬭚", "䶮㛃𬭚"),
        ("阿凡提·买买提", "阿凡提·买买提"),
        ("名" * 60, "名" * 60),
        ("王\x00敏\x1b\u200e", "王敏"),
        ("a\ud800b", "ab"),
        ("一\t二\n三", "一 二 三"),
    ],
)
def test_a_name_is_kept_as_it_is_read(text: str, kept: str) -> None:
    assert checked_name(text, "name") == kept


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x01", "\u200b"])
def test_a_name_with_nothing_to_read_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_name(text, "name_zh")
    assert (refused.value.code, refused.value.field) == ("field_empty", "name_zh")


@pytest.mark.parametrize("length", [61, 10_000])
def test_a_name_too_long_is_refused_with_both_lengths(length: int) -> None:
    with pytest.raises(BadInput) as refused:
        checked_name("长" * length, "name")
    assert refused.value.code == "field_too_long"
    assert refused.value.values == {"longest": 60, "length": length}


def test_the_delay_grows_and_never_shrinks() -> None:
    delays = [wait_after_failures(count) for count in range(MOST_FAILURES + 5)]
    assert delays[:4] == [0, 0, 0, 5]
    assert delays == sorted(delays)
    assert delays[MOST_FAILURES - 1] == 600
    assert all(late > early for early, late in pairwise(delays[2:10]))


@pytest.mark.parametrize(
    ("active", "locked", "not_before", "now", "code", "wait"),
    [
        (True, False, 0, 10_000, None, 0),
        (True, False, 10_000, 10_000, None, 0),
        (True, False, 10_001, 10_000, "sign_in_wait", 1),
        (True, False, 15_000, 10_000, "sign_in_wait", 5),
        (True, False, 15_001, 10_000, "sign_in_wait", 6),
        (True, True, 0, 10_000, "account_locked", 0),
        (True, True, 15_000, 10_000, "account_locked", 0),
        (False, False, 0, 10_000, "account_closed", 0),
        (False, True, 15_000, 10_000, "account_closed", 0),
    ],
)
def test_the_door_of_an_account(
    active: bool, locked: bool, not_before: int, now: int, code: str | None, wait: int
) -> None:
    door = gate(active, locked, not_before, now)
    assert (door.code, door.wait_s) == (code, wait)
