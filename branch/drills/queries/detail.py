"""One run with everything that belongs to it, as the conductor's screen shows it; writes nothing.

Times: ``_ms`` without "gross" is run time without pauses, as the big clock shows it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from branch.drills.cast import Check, Person, cast_of, checks_of
from branch.drills.outcome import Injected, Marked, anchored_ms, injects_of, marks_of, taken_ms
from branch.drills.queries.runs import RunLine, run_line
from branch.drills.records import ObservationRow, PhotoRow, RunRow
from branch.drills.rules.clock import Course
from branch.drills.rules.scenario import ROLES, Inject, Scenario, Step
from branch.drills.rules.scoring import Line, Score, late_ms, score, shown_result
from branch.drills.run import Run, course_of, find_run
from branch.drills.written import HotWash, hot_wash_of, report_of
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.quality.queries import Action, actions_of

PLANNED, RELEASED, SKIPPED = "planned", "released", "skipped"


@dataclass(frozen=True)
class Mark:
    """A mark in force. ``gross_ms`` is what ``at_ms`` of the command was, ``at`` the time of day.

    ``result`` is done, wrong, missed or not_applicable.
    """

    id: int
    result: str
    gross_ms: int | None
    at_ms: int | None
    at: int
    by: str
    note: str
    number: int | None

    def __repr__(self) -> str:
        return f"Mark({self.id}, {self.result!r})"


@dataclass(frozen=True)
class StepState:
    """A step and how it stands. ``anchored_ms`` is None while its inject has not come;
    ``not_applicable`` says that it will not come any more."""

    step: Step
    anchored_ms: int | None
    mark: Mark | None
    taken_ms: int | None
    not_applicable: bool

    @property
    def late_ms(self) -> int:
        """By how much it was late."""
        return late_ms(self.step, self.taken_ms) if self.mark else 0

    @property
    def due_ms(self) -> int | None:
        """The run time by which it is to be done; None while its inject has not come."""
        if self.anchored_ms is None:
            return None
        return self.anchored_ms + self.step.target_s * 1_000

    def state(self, now_ms: int) -> str:
        """At this run time: waiting, running, overdue, done, late, wrong, missed or
        not_applicable."""
        if self.mark is not None:
            return shown_result(self.step, self.mark.result, self.taken_ms)
        if self.not_applicable:
            return "not_applicable"
        if self.due_ms is None:
            return "waiting"
        return "overdue" if now_ms > self.due_ms else "running"


@dataclass(frozen=True)
class InjectState:
    """An inject: planned, released or skipped; ``at_ms`` when, ``by`` whom.

    ``response_ms`` is how long it took until the first of its steps was done; None so far.
    """

    inject: Inject
    state: str
    at_ms: int | None
    by: str
    response_ms: int | None


@dataclass(frozen=True)
class Observation:
    """Something good (strength) or to mend (area). ``action`` is what was made of it."""

    id: int
    kind: str
    text: str
    cause: str
    step: int | None
    action: int | None
    at_ms: int | None
    by: str

    def __repr__(self) -> str:
        return f"Observation({self.id}, {self.kind!r})"


@dataclass(frozen=True)
class Photo:
    """A photo or a signature, without its bytes: ``OpenPhoto`` gets them by ``id``."""

    id: int
    step: int | None
    kind: str
    media: str
    digest: str
    size: int
    at_ms: int | None
    by: str


@dataclass(frozen=True)
class Casting:
    """A role of the scenario and who plays it, the leading one first."""

    role: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class RunDetail:
    """Everything of a run.

    ``course`` is None before START. ``heads`` are the numbers of its roll call when it ended, by
    kind (staff, visitor, customer, assisted, unlisted, needs_help) and state; while it is on the
    roll call itself (``roll_call``) knows. ``report`` are the fields of a real incident.
    """

    line: RunLine
    scenario: Scenario
    version: int
    plan_version: int
    plan_status: str
    variant: int | None
    place: str
    weather: str
    source: str
    ref: int | None
    turned_ms: int | None
    reason: str
    course: Course | None
    checks: tuple[Check, ...]
    cast: tuple[Casting, ...]
    injects: tuple[InjectState, ...]
    steps: tuple[StepState, ...]
    observations: tuple[Observation, ...]
    photos: tuple[Photo, ...]
    roll_call: int | None
    heads: Mapping[str, Mapping[str, int]]
    hot_wash: HotWash | None
    report: Mapping[str, str]
    actions: tuple[Action, ...]
    reviewed_at: int | None
    reviewed_by: str

    def __repr__(self) -> str:
        return f"RunDetail({self.line.number!r})"

    @property
    def ready(self) -> bool:
        """Whether START is free."""
        return all(check.ok for check in self.checks)

    @property
    def score(self) -> Score:
        """The score as things stand; of a real incident there is none."""
        if self.line.is_real:
            return score(())
        return score([_line(state) for state in self.steps])


def _line(state: StepState) -> Line:
    if state.mark is not None:
        return Line(state.step, state.mark.result, state.taken_ms)
    return Line(state.step, "not_applicable" if state.anchored_ms is None else "missed")


_MORE = Prepared(
    lambda run: RunRow.select(
        RunRow.version,
        RunRow.plan_version,
        RunRow.plan_status,
        RunRow.variant,
        RunRow.place,
        RunRow.weather,
        RunRow.turned_ms,
        RunRow.reason,
        RunRow.head_count,
        RunRow.reviewed_at,
        RunRow.reviewed_by,
    ).where(RunRow.id == run)
)
_OBSERVATIONS = Prepared(
    lambda run: (
        ObservationRow.select(
            ObservationRow.id,
            ObservationRow.kind,
            ObservationRow.text,
            ObservationRow.cause,
            ObservationRow.step,
            ObservationRow.action,
            ObservationRow.at_ms,
            ObservationRow.by,
        )
        .where(ObservationRow.run == run)
        .order_by(ObservationRow.id)
    )
)
_PHOTOS = Prepared(
    lambda run: (
        PhotoRow.select(
            PhotoRow.id,
            PhotoRow.step,
            PhotoRow.kind,
            PhotoRow.media,
            PhotoRow.digest,
            PhotoRow.size,
            PhotoRow.at_ms,
            PhotoRow.by,
        )
        .where(PhotoRow.run == run, PhotoRow.removed_at.is_null())
        .order_by(PhotoRow.id)
    )
)


def run_detail(store: Store, run: int) -> RunDetail | None:
    """The run, or None."""
    line = run_line(store, run)
    if line is None:
        return None
    held = find_run(store, run)
    more = _MORE.one(store, run=run)
    assert more is not None  # its line was there
    names = {member.id: member.name for member in staff_members(store)}
    course = course_of(store, held) if held.started_at is not None else None
    marks, injects = marks_of(store, run), injects_of(store, run)
    steps = tuple(
        _step(store, step, marks.get(step.no), injects, course, held, names)
        for step in held.scenario.steps
    )
    return RunDetail(
        line=line,
        scenario=held.scenario,
        version=more[0],
        plan_version=more[1],
        plan_status=more[2],
        variant=more[3],
        place=more[4],
        weather=more[5],
        source=held.source,
        ref=held.ref,
        turned_ms=_net(course, more[6]),
        reason=more[7],
        course=course,
        checks=() if held.started_at is not None else checks_of(store, held),
        cast=_cast(store, held, names),
        injects=_injects(held.scenario, injects, steps, course, names),
        steps=steps,
        observations=_observations(store, run, course, names),
        photos=_photos(store, run, course, names),
        roll_call=held.roll_call,
        heads=json.loads(more[8]) if more[8] else {},
        hot_wash=hot_wash_of(store, run),
        report=report_of(store, run) if held.is_real else {},
        actions=actions_of(store, "drill", run),
        reviewed_at=more[9],
        reviewed_by=names.get(more[10], ""),
    )


def _net(course: Course | None, gross: int | None) -> int | None:
    return None if course is None or gross is None else course.net(gross)


def _cast(store: Store, run: Run, names: Mapping[int, str]) -> tuple[Casting, ...]:
    cast = cast_of(store, run.id)
    wanted = (*run.scenario.roles, *cast, "REC")
    return tuple(
        Casting(role, tuple(Person(one, names.get(one, "")) for one in cast.get(role, ())))
        for role in ROLES
        if role in wanted
    )


def _step(
    store: Store,
    step: Step,
    mark: Marked | None,
    injects: dict[int, Injected],
    course: Course | None,
    run: Run,
    names: Mapping[int, str],
) -> StepState:
    began = anchored_ms(step, injects, course) if course else None
    inject = injects.get(step.inject) if step.inject else None
    never = began is None and (
        run.ended_ms is not None or (inject is not None and inject.state == SKIPPED)
    )
    if mark is None or course is None:
        return StepState(step, began, None, None, never)
    shown = Mark(
        mark.id,
        mark.result,
        mark.at_ms,
        _net(course, mark.at_ms),
        mark.at,
        names.get(mark.by, ""),
        store.sealer.open(mark.sealed_note, "drill_mark.note"),
        mark.number,
    )
    return StepState(step, began, shown, taken_ms(step, mark, injects, course), never)


def _photos(
    store: Store, run: int, course: Course | None, names: Mapping[int, str]
) -> tuple[Photo, ...]:
    return tuple(
        Photo(photo, step, kind, media, digest, size, _net(course, at_ms), names.get(by, ""))
        for photo, step, kind, media, digest, size, at_ms, by in _PHOTOS.all(store, run=run)
    )


def _injects(
    scenario: Scenario,
    injects: dict[int, Injected],
    steps: tuple[StepState, ...],
    course: Course | None,
    names: Mapping[int, str],
) -> tuple[InjectState, ...]:
    found = []
    for inject in scenario.injects:
        there = injects.get(inject.no)
        if there is None or course is None:
            found.append(InjectState(inject, PLANNED, None, "", None))
            continue
        at = course.net(there.at_ms)
        found.append(
            InjectState(
                inject,
                there.state,
                at,
                names.get(there.by, ""),
                _response(inject, at, steps) if there.state == RELEASED else None,
            )
        )
    return tuple(found)


def _response(inject: Inject, at: int, steps: tuple[StepState, ...]) -> int | None:
    """Until the first of its steps was done. What happens at START is answered by the first
    step that counts from there."""
    times = [
        state.mark.at_ms - at
        for state in steps
        if (state.step.inject == inject.no or (inject.no == 1 and state.step.inject is None))
        and state.mark is not None
        and state.mark.result == "done"
        and state.mark.at_ms is not None
        and state.mark.at_ms >= at
    ]
    return min(times, default=None)


def _observations(
    store: Store, run: int, course: Course | None, names: Mapping[int, str]
) -> tuple[Observation, ...]:
    found: list[Observation] = []
    for identity, kind, sealed, cause, step, action, at_ms, by in _OBSERVATIONS.all(store, run=run):
        text = store.sealer.open(sealed, "drill_observation.text")
        shown = Observation(
            identity, kind, text, cause, step, action, _net(course, at_ms), names.get(by, "")
        )
        found.append(shown)
    return tuple(found)
