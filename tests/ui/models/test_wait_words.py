"""An expected wait is rounded outward and said as people say it, in both languages."""

from __future__ import annotations

import pytest

from branch.lobby.waits.projection import Spread
from ui.models.wait_words import WaitRange, rounded, wait_text, wait_words
from ui.shell.language import language

# The lower and the upper end as announced, the range as it is shown, and how it reads.
RANGES = [
    (12.0, 20.0, WaitRange(12, 20), "约 12–20 分钟", "12–20 min"),
    (11.9, 19.1, WaitRange(11, 20), "约 11–20 分钟", "11–20 min"),
    (2.4, 8.0, WaitRange(2, 8), "约 2–8 分钟", "2–8 min"),
    (3.0, 3.0, WaitRange(3, 3), "约 3 分钟", "About 3 min"),
    (3.0, 3.01, WaitRange(3, 4), "约 3–4 分钟", "3–4 min"),
    # Whole minutes up to 20, then fives, each end by itself.
    (19.9, 20.1, WaitRange(19, 25), "约 19–25 分钟", "19–25 min"),
    (20.0, 34.0, WaitRange(20, 35), "约 20–35 分钟", "20–35 min"),
    (24.9, 35.0, WaitRange(20, 35), "约 20–35 分钟", "20–35 min"),
    (25.0, 25.0, WaitRange(25, 25), "约 25 分钟", "About 25 min"),
    (55.0, 60.0, WaitRange(55, 60), "约 55–60 分钟", "55–60 min"),
    (60.0, 60.0, WaitRange(60, 60), "约 60 分钟", "About 60 min"),
    # Beyond the hour: the upper end is not told, what is known of the lower end is.
    (50.0, 75.0, WaitRange(50, 60, more=True), "50–60 分钟以上", "50–60+ min"),
    (12.0, 60.1, WaitRange(12, 60, more=True), "12–60 分钟以上", "12–60+ min"),
    (59.9, 60.1, WaitRange(55, 60, more=True), "55–60 分钟以上", "55–60+ min"),
    (60.0, 75.0, WaitRange(60, 60, more=True), "1 小时以上", "1 hour or more"),
    (120.0, 200.0, WaitRange(60, 60, more=True), "1 小时以上", "1 hour or more"),
    # At once at the earliest.
    (0.3, 4.2, WaitRange(0, 5), "5 分钟以内", "5 min or less"),
    (0.0, 31.0, WaitRange(0, 35), "35 分钟以内", "35 min or less"),
    (0.0, 0.2, WaitRange(1, 1), "约 1 分钟", "About 1 min"),
    (0.0, 0.0, WaitRange(1, 1), "约 1 分钟", "About 1 min"),
    (0.7, 1.0, WaitRange(1, 1), "约 1 分钟", "About 1 min"),
]


@pytest.mark.parametrize(("low", "high", "shown", "chinese", "english"), RANGES)
def test_a_range(low: float, high: float, shown: WaitRange, chinese: str, english: str) -> None:
    spread = Spread(low, (low + high) / 2, high)
    assert rounded(spread) == shown
    assert wait_text(spread) == chinese
    language().choose("en")
    assert wait_text(spread) == english


@pytest.mark.parametrize("low", [minutes / 7 for minutes in range(0, 600, 11)])
@pytest.mark.parametrize("width", [0.0, 0.4, 3.3, 17.0, 80.0])
def test_what_is_shown_never_promises_more_than_what_was_announced(
    low: float, width: float
) -> None:
    shown = rounded(Spread(low, low, low + width))
    assert shown.low <= low or shown == WaitRange(1, 1)
    assert shown.more or shown.high >= low + width


@pytest.mark.parametrize(
    ("spread", "before", "figure", "after"),
    [
        (Spread(8, 10, 15), ("约", ""), ("8–15", "8–15"), ("分钟", "min")),
        (Spread(4, 4, 4), ("约", "About"), ("4", "4"), ("分钟", "min")),
        (Spread(0, 4, 8), ("", ""), ("8", "8"), ("分钟以内", "min or less")),
        (Spread(50, 60, 80), ("", ""), ("50–60", "50–60+"), ("分钟以上", "min")),
        (Spread(90, 95, 99), ("", ""), ("1", "1"), ("小时以上", "hour or more")),
    ],
)
def test_the_numbers_stand_apart(
    spread: Spread, before: tuple[str, str], figure: tuple[str, str], after: tuple[str, str]
) -> None:
    for at, code in enumerate(("zh", "en")):
        language().choose(code)
        words = wait_words(spread)
        assert (words.before, words.figure, words.after) == (before[at], figure[at], after[at])


def test_without_a_range_it_says_why() -> None:
    assert wait_text(None) == "暂时无法估计"
    assert wait_text(None, at_once=True) == "现在可办"
    # A free counter and nobody ahead is known better than any projection knows.
    assert wait_text(Spread(0, 1, 3), at_once=True) == "现在可办"
    assert wait_words(None).figure == ""
    language().choose("en")
    assert (wait_text(None), wait_text(None, at_once=True)) == ("No estimate yet", "Go now")
