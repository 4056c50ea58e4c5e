"""Training marks: who attended which course when, with what result, and when it is due again."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.clock import from_ms
from branch.kernel.errors import NotFound
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.people.records import StaffRow, TrainingRow
from branch.people.rules import checked_training


@dataclass(frozen=True)
class NoteTraining:
    """Note a training of somebody: course and result are codes, the days ISO dates."""

    staff: int
    course: str
    held_on: str
    result: str
    due_on: str = ""


@dataclass(frozen=True)
class WithdrawTraining:
    """Take a training mark back that was noted by mistake; the journal keeps that it was."""

    training: int


_PERSON = Prepared(lambda staff: StaffRow.select(StaffRow.pin_hash).where(StaffRow.id == staff))
_INSERT = Prepared(
    lambda staff, course, held_on, result, noted_by, noted_at, due_on: TrainingRow.insert(
        {
            TrainingRow.staff: staff,
            TrainingRow.course: course,
            TrainingRow.held_on: held_on,
            TrainingRow.result: result,
            TrainingRow.noted_by: noted_by,
            TrainingRow.noted_at: noted_at,
            TrainingRow.due_on: due_on,
        }
    ).returning(TrainingRow.id)
)
_BY_ID = Prepared(
    lambda training: TrainingRow.select(TrainingRow.staff, TrainingRow.course).where(
        TrainingRow.id == training
    )
)
_DELETE = Prepared(lambda training: delete(TrainingRow).where(TrainingRow.id == training))


def note_training(work: Work, command: NoteTraining) -> int:
    """Note it and return its id; raises BadInput for a code or a day that cannot stand."""
    row = _PERSON.one(work.store, staff=command.staff)
    if row is None or not row[0]:
        raise NotFound("staff_unknown")
    today = from_ms(work.now, work.zone).date()
    checked_training(command.course, command.result, command.held_on, command.due_on, today)
    made = _INSERT.one(
        work.store,
        staff=command.staff,
        course=command.course,
        held_on=command.held_on,
        result=command.result,
        noted_by=work.actor.staff,
        noted_at=work.now,
        due_on=command.due_on or None,
    )
    assert made is not None  # an INSERT with RETURNING gives its row
    work.record(
        "training.noted",
        command.staff,
        training=made[0],
        course=command.course,
        held_on=command.held_on,
        result=command.result,
        due_on=command.due_on or None,
    )
    return int(made[0])


def withdraw_training(work: Work, command: WithdrawTraining) -> None:
    """Take a mark back; raises NotFound for one that is not there."""
    row = _BY_ID.one(work.store, training=command.training)
    if row is None:
        raise NotFound("training_unknown")
    _DELETE.run(work.store, training=command.training)
    work.record("training.withdrawn", row[0], training=command.training, course=row[1])


HANDLERS: dict[type, Handler] = {
    NoteTraining: Handler(note_training),
    WithdrawTraining: Handler(withdraw_training),
}
