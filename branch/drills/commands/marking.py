"""Steps are marked, by several stations at once: the first mark of a step counts.

A mark is put right by another that names it, or taken back; what was there before stays on
record. ``late`` is never marked: it follows from the time.
"""

from __future__ import annotations

from dataclasses import dataclass

from branch.drills.records import MarkRow
from branch.drills.rules.run import known
from branch.drills.rules.scoring import DONE, RESULTS, WRONG
from branch.drills.run import (
    Run,
    change,
    checked_text,
    course_of,
    note,
    noted_at,
    shown_time,
    staff_name,
    taken,
)
from branch.kernel.clock import from_ms
from branch.kernel.errors import BadInput, NotFound, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work

_MOST = 1_000_000
_LONGEST_NOTE = 500


@dataclass(frozen=True)
class MarkStep:
    """What became of a step; returns the mark's id.

    ``replaces`` is the mark that this one puts right, 0 for the first. ``number`` is a count,
    ``note`` what was seen or said on the telephone.
    """

    run: int
    step: int
    result: str = DONE
    at_ms: int | None = None
    note: str = ""
    number: int | None = None
    replaces: int = 0

    def __repr__(self) -> str:
        return f"MarkStep({self.run}, {self.step}, {self.result!r})"


@dataclass(frozen=True)
class UndoMark:
    """Take a mark back: the step is open again."""

    mark: int


_THERE = Prepared(
    lambda run, step: MarkRow.select(MarkRow.id, MarkRow.by, MarkRow.at_ms, MarkRow.at).where(
        MarkRow.run == run, MarkRow.step == step, MarkRow.ended_at.is_null()
    )
)
_OF = Prepared(lambda mark: MarkRow.select(MarkRow.run, MarkRow.step).where(MarkRow.id == mark))
_MARK = Prepared(
    lambda run, step, result, at_ms, at, by, note, number: MarkRow.insert(
        {
            MarkRow.run: run,
            MarkRow.step: step,
            MarkRow.result: result,
            MarkRow.at_ms: at_ms,
            MarkRow.at: at,
            MarkRow.by: by,
            MarkRow.note: note,
            MarkRow.number: number,
            MarkRow.ended_at: None,
            MarkRow.ended_by: None,
        }
    ).returning(MarkRow.id)
)
_END = Prepared(
    lambda mark, at, by: MarkRow.update({MarkRow.ended_at: at, MarkRow.ended_by: by}).where(
        MarkRow.id == mark
    )
)


def mark_step(work: Work, command: MarkStep) -> int:
    """Mark; raises Stale, who and when, if somebody was quicker.

    After the end what was done needs its time: raises BadInput without one.
    """
    run = taken(work, command.run, "mark")
    step = run.scenario.step(command.step)
    known(command.result, RESULTS, "result")
    if command.number is not None and not 0 <= command.number <= _MOST:
        raise BadInput("setting_range", field="number", least=0, most=_MOST)
    there = _THERE.one(work.store, run=run.id, step=step.no)
    if (there[0] if there else 0) != command.replaces:
        code = "mark_changed" if command.replaces else "step_marked"
        if there is None:
            raise Stale("mark_gone")
        raise Stale(code, who=staff_name(work.store, there[1]), at=_shown(work, run, *there[2:4]))
    # What was not done, or does not apply, has no time.
    timed = command.result in (DONE, WRONG)
    at_ms = noted_at(work, run, command.at_ms) if timed else None
    if timed and at_ms is None:
        raise BadInput("drill_time_needed", field="at_ms")
    text = checked_text(command.note, "note", _LONGEST_NOTE)
    if there is not None:
        _END.run(work.store, mark=there[0], at=work.now, by=work.actor.staff)
    row = _MARK.one(
        work.store,
        run=run.id,
        step=step.no,
        result=command.result,
        at_ms=at_ms,
        at=work.now,
        by=work.actor.staff,
        note=work.store.sealer.seal(text, "drill_mark.note"),
        number=command.number,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    change(work, run)
    note(
        work,
        run.id,
        "step_corrected" if there else "step_marked",
        step=step.no,
        result=command.result,
        at_ms=at_ms,
        mark=row[0],
    )
    return int(row[0])


def undo_mark(work: Work, command: UndoMark) -> None:
    """Take back; raises NotFound, Stale when it was put right or taken back already."""
    row = _OF.one(work.store, mark=command.mark)
    if row is None:
        raise NotFound("mark_unknown")
    run = taken(work, row[0], "mark")
    there = _THERE.one(work.store, run=run.id, step=row[1])
    if there is None or there[0] != command.mark:
        raise Stale("mark_gone")
    _END.run(work.store, mark=command.mark, at=work.now, by=work.actor.staff)
    change(work, run)
    note(work, run.id, "mark_undone", step=row[1], mark=command.mark)


def _shown(work: Work, run: Run, at_ms: int | None, at: int) -> str:
    """When a mark was made: its run time, or the time of day where it has none."""
    if at_ms is not None:
        return shown_time(course_of(work.store, run).net(at_ms))
    return f"{from_ms(at, work.zone):%H:%M}"


HANDLERS: dict[type, Handler] = {
    MarkStep: Handler(mark_step),
    UndoMark: Handler(undo_mark),
}
