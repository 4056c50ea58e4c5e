"""When a complaint becomes a major one (Order 3 Art. 29), and the emergency plan it opens."""

from __future__ import annotations

from typing import Final

from branch.complaints.case import Case, change, note
from branch.drills.opening import open_plan
from branch.kernel.runner import Work

# The plan of complaints that gather people (resources/catalogue/scenarios.yaml).
PLAN: Final = "CON-01"


def mark_major(work: Work, case: Case, parties: int) -> None:
    """Mark the complaint as major, once."""
    if not case.major:
        change(work, case, major=True)
        note(work, case.id, "major_found", parties=parties)


def become_major(work: Work, case: Case, parties: int) -> int:
    """Mark the complaint as major and return the run of the plan that is open for it."""
    mark_major(work, case, parties)
    return open_plan(work, PLAN, "complaint", case.id)
