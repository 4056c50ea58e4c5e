"""A run on its way: START, pauses, injects, the stop word, the head count, the end.

The station says at which moment of run time it was (``at_ms``, by a clock that no change of the
time of day touches); left out, the time of day decides.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from branch.drills.cast import checks_of
from branch.drills.records import CorrectionRow, InjectRow, PauseRow, RunRow
from branch.drills.rules.clock import JUMP_MS
from branch.drills.rules.run import NEEDLESS, ON, State, end_reasons, freezes, known, require
from branch.drills.run import (
    LONGEST_RUN_MS,
    Run,
    change,
    course_of,
    find_run,
    moment,
    note,
    shown_time,
    staff_name,
    taken,
)
from branch.kernel.errors import BadInput, RuleBroken, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.lobby.commands.freezing import begin_standstill, end_standstill
from branch.visitors.commands.rollcall import (
    EndRollCall,
    StartRollCall,
    end_roll_call,
    open_roll,
    start_roll_call,
)
from branch.visitors.queries.rollcall import roll_call

RELEASED, SKIPPED = "released", "skipped"


@dataclass(frozen=True)
class StartRun:
    """START: the clock runs, what is planned for the first second happens."""

    run: int


@dataclass(frozen=True)
class PauseRun:
    """The clock stands still."""

    run: int
    at_ms: int | None = None


@dataclass(frozen=True)
class ResumeRun:
    """The clock goes on."""

    run: int
    at_ms: int | None = None


@dataclass(frozen=True)
class ReleaseInject:
    """Let something happen, at its time or by hand."""

    run: int
    no: int
    at_ms: int | None = None


@dataclass(frozen=True)
class SkipInject:
    """Leave it out: the steps that wait for it do not apply."""

    run: int
    no: int
    at_ms: int | None = None


@dataclass(frozen=True)
class CorrectClock:
    """A station has seen its time of day put forward (or back, below zero) by so many ms."""

    run: int
    by_ms: int


@dataclass(frozen=True)
class TurnReal:
    """The stop word: this is real. The run goes on as an incident, calling stands still."""

    run: int
    at_ms: int | None = None


@dataclass(frozen=True)
class StartMuster:
    """Count heads by name: begin a roll call, or take over the one under way; returns its id."""

    run: int


@dataclass(frozen=True)
class EndRun:
    """The end. ``reason`` is finished or stopped, or needless for a plan that was opened and
    nothing happened: then it asks for no report."""

    run: int
    at_ms: int | None = None
    reason: str = "finished"


_RUNNING = Prepared(
    lambda: RunRow.select(RunRow.id).where(
        RunRow.state.in_([str(state) for state in sorted(ON)]), ~RunRow.is_real
    )
)
_PAUSE = Prepared(
    lambda run, at_ms: PauseRow.insert(
        {PauseRow.run: run, PauseRow.from_ms: at_ms, PauseRow.to_ms: None}
    )
)
_RESUME = Prepared(
    lambda run, at_ms: PauseRow.update({PauseRow.to_ms: at_ms}).where(
        PauseRow.run == run, PauseRow.to_ms.is_null()
    )
)
_INJECT = Prepared(
    lambda run, no, state, at_ms, at, by: InjectRow.insert(
        {
            InjectRow.run: run,
            InjectRow.no: no,
            InjectRow.state: state,
            InjectRow.at_ms: at_ms,
            InjectRow.at: at,
            InjectRow.by: by,
        }
    )
)
_INJECTED = Prepared(
    lambda run, no: InjectRow.select(InjectRow.at_ms, InjectRow.by).where(
        InjectRow.run == run, InjectRow.no == no
    )
)
_CORRECT = Prepared(
    lambda run, station, by_ms, at: CorrectionRow.insert(
        {
            CorrectionRow.run: run,
            CorrectionRow.station: station,
            CorrectionRow.by_ms: by_ms,
            CorrectionRow.at: at,
        }
    )
)


def start_run(work: Work, command: StartRun) -> None:
    """START; raises RuleBroken while the list before it is not done or another drill is on."""
    run = taken(work, command.run, "start")
    lacking = [check for check in checks_of(work.store, run) if not check.ok]
    if lacking:
        raise RuleBroken("drill_not_ready", number=len(lacking))
    if _RUNNING.one(work.store) is not None:
        raise RuleBroken("drill_running")
    change(
        work,
        run,
        state=State.RUNNING,
        started_at=work.now,
        started_by=work.actor.staff,
    )
    note(work, run.id, "started", code=run.code, form=run.form)
    if freezes(run.form):
        begin_standstill(work, "drill", run.id)
    for inject in run.scenario.injects:
        if inject.planned_at_s == 0:
            _keep_inject(work, run, inject.no, RELEASED, 0)


def pause_run(work: Work, command: PauseRun) -> None:
    """Pause; a drill's only, since what is real does not wait."""
    run = taken(work, command.run, "pause")
    if run.is_real:
        raise RuleBroken("incident_no_pause")
    at = max(moment(work, run, command.at_ms), course_of(work.store, run).newest_ms)
    _PAUSE.run(work.store, run=run.id, at_ms=at)
    change(work, run, state=State.PAUSED)
    note(work, run.id, "paused", at_ms=at)


