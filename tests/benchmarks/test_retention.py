"""A part of a retention run on a register of 100,000 visitors: how long the lobby waits for it.

Run with ``make bench``. The budget (100 ms a part) is read by a person, as for the commands.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from branch.bootstrap import Branch, open_branch
from branch.founding import Plan
from branch.kernel.clock import SetClock
from branch.kernel.key_ring import KeyRing
from branch.kernel.runner import Actor
from branch.people.rules import PROGRAM
from branch.visitors.commands.retention import RunRetention
from branch.visitors.queries.retention import retention_preview
from tests.conftest import OPENING

VISITORS = 100_000
ROUNDS = 60
_PAST = f"""
    WITH RECURSIVE past(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM past WHERE i < {VISITORS})
    INSERT INTO visitor (day, state, name, unit, search, phone, phone_mark, document,
        document_tail, document_mark, purpose, matter, area, badge, plate, goods, guardian,
        signature, left_by, made_at, made_by, rev)
    SELECT printf('2026-%02d-%02d', 1 + i % 7, 1 + i % 28), 'left', 'name' || i, 'unit',
        'name' || (i * 7919 % 100003), hex(randomblob(60)), hex(randomblob(32)), 'passport',
        '0042', hex(randomblob(32)), 'maintenance', '', 'office', 'V-01', '', '', '', '',
        'guard', 1, 1, 1 FROM past
"""


@pytest.fixture(params=["plain", "encrypted"])
def register(
    request: pytest.FixtureRequest, sample: Plan, tmp_path: Path
) -> Iterator[tuple[Branch, SetClock]]:
    """A branch whose 100,000 visits are past their time."""
    clock = SetClock(OPENING)
    ring = KeyRing(tmp_path / "config") if request.param == "encrypted" else None
    branch = open_branch(f"sqlite:///{tmp_path / 'branch.db'}", clock, ring)
    branch.found(sample)
    with branch.store.transaction():
        branch.store.touch(_PAST, ())
    clock.advance(200 * 24 * 3_600)
    yield branch, clock
    branch.close()


def test_a_part_of_a_run(benchmark: BenchmarkFixture, register: tuple[Branch, SetClock]) -> None:
    branch, _clock = register
    program = Actor(PROGRAM, "night")
    benchmark.pedantic(
        lambda: branch.run(RunRetention(), program), rounds=ROUNDS, iterations=1, warmup_rounds=3
    )


def test_what_is_past_its_time_is_counted(
    benchmark: BenchmarkFixture, register: tuple[Branch, SetClock]
) -> None:
    branch, clock = register
    benchmark.pedantic(
        lambda: retention_preview(branch.store, clock.now_ms()), rounds=5, iterations=1
    )
