"""Training marks of a member of staff for screens; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.records import StaffRow, TrainingRow


@dataclass(frozen=True)
class Training:
    """A mark: codes, ISO dates, by whom it was noted; ``latest`` is its course's newest.

    ``due_on`` is empty where it is not due again.
    """

    id: int
    course: str
    held_on: str
    result: str
    due_on: str
    noted_by: str
    latest: bool


_OF = Prepared(
    lambda staff: (
        TrainingRow.select(
            TrainingRow.id,
            TrainingRow.course,
            TrainingRow.held_on,
            TrainingRow.result,
            TrainingRow.due_on,
            StaffRow.name,
        )
        .join(StaffRow, on=(StaffRow.id == TrainingRow.noted_by))
        .where(TrainingRow.staff == staff)
        .order_by(TrainingRow.held_on.desc(), TrainingRow.id.desc())
    )
)


def trainings_of(store: Store, staff: int) -> tuple[Training, ...]:
    """The marks of somebody, the newest first."""
    seen: set[str] = set()
    found = []
    for identity, course, held_on, result, due_on, noted_by in _OF.all(store, staff=staff):
        latest = course not in seen
        seen.add(course)
        found.append(Training(identity, course, held_on, result, due_on or "", noted_by, latest))
    return tuple(found)
