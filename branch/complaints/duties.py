"""What wants somebody's attention at a complaint on a day, and which level to tell; pure.

A day is told on the working day before it, on the day itself, and from then on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from branch.complaints.reminders import (
    AT_ONCE,
    CONTACT_B,
    HEAD,
    SUPERIOR,
    Reason,
    Reminder,
    Whose,
    level_at_once,
)
from branch.complaints.rules import BEFORE_DECISION, OPEN, State
from branch.workdays.rules import WorkCalendar

_TURN_OF_HANDLER = frozenset({State.ASSIGNED, State.INVESTIGATING})
_TURN_OF_DESK = frozenset({State.RECEIVED, State.ACCEPTED})
_TOLD_OF_PROGRESS = _TURN_OF_HANDLER | {State.ACCEPTED, State.DRAFTED, State.DECIDED}
_ANSWER = frozenset({Reason.OVERDUE, Reason.ACT_BY})


@dataclass(frozen=True)
class Watched:
    """What reminders depend on. Days are ISO or empty; ``contact_on`` is the last contact.

    ``visited`` says that a follow-up visit of this round reached the complainant or was tried
    often enough, ``decider`` who decides on the report that waits, ``visitor`` who makes the
    visit, ``apart`` who may not. ``escalated_at`` is when the next level was told last (local),
    None when that is long ago. ``desk_free`` and ``head_free`` say whether anybody of them may
    see the case.

    The house's working days: ``ack`` until the complainant is told that it has come, or one that
    was passed on is accepted, None where that is done or nobody is to be told; ``slip_out`` from
    ``with_desk_since`` until ``assigner`` assigns it, ``sign`` from ``assigned_on`` until it is
    taken over.
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
    waiting: tuple[tuple[Whose, bool], ...] = ()
    visit_workdays: int = 10
    decider: Whose | None = None
    visitor: Whose = Whose.DESK
    apart: frozenset[int] = frozenset()
    received_on: str = ""
    ack: int | None = None
    with_desk_since: str = ""
    slip_out: int = 1
    assigner: Whose = Whose.DESK
    assigned_on: str = ""
    sign: int = 1
    progress_workdays: int = 5
    proposed: str = ""
    escalated_at: datetime | None = None
    major_minutes: int = 30
    desk_free: bool = True
    head_free: bool = True


def reminders_about(case: Watched, today: date, calendar: WorkCalendar) -> tuple[Reminder, ...]:
    """What somebody should be told of this complaint on this working day."""
    told = _Telling(case, today, calendar)
    if case.state == State.MERGED:
        # Merged into one that was withdrawn: each is asked for himself (complaints.md 4b), and the
        # head takes the merge back.
        told.add(Reason.ASK, today.isoformat(), Whose.DESK, Whose.HEAD)
        return tuple(told.found)
    told.of_going_up_at_once()
    if case.state in OPEN and case.due:
        told.of_due_day()
    told.of_extensions()
    if case.state in _TURN_OF_HANDLER and case.slip_due and told.late(case.slip_due) > 0:
        told.add(Reason.SLIP, case.slip_due, Whose.HANDLER, Whose.DESK)
    told.of_decision()
    told.of_intake()
    told.of_contacts()
    told.of_levels()
    return tuple(told.found)


def proposed_level(case: Watched, today: date) -> int:
    """The level that should be told and has not been; 0 for none. A person decides.

    A house limit that has passed goes to the head, a legal one to the superior, the act-by day to
    contact B; what goes up at once has done so by itself.
    """
    if case.kind != "complaint" or case.state not in OPEN - {State.RE_REVIEW}:
        return 0
    day = today.isoformat()
    wanted = level_at_once(case.kind, case.channel, case.major)
    if case.act_by and case.act_by <= day:
        wanted = max(wanted, CONTACT_B)
    if case.house_due and case.house_due < day:
        wanted = max(wanted, HEAD)
    if case.legal_due and case.legal_due < day:
        wanted = SUPERIOR
    return wanted if wanted > case.level else 0


