"""After a run: the hot wash, actions out of what was observed, the score kept for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branch.drills.outcome import lines_of
from branch.drills.records import ObservationRow, RunRow
from branch.drills.rules.run import AREA, REAL_FIELDS, ROOT_CAUSES, State, known
from branch.drills.rules.scoring import score
from branch.drills.run import change, checked_text, course_of, note, taken
from branch.drills.written import HotWash, report_of, sealed_hot_wash
from branch.kernel.errors import BadInput, NotFound, RuleBroken
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.quality.commands import AddAction, add_action

_LONGEST_ANSWER = 500
_LONGEST_NOTES = 2_000


@dataclass(frozen=True)
class WriteHotWash:
    """What those who took part say right afterwards: one answer a question, and notes."""

    run: int
    answers: tuple[str, ...]
    notes: str = ""

    def __repr__(self) -> str:
        return f"WriteHotWash({self.run})"


@dataclass(frozen=True)
class AddDrillAction:
    """Somebody has to mend something by a day; returns the action's id.

    ``observation`` is what it mends; its root cause goes with the action.
    """

    run: int
    text: str
    owner: int
    due_on: date
    observation: int | None = None
    cause: str = ""

    def __repr__(self) -> str:
        return f"AddDrillAction({self.run})"


@dataclass(frozen=True)
class ReviewRun:
    """The review is done: marks and observations stand, the score is kept."""

    run: int


_UNCLEAR = Prepared(
    lambda run, kind, none: ObservationRow.select(ObservationRow.id).where(
        ObservationRow.run == run, ObservationRow.kind == kind, ObservationRow.cause == none
    )
)
_OBSERVATION = Prepared(
    lambda observation: ObservationRow.select(
        ObservationRow.run, ObservationRow.action, ObservationRow.cause
    ).where(ObservationRow.id == observation)
)
_LINK = Prepared(
    lambda observation, action: ObservationRow.update({ObservationRow.action: action}).where(
        ObservationRow.id == observation
    )
)
_LEVEL = Prepared(lambda run: RunRow.select(RunRow.level).where(RunRow.id == run))


def write_hot_wash(work: Work, command: WriteHotWash) -> None:
    """Keep it; raises BadInput unless there is an answer, empty perhaps, to every question."""
    run = taken(work, command.run, "review")
    if len(command.answers) != len(run.scenario.questions):
        raise BadInput("drill_answers", field="answers", wanted=len(run.scenario.questions))
    said = HotWash(
        tuple(
            checked_text(text, f"answers.{at}", _LONGEST_ANSWER)
            for at, text in enumerate(command.answers)
        ),
        checked_text(command.notes, "notes", _LONGEST_NOTES),
    )
    change(work, run, hot_wash=sealed_hot_wash(work.store.sealer, said))
    note(work, run.id, "hot_wash_written")


def add_drill_action(work: Work, command: AddDrillAction) -> int:
    """Add it; raises what quality's AddAction does, RuleBroken when the observation has one."""
    run = taken(work, command.run, "act")
    cause = command.cause
    if command.observation is not None:
        row = _OBSERVATION.one(work.store, observation=command.observation)
        if row is None or row[0] != run.id:
            raise NotFound("observation_unknown")
        if row[1] is not None:
            raise RuleBroken("observation_has_action")
        cause = cause or row[2]
    if cause:
        known(cause, ROOT_CAUSES, "cause")
    action = add_action(
        work,
        AddAction("drill", run.id, command.text, command.owner, command.due_on, cause),
    )
    if command.observation is not None:
        _LINK.run(work.store, observation=command.observation, action=action)
    change(work, run)
    note(work, run.id, "action_added", action=action, observation=command.observation)
    return action


def review_run(work: Work, command: ReviewRun) -> None:
    """Close the review; raises RuleBroken while something to mend has no root cause or the report
    of a real incident is incomplete."""
    run = taken(work, command.run, "review")
    unclear = len(_UNCLEAR.all(work.store, run=run.id, kind=AREA, none=""))
    if unclear:
        raise RuleBroken("observation_cause_open", number=unclear)
    if run.is_real:
        _require_report(work, run.id)
    # What was real is learned from, not marked.
    lines = () if run.is_real else lines_of(work.store, run, course_of(work.store, run))
    found = score(lines)
    change(
        work,
        run,
        state=State.REVIEWED,
        score=found.points,
        grade=found.grade,
        capped=bool(found.capped_by),
        reviewed_at=work.now,
        reviewed_by=work.actor.staff,
    )
    tenths = None if found.points is None else round(found.points * 10)
    note(work, run.id, "reviewed", score_tenths=tenths, grade=found.grade)


def _require_report(work: Work, run: int) -> None:
    fields = report_of(work.store, run)
    level = _LEVEL.one(work.store, run=run)
    lacking = sum(not fields.get(name) for name in REAL_FIELDS) + (not level or not level[0])
    if lacking:
        raise RuleBroken("incident_report_open", number=lacking)


HANDLERS: dict[type, Handler] = {
    WriteHotWash: Handler(write_hot_wash),
    AddDrillAction: Handler(add_drill_action),
    ReviewRun: Handler(review_run),
}
