"""Whom the complaint desk reminds of what; writes nothing.

Nobody is reminded of a complaint that is about himself.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from zoneinfo import ZoneInfo

from peewee import fn

from branch.complaints.commands.answering import TRIES
from branch.complaints.house import house_of
from branch.complaints.queries.actions import actions_to
from branch.complaints.records import ComplaintRow, ExtensionRow, FollowUpRow, SubjectRow
from branch.complaints.recusal import kept_from
from branch.complaints.reminders import (
    Reason,
    Reminder,
    Watched,
    Whose,
    in_order,
    is_for,
    is_told_now,
    reminders_about,
    without_own_level,
)
from branch.complaints.rules import OPEN, State
from branch.kernel.clock import from_ms, local_date
from branch.kernel.journal import read_data
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.people.rules import Role, may_read
from branch.workdays.queries import work_calendar

# Longer than any run of days in which five are worked.
_CONTACTS_BACK_MS = 31 * 24 * 3_600_000
_STATES = tuple(sorted(OPEN | {State.REPLIED}))

_WATCHED = Prepared(
    lambda: (
        ComplaintRow.select(
            ComplaintRow.id,
            ComplaintRow.number,
            ComplaintRow.kind,
            ComplaintRow.state,
            ComplaintRow.handler,
            ComplaintRow.level,
            ComplaintRow.major,
            ComplaintRow.channel,
            ComplaintRow.anonymous,
            ComplaintRow.due,
            ComplaintRow.legal_due,
            ComplaintRow.house_due,
            ComplaintRow.act_by,
            ComplaintRow.slip_due,
            ComplaintRow.notified_at,
            ComplaintRow.received_on,
            ComplaintRow.round,
        )
        .where(ComplaintRow.state.in_(_STATES))
        .order_by(ComplaintRow.id)
    )
)
_WAITING = Prepared(
    lambda: ExtensionRow.select(
        ExtensionRow.complaint, ExtensionRow.level, ExtensionRow.approved_on
    ).where(ExtensionRow.told_on == "", ExtensionRow.refused_by.is_null())
)
_VISITS = Prepared(
    lambda: (
        FollowUpRow.select(FollowUpRow.complaint, FollowUpRow.round, FollowUpRow.reached)
        .join(ComplaintRow, on=(ComplaintRow.id == FollowUpRow.complaint))
        .where(ComplaintRow.state == State.REPLIED)
    )
)
_TOUCHED = Prepared(
    lambda: (
        SubjectRow.select(SubjectRow.complaint, SubjectRow.staff)
        .join(ComplaintRow, on=(ComplaintRow.id == SubjectRow.complaint))
        .where(ComplaintRow.state.in_(_STATES))
    )
)
_FIRST_SINCE = Prepared(
    lambda since: JournalRow.select(fn.MIN(JournalRow.revision)).where(JournalRow.at >= since)
)
_CONTACTS = Prepared(
    lambda revision, since: JournalRow.select(
        JournalRow.subject, JournalRow.at, JournalRow.data
    ).where(
        JournalRow.what.in_(("complaint.contact_recorded", "complaint.extension_told")),
        JournalRow.revision >= revision,
        JournalRow.at >= since,
    )
)


def reminders_for(
    store: Store, staff: int, roles: frozenset[str], at: int, zone: ZoneInfo
) -> tuple[Reminder, ...]:
    """What this person is to be reminded of at an instant (ms), what is late first; nothing on a
    day that is not worked and before the branch opens."""
    calendar, now = work_calendar(store), from_ms(at, zone)
    if not is_told_now(now, calendar):
        return ()
    found: list[Reminder] = []
    if may_read("complaints", roles):
        hidden = kept_from(store, staff)
        found = [
            without_own_level(reminder, roles)
            for case in _watched(store, at, zone)
            if case.id not in hidden
            for reminder in reminders_about(case, now.date(), calendar)
            if is_for(reminder, staff, roles)
        ]
    today = now.date().isoformat()
    for action in actions_to(store, staff):
        is_his = action.owner == staff or Role.BRANCH_MANAGER in roles
        if is_his and action.overdue(today):
            late = (now.date() - date.fromisoformat(action.due_on)).days
            whose = frozenset({Whose.HANDLER, Whose.HEAD})
            found.append(
                Reminder(Reason.ACTION, action.id, "", action.due_on, late, whose, action.owner)
            )
    return in_order(found)


def _watched(store: Store, at: int, zone: ZoneInfo) -> list[Watched]:
    rows = _WATCHED.all(store)
    if not rows:
        return []
    contacts = _contacts(store, at, zone)
    touched: dict[int, set[int]] = defaultdict(set)
    for complaint, staff in _TOUCHED.all(store):
        touched[complaint].add(staff)
    waiting: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for complaint, level, approved_on in _WAITING.all(store):
        waiting[complaint].append((level, bool(approved_on)))
    visits: dict[tuple[int, int], list[bool]] = defaultdict(list)
    for complaint, number, reached in _VISITS.all(store):
        visits[complaint, number].append(bool(reached))
    active = [member for member in staff_members(store) if member.active]
    visit_workdays = house_of(store).visit_workdays
    desk = {member.id for member in active if Role.COMPLAINT_OFFICER in member.roles}
    heads = {member.id for member in active if Role.BRANCH_MANAGER in member.roles}
    return [
        Watched(
            id=row[0],
            number=row[1],
            kind=row[2],
            state=row[3],
            handler=row[4],
            level=row[5],
            major=bool(row[6]),
            channel=row[7],
            anonymous=bool(row[8]),
            due=row[9],
            legal_due=row[10],
            house_due=row[11],
            act_by=row[12],
            # A later round begins without a slip.
            slip_due=row[13] if row[16] == 1 else "",
            notified_on=_day(row[14], zone),
            contact_on=max(row[15], contacts.get(row[0], "")),
            visited=any(visits[row[0], row[16]]) or len(visits[row[0], row[16]]) >= TRIES,
            waiting=tuple(waiting.get(row[0], ())),
            visit_workdays=visit_workdays,
            desk_free=bool(desk - touched.get(row[0], set())),
            head_free=bool(heads - touched.get(row[0], set())),
        )
        for row in rows
    ]


def _contacts(store: Store, now: int, zone: ZoneInfo) -> dict[int, str]:
    """The day of the last contact that reached the complainant, of those in the last weeks."""
    since = now - _CONTACTS_BACK_MS
    first = _FIRST_SINCE.one(store, since=since)
    if first is None or first[0] is None:
        return {}
    found: dict[int, str] = {}
    for subject, at, data in _CONTACTS.all(store, revision=first[0], since=since):
        if read_data(data).get("reached") is not False:
            complaint = int(subject)
            found[complaint] = max(found.get(complaint, ""), _day(at, zone))
    return found


def _day(at: int | None, zone: ZoneInfo) -> str:
    return "" if at is None else local_date(at, zone).isoformat()
