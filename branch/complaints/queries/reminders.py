"""Whom the complaint desk reminds of what; writes nothing.

Nobody is reminded of a complaint that is about himself.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from branch.complaints.duties import reminders_about
from branch.complaints.queries.actions import actions_to, effects_to
from branch.complaints.queries.watched import watched
from branch.complaints.recusal import kept_from
from branch.complaints.reminders import (
    AT_ONCE,
    Reason,
    Reminder,
    Whose,
    in_order,
    is_for,
    is_told_now,
    without_own_level,
)
from branch.kernel.clock import from_ms
from branch.kernel.store import Store
from branch.people.rules import Role, may_read, permits
from branch.quality.queries import Action
from branch.workdays.queries import work_calendar


def reminders_for(
    store: Store, staff: int, roles: frozenset[str], at: int, zone: ZoneInfo
) -> tuple[Reminder, ...]:
    """What this person is to be reminded of at an instant (ms), what is late first; on a day that
    is not worked and before the branch opens only what goes up at once."""
    calendar, now = work_calendar(store), from_ms(at, zone)
    is_working_time = is_told_now(now, calendar)
    found: list[Reminder] = []
    if may_read("complaints", roles):
        hidden = kept_from(store, staff)
        found = [
            without_own_level(reminder, roles)
            for case in watched(store, at, zone)
            if case.id not in hidden
            for reminder in reminders_about(case, now.date(), calendar)
            if is_for(reminder, staff, roles) and (is_working_time or reminder.reason in AT_ONCE)
        ]
    if not is_working_time:
        return in_order(found)
    today = now.date().isoformat()
    for action in actions_to(store, staff):
        is_his = action.owner == staff or Role.BRANCH_MANAGER in roles
        if is_his and action.overdue(today):
            late = (now.date() - date.fromisoformat(action.due_on)).days
            whose = frozenset({Whose.HANDLER, Whose.HEAD})
            found.append(
                Reminder(Reason.ACTION, action.id, "", action.due_on, late, whose, action.owner)
            )
    if permits("CheckEffect", roles):
        found += [
            _of_effect(action, now.date())
            for action in effects_to(store, staff, today)
            if action.owner != staff
        ]
    return in_order(found)


def _of_effect(action: Action, today: date) -> Reminder:
    late = (today - date.fromisoformat(action.effect_due)).days
    whose = frozenset({Whose.DESK, Whose.SUPERVISOR, Whose.HEAD, Whose.SUPERIOR})
    return Reminder(Reason.EFFECT, action.id, "", action.effect_due, late, whose, action.owner)
