"""Who plays what in a run, and whether START is free; decides by the rules, writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.drills.records import CastRow, CheckRow
from branch.drills.rules.run import AUTOMATIC, CHECKS, is_recorder_apart, lacking_roles
from branch.drills.run import Run
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members


@dataclass(frozen=True)
class Person:
    """A member of staff in a role."""

    staff: int
    name: str


@dataclass(frozen=True)
class Check:
    """An item of the list before START. ``automatic`` ones the program sees itself.

    ``at`` is milliseconds, None for what is open or automatic.
    """

    item: str
    automatic: bool
    ok: bool
    at: int | None
    by: str


_CAST = Prepared(
    lambda run: (
        CastRow.select(CastRow.role, CastRow.staff)
        .where(CastRow.run == run)
        .order_by(CastRow.position)
    )
)
_TICKED = Prepared(
    lambda run: CheckRow.select(CheckRow.item, CheckRow.at, CheckRow.by).where(CheckRow.run == run)
)


def cast_of(store: Store, run: int) -> dict[str, tuple[int, ...]]:
    """The accounts that play each role, the leading one first."""
    found: dict[str, tuple[int, ...]] = {}
    for role, staff in _CAST.all(store, run=run):
        found[role] = (*found.get(role, ()), staff)
    return found


def checks_of(store: Store, run: Run) -> tuple[Check, ...]:
    """The list before START: what the program sees, then what somebody ticks."""
    members = {member.id: member for member in staff_members(store)}
    cast = cast_of(store, run.id)
    playing = {staff for people in cast.values() for staff in people}
    seen = {
        "roles": not lacking_roles(run.scenario.roles, cast) and is_recorder_apart(cast),
        "people": bool(playing)
        and all(members[staff].active and not members[staff].is_station for staff in playing),
    }
    ticked = {item: (at, by) for item, at, by in _TICKED.all(store, run=run.id)}
    checks = [Check(item, True, seen[item], None, "") for item in AUTOMATIC]
    for item in CHECKS.get(run.form, ()):
        at, by = ticked.get(item, (None, None))
        name = members[by].name if by in members else ""
        checks.append(Check(item, False, at is not None, at, name))
    return tuple(checks)
