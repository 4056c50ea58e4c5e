"""Brings a store file and its backups under another key, or into the clear, without a gap.

The file is written anew beside the old one, checked, and put in its place by one rename while
nobody else can open it: a kill at any moment leaves the old file or the new one, whole. It
decides nothing; what is wanted comes in.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from branch.kernel import journal
from branch.kernel.errors import StoreDamaged, StoreUnavailable
from branch.kernel.file_head import head_of, key_clause
from branch.kernel.key_ring import KeyRing, sync_folder
from branch.kernel.keys import BranchKey
from branch.kernel.records import BranchRow
from branch.kernel.store import Store, explained, open_copy
from branch.kernel.store_file import keyed_connection

_ENDING = ".converting"
# The new file is as large as the old one, and a little may be written meanwhile.
_ROOM_TO_SPARE = 4 * 1024 * 1024


def require_room(store: Store) -> None:
    """Raise StoreUnavailable (``store_full``) unless the disk has room for a second copy."""
    with explained():
        size = max(path.stat().st_size for path in (store.path, *_backups(store.path)))
        free = shutil.disk_usage(store.path.parent).free
    if free < size + _ROOM_TO_SPARE:
        raise StoreUnavailable("store_full")


def is_under(path: Path, key: BranchKey | None) -> bool:
    """Whether a file is encrypted with this key, or plain for None."""
    head = head_of(path)
    if key is None:
        return head.kind == "plain"
    return head.fingerprint == key.fingerprint


def convert(store: Store, key: BranchKey | None) -> None:
    """Bring the file and its backups under ``key``, or into the clear for None.

    To be called within ``store.alone()``. Raises StoreDamaged when the new file is not what the
    old one was, which then stays; StoreUnavailable when the disk cannot take it.
    """
    path, ring = store.path, store.ring
    with explained():
        # Backups first: while the file itself is to be done, the next start goes on.
        for backup in _backups(path):
            if not is_under(backup, key):
                _convert_backup(backup, ring, key)
        if is_under(path, key):
            return
        with _beside(path) as fresh:
            connection = store.database.connection()
            _export(connection, fresh, key)
            _require_same(connection, fresh, key)
            _require_whole_journal(store, fresh)
            # Empty, for all is committed; it is not to stand beside the new file.
            path.with_name(path.name + "-journal").unlink(missing_ok=True)
            if os.name == "nt":
                # Windows replaces no file that is open, be it here or elsewhere.
                store.close()
            _put_in_place(fresh, path)


def _backups(path: Path) -> list[Path]:
    return sorted((path.parent / "backups").glob(f"{path.stem}-*.db"))


def _convert_backup(path: Path, ring: KeyRing | None, key: BranchKey | None) -> None:
    head = head_of(path)
    old = ring.find(head.fingerprint) if ring is not None and head.fingerprint else None
    if head.kind not in ("plain", "encrypted") or (head.kind == "encrypted" and old is None):
        # Another branch's, or of a key that is long gone: no clear copy, and none of ours.
        return
    with _beside(path) as fresh:
        with closing(keyed_connection(path, old)) as connection:
            # A copy of a store that was open begins as one: without a log of its own.
            connection.execute("PRAGMA journal_mode = delete").fetchall()
            _export(connection, fresh, key)
            _require_same(connection, fresh, key)
        _put_in_place(fresh, path)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A new file's place beside an old one; whatever is left there is taken away."""
    fresh = path.with_name(path.name + _ENDING)
    leftovers = [
        fresh,
        *(fresh.with_name(fresh.name + end) for end in ("-wal", "-shm", "-journal")),
    ]
    for leftover in leftovers:
        leftover.unlink(missing_ok=True)
    try:
        yield fresh
    finally:
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)


def _export(connection: Any, fresh: Path, key: BranchKey | None) -> None:
    clause = "''" if key is None else key_clause(key)
    connection.execute(f"ATTACH DATABASE ? AS fresh KEY {clause}", (str(fresh),))
    try:
        # Nothing of it counts before the one fsync at the end.
        connection.execute("PRAGMA fresh.journal_mode = off").fetchall()
        connection.execute("PRAGMA fresh.synchronous = off")
        connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
    finally:
        connection.execute("DETACH DATABASE fresh")


def _require_same(connection: Any, fresh: Path, key: BranchKey | None) -> None:
    """The new file opens with its key, is sound, and has the same tables with as many rows."""
    with closing(keyed_connection(fresh, key)) as copy:
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        if not sound or _inventory(connection) != _inventory(copy):
            raise StoreDamaged("conversion_differs")


def _inventory(connection: Any) -> list[tuple[object, ...]]:
    made = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
    things: list[tuple[object, ...]] = made.fetchall()
    tables = [str(name) for kind, name, _ in things if kind == "table"]
    counts = [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() for name in tables]
    return [*things, *counts]


def _require_whole_journal(store: Store, fresh: Path) -> None:
    if not BranchRow.select().bind(store.database).exists():
        return
    copy = open_copy(fresh, store.ring)
    try:
        if journal.verify(copy) != journal.head(store)[0]:
            raise StoreDamaged("conversion_differs")
    finally:
        copy.close()


def _put_in_place(fresh: Path, path: Path) -> None:
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)
