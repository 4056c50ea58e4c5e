"""Every way to falsify a journal of some hundred entries is found and the entry named."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch.bootstrap import Branch, open_branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.journal import Broken, canonical, chained_hash
from branch.kernel.runner import Actor
from branch.kernel.store import Store
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext
from branch.lobby.commands.counters import OpenCounter
from branch.people.queries import account_id
from tests.conftest import OPENING

COLUMNS = ("at", "station", "staff", "what", "subject", "data", "hash")


def fill(branch: Branch, clock: SetClock, tickets: int) -> None:
    """A working morning: about two and a half entries a ticket."""
    kiosk = Actor(account_id(branch.store, "KIOSK") or 0, "kiosk-1")
    teller = Actor(account_id(branch.store, "100482") or 0, "counter-1")
    branch.run(OpenCounter(1), teller)
    for number in range(tickets):
        clock.advance(7)
        branch.run(Issue("P01"), kiosk)
        if number % 2:
            branch.run(CallNext(1), teller)


@pytest.fixture(scope="module")
def store(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("journal") / "branch.db"
    shutil.copy(sample_file, path)
    clock = SetClock(OPENING)
    branch = open_branch(f"sqlite:///{path}", clock)
    fill(branch, clock, 150)
    assert journal.verify(branch.store) == LENGTH
    yield branch.store
    branch.close()


LENGTH = 302
ANY = st.integers(1, LENGTH)


class _TakeBack(Exception):
    """Ends a falsification, so that the next one finds the journal whole."""


@contextmanager
def falsified(store: Store) -> Iterator[Callable[..., None]]:
    """Run statements on the journal; all of it is taken back at the end."""

    def run(sql: str, *values: object) -> None:
        store.database.execute_sql(sql, values)

    try:
        with store.database.atomic():
            yield run
            raise _TakeBack
    except _TakeBack:
        pass


def row(store: Store, revision: int) -> tuple[object, ...]:
    found: tuple[object, ...] = store.database.execute_sql(
        f"SELECT {', '.join(COLUMNS)} FROM journal WHERE revision = ?", (revision,)
    ).fetchone()
    return found


@given(revision=ANY, column=st.sampled_from(COLUMNS), text=st.text(max_size=6), shift=st.integers())
def test_a_changed_entry_is_named(
    store: Store, revision: int, column: str, text: str, shift: int
) -> None:
    old = row(store, revision)[COLUMNS.index(column)]
    new: object = (old + (shift % 1_000 or 1)) if isinstance(old, int) else str(old) + (text or "x")
    with falsified(store) as run:
        run(f"UPDATE journal SET {column} = ? WHERE revision = ?", new, revision)
        assert journal.verify(store) == Broken(revision, "journal_entry_changed")


@given(revision=ANY)
def test_a_removed_entry_is_named(store: Store, revision: int) -> None:
    with falsified(store) as run:
        run("DELETE FROM journal WHERE revision = ?", revision)
        assert journal.verify(store) == Broken(revision, "journal_entry_missing")


@given(revision=st.integers(1, LENGTH - 1))
def test_a_removed_entry_whose_gap_was_closed_is_named(store: Store, revision: int) -> None:
    with falsified(store) as run:
        run("DELETE FROM journal WHERE revision = ?", revision)
        run("UPDATE journal SET revision = -revision WHERE revision > ?", revision)
        run("UPDATE journal SET revision = -revision - 1 WHERE revision < 0")
        found = journal.verify(store)
        assert found == Broken(revision, "journal_entry_changed")


@given(pair=st.lists(ANY, min_size=2, max_size=2, unique=True).map(sorted))
def test_two_swapped_entries_are_named(store: Store, pair: list[int]) -> None:
    with falsified(store) as run:
        run("UPDATE journal SET revision = -1 WHERE revision = ?", pair[0])
        run("UPDATE journal SET revision = ? WHERE revision = ?", pair[0], pair[1])
        run("UPDATE journal SET revision = ? WHERE revision = -1", pair[1])
        assert journal.verify(store) == Broken(pair[0], "journal_entry_changed")


def insert(
    run: Callable[..., None], before: str, revision: int, what: str = "ticket.called"
) -> None:
    """A new entry that is itself in good form."""
    entry = (revision, OPENING, "counter-1", 1, what, "1", canonical({"counter": 1}))
    run(
        "INSERT INTO journal (revision, at, station, staff, what, subject, data, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        *entry,
        chained_hash(before, *entry),
    )


@given(revision=st.integers(2, LENGTH))
def test_an_inserted_entry_is_named(store: Store, revision: int) -> None:
    before = str(row(store, revision - 1)[-1])
    with falsified(store) as run:
        run("UPDATE journal SET revision = -revision - 1 WHERE revision >= ?", revision)
        run("UPDATE journal SET revision = -revision WHERE revision < 0")
        insert(run, before, revision)
        # The inserted one follows well; the entry it pushed on is the first that does not.
        assert journal.verify(store) in (
            Broken(revision + 1, "journal_entry_changed"),
            Broken(LENGTH, "journal_head_differs"),
        )


@pytest.mark.parametrize("revision", [0, -1, -99])
def test_an_entry_before_the_first_is_named(store: Store, revision: int) -> None:
    with falsified(store) as run:
        insert(run, "", revision)
        assert journal.verify(store) == Broken(revision, "journal_entry_added")


@pytest.mark.parametrize("beyond", [1, 2, 500])
def test_an_entry_after_the_last_is_named(store: Store, beyond: int) -> None:
    last = str(row(store, LENGTH)[-1])
    with falsified(store) as run:
        insert(run, last, LENGTH + beyond)
        assert journal.verify(store) == Broken(LENGTH + beyond, "journal_entry_added")


@given(kept=st.integers(0, LENGTH - 1))
def test_a_tail_cut_off_is_named(store: Store, kept: int) -> None:
    with falsified(store) as run:
        run("DELETE FROM journal WHERE revision > ?", kept)
        assert journal.verify(store) == Broken(kept + 1, "journal_entry_missing")


@given(revision=st.integers(1, LENGTH - 1))
def test_a_whole_chain_written_anew_differs_from_the_branch_row(
    store: Store, revision: int
) -> None:
    with falsified(store) as run:
        run("UPDATE journal SET staff = staff + 1 WHERE revision = ?", revision)
        before = str(row(store, revision - 1)[-1]) if revision > 1 else ""
        for number in range(revision, LENGTH + 1):
            at, station, staff, what, subject, data, _ = row(store, number)
            before = chained_hash(before, number, at, station, staff, what, subject, data)  # type: ignore[arg-type]
            run("UPDATE journal SET hash = ? WHERE revision = ?", before, number)
        assert journal.verify(store) == Broken(LENGTH, "journal_head_differs")


@given(wrong=st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_head_that_was_changed_is_named(store: Store, wrong: str) -> None:
    with falsified(store) as run:
        run("UPDATE branch SET head = ?", wrong)
        assert journal.verify(store) == Broken(LENGTH, "journal_head_differs")


@settings(max_examples=20)
@given(shift=st.integers(-LENGTH + 1, 50).filter(bool))
def test_a_revision_that_was_changed_is_found(store: Store, shift: int) -> None:
    with falsified(store) as run:
        run("UPDATE branch SET revision = revision + ?", shift)
        assert isinstance(journal.verify(store), Broken)


def test_another_branchs_journal_does_not_fit(store: Store) -> None:
    with falsified(store) as run:
        run("UPDATE journal SET what = 'ticket.called' WHERE revision = 1")
        assert journal.verify(store) == Broken(1, "journal_entry_changed")


def test_it_holds_on_postgresql_too(sample_schema) -> None:
    clock = SetClock(OPENING)
    branch = open_branch(sample_schema.put_back(), clock)
    fill(branch, clock, 20)
    length = journal.verify(branch.store)
    assert isinstance(length, int)
    for revision in (1, 17, length):
        with falsified(branch.store) as run:
            run("UPDATE journal SET at = at + 1 WHERE revision = %s", revision)
            assert journal.verify(branch.store) == Broken(revision, "journal_entry_changed")
        with falsified(branch.store) as run:
            run("DELETE FROM journal WHERE revision = %s", revision)
            assert journal.verify(branch.store) == Broken(revision, "journal_entry_missing")
    assert journal.verify(branch.store) == length
    branch.close()
