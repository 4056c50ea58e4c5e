"""What is to be done on a day by the templates in force on it, the working calendar and the
branch's hours; writes nothing."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

from branch.inspections.due import Hours, Slot, slots
from branch.inspections.templates import templates_on
from branch.kernel.setting import setting
from branch.kernel.store import Store
from branch.lobby.queries.screens import branch_name
from branch.people.queries import staff_members
from branch.workdays.queries import work_calendar


def slots_on(store: Store, day: date) -> tuple[Slot, ...]:
    """Every time an inspection is open on a day, by its end."""
    name, calendar = branch_name(store), work_calendar(store)
    hours = Hours(
        time.fromisoformat(name.opens),
        time.fromisoformat(name.closes),
        setting(store, "patrol_every_h"),
    )
    tellers = [
        member.id for member in staff_members(store) if member.active and "teller" in member.roles
    ]
    found = [
        slot
        for template in templates_on(store, day, ZoneInfo(name.zone))
        for slot in slots(template, day, hours, calendar.is_workday, tellers)
    ]
    return tuple(sorted(found, key=lambda slot: (slot.last, slot.first, slot.template)))
