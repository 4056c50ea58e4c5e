"""Migrations: fresh, repeated, raced, refused when newer, and never without a backup."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from branch.bootstrap import open_branch
from branch.kernel import journal, migrations
from branch.kernel.clock import SetClock
from branch.kernel.errors import StoreNewer, StoreUnavailable
from branch.kernel.migrations import migrate, version_of
from branch.kernel.runner import Actor
from branch.kernel.store import Store, open_store
from branch.lobby.commands.arrivals import Issue
from branch.people.queries import account_id
from tests.conftest import OPENING
from tests.migrations.make_stored import plan
from tests.migrations.opening import migrate_at_once, open_at_once
from tests.stores import POSTGRES

STEPS = migrations._STEPS
NEWEST = max(version_of(path.stem) for path in STEPS.glob("[0-9]*.py"))
NAMES = sorted(path.stem for path in STEPS.glob("[0-9]*.py"))
NEXT = f"{NEWEST + 1:04d}_colour"
ADDS_A_COLUMN = """
from peewee import CharField

def up(migrator, db):
    migrator.migrate(migrator.add_column("ticket", "colour", CharField(default="red")))
"""
BREAKS_DOWN = ADDS_A_COLUMN + '    db.execute_sql("UPDATE nothing SET colour = 1")\n'


@pytest.fixture
def steps(tmp_path: Path, monkeypatch) -> Path:
    """A folder of steps with one more than the program has."""
    folder = tmp_path / "steps"
    shutil.copytree(STEPS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / f"{NEXT}.py").write_text(ADDS_A_COLUMN)
    monkeypatch.setattr(migrations, "_STEPS", folder)
    return folder


@pytest.fixture
def small_url(empty_url: str) -> str:
    """A small branch as today's program leaves it, its tables its own."""
    with pytest.MonkeyPatch.context() as today:
        today.setattr(migrations, "_STEPS", STEPS)
        branch = open_branch(empty_url, SetClock(OPENING))
    branch.found(plan())
    branch.close()
    return empty_url


@pytest.fixture
def store(small_url: str) -> Iterator[Store]:
    opened = open_store(small_url)
    yield opened
    opened.close()


def columns(store: Store) -> list[str]:
    return [column.name for column in store.database.get_columns("ticket")]


def done(store: Store) -> list[str]:
    found = store.database.execute_sql("SELECT name FROM schema_migration ORDER BY name")
    return [name for (name,) in found.fetchall()]


def backups(store: Store) -> list[str]:
    if store.on_server:
        found = store.database.execute_sql(
            "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)",
            (f"{store.place}_before",),
        )
        return [name for (name,) in found.fetchall()]
    return sorted(path.name for path in (store.path.parent / "backups").glob("*"))


def test_a_fresh_store_gets_every_step_and_no_backup(empty_url: str) -> None:
    store = open_store(empty_url)
    assert migrate(store, "1000") == NAMES
    assert done(store) == NAMES
    assert backups(store) == []
    store.close()


def test_a_second_start_does_nothing(store: Store) -> None:
    assert migrate(store, "1000") == []
    assert done(store) == NAMES
    assert backups(store) == []


INDEXES = {
    "ticket_waiting_idx",
    "ticket_called_idx",
    "ticket_day_number_idx",
    "ticket_day_state_idx",
}


def test_both_kinds_of_store_get_the_same_tables(store: Store) -> None:
    tables = set(store.database.get_tables())
    assert {"branch", "journal", "ticket", "visit", "counter_state", "undo", "booking"} <= tables
    assert {index.name for index in store.database.get_indexes("ticket")} >= INDEXES


def test_a_pending_step_is_done_once(store: Store, steps: Path) -> None:
    assert migrate(store, "1000") == [NEXT]
    assert "colour" in columns(store)
    assert migrate(store, "1001") == []
    assert done(store) == [*NAMES, NEXT]
    assert len(backups(store)) == 1


def test_before_a_step_the_whole_store_is_kept(
    sqlite_url: str, clock: SetClock, steps: Path, monkeypatch
) -> None:
    monkeypatch.setattr(migrations, "_STEPS", STEPS)
    branch = open_branch(sqlite_url, clock)
    kiosk = Actor(account_id(branch.store, "KIOSK") or 0, "kiosk-1")
    issued = [branch.run(Issue("P01"), kiosk).value.number for _ in range(5)]
    monkeypatch.setattr(migrations, "_STEPS", steps)
    assert migrate(branch.store, "1795136400000") == [NEXT]
    assert backups(branch.store) == [f"branch-{NEWEST:04d}-1795136400000.db"]
    kept = open_store(f"sqlite:///{next((branch.store.path.parent / 'backups').iterdir())}")
    assert "colour" not in columns(kept)
    assert done(kept) == NAMES
    assert journal.verify(kept) == journal.verify(branch.store) == 7
    found = kept.database.execute_sql("SELECT number FROM ticket ORDER BY number")
    assert [number for (number,) in found.fetchall()] == issued
    kept.close()
    branch.close()


