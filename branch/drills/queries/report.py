"""Everything that the after-action report of a run needs, in one frozen row; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from branch.drills.queries.detail import RunDetail, run_detail
from branch.drills.queries.plans import PlanVersion, plan_versions
from branch.drills.rules.scoring import LATE, Score, shown_result
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow
from branch.kernel.store import Store


@dataclass(frozen=True)
class HeadCount:
    """Heads at the end: accounted for (safe, or known not to be here) of all, by kind.

    ``needs_help`` are those among them who cannot leave alone (NFPA 101 4.7).
    """

    staff: tuple[int, int]
    visitors: tuple[int, int]
    customers: tuple[int, int]
    needs_help: tuple[int, int]
    unlisted: int
    missing: int

    @property
    def all(self) -> tuple[int, int]:
        """Everybody."""
        kinds = (self.staff, self.visitors, self.customers)
        return (
            sum(kind[0] for kind in kinds) + self.unlisted,
            sum(kind[1] for kind in kinds) + self.unlisted,
        )


@dataclass(frozen=True)
class Figures:
    """The four figures at the head of the report.

    ``elapsed_ms`` is the run without its pauses, ``last_ms`` when the last of the steps with a
    target was done; of ``applicable`` steps ``in_time`` were done in time, ``late`` late.
    ``response_ms`` is the median answer to ``responses`` injects, None without any.
    """

    elapsed_ms: int
    planned_minutes: int
    last_ms: int | None
    applicable: int
    in_time: int
    late: int
    wrong: int
    missed: int
    response_ms: int | None
    responses: int


@dataclass(frozen=True)
class AfterAction:
    """A run that has ended, for paper.

    ``run`` has steps with target and actual, injects, observations, actions, photos, cast, hot
    wash, and the report of a real incident. ``heads`` is None where nobody counted.
    ``plan_changes`` are the versions of the plan that answer an action of this run.
    """

    branch_code: str
    branch: str
    branch_en: str
    zone: str
    run: RunDetail
    figures: Figures
    score: Score
    heads: HeadCount | None
    plan_changes: tuple[PlanVersion, ...]

    def __repr__(self) -> str:
        return f"AfterAction({self.run.line.number!r})"


_BRANCH = Prepared(
    lambda: BranchRow.select(BranchRow.code, BranchRow.name_zh, BranchRow.name_en, BranchRow.zone)
)


def after_action(store: Store, run: int) -> AfterAction | None:
    """The report of a run; None for one unknown or not ended yet."""
    detail = run_detail(store, run)
    if detail is None or detail.course is None or detail.course.ended_ms is None:
        return None
    branch = _BRANCH.one(store)
    assert branch is not None  # queries run in a branch
    actions = {action.id for action in detail.actions}
    return AfterAction(
        branch_code=branch[0],
        branch=branch[1],
        branch_en=branch[2],
        zone=branch[3],
        run=detail,
        figures=_figures(detail, detail.course.net(detail.course.ended_ms)),
        score=detail.score,
        heads=_heads(detail) if detail.heads else None,
        plan_changes=tuple(
            version
            for version in plan_versions(store, detail.line.code)
            if version.because_action in actions
        ),
    )


def _figures(run: RunDetail, elapsed: int) -> Figures:
    states = [state.state(elapsed) for state in run.steps]
    # What nobody marked in a drill was missed; a real incident did not go by the scenario.
    unmarked = sum(state in ("running", "overdue") for state in states)
    results = [
        shown_result(state.step, state.mark.result, state.taken_ms)
        for state in run.steps
        if state.mark is not None
    ]
    missed = results.count("missed") + (0 if run.line.is_real else unmarked)
    counted = {name: results.count(name) for name in ("done", LATE, "wrong")}
    times = [
        state.mark.at_ms
        for state in run.steps
        if state.mark is not None and state.mark.at_ms is not None
    ]
    answers = [inject.response_ms for inject in run.injects if inject.response_ms is not None]
    return Figures(
        elapsed_ms=elapsed,
        planned_minutes=run.scenario.planned_minutes,
        last_ms=max(times, default=None),
        applicable=sum(counted.values()) + missed,
        in_time=counted["done"],
        late=counted[LATE],
        wrong=counted["wrong"],
        missed=missed,
        response_ms=round(median(answers)) if answers else None,
        responses=len(answers),
    )


def _heads(run: RunDetail) -> HeadCount:
    def count(*kinds: str) -> tuple[int, int]:
        there = [run.heads.get(kind, {}) for kind in kinds]
        known = sum(states.get("safe", 0) + states.get("not_here", 0) for states in there)
        return known, sum(sum(states.values()) for states in there)

    return HeadCount(
        staff=count("staff"),
        visitors=count("visitor"),
        customers=count("customer", "assisted"),
        needs_help=count("needs_help"),
        unlisted=count("unlisted")[1],
        missing=sum(
            states.get("missing", 0) for kind, states in run.heads.items() if kind != "needs_help"
        ),
    )
