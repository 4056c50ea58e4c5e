"""Quarter hours around now and through a day."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from ui.lobby.slots import nearest_quarter, quarters_around, quarters_of_day

ZONE = ZoneInfo("Asia/Shanghai")


def clock(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-20T{text}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "nearest"),
    [
        ("10:26:00", "10:30"),
        ("10:22:29", "10:15"),
        ("10:22:30", "10:30"),
        ("10:30:00", "10:30"),
        ("23:55:00", "00:00"),
    ],
)
def test_the_nearest_quarter(now: str, nearest: str) -> None:
    assert f"{nearest_quarter(clock(now)):%H:%M}" == nearest


def test_from_an_hour_ago_to_nearly_two_ahead() -> None:
    around = [f"{slot:%H:%M}" for slot in quarters_around(clock("10:26:00"))]
    assert around[0] == "09:30"
    assert around[-1] == "12:15"
    assert len(around) == 12


def test_a_day_has_the_quarters_that_are_left_of_it() -> None:
    today = quarters_of_day(date(2026, 11, 20), "09:00", "17:00", clock("16:20:00"))
    assert [f"{slot:%H:%M}" for slot in today] == ["16:30", "16:45"]
    tomorrow = quarters_of_day(date(2026, 11, 21), "09:00", "17:00", clock("16:20:00"))
    assert len(tomorrow) == 32
    assert quarters_of_day(date(2026, 11, 20), "09:00", "17:00", clock("18:00:00")) == ()
