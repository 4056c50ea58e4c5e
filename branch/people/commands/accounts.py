"""Accounts: joining, leaving, roles, a new PIN, unlocking; an account is closed, never deleted."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Actor, Handler, Work
from branch.kernel.store import Store
from branch.people.commands.pins import hashed
from branch.people.commands.sessions import end_sessions
from branch.people.records import StaffRow
from branch.people.rules import (
    PERSON_ROLES,
    PROGRAM,
    Role,
    checked_name,
    checked_pin,
    checked_staff_no,
)


@dataclass(frozen=True)
class AddStaff:
    """Make an account with its first PIN."""

    staff_no: str
    name: str
    roles: frozenset[str]
    pin: str

    def __repr__(self) -> str:
        return "AddStaff()"


@dataclass(frozen=True)
class ChangeStaff:
    """Change name, roles or activity of an account."""

    staff: int
    name: str
    roles: frozenset[str]
    active: bool

    def __repr__(self) -> str:
        return f"ChangeStaff({self.staff})"


@dataclass(frozen=True)
class ResetPin:
    """Give an account a new PIN and unlock it."""

    staff: int
    pin: str

    def __repr__(self) -> str:
        return "ResetPin()"


@dataclass(frozen=True)
class Unlock:
    """Open an account again that wrong PINs have locked; its PIN stays."""

    staff: int


_NUMBER_TAKEN = Prepared(
    lambda staff_no: StaffRow.select(StaffRow.id).where(StaffRow.staff_no == staff_no)
)
_BY_ID = Prepared(
    lambda staff: StaffRow.select(
        StaffRow.name, StaffRow.roles, StaffRow.pin_hash, StaffRow.active, StaffRow.locked
    ).where(StaffRow.id == staff)
)
_ROLES = Prepared(
    lambda staff: StaffRow.select(StaffRow.roles, StaffRow.active).where(StaffRow.id == staff)
)
_SET_PIN = Prepared(
    lambda staff, pin_hash: StaffRow.update(
        {
            StaffRow.pin_hash: pin_hash,
            StaffRow.failures: 0,
            StaffRow.not_before: 0,
            StaffRow.locked: False,
        }
    ).where(StaffRow.id == staff)
)
_OPEN = Prepared(
    lambda staff: StaffRow.update(
        {StaffRow.failures: 0, StaffRow.not_before: 0, StaffRow.locked: False}
    ).where(StaffRow.id == staff)
)
_INSERT = Prepared(
    lambda staff_no, name, roles, pin_hash: StaffRow.insert(
        {
            StaffRow.staff_no: staff_no,
            StaffRow.name: name,
            StaffRow.roles: roles,
            StaffRow.pin_hash: pin_hash,
            StaffRow.active: True,
            StaffRow.locked: False,
            StaffRow.failures: 0,
            StaffRow.not_before: 0,
        }
    ).returning(StaffRow.id)
)
_CHANGE = Prepared(
    lambda staff, name, roles, active: StaffRow.update(
        {StaffRow.name: name, StaffRow.roles: roles, StaffRow.active: active}
    ).where(StaffRow.id == staff)
)
_OTHER_ADMINISTRATORS = Prepared(
    lambda staff: StaffRow.select(StaffRow.roles).where(
        StaffRow.active == True,  # noqa: E712
        StaffRow.id != staff,
    )
)


def roles_of(store: Store, staff: int) -> frozenset[str] | None:
    """The roles of an active account, or None; the program's own work has a role without one."""
    if staff == PROGRAM:
        return frozenset({Role.PROGRAM})
    row = _ROLES.one(store, staff=staff)
    return frozenset(row[0].split(",")) if row and row[1] else None


