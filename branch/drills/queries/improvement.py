"""From drill to finding to better plan to the next drill: one row a finding; writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from branch.drills.outcome import lines_of
from branch.drills.queries.plans import PlanVersion, plan_versions
from branch.drills.queries.runs import RunLine, finished_runs
from branch.drills.queries.scenarios import scenarios
from branch.drills.records import ObservationRow
from branch.drills.rules.scenario import Words
from branch.drills.rules.scoring import DONE, PASSED, shown_result
from branch.drills.run import course_of, find_run
from branch.kernel.clock import local_date
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow
from branch.kernel.store import Store
from branch.quality.queries import Action, actions_of


@dataclass(frozen=True)
class Improvement:
    """A finding of a drill or an incident, and what came of it. Days ISO, empty for none.

    ``plan_version`` is the version that answers its action (``plan_status`` draft, effective or
    superseded). ``next_result`` is what became of the same step in the first drill begun after
    that, or of the whole drill (passed, failed) where no step is named. ``closed_loop`` says that
    the action is closed, and the next drill went well.
    """

    code: str
    name: Words
    run: int
    number: str
    day: str
    finding: str
    cause: str
    step: int | None
    action: int | None
    action_text: str
    action_state: str
    owner: str
    due_on: str
    plan_version: int | None
    plan_status: str
    next_run: int | None
    next_number: str
    next_day: str
    next_result: str
    closed_loop: bool

    def __repr__(self) -> str:
        return f"Improvement({self.number!r})"


_AREAS = Prepared(
    lambda run: (
        ObservationRow.select(
            ObservationRow.text,
            ObservationRow.cause,
            ObservationRow.step,
            ObservationRow.action,
        )
        .where(ObservationRow.run == run, ObservationRow.kind == "area")
        .order_by(ObservationRow.id)
    )
)
_ZONE = Prepared(lambda: BranchRow.select(BranchRow.zone))


def improvements(store: Store, code: str = "") -> tuple[Improvement, ...]:
    """The findings of one scenario, or of all; the newest run first."""
    row = _ZONE.one(store)
    assert row is not None  # queries run in a branch
    zone = ZoneInfo(row[0])
    found: list[Improvement] = []
    for kept in scenarios(store):
        if code in ("", kept.scenario.code):
            found += _of_scenario(store, kept.scenario.code, zone)
    return tuple(sorted(found, key=lambda one: -one.run))


def _of_scenario(store: Store, code: str, zone: ZoneInfo) -> list[Improvement]:
    runs = finished_runs(store, code)
    if not runs:
        return []
    versions = plan_versions(store, code)
    return [
        one
        for at, run in enumerate(runs)
        for one in _of_run(store, run, runs[at + 1 :], versions, zone)
    ]


def _of_run(
    store: Store,
    run: RunLine,
    later: Sequence[RunLine],
    versions: Sequence[PlanVersion],
    zone: ZoneInfo,
) -> list[Improvement]:
    actions = {action.id: action for action in actions_of(store, "drill", run.id)}
    found = []
    for sealed, cause, step, action_id in _AREAS.all(store, run=run.id):
        action = actions.get(action_id)
        answer = next(
            (one for one in versions if action_id is not None and one.because_action == action_id),
            None,
        )
        then = _next(later, action, answer)
        result = _result(store, then, step) if then else ""
        found.append(
            Improvement(
                code=run.code,
                name=run.name,
                run=run.id,
                number=run.number,
                day=_day(run, zone),
                finding=store.sealer.open(sealed, "drill_observation.text"),
                cause=cause,
                step=step,
                action=action_id,
                action_text=action.text if action else "",
                action_state=action.state if action else "",
                owner=action.owner_name if action else "",
                due_on=action.due_on if action else "",
                plan_version=answer.version if answer else None,
                plan_status=answer.status if answer else "",
                next_run=then.id if then else None,
                next_number=then.number if then else "",
                next_day=_day(then, zone) if then else "",
                next_result=result,
                closed_loop=(
                    action is not None and action.state == "closed" and result in (DONE, "passed")
                ),
            )
        )
    return found


def _next(
    later: Sequence[RunLine], action: Action | None, answer: PlanVersion | None
) -> RunLine | None:
    """The first drill begun after what was mended: the plan approved, else the action done."""
    if answer is not None:
        mended = answer.approved_at
    else:
        mended = action.done_at if action is not None else None
    if mended is None:
        return None
    return next(
        (
            run
            for run in later
            if not run.is_real and run.started_at is not None and run.started_at >= mended
        ),
        None,
    )


def _result(store: Store, run: RunLine, step: int | None) -> str:
    if step is None:
        if run.score is None:
            return ""
        return "passed" if run.score >= PASSED else "failed"
    held = find_run(store, run.id)
    for line in lines_of(store, held, course_of(store, held)):
        if line.step.no == step:
            return shown_result(line.step, line.result, line.taken_ms)
    return ""


def _day(run: RunLine, zone: ZoneInfo) -> str:
    return local_date(run.started_at, zone).isoformat() if run.started_at is not None else ""
