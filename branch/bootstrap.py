"""From settings to an open, migrated, wired branch; the only place that knows every room."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from branch.catalogue.commands import HANDLERS as CATALOGUE
from branch.complaints.commands import HANDLERS as COMPLAINTS
from branch.complaints.commands import SEALED as COMPLAINTS_SEALED
from branch.drills.commands import HANDLERS as DRILLS
from branch.drills.commands import SEALED as DRILLS_SEALED
from branch.founding import Plan, found, is_founded
from branch.inspections.commands import HANDLERS as INSPECTIONS
from branch.kernel import protection
from branch.kernel.branch_key import fingerprints
from branch.kernel.clock import Clock, SystemClock
from branch.kernel.conversion import convert, require_room
from branch.kernel.errors import NotFound, RuleBroken
from branch.kernel.key_ring import KeyRing
from branch.kernel.keys import new_key
from branch.kernel.opening import bring_file_up, open_up_to_date, take_key, wanted_key
from branch.kernel.protection import RotateKey, SetEncryption
from branch.kernel.runner import Actor, Handler, Outcome, Runner
from branch.kernel.settings import Settings
from branch.kernel.store import Store, explained
from branch.lobby.commands import HANDLERS as LOBBY
from branch.lobby.commands.day import beforehand
from branch.papers.records import SEALED as PAPERS_SEALED
from branch.papers.seal import HANDLERS as SEAL
from branch.people.commands import HANDLERS as PEOPLE
from branch.people.commands import SEALED as PEOPLE_SEALED
from branch.people.commands import roles_of
from branch.people.queries import account_id
from branch.people.rules import permits
from branch.quality.commands import HANDLERS as QUALITY
from branch.rooms.commands import HANDLERS as ROOMS
from branch.rooms.commands import SEALED as ROOMS_SEALED
from branch.visitors.commands import HANDLERS as VISITORS
from branch.visitors.commands import SEALED as VISITORS_SEALED

# Every sealed column of the program, for a new key to seal anew.
SEALED = (
    *PEOPLE_SEALED,
    *PAPERS_SEALED,
    *VISITORS_SEALED,
    *COMPLAINTS_SEALED,
    *ROOMS_SEALED,
    *DRILLS_SEALED,
)
# Every command of the program.
HANDLERS: dict[type, Handler] = {
    **protection.handlers(SEALED),
    **PEOPLE,
    **CATALOGUE,
    **LOBBY,
    **VISITORS,
    **SEAL,
    **QUALITY,
    **DRILLS,
    **INSPECTIONS,
    **COMPLAINTS,
    **ROOMS,
}


@dataclass(frozen=True)
class KeyStatus:
    """How a branch's store is protected.

    ``kept`` is ``system``, ``file`` or empty; ``since`` is when the key came into force, in
    milliseconds, None while the branch is not founded. A branch to try things on has no key: its
    ``fingerprint`` is empty.
    """

    on_server: bool
    encrypted: bool
    fingerprint: str
    since: int | None
    kept: str


class Branch:
    """An open branch: one store, one clock, one runner; used by one thread."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self._runner = Runner(store, clock, HANDLERS, roles_of, permits, beforehand)

    @property
    def founded(self) -> bool:
        """Whether the store has its branch already."""
        with explained():
            return is_founded(self.store)

    def found(self, plan: Plan) -> None:
        """Begin a branch; raises RuleBroken when there is one, BadInput for what cannot stand."""
        if self.store.ring is not None:
            with explained():
                self.store.ring.keep(self.store.sealer.key)
        found(self.store, plan, self.clock.now_ms())

    def run(self, command: object, actor: Actor) -> Outcome[Any]:
        """Carry a command out; raises BranchError or StoreUnavailable."""
        return self._runner.run(command, actor)

    # -- the key and the encryption -----------------------------------------------------------

    def key_status(self) -> KeyStatus:
        """How the store is protected."""
        store = self.store
        known = fingerprints(store)
        if store.ring is None:
            return KeyStatus(store.on_server, False, "", None, "")
        fingerprint = store.sealer.key.fingerprint
        return KeyStatus(
            on_server=store.on_server,
            encrypted=store.file_key is not None,
            fingerprint=fingerprint,
            since=known[0][1] if known else None,
            kept=store.ring.where(fingerprint),
        )

    def recovery_key(self) -> str:
        """The recovery key, for the sheet of the first start and the command line.

        Once somebody can sign in, ``ShowRecoveryKey`` shows it and leaves a trace.
        """
        self._ring()
        return self.store.sealer.key.recovery

    def rotate_key(self, actor: Actor) -> None:
        """Put a new key in force: seal every field anew, encrypt file and backups anew.

        Raises BranchError when it is refused; StoreUnavailable while other windows have the file
        open or the disk has no room for a second copy: then nothing is changed. A kill at any
        moment leaves the old key in force or the new one; the next start finishes the rest.
        """
        ring, key = self._ring(), new_key()
        with explained():
            ring.keep(key)
        try:
            self._protect(RotateKey(key), actor)
        finally:
            if key.fingerprint not in [found for found, _ in fingerprints(self.store)]:
                ring.drop(key.fingerprint)

    def set_encryption(self, on: bool, actor: Actor) -> None:
        """Encrypt the file and its backups, or write them in the clear; raises as rotate_key."""
        self._ring()
        self._protect(SetEncryption(on), actor)

    def follow_key(self) -> None:
        """Take up a key that another station has put in force; raises StoreLocked without it."""
        if self.store.ring is not None:
            take_key(self.store)

    def _protect(self, command: RotateKey | SetEncryption, actor: Actor) -> None:
        store = self.store
        if store.on_server:
            self.run(command, actor)
            take_key(store)
        else:
            require_room(store)
            try:
                with store.alone():
                    self.run(command, actor)
                    take_key(store)
                    convert(store, wanted_key(store))
            finally:
                store.revive()
        bring_file_up(store)

    def _ring(self) -> KeyRing:
        if self.store.ring is None:
            raise RuleBroken("key_scratch")
        return self.store.ring

    def close(self) -> None:
        """Close the store's connection."""
        self.store.close()


def open_branch(
    url: str,
    clock: Clock | None = None,
    ring: KeyRing | None = None,
    attachments: Path | None = None,
) -> Branch:
    """Open the store at ``url`` and bring it up to date.

    ``attachments`` is where files lie when the store is on a server; beside a store file they
    have their own folder.

    ``ring`` has the keys of the branch; without one nothing is encrypted: for tests and for days
    played to try things on. Raises StoreLocked when this machine has not the branch's key,
    StoreUnavailable, StoreDamaged, StoreNewer, and BadInput for a URL that cannot be one.
    """
    clock = clock or SystemClock()
    store = open_up_to_date(url, ring, clock.now_ms())
    if store.on_server:
        store.attachments = attachments
    return Branch(store, clock)


def own_branch(settings: Settings, clock: Clock | None = None) -> Branch:
    """The branch of this machine's settings, with the keys kept there; raises as open_branch."""
    return open_branch(settings.database, clock, KeyRing(settings.config), settings.attachments)


def station_actor(branch: Branch, account: str, station: str) -> Actor:
    """The actor of a station without a person ("KIOSK", "BOARD"); raises NotFound."""
    staff = account_id(branch.store, account)
    if staff is None:
        raise NotFound("staff_unknown")
    return Actor(staff, station)
