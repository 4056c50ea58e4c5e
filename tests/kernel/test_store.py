"""The store: how SQLite is opened, how writers queue, and what every failure is called."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest

from branch.kernel import store_file
from branch.kernel.errors import BadInput, StoreDamaged, StoreUnavailable
from branch.kernel.store import Store, explained, open_store
from branch.kernel.store_file import keyed_connection
from tests.stores import POSTGRES, with_schema


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'one.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    opened.database.execute_sql("CREATE TABLE word (text TEXT PRIMARY KEY)")
    yield opened
    opened.close()


def add(store: Store, word: str) -> None:
    store.database.execute_sql("INSERT INTO word VALUES (?)", (word,))


def words(store: Store) -> set[str]:
    return {text for (text,) in store.database.execute_sql("SELECT text FROM word").fetchall()}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)],
)
def test_sqlite_is_opened_at_full_durability(store: Store, pragma: str, value: object) -> None:
    assert store.database.execute_sql(f"PRAGMA {pragma}").fetchone()[0] == value


def test_a_transaction_takes_the_writers_lock_at_once(store: Store, url: str) -> None:
    # The same library as the store's: two in one process would undo each other's locks.
    other = keyed_connection(Path(url.removeprefix("sqlite:///")), None)
    other.execute("PRAGMA busy_timeout = 0")
    try:
        with store.transaction(), pytest.raises(Exception, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    finally:
        other.close()


def test_a_reader_is_not_kept_waiting_by_a_writer(store: Store, url: str) -> None:
    add(store, "before")
    reader = open_store(url)
    with store.transaction():
        add(store, "meanwhile")
        assert words(reader) == {"before"}
    assert words(reader) == {"before", "meanwhile"}
    reader.close()


def test_a_writer_waits_for_the_one_before(store: Store, url: str) -> None:
    holding, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        other = open_store(url)
        with other.transaction():
            add(other, "first")
            holding.set()
            go_on.wait(5)
        other.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert holding.wait(5)
    threading.Timer(0.1, go_on.set).start()
    with store.transaction():
        assert words(store) == {"first"}
        add(store, "second")
    thread.join()
    assert words(store) == {"first", "second"}


def test_a_lock_that_is_never_given_is_named(store: Store, url: str, monkeypatch) -> None:
    monkeypatch.setattr(store_file, "_WRITER_WAIT_S", 0.05)
    other = open_store(url)
    with other.transaction(), pytest.raises(StoreUnavailable) as failed, store.transaction():
        pytest.fail("two writers at once")
    assert failed.value.code == "store_locked"
    with store.transaction():
        add(store, "after")
    other.close()
    assert words(store) == {"after"}


def test_an_error_inside_takes_everything_back(store: Store) -> None:
    add(store, "kept")
    with pytest.raises(KeyError), store.transaction():
        add(store, "lost")
        raise KeyError("defect")
    assert words(store) == {"kept"}
    with store.transaction():
        add(store, "next")
    assert words(store) == {"kept", "next"}


def test_a_change_by_another_connection_is_seen(store: Store, url: str) -> None:
    other = open_store(url)
    seen = store.version_seen()
    assert store.version_seen() == seen
    add(other, "elsewhere")
    assert store.version_seen() != seen
    other.close()


def test_a_broken_rule_of_the_database_is_our_defect(store: Store) -> None:
    add(store, "once")
    with pytest.raises(peewee.IntegrityError), explained():
        add(store, "once")
    with pytest.raises(peewee.ProgrammingError), explained():
        store.database.execute_sql("SELECT ?", ())


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "厅堂" / "branch.db"
    open_store(f"sqlite:///{path}").close()
    assert path.is_file()


@pytest.mark.parametrize("name", ["branch 1.db", "厅堂.db", "100%.db", "what?.db", "a#b.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    store = open_store(f"sqlite:///{tmp_path / name}")
    assert store.path == tmp_path / name
    store.close()
    assert (tmp_path / name).is_file()


@pytest.mark.parametrize("inner", ["branch.db", "sub/branch.db"])
def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path, inner: str) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(StoreUnavailable) as failed:
        open_store(f"sqlite:///{tmp_path / 'file' / inner}")
    assert failed.value.code == "store_no_folder"


def test_a_folder_where_the_file_should_be_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable) as failed:
        open_store(f"sqlite:///{tmp_path}")
    assert failed.value.code == "store_no_folder"


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "branch.db"
    path.write_bytes("这不是数据库".encode() * 300)
    before = path.read_bytes()
    with pytest.raises(StoreDamaged) as failed:
        open_store(f"sqlite:///{path}")
    assert failed.value.code == "store_damaged"
    assert path.read_bytes() == before


def test_broken_pages_are_named(store: Store, url: str) -> None:
    with store.transaction():
        for number in range(3000):
            add(store, f"word number {number}")
    store.close()
    path = Path(url.removeprefix("sqlite:///"))
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    again = open_store(url)
    with pytest.raises(StoreDamaged) as failed, explained():
        words(again)
    assert failed.value.code == "store_damaged"
    again.close()


@pytest.mark.parametrize("schema", ["Public", "a-b", 'x"; DROP SCHEMA public; --', "1st", "x" * 64])
def test_a_schema_must_have_a_plain_name(schema: str) -> None:
    with pytest.raises(BadInput) as refused:
        open_store(f"postgresql://nobody@127.0.0.1:1/bank?schema={schema}")
    assert refused.value.code == "schema_name_unknown"
    assert refused.value.field == "database"


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(StoreUnavailable) as failed:
        open_store("postgresql://nobody@127.0.0.1:1/bank")
    assert failed.value.code == "store_unreachable"


@pytest.mark.skipif(not POSTGRES, reason="no PostgreSQL server")
def test_each_schema_is_a_branch_of_its_own(postgres_url: str) -> None:
    store = open_store(postgres_url)
    schema = postgres_url.rpartition("schema=")[2]
    assert (store.kind, store.place, store.on_server) == ("postgresql", schema, True)
    assert store.database.execute_sql("SELECT current_schema()").fetchone()[0] == schema
    store.close()
    assert with_schema(schema) == postgres_url
