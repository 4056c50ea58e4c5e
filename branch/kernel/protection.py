"""Commands about the key and the encryption of the store; they write what is wanted.

The file itself is brought to what is wanted by ``conversion``, outside any transaction. Sealed
columns are the rooms' own; they come in as ``SealedColumn`` and ``MarkedColumn``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from branch.kernel.branch_key import add_key, keep_mark_keys
from branch.kernel.errors import RuleBroken
from branch.kernel.keys import BranchKey
from branch.kernel.runner import Handler, Work
from branch.kernel.sealing import MarkedColumn, SealedColumn, Sealer
from branch.kernel.setting import keep_value, kept_value
from branch.kernel.store import Store
from branch.kernel.vault import renew_keys

_WANTED = "store_encrypted"
_SHEET = "recovery_sheet"
_CHUNK = 500


@dataclass(frozen=True)
class RotateKey:
    """Put a new key in force and seal every sealed column anew with it."""

    key: BranchKey


@dataclass(frozen=True)
class SetEncryption:
    """Want the store file encrypted, or plain."""

    on: bool


@dataclass(frozen=True)
class ShowRecoveryKey:
    """Show the recovery key of the key in force, for paper."""


@dataclass(frozen=True)
class NoteRecoverySheet:
    """Note that the sheet with the recovery key of the key in force was sealed and put away."""


def handlers(columns: Sequence[SealedColumn | MarkedColumn]) -> Mapping[type, Handler]:
    """The commands of this module, for a branch with these sealed columns."""
    return {
        RotateKey: Handler(partial(_rotate, columns)),
        SetEncryption: Handler(_set_encryption),
        ShowRecoveryKey: Handler(_show),
        NoteRecoverySheet: Handler(_note_sheet),
    }


def encryption_wanted(store: Store) -> bool:
    """Whether the file is to be encrypted; until somebody chose, as it is."""
    wanted = kept_value(store, _WANTED)
    return store.file_key is not None if wanted is None else json.loads(wanted) is True


def recovery_sheet_kept(store: Store) -> int | None:
    """When the sheet of the key in force was put away (milliseconds); None when nobody said so."""
    kept = kept_value(store, _SHEET)
    if kept is None:
        return None
    fingerprint, at = json.loads(kept)
    return int(at) if fingerprint == store.sealer.key.fingerprint else None


def _rotate(columns: Sequence[SealedColumn | MarkedColumn], work: Work, command: RotateKey) -> None:
    old, store = work.store.sealer, work.store
    new = Sealer(command.key, old.mark_keys)
    done = 0
    for column in columns:
        if isinstance(column, SealedColumn):
            seal_anew = partial(_sealed_anew, old, new, column.context)
            done += _rewrite(store, column.row, column.column, seal_anew)
        if column.mark is not None:
            done += _rewrite(store, column.row, column.mark, new.mark_anew)
    add_key(store, command.key, work.now)
    keep_mark_keys(store, new)
    renew_keys(store, old, new)
    work.record("key.rotated", command.key.fingerprint, before=old.key.fingerprint, values=done)


def _sealed_anew(old: Sealer, new: Sealer, context: str, sealed: str) -> str:
    return new.seal(old.open(sealed, context), context)


def _rewrite(store: Store, row: Any, column: str, rewritten: Callable[[str], str]) -> int:
    """Write every value of a column anew, but empty ones; returns how many there were."""
    field = row._meta.fields[column]
    done, after = 0, 0
    while True:
        chunk = row.select(row.id, field).where(row.id > after, field != "")
        chunk = chunk.order_by(row.id).limit(_CHUNK)
        found = store.rows(*chunk.bind(store.database).sql())
        for number, value in found:
            change = row.update({field: rewritten(value)}).where(row.id == number)
            store.touch(*change.bind(store.database).sql())
        done += len(found)
        if len(found) < _CHUNK:
            return done
        after = found[-1][0]


def _set_encryption(work: Work, command: SetEncryption) -> None:
    if work.store.on_server:
        raise RuleBroken("encryption_on_server")
    if encryption_wanted(work.store) == command.on:
        raise RuleBroken("encryption_already_on" if command.on else "encryption_already_off")
    keep_value(work.store, _WANTED, json.dumps(command.on))
    fingerprint = work.store.sealer.key.fingerprint
    work.record("key.encrypted" if command.on else "key.decrypted", fingerprint)


def _show(work: Work, command: ShowRecoveryKey) -> str:
    key = work.store.sealer.key
    work.record("key.shown", key.fingerprint)
    return key.recovery


def _note_sheet(work: Work, command: NoteRecoverySheet) -> None:
    fingerprint = work.store.sealer.key.fingerprint
    keep_value(work.store, _SHEET, json.dumps([fingerprint, work.now]))
    work.record("key.sheet_kept", fingerprint)
