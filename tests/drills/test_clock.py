"""The clock of a run: right over pauses, a changed time of day, a killed program."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.drills.commands.evidence import Observe
from branch.drills.commands.marking import MarkStep
from branch.drills.commands.running import (
    CorrectClock,
    EndRun,
    PauseRun,
    ReleaseInject,
    ResumeRun,
)
from branch.drills.rules.clock import JUMP_MS, Course, Pause, StationClock
from branch.kernel.clock import steady_ms
from branch.kernel.errors import BadInput
from tests.conftest import OPENING
from tests.drills.desk import HEAD, OFFICER, Desk

spans = st.lists(st.tuples(st.integers(1, 600_000), st.integers(1, 600_000)), max_size=6)


def pauses_of(parts: list[tuple[int, int]]) -> tuple[Pause, ...]:
    """Pauses from pairs of running and standing still, in milliseconds."""
    at, found = 0, []
    for running, still in parts:
        found.append(Pause(at + running, at + running + still))
        at += running + still
    return tuple(found)


@given(parts=spans, more=st.integers(0, 600_000))
def test_pauses_never_count(parts: list[tuple[int, int]], more: int) -> None:
    course = Course(OPENING, pauses=pauses_of(parts))
    gross = sum(running + still for running, still in parts) + more
    assert course.net(gross) == sum(running for running, _ in parts) + more


@given(parts=spans, moments=st.lists(st.integers(0, 8_000_000), min_size=2))
def test_time_never_runs_backwards(parts: list[tuple[int, int]], moments: list[int]) -> None:
    course = Course(OPENING, pauses=pauses_of(parts))
    shown = [course.net(at) for at in sorted(moments)]
    assert shown == sorted(shown)
    assert all(0 <= net <= at for net, at in zip(shown, sorted(moments), strict=True))


@given(
    ticks=st.lists(
        st.tuples(st.integers(0, 5_000), st.integers(-10_000_000, 10_000_000)), max_size=60
    )
)
def test_no_change_of_the_time_of_day_moves_the_clock(ticks: list[tuple[int, int]]) -> None:
    """Between two looks so much real time passes, and somebody sets the time of day."""
    wall, steady, real, jumped = OPENING, 77_000, 0, 0
    clock = StationClock(Course(OPENING), "drills", wall, steady)
    for passed, put in ticks:
        steady += passed
        real += passed
        wall += passed + put
        assert clock.net(steady) == clock.gross(steady) == real
        seen = clock.jump(wall, steady)
        assert seen == (put if abs(put) > JUMP_MS else 0)
        jumped += seen
    # A program started anew asks the time of day once; what its station reported is taken out.
    slewed = wall - OPENING - real - jumped
    again = StationClock(Course(OPENING, corrected={"drills": jumped}), "drills", wall, 5)
    assert again.gross(5) == max(0, real + slewed)


@given(newest=st.integers(0, 500_000), back=st.integers(0, 10_000_000))
def test_it_never_runs_behind_what_is_noted(newest: int, back: int) -> None:
    course = Course(OPENING, newest_ms=newest)
    assert course.by_wall(OPENING + newest - back, "drills") == newest
    assert StationClock(course, "drills", OPENING - back, 0).gross(0) >= newest


def test_an_open_pause_stands_still() -> None:
    course = Course(OPENING, pauses=(Pause(10_000, 20_000), Pause(50_000)))
    assert course.paused
    assert [course.net(at) for at in (10_000, 15_000, 20_000, 50_000, 900_000)] == [
        10_000, 10_000, 10_000, 40_000, 40_000,
    ]  # fmt: skip


def test_after_the_end_nothing_moves() -> None:
    course = Course(OPENING, ended_ms=300_000, pauses=(Pause(100_000, 130_000),))
    assert course.net(10**9) == 270_000
    assert not course.paused
    assert StationClock(course, "drills", OPENING + 10**9, 0).net(10**6) == 270_000


def test_a_correction_counts_for_its_own_station_only() -> None:
    course = Course(OPENING, corrected={"lobby": 3_600_000})
    assert course.by_wall(OPENING + 3_660_000, "lobby") == 60_000
    assert course.by_wall(OPENING + 60_000, "drills") == 60_000


def test_the_steady_clock_runs_on() -> None:
    assert steady_ms() <= steady_ms()


# -- in the store ----------------------------------------------------------------------------------


def test_a_pause_is_not_held_against_a_step(desk: Desk) -> None:
    run = desk.started()
    desk.at(run, 20)
    desk.run(PauseRun(run))
    desk.at(run, 320)
    assert desk.detail(run).course is not None
    assert desk.detail(run).line.state == "paused"
    desk.run(ResumeRun(run))
    desk.at(run, 330)
    desk.run(MarkStep(run, 2), OFFICER)
    found = desk.step(run, 2)
    assert (found.taken_ms, found.state(30_000), found.late_ms) == (30_000, "done", 0)
    assert [entry.what for entry in desk.entries[-3:]] == [
        "drill.paused", "drill.resumed", "drill.step_marked",
    ]  # fmt: skip


def test_pauses_between_an_inject_and_its_step(desk: Desk) -> None:
    run = desk.started()
    desk.run(PauseRun(run, 30_000))
    desk.run(ResumeRun(run, 90_000))
    desk.run(ReleaseInject(run, 2, 100_000))
    desk.run(PauseRun(run, 110_000))
    desk.run(ResumeRun(run, 210_000))
    desk.run(MarkStep(run, 9, at_ms=230_000), OFFICER)
    found = desk.step(run, 9)
    # Released at net 40 s, done at net 70 s.
    assert (found.anchored_ms, found.taken_ms) == (40_000, 30_000)


def test_the_end_within_a_pause_ends_the_pause(desk: Desk) -> None:
    run = desk.started()
    desk.run(PauseRun(run, 60_000))
    desk.run(EndRun(run, 200_000))
    course = desk.detail(run).course
    assert course is not None
    assert (course.pauses, course.net(10**9)) == ((Pause(60_000, 200_000),), 60_000)


def test_a_clock_put_forward_an_hour_changes_no_time(desk: Desk) -> None:
    run = desk.started()
    desk.at(run, 30)
    desk.run(MarkStep(run, 1), OFFICER)
    desk.clock.advance(3_600)  # somebody sets the time of day
    desk.run(CorrectClock(run, 3_600_000), OFFICER)
    desk.clock.advance(10)
    desk.run(MarkStep(run, 2), OFFICER)
    assert desk.step(run, 2).taken_ms == 40_000
    assert desk.step(run, 1).taken_ms == 30_000


def test_a_clock_put_back_an_hour_changes_no_time(desk: Desk) -> None:
    run = desk.started()
    desk.at(run, 30)
    desk.run(MarkStep(run, 1), OFFICER)
    desk.clock.advance(-3_600)
    # Before anybody noticed: not behind what is noted already.
    desk.run(MarkStep(run, 6), OFFICER)
    assert desk.step(run, 6).taken_ms == 30_000
    desk.run(CorrectClock(run, -3_600_000), OFFICER)
    desk.clock.advance(12)
    desk.run(MarkStep(run, 2), OFFICER)
    assert desk.step(run, 2).taken_ms == 42_000


def test_the_station_tells_the_time_of_its_press(desk: Desk) -> None:
    """The command may wait for the store; what counts is when the finger was there."""
    run = desk.started()
    desk.at(run, 500)
    desk.run(MarkStep(run, 2, at_ms=38_000), OFFICER)
    assert desk.step(run, 2).taken_ms == 38_000


@pytest.mark.parametrize("at_ms", [-1, 24 * 3_600_000 + 1])
def test_a_time_no_run_can_have_is_refused(desk: Desk, at_ms: int) -> None:
    run = desk.started()
    with pytest.raises(BadInput) as refused:
        desk.run(MarkStep(run, 2, at_ms=at_ms), OFFICER)
    assert (refused.value.code, refused.value.field) == ("drill_time", "at_ms")


def test_no_mark_after_the_end(desk: Desk) -> None:
    run = desk.started()
    desk.run(EndRun(run, 60_000))
    with pytest.raises(BadInput) as refused:
        desk.run(MarkStep(run, 2, at_ms=60_001), OFFICER)
    assert refused.value.code == "drill_time"
    desk.run(MarkStep(run, 2, at_ms=35_000), OFFICER)
    assert desk.step(run, 2).taken_ms == 35_000


def test_after_the_end_what_was_done_needs_its_time(desk: Desk) -> None:
    run = desk.started()
    desk.run(EndRun(run, 60_000))
    with pytest.raises(BadInput) as refused:
        desk.run(MarkStep(run, 2), OFFICER)
    assert (refused.value.code, refused.value.field) == ("drill_time_needed", "at_ms")
    # What is observed afterwards belongs to no moment of the run.
    desk.run(Observe(run, "strength", "口令清楚"), OFFICER)
    assert [one.at_ms for one in desk.detail(run).observations] == [None]


@pytest.mark.parametrize("by_ms", [0, 1_999, -2_000])
def test_a_jump_too_small_is_none(desk: Desk, by_ms: int) -> None:
    run = desk.started()
    with pytest.raises(BadInput):
        desk.run(CorrectClock(run, by_ms), HEAD)


def test_gross_is_the_way_back_from_net() -> None:
    course = Course(0, None, (Pause(10_000, 40_000), Pause(60_000, 70_000)))
    for gross in (0, 5_000, 10_000, 41_000, 59_000, 71_000, 90_000):
        assert course.gross(course.net(gross)) == gross
    # The moment a pause began stands for all of it.
    assert course.gross(course.net(25_000)) == 10_000
