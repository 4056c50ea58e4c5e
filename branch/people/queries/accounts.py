"""Frozen rows about accounts and sessions for screens; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.records import SessionRow, StaffRow


@dataclass(frozen=True)
class StaffMember:
    """An account as lists show it."""

    id: int
    staff_no: str
    name: str
    roles: frozenset[str]
    active: bool
    locked: bool
    is_station: bool


@dataclass(frozen=True)
class Seat:
    """Who is signed in at a station, since when (milliseconds)."""

    station: str
    staff: int
    name: str
    since: int


_STAFF = Prepared(
    lambda: StaffRow.select(
        StaffRow.id,
        StaffRow.staff_no,
        StaffRow.name,
        StaffRow.roles,
        StaffRow.active,
        StaffRow.locked,
        StaffRow.pin_hash,
    ).order_by(StaffRow.staff_no)
)
_ACCOUNT = Prepared(
    lambda staff_no: StaffRow.select(StaffRow.id).where(StaffRow.staff_no == staff_no)
)
_ROLES = Prepared(
    lambda staff: StaffRow.select(StaffRow.roles, StaffRow.active).where(StaffRow.id == staff)
)
_SEATS = Prepared(
    lambda: (
        SessionRow.select(SessionRow.station, SessionRow.staff, StaffRow.name, SessionRow.since)
        .join(StaffRow, on=(StaffRow.id == SessionRow.staff))
        .order_by(SessionRow.station)
    )
)


def stands(store: Store, staff: int, roles: frozenset[str]) -> bool:
    """Whether an account is still open and still has all of these roles."""
    row = _ROLES.one(store, staff=staff)
    return row is not None and bool(row[1]) and roles <= set(row[0].split(","))


def account_id(store: Store, staff_no: str) -> int | None:
    """The id of the account with this staff number, or None."""
    row = _ACCOUNT.one(store, staff_no=staff_no)
    return int(row[0]) if row else None


def staff_members(store: Store) -> tuple[StaffMember, ...]:
    """Every account, by staff number."""
    return tuple(
        StaffMember(
            row[0],
            row[1],
            row[2],
            frozenset(row[3].split(",")),
            bool(row[4]),
            bool(row[5]),
            not row[6],
        )
        for row in _STAFF.all(store)
    )


def seats(store: Store) -> tuple[Seat, ...]:
    """Who is signed in where."""
    return tuple(Seat(*row) for row in _SEATS.all(store))
