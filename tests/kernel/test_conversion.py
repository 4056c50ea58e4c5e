"""Encryption turned on and off: same content, old copies too, whole at every moment, alone only."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from branch.bootstrap import Branch
from branch.kernel import conversion, journal, migrations
from branch.kernel.errors import (
    NotPermitted,
    RuleBroken,
    StoreDamaged,
    StoreUnavailable,
)
from branch.kernel.file_head import head_of
from branch.kernel.protection import ShowRecoveryKey
from branch.lobby.queries.waiting import waiting
from tests.keyed import (
    PLANTED,
    Keyed,
    actor,
    copy_sample,
    deaths,
    issue,
    keyed,
    manager,
    plant,
    seen_in,
)

DEATHS = 40


@pytest.fixture
def place(sample_file: Path, tmp_path: Path) -> Keyed:
    """A plain branch with a key."""
    return keyed(copy_sample(sample_file, tmp_path / "data"), tmp_path / "config", False)


@pytest.fixture
def branch(place: Keyed) -> Iterator[Branch]:
    opened = place.open()
    yield opened
    opened.close()


def keep_copy(branch: Branch, stamp: str) -> Path:
    """A backup as a migration makes it."""
    with branch.store.transaction():
        migrations._backup(branch.store, "0003_visitors", stamp)
    return branch.store.path.parent / "backups" / f"branch-0003-{stamp}.db"


def whats(branch: Branch) -> list[str]:
    return [entry.what for entry in journal.entries(branch.store)]


def test_on_and_off_again_keeps_everything(branch: Branch, place: Keyed) -> None:
    plant(branch)
    given = issue(branch)
    copies = [keep_copy(branch, "1000"), keep_copy(branch, "2000")]
    for on in (True, False, True):
        branch.set_encryption(on, manager(branch))
        assert branch.key_status().encrypted is on
        heads = {head_of(path) for path in (place.path, *copies)}
        assert [head.kind for head in heads] == ["encrypted" if on else "plain"]
        assert [ticket.number for ticket in waiting(branch.store)] == given
        given += issue(branch, 1)
        assert branch.store.rows("SELECT count(*) FROM planted", ()) == [(len(PLANTED),)]
        branch.close()
        assert bool(seen_in(place.path.parent)) is not on
        branch.store.connect()
    assert isinstance(journal.verify(branch.store), int)
    assert [what for what in whats(branch) if what.startswith("key.")] == [
        "key.encrypted",
        "key.decrypted",
        "key.encrypted",
    ]
    assert branch.store.rows("PRAGMA journal_mode", ()) == [("wal",)]
    branch.close()
    left = {path.name for path in place.path.parent.rglob("*") if path.is_file()}
    assert left == {"branch.db", *(copy.name for copy in copies)}


def test_nobody_else_may_have_it_open(branch: Branch, place: Keyed) -> None:
    other = place.open()
    for change in (
        lambda: branch.set_encryption(True, manager(branch)),
        lambda: branch.rotate_key(manager(branch)),
    ):
        with pytest.raises(StoreUnavailable) as refused:
            change()
        assert refused.value.code == "store_in_use"
    assert head_of(place.path).kind == "plain"
    assert not [what for what in whats(other) if what.startswith("key.")]
    assert len(list((place.config / "keys").iterdir())) == 1
    assert issue(other) + issue(branch) == ["A001", "A002", "A003", "A004", "A005", "A006"]
    other.close()
    branch.set_encryption(True, manager(branch))
    assert head_of(place.path).kind == "encrypted"


@pytest.mark.parametrize("staff_no", ["100482", "100301", "100201", "100402"])
def test_only_who_may_changes_it(branch: Branch, place: Keyed, staff_no: str) -> None:
    somebody = actor(branch, staff_no, "admin")
    with pytest.raises(NotPermitted):
        branch.set_encryption(True, somebody)
    with pytest.raises(NotPermitted):
        branch.rotate_key(somebody)
    with pytest.raises(NotPermitted):
        branch.run(ShowRecoveryKey(), somebody)
    assert whats(branch)[-3:] == ["command.refused"] * 3
    assert head_of(place.path).kind == "plain"
    assert len(list((place.config / "keys").iterdir())) == 1


def test_what_is_so_already_is_refused(branch: Branch) -> None:
    for on, code in ((False, "encryption_already_off"), (True, "encryption_already_on")):
        if on:
            branch.set_encryption(True, manager(branch))
        with pytest.raises(RuleBroken) as refused:
            branch.set_encryption(on, manager(branch))
        assert refused.value.code == code


def test_showing_the_key_leaves_a_trace(branch: Branch) -> None:
    paper = branch.run(ShowRecoveryKey(), manager(branch)).value
    assert paper == branch.recovery_key()
    last = list(journal.entries(branch.store))[-1]
    assert (last.what, last.subject, last.data) == (
        "key.shown",
        branch.key_status().fingerprint,
        {},
    )


def test_a_disk_without_room_is_told_before_anything_is_changed(
    branch: Branch, place: Keyed, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(place.path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1_000_000))
    with pytest.raises(StoreUnavailable) as refused:
        branch.set_encryption(True, manager(branch))
    assert refused.value.code == "store_full"
    assert "key.encrypted" not in whats(branch)
    assert issue(branch, 1) == ["A001"]


def test_a_copy_that_differs_is_thrown_away_and_the_next_start_goes_on(
    branch: Branch, place: Keyed, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(branch)
    export = conversion._export

    def loses_one(connection: object, fresh: Path, key: object) -> None:
        export(connection, fresh, key)  # type: ignore[arg-type]
        with conversion.closing(conversion.keyed_connection(fresh, key)) as copy:  # type: ignore[arg-type]
            copy.execute("DELETE FROM ticket WHERE number = 'A002'")

    monkeypatch.setattr(conversion, "_export", loses_one)
    with pytest.raises(StoreDamaged) as failed:
        branch.set_encryption(True, manager(branch))
    assert failed.value.code == "conversion_differs"
    assert head_of(place.path).kind == "plain"
    assert [ticket.number for ticket in waiting(branch.store)] == ["A001", "A002", "A003"]
    assert sorted(path.name for path in place.path.parent.iterdir()) == [
        "branch.db",
        "branch.db-shm",
        "branch.db-wal",
    ]
    branch.close()
    monkeypatch.undo()
    again = place.open()
    assert again.key_status().encrypted
    assert [ticket.number for ticket in waiting(again.store)] == ["A001", "A002", "A003"]
    again.close()


def test_a_copy_of_another_branch_is_left_alone(branch: Branch, place: Keyed) -> None:
    copies = place.path.parent / "backups"
    copies.mkdir()
    (copies / "branch-0001-1.db").write_bytes(b"TINGTANG23456789" + b"\x5a" * 8176)
    (copies / "branch-0001-2.db").write_bytes(b"this is no store " * 100)
    before = {path: path.read_bytes() for path in copies.iterdir()}
    branch.set_encryption(True, manager(branch))
    assert {path: path.read_bytes() for path in copies.iterdir()} == before


def issue_one(place: Keyed, about_to_open: Any, given: Any) -> None:
    about_to_open.set()
    branch = place.open()
    given.put(issue(branch, 1))
    branch.close()


def test_a_file_swapped_while_one_waits_to_open_it_is_not_worked_on(
    branch: Branch, place: Keyed
) -> None:
    """Whoever waited for the lock of the old file must not write into what is nobody's."""
    context = multiprocessing.get_context("spawn")
    about_to_open, given = context.Event(), context.Queue()
    waits = context.Process(target=issue_one, args=(place, about_to_open, given))
    with branch.store.alone():
        waits.start()
        assert about_to_open.wait(30)
        time.sleep(0.3)  # it is waiting by now; were it not, the test would only be easier
        conversion.convert(branch.store, branch.store.sealer.key)
    assert given.get(timeout=30) == ["A001"]
    waits.join(10)
    branch.store.revive()
    assert [ticket.number for ticket in waiting(branch.store)] == ["A001"]
    assert head_of(place.path).kind == "encrypted"


