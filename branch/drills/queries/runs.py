"""Drills and incidents as lists show them; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from branch.drills.records import CastRow, ObservationRow, PhotoRow, RunRow
from branch.drills.rules.run import ON, State
from branch.drills.rules.scenario import Words
from branch.drills.run import scenario_of
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members


@dataclass(frozen=True)
class RunLine:
    """A run. Instants in milliseconds, ``due_on`` ISO.

    ``conductor`` is who leads it, ``ended_ms`` how long it took with its pauses. ``turned`` says
    that it began as a drill and became real. ``score`` is None until it was reviewed.
    """

    id: int
    number: str
    code: str
    name: Words
    form: str
    state: str
    is_real: bool
    turned: bool
    level: str
    due_on: str
    started_at: int | None
    ended_at: int | None
    ended_ms: int | None
    score: float | None
    grade: str
    conductor: str

    @property
    def is_on(self) -> bool:
        """Whether it is running or paused."""
        return self.state in ON


_CONDUCTOR = CastRow.alias()
_FIELDS = (
    RunRow.id,
    RunRow.number,
    RunRow.code,
    RunRow.snapshot,
    RunRow.form,
    RunRow.state,
    RunRow.is_real,
    RunRow.turned_ms,
    RunRow.level,
    RunRow.due_on,
    RunRow.started_at,
    RunRow.ended_at,
    RunRow.ended_ms,
    RunRow.score,
    RunRow.grade,
    _CONDUCTOR.staff,
)


def _lines() -> Any:
    return RunRow.select(*_FIELDS).join(
        _CONDUCTOR,
        JOIN.LEFT_OUTER,
        on=(
            (_CONDUCTOR.run == RunRow.id) & (_CONDUCTOR.role == "CMD") & (_CONDUCTOR.position == 0)
        ),
    )


_ALL = Prepared(lambda most: _lines().order_by(RunRow.id.desc()).limit(most))
_ONE = Prepared(lambda run: _lines().where(RunRow.id == run))
_ON = Prepared(
    lambda: (
        _lines()
        .where(RunRow.state.in_([str(state) for state in sorted(ON)]))
        .order_by(RunRow.id.desc())
    )
)
_FROM = Prepared(
    lambda code, source, ref: RunRow.select(RunRow.id).where(
        RunRow.code == code,
        RunRow.source == source,
        RunRow.ref == ref,
        RunRow.state.in_([str(state) for state in sorted(ON)]),
    )
)
_SOURCE = Prepared(lambda run: RunRow.select(RunRow.source, RunRow.ref).where(RunRow.id == run))
_OF_PHOTO = Prepared(lambda photo: PhotoRow.select(PhotoRow.run).where(PhotoRow.id == photo))
_OF_OBSERVATION = Prepared(
    lambda observation: ObservationRow.select(ObservationRow.run).where(
        ObservationRow.id == observation
    )
)
_OF_CODE = Prepared(
    lambda code: (
        _lines()
        .where(RunRow.code == code, RunRow.state.in_([str(State.ENDED), str(State.REVIEWED)]))
        .order_by(RunRow.id)
    )
)


def run_lines(store: Store, most: int = 200) -> tuple[RunLine, ...]:
    """The last drills and incidents, the newest first."""
    return _made(store, _ALL.all(store, most=most))


def run_line(store: Store, run: int) -> RunLine | None:
    """One run, or None."""
    return next(iter(_made(store, _ONE.all(store, run=run))), None)


def running(store: Store) -> RunLine | None:
    """The drill that is on, or None; incidents stand in ``open_incidents``."""
    return next((line for line in _made(store, _ON.all(store)) if not line.is_real), None)


def open_incidents(store: Store) -> tuple[RunLine, ...]:
    """The real incidents that are on, the newest first: guard and manager are told of them."""
    return tuple(line for line in _made(store, _ON.all(store)) if line.is_real)


def incident_of(store: Store, code: str, source: str, ref: int) -> int | None:
    """The incident of a scenario that is on and comes from this; None for none."""
    row = _FROM.one(store, code=code, source=source, ref=ref)
    return None if row is None else int(row[0])


def source_of_run(store: Store, run: int) -> tuple[str, int | None]:
    """What a run comes from, and which one of its kind; empty for an unknown one."""
    row = _SOURCE.one(store, run=run)
    return ("", None) if row is None else (row[0], row[1])


def run_of_photo(store: Store, photo: int) -> int:
    """The run that a photo belongs to; 0 for an unknown one."""
    row = _OF_PHOTO.one(store, photo=photo)
    return 0 if row is None else int(row[0])


def run_of_observation(store: Store, observation: int) -> int:
    """The run that an observation belongs to; 0 for an unknown one."""
    row = _OF_OBSERVATION.one(store, observation=observation)
    return 0 if row is None else int(row[0])


def finished_runs(store: Store, code: str) -> tuple[RunLine, ...]:
    """The runs of a scenario that have ended, the oldest first."""
    return _made(store, _OF_CODE.all(store, code=code))


def _made(store: Store, rows: list[tuple[Any, ...]]) -> tuple[RunLine, ...]:
    if not rows:
        return ()
    names = {member.id: member.name for member in staff_members(store)}
    return tuple(
        RunLine(
            id=row[0],
            number=row[1],
            code=row[2],
            name=scenario_of(row[3]).name,
            form=row[4],
            state=row[5],
            is_real=bool(row[6]),
            turned=row[7] is not None,
            level=row[8],
            due_on=row[9],
            started_at=row[10],
            ended_at=row[11],
            ended_ms=row[12],
            score=row[13],
            grade=row[14],
            conductor=names.get(row[15], ""),
        )
        for row in rows
    )
