"""Signing in and out and changing one's own PIN, with the counting of wrong PINs."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.clock import MS_PER_SECOND
from branch.kernel.errors import BadInput
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Actor, Handler, Work
from branch.kernel.store import Store
from branch.people.commands.pins import hashed, matches
from branch.people.records import SessionRow, StaffRow
from branch.people.rules import (
    MOST_FAILURES,
    checked_pin,
    checked_staff_no,
    gate,
    wait_after_failures,
)


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
    """A PIN that was not accepted: a code of errors.yaml, seconds to wait, tries left."""

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


_DOOR = (
    StaffRow.id,
    StaffRow.name,
    StaffRow.roles,
    StaffRow.pin_hash,
    StaffRow.active,
    StaffRow.locked,
    StaffRow.failures,
    StaffRow.not_before,
)
_BY_NUMBER = Prepared(lambda staff_no: StaffRow.select(*_DOOR).where(StaffRow.staff_no == staff_no))
_BY_ID = Prepared(lambda staff: StaffRow.select(*_DOOR).where(StaffRow.id == staff))
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
_CHANGE_PIN = Prepared(
    lambda staff, pin_hash: StaffRow.update(
        {StaffRow.pin_hash: pin_hash, StaffRow.failures: 0, StaffRow.not_before: 0}
    ).where(StaffRow.id == staff)
)
_SEATS_OF = Prepared(
    lambda staff: (
        SessionRow.select(SessionRow.station)
        .where(SessionRow.staff == staff)
        .order_by(SessionRow.station)
    )
)


def _typed_number(text: str) -> str:
    try:
        return checked_staff_no(text)
    except BadInput:
        return ""  # nobody has this number


def check_pin(store: Store, staff_no: str, pin: str) -> tuple[str, bool]:
    """The work of looking at a PIN, to be done before the transaction in which ``confirm_pin``
    counts it."""
    row = _BY_NUMBER.one(store, staff_no=_typed_number(staff_no))
    if row is None:
        # The same work as for a known number, so that the time tells nothing.
        hashed(pin)
        return "", False
    return row[3], matches(row[3], pin)


def confirm_pin(work: Work, staff_no: str) -> SignedIn | SignInRefused:
    """Who this is, by what ``check_pin`` found; a wrong PIN is a fact to keep and is counted, so
    it does not raise."""
    seen_hash, right = _tuple(work.prepared)
    row = _BY_NUMBER.one(work.store, staff_no=_typed_number(staff_no))
    if row is None:
        work.record("session.refused", work.actor.station, code="sign_in_wrong")
        return SignInRefused("sign_in_wrong")
    staff, name, roles, pin_hash, active, locked, failures, not_before = row
    door = gate(bool(active), bool(locked), not_before, work.now)
    if door.code:
        work.record("session.refused", work.actor.station, account=staff, code=door.code)
        return SignInRefused(door.code, door.wait_s)
    if not right or pin_hash != seen_hash:
        refused = _count(work, staff, failures, "sign_in_wrong")
        work.record("session.refused", work.actor.station, account=staff, code=refused.code)
        return refused
    if failures:
        _COUNT_FAILURE.run(work.store, staff=staff, failures=0, not_before=0, locked=False)
    return SignedIn(staff, name, frozenset(roles.split(",")))


def _check_sign_in(store: Store, command: SignIn, actor: Actor) -> tuple[str, bool]:
    return check_pin(store, command.staff_no, command.pin)


def sign_in(work: Work, command: SignIn) -> SignedIn | SignInRefused:
    """Sign in, or count the failure; a wrong PIN is a fact to keep, so it does not raise."""
    person = confirm_pin(work, command.staff_no)
    if isinstance(person, SignedIn):
        _SEAT.run(work.store, station=work.actor.station, staff=person.staff, since=work.now)
        work.record("session.opened", work.actor.station, account=person.staff)
    return person


def _count(work: Work, staff: int, failures: int, code: str) -> SignInRefused:
    """Count one more wrong PIN; the tenth in a row locks the account."""
    failures += 1
    wait = wait_after_failures(failures)
    lock = failures >= MOST_FAILURES
    not_before = work.now + wait * MS_PER_SECOND
    _COUNT_FAILURE.run(
        work.store, staff=staff, failures=failures, not_before=not_before, locked=lock
    )
    return SignInRefused("account_locked" if lock else code, wait, MOST_FAILURES - failures)


def sign_out(work: Work, command: SignOut) -> None:
    """End the session of the station."""
    _UNSEAT.run(work.store, station=work.actor.station)
    work.record("session.closed", work.actor.station)


def end_sessions(work: Work, staff: int) -> None:
    """End every session of an account, wherever it is signed in."""
    for (station,) in _SEATS_OF.all(work.store, staff=staff):
        _UNSEAT.run(work.store, station=station)
        work.record("session.ended", station, account=staff)


def _check_change_pin(store: Store, command: ChangePin, actor: Actor) -> tuple[str, str, bool]:
    row = _BY_ID.one(store, staff=actor.staff)
    seen = row[3] if row else ""
    return hashed(checked_pin(command.new)), seen, matches(seen, command.old)


def change_pin(work: Work, command: ChangePin) -> SignInRefused | None:
    """Change one's own PIN, or count the failure as a sign-in does; it does not raise for it.

    The tenth wrong PIN locks the account and ends its sessions: whoever tries so often at a
    desk that is signed in is not its owner.
    """
    assert isinstance(work.prepared, tuple)
    new_hash, seen_hash, right = work.prepared
    row = _BY_ID.one(work.store, staff=work.actor.staff)
    assert row is not None  # who may do this has an account
    staff, _name, _roles, pin_hash, active, locked, failures, not_before = row
    door = gate(bool(active), bool(locked), not_before, work.now)
    if door.code:
        work.record("staff.pin_refused", staff, code=door.code)
        return SignInRefused(door.code, door.wait_s)
    if not right or pin_hash != seen_hash:
        refused = _count(work, staff, failures, "pin_wrong")
        work.record("staff.pin_refused", staff, code=refused.code)
        if refused.code == "account_locked":
            end_sessions(work, staff)
        return refused
    _CHANGE_PIN.run(work.store, staff=staff, pin_hash=new_hash)
    work.record("staff.pin_changed", staff)
    return None


def _tuple(prepared: object) -> tuple[str, bool]:
    assert isinstance(prepared, tuple)
    return prepared[0], prepared[1]


HANDLERS: dict[type, Handler] = {
    SignIn: Handler(sign_in, _check_sign_in),
    SignOut: Handler(sign_out),
    ChangePin: Handler(change_pin, _check_change_pin),
}
