"""What a register of 100,000 visitors costs: search, a page, and what scrolling does to the window.

Run with ``make bench``. The budgets (search below 50 ms, the GUI thread never blocked over 16 ms)
are read by a person: a timed assertion would fail on a busy machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

from branch.bootstrap import Branch, open_branch
from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings
from branch.lobby.queries.screens import branch_name
from branch.people.queries import account_id, staff_members
from branch.visitors.queries.register import register_now, search_register, visitor_page
from branch.visitors.queries.spans import register_spans
from tests.benchmarks.gui_thread import Heart, live
from tests.conftest import OPENING
from tests.long_register import lengthen_register
from tests.ui.waits import SetWaits
from ui.shell.application import favour_the_gui_thread, spare_the_collector
from ui.shell.fonts import load_fonts
from ui.shell.station import Person, Station
from ui.shell.theme import apply_theme
from ui.shell.worker import Worker
from ui.visitors.cells import HISTORY
from ui.visitors.window import VisitorsWindow

VISITORS = 100_000
GUARD = "100401"
SEARCHES = {
    "name": "周大军",
    "part of a unit": "安达",
    "one unit": "第 77 家",
    "badge": "V-17",
    "nobody": "查无此人",
    "whole telephone": "13812345172",
}
FOUND = {"name": 200, "part of a unit": 200, "one unit": 200, "badge": 200}
FOUND |= {"nobody": 0, "whole telephone": 0}


@pytest.fixture
def long_url(url: str, clock: SetClock) -> str:
    """A branch with a long register, once on each kind of store."""
    branch = open_branch(url, clock)
    host = account_id(branch.store, GUARD)
    assert host is not None
    lengthen_register(branch.store, VISITORS, host, OPENING - 50 * 24 * 3_600_000)
    if branch.store.on_server:
        # What a server does by itself within minutes of so many rows.
        branch.store.database.execute_sql("VACUUM ANALYZE visitor")
    branch.close()
    return url


@pytest.fixture
def long_branch(long_url: str, clock: SetClock) -> Iterator[Branch]:
    branch = open_branch(long_url, clock)
    yield branch
    branch.close()


@pytest.mark.parametrize("name", SEARCHES)
def test_search(benchmark: BenchmarkFixture, long_branch: Branch, name: str) -> None:
    found = benchmark.pedantic(
        search_register, (long_branch.store, SEARCHES[name]), rounds=7, warmup_rounds=1
    )
    assert len(found) == FOUND[name]


def test_a_page_and_the_length(benchmark: BenchmarkFixture, long_branch: Branch) -> None:
    store = long_branch.store
    (span,) = register_spans(store)
    assert span.count == VISITORS
    page = benchmark(visitor_page, store, span.last - 50_000, span.last - 49_937)
    assert len(page) == 64


def test_the_length(benchmark: BenchmarkFixture, long_branch: Branch) -> None:
    benchmark.pedantic(register_spans, (long_branch.store,), rounds=7, warmup_rounds=1)


def test_the_picture_of_now(benchmark: BenchmarkFixture, long_branch: Branch) -> None:
    benchmark(register_now, long_branch.store, "2026-11-20", OPENING)


@pytest.mark.parametrize("step", [0, 9, 40_000], ids=["at rest", "by wheel", "by bar"])
def test_the_gui_thread_while_scrolling(
    qapp: QApplication,
    long_url: str,
    clock: SetClock,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    step: int,
) -> None:
    favour_the_gui_thread()
    load_fonts()
    apply_theme(qapp, "light")
    worker = Worker(long_url, clock)
    worker.start()
    settings = Settings(home=tmp_path, config=tmp_path / "config", database=long_url)
    window = _window(worker, long_url, clock, settings)
    window.show()
    live(1.0)
    window.lists.tabs.tab(HISTORY).click()
    live(1.0)
    view = window.lists.view
    assert view.table().rowCount() == VISITORS
    spare_the_collector()
    heart = Heart()
    bar, moves = view.verticalScrollBar(), QTimer()
    moves.timeout.connect(lambda: bar.setValue((bar.value() + step) % bar.maximum()))
    moves.start(16)
    live(10.0)
    moves.stop()
    live(0.5)
    late = sorted(heart.late)
    with capsys.disabled():
        print(
            f"\n{len(late)} heartbeats: the GUI thread was away for {late[-1]:.1f} ms at most, "
            f"99 of 100 times for {late[int(0.99 * len(late))]:.1f} ms"
        )
    heart.deleteLater()
    window.close()
    worker.stop()
    assert view.table().line_at(view.rowAt(100)) is not None


def _window(worker: Worker, url: str, clock: SetClock, settings: Settings) -> VisitorsWindow:
    branch = open_branch(url, clock)
    member = next(m for m in staff_members(branch.store) if m.staff_no == GUARD)
    person = Person(member.id, member.staff_no, member.name, member.roles)
    name = branch_name(branch.store)
    branch.close()
    station = Station(worker, "register", person, name, clock, settings, SetWaits(worker))
    return VisitorsWindow(station)
