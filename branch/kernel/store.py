"""The open database of a branch: connection, transactions, and driver errors in our own words.

SQLite is opened with WAL, ``synchronous=FULL`` and IMMEDIATE transactions; PostgreSQL through
psycopg 3 with the branch's schema as the search path. No table is known here.
"""

from __future__ import annotations

import random
import re
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import peewee

from branch.kernel.errors import BadInput, StoreDamaged, StoreError, StoreUnavailable

_OPENING_WAIT_S = 10.0
_WRITER_WAIT_S = 15.0


class _BranchSqlite(peewee.SqliteDatabase):
    """SQLite whose writers queue with jitter.

    SQLite's own busy handler backs off to 100 ms steps, and under eight writers a starved one
    waited for 2 to 3.6 s; short random naps share the lock evenly.
    """

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


class Store:
    """One connection to the branch's database, used by one thread at a time."""

    def __init__(self, database: peewee.Database, kind: str, place: str) -> None:
        self.database = database
        self.kind = kind
        self.place = place
        self._owner: int | None = None

    @property
    def on_server(self) -> bool:
        """Whether this is PostgreSQL."""
        return self.kind == "postgresql"

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return Path(self.place)

    def connect(self) -> None:
        """Open the connection for the calling thread.

        Raises StoreUnavailable when the file or the server cannot be reached, StoreDamaged when
        the file is no database.
        """
        deadline = time.monotonic() + _OPENING_WAIT_S
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
        self.database.connect(reuse_if_open=True)
        if not self.on_server:
            # The first read finds a file that is no database; later waits use our own jitter.
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

    def version_seen(self) -> int:
        """A number that changes when another connection commits (SQLite only)."""
        seen: int = self.database.execute_sql("PRAGMA data_version").fetchone()[0]
        return seen


def open_store(url: str) -> Store:
    """The store at ``url``, connected. ``sqlite:///PATH`` or ``postgresql://…[?schema=NAME]``.

    Raises BadInput for a schema that is no plain name, StoreUnavailable and StoreDamaged as
    ``Store.connect`` does.
    """
    store = _sqlite(url) if url.startswith("sqlite:///") else _postgresql(url)
    store.connect()
    return store


def _sqlite(url: str) -> Store:
    path = Path(url.removeprefix("sqlite:///"))
    with explained():
        path.parent.mkdir(parents=True, exist_ok=True)
    database = _BranchSqlite(
        str(path),
        pragmas=(("journal_mode", "wal"), ("synchronous", "full"), ("foreign_keys", 1)),
        lock_type="IMMEDIATE",
        timeout=_OPENING_WAIT_S,
        autoconnect=False,
    )
    return Store(database, "sqlite", str(path))


def _postgresql(url: str) -> Store:
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
    return Store(database, "postgresql", schema)


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
    except sqlite3.DatabaseError as error:
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
        ("unable to open database", "no such file", "not a directory", "file exists"),
        "store_no_folder",
    ),
)
