"""The SQLite file of a store: its driver, its key, and who may open or replace it.

Always through SQLCipher, whether the file is encrypted or plain, with WAL, ``synchronous=FULL``
and IMMEDIATE transactions. No table is known here.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee
from sqlcipher3 import dbapi2 as sqlcipher  # type: ignore[import-untyped]

from branch.kernel.errors import StoreDamaged, StoreLocked, StoreUnavailable
from branch.kernel.file_head import Head, head_of, key_clause
from branch.kernel.key_ring import KeyRing
from branch.kernel.keys import BranchKey, new_key

if sys.platform != "win32":
    import fcntl

DriverError = sqlcipher.DatabaseError

OPENING_WAIT_S = 10.0
_WRITER_WAIT_S = 15.0


class StoreFile(peewee.SqliteDatabase):
    """SQLite whose writers queue with jitter.

    SQLite's own busy handler backs off to 100 ms steps, and under eight writers a starved one
    waited for 2 to 3.6 s; short random naps share the lock evenly.
    """

    def __init__(self, path: Path, ring: KeyRing | None) -> None:
        super().__init__(
            str(path),
            pragmas=(
                ("journal_mode", "wal"),
                ("synchronous", "full"),
                ("foreign_keys", 1),
                # What retention erases is overwritten in the file, not only unlinked.
                ("secure_delete", "on"),
                # 32 MB: a page that is kept is not decrypted again.
                ("cache_size", -32_000),
            ),
            lock_type="IMMEDIATE",
            autoconnect=False,
        )
        self._path = path
        self._ring = ring
        self._made_key = False
        self.file_key: BranchKey | None = None

    def forget_unused_key(self) -> None:
        """Drop the key that was made for a new file, when no file came of it."""
        key, self.file_key = self.file_key, None
        if key is None or self._ring is None or not self._made_key:
            return
        if head_of(self._path).fingerprint != key.fingerprint:
            self._ring.drop(key.fingerprint)

    def _connect(self) -> Any:
        head = head_of(self._path)
        self._made_key = head.kind == "new"
        self.file_key = _key_for(head, self._ring)
        connection = keyed_connection(self._path, self.file_key)
        try:
            self._add_conn_hooks(connection)  # type: ignore[attr-defined]
        except sqlcipher.Error:
            connection.close()
            raise
        return connection

    def begin(self, lock_type: str | None = None) -> None:
        deadline = time.monotonic() + _WRITER_WAIT_S
        nap = 0.0005
        while True:
            try:
                super().begin(lock_type)
                return
            except peewee.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(random.uniform(0.0002, nap))
                nap = min(nap * 1.5, 0.02)

    def rollback(self) -> None:
        # A full disk makes SQLite roll back by itself; a second one would hide why.
        if self.connection().in_transaction:  # type: ignore[no-untyped-call]
            super().rollback()


def _key_for(head: Head, ring: KeyRing | None) -> BranchKey | None:
    """The key to open a file with that begins like this, None for a plain one."""
    if head.kind == "unknown":
        raise StoreDamaged("store_damaged")
    if head.kind == "new" and ring is not None:
        key = new_key()
        # Before there is anything that only this key could open.
        ring.keep(key)
        return key
    if head.kind == "encrypted":
        found = ring.find(head.fingerprint) if ring is not None else None
        if found is None:
            raise StoreLocked("store_key_missing", wanted=head.fingerprint)
        return found
    return None


# For every file that is made or attached from here on. A commit encrypts whole pages, so smaller
# ones cost less: issue and call next took 1.45 times the plain store's time at SQLCipher's own
# 4096 bytes and HMAC-SHA512, and about 1.2 times at these.
_CIPHER = (
    "PRAGMA cipher_default_page_size = 2048",
    "PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256",
    # It would print to stderr what is said by StoreDamaged.
    "PRAGMA cipher_log_level = NONE",
)


def keyed_connection(path: Path, key: BranchKey | None) -> Any:
    """A connection to a file under a key, or to a plain one; nothing of the file is read yet."""
    connection = sqlcipher.connect(str(path), timeout=OPENING_WAIT_S, isolation_level=None)
    for pragma in _CIPHER:
        connection.execute(pragma)
    if key is not None:
        # Past the logger that other statements go through.
        connection.execute(f"PRAGMA key = {key_clause(key)}")
    return connection


@contextmanager
def folder_held(folder: Path, alone: bool) -> Iterator[None]:
    """Hold the folder of a store file while it is opened, or ``alone`` while it is replaced.

    Whoever opened the file just before another takes its place would write a log for the old one
    beside the new one, which would be read into it. Windows replaces no file that is open.
    Raises StoreUnavailable (``store_locked``) when it is held the other way.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreUnavailable("store_in_use" if alone else "store_locked") from error
        yield
    finally:
        os.close(handle)
