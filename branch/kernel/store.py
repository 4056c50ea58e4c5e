"""The open database of a branch: connection, transactions, and driver errors in our own words.

SQLite is what ``store_file`` makes of it; PostgreSQL is opened through psycopg 3 with the branch's
schema as the search path. No table is known here.
"""

from __future__ import annotations

import logging
import random
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import peewee

from branch.kernel.errors import BadInput, StoreDamaged, StoreError, StoreLocked, StoreUnavailable
from branch.kernel.file_head import head_of
from branch.kernel.key_ring import KeyRing
from branch.kernel.keys import SCRATCH_KEY, BranchKey
from branch.kernel.sealing import Sealer
from branch.kernel.store_file import OPENING_WAIT_S, DriverError, StoreFile, folder_held

# At DEBUG Peewee writes every statement with its values, names and numbers among them.
logging.getLogger("peewee").setLevel(logging.INFO)


class Store:
    """One connection to the branch's database, used by one thread at a time.

    ``ring`` has the keys that open its file; without one a new file is plain. ``sealer`` seals
    fields; it has the scratch key until whoever opens the store gives it the branch's own.
    ``attachments`` is the folder of files outside the database, None while nobody has said it.
    """

    def __init__(
        self, database: peewee.Database, kind: str, place: str, ring: KeyRing | None
    ) -> None:
        self.database = database
        self.kind = kind
        self.place = place
        self.ring = ring
        self.sealer = Sealer(SCRATCH_KEY)
        self.attachments = None if self.on_server else self.path.parent / "attachments"
        self._owner: int | None = None

    @property
    def on_server(self) -> bool:
        """Whether this is PostgreSQL."""
        return self.kind == "postgresql"

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return Path(self.place)

    @property
    def file_key(self) -> BranchKey | None:
        """The key that the open file is encrypted with; None for a plain one and on a server."""
        return self.database.file_key if isinstance(self.database, StoreFile) else None

    def connect(self) -> None:
        """Open the connection for the calling thread.

        Raises StoreUnavailable when the file or the server cannot be reached, StoreDamaged when
        the file is no database, StoreLocked when this machine has not its key.
        """
        deadline = time.monotonic() + OPENING_WAIT_S
        while True:
            try:
                with explained():
                    self._open()
                break
            except StoreError as error:
                self.close()
                # SQLite does not wait for its turn when two set WAL on a new file at once.
                if error.code != "store_locked" or time.monotonic() > deadline:
                    raise
                time.sleep(random.uniform(0.002, 0.02))
        self._owner = threading.get_ident()

    def _open(self) -> None:
        if not isinstance(self.database, StoreFile):
            self.database.connect(reuse_if_open=True)
            return
        with folder_held(self.path.parent, alone=False):
            while True:
                before = head_of(self.path)
                try:
                    self.open_file()
                    return
                except (peewee.DatabaseError, StoreLocked):
                    self.database.forget_unused_key()
                    if head_of(self.path) == before:
                        raise
                    # Another process was quicker to make the file, under its own key.
                    self.database.close()

    def open_file(self) -> None:
        """Open the connection to a file that nobody replaces meanwhile."""
        self.database.connect(reuse_if_open=True)
        # The first read finds a file that is no database, and from it on the file is in use;
        # later waits use our own jitter.
        self.database.execute_sql("SELECT count(*) FROM sqlite_master").fetchall()
        self.database.execute_sql("PRAGMA busy_timeout = 20")

    def revive(self) -> None:
        """Open the connection anew after it failed; raises as ``connect`` does."""
        with explained():
            if not self.database.is_closed():
                self.database.close()
        self.connect()

    def close(self) -> None:
        """Close the connection of the calling thread."""
        self._owner = None
        if not self.database.is_closed():
            self.database.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction: all of it or nothing. Driver errors come out as StoreError."""
        with explained():
            self._reach()
            with self.database.atomic():
                yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads of one and the same state, whatever is written meanwhile; nothing is
        written in it. Driver errors come out as StoreError.

        On a server each statement gets a plan for its values: one kept for all values takes few
        rows for granted, and sorts where it should hash (half as long again for a year's sums).
        """
        with explained():
            self._reach()
            mode = "REPEATABLE READ, READ ONLY" if self.on_server else "DEFERRED"
            with self.database.atomic(mode):
                if self.on_server:
                    self.database.execute_sql("SET LOCAL plan_cache_mode = force_custom_plan")
                yield

    def rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Every row that a statement gives. Driver errors come out as StoreError."""
        with explained():
            self._reach()
            found: list[tuple[Any, ...]] = self.database.execute_sql(sql, values).fetchall()
            return found

    def touch(self, sql: str, values: Sequence[Any]) -> int:
        """Carry a statement out; returns the rows it touched. Driver errors as StoreError."""
        with explained():
            self._reach()
            touched: int = self.database.execute_sql(sql, values).rowcount
            return touched

    def _reach(self) -> None:
        """Connect again to a server that was gone, but never inside a transaction."""
        if (
            self.on_server
            and self._owner == threading.get_ident()
            and not self.database.in_transaction()
            and not self.database.is_connection_usable()
        ):
            if not self.database.is_closed():
                self.database.close()
            self.database.connect()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """The file is this connection's only (SQLite): nobody else has it open or opens it.

        The log is taken into the file, which is whole by itself from here on. The connection is
        closed at the end. Raises StoreUnavailable (``store_in_use``) when somebody has it open.
        """
        try:
            with explained(), folder_held(self.path.parent, alone=True):
                self._shut_out_others()
                yield
                self.close()
        finally:
            self.close()

    def _shut_out_others(self) -> None:
        try:
            # Each of the two fails while another connection has so much as read the file. The
            # journal is emptied after each commit: a kill leaves no page of the file in it.
            self.database.execute_sql("PRAGMA journal_mode = truncate").fetchall()
            self.database.execute_sql("PRAGMA locking_mode = exclusive").fetchall()
            self.database.execute_sql("BEGIN EXCLUSIVE")
            self.database.execute_sql("COMMIT")
        except peewee.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise StoreUnavailable("store_in_use") from error

    def tidy(self) -> None:
        """Leave nothing of deleted rows in the file's log; on a server there is none of ours.

        While another station reads the log stays, and goes at a later call.
        """
        if not self.on_server:
            self.rows("PRAGMA wal_checkpoint(TRUNCATE)", ())

    def version_seen(self) -> int:
        """A number that changes when another connection commits (SQLite only)."""
        seen: int = self.database.execute_sql("PRAGMA data_version").fetchone()[0]
        return seen


def open_store(url: str, ring: KeyRing | None = None) -> Store:
    """The store at ``url``, connected. ``sqlite:///PATH`` or ``postgresql://…[?schema=NAME]``.

    A new file is encrypted under a new key of the ring, and plain without a ring; one that
    exists is opened as it is. Raises BadInput for a schema that is no plain name, StoreLocked
    when the ring has not the file's key, StoreUnavailable and StoreDamaged as ``Store.connect``
    does.
    """
    store = _sqlite(url, ring) if url.startswith("sqlite:///") else _postgresql(url, ring)
    store.connect()
    return store


def open_copy(path: Path, ring: KeyRing | None) -> Store:
    """The store in a file that nobody else knows of, inside ``Store.alone``; raises as connect."""
    store = Store(StoreFile(path, ring), "sqlite", str(path), ring)
    with explained():
        store.open_file()
    return store


def _sqlite(url: str, ring: KeyRing | None) -> Store:
    path = Path(url.removeprefix("sqlite:///"))
    with explained():
        path.parent.mkdir(parents=True, exist_ok=True)
    return Store(StoreFile(path, ring), "sqlite", str(path), ring)


def _postgresql(url: str, ring: KeyRing | None) -> Store:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    schema = query.pop("schema", "public")
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema):
        raise BadInput("schema_name_unknown", field="database", given=schema)
    plain = urlunsplit(parts._replace(scheme="postgresql", query=urlencode(query)))
    database = peewee.PostgresqlDatabase(
        plain,
        prefer_psycopg3=True,
        autoconnect=False,
        options=f"-c search_path={schema}",
        connect_timeout=5,
        # A pulled cable says nothing: without these the system would wait for a quarter of an hour.
        tcp_user_timeout=10_000,
        keepalives_idle=10,
        keepalives_interval=5,
        keepalives_count=3,
        application_name="tingtang",
    )
    return Store(database, "postgresql", schema, ring)


@contextmanager
def explained() -> Iterator[None]:
    """Turn errors of drivers and of the disk into StoreError; the only place that does."""
    try:
        yield
    except (peewee.OperationalError, peewee.InterfaceError, peewee.InternalError) as error:
        raise _store_error(str(error)) from error
    except peewee.ProgrammingError as error:
        if "permission denied" not in str(error):
            raise
        raise _store_error(str(error)) from error
    except peewee.DatabaseError as error:
        # SQLite says this of a file that is no database; anything else is a defect of ours.
        if type(error) is not peewee.DatabaseError:
            raise
        raise _store_error(str(error)) from error
    except DriverError as error:
        raise _store_error(str(error)) from error
    except OSError as error:
        raise _store_error(f"{error.strerror or error}") from error


def _store_error(message: str) -> StoreError:
    text = message.lower()
    for words, code in _CODES:
        if any(word in text for word in words):
            kind = StoreDamaged if code == "store_damaged" else StoreUnavailable
            return kind(code)
    return StoreUnavailable("store_unreachable")


_CODES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("disk is full", "no space left", "disk full"), "store_full"),
    (("readonly", "read-only", "permission denied"), "store_read_only"),
    (("not a database", "malformed", "file is encrypted"), "store_damaged"),
    (("is locked", "is busy"), "store_locked"),
    (
        (
            "unable to open database",
            "no such file",
            "not a directory",
            "file exists",
            "is a directory",
        ),
        "store_no_folder",
    ),
)
