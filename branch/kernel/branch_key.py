"""Which key is in force in a branch, and its sealer; of keys only fingerprints are in the clear."""

from __future__ import annotations

import json

from branch.kernel.errors import StoreLocked
from branch.kernel.keys import BranchKey
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchKeyRow
from branch.kernel.sealing import Sealer
from branch.kernel.setting import keep_value, kept_value
from branch.kernel.store import Store

_MARK_KEYS = "past_mark_keys"

# Part of the statement every command begins with: it costs no round trip of its own.
NEWEST_FINGERPRINT = (
    BranchKeyRow.select(BranchKeyRow.fingerprint).order_by(BranchKeyRow.id.desc()).limit(1)
)
_KEYS = Prepared(
    lambda: BranchKeyRow.select(BranchKeyRow.fingerprint, BranchKeyRow.made_at).order_by(
        BranchKeyRow.id.desc()
    )
)
_ADD = Prepared(
    lambda fingerprint, made_at: BranchKeyRow.insert(
        {BranchKeyRow.fingerprint: fingerprint, BranchKeyRow.made_at: made_at}
    )
)


def fingerprints(store: Store) -> list[tuple[str, int]]:
    """Fingerprint and instant (milliseconds) of every key the branch has had, newest first."""
    return [(fingerprint, made_at) for fingerprint, made_at in _KEYS.all(store)]


def add_key(store: Store, key: BranchKey, now: int) -> None:
    """Put a key in force, inside the caller's transaction."""
    _ADD.run(store, fingerprint=key.fingerprint, made_at=now)


def keep_mark_keys(store: Store, sealer: Sealer) -> None:
    """Keep the mark keys of past keys, sealed with the key in force."""
    past = " ".join(key.hex() for key in sealer.mark_keys[:-1])
    keep_value(store, _MARK_KEYS, json.dumps(sealer.seal(past, f"setting.{_MARK_KEYS}")))


def sealer_of(store: Store, key: BranchKey) -> Sealer:
    """The sealer of the key in force."""
    kept = kept_value(store, _MARK_KEYS)
    if kept is None:
        return Sealer(key)
    past = Sealer(key).open(json.loads(kept), f"setting.{_MARK_KEYS}")
    return Sealer(key, tuple(bytes.fromhex(text) for text in past.split()))


def require_key(store: Store, fingerprint: str | None) -> None:
    """Raise StoreLocked unless the store seals with the key in force (None: none yet)."""
    found = store.sealer.key.fingerprint
    if fingerprint is not None and fingerprint != found:
        raise StoreLocked("store_key_wrong", wanted=fingerprint, found=found)
