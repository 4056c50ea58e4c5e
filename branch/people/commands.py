"""What happens to accounts: sign in and out, join, change, PINs. Run by the command runner only."""

from __future__ import annotations

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from branch.kernel.clock import MS_PER_SECOND
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Actor, Handler, Work
from branch.kernel.store import Store
from branch.people.records import SessionRow, StaffRow
from branch.people.rules import (
    MOST_FAILURES,
    Role,
    checked_name,
    checked_pin,
    checked_staff_no,
    gate,
    wait_after_failures,
)

# OWASP's parameters for argon2id where 46 MiB can be spared: about 30 to 60 ms a try.
_HASHER = PasswordHasher(time_cost=2, memory_cost=47_104, parallelism=1)


@dataclass(frozen=True)
class SignIn:
    """Sign a member of staff in at the actor's station."""

    staff_no: str
    pin: str

    def __repr__(self) -> str:
        return "SignIn()"


@dataclass(frozen=True)
class SignedIn:
    """An accepted sign-in."""

    staff: int
    name: str
    roles: frozenset[str]


@dataclass(frozen=True)
class SignInRefused:
    """A sign-in that was not accepted: a code of errors.yaml, seconds to wait, tries left."""

    code: str
    wait_s: int = 0
    left: int = 0


@dataclass(frozen=True)
class SignOut:
    """End the session of the actor's station."""


@dataclass(frozen=True)
class ChangePin:
    """Change one's own PIN."""

    old: str
    new: str

    def __repr__(self) -> str:
        return "ChangePin()"


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


@dataclass(frozen=True)
class ResetPin:
    """Give an account a new PIN and unlock it."""

    staff: int
    pin: str

    def __repr__(self) -> str:
        return "ResetPin()"


_BY_NUMBER = Prepared(
    lambda staff_no: StaffRow.select(
        StaffRow.id,
        StaffRow.name,
        StaffRow.roles,
        StaffRow.pin_hash,
        StaffRow.active,
        StaffRow.locked,
        StaffRow.failures,
        StaffRow.not_before,
    ).where(StaffRow.staff_no == staff_no)
)
_BY_ID = Prepared(
    lambda staff: StaffRow.select(
        StaffRow.staff_no, StaffRow.name, StaffRow.roles, StaffRow.pin_hash, StaffRow.active
    ).where(StaffRow.id == staff)
)
_ROLES = Prepared(
    lambda staff: StaffRow.select(StaffRow.roles, StaffRow.active).where(StaffRow.id == staff)
)
_COUNT_FAILURE = Prepared(
    lambda staff, failures, not_before, locked: StaffRow.update(
        {
            StaffRow.failures: failures,
            StaffRow.not_before: not_before,
            StaffRow.locked: locked,
        }
    ).where(StaffRow.id == staff)
)
_SEAT = Prepared(
    lambda station, staff, since: SessionRow.insert(
        {SessionRow.station: station, SessionRow.staff: staff, SessionRow.since: since}
    ).on_conflict(
        conflict_target=[SessionRow.station],
        update={SessionRow.staff: staff, SessionRow.since: since},
    )
)
_UNSEAT = Prepared(lambda station: delete(SessionRow).where(SessionRow.station == station))
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
    """The roles of an active account, or None."""
    row = _ROLES.one(store, staff=staff)
    return frozenset(row[0].split(",")) if row and row[1] else None


