"""The clocks of a stored complaint: gathers what happened, computes, keeps the due days.

A due day never moves by itself: whoever changes what it depends on calls ``refresh_due``, which
records the change with its cause. While a re-review runs its own day is the due one (Order 3 Art.
20); the law's and the house's stay those of the reply, as they were when it was given.
"""

from __future__ import annotations

from datetime import date

from branch.complaints.case import Case, change, note, today, unguarded
from branch.complaints.deadlines import Due, Extension, Facts, Pause, due_days
from branch.complaints.house import house_of
from branch.complaints.records import (
    ComplaintRow,
    ExtensionRow,
    PauseRow,
    ReReviewRow,
    RestartRow,
)
from branch.complaints.rules import OPEN, State
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Work
from branch.kernel.store import Store
from branch.workdays.queries import work_calendar
from branch.workdays.rules import WorkCalendar

_PAUSES = Prepared(
    lambda complaint: PauseRow.select(PauseRow.start, PauseRow.end).where(
        PauseRow.complaint == complaint
    )
)
_EXTENSIONS = Prepared(
    lambda complaint: ExtensionRow.select(
        ExtensionRow.days, ExtensionRow.approved_on, ExtensionRow.told_on, ExtensionRow.level
    ).where(ExtensionRow.complaint == complaint, ExtensionRow.approved_on != "")
)
_RESTARTS = Prepared(
    lambda complaint: RestartRow.select(RestartRow.day).where(RestartRow.complaint == complaint)
)
_REVIEW = Prepared(
    lambda complaint: ReReviewRow.select(ReReviewRow.due).where(
        ReReviewRow.complaint == complaint, ReReviewRow.decision == ""
    )
)
_RESTART = Prepared(
    lambda complaint, day, cause: RestartRow.insert(
        {RestartRow.complaint: complaint, RestartRow.day: day, RestartRow.cause: cause}
    )
)
_BEGUN = Prepared(
    lambda complaint, day, cause: (
        RestartRow.select(RestartRow.id)
        .where(RestartRow.complaint == complaint, RestartRow.day == day, RestartRow.cause == cause)
        .order_by(RestartRow.id)
    )
)
_TAKE_BACK = Prepared(lambda restart: delete(RestartRow).where(RestartRow.id == restart))
_WAITING = Prepared(
    lambda complaint: (
        ExtensionRow.select(ExtensionRow.id, ExtensionRow.days)
        .where(
            ExtensionRow.complaint == complaint,
            ExtensionRow.told_on == "",
            ExtensionRow.refused_by.is_null(),
        )
        .order_by(ExtensionRow.id)
    )
)
_LAPSE = Prepared(
    lambda extension, staff: ExtensionRow.update({ExtensionRow.refused_by: staff}).where(
        ExtensionRow.id == extension
    )
)
_OPEN_PAUSES = Prepared(
    lambda complaint: (
        PauseRow.select(PauseRow.id)
        .where(PauseRow.complaint == complaint, PauseRow.end == "")
        .order_by(PauseRow.id)
    )
)
_END_PAUSE = Prepared(
    lambda pause, day: PauseRow.update({PauseRow.end: day}).where(PauseRow.id == pause)
)
_RUNNING = Prepared(
    lambda: (
        ComplaintRow.select(ComplaintRow.id)
        .where(ComplaintRow.state.in_(tuple(sorted(OPEN))))
        .order_by(ComplaintRow.id)
    )
)


def facts_of(store: Store, case: Case) -> Facts:
    """What the clocks of this complaint depend on."""
    return Facts(
        received_on=date.fromisoformat(case.received_on),
        restarts=tuple(
            date.fromisoformat(row[0]) for row in _RESTARTS.all(store, complaint=case.id)
        ),
        extensions=tuple(
            Extension(row[0], date.fromisoformat(row[1]), _day(row[2]), row[3])
            for row in _EXTENSIONS.all(store, complaint=case.id)
        ),
        pauses=tuple(
            Pause(date.fromisoformat(row[0]), _day(row[1]))
            for row in _PAUSES.all(store, complaint=case.id)
        ),
        house=house_of(store).limit_of(case.kind, case.channel),
        handled_on=_day(case.decided_on) if case.state == "decided" else None,
        from_pbc=case.forwarded == "central_bank",
    )


def due_of(store: Store, case: Case, day: str, calendar: WorkCalendar | None = None) -> Due:
    """The due days of a complaint as things stand on ``day`` (ISO)."""
    return due_days(
        facts_of(store, case), date.fromisoformat(day), calendar or work_calendar(store)
    )


