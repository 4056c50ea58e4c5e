"""Everything the day report says, read in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from branch.catalogue.queries import Name, groups, priority_classes
from branch.kernel.store import Store
from branch.lobby.queries.fairness import DayFairness, day_fairness
from branch.lobby.queries.promises import Scoreboard, scoreboard
from branch.lobby.queries.screens import BranchName, branch_name
from branch.lobby.queries.summary import DaySummary, day_summary


@dataclass(frozen=True)
class DayReport:
    """A business day: its numbers, its promises and those of the last 30 days, its fairness.

    ``groups`` and ``classes`` are names by code.
    """

    branch: BranchName
    summary: DaySummary
    today: Scoreboard
    month: Scoreboard
    fairness: DayFairness
    groups: Mapping[str, Name]
    classes: Mapping[str, Name]


def day_report(store: Store, day: str) -> DayReport | None:
    """The report of a business day (YYYY-MM-DD); None for one the branch was not open."""
    summary, judged = day_summary(store, day), day_fairness(store, day)
    if summary is None or judged is None:
        return None
    return DayReport(
        branch=branch_name(store),
        summary=summary,
        today=scoreboard(store, day, days=1),
        month=scoreboard(store, day),
        fairness=judged,
        groups={group.code: group.short for group in groups(store)},
        classes={klass.code: klass.name for klass in priority_classes(store)},
    )