def change(branch: Branch, chance: random.Random) -> None:
    """Turn the encryption on or off, or change the key."""
    if chance.random() < 0.4:
        branch.rotate_key(manager(branch))
    else:
        branch.set_encryption(not branch.key_status().encrypted, manager(branch))


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL, which only POSIX has")
def test_killed_at_any_moment_the_old_file_or_the_new_one_is_whole(
    branch: Branch, place: Keyed
) -> None:
    plant(branch)
    given = issue(branch)
    copy = keep_copy(branch, "1000")
    branch.close()
    kinds = set()
    for death in deaths(place, DEATHS, change):
        kinds.add(head_of(place.path).kind)
        again = place.open()
        assert [ticket.number for ticket in waiting(again.store)] == given, death
        assert journal.verify(again.store) == journal.head(again.store)[0], death
        status = again.key_status()
        changes = [entry for entry in journal.entries(again.store) if entry.topic == "key"]
        assert changes[-1].subject == status.fingerprint, death
        turned = [entry.what for entry in changes if entry.what != "key.rotated"]
        assert status.encrypted == (turned[-1:] == ["key.encrypted"]), death
        again.close()
        key = again.store.sealer.key if status.encrypted else None
        assert conversion.is_under(copy, key), death
        assert bool(seen_in(place.path.parent)) is not status.encrypted, death
        names = {path.name for path in place.path.parent.rglob("*") if path.is_file()}
        # A journal that was not yet synced is nobody's; its pages are as the file's.
        assert names - {"branch.db-journal"} == {"branch.db", copy.name}, death
    assert kinds == {"plain", "encrypted"}
