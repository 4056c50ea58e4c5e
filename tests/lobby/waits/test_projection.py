"""The board projected forward: exact where nothing is left to chance, sensible where it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branch.lobby.simulation.lobby import Absence, Counter
from branch.lobby.waits.history import Comer
from branch.lobby.waits.projection import Fresh, Worked, paces, project
from tests.lobby.waits.made import (
    MINUTE,
    NOW,
    A,
    asking,
    exactly,
    free,
    laws,
    serving,
    spreads,
    waits,
)

TEN = laws(10.0)
MIXED = laws(2, 3, 4, 5, 6, 8, 11, 17)


# -- nothing left to chance -------------------------------------------------------------------


def test_constant_services_have_the_exact_answer() -> None:
    line = [waits(at, at) for at in range(1, 6)]
    found = spreads(asking([free(1), free(2)], line, TEN))
    assert found == {str(at): exactly((at - 1) // 2 * 10) for at in range(1, 6)}


def test_the_service_in_progress_counts_for_what_is_left_of_it() -> None:
    found = spreads(asking([serving(1, 4), serving(2, 9)], [waits(1), waits(2), waits(3)], TEN))
    assert found == {"1": exactly(1), "2": exactly(6), "3": exactly(11)}


def test_a_planned_break_is_waited_for() -> None:
    counter = free(1, absences=(Absence(NOW + 5 * MINUTE, 40 * MINUTE),))
    found = spreads(asking([counter], [waits(1), waits(2, 1), waits(3, 2)], TEN))
    assert found == {"1": exactly(0), "2": exactly(50), "3": exactly(60)}


def test_a_counter_comes_back_from_its_planned_break() -> None:
    back = Counter(1, A, NOW + 7 * MINUTE, owes=True)
    assert spreads(asking([back], [waits()], TEN)) == {"1": exactly(7)}


def test_the_rest_of_a_break_nobody_planned() -> None:
    away = Counter(1, A, NOW, owes=True, away_since=NOW - 4 * MINUTE)
    known = laws(10.0, pauses=(3, 10))
    assert spreads(asking([away], [waits()], known)) == {"1": exactly(6)}


def test_the_elderly_take_longer() -> None:
    known = laws(10.0, elderly=1.5, others=0.5)
    line = [waits(1, klass="elderly"), waits(2, 1), waits(3, 2)]
    found = spreads(asking([free()], line, known))
    assert found == {"1": exactly(0), "2": exactly(15), "3": exactly(20)}
    found = spreads(asking([serving(1, 3, "elderly")], [waits()], known))
    assert found == {"1": exactly(12)}


def test_whom_only_a_closed_counter_could_call_is_missing() -> None:
    closed = Counter(2, frozenset({"a", "b"}), None)
    line = [waits(1), waits(2, 1, pinned=2), waits(3, 2)._replace(service="b")]
    asked = asking([free(), closed], line, TEN, [Fresh("b", "0", NOW), Fresh("a", "0", NOW)])
    found = project(asked)
    assert set(found.tickets) == {"1"}
    assert set(found.fresh) == {("a", "0")}
    assert spreads(asking([closed], line, TEN)) == {}
    assert spreads(asking([], line, TEN)) == {}


def test_only_the_ticket_asked_for_is_answered() -> None:
    line = [waits(at, at) for at in range(1, 6)]
    everybody = asking([serving(1, 3)], line, TEN)
    only = replace(everybody, only=frozenset({"3"}))
    assert spreads(only) == {"3": spreads(everybody)["3"]}


def test_somebody_who_might_come_is_placed_by_his_key() -> None:
    line = [waits(1, -20), waits(2, -10)]
    asked = [Fresh("a", "0", NOW), Fresh("a", "15", NOW - 15 * MINUTE), Fresh("b", "0", NOW)]
    found = project(asking([serving(1, 6)], line, TEN, asked))
    assert found.fresh == {("a", "0"): exactly(24), ("a", "15"): exactly(14)}
    assert found.tickets == {"1": exactly(4), "2": exactly(14)}
    assert found.now == NOW


# -- left to chance ---------------------------------------------------------------------------


def test_the_same_question_has_the_same_answer() -> None:
    known = laws(2, 5, 9, 20, arrivals=6, comers=[Comer("elderly", "a", None)])
    asked = asking([free(1), serving(2, 3)], [waits(at, at) for at in range(1, 9)], known)
    assert project(asked) == project(asked)
    assert project(asked) != project(replace(asked, seed=1))


def test_percentiles_are_in_order_and_come_from_the_branchs_own_times() -> None:
    found = spreads(asking([serving()], [waits(1), waits(2, 1)], MIXED, replays=1_000))
    one, two = found["1"], found["2"]
    assert (one.p10, one.p90) == (2, 17)
    assert one.p50 in (5, 6)
    assert two.p10 < two.p50 < two.p90
    assert two.p50 > one.p50


def test_the_longer_it_has_lasted_the_longer_it_lasted_at_least() -> None:
    """After seven minutes only the long ones of past services are left."""
    found = spreads(asking([serving(1, 7)], [waits()], MIXED, replays=1_000))["1"]
    assert {found.p10, found.p50, found.p90} <= {1, 4, 10}
    beyond = spreads(asking([serving(1, 40)], [waits()], MIXED, replays=1_000))["1"]
    # Longer than ever: anybody's guess, of half a mean service (3.5 minutes).
    assert 0.2 < beyond.p10 < 0.6
    assert 2.0 < beyond.p50 < 2.9
    assert 6.5 < beyond.p90 < 9.5


def test_a_break_longer_than_ever_ends_some_time() -> None:
    away = Counter(1, A, NOW, owes=True, away_since=NOW - 60 * MINUTE)
    found = spreads(asking([away], [waits()], laws(10, pauses=(5,)), replays=1_000))["1"]
    assert 6 < found.p50 < 8  # the median of an exponential rest of ten minutes


def test_later_priority_arrivals_lengthen_an_ordinary_wait() -> None:
    """Leaving them out would promise ordinary customers too much."""
    line = [waits(at, at - 10) for at in range(1, 7)]

    def last(comer: Comer, rate: float) -> float:
        known = laws(3, 5, 8, arrivals=rate, comers=[comer])
        return spreads(asking([serving(1)], line, known, replays=400))["6"].p50

    nobody = last(Comer("ordinary", "a", None), 0)
    assert last(Comer("ordinary", "a", None), 4) == pytest.approx(nobody, abs=1.5)
    assert last(Comer("elderly", "a", None), 4) > nobody + 10
    assert last(Comer("elderly", "b", None), 4) == pytest.approx(nobody, abs=1.5)
    # Appointments count from their slots: far ahead of them they overtake nobody here.
    assert last(Comer("appointment", "a", 0), 4) > nobody + 10
    assert last(Comer("appointment", "a", 120 * MINUTE), 4) == pytest.approx(nobody, abs=1.5)


def test_a_busier_day_than_usual_is_expected_to_stay_busy() -> None:
    known = laws(5, arrivals=4, comers=[Comer("elderly", "a", None)], spread=5.0)
    line = [waits(at, at - 10) for at in range(1, 7)]

    def last(arrived: float) -> float:
        return spreads(asking([serving(1)], line, known, arrived=arrived, replays=400))["6"].p50

    usual = known.arrivals_until(NOW)
    assert last(usual / 2) < last(usual) < last(usual * 1.5)


def test_nobody_comes_after_closing() -> None:
    known = laws(10.0, arrivals=30, comers=[Comer("elderly", "a", None)])
    line = [waits(at, at) for at in range(1, 4)]
    found = spreads(asking([serving(1, 2)], line, known, closes=NOW))
    assert found == {"1": exactly(8), "2": exactly(18), "3": exactly(28)}


def test_a_branch_open_beyond_midnight_is_projected_too() -> None:
    known = laws(10.0, arrivals=3)
    asked = asking([], [], known)
    late = 25 * 60 * MINUTE
    lobby = replace(
        asked.lobby,
        now=late,
        counters=(Counter(1, A, late, idle_since=late),),
        waiting=(waits(1)._replace(key=late),),
    )
    assert spreads(replace(asked, lobby=lobby)) == {"1": exactly(0)}


def test_breaks_nobody_planned_lengthen_the_long_waits() -> None:
    line = [waits(at, at) for at in range(1, 6)]
    known = laws(10.0, pauses=(15,), pause_rate=1 / (60 * MINUTE))
    found = spreads(asking([free()], line, known, replays=600))["5"]
    assert found.p10 == 40
    assert found.p90 == 55  # one such break in about half of the replays
    never = spreads(asking([free()], line, replace(known, pause_rate=0.0)))["5"]
    assert never == exactly(40)


@pytest.mark.parametrize(("key", "klass"), [(0.0, "ordinary"), (-30.0, "elderly")])
def test_who_might_come_waits_as_long_as_a_ticket_in_his_place(key: float, klass: str) -> None:
    known = laws(2, 4, 5, 9, 14, arrivals=3, comers=[Comer("elderly", "a", None)])
    counters = [serving(1, 2), serving(2, 5)]
    line = [waits(at, -40 + 3 * at) for at in range(1, 13)]
    fresh = Fresh("a", klass, NOW + round(key * MINUTE))
    probe = project(asking(counters, line, known, [fresh], replays=3_000, only=frozenset()))
    real = waits(50, key)
    asked = asking(counters, [*line, real], known, replays=3_000, only=frozenset({"50"}))
    told, came = probe.fresh["a", klass], project(asked).tickets["50"]
    for share in ("p10", "p50", "p90"):
        assert getattr(told, share) == pytest.approx(getattr(came, share), abs=1.2)


# -- today's pace -----------------------------------------------------------------------------


def test_the_pace_of_a_day_so_far() -> None:
    """(busy + 40 m P) / (expected + 40 m), P the branch's with 120; m is ten minutes here."""
    today = asking(
        [],
        [],
        TEN,
        worked={
            1: Worked(300 * MINUTE, 200 * MINUTE),
            2: Worked(100 * MINUTE, 100 * MINUTE),
            3: Worked(),
        },
    ).today
    found, branch = paces(TEN, today)
    assert branch == pytest.approx((400 + 1200) / (300 + 1200))
    assert found[1] == pytest.approx((300 + 400 * branch) / 600)
    assert found[2] == pytest.approx((100 + 400 * branch) / 500)
    assert found[3] == pytest.approx(branch)


def test_without_a_day_so_far_the_pace_is_as_always() -> None:
    assert paces(TEN, asking([], [], TEN).today) == ({}, 1.0)


def test_a_slow_day_has_longer_waits() -> None:
    line = [waits(1), waits(2, 1)]
    worked = {1: Worked(800 * MINUTE, 400 * MINUTE)}
    found = spreads(asking([free(1)], line, TEN, worked=worked))
    pace = paces(TEN, asking([], [], TEN, worked=worked).today)[0][1]
    assert pace > 1.5
    assert found["2"].p50 == pytest.approx(10 * pace, abs=0.01)
    # A counter that has done nothing yet goes as the branch does.
    other = spreads(asking([free(2)], line, TEN, worked=worked))["2"].p50
    assert 10 < other < found["2"].p50


def test_the_pace_counts_for_the_service_in_progress() -> None:
    worked = {1: Worked(40_000 * MINUTE, 20_000 * MINUTE)}
    (pace,) = paces(TEN, asking([], [], TEN, worked=worked).today)[0].values()
    found = spreads(asking([serving(1, 6)], [waits()], TEN, worked=worked))["1"]
    assert found.p50 == pytest.approx(10 * pace - 6, abs=0.01)
