"""What wants somebody's attention at a complaint on a day, whose it is, which level to tell; pure.

Reminders are told at opening time of working days and never at night (complaints.md 4b). A day is
told on the working day before it, on the day itself, and from then on.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from branch.complaints.rules import BEFORE_DECISION, OPEN, State
from branch.people.rules import Role
from branch.workdays.rules import WorkCalendar

OPENS_AT = time(8, 30)
# GB/T 19012 (ISO 10002) 7.3, tracking; the number is the house's.
PROGRESS_WORKDAYS = 5
CONTACT_B, HEAD, SUPERIOR = 1, 2, 3
_TURN_OF_HANDLER = frozenset({State.ASSIGNED, State.INVESTIGATING})
_TOLD_OF_PROGRESS = _TURN_OF_HANDLER | {State.ACCEPTED, State.DRAFTED, State.DECIDED}


class Reason(StrEnum):
    """Why somebody is reminded, the gravest first."""

    OVERDUE = "overdue"
    EXTENSION = "extension"
    EXTENSION_TELL = "extension_tell"
    ACT_BY = "act_by"
    RE_REVIEW = "re_review"
    SLIP = "slip"
    VISIT = "visit"
    PROGRESS = "progress"
    ACTION = "action"


class Whose(StrEnum):
    """Whose matter it is: the handler's, contact A's and B's, the head's, the superior's."""

    HANDLER = "handler"
    DESK = "desk"
    HEAD = "head"
    SUPERIOR = "superior"


ROLE_OF = {
    Whose.DESK: Role.COMPLAINT_OFFICER,
    Whose.HEAD: Role.BRANCH_MANAGER,
    Whose.SUPERIOR: Role.SUPERIOR,
}


@dataclass(frozen=True)
class Watched:
    """What reminders depend on. Days are ISO or empty; ``contact_on`` is the last contact.

    ``visited`` says that a follow-up visit of this round reached the complainant or was tried
    often enough, ``visit_workdays`` by when it is to be made. ``desk_free`` and ``head_free`` say
    whether anybody of them may see the case.
    """

    id: int
    number: str
    kind: str
    state: str
    handler: int | None
    level: int
    major: bool
    channel: str
    anonymous: bool
    due: str
    legal_due: str
    house_due: str
    act_by: str
    slip_due: str
    notified_on: str
    contact_on: str
    visited: bool
    waiting: tuple[tuple[str, bool], ...] = ()
    visit_workdays: int = 10
    desk_free: bool = True
    head_free: bool = True


@dataclass(frozen=True)
class Reminder:
    """One thing to be seen to. ``late`` days are natural; ``propose`` is the level to tell next
    (0 for none); ``ref`` the complaint, or the corrective action."""

    reason: Reason
    ref: int
    number: str
    day: str
    late: int
    whose: frozenset[Whose]
    handler: int | None
    propose: int = 0

    @property
    def key(self) -> tuple[str, int, str]:
        """The same thing on another day of asking has the same key."""
        return self.reason, self.ref, self.day


def is_told_now(now: datetime, calendar: WorkCalendar) -> bool:
    """Whether this is a moment at which people are reminded; ``now`` in the branch's zone."""
    return calendar.is_workday(now.date()) and now.time() >= OPENS_AT


def reminders_about(case: Watched, today: date, calendar: WorkCalendar) -> tuple[Reminder, ...]:
    """What somebody should be told of this complaint on this working day."""
    told = _Telling(case, today, calendar)
    if case.state in OPEN and case.due:
        told.of_due_day()
    told.of_extensions()
    if case.state in _TURN_OF_HANDLER and case.slip_due and told.late(case.slip_due) > 0:
        told.add(Reason.SLIP, case.slip_due, Whose.HANDLER, Whose.DESK)
    told.of_contacts()
    return tuple(told.found)


def proposed_level(case: Watched, today: date) -> int:
    """The level that should be told and has not been; 0 for none. A person decides.

    Media and major complaints go up at once (Order 3 Art. 29; handbook 000), a house limit that
    has passed goes to the head, a legal one to the superior, the act-by day to contact B.
    """
    if case.kind != "complaint" or case.state not in OPEN - {State.RE_REVIEW}:
        return 0
    day = today.isoformat()
    wanted = 0
    if case.act_by and case.act_by <= day:
        wanted = CONTACT_B
    if case.channel == "media" or (case.house_due and case.house_due < day):
        wanted = HEAD
    if case.major or (case.legal_due and case.legal_due < day):
        wanted = SUPERIOR
    return wanted if wanted > case.level else 0


