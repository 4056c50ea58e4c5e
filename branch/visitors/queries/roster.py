"""Who is in the building now: staff, visitors, customers by ticket, and who needs help out.

It is what a roll call begins with, what is printed in an emergency, and what every station keeps
in a sealed file for the time without network. Names are whole: somebody has to be called by
name (PIPL Art. 13(1)(4), protection of life); telephones are masked.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from branch.catalogue.queries import Name
from branch.kernel.errors import StoreDamaged
from branch.kernel.prepared import Prepared
from branch.kernel.sealing import Sealer
from branch.kernel.store import Store
from branch.lobby.queries.present import present_customers
from branch.lobby.queries.screens import BranchName
from branch.people.queries import seats, staff_members
from branch.visitors.records import VisitorRow
from branch.visitors.rules import NEEDS_HELP_OUT, State

_CONTEXT = "roster"


@dataclass(frozen=True)
class Somebody:
    """One person inside. ``kind`` is staff, visitor, customer or assisted.

    ``label`` is the name, for customers the ticket's number; ``place`` a station, an area code,
    a counter or nothing; ``help`` codes of care needs; ``since`` milliseconds.
    """

    kind: str
    ref: int
    label: str
    place: str
    unit: str = ""
    badge: str = ""
    host: str = ""
    help: tuple[str, ...] = ()
    since: int = 0


@dataclass(frozen=True)
class Roster:
    """Everybody inside as of ``at`` (milliseconds)."""

    at: int
    people: tuple[Somebody, ...]

    def of(self, *kinds: str) -> tuple[Somebody, ...]:
        """The people of these kinds."""
        return tuple(person for person in self.people if person.kind in kinds)


@dataclass(frozen=True)
class KeptRoster:
    """What a machine keeps for the time without the store: the branch, and who was inside."""

    branch: BranchName
    roster: Roster


_INSIDE = Prepared(
    lambda: (
        VisitorRow.select(
            VisitorRow.id,
            VisitorRow.name,
            VisitorRow.area,
            VisitorRow.unit,
            VisitorRow.badge,
            VisitorRow.host,
            VisitorRow.came_at,
        )
        .where(VisitorRow.state == State.INSIDE)
        .order_by(VisitorRow.came_at, VisitorRow.id)
    )
)


def roster(store: Store, now: int) -> Roster:
    """Who is inside at ``now`` (milliseconds)."""
    names = {member.id: member for member in staff_members(store)}
    people: dict[tuple[str, int], Somebody] = {}
    for seat in sorted(seats(store), key=lambda seat: seat.since):
        if not names[seat.staff].is_station:
            key = ("staff", seat.staff)
            people[key] = Somebody("staff", seat.staff, seat.name, seat.station, since=seat.since)
    for row in _INSIDE.all(store):
        identity, name, area, unit, badge, host, came_at = row
        known = names.get(host)
        people["visitor", identity] = Somebody(
            "visitor",
            identity,
            name,
            area,
            unit=unit,
            badge=badge,
            host=known.name if known else "",
            since=came_at,
        )
    for customer in present_customers(store):
        needs = tuple(need for need in customer.care if need in NEEDS_HELP_OUT)
        kind = "assisted" if needs else "customer"
        place = f"counter-{customer.counter}" if customer.counter else ""
        people[kind, customer.ticket] = Somebody(
            kind, customer.ticket, customer.number, place, help=needs
        )
    return Roster(now, tuple(people.values()))


def sealed_roster(sealer: Sealer, kept: KeptRoster) -> str:
    """The roster as one sealed text, for the file that serves while the store is away."""
    return sealer.seal(json.dumps(asdict(kept), ensure_ascii=False), _CONTEXT)


def opened_roster(sealer: Sealer, sealed: str) -> KeptRoster:
    """The roster from its sealed text; raises StoreDamaged or StoreLocked for another's."""
    loaded = json.loads(sealer.open(sealed, _CONTEXT))
    try:
        people = tuple(
            Somebody(**{**person, "help": tuple(person["help"])})
            for person in loaded["roster"]["people"]
        )
        branch = BranchName(**{**loaded["branch"], "name": Name(**loaded["branch"]["name"])})
        return KeptRoster(branch, Roster(loaded["roster"]["at"], people))
    except (KeyError, TypeError) as error:  # another version of the program has written it
        raise StoreDamaged("seal_broken") from error