class _Telling:
    """Collects what is told of one complaint on one day."""

    def __init__(self, case: Watched, today: date, calendar: WorkCalendar) -> None:
        self._case, self._today, self._calendar = case, today, calendar
        # What is to be done tomorrow is told today, on a Friday what is to be done on Monday.
        self._until = calendar.workday_after(today, 1).day.isoformat()
        self.found: list[Reminder] = []

    def late(self, day: str) -> int:
        return (self._today - date.fromisoformat(day)).days

    def add(self, reason: Reason, day: str, *whose: Whose, until: str = "", count: int = 0) -> None:
        case = self._case
        everybody = {one for one in whose if one is not Whose.HANDLER or case.handler is not None}
        if Whose.DESK in everybody and not case.desk_free:
            everybody.add(Whose.HEAD)
        if Whose.HEAD in everybody and not case.head_free:
            everybody.add(Whose.SUPERIOR)
        propose = 0
        if reason in (Reason.OVERDUE, Reason.ACT_BY, Reason.LEVEL):
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
                until,
                count,
                case.apart if reason is Reason.VISIT else frozenset(),
            )
        )

    def of_going_up_at_once(self) -> None:
        """Told from the moment on until the end of the working day after it."""
        case = self._case
        if case.state not in OPEN or not case.escalated_at or not self._is_fresh():
            return
        day = case.escalated_at.date().isoformat()
        if case.major:
            until = case.escalated_at + timedelta(minutes=case.major_minutes)
            self.add(
                Reason.MAJOR, day, Whose.DESK, Whose.HEAD, Whose.SUPERIOR, until=f"{until:%H:%M}"
            )
        elif case.channel == "media":
            self.add(Reason.MEDIA, day, Whose.DESK, Whose.HEAD)

    def of_levels(self) -> None:
        """Who was brought in, and the level that is proposed where nothing else says so."""
        case = self._case
        if self._answer_is_told():
            return
        at_once = any(one.reason in AT_ONCE for one in self.found)
        if case.state in OPEN and case.escalated_at and self._is_fresh() and not at_once:
            day = case.escalated_at.date().isoformat()
            if case.level == HEAD:
                self.add(Reason.ESCALATED, day, Whose.HEAD)
            elif case.level >= SUPERIOR:
                self.add(Reason.ESCALATED, day, Whose.SUPERIOR)
        if proposed_level(case, self._today):
            self.add(Reason.LEVEL, self._today.isoformat(), Whose.HANDLER, Whose.DESK)

    def of_decision(self) -> None:
        """A report waits for the one who decides (complaints.md 4a, 13)."""
        case = self._case
        if case.decider is not None and not self._answer_is_told():
            self.add(Reason.DECIDE, case.act_by or self._today.isoformat(), case.decider)

    def of_intake(self) -> None:
        """Acknowledged, the slip out, signed for (complaints.md D12-D14). Who is to be answered
        today or tomorrow is told by the answer itself."""
        case = self._case
        if case.kind != "complaint" or case.state not in BEFORE_DECISION or self._answer_is_told():
            return
        is_new = case.state == State.RECEIVED and case.channel == "superior"
        if case.ack is not None:
            reason = Reason.ACCEPT if is_new else Reason.ACK
            self._when_near(
                reason, self._workday_after(case.received_on, case.ack), Whose.DESK, Whose.HANDLER
            )
        if case.proposed:
            self.add(Reason.PROPOSED, self._today.isoformat(), Whose.HEAD)
        elif case.state in _TURN_OF_DESK and not is_new:
            day = self._workday_after(case.with_desk_since, case.slip_out)
            self._when_near(Reason.ASSIGN, day, case.assigner)
        if case.state == State.ASSIGNED:
            self._when_near(
                Reason.SIGN, self._workday_after(case.assigned_on, case.sign), Whose.HANDLER
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
        if late or case.level >= HEAD or case.major:
            whose.append(Whose.HEAD)
        if case.decider is not None:
            whose.append(case.decider)
        if case.level >= SUPERIOR:
            whose.append(Whose.SUPERIOR)
        reason, day = (Reason.OVERDUE, case.due) if late else (Reason.ACT_BY, case.act_by)
        self.add(reason, day, *whose)

    def of_extensions(self) -> None:
        case = self._case
        if case.state not in BEFORE_DECISION or not case.legal_due or self.late(case.legal_due) > 0:
            return
        for whose, is_approved in case.waiting:
            if is_approved:
                # It holds only once he has been told, before the limit ends (Order 3 Art. 18).
                self.add(Reason.EXTENSION_TELL, case.legal_due, Whose.HANDLER, Whose.DESK)
            else:
                self.add(Reason.EXTENSION, case.legal_due, whose)

    def of_contacts(self) -> None:
        case = self._case
        if case.kind != "complaint" or case.anonymous:
            return
        if case.state == State.REPLIED and not case.visited and case.notified_on:
            day = self._workday_after(case.notified_on, case.visit_workdays)
            self._when_near(Reason.VISIT, day, case.visitor)
        # Who hears the answer today or tomorrow, or that his complaint has come, hears of it.
        soon = any(one.reason in (Reason.ACT_BY, Reason.ACK) for one in self.found)
        if case.state in _TOLD_OF_PROGRESS and not soon:
            count = case.progress_workdays
            day = self._workday_after(case.contact_on, count)
            whose = Whose.HANDLER if case.handler is not None else Whose.DESK
            self._when_near(Reason.PROGRESS, day, whose, count=count)

    def _when_near(self, reason: Reason, day: str, *whose: Whose, count: int = 0) -> None:
        if day <= self._until:
            self.add(reason, day, *whose, count=count)

    def _answer_is_told(self) -> bool:
        return any(one.reason in _ANSWER for one in self.found)

    def _is_fresh(self) -> bool:
        at = self._case.escalated_at
        return at is not None and self._today <= self._calendar.workday_after(at.date(), 1).day

    def _workday_after(self, day: str, count: int) -> str:
        return self._calendar.workday_after(date.fromisoformat(day), count).day.isoformat()