def refresh_due(work: Work, case: Case, cause: str, calendar: WorkCalendar | None = None) -> bool:
    """Compute the due days anew and keep them; a change is recorded with its cause.

    Returns whether one moved. Only a complaint has a legal due day.
    """
    if case.state == State.RE_REVIEW:
        return _refresh_review(work, case, cause, calendar)
    due = due_of(work.store, case, today(work), calendar)
    is_complaint = case.kind == "complaint"
    effective = due.effective if is_complaint else due.house
    act_by = due.act_by
    if not is_complaint and effective is not None:
        act_by = (calendar or work_calendar(work.store)).act_by(effective).day
    after = (
        _text(due.legal) if is_complaint else "",
        _text(due.house),
        _text(effective),
        _text(act_by),
    )
    before = (case.legal_due, case.house_due, case.due, case.act_by)
    change(
        work,
        case,
        legal_due=after[0],
        house_due=after[1],
        due=after[2],
        act_by=after[3],
        provisional=due.provisional,
        paused=due.paused,
    )
    if before == after:
        return False
    note(
        work,
        case.id,
        "due_changed",
        cause=cause,
        legal=after[0],
        house=after[1],
        before_legal=before[0],
        before_house=before[1],
    )
    return True


def restart(work: Work, complaint: int, cause: str, day: str = "") -> None:
    """Begin the clock anew from ``day`` (ISO; today without one), within the caller's command.

    What was asked for to prolong the limit of before lapses with it (Order 3 Art. 18).
    """
    begins_on = day or today(work)
    before = facts_of(work.store, unguarded(work, complaint))
    if begins_on > max((before.received_on, *before.restarts)).isoformat():
        _lapse_requests(work, complaint)
    _RESTART.run(work.store, complaint=complaint, day=begins_on, cause=cause)


def take_back_restart(work: Work, complaint: int, cause: str, day: str) -> None:
    """Let the clock not have begun anew on a day (ISO) for this cause; ``refresh_due`` is the
    caller's. What lapsed then is asked for again by whoever needs it."""
    rows = _BEGUN.all(work.store, complaint=complaint, day=day, cause=cause)
    if rows:
        _TAKE_BACK.run(work.store, restart=rows[-1][0])


def close_pause(work: Work, complaint: int, pause: int) -> None:
    """Let this day count again; ``refresh_due`` is the caller's."""
    _END_PAUSE.run(work.store, pause=pause, day=today(work))
    note(work, complaint, "resumed", pause=pause)


def end_pauses(work: Work, complaint: int) -> bool:
    """End what still stands open; returns whether anything did. ``refresh_due`` is the caller's."""
    open_pauses = _OPEN_PAUSES.all(work.store, complaint=complaint)
    for row in open_pauses:
        close_pause(work, complaint, row[0])
    return bool(open_pauses)


def end_handling(work: Work, complaint: int) -> None:
    """Where the branch has decided, or need not, nothing is left that stops or prolongs its clock:
    mediation and appraisal (Order 3 Art. 18, 23) end with what they were for."""
    _lapse_requests(work, complaint)
    if end_pauses(work, complaint):
        refresh_due(work, unguarded(work, complaint), "pause")


def _lapse_requests(work: Work, complaint: int) -> None:
    """Longer limits that were asked for or approved, and that he was not told of."""
    for extension, days in _WAITING.all(work.store, complaint=complaint):
        _LAPSE.run(work.store, extension=extension, staff=work.actor.staff)
        note(work, complaint, "extension_lapsed", extension=extension, days=days)


def begin_review(work: Work, case: Case, due: date) -> None:
    """From now on the day by which the re-review is decided and told is the due one."""
    _keep_due(work, case, due, work_calendar(work.store))


def end_review(work: Work, case: Case) -> None:
    """The reply's due day again, as it was kept."""
    days = [day for day in (case.legal_due, case.house_due) if day]
    _keep_due(work, case, _day(min(days, default="")), work_calendar(work.store))


def _refresh_review(work: Work, case: Case, cause: str, calendar: WorkCalendar | None) -> bool:
    row = _REVIEW.one(work.store, complaint=case.id)
    assert row is not None  # the state says that one runs
    due = date.fromisoformat(row[0])
    act_by = _keep_due(work, case, due, calendar or work_calendar(work.store))
    if act_by == case.act_by:
        return False
    legal, house = case.legal_due, case.house_due
    note(
        work,
        case.id,
        "due_changed",
        cause=cause,
        legal=legal,
        house=house,
        before_legal=legal,
        before_house=house,
        act_by=act_by,
    )
    return True


def _keep_due(work: Work, case: Case, due: date | None, calendar: WorkCalendar) -> str:
    counted = calendar.act_by(due) if due is not None else None
    act_by = _text(counted.day if counted else None)
    provisional = bool(counted and counted.provisional)
    change(work, case, due=_text(due), act_by=act_by, provisional=provisional, paused=False)
    return act_by


def running(store: Store) -> tuple[int, ...]:
    """The complaints whose clocks count."""
    return tuple(row[0] for row in _RUNNING.all(store))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
