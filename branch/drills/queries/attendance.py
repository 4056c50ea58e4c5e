"""Who took part in which drill and in which role; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.drills.queries.runs import RunLine, run_lines
from branch.drills.records import CastRow, RunRow
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members


@dataclass(frozen=True)
class Attendance:
    """Somebody in a run that was begun; ``roles`` are the codes of what he played, in order."""

    staff: int
    name: str
    run: RunLine
    roles: tuple[str, ...]


_CAST = Prepared(
    lambda: (
        CastRow.select(CastRow.run, CastRow.staff, CastRow.role)
        .join(RunRow, on=(RunRow.id == CastRow.run))
        .where(RunRow.started_at.is_null(False))
        .order_by(CastRow.run.desc(), CastRow.position, CastRow.role)
    )
)


def attendances(store: Store, most: int = 200) -> tuple[Attendance, ...]:
    """Who was cast in each of the last runs that were begun (handbook 001 section 7.2.2: regular
    drills), the newest run first; those who only watched are not on record."""
    runs = {line.id: line for line in run_lines(store, most)}
    names = {member.id: member.name for member in staff_members(store)}
    roles: dict[tuple[int, int], list[str]] = {}
    for run, staff, role in _CAST.all(store):
        if run in runs:
            roles.setdefault((run, staff), []).append(role)
    return tuple(
        Attendance(staff, names.get(staff, ""), runs[run], tuple(played))
        for (run, staff), played in roles.items()
    )
