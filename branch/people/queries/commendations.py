"""Commendations for screens; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.records import CommendationRow, StaffRow


@dataclass(frozen=True)
class Commendation:
    """A commendation: of whom, on which day (ISO), for what, noted by whom."""

    id: int
    staff: int
    name: str
    day: str
    text: str
    noted_by: str


_By = StaffRow.alias()
_ALL = Prepared(
    lambda: (
        CommendationRow.select(
            CommendationRow.id,
            CommendationRow.staff,
            StaffRow.name,
            CommendationRow.day,
            CommendationRow.text,
            _By.name,
        )
        .join(StaffRow, on=(StaffRow.id == CommendationRow.staff))
        .join(_By, on=(_By.id == CommendationRow.by))
        .order_by(CommendationRow.day.desc(), CommendationRow.id.desc())
    )
)


def commendations(store: Store, staff: int | None = None) -> tuple[Commendation, ...]:
    """Every commendation, or those of one person; the newest first."""
    found = (Commendation(*row) for row in _ALL.all(store))
    return tuple(one for one in found if staff is None or one.staff == staff)
