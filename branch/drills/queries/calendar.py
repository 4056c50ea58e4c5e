"""Which drill is due when: the last one and how often; overdue is derived; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from peewee import fn

from branch.drills.queries.frequency import frequency
from branch.drills.queries.scenarios import scenarios
from branch.drills.records import RunRow
from branch.drills.rules.run import State
from branch.drills.rules.scenario import Words
from branch.kernel.clock import local_date
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow, JournalRow
from branch.kernel.store import Store


@dataclass(frozen=True)
class Due:
    """When a scenario is to be drilled again. Days ISO, ``last_on`` empty before the first.

    ``days`` holds: the branch's choice within head office's lock. ``planned_run`` is the next one
    that is planned. Only what was drilled to its end counts, never a real incident.
    """

    code: str
    name: Words
    days: int
    default_days: int
    locked_days: int | None
    basis: tuple[Words, ...]
    last_on: str
    last_run: int | None
    due_on: str
    overdue: bool
    planned_run: int | None
    planned_on: str


_LAST = Prepared(
    lambda: (
        RunRow.select(RunRow.code, fn.MAX(RunRow.started_at), fn.MAX(RunRow.id))
        .where(
            RunRow.state.in_([str(State.ENDED), str(State.REVIEWED)]),
            ~RunRow.is_real,
            RunRow.reason == "finished",
        )
        .group_by(RunRow.code)
    )
)
_PLANNED = Prepared(
    lambda: (
        RunRow.select(RunRow.code, RunRow.id, RunRow.due_on)
        .where(RunRow.state == str(State.PLANNED))
        .order_by(RunRow.due_on, RunRow.id)
    )
)
_ZONE = Prepared(lambda: BranchRow.select(BranchRow.zone))
_FOUNDED = Prepared(lambda: JournalRow.select(JournalRow.at).order_by(JournalRow.revision).limit(1))


def drill_calendar(store: Store, today: date) -> tuple[Due, ...]:
    """Every scenario with its due day, the earliest first.

    One never drilled is due its whole time after the branch began.
    """
    zone_row, founded_row = _ZONE.one(store), _FOUNDED.one(store)
    assert zone_row is not None  # queries run in a branch
    assert founded_row is not None  # whose first entry says that it began
    zone = ZoneInfo(zone_row[0])
    founded = local_date(founded_row[0], zone)
    last = {code: (local_date(at, zone), run) for code, at, run in _LAST.all(store)}
    planned: dict[str, tuple[int, str]] = {}
    for code, run, on in _PLANNED.all(store):
        planned.setdefault(code, (run, on))
    found = []
    for kept in scenarios(store):
        scenario = kept.scenario
        chosen = frequency(store, scenario.code)
        days = chosen.of(scenario.frequency_days)
        done_on, done = last.get(scenario.code, (None, None))
        due = (done_on or founded) + timedelta(days=days)
        next_run, next_on = planned.get(scenario.code, (None, ""))
        found.append(
            Due(
                scenario.code,
                scenario.name,
                days,
                scenario.frequency_days,
                chosen.locked or None,
                scenario.basis,
                done_on.isoformat() if done_on else "",
                done,
                due.isoformat(),
                due < today,
                next_run,
                next_on,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.due_on, one.code)))
