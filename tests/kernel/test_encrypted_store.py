"""The encrypted store: nothing is read without its key, which is asked for by name."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from branch.bootstrap import Branch, open_branch
from branch.kernel import journal, migrations
from branch.kernel.errors import StoreDamaged, StoreLocked, StoreUnavailable
from branch.kernel.file_head import head_of
from branch.kernel.key_ring import KeyRing
from branch.kernel.keys import new_key
from branch.kernel.migrations import migrate
from branch.kernel.opening import enter_recovery_key
from branch.kernel.store import open_store
from branch.kernel.store_file import keyed_connection
from branch.lobby.queries.waiting import waiting
from tests.keyed import Keyed, copy_sample, issue, keyed, plant, seen_in


@pytest.fixture
def shut(sample_file: Path, tmp_path: Path) -> Keyed:
    """The sample branch, encrypted and closed."""
    return keyed(copy_sample(sample_file, tmp_path / "data"), tmp_path / "config")


@pytest.fixture
def branch(shut: Keyed) -> Iterator[Branch]:
    opened = shut.open()
    yield opened
    opened.close()


def test_a_new_branch_is_encrypted(tmp_path: Path, sample: Any) -> None:
    path, ring = tmp_path / "data" / "branch.db", KeyRing(tmp_path / "config")
    branch = open_branch(f"sqlite:///{path}", None, ring)
    assert not branch.founded
    head = head_of(path)
    assert head.kind == "encrypted"
    assert branch.key_status().since is None
    branch.found(sample)
    status = branch.key_status()
    assert (status.encrypted, status.fingerprint, status.kept) == (True, head.fingerprint, "file")
    assert status.since is not None
    assert path.read_bytes()[:16] == f"TINGTANG{head.fingerprint}".encode()
    branch.close()
    again = open_branch(f"sqlite:///{path}", None, KeyRing(tmp_path / "config"))
    assert again.founded
    again.close()


def test_the_sealed_store_is_as_durable_as_the_plain_one(branch: Branch) -> None:
    for pragma, value in (
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
    ):
        assert branch.store.rows(f"PRAGMA {pragma}", ()) == [(value,)]


def test_planted_texts_are_found_in_a_plain_store_and_in_no_encrypted_one(
    sample_file: Path, tmp_path: Path
) -> None:
    for encrypted in (False, True):
        folder = tmp_path / f"encrypted-{encrypted}"
        place = keyed(copy_sample(sample_file, folder), tmp_path / f"config-{encrypted}", encrypted)
        branch = place.open()
        plant(branch)
        issue(branch)
        with branch.store.transaction():
            migrations._backup(branch.store, "0003_visitors", "1000")
        names = {path.name for path in folder.rglob("*") if path.is_file()}
        assert names == {"branch.db", "branch.db-wal", "branch.db-shm", "branch-0003-1000.db"}
        found = seen_in(folder)
        assert ("branch.db-wal" in found) != encrypted
        assert ("branch-0003-1000.db" in found) != encrypted
        branch.close()
        assert ("branch.db" in seen_in(folder)) != encrypted
        if encrypted:
            assert seen_in(folder) == []


def test_a_backup_opens_with_the_key_of_its_store(
    shut: Keyed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    branch = shut.open()
    given = issue(branch)
    steps = tmp_path / "steps"
    steps.mkdir()
    for step in migrations._STEPS.glob("0*.py"):
        (steps / step.name).write_text(step.read_text(encoding="utf-8"), encoding="utf-8")
    (steps / "0099_next.py").write_text(
        "def up(migrator, db):\n    db.execute_sql('CREATE TABLE next (id INTEGER)')\n"
    )
    monkeypatch.setattr(migrations, "_STEPS", steps)
    assert migrate(branch.store, "1000") == ["0099_next"]
    branch.close()
    (backup,) = (shut.path.parent / "backups").iterdir()
    assert head_of(backup) == head_of(shut.path)
    kept = open_store(f"sqlite:///{backup}", shut.ring)
    assert [ticket.number for ticket in waiting(kept)] == given
    assert isinstance(journal.verify(kept), int)
    kept.close()


@pytest.mark.parametrize("with_ring", [True, False])
def test_without_its_key_the_store_asks_for_it_by_name(
    shut: Keyed, tmp_path: Path, with_ring: bool
) -> None:
    before = shut.path.read_bytes()
    other = KeyRing(tmp_path / "elsewhere")
    other.keep(new_key())
    with pytest.raises(StoreLocked) as locked:
        open_branch(shut.url, shut.clock, other if with_ring else None)
    assert locked.value.code == "store_key_missing"
    assert locked.value.values == {"wanted": head_of(shut.path).fingerprint}
    assert shut.path.read_bytes() == before


def test_the_recovery_key_opens_it_elsewhere(shut: Keyed, tmp_path: Path) -> None:
    branch = shut.open()
    paper, given = branch.recovery_key(), issue(branch)
    branch.close()
    elsewhere = KeyRing(tmp_path / "elsewhere")
    enter_recovery_key(elsewhere, paper.lower(), head_of(shut.path).fingerprint)
    again = open_branch(shut.url, shut.clock, KeyRing(tmp_path / "elsewhere"))
    assert [ticket.number for ticket in waiting(again.store)] == given
    again.close()


def test_a_file_that_was_moved_finds_its_key(shut: Keyed, tmp_path: Path) -> None:
    there = tmp_path / "另一处" / "store.db"
    there.parent.mkdir()
    shut.path.rename(there)
    branch = open_branch(f"sqlite:///{there}", shut.clock, shut.ring)
    assert branch.founded
    branch.close()


def test_a_plain_file_opens_plain_and_gets_a_key_for_its_fields(
    sample_file: Path, tmp_path: Path
) -> None:
    place = keyed(copy_sample(sample_file, tmp_path / "data"), tmp_path / "config", False)
    branch = place.open()
    status = branch.key_status()
    assert (status.encrypted, status.kept) == (False, "file")
    sealed = branch.store.sealer.seal("13800135172", "visitor.phone")
    branch.close()
    again = place.open()
    assert again.key_status() == status
    assert again.store.sealer.open(sealed, "visitor.phone") == "13800135172"
    again.close()
    with pytest.raises(StoreLocked):
        open_branch(place.url, place.clock)
    with pytest.raises(StoreLocked):
        open_branch(place.url, place.clock, KeyRing(tmp_path / "elsewhere"))


@pytest.mark.parametrize("first", [8_192, 100])
def test_a_damaged_page_is_damage_and_no_wrong_key(
    shut: Keyed, first: int, capfd: pytest.CaptureFixture[str]
) -> None:
    content = bytearray(shut.path.read_bytes())
    for place in range(first, len(content), 2_048):
        content[place : place + 100] = b"\xff" * 100
    shut.path.write_bytes(content)
    with pytest.raises(StoreDamaged) as failed:
        branch = shut.open()
        branch.store.rows("SELECT * FROM journal", ())
    assert failed.value.code == "store_damaged"
    assert capfd.readouterr() == ("", "")


def test_a_start_that_fails_leaves_no_key_behind(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "branch.db-journal").mkdir()
    (tmp_path / "data" / "branch.db-wal").mkdir()
    for _ in range(3):
        with pytest.raises(StoreUnavailable):
            open_branch(
                f"sqlite:///{tmp_path / 'data' / 'branch.db'}", None, KeyRing(tmp_path / "config")
            )
    assert list((tmp_path / "config" / "keys").iterdir()) == []


def open_new(url: str, config: str, barrier: Any, answers: Any) -> None:
    barrier.wait(30)
    branch = open_branch(url, None, KeyRing(Path(config)))
    answers.put(branch.key_status().fingerprint)
    branch.close()


def test_processes_that_start_at_once_on_nothing_share_one_key(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(4), context.Queue()
    given = (f"sqlite:///{tmp_path / 'branch.db'}", str(tmp_path / "config"), barrier, answers)
    processes = [context.Process(target=open_new, args=given) for _ in range(4)]
    for process in processes:
        process.start()
    found = {answers.get(timeout=60) for _ in processes}
    for process in processes:
        process.join(30)
    assert found == {head_of(tmp_path / "branch.db").fingerprint}
    assert [path.stem for path in (tmp_path / "config" / "keys").iterdir()] == list(found)


def test_the_key_is_not_in_the_file(shut: Keyed) -> None:
    branch = shut.open()
    key = branch.store.sealer.key
    branch.close()
    content = shut.path.read_bytes()
    for secret in (key.for_file, key.for_sealing, key.for_marks):
        assert secret not in content
        assert secret.hex().encode() not in content
    with pytest.raises(Exception, match="not a database"):
        keyed_connection(shut.path, new_key()).execute("SELECT count(*) FROM sqlite_master")
