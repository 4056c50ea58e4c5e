"""Opens a branch's store with the keys of this machine, and finishes what a kill interrupted."""

from __future__ import annotations

import logging

from branch.kernel.branch_key import add_key, fingerprints, sealer_of
from branch.kernel.conversion import convert, is_under
from branch.kernel.errors import BadInput, StoreError, StoreLocked, TingtangError
from branch.kernel.key_ring import KeyRing
from branch.kernel.keys import BranchKey, new_key, read_recovery
from branch.kernel.migrations import migrate
from branch.kernel.protection import encryption_wanted
from branch.kernel.records import BranchRow
from branch.kernel.sealing import Sealer
from branch.kernel.store import Store, explained, open_store

_log = logging.getLogger(__name__)


def open_up_to_date(url: str, ring: KeyRing | None, now: int) -> Store:
    """The store at ``url``, migrated, sealing with the key in force.

    Without a ring nothing is encrypted and the scratch key seals: for tests and for days played
    to try things on. ``now`` is in milliseconds. Raises StoreLocked when this machine has not
    the key, StoreNewer, StoreUnavailable, StoreDamaged, and BadInput for a URL that cannot be
    one.
    """
    store = open_store(url, ring)
    try:
        migrate(store, str(now))
        _unlock(store, now)
        bring_file_up(store)
    except TingtangError:
        store.close()
        raise
    return store


def take_key(store: Store) -> None:
    """Seal with the key in force from now on; raises StoreLocked where this machine has it not."""
    known = fingerprints(store)
    if not known:
        return
    wanted = known[0][0]
    key = store.ring.find(wanted) if store.ring is not None else None
    if key is None:
        raise StoreLocked("store_key_missing", wanted=wanted)
    store.sealer = sealer_of(store, key)


def enter_recovery_key(ring: KeyRing, text: str, wanted: str) -> None:
    """Keep the key somebody has typed, if it is the one of the fingerprint ``wanted``.

    Raises BadInput (field ``recovery``) for a mistyped key and for another branch's, which names
    both fingerprints; StoreUnavailable where it cannot be kept.
    """
    key = read_recovery(text)
    if key.fingerprint != wanted:
        raise BadInput("recovery_key_other", field="recovery", wanted=wanted, found=key.fingerprint)
    with explained():
        ring.keep(key)


def bring_file_up(store: Store) -> None:
    """Bring the file under the key in force, or into the clear, where that is still to be done.

    While other windows have it open it is left as it is; the next start goes on.
    """
    ring = store.ring
    if ring is None:
        return
    wanted = wanted_key(store)
    if not store.on_server and not is_under(store.path, wanted):
        try:
            with store.alone():
                convert(store, wanted)
        except StoreError as error:
            _log.warning("the store file is not under its key yet: %s", error)
        store.revive()
        if not is_under(store.path, wanted):
            return
    for past, _ in fingerprints(store)[1:]:
        ring.drop(past)


def wanted_key(store: Store) -> BranchKey | None:
    """The key that the store's file should be under; None for a plain one and on a server."""
    return store.sealer.key if not store.on_server and encryption_wanted(store) else None


def _unlock(store: Store, now: int) -> None:
    if fingerprints(store):
        take_key(store)
    elif store.ring is not None:
        store.sealer = Sealer(store.file_key or new_key())
        with explained():
            founded = BranchRow.select().bind(store.database).exists()
        if founded:
            _put_in_force(store, store.ring, now)


def _put_in_force(store: Store, ring: KeyRing, now: int) -> None:
    """Give a branch from before there were keys its first one."""
    key = store.sealer.key
    with explained():
        ring.keep(key)
    with store.transaction():
        # The writers' lock of a server: two stations may start at once.
        BranchRow.update({BranchRow.revision: BranchRow.revision}).bind(store.database).execute()
        if not fingerprints(store):
            add_key(store, key, now)
    if fingerprints(store)[0][0] != key.fingerprint:
        ring.drop(key.fingerprint)
        take_key(store)
