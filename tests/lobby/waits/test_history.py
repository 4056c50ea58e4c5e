"""What past days teach, by hand: times, paces, profile, load, pauses."""

from __future__ import annotations

import random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.lobby.waits.history import HALF_HOUR, Comer, PastArrival, PastDay, PastService, learn

MINUTE = 60_000
TYPICAL = {"a": 5.0, "b": 20.0}


def services(*minutes: float, service: str = "a", klass: str = "ordinary") -> list[PastService]:
    return [PastService(service, klass, round(value * MINUTE)) for value in minutes]


def day(
    done: list[PastService] | None = None, arrivals: list[PastArrival] | None = None
) -> PastDay:
    return PastDay(tuple(done or ()), tuple(arrivals or ()))


def came(half_hour: int, count: int = 1, klass: str = "ordinary") -> list[PastArrival]:
    return [PastArrival(half_hour * HALF_HOUR + at, klass, "a") for at in range(count)]


# -- how long services take -------------------------------------------------------------------


def test_without_a_past_the_catalogue_is_all_there_is() -> None:
    laws = learn([], TYPICAL)
    assert laws.days == 0
    for service, minutes in TYPICAL.items():
        assert laws.means[service] == pytest.approx(minutes * MINUTE)
        assert min(laws.times[service]) < 0.3 * minutes * MINUTE
        assert max(laws.times[service]) > 2 * minutes * MINUTE
        assert list(laws.times[service]) == sorted(laws.times[service])
    assert laws.mean == pytest.approx(12.5 * MINUTE)
    assert (laws.elderly, laws.others) == (1.0, 1.0)
    assert set(laws.rates) == {0.0}
    assert (laws.pauses, laws.pause_rate) == ((), 0.0)


@pytest.mark.parametrize(("count", "mean"), [(0, 5.0), (10, 7.5), (90, 9.5), (990, 9.95)])
def test_the_catalogue_fades_as_services_are_logged(count: int, mean: float) -> None:
    """Typical minutes weigh as ten services."""
    laws = learn([day(services(*[10.0] * count))], TYPICAL)
    assert laws.means["a"] == pytest.approx(mean * MINUTE)
    assert laws.means["b"] == pytest.approx(20 * MINUTE)


def test_only_the_newest_services_count() -> None:
    old, new = day(services(*[30.0] * 2_000)), day(services(*[10.0] * 2_000))
    assert max(learn([old, new], TYPICAL).times["a"]) < 15 * MINUTE
    assert learn([new, old], TYPICAL).means["a"] > 29 * MINUTE


def test_the_mean_of_a_service_is_that_of_services_as_they_come() -> None:
    laws = learn([day(services(3, 3, 3) + services(15, service="b"))], TYPICAL)
    assert laws.mean == pytest.approx(6 * MINUTE)


def test_a_service_of_no_minutes_still_takes_a_while() -> None:
    """The catalogue takes nought for a service's minutes."""
    laws = learn([], {"a": 0.0})
    assert laws.means["a"] > 0
    assert laws.mean > 0
    assert min(laws.times["a"]) > 0


@given(st.lists(st.integers(0, 3_600_000), max_size=60), st.integers(0, 120))
def test_times_are_the_logged_ones_and_ten_of_the_catalogue(
    logged: list[int], minutes: int
) -> None:
    laws = learn([day([PastService("a", "vip", busy) for busy in logged])], {"a": minutes})
    times = list(laws.times["a"])
    assert times == sorted(times)
    assert len(times) == len(logged) + 10
    for busy in logged:
        times.remove(busy)
    assert fmean(times) == pytest.approx(max(minutes, 1) * MINUTE, rel=0.01)
    assert laws.means["a"] == pytest.approx(fmean(laws.times["a"]))


# -- who takes longer -------------------------------------------------------------------------


def test_the_elderly_have_a_pace_of_their_own_where_there_are_enough_of_them() -> None:
    mixed = services(*[6.0] * 600, klass="elderly") + services(*[4.0] * 600)
    laws = learn([day(mixed)], TYPICAL)
    assert laws.elderly == pytest.approx(1.2, abs=0.03)
    assert laws.others == pytest.approx(0.8, abs=0.03)
    assert laws.factor("elderly") == laws.elderly
    assert laws.factor("vip") == laws.factor("ordinary") == laws.others
    assert laws.expected("a", "elderly") == pytest.approx(6 * MINUTE, rel=0.03)


