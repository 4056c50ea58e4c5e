"""What people see of a name, a telephone and a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.kernel.masking import document_tail, mask_email, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("周大军", "周*军"),
        ("陈平", "陈*"),
        ("陈", "陈*"),
        ("欧阳娜娜", "欧**娜"),
        ("𬭚大军", "𬭚*军"),
        ("Pat O'Brien", "P* O*"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_name_keeps_its_ends(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345172", "138****5172"),
        ("138 1234 5172", "138****5172"),
        ("+86 138 1234 5172", "861****5172"),
        ("01066668888", "010****8888"),
        ("66668888", "****88"),
        ("110", "****10"),
        ("", ""),
    ],
)
def test_a_telephone_keeps_its_ends(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "tail"),
    [
        ("110101199003074471", "4471"),
        ("11010119900307447x", "447X"),
        ("E1234 5678", "5678"),
        ("10118", "18"),
        ("7", ""),
        ("", ""),
    ],
)
def test_of_a_document_the_end_is_kept(number: str, tail: str) -> None:
    assert document_tail(number) == tail


@given(st.text(alphabet="0123456789", min_size=5, max_size=20))
def test_a_tail_never_is_more_than_half(number: str) -> None:
    assert len(document_tail(number)) <= len(number) / 2


@given(st.text(alphabet="0123456789", min_size=11, max_size=15))
def test_four_digits_or_more_are_hidden(phone: str) -> None:
    assert phone not in mask_phone(phone)
    assert mask_phone(phone).count("*") == 4


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("chen.xm@example.com", "c***@example.com"),
        (" c@example.com ", "c***@example.com"),
        ("@example.com", "***@example.com"),
        ("陈小梅的邮箱", "****"),
        ("", ""),
    ],
)
def test_an_email_address_keeps_its_house(address: str, shown: str) -> None:
    assert mask_email(address) == shown
