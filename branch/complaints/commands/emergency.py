"""The emergency plan is opened for a group that complains of one matter; a person says so.

A major complaint opens it by itself (``major``). A group need not gather, so it is left to
whoever sees it.
"""

from __future__ import annotations

from dataclasses import dataclass

from branch.complaints.case import found, note
from branch.complaints.house import house_of
from branch.complaints.major import PLAN
from branch.complaints.rules import OPEN
from branch.drills.opening import open_plan
from branch.kernel.errors import RuleBroken, Stale
from branch.kernel.runner import Handler, Work


@dataclass(frozen=True)
class OpenPlan:
    """Open the emergency plan for a complaint of a group; returns the incident's id."""

    complaint: int


def open_emergency_plan(work: Work, command: OpenPlan) -> int:
    """Open it; while it is open it stays one. Raises Stale for what is over, RuleBroken for fewer
    than the house calls a group (complaints.md 4b)."""
    case = found(work, command.complaint)
    if case.state not in OPEN:
        raise Stale("complaint_moved_on")
    group_from = house_of(work.store).group_from
    if not case.major and case.parties < group_from:
        raise RuleBroken("no_group", n=group_from)
    run = open_plan(work, PLAN, "complaint", case.id)
    note(work, case.id, "plan_opened", run=run, parties=case.parties)
    return run


HANDLERS: dict[type, Handler] = {
    OpenPlan: Handler(open_emergency_plan),
}
