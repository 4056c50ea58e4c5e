"""Several processes on one store: nobody called twice, nobody skipped, every number once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from branch.bootstrap import Branch, open_branch
from branch.kernel import journal
from branch.kernel.clock import SystemClock
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.queries.waiting import waiting
from tests.races.workers import CLASSES, actor, call_tickets, issue_tickets

COUNTERS = (1, 2, 3, 5)  # each can do cash
WAIT_S = 120


@pytest.fixture
def branch(url: str) -> Iterator[Branch]:
    """The sample branch by the machine's own clock, its cash counters open."""
    opened = open_branch(url, SystemClock())
    for counter in COUNTERS:
        opened.run(OpenCounter(counter), actor(opened, str(100_481 + counter), f"c-{counter}"))
    yield opened
    opened.close()


class Crowd:
    """Processes that begin together; each puts one answer."""

    def __init__(self, count: int) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._barrier = self._context.Barrier(count)
        self._answers = self._context.Queue()
        self._processes: list[Any] = []

    def counter(self, start: int) -> Any:
        """A number that all processes share."""
        return self._context.Value("i", start)

    def add(self, work: Callable[..., None], *given: object) -> None:
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
            for process in self._processes:
                process.join(10)
                if process.is_alive():
                    process.kill()
        for answer in found:
            assert isinstance(answer, list), answer
        return found


def follow(branch: Branch) -> tuple[list[int], int]:
    """The journal replayed: every call was of the first in line at that moment.

    Returns the called tickets in order and how many were left in line.
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
    return called, len(line)


def numbers(branch: Branch) -> list[str]:
    return [number for (number,) in branch.store.rows("SELECT number FROM ticket", ())]


@pytest.mark.parametrize("counters", [COUNTERS[:2], COUNTERS], ids=["two", "four"])
def test_racing_counters_call_everybody_once_and_in_order(
    branch: Branch, url: str, counters: tuple[int, ...]
) -> None:
    kiosk = actor(branch, "KIOSK", "kiosk-1")
    tickets = 240
    for number in range(tickets):
        branch.run(Issue("P01", frozenset(CLASSES[number % len(CLASSES)])), kiosk)
    order = [ticket.id for ticket in waiting(branch.store)]
    crowd = Crowd(len(counters))
    until = crowd.counter(tickets)
    for counter in counters:
        crowd.add(call_tickets, url, counter, until)
    found = crowd.run()
    assert sorted(ticket for called in found for ticket in called) == sorted(order)
    assert follow(branch) == (order, 0)
    for called in found:
        assert called == sorted(called, key=order.index)
    assert isinstance(journal.verify(branch.store), int)
    assert sum(bool(called) for called in found) == len(counters)


def test_kiosks_and_counters_racing_lose_nobody(branch: Branch, url: str) -> None:
    each, kiosks = 100, 2
    crowd = Crowd(kiosks + len(COUNTERS))
    until = crowd.counter(each * kiosks)
    for kiosk in range(kiosks):
        crowd.add(issue_tickets, url, kiosk, each)
    for counter in COUNTERS:
        crowd.add(call_tickets, url, counter, until)
    found = crowd.run()
    given = [answer for called in found for answer in called if isinstance(answer, str)]
    called = [answer for called in found for answer in called if isinstance(answer, int)]
    assert sorted(given) == sorted(numbers(branch)) == [f"A{n:03d}" for n in range(1, 201)]
    in_order, left = follow(branch)
    assert sorted(called) == sorted(in_order)
    assert (len(set(in_order)), left) == (each * kiosks, 0)
    assert isinstance(journal.verify(branch.store), int)