def test_few_services_of_the_elderly_tell_little() -> None:
    def factor(count: int) -> float:
        mixed = services(*[10.0] * count, klass="elderly") + services(*[5.0] * 2_000)
        return learn([day(mixed)], TYPICAL).elderly

    assert factor(0) == 1.0
    assert 1.0 < factor(2) < 1.1
    assert factor(60) == pytest.approx(1.5, abs=0.05)  # half way at sixty
    assert factor(2) < factor(20) < factor(60) < factor(600) < 2.0


# -- who comes when ---------------------------------------------------------------------------


def test_arrivals_by_half_hour_of_an_average_day() -> None:
    laws = learn(
        [day(arrivals=came(18, 6) + came(19, 2)), day(arrivals=came(18, 2) + came(33))], TYPICAL
    )
    assert {at: rate for at, rate in enumerate(laws.rates) if rate} == {18: 4.0, 19: 1.0, 33: 0.5}
    assert laws.arrivals_until(18 * HALF_HOUR) == 0
    assert laws.arrivals_until(18 * HALF_HOUR + HALF_HOUR // 4) == 1.0
    assert laws.arrivals_until(20 * HALF_HOUR) == 5.0
    assert laws.arrivals_until(47 * HALF_HOUR) == 5.5


@pytest.mark.parametrize("half_hours", [48, 49, 55.5])
def test_a_day_that_lasts_beyond_midnight_has_seen_everybody(half_hours: float) -> None:
    """A business day may last until four in the morning."""
    laws = learn([day(arrivals=came(18, 6) + came(47, 2))], TYPICAL)
    assert laws.arrivals_until(round(half_hours * HALF_HOUR)) == 8.0


def test_after_midnight_arrivals_count_for_the_last_half_hour() -> None:
    assert learn([day(arrivals=came(50, 3))], TYPICAL).rates[47] == 3.0


def test_a_sparse_half_hour_borrows_from_the_whole_day() -> None:
    many, few = came(20, 30, "vip"), came(25, 2, "elderly")
    laws = learn([day(arrivals=many + few)], TYPICAL)
    assert {comer.klass for comer in laws.comers[20]} == {"vip"}
    assert len(laws.comers[25]) == 32
    assert laws.comers[25] is laws.comers[40]


def test_who_comes_brings_how_long_before_his_slot() -> None:
    arrivals = [PastArrival(18 * HALF_HOUR, "appointment", "b", 600_000)]
    assert learn([day(arrivals=arrivals)], TYPICAL).comers[18] == (
        Comer("appointment", "b", 600_000),
    )


# -- how busy days differ ---------------------------------------------------------------------


def spread_of(totals: list[int]) -> float:
    return learn([day(arrivals=came(20, total)) for total in totals], TYPICAL).spread


def test_days_that_differ_by_chance_alone_say_that_all_days_are_alike() -> None:
    assert spread_of([100] * 20) == 1_000.0
    chance = random.Random(2)
    poisson = [sum(chance.random() < 0.1 for _ in range(1_000)) for _ in range(40)]
    assert spread_of(poisson) > 60


def test_days_that_differ_much_say_so() -> None:
    # Mean 100, variance 900, so 800 beyond a Poisson day's: shape 100² / 800.
    assert spread_of([70, 130] * 10) == pytest.approx(12.5)
    assert spread_of([1, 400] * 5) == 4.0


def test_a_day_or_two_without_anybody() -> None:
    assert spread_of([50]) == 10.0
    assert spread_of([0, 0]) == 10.0


# -- breaks nobody planned --------------------------------------------------------------------


def test_pauses_and_how_often_an_open_counter_takes_one() -> None:
    one = PastDay((), (), (9 * MINUTE, 3 * MINUTE), open_for=400 * MINUTE)
    other = PastDay((), (), (6 * MINUTE,), open_for=200 * MINUTE)
    laws = learn([one, other], TYPICAL)
    assert laws.pauses == (3 * MINUTE, 6 * MINUTE, 9 * MINUTE)
    assert laws.pause_rate == pytest.approx(3 / (600 * MINUTE))
