"""Prepared queries: compiled once for each kind of store, filled with values each time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import SQL

from branch.bootstrap import Branch
from branch.kernel.prepared import Prepared
from branch.kernel.records import SettingRow
from branch.kernel.store import Store, open_store
from tests.stores import NO_SERVER, POSTGRES


@pytest.fixture
def store(branch: Branch) -> Store:
    # The sample branch begins with settings of its own; these tests want an empty table.
    SettingRow.delete().execute(branch.store.database)
    return branch.store


def keep() -> Prepared:
    return Prepared(
        lambda key, value: SettingRow.insert({SettingRow.key: key, SettingRow.value: value})
    )


def test_values_fill_the_holes_each_time(store: Store) -> None:
    kept = keep()
    assert kept.run(store, key="a", value="1") == 1
    assert kept.run(store, key="b", value="x'; DROP TABLE setting; --") == 1
    read = Prepared(lambda key: SettingRow.select(SettingRow.value).where(SettingRow.key == key))
    assert read.one(store, key="a") == ("1",)
    assert read.one(store, key="b") == ("x'; DROP TABLE setting; --",)
    assert read.one(store, key="c") is None
    both = Prepared(lambda: SettingRow.select(SettingRow.key).order_by(SettingRow.key))
    assert both.all(store) == [("a",), ("b",)]


def test_a_hole_may_be_used_twice(store: Store) -> None:
    keep().run(store, key="same", value="same")
    keep().run(store, key="other", value="same")
    alike = Prepared(
        lambda text: SettingRow.select(SettingRow.key).where(
            SettingRow.key == text, SettingRow.value == text
        )
    )
    assert alike.all(store, text="same") == [("same",)]


def test_constants_stand_beside_holes_in_their_places(store: Store) -> None:
    for key in ("a", "b", "c"):
        keep().run(store, key=key, value=key.upper())
    query = Prepared(
        lambda most: (
            SettingRow.select(SettingRow.value)
            .where(SettingRow.key > "a", SettingRow.value != "C")
            .limit(most)
        )
    )
    assert query.all(store, most=9) == [("B",)]


def test_run_tells_how_many_rows_it_touched(store: Store) -> None:
    for key in ("a", "b"):
        keep().run(store, key=key, value="old")
    change = Prepared(lambda value: SettingRow.update({SettingRow.value: value}))
    assert change.run(store, value="new") == 2
    drop = Prepared(lambda key: SettingRow.delete().where(SettingRow.key == key))
    assert drop.run(store, key="nobody") == 0


def test_a_value_is_bound_as_it_is(store: Store) -> None:
    odd = "䶮㛃𬭚 %s ? :name {brace}"
    keep().run(store, key="odd", value=odd)
    read = Prepared(lambda key: SettingRow.select(SettingRow.value).where(SettingRow.key == key))
    assert read.one(store, key="odd") == (odd,)


def test_a_hole_left_empty_is_a_defect(store: Store) -> None:
    with pytest.raises(KeyError, match="value"):
        keep().run(store, key="a")


@pytest.fixture
def two_kinds(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    if not POSTGRES:
        pytest.skip(NO_SERVER)
    embedded, server = open_store(f"sqlite:///{tmp_path / 'one.db'}"), open_store(POSTGRES)
    yield embedded, server
    embedded.close()
    server.close()


def test_each_kind_of_store_is_compiled_for_once(two_kinds: tuple[Store, Store]) -> None:
    built = []

    def build(number: object) -> object:
        built.append(number)
        return SettingRow.select(SQL("1")).from_(SQL("(SELECT 1) AS one")).where(number == 7)

    query = Prepared(build)
    for store in (*two_kinds, *two_kinds, *two_kinds):
        assert query.all(store, number=7) == [(1,)]
        assert query.all(store, number=8) == []
    assert len(built) == 2
