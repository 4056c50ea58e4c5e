"""What a member of staff is told, now."""

from __future__ import annotations

from branch.complaints.queries.reminders import reminders_for
from branch.complaints.reminders import (
    Reason,
    Reminder,
)
from branch.people.queries import staff_members
from tests.complaints.desk import Desk
from tests.conftest import SHANGHAI


def told(desk: Desk, staff_no: str) -> list[Reminder]:
    member = next(m for m in staff_members(desk.store) if m.staff_no == staff_no)
    now = desk.clock.now_ms()
    return list(reminders_for(desk.store, member.id, member.roles, now, SHANGHAI))


def days(desk: Desk, staff_no: str, reason: Reason) -> list[str]:
    return [one.day for one in told(desk, staff_no) if one.reason is reason]
