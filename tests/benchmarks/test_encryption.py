"""What encryption costs: the same steps on a plain and on an encrypted store, turn by turn.

Run with ``make bench``. The budget (at most 1.3 times) is read by a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest

from branch.bootstrap import Branch, station_actor
from branch.kernel.clock import SetClock
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.queries.screens import console
from branch.lobby.queries.summary import day_summary
from tests.benchmarks.conftest import ENCRYPTED
from tests.benchmarks.test_commands import teller, timed
from tests.keyed import Keyed, keyed

HISTORY = (0, 100_000)
TURNS = 20
EACH = 25

Pair = tuple[tuple[Keyed, Branch], tuple[Keyed, Branch]]


@pytest.fixture(params=HISTORY)
def history(request: pytest.FixtureRequest) -> int:
    count: int = request.param
    return count


@pytest.fixture
def pair(with_past: Callable[[int, Path], Path], tmp_path: Path, history: int) -> Iterator[Pair]:
    """The same branch twice, with its counter 1 open: in the clear and encrypted."""
    found = []
    for encrypted in (False, True):
        folder = tmp_path / str(encrypted)
        folder.mkdir()
        place = keyed(f"sqlite:///{with_past(history, folder)}", folder / "config", encrypted)
        branch = place.open()
        assert branch.key_status().encrypted is encrypted
        branch.run(OpenCounter(1), teller(branch))
        found.append((place, branch))
    yield found[0], found[1]
    for _, branch in found:
        branch.close()


def compare(step: str, history: int, acts: list[Callable[[], object]], each: int = EACH) -> None:
    """Time both in turns, so that a busy moment of the machine meets both."""
    seconds: list[list[float]] = [[], []]
    for act in acts:
        timed(act, each)
    for _ in range(TURNS):
        for which, act in enumerate(acts):
            seconds[which] += timed(act, each)
    plain, encrypted = (median(found) * 1e6 for found in seconds)
    ENCRYPTED[step, history] = (plain, encrypted)


def issuing(clock: SetClock, branch: Branch) -> Callable[[], object]:
    kiosk = station_actor(branch, "KIOSK", "kiosk-1")

    def issue() -> None:
        clock.advance(6)
        branch.run(Issue("P01"), kiosk)

    return issue


def calling(clock: SetClock, branch: Branch, at: Actor) -> Callable[[], object]:
    def call() -> None:
        clock.advance(6)
        branch.run(CallNext(1), at)

    return call


def test_commands(pair: Pair, history: int) -> None:
    compare("issue", history, [issuing(place.clock, branch) for place, branch in pair])
    compare(
        "call next",
        history,
        [calling(place.clock, branch, teller(branch)) for place, branch in pair],
    )


def test_reads(pair: Pair, history: int) -> None:
    for place, branch in pair:
        issue = issuing(place.clock, branch)
        for _ in range(40):
            issue()
    stores = [branch.store for _, branch in pair]
    compare("read console", history, [lambda s=store: console(s) for store in stores])
    compare("read day", history, [lambda s=s: day_summary(s, "2026-11-20") for s in stores], 5)
    scan = "SELECT count(*), max(called_at) FROM ticket WHERE language = 'zh'"
    compare("scan tickets", history, [lambda s=store: s.rows(scan, ()) for store in stores], 1)


def test_opening(pair: Pair, history: int) -> None:
    compare("open", history, [lambda p=place: p.open().close() for place, _ in pair], 3)
