"""What complaints say in passing: which ask for a corrective action, and why one was late; pure.

Handbook 001 on improvement; complaints.md 4e: three of one business and reason within 30 days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from branch.complaints.rules import State
from branch.complaints.statistics import Event

# Where a complaint stands after an entry.
_STATES: Final = {
    "accepted": "accepted",
    "assigned": "assigned",
    "handed_back": "accepted",
    "taken_over": "investigating",
    "investigated": "investigating",
    "reported": "drafted",
    "sent_back": "investigating",
    "decided": "decided",
    "solved_on_the_spot": "decided",
    "reopened": "investigating",
    "redo_ordered": "investigating",
    "unarchived": "investigating",
}
STANDING_FACTS: Final = frozenset(_STATES)


@dataclass(frozen=True)
class Proposal:
    """Complaints of one business and reason that came in within so many ``days``; newest first.
    ``cause`` is the root cause found most often among them, empty while none was found."""

    biz_class: str
    reason: str
    complaints: tuple[int, ...]
    days: int
    cause: str = ""


def proposals(
    recent: Iterable[tuple[int, str, str, str]], count: int, days: int
) -> tuple[Proposal, ...]:
    """Where ``count`` or more ask for a corrective action, among (id, business, reason, cause) of
    the last ``days``."""
    groups: dict[tuple[str, str], dict[int, str]] = {}
    for complaint, biz_class, reason, cause in recent:
        if biz_class and reason:
            groups.setdefault((biz_class, reason), {})[complaint] = cause
    found = [
        Proposal(
            biz_class, reason, tuple(sorted(causes, reverse=True)), days, _most(causes.values())
        )
        for (biz_class, reason), causes in groups.items()
        if len(causes) >= count
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.complaints), one.biz_class, one.reason)))


def _most(causes: Iterable[str]) -> str:
    """The cause found most often; of equals the first in the alphabet, so that it is always one."""
    counts = Counter(sorted(cause for cause in causes if cause))
    return next((cause for cause, _count in counts.most_common(1)), "")


def stood_at(events: Iterable[Event], due: str) -> str:
    """Where a complaint stood when its due day ended: why it became late."""
    stood = str(State.RECEIVED)
    for event in events:
        if event.day > due:
            break
        stood = _STATES.get(event.what, stood)
    return stood
