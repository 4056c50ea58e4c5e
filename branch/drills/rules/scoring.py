"""What became of a step, and the score of a run; pure.

Points and weights are the house's own (scenarios.yaml carried them as defaults); the four grades
stand for performed, with some challenges, with major ones, unable (HSEEP P, S, M, U).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from branch.drills.rules.scenario import Step

DONE, WRONG, MISSED, NOT_APPLICABLE = "done", "wrong", "missed", "not_applicable"
RESULTS = (DONE, WRONG, MISSED, NOT_APPLICABLE)
LATE = "late"

POINTS = {DONE: 100, WRONG: 20, MISSED: 0}
# One result "late"; which points apply follows from the actual time against the target.
LATE_POINTS, VERY_LATE_POINTS, VERY_LATE = 70, 40, 1.5
CRITICAL_WEIGHT, NORMAL_WEIGHT = 3, 1
# One critical step missed: no score above this.
CAP = 59.0
GRADES = (("excellent", 90.0), ("good", 75.0), ("pass", 60.0), ("fail", 0.0))
PASSED = 60.0


@dataclass(frozen=True)
class Line:
    """A step and what came of it; ``taken_ms`` counts from its anchor, None without a time."""

    step: Step
    result: str
    taken_ms: int | None = None


@dataclass(frozen=True)
class Score:
    """``points`` from 0 to 100 with one decimal, None where nothing applied.

    ``capped_by`` are the critical steps missed, ``uncapped`` what it would have been.
    """

    points: float | None
    grade: str
    uncapped: float | None
    capped_by: tuple[int, ...]


def late_ms(step: Step, taken_ms: int | None) -> int:
    """By how much a step was later than its target; 0 when it was in time."""
    return max(0, (taken_ms or 0) - step.target_s * 1_000)


def shown_result(step: Step, result: str, taken_ms: int | None) -> str:
    """The result with ``late`` derived from the time."""
    return LATE if result == DONE and late_ms(step, taken_ms) else result


def points_of(line: Line) -> int:
    """The points of an applicable step."""
    if line.result == DONE and line.taken_ms is not None and late_ms(line.step, line.taken_ms):
        much = line.taken_ms > line.step.target_s * 1_000 * VERY_LATE
        return VERY_LATE_POINTS if much else LATE_POINTS
    return POINTS[line.result]


def score(lines: Sequence[Line]) -> Score:
    """The weighted mean over the applicable steps, capped by a missed critical one."""
    counted = [line for line in lines if line.result != NOT_APPLICABLE]
    if not counted:
        return Score(None, "", None, ())
    weights = [CRITICAL_WEIGHT if line.step.critical else NORMAL_WEIGHT for line in counted]
    total = sum(w * points_of(line) for w, line in zip(weights, counted, strict=True))
    uncapped = round(total / sum(weights), 1)
    missed = tuple(line.step.no for line in counted if line.step.critical and line.result == MISSED)
    points = min(uncapped, CAP) if missed else uncapped
    return Score(points, grade(points), uncapped, missed)


def grade(points: float) -> str:
    """The grade that so many points make."""
    return next(name for name, least in GRADES if points >= least)
