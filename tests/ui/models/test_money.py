"""Yuan as people type and read them; fen as they are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.models.money import fen_of, yuan_of


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1380", 138_000),
        ("1,380.5", 138_050),
        ("￥１，３８０．０５", 138_005),
        (" 0.01 ", 1),
        ("0", 0),
        ("", None),
        ("  ", None),
    ],
)
def test_what_is_typed(text: str, fen: int | None) -> None:
    assert fen_of(text) == fen


@pytest.mark.parametrize(
    "text", ["很多", "-5", "1.234", "3万", "1380元左右", ".", "1e3", "12345678901234"]
)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        fen_of(text)


@given(st.integers(0, 10**13))
def test_what_is_shown_is_read_as_the_same(fen: int) -> None:
    assert fen_of(yuan_of(fen)) == fen


def test_how_it_is_shown() -> None:
    assert [yuan_of(fen) for fen in (None, 0, 5, 138_000, 138_050)] == [
        "", "0", "0.05", "1,380", "1,380.50",
    ]  # fmt: skip
