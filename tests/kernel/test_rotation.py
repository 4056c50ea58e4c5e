"""A new key: every sealed value and every mark follows, in every column there is, on each store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from peewee import BigIntegerField, IntegerField

from branch.bootstrap import SEALED, Branch, open_branch
from branch.kernel import journal
from branch.kernel.errors import BadInput, NotPermitted, StoreLocked
from branch.kernel.file_head import head_of
from branch.kernel.key_ring import KeyRing
from branch.kernel.opening import enter_recovery_key
from branch.kernel.records import BranchRow
from branch.kernel.sealing import SealedColumn
from tests.keyed import Keyed, actor, deaths, issue, keyed, manager

ROWS = sorted({column.row for column in SEALED}, key=lambda row: row.__name__)
DEATHS = 40


@pytest.fixture
def place(url: str, tmp_path: Path) -> Keyed:
    """The sample branch with a key, on each kind of store; a file is encrypted."""
    return keyed(url, tmp_path / "config")


@pytest.fixture
def branch(place: Keyed) -> Iterator[Branch]:
    opened = place.open()
    yield opened
    opened.close()


def text_of(column: SealedColumn, number: int) -> str:
    return "" if number % 3 == 2 else f"{column.context} 甲乙 {number}"


def number_of(number: int) -> str:
    return "" if number % 3 == 2 else f"number {number}"


def put_rows(branch: Branch, count: int) -> None:
    """Rows with a text in every sealed column and a mark in every marked one; each third empty."""
    sealer = branch.store.sealer
    for row in ROWS:
        for number in range(count):
            values = {name: filled(field, number) for name, field in row._meta.fields.items()}
            values["id"] = number + 1
            for column in SEALED:
                if column.row is not row:
                    continue
                if isinstance(column, SealedColumn):
                    text = text_of(column, number)
                    values[column.column] = sealer.seal(text, column.context)
                    if column.mark is not None:
                        values[column.mark] = sealer.mark(text, column.context)
                else:
                    values[column.mark] = sealer.mark(number_of(number), column.mark)
            row.insert(values).execute(branch.store.database)


def filled(field: Any, number: int) -> object:
    return number if isinstance(field, IntegerField | BigIntegerField) else str(number)


def check_rows(branch: Branch, count: int) -> None:
    """Every text opens, every mark is found, what was empty is empty."""
    sealer = branch.store.sealer
    for column in SEALED:
        found = {
            row["id"] - 1: row for row in column.row.select().dicts().execute(branch.store.database)
        }
        assert len(found) == count
        for number, row in found.items():
            if isinstance(column, SealedColumn):
                text = text_of(column, number)
                assert sealer.open(row[column.column], column.context) == text
                if column.mark is not None:
                    assert row[column.mark] == sealer.mark(text, column.context)
            else:
                assert row[column.mark] == sealer.mark(number_of(number), column.mark)


def everything(branch: Branch) -> str:
    """Every value of every table, but of what tells of keys on purpose."""
    tables = [
        table
        for table in branch.store.database.get_tables()
        if table not in ("journal", "branch_key", "schema_migration")
    ]
    return "\n".join(
        str(value)
        for table in tables
        for row in branch.store.rows(f'SELECT * FROM "{table}"', ())
        for value in row
    )


def test_every_sealed_value_and_every_mark_follows(branch: Branch, place: Keyed) -> None:
    put_rows(branch, 8)
    check_rows(branch, 8)
    before = branch.store.sealer.key.fingerprint
    assert before in everything(branch)
    for turn in range(2):
        old = branch.key_status().fingerprint
        branch.rotate_key(manager(branch))
        new = branch.key_status()
        assert new.fingerprint != old
        assert old not in everything(branch)
        check_rows(branch, 8)
        last = list(journal.entries(branch.store))[-1]
        assert (last.what, last.subject, last.data["before"]) == (
            "key.rotated",
            new.fingerprint,
            old,
        )
        assert [path.stem for path in (place.config / "keys").iterdir()] == [new.fingerprint], turn
        if not branch.store.on_server:
            assert head_of(place.path).fingerprint == new.fingerprint
    assert isinstance(journal.verify(branch.store), int)
    branch.close()
    again = place.open()
    check_rows(again, 8)
    assert branch.store.sealer.key == again.store.sealer.key
    again.close()


def test_a_column_nobody_named_would_be_seen(branch: Branch) -> None:
    """The check above looks at every table, so that a room that forgets a column is found."""
    forgotten = branch.store.sealer.seal("x", "branch.name_en")
    BranchRow.update(name_en=forgotten).execute(branch.store.database)
    old = branch.key_status().fingerprint
    branch.rotate_key(manager(branch))
    assert old in everything(branch)


def test_rotation_goes_through_all_rows(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("branch.kernel.protection._CHUNK", 3)
    put_rows(branch, 20)
    branch.rotate_key(manager(branch))
    check_rows(branch, 20)


def test_a_refused_rotation_changes_nothing(branch: Branch, place: Keyed) -> None:
    put_rows(branch, 3)
    before = branch.key_status()
    with pytest.raises(NotPermitted):
        branch.rotate_key(actor(branch, "100482", "counter-1"))
    assert branch.key_status() == before
    check_rows(branch, 3)
    assert [path.stem for path in (place.config / "keys").iterdir()] == [before.fingerprint]


def test_the_old_paper_is_refused_with_both_fingerprints(branch: Branch, place: Keyed) -> None:
    paper, old = branch.recovery_key(), branch.key_status().fingerprint
    branch.rotate_key(manager(branch))
    new = branch.key_status().fingerprint
    with pytest.raises(BadInput) as refused:
        enter_recovery_key(place.ring, paper, new)
    assert (refused.value.code, refused.value.field) == ("recovery_key_other", "recovery")
    assert refused.value.values == {"wanted": new, "found": old}


def test_a_station_elsewhere_has_to_be_given_the_new_key(
    sample_schema: Any, tmp_path: Path
) -> None:
    here = keyed(sample_schema.put_back(), tmp_path / "here")
    branch = here.open()
    with pytest.raises(StoreLocked) as locked:
        open_branch(here.url, here.clock, KeyRing(tmp_path / "there"))
    assert locked.value.values == {"wanted": branch.key_status().fingerprint}
    enter_recovery_key(
        KeyRing(tmp_path / "there"), branch.recovery_key(), str(locked.value.values["wanted"])
    )
    elsewhere = open_branch(here.url, here.clock, KeyRing(tmp_path / "there"))
    assert issue(elsewhere, 1) == ["A001"]
    branch.rotate_key(manager(branch))
    put_rows(branch, 1)
    # What it would seal, nobody could read: it may write nothing until it has the new key.
    with pytest.raises(StoreLocked) as locked:
        issue(elsewhere, 1)
    assert locked.value.code == "store_key_wrong"
    assert locked.value.values == {
        "wanted": branch.key_status().fingerprint,
        "found": elsewhere.key_status().fingerprint,
    }
    with pytest.raises(StoreLocked):
        elsewhere.follow_key()
    enter_recovery_key(
        KeyRing(tmp_path / "there"), branch.recovery_key(), branch.key_status().fingerprint
    )
    elsewhere.close()
    elsewhere = open_branch(here.url, here.clock, KeyRing(tmp_path / "there"))
    assert issue(elsewhere, 1) == ["A002"]
    check_rows(elsewhere, 1)
    elsewhere.close()
    branch.close()


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL, which only POSIX has")
def test_killed_at_any_moment_the_old_key_or_the_new_one_opens_all(place: Keyed) -> None:
    branch = place.open()
    put_rows(branch, 12)
    branch.close()
    seen = set()
    for death in deaths(place, DEATHS, lambda one, _chance: one.rotate_key(manager(one))):
        again = place.open()
        check_rows(again, 12)
        status = again.key_status()
        seen.add(status.fingerprint)
        assert journal.verify(again.store) == journal.head(again.store)[0], death
        if not again.store.on_server:
            assert head_of(place.path).fingerprint == status.fingerprint, death
        again.close()
    assert len(seen) > DEATHS // 10
