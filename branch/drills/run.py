"""One run as the commands hold it: found, numbered, changed, recorded, and its time told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from peewee import fn

from branch.drills.records import (
    CorrectionRow,
    InjectRow,
    MarkRow,
    PauseRow,
    RunNumberRow,
    RunRow,
)
from branch.drills.rules.clock import Course, Pause
from branch.drills.rules.run import State, require
from branch.drills.rules.scenario import Scenario
from branch.drills.scenario_text import from_text, to_text
from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotFound
from branch.kernel.journal import Scalar
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.people.rules import readable

LONGEST_TEXT = 1_000
# Nobody drills for longer: a larger time is a slip of the station's clock.
LONGEST_RUN_MS = 24 * 3_600_000
# 演练, 事件: the number says on paper which of the two it was.
_LETTERS = {"drill": "YL", "incident": "SJ"}

FIELDS = (
    "id",
    "number",
    "code",
    "version",
    "snapshot",
    "form",
    "state",
    "is_real",
    "due_on",
    "started_at",
    "ended_ms",
    "roll_call",
    "source",
    "ref",
)


@dataclass(frozen=True)
class Run:
    """What a command needs to know of a run; columns as in ``RunRow``."""

    id: int
    number: str
    code: str
    version: int
    snapshot: str
    form: str
    state: str
    is_real: bool
    due_on: str
    started_at: int | None
    ended_ms: int | None
    roll_call: int | None
    source: str
    ref: int | None

    @property
    def began_real(self) -> bool:
        """Whether it was an incident from its first second, and no drill before."""
        return self.is_real and self.source != "drill"

    @property
    def scenario(self) -> Scenario:
        """The scenario as it was when the run was planned, or when it was started."""
        return scenario_of(self.snapshot)


# A snapshot is read anew by every command of its run, some ten kilobytes each time.
@lru_cache(maxsize=64)
def scenario_of(snapshot: str) -> Scenario:
    """The scenario that a snapshot keeps."""
    return from_text(snapshot)


_FIND = Prepared(
    lambda run: RunRow.select(*(getattr(RunRow, name) for name in FIELDS)).where(RunRow.id == run)
)
_NEXT = Prepared(
    lambda kind, year: (
        RunNumberRow.insert(
            {RunNumberRow.kind: kind, RunNumberRow.year: year, RunNumberRow.last: 1}
        )
        .on_conflict(
            conflict_target=[RunNumberRow.kind, RunNumberRow.year],
            update={RunNumberRow.last: RunNumberRow.last + 1},
        )
        .returning(RunNumberRow.last)
    )
)
_PAUSES = Prepared(
    lambda run: (
        PauseRow.select(PauseRow.from_ms, PauseRow.to_ms)
        .where(PauseRow.run == run)
        .order_by(PauseRow.id)
    )
)
_CORRECTED = Prepared(
    lambda run: (
        CorrectionRow.select(CorrectionRow.station, fn.SUM(CorrectionRow.by_ms))
        .where(CorrectionRow.run == run)
        .group_by(CorrectionRow.station)
    )
)
_NEWEST_MARK = Prepared(lambda run: MarkRow.select(fn.MAX(MarkRow.at_ms)).where(MarkRow.run == run))
_NEWEST_INJECT = Prepared(
    lambda run: InjectRow.select(fn.MAX(InjectRow.at_ms)).where(InjectRow.run == run)
)


def find_run(store: Store, identity: int) -> Run:
    """The run of this id; raises NotFound."""
    row = _FIND.one(store, run=identity)
    if row is None:
        raise NotFound("drill_unknown")
    return Run(*row)


def taken(work: Work, identity: int, step: str) -> Run:
    """The run, if ``step`` may be taken with it now; raises NotFound, Stale."""
    run = find_run(work.store, identity)
    require(step, run.state)
    return run


def new_run(work: Work, scenario: Scenario, **values: Any) -> int:
    """Write a run with its number and the scenario as it is now; returns its id."""
    today = local_date(work.now, work.zone)
    kind = "incident" if values.get("is_real") else "drill"
    last = _NEXT.one(work.store, kind=kind, year=today.year)
    assert last is not None  # an INSERT with RETURNING gives its row
    row = {
        **_EMPTY,
        "number": f"{_LETTERS[kind]}-{today.year}-{last[0]:02d}",
        "code": scenario.code,
        "snapshot": to_text(scenario),
        "planned_at": work.now,
        "planned_by": work.actor.staff,
        "due_on": today.isoformat(),
        "rev": work.revision,
        **values,
    }
    query = RunRow.insert(row).returning(RunRow.id).tuples()
    return int(next(iter(query.execute(work.store.database)))[0])


def change(work: Work, run: Run, **values: Any) -> None:
    """Write columns of a run; its ``rev`` becomes the revision of the fact recorded next."""
    query = RunRow.update({**values, "rev": work.revision}).where(RunRow.id == run.id)
    query.execute(work.store.database)


def note(work: Work, run: int, what: str, **data: Scalar | list[str]) -> int:
    """Record a fact about a run: codes, numbers and times only; returns its revision."""
    return work.record(f"drill.{what}", run, **data)


def course_of(store: Store, run: Run) -> Course:
    """How the time of a run that was started went."""
    assert run.started_at is not None  # asked for runs that were started only
    pauses = tuple(Pause(*row) for row in _PAUSES.all(store, run=run.id))
    moments = [0, *(pause.to_ms or pause.from_ms for pause in pauses)]
    for query in (_NEWEST_MARK, _NEWEST_INJECT):
        row = query.one(store, run=run.id)
        moments.append((row[0] if row else None) or 0)
    corrected = {station: int(by) for station, by in _CORRECTED.all(store, run=run.id)}
    return Course(run.started_at, run.ended_ms, pauses, max(moments), corrected)


def moment(work: Work, run: Run, at_ms: int | None) -> int:
    """The moment of run time that a command is about: what the station says, or the time of day.

    Raises BadInput for a time that the run cannot have had.
    """
    if at_ms is None:
        return course_of(work.store, run).by_wall(work.now, work.actor.station)
    most = LONGEST_RUN_MS if run.ended_ms is None else run.ended_ms
    if not 0 <= at_ms <= most:
        raise BadInput("drill_time", field="at_ms")
    return at_ms


def noted_at(work: Work, run: Run, at_ms: int | None) -> int | None:
    """The moment that something was noted at; None for what is noted after the end without one.

    Raises BadInput as ``moment`` does.
    """
    if at_ms is None and run.ended_ms is not None:
        return None
    return moment(work, run, at_ms)


def shown_time(ms: int) -> str:
    """A run time as people say it: 03:42, from an hour on 1:03:42."""
    minutes, seconds = divmod(max(0, ms) // 1_000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"


def staff_name(store: Store, staff: int) -> str:
    """What a member of staff is called."""
    return next((one.name for one in staff_members(store) if one.id == staff), "")


def checked_text(text: str, field: str, longest: int = LONGEST_TEXT) -> str:
    """An optional text of several lines as it is kept; raises BadInput when too long."""
    plain = "\n".join(readable(line) for line in text.splitlines()).strip()
    if len(plain) > longest:
        raise BadInput("field_too_long", field=field, longest=longest, length=len(plain))
    return plain


_EMPTY: dict[str, Any] = {
    "version": 0,
    "plan_version": 0,
    "plan_status": "",
    "form": "",
    "variant": None,
    "state": State.PLANNED,
    "is_real": False,
    "level": "",
    "source": "",
    "ref": None,
    "place": "",
    "weather": "",
    "started_at": None,
    "started_by": None,
    "turned_ms": None,
    "ended_ms": None,
    "ended_at": None,
    "ended_by": None,
    "reason": "",
    "roll_call": None,
    "head_count": "",
    "report": "",
    "hot_wash": "",
    "score": None,
    "grade": "",
    "capped": False,
    "reviewed_at": None,
    "reviewed_by": None,
}