def resume_run(work: Work, command: ResumeRun) -> None:
    """Go on."""
    run = taken(work, command.run, "resume")
    _resume(work, run, moment(work, run, command.at_ms))
    change(work, run, state=State.RUNNING)


def _resume(work: Work, run: Run, at_ms: int) -> None:
    at = max(at_ms, course_of(work.store, run).newest_ms)
    if _RESUME.run(work.store, run=run.id, at_ms=at):
        note(work, run.id, "resumed", at_ms=at)


def release_inject(work: Work, command: ReleaseInject) -> None:
    """Release; raises Stale when somebody was quicker."""
    run = taken(work, command.run, "run")
    run.scenario.inject(command.no)
    _keep_inject(work, run, command.no, RELEASED, moment(work, run, command.at_ms))


def skip_inject(work: Work, command: SkipInject) -> None:
    """Skip; raises Stale when somebody was quicker."""
    run = taken(work, command.run, "run")
    run.scenario.inject(command.no)
    _keep_inject(work, run, command.no, SKIPPED, moment(work, run, command.at_ms))


def _keep_inject(work: Work, run: Run, no: int, state: str, at_ms: int) -> None:
    there = _INJECTED.one(work.store, run=run.id, no=no)
    if there is not None:
        at = shown_time(course_of(work.store, run).net(there[0]))
        raise Stale("inject_done", who=staff_name(work.store, there[1]), at=at)
    _INJECT.run(
        work.store,
        run=run.id,
        no=no,
        state=state,
        at_ms=at_ms,
        at=work.now,
        by=work.actor.staff,
    )
    change(work, run)
    note(work, run.id, f"inject_{state}", inject=no, at_ms=at_ms)


def correct_clock(work: Work, command: CorrectClock) -> None:
    """Count it; raises BadInput for a jump too small to be one."""
    run = taken(work, command.run, "run")
    if not JUMP_MS < abs(command.by_ms) <= LONGEST_RUN_MS * 366:
        raise BadInput("drill_time", field="by_ms")
    _CORRECT.run(
        work.store, run=run.id, station=work.actor.station, by_ms=command.by_ms, at=work.now
    )
    note(work, run.id, "clock_corrected", by_ms=command.by_ms)


def turn_real(work: Work, command: TurnReal) -> None:
    """Turn it; raises Stale when it is real already. A clock that stood still goes on."""
    run = taken(work, command.run, "run")
    if run.is_real:
        raise Stale("drill_real_already")
    at = moment(work, run, command.at_ms)
    _resume(work, run, at)
    change(work, run, state=State.RUNNING, is_real=True, turned_ms=at, source="drill")
    note(work, run.id, "turned_real", at_ms=at)
    begin_standstill(work, "real", run.id)


def start_muster(work: Work, command: StartMuster) -> int:
    """Begin; raises Stale when the run has its roll call."""
    run = taken(work, command.run, "run")
    if run.roll_call is not None:
        raise Stale("drill_muster_there")
    there = open_roll(work)
    kind = "real" if run.is_real else "drill"
    identity = there if there is not None else start_roll_call(work, StartRollCall(kind))
    change(work, run, roll_call=identity)
    note(work, run.id, "muster_started", roll_call=identity)
    return identity


def end_run(work: Work, command: EndRun) -> None:
    """End: heads are counted as they stand, calling goes on, the clock stands for good."""
    run = find_run(work.store, command.run)
    require("end", run.state)
    known(command.reason, end_reasons(began_real=run.began_real), "reason")
    needless = command.reason == NEEDLESS
    at = max(moment(work, run, command.at_ms), course_of(work.store, run).newest_ms)
    _resume(work, run, at)
    change(
        work,
        run,
        state=State.CANCELLED if needless else State.ENDED,
        ended_ms=at,
        ended_at=work.now,
        ended_by=work.actor.staff,
        reason=command.reason,
        head_count=_head_count(work, run),
    )
    what = "found_needless" if needless else "ended"
    note(work, run.id, what, at_ms=at, reason=command.reason)
    end_standstill(work, run.id)


def _head_count(work: Work, run: Run) -> str:
    """The heads of the run's roll call, as numbers: names are deleted after their time.

    A drill's roll call ends with it; a real one goes on until somebody ends it.
    """
    if run.roll_call is None:
        return ""
    call = roll_call(work.store, run.roll_call)
    assert call is not None  # a roll call outlasts its run by months
    if not run.is_real and open_roll(work) == run.roll_call:
        end_roll_call(work, EndRollCall(run.roll_call, despite=True))
    counts: dict[str, dict[str, int]] = {}
    for mark in call.marks:
        kind = counts.setdefault(mark.kind, {})
        kind[mark.state] = kind.get(mark.state, 0) + 1
        if mark.help:
            aided = counts.setdefault("needs_help", {})
            aided[mark.state] = aided.get(mark.state, 0) + 1
    return json.dumps(counts, sort_keys=True, separators=(",", ":"))


HANDLERS: dict[type, Handler] = {
    StartRun: Handler(start_run),
    PauseRun: Handler(pause_run),
    ResumeRun: Handler(resume_run),
    ReleaseInject: Handler(release_inject),
    SkipInject: Handler(skip_inject),
    CorrectClock: Handler(correct_clock),
    TurnReal: Handler(turn_real),
    StartMuster: Handler(start_muster),
    EndRun: Handler(end_run),
}
