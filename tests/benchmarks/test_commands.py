"""Issue and call-next at full durability beside the same two statements in plain sqlite3.

Run with ``make bench``. The budget (1 ms median, at most 8 times the plain figure, not growing
with history) is read by a person: a timed assertion would fail on a busy machine.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from branch.bootstrap import Branch, open_branch, station_actor
from branch.kernel.clock import SetClock
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext
from branch.lobby.commands.counters import OpenCounter
from branch.people.queries import account_id
from tests.benchmarks.conftest import MEDIANS
from tests.conftest import OPENING

HISTORY = (0, 100_000, 1_000_000)
ROUNDS = 400
WARM_UP = 20
HALF = ROUNDS // 2


@pytest.fixture(params=HISTORY)
def history(request: pytest.FixtureRequest) -> int:
    """How many tickets of past days the store holds."""
    count: int = request.param
    return count


@pytest.fixture
def working(
    with_past: Callable[[int, Path], Path], tmp_path: Path, history: int
) -> Iterator[tuple[Branch, SetClock]]:
    """A branch with that history, counter 1 open."""
    clock = SetClock(OPENING)
    branch = open_branch(f"sqlite:///{with_past(history, tmp_path)}", clock)
    branch.run(OpenCounter(1), teller(branch))
    yield branch, clock
    branch.close()


def teller(branch: Branch) -> Actor:
    staff = account_id(branch.store, "100482")
    assert staff is not None
    return Actor(staff, "counter-1")


@pytest.fixture
def plain(tmp_path: Path, history: int) -> Iterator[sqlite3.Connection]:
    """The least that does the same: two tables, one partial index, WAL and FULL."""
    store = sqlite3.connect(tmp_path / "plain.db", isolation_level=None)
    store.execute("PRAGMA journal_mode = wal")
    store.execute("PRAGMA synchronous = FULL")
    store.execute("CREATE TABLE number (letter TEXT PRIMARY KEY, last INTEGER)")
    store.execute("INSERT INTO number VALUES ('A', 0)")
    store.execute(
        "CREATE TABLE ticket (id INTEGER PRIMARY KEY, number TEXT, state TEXT, key INTEGER)"
    )
    store.execute("CREATE INDEX waiting ON ticket (key, id) WHERE state = 'waiting'")
    store.execute(
        "WITH RECURSIVE past(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM past WHERE i < ?)"
        " INSERT INTO ticket (number, state, key) SELECT 'A' || i, 'finished', i FROM past"
        " WHERE ? > 0",
        (max(1, history), history),
    )
    yield store
    store.close()


def plain_issue(store: sqlite3.Connection) -> None:
    store.execute("BEGIN IMMEDIATE")
    row = store.execute(
        "UPDATE number SET last = last + 1 WHERE letter = 'A' RETURNING last"
    ).fetchall()[0]
    store.execute(
        "INSERT INTO ticket (number, state, key) VALUES (?, 'waiting', ?)", (f"A{row[0]}", row[0])
    )
    store.execute("COMMIT")


def plain_call(store: sqlite3.Connection) -> None:
    store.execute("BEGIN IMMEDIATE")
    row = store.execute(
        "SELECT id FROM ticket WHERE state = 'waiting' ORDER BY key, id LIMIT 1"
    ).fetchall()[0]
    store.execute("UPDATE ticket SET state = 'called' WHERE id = ?", row)
    store.execute("COMMIT")


def timed(act: Callable[[], object], rounds: int) -> list[float]:
    """Seconds of each round."""
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        found.append(time.perf_counter() - began)
    return found


def measure(
    benchmark: BenchmarkFixture,
    step: str,
    history: int,
    ours: Callable[[], object],
    plain: Callable[[], object],
) -> None:
    """Our step by the benchmark, half of the plain ones before it and half after."""
    os.sync()  # a history of hundreds of megabytes on its way to the disk would slow both down
    timed(plain, WARM_UP)
    beside = timed(plain, HALF)
    benchmark.pedantic(ours, rounds=ROUNDS, warmup_rounds=WARM_UP)
    beside += timed(plain, HALF)
    if benchmark.stats is None:  # benchmarks are switched off
        return
    our_us = benchmark.stats.stats.median * 1e6
    plain_us = median(beside) * 1e6
    benchmark.extra_info.update(
        past_tickets=history, plain_median_us=round(plain_us, 1), times=round(our_us / plain_us, 2)
    )
    MEDIANS[step, history] = (our_us, plain_us)


def test_issue(
    benchmark: BenchmarkFixture,
    working: tuple[Branch, SetClock],
    plain: sqlite3.Connection,
    history: int,
) -> None:
    branch, clock = working
    kiosk = station_actor(branch, "KIOSK", "kiosk-1")

    def issue() -> None:
        clock.advance(6)
        branch.run(Issue("P01"), kiosk)

    measure(benchmark, "issue", history, issue, lambda: plain_issue(plain))


def test_call_next(
    benchmark: BenchmarkFixture,
    working: tuple[Branch, SetClock],
    plain: sqlite3.Connection,
    history: int,
) -> None:
    branch, clock = working
    kiosk, actor = station_actor(branch, "KIOSK", "kiosk-1"), teller(branch)
    for _ in range(ROUNDS + WARM_UP):
        branch.run(Issue("P01"), kiosk)
        plain_issue(plain)

    def call() -> None:
        clock.advance(6)
        branch.run(CallNext(1), actor)

    measure(benchmark, "call next", history, call, lambda: plain_call(plain))
