"""How a branch begins: its row, its first journal entry, the default catalogue, its staff.

It runs once on an empty store, before there is anything a command could be refused by.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import available_timezones

from branch.catalogue.founding import (
    Catalogue,
    NewCounter,
    catalogue_of,
    default_catalogue,
    fill,
    shipped,
)
from branch.kernel import journal
from branch.kernel.branch_key import add_key
from branch.kernel.errors import BadInput, RuleBroken
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow
from branch.kernel.setting import checked_text_setting, keep_setting
from branch.kernel.store import Store
from branch.people.commands import add_account
from branch.people.queries import staff_members
from branch.people.rules import Role, checked_name, checked_pin, checked_staff_no
from branch.rooms.founding import NewRoom
from branch.rooms.founding import fill as fill_rooms

FOUNDER_STATION = "founding"


@dataclass(frozen=True)
class NewStaff:
    """An account to begin with; an empty PIN makes a station's account."""

    staff_no: str
    name: str
    roles: frozenset[str]
    pin: str

    def __repr__(self) -> str:
        return f"NewStaff({self.staff_no!r})"


_STATIONS = (
    NewStaff("KIOSK", "取号机", frozenset({Role.KIOSK}), ""),
    NewStaff("BOARD", "叫号屏", frozenset({Role.BOARD}), ""),
)


@dataclass(frozen=True)
class Plan:
    """Everything a new branch begins with."""

    code: str
    name_zh: str
    name_en: str
    catalogue: Catalogue
    staff: tuple[NewStaff, ...]
    counters: tuple[NewCounter, ...] = ()
    rooms: tuple[NewRoom, ...] = ()
    zone: str = "Asia/Shanghai"
    opens: str = "09:00"
    closes: str = "17:00"
    # Settings of its letters (kernel.setting.TEXTS); a branch of one's own begins without.
    letters: Mapping[str, str] = field(default_factory=dict)


def sample_plan() -> Plan:
    """The sample branch with fresh random PINs, to be shown once."""
    sample = shipped("samples/branch.yaml")
    people = shipped("samples/staff.yaml")["staff"]
    catalogue = default_catalogue(sample["areas"])
    targets = sample["class_targets_min"]
    classes = tuple(
        {**klass, "target": targets.get(klass["code"], klass["target"])}
        for klass in catalogue.classes
    )
    by_group: dict[str, set[str]] = {}
    for service in catalogue.services:
        by_group.setdefault(service["group"], set()).add(service["code"])
    counters = tuple(
        NewCounter(
            number=row["number"],
            services=frozenset().union(*(by_group[group] for group in row["groups"])),
            zh=row.get("zh", ""),
            en=row.get("en", "").capitalize(),
            planned_break=row.get("break", ""),
        )
        for row in sample["counters"]
    )
    staff = tuple(
        NewStaff(str(row["staff_no"]), row["name"], frozenset(row["roles"]), random_pin())
        for row in people
    )
    return Plan(
        code=sample["branch"]["code"],
        name_zh=sample["branch"]["name_zh"],
        name_en=sample["branch"]["name_en"],
        opens=str(sample["branch"]["opens"]),
        closes=str(sample["branch"]["closes"]),
        letters=sample["letters"],
        catalogue=Catalogue(
            catalogue.areas, catalogue.queues, catalogue.groups, catalogue.services, classes
        ),
        staff=staff,
        counters=counters,
        rooms=tuple(
            NewRoom(room["name"], room["seats"], room["recorder"]) for room in sample["rooms"]
        ),
    )


def twin_plan(store: Store) -> Plan:
    """A branch like this one, to try days on: its catalogue, counters and people, without PINs."""
    row = BranchRow.select().dicts().execute(store.database)[0]
    catalogue, counters = catalogue_of(store)
    stations = {member.staff_no for member in _STATIONS}
    return Plan(
        code=row["code"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        catalogue=catalogue,
        staff=tuple(
            NewStaff(member.staff_no, member.name, member.roles, "")
            for member in staff_members(store)
            if member.active and member.staff_no not in stations
        ),
        counters=counters,
        zone=row["zone"],
        opens=row["opens"],
        closes=row["closes"],
    )


def random_pin() -> str:
    """A PIN that may be set, from the system's source of chance."""
    while True:
        pin = f"{secrets.randbelow(1_000_000):06d}"
        try:
            return checked_pin(pin)
        except BadInput:
            continue


_IS_FOUNDED = Prepared(lambda: BranchRow.select(BranchRow.revision))


def is_founded(store: Store) -> bool:
    """Whether the store has its branch."""
    return _IS_FOUNDED.one(store) is not None


def found(store: Store, plan: Plan, now: int) -> None:
    """Write the branch in one transaction.

    Raises RuleBroken on a store that has a branch, BadInput for names, numbers or PINs that
    cannot stand.
    """
    name_zh = checked_name(plan.name_zh, "name_zh")
    name_en = checked_name(plan.name_en or plan.name_zh, "name_en")
    code = checked_staff_no(plan.code)
    staff = _checked_staff(plan.staff)
    if plan.zone not in available_timezones():
        raise BadInput("code_unknown", field="zone", given=plan.zone)
    with store.transaction():
        if is_founded(store):
            raise RuleBroken("branch_exists")
        digest = journal.append(
            store, "", 1, now, FOUNDER_STATION, 0, journal.GENESIS, code, {"zone": plan.zone}
        )
        BranchRow.insert(
            id=1,
            code=code,
            name_zh=name_zh,
            name_en=name_en,
            zone=plan.zone,
            opens=plan.opens,
            closes=plan.closes,
            revision=1,
            head=digest,
            day="",
        ).execute(store.database)
        fill(store, plan.catalogue, plan.counters)
        fill_rooms(store, plan.rooms)
        for key, text in plan.letters.items():
            keep_setting(store, key, checked_text_setting(key, text))
        for member in staff:
            add_account(store, member.staff_no, member.name, member.roles, member.pin)
        if store.ring is not None:
            add_key(store, store.sealer.key, now)


def _checked_staff(staff: tuple[NewStaff, ...]) -> tuple[NewStaff, ...]:
    found = {member.staff_no: member for member in _STATIONS}
    for member in staff:
        number = checked_staff_no(member.staff_no)
        if number in found:
            raise BadInput("staff_no_taken", field="staff_no", number=number)
        pin = checked_pin(member.pin) if member.pin else ""
        found[number] = NewStaff(number, checked_name(member.name, "name"), member.roles, pin)
    return tuple(found.values())
