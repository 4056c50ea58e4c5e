"""Several processes on one store: nobody called twice, nobody skipped, every number once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.clock import SystemClock
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.queries.waiting import waiting
from tests.keyed import keyed
from tests.races.workers import CLASSES, Place, actor, call_tickets, issue_tickets
from tests.stores import KeptSchema

COUNTERS = (1, 2, 3, 5)  # each can do cash
TICKETS = 240
WAIT_S = 120


@pytest.fixture(params=["sqlite", "encrypted", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """The sample branch on each kind of store, and in an encrypted file."""
    if request.param == "postgresql":
        kept: KeptSchema = request.getfixturevalue("sample_schema")
        return Place(kept.put_back())
    url: str = request.getfixturevalue("sqlite_url")
    if request.param == "sqlite":
        return Place(url)
    return Place(keyed(url, tmp_path / "config").url, str(tmp_path / "config"))


@pytest.fixture
def branch(place: Place) -> Iterator[Branch]:
    """The sample branch by the machine's own clock, its cash counters open."""
    opened = place.open(SystemClock())
    for counter in COUNTERS:
        opened.run(OpenCounter(counter), actor(opened, str(100_481 + counter), f"c-{counter}"))
    yield opened
    opened.close()


class Crowd:
    """Processes that begin together and call or issue ``tickets`` in all."""

    def __init__(self, count: int, tickets: int) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._barrier = self._context.Barrier(count)
        self._answers = self._context.Queue()
        self._processes: list[Any] = []
        self.still_to_call = self._context.Value("i", tickets)

    def add(self, work: Callable[..., None], *given: object) -> None:
        """One more process."""
        self._processes.append(
            self._context.Process(target=work, args=(*given, self._barrier, self._answers))
        )

    def run(self) -> list[list[Any]]:
        """Let them loose; what each answered."""
        for process in self._processes:
            process.start()
        try:
            found = [self._answers.get(timeout=WAIT_S) for _ in self._processes]
        finally:
            self.still_to_call.value = 0
            for process in self._processes:
                process.join(10)
                if process.is_alive():
                    process.kill()
        for answer in found:
            assert isinstance(answer, list), answer
        return found


def follow(branch: Branch) -> list[int]:
    """The journal replayed: every call was of the first in line at that moment.

    Returns the called tickets in order; nobody is left in line.
    """
    line: dict[int, tuple[int, int]] = {}
    called = []
    for entry in journal.entries(branch.store):
        if entry.what == "ticket.issued":
            line[int(entry.subject)] = (int(str(entry.data["key"])), entry.revision)
        elif entry.what == "ticket.called":
            ticket = int(entry.subject)
            assert ticket == min(line, key=line.__getitem__)
            called.append(ticket)
            del line[ticket]
    assert line == {}
    return called


@pytest.mark.parametrize("counters", [COUNTERS[:2], COUNTERS], ids=["two", "four"])
def test_racing_counters_call_everybody_once_and_in_order(
    branch: Branch, place: Place, counters: tuple[int, ...]
) -> None:
    kiosk = actor(branch, "KIOSK", "kiosk-1")
    for number in range(TICKETS):
        branch.run(Issue("P01", frozenset(CLASSES[number % len(CLASSES)])), kiosk)
    order = [ticket.id for ticket in waiting(branch.store)]
    crowd = Crowd(len(counters), TICKETS)
    for counter in counters:
        crowd.add(call_tickets, place, counter, crowd.still_to_call)
    found = crowd.run()
    assert sorted(ticket for called in found for ticket in called) == sorted(order)
    assert follow(branch) == order
    for called in found:
        assert called == sorted(called, key=order.index)
    assert journal.verify(branch.store) == journal.head(branch.store)[0]


def test_kiosks_and_counters_racing_lose_nobody(branch: Branch, place: Place) -> None:
    kiosks, each = 2, 100
    crowd = Crowd(kiosks + 3, kiosks * each)
    for kiosk in range(kiosks):
        crowd.add(issue_tickets, place, kiosk, each)
    for counter in COUNTERS[:3]:
        crowd.add(call_tickets, place, counter, crowd.still_to_call)
    found = crowd.run()
    given = [answer for answers in found for answer in answers if isinstance(answer, str)]
    called = [answer for answers in found for answer in answers if isinstance(answer, int)]
    kept = [number for (number,) in branch.store.rows("SELECT number FROM ticket", ())]
    assert sorted(given) == sorted(kept) == [f"A{n:03d}" for n in range(1, kiosks * each + 1)]
    in_order = follow(branch)
    assert len(set(in_order)) == kiosks * each
    assert sorted(called) == sorted(in_order)
    assert journal.verify(branch.store) == journal.head(branch.store)[0]
