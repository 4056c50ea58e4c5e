"""Owns what the register's window asks of the store in one go; shows nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.store import Store
from branch.people.queries import seats, staff_members
from branch.people.rules import Role
from branch.visitors.queries.register import Register, register_now


@dataclass(frozen=True)
class Picture:
    """The register of today, and which guards are signed in."""

    register: Register
    guards: tuple[str, ...]


def picture(store: Store, day: str, now: int) -> Picture:
    """The picture of ``day`` (YYYY-MM-DD) at ``now`` (milliseconds)."""
    guards = {member.id for member in staff_members(store) if Role.GUARD in member.roles}
    at_work = sorted({seat.name for seat in seats(store) if seat.staff in guards})
    return Picture(register_now(store, day, now), tuple(at_work))
