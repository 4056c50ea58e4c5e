"""A store to try things on: of the branch's own kind, quick, and gone afterwards."""

from __future__ import annotations

from pathlib import Path

from branch.kernel.settings import Settings
from branch.kernel.store import Store, open_store
from branch.tools.scratch import scratch_store, spare_the_disk


def waits_for_the_disk(store: Store) -> object:
    sql = "SHOW synchronous_commit" if store.on_server else "PRAGMA synchronous"
    (value,) = store.database.execute_sql(sql).fetchone()
    return value


def test_only_the_scratch_store_spares_the_disk(url: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, config=tmp_path / "config", database=url)
    own = open_store(url)
    before = waits_for_the_disk(own)
    assert before in (2, "on")
    with scratch_store(settings) as scratch:
        store = open_store(scratch)
        assert store.on_server == own.on_server
        assert store.place != own.place
        spare_the_disk(store)
        assert waits_for_the_disk(store) in (0, "off")
        store.database.execute_sql("CREATE TABLE word (text TEXT)")
        with store.transaction():
            store.touch("INSERT INTO word VALUES ('kept')", ())
        assert store.rows("SELECT text FROM word", ()) == [("kept",)]
        store.close()
    assert waits_for_the_disk(own) == before
    assert "word" not in own.database.get_tables()
    own.close()
