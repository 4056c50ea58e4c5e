"""The clock: instants, zones, and the clocks that replays and tests set."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.kernel.clock import PlayClock, SetClock, SystemClock, from_ms, local_date, to_ms

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Asia/Shanghai", "UTC", "Europe/Berlin", "America/New_York")]
)


def test_the_epoch_is_zero() -> None:
    assert to_ms(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    assert from_ms(0, SHANGHAI) == datetime(1970, 1, 1, 8, 0, tzinfo=SHANGHAI)


def test_the_same_instant_in_two_zones_is_one_number() -> None:
    there = datetime(2026, 11, 20, 9, 0, tzinfo=SHANGHAI)
    here = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    assert to_ms(there) == to_ms(here)


@given(
    st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
    ZONES,
)
def test_there_and_back_keeps_the_millisecond(
    moment: datetime, offset: int, zone: ZoneInfo
) -> None:
    aware = moment.replace(
        microsecond=moment.microsecond // 1000 * 1000,
        tzinfo=timezone(timedelta(minutes=offset)),
    )
    assert from_ms(to_ms(aware), zone) == aware
    assert local_date(to_ms(aware), zone) == aware.astimezone(zone).date()


def test_a_time_without_a_zone_has_no_instant() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        to_ms(datetime(2026, 11, 20, 9, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("utc_hour", "expected"),
    [(15, date(2026, 11, 20)), (16, date(2026, 11, 21))],
    ids=["23:00 in Shanghai", "midnight in Shanghai"],
)
def test_the_day_is_that_of_the_branch(utc_hour: int, expected: date) -> None:
    instant = to_ms(datetime(2026, 11, 20, utc_hour, 0, tzinfo=UTC))
    assert local_date(instant, SHANGHAI) == expected


def test_a_set_clock_stands_until_it_is_moved() -> None:
    clock = SetClock(1_000)
    assert clock.now_ms() == clock.now_ms() == 1_000
    clock.advance(2.5)
    assert clock.now_ms() == 3_500
    clock.set(10)
    assert clock.now_ms() == 10


def spend(seconds: float) -> None:
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        pass


def test_a_playing_clock_runs_as_fast_as_it_is_told() -> None:
    clock = PlayClock()
    outer = time.monotonic()
    clock.start(5_000, 600)
    inner = time.monotonic()
    assert clock.runs
    spend(0.02)
    least = (time.monotonic() - inner) * 600_000
    shown = clock.now_ms()
    most = (time.monotonic() - outer) * 600_000
    assert 5_000 + least - 1 <= shown <= 5_000 + most + 1


def test_a_playing_clock_at_speed_zero_stands() -> None:
    clock = PlayClock()
    clock.start(5_000, 0)
    spend(0.005)
    assert clock.now_ms() == 5_000
    assert not clock.runs


def test_a_playing_clock_can_be_held_at_an_instant() -> None:
    clock = PlayClock()
    clock.start(5_000, 600)
    with clock.hold(77):
        spend(0.002)
        assert clock.now_ms() == 77
    assert clock.now_ms() > 5_000


def test_the_system_clock_tells_the_time_of_day() -> None:
    before = time.time_ns() // 1_000_000
    assert before <= SystemClock().now_ms() <= time.time_ns() // 1_000_000
