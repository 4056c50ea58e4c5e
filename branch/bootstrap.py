"""From settings to an open, migrated, wired branch; the only place that knows every room."""

from __future__ import annotations

from typing import Any

from branch.catalogue.commands import HANDLERS as CATALOGUE
from branch.founding import Plan, found, is_founded
from branch.kernel.clock import Clock, SystemClock
from branch.kernel.errors import NotFound, TingtangError
from branch.kernel.migrations import migrate
from branch.kernel.runner import Actor, Outcome, Runner
from branch.kernel.store import Store, explained, open_store
from branch.lobby.commands import HANDLERS as LOBBY
from branch.lobby.commands.day import beforehand
from branch.people.commands import HANDLERS as PEOPLE
from branch.people.commands import roles_of
from branch.people.queries import account_id
from branch.people.rules import permits


class Branch:
    """An open branch: one store, one clock, one runner; used by one thread."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self._runner = Runner(
            store, clock, {**PEOPLE, **CATALOGUE, **LOBBY}, roles_of, permits, beforehand
        )

    @property
    def founded(self) -> bool:
        """Whether the store has its branch already."""
        with explained():
            return is_founded(self.store)

    def found(self, plan: Plan) -> None:
        """Begin a branch; raises RuleBroken when there is one, BadInput for what cannot stand."""
        found(self.store, plan, self.clock.now_ms())

    def run(self, command: object, actor: Actor) -> Outcome[Any]:
        """Carry a command out; raises BranchError or StoreUnavailable."""
        return self._runner.run(command, actor)

    def close(self) -> None:
        """Close the store's connection."""
        self.store.close()


def open_branch(url: str, clock: Clock | None = None) -> Branch:
    """Open the store at ``url`` and bring it up to date.

    Raises StoreUnavailable, StoreDamaged, StoreNewer, and BadInput for a URL that cannot be one.
    """
    clock = clock or SystemClock()
    store = open_store(url)
    try:
        migrate(store, str(clock.now_ms()))
    except TingtangError:
        store.close()
        raise
    return Branch(store, clock)


def station_actor(branch: Branch, account: str, station: str) -> Actor:
    """The actor of a station without a person ("KIOSK", "BOARD"); raises NotFound."""
    staff = account_id(branch.store, account)
    if staff is None:
        raise NotFound("staff_unknown")
    return Actor(staff, station)
