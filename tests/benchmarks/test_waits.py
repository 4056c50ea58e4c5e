"""What expected waits cost: the projection itself, and what the GUI thread feels of it.

Run with ``make bench``. The budgets (100 ms for the whole board, the GUI thread never blocked over
16 ms) are read by a person: a timed assertion would fail on a busy machine.
"""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

from branch.kernel.clock import SetClock
from branch.lobby.waits.projection import project
from tests.benchmarks.gui_thread import felt, fill
from tests.evidence.boards import board


@pytest.mark.parametrize(("waiting", "counters"), [(60, 4), (100, 10)])
def test_the_whole_board(benchmark: BenchmarkFixture, waiting: int, counters: int) -> None:
    question = board(waiting, counters)
    found = benchmark(project, question)
    assert len(found.tickets) == waiting


@pytest.mark.parametrize("estimating", [False, True], ids=["idle", "estimating"])
def test_the_gui_thread(
    qapp: QApplication,
    sqlite_url: str,
    clock: SetClock,
    capsys: pytest.CaptureFixture[str],
    estimating: bool,
) -> None:
    fill(sqlite_url, clock)
    found = felt(sqlite_url, clock, 10, estimating)
    with capsys.disabled():
        print(
            f"\n{found.estimates} estimates beside {found.beats} heartbeats: the GUI thread was "
            f"away for {found.longest:.1f} ms at most, 99 of 100 times for {found.p99:.1f} ms"
        )
    assert found.beats > 100
    assert (found.estimates > 20) is estimating