@pytest.mark.skipif(not POSTGRES, reason="no PostgreSQL server")
def test_on_a_server_the_tables_are_kept_beside(postgres_url: str, steps: Path) -> None:
    today = steps / f"{NEXT}.py"
    today.rename(steps / "later")
    branch = open_branch(postgres_url, SetClock(OPENING))
    branch.found(plan())
    (steps / "later").rename(today)
    store = branch.store
    assert migrate(store, "1000") == [NEXT]
    (kept,) = backups(store)
    assert kept == f"{store.place}_before_1000"
    assert store.database.execute_sql(f'SELECT count(*) FROM "{kept}".staff').fetchone()[0] == 5
    assert store.database.get_tables(kept) == store.database.get_tables()
    assert "colour" not in [column.name for column in store.database.get_columns("ticket", kept)]
    branch.close()


def test_a_step_that_breaks_down_leaves_the_store_as_it_was(sqlite_url: str, steps: Path) -> None:
    (steps / f"{NEXT}.py").write_text(BREAKS_DOWN)
    store = open_store(sqlite_url)
    for stamp in ("1000", "1001"):
        with pytest.raises(StoreUnavailable):
            migrate(store, stamp)
        assert "colour" not in columns(store)
        assert done(store) == NAMES
    (steps / f"{NEXT}.py").write_text(ADDS_A_COLUMN)
    assert migrate(store, "1002") == [NEXT]
    assert journal.verify(store) == 1
    store.close()


def test_without_a_backup_no_step_is_done(sqlite_url: str, steps: Path) -> None:
    store = open_store(sqlite_url)
    (store.path.parent / "backups").write_text("a file where the folder should be")
    with pytest.raises(StoreUnavailable) as failed:
        migrate(store, "1000")
    assert failed.value.code == "store_no_folder"
    assert "colour" not in columns(store)
    assert done(store) == NAMES
    store.close()


def test_a_newer_store_is_refused_with_both_versions(small_url: str, clock: SetClock) -> None:
    store = open_store(small_url)
    store.database.execute_sql(
        "INSERT INTO schema_migration (name, applied) VALUES ('0042_tomorrow', '2027-01-01')"
    )
    store.close()
    with pytest.raises(StoreNewer) as refused:
        open_branch(small_url, clock)
    assert refused.value.code == "store_newer"
    assert refused.value.values == {"found": 42, "known": NEWEST}
    store = open_store(small_url)
    assert done(store) == [*NAMES, "0042_tomorrow"]
    assert backups(store) == []
    store.close()


def test_a_newer_store_is_not_touched(sqlite_url: str, clock: SetClock, steps: Path) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as store, store:
        store.execute(
            "INSERT INTO schema_migration (name, applied) VALUES ('0042_tomorrow', '2027-01-01')"
        )
    before = path.read_bytes()
    with pytest.raises(StoreNewer):
        open_branch(sqlite_url, clock)
    assert path.read_bytes() == before


@pytest.mark.skipif(not POSTGRES, reason="no PostgreSQL server")
def test_a_schema_that_is_missing_is_made(postgres_url: str) -> None:
    fresh = f"{postgres_url}_new"
    store = open_store(fresh)
    assert migrate(store, "1000") == NAMES
    assert store.database.execute_sql("SELECT current_schema()").fetchone()[0].endswith("_new")
    store.close()


def together(target: Callable[..., None], count: int, *given: object) -> list[Any]:
    """Run ``count`` processes that begin at the same moment; what each answered."""
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(count), context.Queue()
    processes = [
        context.Process(target=target, args=(*given, barrier, answers)) for _ in range(count)
    ]
    for process in processes:
        process.start()
    found = [answers.get(timeout=60) for _ in processes]
    for process in processes:
        process.join(30)
    return found


def test_processes_that_start_at_once_on_nothing_agree(empty_url: str) -> None:
    assert together(open_at_once, 4, empty_url) == [False] * 4
    store = open_store(empty_url)
    assert done(store) == NAMES
    assert backups(store) == []
    store.close()


def test_processes_that_start_at_once_do_a_step_once(small_url: str, steps: Path) -> None:
    found = together(migrate_at_once, 3, small_url, str(steps))
    assert sorted(found, key=len) == [[], [], [NEXT]]
    store = open_store(small_url)
    assert "colour" in columns(store)
    assert len(backups(store)) == 1
    store.close()
