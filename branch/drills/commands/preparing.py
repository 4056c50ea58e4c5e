"""A drill is planned and prepared: form and day, who plays what, the list before START."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branch.drills.queries.plans import plan_in_force
from branch.drills.queries.scenarios import scenario
from branch.drills.records import CastRow, CheckRow
from branch.drills.rules.run import CANCEL_REASONS, CHECKS, FORMS, WEATHER, State, known
from branch.drills.rules.scenario import ROLES, Scenario
from branch.drills.run import change, checked_text, new_run, note, taken
from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotFound
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.people.queries import staff_members

_LONGEST_PLACE = 60


@dataclass(frozen=True)
class PlanRun:
    """Plan a drill for a day, today for one that begins now; returns the run's id.

    ``variant`` is which of the scenario's variants is played, from 0 on.
    """

    code: str
    form: str
    due_on: date
    variant: int | None = None
    place: str = ""


@dataclass(frozen=True)
class ChangeRun:
    """Put right what was planned, until START."""

    run: int
    form: str
    due_on: date
    variant: int | None = None
    place: str = ""
    weather: str = ""


@dataclass(frozen=True)
class AssignRole:
    """Who plays a role, the first one leading; nobody leaves it open."""

    run: int
    role: str
    staff: tuple[int, ...]


@dataclass(frozen=True)
class TickCheck:
    """Tick an item of the list before START, or take the tick back."""

    run: int
    item: str
    ok: bool = True


@dataclass(frozen=True)
class CancelRun:
    """A planned drill does not take place."""

    run: int
    reason: str


_CLEAR = Prepared(lambda run, role: delete(CastRow).where(CastRow.run == run, CastRow.role == role))
_CAST = Prepared(
    lambda run, role, staff, position: CastRow.insert(
        {
            CastRow.run: run,
            CastRow.role: role,
            CastRow.staff: staff,
            CastRow.position: position,
        }
    )
)
_TICK = Prepared(
    lambda run, item, at, by: CheckRow.insert(
        {CheckRow.run: run, CheckRow.item: item, CheckRow.at: at, CheckRow.by: by}
    ).on_conflict(
        conflict_target=[CheckRow.run, CheckRow.item], update={CheckRow.at: at, CheckRow.by: by}
    )
)
_UNTICK = Prepared(
    lambda run, item: delete(CheckRow).where(CheckRow.run == run, CheckRow.item == item)
)
_UNTICK_ALL = Prepared(lambda run: delete(CheckRow).where(CheckRow.run == run))


def plan_run(work: Work, command: PlanRun) -> int:
    """Plan; raises NotFound for an unknown scenario, BadInput for a day gone by."""
    kept = scenario(work.store, command.code)
    if kept is None:
        raise NotFound("scenario_unknown")
    values = _checked(work, kept.scenario, command)
    plan = plan_in_force(work.store, command.code)
    run = new_run(
        work,
        kept.scenario,
        version=kept.version,
        plan_version=plan.version if plan else 0,
        plan_status=plan.status if plan else "",
        **values,
    )
    note(work, run, "planned", code=command.code, form=command.form, due=values["due_on"])
    return run


def change_run(work: Work, command: ChangeRun) -> None:
    """Change; another form has another list, so every tick is asked for again."""
    run = taken(work, command.run, "prepare")
    known(command.weather, WEATHER, "weather")
    values = _checked(work, run.scenario, command)
    if values["form"] != run.form:
        _UNTICK_ALL.run(work.store, run=run.id)
    change(work, run, weather=command.weather, **values)
    note(work, run.id, "changed", form=command.form, due=values["due_on"])


def assign_role(work: Work, command: AssignRole) -> None:
    """Assign; raises BadInput for an account that is closed or a station's."""
    run = taken(work, command.run, "cast")
    known(command.role, ROLES, "role")
    people = {one.id for one in staff_members(work.store) if one.active and not one.is_station}
    chosen = tuple(dict.fromkeys(command.staff))
    if not people.issuperset(chosen):
        raise BadInput("staff_unknown_here", field="staff")
    _CLEAR.run(work.store, run=run.id, role=command.role)
    for position, staff in enumerate(chosen):
        _CAST.run(work.store, run=run.id, role=command.role, staff=staff, position=position)
    note(work, run.id, "role_assigned", role=command.role, staff=[str(one) for one in chosen])


def tick_check(work: Work, command: TickCheck) -> None:
    """Tick or untick."""
    run = taken(work, command.run, "prepare")
    known(command.item, CHECKS[run.form], "item")
    if command.ok:
        _TICK.run(work.store, run=run.id, item=command.item, at=work.now, by=work.actor.staff)
    else:
        _UNTICK.run(work.store, run=run.id, item=command.item)
    note(work, run.id, "check_ticked", item=command.item, ok=command.ok)


def cancel_run(work: Work, command: CancelRun) -> None:
    """Cancel what was planned; its number stays used."""
    run = taken(work, command.run, "cancel")
    known(command.reason, CANCEL_REASONS, "reason")
    change(work, run, state=State.CANCELLED, reason=command.reason)
    note(work, run.id, "cancelled", reason=command.reason)


def _checked(
    work: Work, scenario: Scenario, command: PlanRun | ChangeRun
) -> dict[str, str | int | None]:
    known(command.form, FORMS, "form")
    if command.due_on < local_date(work.now, work.zone):
        raise BadInput("drill_day_past", field="due_on")
    if command.variant is not None and not 0 <= command.variant < len(scenario.variants):
        raise BadInput("drill_variant_unknown", field="variant")
    return {
        "form": command.form,
        "due_on": command.due_on.isoformat(),
        "variant": command.variant,
        "place": " ".join(checked_text(command.place, "place", _LONGEST_PLACE).split()),
    }


HANDLERS: dict[type, Handler] = {
    PlanRun: Handler(plan_run),
    ChangeRun: Handler(change_run),
    AssignRole: Handler(assign_role),
    TickCheck: Handler(tick_check),
    CancelRun: Handler(cancel_run),
}