def is_for(reminder: Reminder, staff: int, roles: Collection[str]) -> bool:
    """Whether it is this person's matter. A follow-up visit is never the handler's."""
    if reminder.handler == staff:
        return Whose.HANDLER in reminder.whose and reminder.reason != Reason.VISIT
    return any(ROLE_OF[whose] in roles for whose in reminder.whose if whose in ROLE_OF)


def without_own_level(reminder: Reminder, roles: Collection[str]) -> Reminder:
    """The reminder as somebody with these roles gets it: nobody is proposed to tell himself."""
    own = {HEAD: Role.BRANCH_MANAGER, SUPERIOR: Role.SUPERIOR}.get(reminder.propose)
    return replace(reminder, propose=0) if own in roles else reminder


def in_order(reminders: Collection[Reminder]) -> tuple[Reminder, ...]:
    """What is late first, the latest of it first; then by day."""
    order = list(Reason)
    return tuple(
        sorted(
            reminders,
            key=lambda one: (-max(one.late, 0), one.day, order.index(one.reason), one.ref),
        )
    )


class _Telling:
    def __init__(self, case: Watched, today: date, calendar: WorkCalendar) -> None:
        self._case, self._today, self._calendar = case, today, calendar
        # What is to be done tomorrow is told today, on a Friday what is to be done on Monday.
        self._until = calendar.workday_after(today, 1).day.isoformat()
        self.found: list[Reminder] = []

    def late(self, day: str) -> int:
        return (self._today - date.fromisoformat(day)).days

    def add(self, reason: Reason, day: str, *whose: Whose) -> None:
        case = self._case
        everybody = {one for one in whose if one is not Whose.HANDLER or case.handler is not None}
        if Whose.DESK in everybody and not case.desk_free:
            everybody.add(Whose.HEAD)
        if Whose.HEAD in everybody and not case.head_free:
            everybody.add(Whose.SUPERIOR)
        propose = 0
        if reason in (Reason.OVERDUE, Reason.ACT_BY):
            propose = proposed_level(case, self._today)
        self.found.append(
            Reminder(
                reason,
                case.id,
                case.number,
                day,
                self.late(day),
                frozenset(everybody),
                case.handler,
                propose,
            )
        )

    def of_due_day(self) -> None:
        case = self._case
        late = self.late(case.due) > 0
        if not late and case.act_by > self._until:
            return
        if case.state == State.RE_REVIEW:
            self.add(Reason.RE_REVIEW, case.due, Whose.SUPERIOR)
            return
        whose = [Whose.DESK]
        if case.state in _TURN_OF_HANDLER | {State.DECIDED}:
            whose.append(Whose.HANDLER)
        if late or case.level >= HEAD or case.major or case.state == State.DRAFTED:
            whose.append(Whose.HEAD)
        if case.level >= SUPERIOR:
            whose.append(Whose.SUPERIOR)
        reason, day = (Reason.OVERDUE, case.due) if late else (Reason.ACT_BY, case.act_by)
        self.add(reason, day, *whose)

    def of_extensions(self) -> None:
        case = self._case
        if case.state not in BEFORE_DECISION or not case.legal_due or self.late(case.legal_due) > 0:
            return
        for level, is_approved in case.waiting:
            if is_approved:
                # It holds only once he has been told, before the limit ends (Order 3 Art. 18).
                self.add(Reason.EXTENSION_TELL, case.legal_due, Whose.HANDLER, Whose.DESK)
            else:
                superior = level == Role.SUPERIOR
                self.add(
                    Reason.EXTENSION, case.legal_due, Whose.SUPERIOR if superior else Whose.HEAD
                )

    def of_contacts(self) -> None:
        case = self._case
        if case.kind != "complaint" or case.anonymous:
            return
        if case.state == State.REPLIED and not case.visited and case.notified_on:
            day = self._workday_after(case.notified_on, case.visit_workdays)
            if day <= self._until:
                self.add(Reason.VISIT, day, Whose.DESK)
        # Who is to be answered today or tomorrow is told by the answer itself.
        answered_soon = any(one.reason is Reason.ACT_BY for one in self.found)
        if case.state in _TOLD_OF_PROGRESS and not answered_soon:
            day = self._workday_after(case.contact_on, PROGRESS_WORKDAYS)
            if day <= self._until:
                whose = Whose.HANDLER if case.handler is not None else Whose.DESK
                self.add(Reason.PROGRESS, day, whose)

    def _workday_after(self, day: str, count: int) -> str:
        return self._calendar.workday_after(date.fromisoformat(day), count).day.isoformat()