def add_account(store: Store, staff_no: str, name: str, roles: frozenset[str], pin: str) -> int:
    """Insert an account and return its id; an empty PIN makes a station's account."""
    row = _INSERT.one(
        store,
        staff_no=staff_no,
        name=name,
        roles=",".join(sorted(roles)),
        pin_hash=hashed(pin) if pin else "",
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    identity: int = row[0]
    return identity


def add_staff(work: Work, command: AddStaff) -> int:
    """Make an account; raises BadInput for a number already taken."""
    number = checked_staff_no(command.staff_no)
    name = checked_name(command.name, "name")
    roles = _checked_roles(command.roles)
    if _NUMBER_TAKEN.one(work.store, staff_no=number):
        raise BadInput("staff_no_taken", field="staff_no", number=number)
    row = _INSERT.one(work.store, staff_no=number, name=name, roles=roles, pin_hash=work.prepared)
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record("staff.added", row[0], roles=roles.split(","))
    return int(row[0])


def change_staff(work: Work, command: ChangeStaff) -> None:
    """Change an account; who leaves is signed out everywhere, his name stays with what he did.

    Raises RuleBroken where no administrator would be left, NotPermitted for one's own roles,
    Stale for the account of a station.
    """
    name = checked_name(command.name, "name")
    roles = _checked_roles(command.roles)
    row = _person(work.store, command.staff)
    stays = command.active and Role.ADMINISTRATOR in command.roles
    others = _OTHER_ADMINISTRATORS.all(work.store, staff=command.staff)
    if not stays and not any(Role.ADMINISTRATOR in row[0].split(",") for row in others):
        raise RuleBroken("last_administrator")
    old_name, old_roles, was_active = row[0], row[1], bool(row[3])
    if command.staff == work.actor.staff and (roles, command.active) != (old_roles, was_active):
        raise NotPermitted("own_roles")
    _CHANGE.run(work.store, staff=command.staff, name=name, roles=roles, active=command.active)
    if name != old_name:
        work.record("staff.renamed", command.staff)
    if roles != old_roles:
        taken = sorted(set(old_roles.split(",")) - set(roles.split(",")))
        work.record("staff.roles_changed", command.staff, roles=roles.split(","), taken=taken)
    if command.active != was_active:
        work.record("staff.returned" if command.active else "staff.left", command.staff)
    if not command.active:
        end_sessions(work, command.staff)


def reset_pin(work: Work, command: ResetPin) -> None:
    """Give a new PIN and unlock; nobody resets his own this way."""
    _person(work.store, command.staff)
    if command.staff == work.actor.staff:
        raise NotPermitted("own_pin_by_change")
    _SET_PIN.run(work.store, staff=command.staff, pin_hash=work.prepared)
    work.record("staff.pin_reset", command.staff)


def unlock(work: Work, command: Unlock) -> None:
    """Let somebody try his PIN again; raises Stale where nothing is locked."""
    row = _person(work.store, command.staff)
    if command.staff == work.actor.staff:
        raise NotPermitted("own_unlock")
    if not row[4]:
        raise Stale("account_not_locked")
    _OPEN.run(work.store, staff=command.staff)
    work.record("staff.unlocked", command.staff)


def _person(store: Store, staff: int) -> tuple[str, str, str, bool, bool]:
    row = _BY_ID.one(store, staff=staff)
    if row is None:
        raise NotFound("staff_unknown")
    if not row[2]:
        raise Stale("station_account")
    return row[0], row[1], row[2], bool(row[3]), bool(row[4])


def _checked_roles(roles: frozenset[str]) -> str:
    known = {str(role) for role in PERSON_ROLES}
    if not roles or not roles <= known:
        raise BadInput("roles_empty", field="roles")
    return ",".join(sorted(roles))


def _hash_new_pin(store: Store, command: AddStaff | ResetPin, actor: Actor) -> str:
    return hashed(checked_pin(command.pin))


HANDLERS: dict[type, Handler] = {
    AddStaff: Handler(add_staff, _hash_new_pin),
    ChangeStaff: Handler(change_staff),
    ResetPin: Handler(reset_pin, _hash_new_pin),
    Unlock: Handler(unlock),
}
