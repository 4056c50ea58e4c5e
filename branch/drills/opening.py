"""The emergency plan is opened: a real incident begins, within whatever command found it out."""

from __future__ import annotations

from branch.drills.queries.plans import plan_in_force
from branch.drills.queries.runs import incident_of
from branch.drills.queries.scenarios import scenario
from branch.drills.rules.run import SOURCES, State, known
from branch.drills.run import new_run, note
from branch.kernel.errors import NotFound
from branch.kernel.runner import Work


def open_plan(work: Work, code: str, source: str = "", ref: int | None = None) -> int:
    """Open the plan of a scenario for what is really happening; returns the incident's id.

    ``source`` and ``ref`` say what it comes from (``complaint`` and its id); while that one's
    incident is open it stays one. Calling in the lobby goes on: a complaint stops nobody's
    service. Raises NotFound for an unknown scenario.
    """
    known(source, SOURCES, "source")
    kept = scenario(work.store, code)
    if kept is None:
        raise NotFound("scenario_unknown")
    if ref is not None:
        there = incident_of(work.store, code, source, ref)
        if there is not None:
            return there
    plan = plan_in_force(work.store, code)
    run = new_run(
        work,
        kept.scenario,
        version=kept.version,
        plan_version=plan.version if plan else 0,
        plan_status=plan.status if plan else "",
        is_real=True,
        level=kept.scenario.level,
        source=source,
        ref=ref,
        state=State.RUNNING,
        started_at=work.now,
        started_by=work.actor.staff,
    )
    note(work, run, "incident_opened", code=code, source=source, ref=ref)
    return run
