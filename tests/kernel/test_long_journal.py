"""One entry out of ten thousand changed, removed, swapped or inserted: always found and named."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch.bootstrap import open_branch
from branch.founding import Plan
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.journal import Broken, Verification, chained_hash
from branch.kernel.store import Store
from tests.conftest import OPENING
from tests.long_journal import lengthen
from tests.stores import NO_SERVER, POSTGRES, fresh_schema

LENGTH = 10_000
COLUMNS = ("at", "station", "staff", "what", "subject", "data", "hash")
Run = Callable[..., None]
ANY = st.integers(1, LENGTH)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(
    request: pytest.FixtureRequest,
    sample: Plan,
    sample_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Store]:
    """A whole journal of ten thousand entries, for every damage of this file."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("long") / "branch.db"
        shutil.copy(sample_file, path)
        yield from long_store(f"sqlite:///{path}", None)
    elif POSTGRES:
        with fresh_schema() as url:
            yield from long_store(url, sample)
    else:
        pytest.skip(NO_SERVER)


def long_store(url: str, plan: Plan | None) -> Iterator[Store]:
    branch = open_branch(url, SetClock(OPENING))
    if plan is not None:
        branch.found(plan)
    lengthen(branch.store, LENGTH - journal.head(branch.store)[0])
    assert journal.verify(branch.store) == LENGTH
    yield branch.store
    assert journal.verify(branch.store) == LENGTH
    branch.close()


class _TakeBack(Exception):
    """Ends a damage, so that the next one finds the journal whole."""


@contextmanager
def damaged(store: Store) -> Iterator[Run]:
    """Run statements on the journal; all of it is taken back at the end."""

    def run(sql: str, *values: object) -> None:
        store.database.execute_sql(sql.replace("?", "%s") if store.on_server else sql, values)

    try:
        with store.database.atomic():
            yield run
            raise _TakeBack
    except _TakeBack:
        pass


def row(store: Store, revision: int) -> list[object]:
    sql = f"SELECT {', '.join(COLUMNS)} FROM journal WHERE revision = {revision}"
    return list(store.database.execute_sql(sql).fetchone())


def insert(run: Run, revision: int, values: list[object]) -> None:
    run(
        f"INSERT INTO journal (revision, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        revision,
        *values,
    )


@given(revision=ANY, column=st.sampled_from(COLUMNS), shift=st.integers(1, 1_000))
@settings(max_examples=40)
def test_a_changed_entry_is_named(store: Store, revision: int, column: str, shift: int) -> None:
    old = row(store, revision)[COLUMNS.index(column)]
    new: object = old + shift if isinstance(old, int) else f"{old}x"
    with damaged(store) as run:
        run(f"UPDATE journal SET {column} = ? WHERE revision = ?", new, revision)
        assert journal.verify(store) == Broken(revision, "journal_entry_changed")


@given(revision=ANY)
@settings(max_examples=25)
def test_a_removed_entry_is_named(store: Store, revision: int) -> None:
    with damaged(store) as run:
        run("DELETE FROM journal WHERE revision = ?", revision)
        assert journal.verify(store) == Broken(revision, "journal_entry_missing")


@given(revision=st.integers(1, LENGTH - 1))
@settings(max_examples=15)
def test_a_removed_entry_whose_gap_was_closed_is_named(store: Store, revision: int) -> None:
    with damaged(store) as run:
        run("DELETE FROM journal WHERE revision = ?", revision)
        run("UPDATE journal SET revision = -revision WHERE revision > ?", revision)
        run("UPDATE journal SET revision = -revision - 1 WHERE revision < 0")
        assert journal.verify(store) == Broken(revision, "journal_entry_changed")


@given(first=ANY, second=ANY)
@settings(max_examples=25)
def test_the_first_of_two_swapped_entries_is_named(store: Store, first: int, second: int) -> None:
    if first == second:
        return
    with damaged(store) as run:
        run("UPDATE journal SET revision = -1 WHERE revision = ?", first)
        run("UPDATE journal SET revision = ? WHERE revision = ?", first, second)
        run("UPDATE journal SET revision = ? WHERE revision = -1", second)
        assert journal.verify(store) == Broken(min(first, second), "journal_entry_changed")


@given(revision=st.integers(2, LENGTH), right=st.booleans())
@settings(max_examples=15)
def test_an_inserted_entry_is_named(store: Store, revision: int, right: bool) -> None:
    """Even one that is chained rightly to those before it: then the next one does not fit."""
    values = row(store, revision)
    values[COLUMNS.index("subject")] = "forged"
    if right:
        before = str(row(store, revision - 1)[-1])
        values[-1] = chained_hash(before, revision, *values[:-1])  # type: ignore[arg-type]
    with damaged(store) as run:
        run("UPDATE journal SET revision = -revision WHERE revision >= ?", revision)
        run("UPDATE journal SET revision = -revision + 1 WHERE revision < 0")
        insert(run, revision, values)
        named = revision + 1 if right else revision
        code = "journal_entry_changed"
        if right and revision == LENGTH:
            # The last one, pushed behind the end: the head does not fit the one before it.
            named, code = LENGTH, "journal_head_differs"
        assert journal.verify(store) == Broken(named, code)


@pytest.mark.parametrize("revision", [0, -5, LENGTH + 1, LENGTH + 77])
def test_an_entry_put_before_or_behind_all_is_named(store: Store, revision: int) -> None:
    values = row(store, LENGTH)
    with damaged(store) as run:
        insert(run, revision, values)
        assert journal.verify(store) == Broken(revision, "journal_entry_added")


def test_a_cut_tail_is_named(store: Store) -> None:
    with damaged(store) as run:
        run("DELETE FROM journal WHERE revision > 9000")
        assert journal.verify(store) == Broken(9_001, "journal_entry_missing")


def test_the_check_goes_on_in_steps(store: Store) -> None:
    verification = Verification(store)
    assert verification.head == journal.head(store)
    steps = []
    while (found := verification.step()) is None:
        steps.append(verification.checked)
    assert found == LENGTH
    assert len(steps) >= 1
    assert steps == sorted(steps)


def test_entries_that_come_during_a_check_are_not_judged(store: Store) -> None:
    with damaged(store) as run:
        verification = Verification(store)
        lengthen(store, 3)
        found = verification.step()
        while found is None:
            found = verification.step()
        assert found == LENGTH
        assert run is not None
