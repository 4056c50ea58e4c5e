"""Commendations: for what somebody was praised, noted by another person (handbook 001 §7.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotFound, NotPermitted
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.people.records import CommendationRow, StaffRow
from branch.people.rules import checked_name

_LONGEST = 200


@dataclass(frozen=True)
class AddCommendation:
    """Note a commendation of somebody; returns its id."""

    staff: int
    day: date
    text: str

    def __repr__(self) -> str:
        return f"AddCommendation({self.staff})"


@dataclass(frozen=True)
class WithdrawCommendation:
    """Take one back that was noted by mistake; the journal keeps that it was."""

    commendation: int


_PERSON = Prepared(lambda staff: StaffRow.select(StaffRow.pin_hash).where(StaffRow.id == staff))
_ADD = Prepared(
    lambda staff, day, text, at, by: CommendationRow.insert(
        {
            CommendationRow.staff: staff,
            CommendationRow.day: day,
            CommendationRow.text: text,
            CommendationRow.at: at,
            CommendationRow.by: by,
        }
    ).returning(CommendationRow.id)
)
_FIND = Prepared(
    lambda commendation: CommendationRow.select(CommendationRow.staff).where(
        CommendationRow.id == commendation
    )
)
_DELETE = Prepared(
    lambda commendation: delete(CommendationRow).where(CommendationRow.id == commendation)
)


def add_commendation(work: Work, command: AddCommendation) -> int:
    """Note it; raises NotPermitted for oneself, BadInput for a day to come or no words."""
    row = _PERSON.one(work.store, staff=command.staff)
    if row is None or not row[0]:
        raise NotFound("staff_unknown")
    if command.staff == work.actor.staff:
        raise NotPermitted("second_person_needed")
    if command.day > local_date(work.now, work.zone):
        raise BadInput("day_to_come", field="day")
    made = _ADD.one(
        work.store,
        staff=command.staff,
        day=command.day.isoformat(),
        text=checked_name(command.text, "text", _LONGEST),
        at=work.now,
        by=work.actor.staff,
    )
    assert made is not None  # an INSERT with RETURNING gives its row
    work.record("commendation.added", command.staff, commendation=made[0])
    return int(made[0])


def withdraw_commendation(work: Work, command: WithdrawCommendation) -> None:
    """Take it back; raises NotFound."""
    row = _FIND.one(work.store, commendation=command.commendation)
    if row is None:
        raise NotFound("commendation_unknown")
    _DELETE.run(work.store, commendation=command.commendation)
    work.record("commendation.withdrawn", row[0], commendation=command.commendation)


HANDLERS: dict[type, Handler] = {
    AddCommendation: Handler(add_commendation),
    WithdrawCommendation: Handler(withdraw_commendation),
}
