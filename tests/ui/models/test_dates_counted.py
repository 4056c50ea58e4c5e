"""Days late and left in words: one day is one day in English too."""

from __future__ import annotations

import pytest

from ui.models.dates import days_late, days_left
from ui.shell.language import language


@pytest.mark.parametrize(
    ("code", "days", "late", "left"),
    [
        ("zh", 1, "逾期 1 天", "剩 1 天"),
        ("zh", 3, "逾期 3 天", "剩 3 天"),
        ("en", 1, "1 day late", "1 day left"),
        ("en", 3, "3 days late", "3 days left"),
    ],
)
def test_days_in_words(qapp: object, code: str, days: int, late: str, left: str) -> None:
    language().choose(code)
    assert (days_late(days), days_left(days)) == (late, left)
