"""Doubts about numbers: found where there is reason, and none where the library has a gap."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from branch.kernel.identity import (
    age_on,
    birth_date,
    compact,
    credit_code_doubt,
    mobile_doubt,
    resident_id_doubt,
)

TODAY = date(2026, 11, 20)


def numbered(body: str) -> str:
    """Seventeen digits and their check character."""
    return body + ric.calc_check_digit(body + "0")


@pytest.mark.parametrize(
    ("number", "doubt"),
    [
        (numbered("11010119900307123"), None),
        (f" {numbered('11010119900307123')[:6]} {numbered('11010119900307123')[6:]} ", None),
        (numbered("36042619910101007").lower(), None),
        ("", None),
        # Residence permits of Hong Kong, Macao and Taiwan, which the library rejects.
        (numbered("81000019900307123"), None),
        (numbered("82000019900307123"), None),
        (numbered("83000019900307123"), None),
        # A county code newer than the birth: real people have such numbers.
        (numbered("43100219900307123"), "doubt_id_county"),
        (numbered("50010119900307123"), "doubt_id_county"),
        (numbered("11010120990307123"), "doubt_id_birth"),
        (numbered("11010119901307123"), "doubt_id_birth"),
        ("110101199003071230", "doubt_id_check"),
        ("1101011990030712", "doubt_id_length"),
        ("1101011990030712X3", "doubt_id_characters"),
    ],
)
def test_resident_id_numbers(number: str, doubt: str | None) -> None:
    assert resident_id_doubt(number, TODAY) == doubt


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("13812345172", None),
        ("+86 138 1234 5172", None),
        ("１３８１２３４５１７２", None),
        ("", None),
        ("95566", None),
        ("12378", None),
        ("+852 5123 4567", None),
        ("+1 415 555 2671", None),
        ("010-66668888", "doubt_mobile"),
        ("+44 20 7946 0958", "doubt_mobile"),
        # Of no operator, though eleven digits that begin with 1.
        ("14012345678", "doubt_mobile"),
        ("123456", "doubt_mobile"),
        ("无", "doubt_mobile"),
        ("1381234517", "doubt_mobile"),
        ("23812345172", "doubt_mobile"),
    ],
)
def test_mobile_numbers(text: str, doubt: str | None) -> None:
    assert mobile_doubt(text) == doubt


def test_telephone_numbers_cost_the_start_nothing() -> None:
    looked = "import sys, branch.bootstrap, branch.kernel.identity; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", looked], capture_output=True, check=True)
    assert "branch.kernel.identity" in done.stdout.decode().split()
    assert "phonenumbers" not in done.stdout.decode().split()


@pytest.mark.parametrize(
    ("code", "doubt"),
    [
        ("91110000600037341L", None),
        ("9111 0000 6000 3734 1l", None),
        ("", None),
        ("91110000600037341M", "doubt_credit_code"),
        ("9111", "doubt_credit_code"),
    ],
)
def test_credit_codes(code: str, doubt: str | None) -> None:
    assert credit_code_doubt(code) == doubt


@given(st.text(max_size=24))
def test_whatever_is_typed_gets_an_answer(text: str) -> None:
    doubts = (resident_id_doubt(text, TODAY), mobile_doubt(text), credit_code_doubt(text))
    assert all(doubt is None or doubt.startswith("doubt_") for doubt in doubts)
    assert compact(text).isalnum() or compact(text) == ""


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(100, 999))
def test_the_day_of_birth_is_read_and_aged(born: date, serial: int) -> None:
    number = numbered(f"110101{born:%Y%m%d}{serial}")
    assert birth_date(number) == born
    age = age_on(born, TODAY)
    assert 0 <= age <= 126
    assert (born.year + age, born.month, born.day) <= (TODAY.year, TODAY.month, TODAY.day)
