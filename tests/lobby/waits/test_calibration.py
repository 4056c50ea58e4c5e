"""Announced ranges that hold: the nightly stretch by hand, and over nights of chance."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.lobby.waits.calibration import (
    WEEK_DAYS,
    WINDOW_DAYS,
    Calibration,
    Kept,
    announce,
    calibrate,
    quantile,
)
from branch.lobby.waits.projection import Spread

PLAIN = Calibration()
SHARE = st.floats(0, 600)
STRETCH = st.floats(-30, 30)


@st.composite
def spread(draw: st.DrawFn) -> Spread:
    return Spread(*sorted(draw(SHARE) for _ in range(3)))


@given(spread(), STRETCH, STRETCH, STRETCH)
def test_what_is_announced_is_a_range_of_waits(
    projected: Spread, low: float, middle: float, high: float
) -> None:
    said = announce(projected, Calibration(1, low, middle, high))
    assert 0 <= said.p10 <= said.p50 <= said.p90


@given(spread())
def test_before_the_first_night_the_projection_is_announced(projected: Spread) -> None:
    said = announce(projected, PLAIN)
    assert said.p50 == projected.p50
    # Half widths below a minute count as a minute.
    assert said.p10 <= projected.p10 + 1e-9
    assert said.p90 >= projected.p90 - 1e-9
    assert said.p90 <= max(projected.p90, projected.p50 + 1) + 1e-9


def test_the_announcement_by_hand() -> None:
    projected = Spread(4.0, 10.0, 20.0)
    assert announce(projected, Calibration(3, -1.5, 0.2, 1.3)) == Spread(1.0, 12.0, 23.0)
    assert announce(projected, Calibration(3, -2.0, 0.0, 1.0)).p10 == 0.0
    assert announce(Spread(5, 5, 5), Calibration(3, -2.0, 0.5, 2.0)) == Spread(3.0, 5.5, 7.0)


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 1.0), (0.1, 1.3), (0.5, 2.5), (0.9, 3.7), (1.0, 4.0)]
)
def test_quantiles_are_linear_between_neighbours(share: float, expected: float) -> None:
    assert quantile([1.0, 2.0, 3.0, 4.0], share) == pytest.approx(expected)


@given(st.lists(st.floats(-100, 100), min_size=2))
def test_quantiles_are_those_of_the_books(values: list[float]) -> None:
    ordered = sorted(values)
    by_tenths = quantiles(ordered, n=10, method="inclusive")
    for tenth, expected in enumerate(by_tenths, start=1):
        assert quantile(ordered, tenth / 10) == pytest.approx(expected, abs=1e-9)


PROJECTED = Spread(5, 10, 20)


def kept(actual: float, projected: Spread = PROJECTED, recent: bool = False) -> Kept:
    """A promise announced as it was projected."""
    return Kept(projected, projected, actual, recent)


def test_without_promises_only_the_version_moves() -> None:
    assert calibrate([], Calibration(4, -2.0, 0.3, 1.7)) == Calibration(5)


def test_few_promises_move_it_a_little_and_many_all_the_way() -> None:
    """ "As projected" weighs as many as a hundred promises. Every wait is 30, so r = 2 above."""

    def after(count: int) -> Calibration:
        return calibrate([kept(30.0)] * count, PLAIN)

    assert after(100).high == pytest.approx(1.5)
    assert after(100).middle == pytest.approx(1.0)
    assert after(100).low == pytest.approx(-1.0 + (4.0 + 1.0) / 2)
    assert after(10).high == pytest.approx(1 + 10 / 110)
    assert after(100_000).high == pytest.approx(2.0, abs=0.01)
    assert after(100).version == 1


def test_half_widths_are_at_least_a_minute() -> None:
    narrow = Spread(10, 10, 10)
    found = calibrate([kept(13.0, narrow)] * 100, PLAIN)
    assert found.high == pytest.approx(1 + (3 - 1) / 2)


@given(st.lists(st.tuples(spread(), st.floats(0, 600), st.booleans()), max_size=80))
def test_a_calibration_is_in_order(rows: list[tuple[Spread, float, bool]]) -> None:
    found = calibrate([Kept(projected, projected, a, r) for projected, a, r in rows], PLAIN)
    assert found.middle <= found.high
    for projected, _, _ in rows:
        said = announce(projected, found)
        assert 0 <= said.p10 <= said.p50 <= said.p90


# -- the week that went wrong -----------------------------------------------------------------


def weeks(held: int, missed: int, past: int = 2_000) -> Calibration:
    """Quiet weeks, then one in which so many ranges held and so many were far too short."""
    quiet = [kept(10.0 + at % 20 - 8) for at in range(past)]
    last = [kept(10.0, recent=True)] * held + [kept(60.0, recent=True)] * missed
    return calibrate(quiet + last, PLAIN)


def test_a_week_that_broke_too_many_promises_widens_the_range_by_itself() -> None:
    calm, bad = weeks(35, 15), weeks(34, 16)
    assert calm.high < 1.5  # seven in ten held: the long run decides
    assert bad.high > 1.5
    assert bad.middle == pytest.approx(calm.middle, abs=0.02)  # widened, not moved


def test_a_handful_of_promises_is_no_week() -> None:
    assert weeks(20, 29).high < 1.5  # 49 promises
    assert weeks(20, 30).high > 1.5


ROWS = st.tuples(spread(), st.floats(0, 600))


@given(st.lists(ROWS, max_size=40), st.lists(ROWS, min_size=50, max_size=60))
def test_a_week_of_its_own_only_ever_widens(
    before: list[tuple[Spread, float]], week: list[tuple[Spread, float]]
) -> None:
    def found(recent: bool) -> Calibration:
        rows = [Kept(p, p, actual) for p, actual in before]
        return calibrate(rows + [Kept(p, p, actual, recent) for p, actual in week], PLAIN)

    pooled, own = found(recent=False), found(recent=True)
    assert own.low <= pooled.low
    assert own.middle == pooled.middle
    assert own.high >= pooled.high


# -- over many nights -------------------------------------------------------------------------

Law = Callable[[random.Random], float]
LAWS: dict[str, Law] = {
    "history too short": lambda chance: 1.0 + 0.9 * chance.gauss(0, 1),
    "history too long": lambda chance: -0.6 + 0.4 * chance.gauss(0, 1),
    "long tail": lambda chance: chance.lognormvariate(0, 0.8) - 1.2,
    "all is well": lambda chance: chance.gauss(0, 0.78),
}


@pytest.mark.parametrize("name", LAWS)
def test_after_twenty_nights_the_next_days_ranges_hold(name: str) -> None:
    """r drawn from a law that the projection does not know: 8 in 10, and 9 in 10 above."""
    law, chance = LAWS[name], random.Random(11)
    calibration, nights = PLAIN, []
    within = under = below = count = 0
    for day in range(80):
        tonight = []
        for _ in range(120):
            middle = chance.uniform(25, 60)
            width = chance.uniform(2, 15)
            projected = Spread(max(0.0, middle - width), middle, middle + width)
            actual = max(0.0, middle + law(chance) * width)
            said = announce(projected, calibration)
            tonight.append(Kept(projected, said, actual))
            if day >= WINDOW_DAYS:
                count += 1
                within += said.p10 <= actual <= said.p90
                under += actual <= said.p90
                below += actual <= said.p50
        nights.append(tonight)
        window = [
            replace(promise, recent=at >= len(nights) - WEEK_DAYS)
            for at, night in enumerate(nights)
            if at >= len(nights) - WINDOW_DAYS
            for promise in night
        ]
        calibration = calibrate(window, calibration)
    assert calibration.version == 80
    assert 0.78 <= within / count <= 0.83
    assert 0.88 <= under / count <= 0.92
    assert 0.47 <= below / count <= 0.53
