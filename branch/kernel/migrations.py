"""Brings a store to this program's form: numbered steps, a backup before, newer ones refused.

The steps stand in ``branch/kernel/steps``, each with frozen models of its own; a step and the
note that it was done are one transaction, and all pending steps run under one writer's lock, so
that two stations starting together do not both migrate.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from playhouse.migrations import Runner

from branch.kernel.errors import StoreNewer
from branch.kernel.store import Store, explained
from branch.kernel.store_file import keyed_connection

_STEPS = Path(__file__).parent / "steps"
_LOCK = 7_411_203


def migrate(store: Store, stamp: str) -> list[str]:
    """Bring the store up to date; returns the names of the steps done.

    ``stamp`` goes into the backup's name. Raises StoreNewer when the store was written by a
    newer program, StoreUnavailable when backup or step cannot be written.
    """
    with explained():
        runner = Runner(store.database, str(_STEPS))
        _refuse_newer(runner)
        if not _pending(runner):
            return []
        with store.transaction():
            if store.on_server:
                store.database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
                _make_schema(store)
            if not _pending(runner):  # another station was quicker
                return []
            applied = runner.applied()
            if applied:
                _backup(store, max(applied), stamp)
            done: list[str] = runner.up()
            return done


def version_of(name: str) -> int:
    """The number of a step, from its name."""
    return int(name.partition("_")[0])


def _pending(runner: Runner) -> bool:
    return any(step.path is not None and not step.applied for step in runner.status())


def _refuse_newer(runner: Runner) -> None:
    status = runner.status()
    gone = [version_of(step.name) for step in status if step.path is None]
    if gone:
        known = [version_of(step.name) for step in status if step.path is not None]
        raise StoreNewer("store_newer", found=max(gone), known=max(known))


def _make_schema(store: Store) -> None:
    if store.database.execute_sql("SELECT current_schema()").fetchone()[0] is None:
        store.database.execute_sql(f'CREATE SCHEMA "{store.place}"')


def _backup(store: Store, applied: str, stamp: str) -> None:
    if store.on_server:
        kept = f"{store.place}_before_{stamp}"
        store.database.execute_sql(f'CREATE SCHEMA "{kept}"')
        for table in store.database.get_tables():
            store.database.execute_sql(f'CREATE TABLE "{kept}"."{table}" AS TABLE "{table}"')
        return
    folder = store.path.parent / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{store.path.stem}-{version_of(applied):04d}-{stamp}.db"
    # Readers see the last commit while we hold the writer's lock, so the copy is whole. It is
    # under the key of its source, or as plain.
    with (
        closing(keyed_connection(store.path, store.file_key)) as source,
        closing(keyed_connection(target, store.file_key)) as copy,
    ):
        source.backup(copy)