def add_account(store: Store, staff_no: str, name: str, roles: frozenset[str], pin: str) -> int:
    """Insert an account and return its id; an empty PIN makes a station's account."""
    row = _INSERT.one(
        store,
        staff_no=staff_no,
        name=name,
        roles=",".join(sorted(roles)),
        pin_hash=_HASHER.hash(pin) if pin else "",
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    identity: int = row[0]
    return identity


def _matches(pin_hash: str, pin: str) -> bool:
    if not pin_hash:
        return False
    try:
        return _HASHER.verify(pin_hash, pin)
    except VerifyMismatchError:
        return False


def _typed_number(text: str) -> str:
    try:
        return checked_staff_no(text)
    except BadInput:
        return ""  # nobody has this number


def _check_sign_in(store: Store, command: SignIn, actor: Actor) -> tuple[str, bool]:
    row = _BY_NUMBER.one(store, staff_no=_typed_number(command.staff_no))
    if row is None:
        # The same work as for a known number, so that the time tells nothing.
        _HASHER.hash(command.pin)
        return "", False
    return row[3], _matches(row[3], command.pin)


def sign_in(work: Work, command: SignIn) -> SignedIn | SignInRefused:
    """Sign in, or count the failure; a wrong PIN is a fact to keep, so it does not raise."""
    seen_hash, matches = _tuple(work.prepared)
    row = _BY_NUMBER.one(work.store, staff_no=_typed_number(command.staff_no))
    if row is None:
        work.record("session.refused", work.actor.station, code="sign_in_wrong")
        return SignInRefused("sign_in_wrong")
    staff, name, roles, pin_hash, active, locked, failures, not_before = row
    door = gate(bool(active), bool(locked), not_before, work.now)
    if door.code:
        work.record("session.refused", work.actor.station, account=staff, code=door.code)
        return SignInRefused(door.code, door.wait_s)
    if not matches or pin_hash != seen_hash:
        failures += 1
        wait = wait_after_failures(failures)
        lock = failures >= MOST_FAILURES
        not_before = work.now + wait * MS_PER_SECOND
        _COUNT_FAILURE.run(
            work.store, staff=staff, failures=failures, not_before=not_before, locked=lock
        )
        code = "account_locked" if lock else "sign_in_wrong"
        work.record("session.refused", work.actor.station, account=staff, code=code)
        return SignInRefused(code, wait, MOST_FAILURES - failures)
    if failures:
        _COUNT_FAILURE.run(work.store, staff=staff, failures=0, not_before=0, locked=False)
    _SEAT.run(work.store, station=work.actor.station, staff=staff, since=work.now)
    work.record("session.opened", work.actor.station, account=staff)
    return SignedIn(staff, name, frozenset(roles.split(",")))


def sign_out(work: Work, command: SignOut) -> None:
    """End the session of the station."""
    _UNSEAT.run(work.store, station=work.actor.station)
    work.record("session.closed", work.actor.station)


def _check_change_pin(store: Store, command: ChangePin, actor: Actor) -> tuple[str, bool]:
    row = _BY_ID.one(store, staff=actor.staff)
    matches = row is not None and _matches(row[3], command.old)
    return _HASHER.hash(checked_pin(command.new)), matches


def change_pin(work: Work, command: ChangePin) -> None:
    """Change one's own PIN; raises BadInput when the old one is wrong."""
    pin_hash, matches = _tuple(work.prepared)
    if not matches:
        raise BadInput("pin_wrong", field="old")
    _SET_PIN.run(work.store, staff=work.actor.staff, pin_hash=pin_hash)
    work.record("staff.pin_changed", work.actor.staff)


def add_staff(work: Work, command: AddStaff) -> int:
    """Make an account; raises BadInput for a number already taken."""
    number = checked_staff_no(command.staff_no)
    name = checked_name(command.name, "name")
    roles = _checked_roles(command.roles)
    if _BY_NUMBER.one(work.store, staff_no=number):
        raise BadInput("staff_no_taken", field="staff_no", number=number)
    row = _INSERT.one(work.store, staff_no=number, name=name, roles=roles, pin_hash=work.prepared)
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record("staff.added", row[0], roles=roles.split(","))
    return int(row[0])


def change_staff(work: Work, command: ChangeStaff) -> None:
    """Change an account; the last administrator cannot be taken away."""
    name = checked_name(command.name, "name")
    roles = _checked_roles(command.roles)
    if _BY_ID.one(work.store, staff=command.staff) is None:
        raise NotFound("staff_unknown")
    stays = command.active and Role.ADMINISTRATOR in command.roles
    others = _OTHER_ADMINISTRATORS.all(work.store, staff=command.staff)
    if not stays and not any(Role.ADMINISTRATOR in row[0].split(",") for row in others):
        raise RuleBroken("last_administrator")
    _CHANGE.run(work.store, staff=command.staff, name=name, roles=roles, active=command.active)
    work.record("staff.changed", command.staff, roles=roles.split(","), active=command.active)


def reset_pin(work: Work, command: ResetPin) -> None:
    """Give a new PIN and unlock; nobody resets his own this way."""
    row = _BY_ID.one(work.store, staff=command.staff)
    if row is None:
        raise NotFound("staff_unknown")
    if command.staff == work.actor.staff:
        raise NotPermitted("own_pin_by_change")
    if not row[3]:
        raise Stale("station_account")
    _SET_PIN.run(work.store, staff=command.staff, pin_hash=work.prepared)
    work.record("staff.pin_reset", command.staff)


def _checked_roles(roles: frozenset[str]) -> str:
    known = {str(role) for role in Role}
    if not roles or not roles <= known:
        raise BadInput("roles_empty", field="roles")
    return ",".join(sorted(roles))


def _tuple(prepared: object) -> tuple[str, bool]:
    assert isinstance(prepared, tuple)
    return prepared[0], prepared[1]


def _hash_new_pin(store: Store, command: AddStaff | ResetPin, actor: Actor) -> str:
    return _HASHER.hash(checked_pin(command.pin))


HANDLERS: dict[type, Handler] = {
    SignIn: Handler(sign_in, _check_sign_in),
    SignOut: Handler(sign_out),
    ChangePin: Handler(change_pin, _check_change_pin),
    AddStaff: Handler(add_staff, _hash_new_pin),
    ChangeStaff: Handler(change_staff),
    ResetPin: Handler(reset_pin, _hash_new_pin),
}
