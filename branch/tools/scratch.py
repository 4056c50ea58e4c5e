"""A store to try things on: a folder or a schema of its own, gone afterwards."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from branch.kernel.settings import Settings
from branch.kernel.store import Store, open_store


@contextmanager
def scratch_store(settings: Settings) -> Iterator[str]:
    """The URL of an empty store of the same kind as the branch's; removed at the end.

    Raises StoreUnavailable when the server cannot be reached.
    """
    if settings.on_server:
        schema = f"scratch_{uuid.uuid4().hex[:16]}"
        store = open_store(settings.database)
        store.database.execute_sql(f'CREATE SCHEMA "{schema}"')
        try:
            yield f"{settings.database}{'&' if '?' in settings.database else '?'}schema={schema}"
        finally:
            store.database.execute_sql(f'DROP SCHEMA "{schema}" CASCADE')
            store.close()
        return
    with tempfile.TemporaryDirectory(prefix="tingtang-") as folder:
        yield f"sqlite:///{Path(folder) / 'branch.db'}"


def spare_the_disk(store: Store) -> None:
    """Have a scratch store's commits not wait for the disk; a power cut takes nothing of worth.

    A day is a thousand commits, and a slow disk takes ten milliseconds for each.
    """
    sql = "SET synchronous_commit = off" if store.on_server else "PRAGMA synchronous = OFF"
    store.database.execute_sql(sql)
