"""What became of every step of a run, for the score and for whoever shows it; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.drills.records import InjectRow, MarkRow
from branch.drills.rules.clock import Course
from branch.drills.rules.scenario import Step
from branch.drills.rules.scoring import MISSED, NOT_APPLICABLE, Line
from branch.drills.run import Run
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store


@dataclass(frozen=True)
class Marked:
    """A mark in force. ``at_ms`` is run time, ``at`` the time of day, both in milliseconds."""

    id: int
    step: int
    result: str
    at_ms: int | None
    at: int
    by: int
    sealed_note: str
    number: int | None


@dataclass(frozen=True)
class Injected:
    """An inject that was released or skipped; ``at_ms`` is run time, pauses included."""

    no: int
    state: str
    at_ms: int
    by: int


_MARKS = Prepared(
    lambda run: MarkRow.select(
        MarkRow.id,
        MarkRow.step,
        MarkRow.result,
        MarkRow.at_ms,
        MarkRow.at,
        MarkRow.by,
        MarkRow.note,
        MarkRow.number,
    ).where(MarkRow.run == run, MarkRow.ended_at.is_null())
)
_INJECTS = Prepared(
    lambda run: InjectRow.select(
        InjectRow.no, InjectRow.state, InjectRow.at_ms, InjectRow.by
    ).where(InjectRow.run == run)
)


def marks_of(store: Store, run: int) -> dict[int, Marked]:
    """The marks in force, by step."""
    return {row[1]: Marked(*row) for row in _MARKS.all(store, run=run)}


def injects_of(store: Store, run: int) -> dict[int, Injected]:
    """What was released or skipped, by number."""
    return {row[0]: Injected(*row) for row in _INJECTS.all(store, run=run)}


def anchored_ms(step: Step, injects: dict[int, Injected], course: Course) -> int | None:
    """When a step's time began, in run time without pauses; None while its inject has not come."""
    if step.inject is None:
        return 0
    released = injects.get(step.inject)
    if released is None or released.state != "released":
        return None
    return course.net(released.at_ms)


def taken_ms(step: Step, mark: Marked, injects: dict[int, Injected], course: Course) -> int | None:
    """How long a step took from its anchor; None without a time of its own."""
    began = anchored_ms(step, injects, course)
    if mark.at_ms is None or began is None:
        return None
    return max(0, course.net(mark.at_ms) - began)


def lines_of(store: Store, run: Run, course: Course) -> tuple[Line, ...]:
    """Every step with its result.

    One that nobody marked was missed; it does not apply where its inject never came, or where the
    incident was real and did not go by the scenario.
    """
    marks, injects = marks_of(store, run.id), injects_of(store, run.id)
    lines = []
    for step in run.scenario.steps:
        mark = marks.get(step.no)
        if mark is not None:
            lines.append(Line(step, mark.result, taken_ms(step, mark, injects, course)))
        elif run.is_real or anchored_ms(step, injects, course) is None:
            lines.append(Line(step, NOT_APPLICABLE))
        else:
            lines.append(Line(step, MISSED))
    return tuple(lines)
