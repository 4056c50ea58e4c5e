"""What a complaint sets going by itself: a major one (Order 3 Art. 29) is told to head and superior
body at once, and it opens the emergency plan, as that of a group does; nobody decides it.

A group is so many complainants of one matter as the house says (complaints.md 4b), by whatever way
they came: who write together may come together. Its plan opens once, in the command that makes it
a group's, as an incident of its own: several groups are several incidents, each reported for
itself. Calling goes on. Where nobody gathers, it ends as 没有发生险情, without a report. That makes
it no major one, and tells the superior body nothing. From as many as the house says it is urgent,
too (complaints.md 4f case 6); whoever knows better may put that right afterwards.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from branch.complaints.case import Case, change, note
from branch.complaints.codes import MAJOR_FROM
from branch.complaints.house import house_of
from branch.complaints.reminders import level_at_once
from branch.drills.opening import open_plan
from branch.kernel.runner import Work

# The plan of complaints that gather people (resources/catalogue/scenarios.yaml).
PLAN: Final = "CON-01"


def look_for_major(work: Work, case: Case) -> None:
    """Make it a major one, as it stands registered now: twenty complainants jointly, face to face
    (Order 3 Art. 29(2)), or whoever registers it says so."""
    together = case.channel == "on_site" and case.parties >= MAJOR_FROM
    if not case.major and (together or case.severity == "major"):
        become_major(work, case, case.parties)


def look_for_group(work: Work, case: Case, before: int = 0) -> None:
    """Make it urgent and open the plan when so many complain of it, as it stands registered now:
    ``before`` did until now. A major one has opened the plan."""
    house = house_of(work.store)
    if case.kind != "complaint":
        return
    if case.urgency != "urgent" and before < house.urgent_from <= case.parties:
        change(work, case, urgency="urgent")
        note(work, case.id, "urgent_found", parties=case.parties)
    if not case.major and before < house.group_from <= case.parties:
        open_for_group(work, case)


def open_for_group(work: Work, case: Case) -> int:
    """Open the plan for a group's complaint; returns the incident, which stays one while it is
    open."""
    run = open_plan(work, PLAN, "complaint", case.id)
    note(work, case.id, "plan_opened", run=run, parties=case.parties)
    return run


def mark_major(work: Work, case: Case, parties: int) -> None:
    """Mark the complaint as major, once; head and superior body are told of it."""
    if not case.major:
        change(work, case, major=True)
        note(work, case.id, "major_found", parties=parties)
        escalate_at_once(work, replace(case, major=True))


def escalate_at_once(work: Work, case: Case) -> None:
    """Raise the level of a complaint by media and of a major one (handbook 000; Order 3 Art. 29);
    no clock moves."""
    level = level_at_once(case.kind, case.channel, case.major)
    if level > case.level:
        change(work, case, level=level)
        note(work, case.id, "escalated", level=level)


def become_major(work: Work, case: Case, parties: int) -> int:
    """Mark the complaint as major and return the run of the plan that is open for it."""
    mark_major(work, case, parties)
    return open_plan(work, PLAN, "complaint", case.id)
