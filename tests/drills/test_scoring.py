"""The score of a run, computed by hand beside what the program says."""

from __future__ import annotations

import pytest

from branch.drills.commands.marking import MarkStep
from branch.drills.commands.review import ReviewRun
from branch.drills.commands.running import EndRun, ReleaseInject, SkipInject
from branch.drills.rules.scenario import Step, Words
from branch.drills.rules.scoring import Line, grade, points_of, score
from tests.drills.desk import HEAD, OFFICER, Desk


def step(no: int = 1, target_s: int = 60, critical: bool = False) -> Step:
    words = Words("步骤", "step")
    return Step(no, "LOB", "T0", target_s, critical, "tick", words, words)


@pytest.mark.parametrize(
    ("result", "taken_s", "points"),
    [
        ("done", 0.0, 100),
        ("done", 60.0, 100),
        ("done", 60.001, 70),
        ("done", 90.0, 70),
        ("done", 90.001, 40),
        ("done", 4_000.0, 40),
        ("done", None, 100),
        ("wrong", 10.0, 20),
        ("wrong", 500.0, 20),
        ("missed", None, 0),
    ],
)
def test_points_of_a_step(result: str, taken_s: float | None, points: int) -> None:
    taken = None if taken_s is None else round(taken_s * 1_000)
    assert points_of(Line(step(), result, taken)) == points


@pytest.mark.parametrize(
    ("points", "name"),
    [(100, "excellent"), (90, "excellent"), (89.9, "good"), (75, "good"), (74.9, "pass"),
     (60, "pass"), (59.9, "fail"), (0, "fail")],
)  # fmt: skip
def test_grades(points: float, name: str) -> None:
    assert grade(points) == name


def test_a_missed_critical_step_caps_the_score() -> None:
    lines = [Line(step(no), "done", 1_000) for no in range(1, 15)]
    found = score([*lines, Line(step(15, critical=True), "missed")])
    # 14 x 100 of 14 + 3
    assert (found.uncapped, found.points, found.grade) == (82.4, 59.0, "fail")
    assert found.capped_by == (15,)


def test_the_cap_does_not_lift_a_lower_score() -> None:
    found = score([Line(step(1), "wrong"), Line(step(2, critical=True), "missed")])
    assert (found.points, found.capped_by) == (5.0, (2,))


def test_nothing_applicable_has_no_score() -> None:
    found = score([Line(step(), "not_applicable")])
    assert (found.points, found.grade, found.capped_by) == (None, "", ())


def test_a_scripted_run_scores_as_computed_by_hand(desk: Desk) -> None:
    """FIRE-01: fifteen steps, critical 2 3 6 8 9 10 11 12 14.

    step  target     what happened                     points  weight
    1     10 s       done at 8 s                       100     1
    2     40 s c     done at 40 s                      100     3
    3     60 s c     late, 75 s (1.25 x)                70     3
    4     60 s       late, 91 s (beyond 1.5 x)          40     1
    5     90 s       wrong breaker                      20     1
    6     60 s c     done at 55 s                      100     3
    7     120 s      nobody marked it: missed            0     1
    8     120 s c    done at 100 s                     100     3
    9     I2+60 s c  I2 at 70 s, done at 150 s: 80 s    70     3
    10    I3+20 s c  I3 skipped: not applicable          -     -
    11    180 s c    done at 170 s                     100     3
    12    300 s c    done at 299 s                     100     3
    13    300 s      not applicable (no engine came)     -     -
    14    600 s c    done at 500 s                     100     3
    15    1500 s     missed                              0     1
    sum of points x weight: 100+300+210+40+20+300+0+300+210+300+300+300+0 = 2380
    sum of weights: 8 critical x 3 + 5 normal = 29; 2380 / 29 = 82.07
    """
    run = desk.started()
    marks = [
        (1, "done", 8), (2, "done", 40), (3, "done", 75), (4, "done", 91), (5, "wrong", 80),
        (6, "done", 55), (8, "done", 100), (9, "done", 150), (11, "done", 170),
        (12, "done", 299), (14, "done", 500),
    ]  # fmt: skip
    desk.at(run, 70)
    desk.run(ReleaseInject(run, 2))
    desk.at(run, 130)
    desk.run(SkipInject(run, 3))
    for no, result, at in marks:
        desk.run(MarkStep(run, no, result, at_ms=at * 1_000), OFFICER)
    desk.run(MarkStep(run, 13, "not_applicable"), OFFICER)
    desk.run(MarkStep(run, 15, "missed"), OFFICER)
    desk.at(run, 1_200)
    desk.run(EndRun(run))
    desk.run(ReviewRun(run), HEAD)
    line = desk.detail(run).line
    assert (line.state, line.score, line.grade) == ("reviewed", 82.1, "good")
    figures = desk.report(run).figures
    assert (figures.applicable, figures.in_time, figures.late) == (13, 7, 3)
    assert (figures.wrong, figures.missed) == (1, 2)
    assert desk.last.what == "drill.reviewed"
    assert desk.last.data == {"grade": "good", "score_tenths": 821}


def test_a_critical_step_nobody_marked_caps_the_run(desk: Desk) -> None:
    run = desk.started("MED-01")
    desk.at(run, 10)
    desk.run(MarkStep(run, 1), OFFICER)
    desk.at(run, 1_000)
    desk.run(EndRun(run))
    desk.run(ReviewRun(run), HEAD)
    found = desk.report(run).score
    # Critical and counted from START: 2, 3, 4. The others wait for injects that never came.
    assert found.capped_by == (2, 3, 4)
    assert (found.grade, desk.detail(run).line.grade) == ("fail", "fail")
