"""The emergency plan of a group's complaint is opened once more, when somebody says so.

It opens by itself when the complaint becomes a group's (``major``). Where it was ended, since
nobody had come, they may come after all; and a limit of the house that was lowered makes groups of
what is registered.
"""

from __future__ import annotations

from dataclasses import dataclass

from branch.complaints.case import found
from branch.complaints.house import house_of
from branch.complaints.major import open_for_group
from branch.complaints.rules import OPEN
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
    return open_for_group(work, case)


HANDLERS: dict[type, Handler] = {
    OpenPlan: Handler(open_emergency_plan),
}
