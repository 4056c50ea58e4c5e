"""The copies of a store that were made before upgrades: which there are, and taking old ones away.

It makes none; a step of the migrations does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from branch.kernel.store import Store, explained

_STAMP = re.compile(r"-[0-9]{4}-([0-9]+)\.db")
# What SQLite may have left beside a copy that somebody opened.
_BESIDE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Backup:
    """A copy by its name (a file or a schema) and when it was made (milliseconds)."""

    name: str
    made_at: int


def backups(store: Store) -> tuple[Backup, ...]:
    """Every copy of this store, the oldest first. Raises StoreUnavailable."""
    if store.on_server:
        head = f"{store.place}_before_"
        rows = store.rows(
            "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", (head,)
        )
        stamps = ((name, name.removeprefix(head)) for (name,) in rows)
        found = [Backup(name, int(stamp)) for name, stamp in stamps if stamp.isdecimal()]
    else:
        with explained():
            files = list((store.path.parent / "backups").glob(f"{store.path.stem}-*.db"))
        found = [
            Backup(path.name, int(match[1]))
            for path in files
            if (match := _STAMP.fullmatch(path.name.removeprefix(store.path.stem)))
        ]
    return tuple(sorted(found, key=lambda backup: backup.made_at))


def remove_backups(store: Store, before: int) -> int:
    """Take away the copies from before an instant (ms); returns how many. Raises StoreError."""
    old = [backup for backup in backups(store) if backup.made_at < before]
    for backup in old:
        if store.on_server:
            store.touch(f'DROP SCHEMA "{backup.name}" CASCADE', ())
            continue
        with explained():
            for ending in _BESIDE:
                (store.path.parent / "backups" / f"{backup.name}{ending}").unlink(missing_ok=True)
    return len(old)
