"""The pure decisions about reception records: surnames, numbers in texts, days."""

from __future__ import annotations

from datetime import date

import pytest

from branch.visitors.reception import (
    hide_numbers,
    is_overdue,
    number_doubt,
    shown_surname,
    surname_doubt,
    week_of,
)


@pytest.mark.parametrize(
    ("typed", "shown", "doubt"),
    [
        ("周", "周", None),
        ("欧阳", "欧阳", None),
        ("周建军", "周*", "doubt_surname"),
        ("欧阳娜", "欧阳*", "doubt_surname"),
        ("Smith", "S*", None),
        ("John Smith", "J*", "doubt_surname"),
        ("", "", None),
    ],
)
def test_a_surname_is_enough(typed: str, shown: str, doubt: str | None) -> None:
    assert shown_surname(typed) == shown
    assert surname_doubt(typed) == doubt


@pytest.mark.parametrize(
    ("typed", "hidden"),
    [
        ("请打13812345172找我", "请打****找我"),
        ("138-1234-5172", "****"),
        ("138 1234 5172", "****"),
        ("１３８１２３４５１７２", "****"),
        ("138—1234—5172", "****"),
        ("+86 138 1234 5172", "****"),
        ("(0571) 8765 4321", "(0571) ****"),
        ("证件 11010519491231002X", "证件 ****"),
        ("卡 6222 0212 3456 7890 123", "卡 ****"),
        ("微信abc13812345172", "微信abc****"),
        ("两个号：13812345172、13912345678", "两个号：****、****"),
    ],
)
def test_numbers_of_people_are_hidden(typed: str, hidden: str) -> None:
    assert hide_numbers(typed) == hidden
    assert number_doubt(typed) == "doubt_text_number"


@pytest.mark.parametrize(
    "typed",
    ["", "等了 40 分钟", "2026-11-20 来过", "存 50000 元", "3 号柜台，A036", "9:30-17:00", "—— 好"],
)
def test_amounts_days_and_tickets_stay(typed: str) -> None:
    assert number_doubt(typed) is None
    assert hide_numbers(typed) == typed


def test_a_follow_up_is_late_when_its_day_is_over() -> None:
    assert is_overdue("2026-11-19", "2026-11-20")
    assert not is_overdue("2026-11-20", "2026-11-20")
    assert not is_overdue("", "2026-11-20")


def test_a_week_begins_on_monday() -> None:
    assert week_of(date(2026, 11, 22)) == date(2026, 11, 16)
    assert week_of(date(2026, 11, 16)) == date(2026, 11, 16)
