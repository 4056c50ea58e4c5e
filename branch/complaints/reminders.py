"""What a reminder is, whose it is, when and in which order it is told; pure.

Reminders are told at opening time of working days and never at night (complaints.md 4b); only
what goes up at once is told to whoever is signed in.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from branch.people.rules import Role
from branch.workdays.rules import WorkCalendar

OPENS_AT = time(8, 30)
CONTACT_B, HEAD, SUPERIOR = 1, 2, 3


class Reason(StrEnum):
    """Why somebody is reminded, the gravest first."""

    MAJOR = "major"
    MEDIA = "media"
    OVERDUE = "overdue"
    EXTENSION = "extension"
    EXTENSION_TELL = "extension_tell"
    ACT_BY = "act_by"
    DECIDE = "decide"
    PROPOSED = "proposed"
    RE_REVIEW = "re_review"
    ESCALATED = "escalated"
    LEVEL = "level"
    ACK = "ack"
    ACCEPT = "accept"
    ASSIGN = "assign"
    SIGN = "sign"
    ASK = "ask"
    SLIP = "slip"
    VISIT = "visit"
    PROGRESS = "progress"
    ACTION = "action"
    EFFECT = "effect"


OF_ACTIONS = frozenset({Reason.ACTION, Reason.EFFECT})
# What is told at any hour to whoever is signed in (complaints.md D17; handbook 000).
AT_ONCE = frozenset({Reason.MAJOR, Reason.MEDIA})


class Whose(StrEnum):
    """Whose matter it is: the handler's, contact A's and B's, the supervisor's, the head's, the
    superior's."""

    HANDLER = "handler"
    DESK = "desk"
    SUPERVISOR = "supervisor"
    HEAD = "head"
    SUPERIOR = "superior"


ROLE_OF = {
    Whose.DESK: Role.COMPLAINT_OFFICER,
    Whose.SUPERVISOR: Role.SUPERVISOR,
    Whose.HEAD: Role.BRANCH_MANAGER,
    Whose.SUPERIOR: Role.SUPERIOR,
}


@dataclass(frozen=True)
class Reminder:
    """One thing to be seen to. ``late`` days are natural; ``propose`` is the level to tell next
    (0 for none); ``ref`` the complaint, or the corrective action; ``until`` a time of day (HH:MM)
    or empty, ``count`` the working days without a word; ``apart`` are people who may not do it."""

    reason: Reason
    ref: int
    number: str
    day: str
    late: int
    whose: frozenset[Whose]
    handler: int | None
    propose: int = 0
    until: str = ""
    count: int = 0
    apart: frozenset[int] = frozenset()

    @property
    def key(self) -> tuple[str, int, str]:
        """The same thing on another day of asking has the same key."""
        return self.reason, self.ref, self.day


def is_told_now(now: datetime, calendar: WorkCalendar) -> bool:
    """Whether this is a moment at which people are reminded of everything; ``now`` in the branch's
    zone."""
    return calendar.is_workday(now.date()) and now.time() >= OPENS_AT


def level_at_once(kind: str, channel: str, major: bool) -> int:
    """The level that a complaint goes up to without anybody's decision: the superior body for a
    major one (Order 3 Art. 29), the head for one by media (handbook 000); 0 for the others."""
    if kind != "complaint":
        return 0
    if major:
        return SUPERIOR
    return HEAD if channel == "media" else 0


def is_for(reminder: Reminder, staff: int, roles: Collection[str]) -> bool:
    """Whether it is this person's matter. A follow-up visit is never the handler's."""
    if staff in reminder.apart:
        return False
    if reminder.handler == staff:
        return Whose.HANDLER in reminder.whose
    return any(ROLE_OF[whose] in roles for whose in reminder.whose if whose in ROLE_OF)


def without_own_level(reminder: Reminder, roles: Collection[str]) -> Reminder:
    """The reminder as somebody with these roles gets it: nobody is proposed to tell himself."""
    own = {HEAD: Role.BRANCH_MANAGER, SUPERIOR: Role.SUPERIOR}.get(reminder.propose)
    return replace(reminder, propose=0) if own in roles else reminder


def in_order(reminders: Collection[Reminder]) -> tuple[Reminder, ...]:
    """What goes up at once, then what is late, the latest of it first; then by day."""
    order = list(Reason)
    return tuple(
        sorted(
            reminders,
            key=lambda one: (
                one.reason not in AT_ONCE,
                -max(one.late, 0),
                one.day,
                order.index(one.reason),
                one.ref,
            ),
        )
    )
