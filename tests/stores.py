"""Where tests find a store: schemas of their own on a real PostgreSQL server; no fixtures."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from branch.kernel.store import open_store

POSTGRES = os.environ.get("TINGTANG_TEST_POSTGRES", "")
NO_SERVER = (
    "NOT TESTED ON POSTGRESQL: no server; run the tests through `make test`, or set "
    "TINGTANG_TEST_POSTGRES to a postgresql:// URL whose user may create schemas"
)


def with_schema(schema: str) -> str:
    """The server's URL with a schema named in it."""
    return f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}schema={schema}"


@contextmanager
def fresh_schema() -> Iterator[str]:
    """The URL of an empty schema, which is dropped at the end."""
    schema = f"test_{uuid.uuid4().hex[:16]}"
    server = open_store(POSTGRES)
    server.database.execute_sql(f"CREATE SCHEMA {schema}")
    try:
        yield with_schema(schema)
    finally:
        kept = server.database.execute_sql(
            "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", (schema,)
        )
        for (name,) in kept.fetchall():
            server.database.execute_sql(f'DROP SCHEMA "{name}" CASCADE')
        server.close()


class KeptSchema:
    """A founded branch in a schema that is put back to its beginning before every use.

    Founding anew would cost a second a test, nearly all of it hashing PINs.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._schema = url.rpartition("schema=")[2]
        self._copy = f"{self._schema}_kept"
        store = open_store(url)
        tables = store.database.get_tables()
        store.database.execute_sql(f"CREATE SCHEMA {self._copy}")
        steps = [f'DELETE FROM {self._schema}."{table}"' for table in tables]
        for table in tables:
            kept = f'{self._copy}."{table}"'
            found = store.database.execute_sql(
                f'CREATE TABLE {kept} AS TABLE {self._schema}."{table}"'
            )
            # Most tables of a founded branch are empty: nothing is to be put back into them.
            if found.rowcount:
                steps.append(f'INSERT INTO {self._schema}."{table}" SELECT * FROM {kept}')
        self._steps = "; ".join(steps)
        # One connection for all: the password alone takes longer than putting back.
        self._store = store

    def put_back(self) -> str:
        """Make the branch as it was founded; returns its URL."""
        with self._store.transaction():
            self._store.database.execute_sql(self._steps)
        return self.url

    def close(self) -> None:
        """Give the connection back."""
        self._store.close()
