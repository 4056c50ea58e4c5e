"""Kiosks and counters at once, each a process: everybody called once and in order."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from typing import Any

import pytest

from branch.bootstrap import Branch, open_branch
from branch.kernel import journal
from branch.kernel.clock import SystemClock
from branch.lobby.commands.counters import OpenCounter
from tests.races.workers import actor, call_tickets, issue_tickets

COUNTERS = (1, 2, 3)  # each can do cash
KIOSKS = 2
EACH = 100
WAIT_S = 120


@pytest.fixture
def branch(url: str) -> Iterator[Branch]:
    """The sample branch by the machine's own clock, its cash counters open."""
    opened = open_branch(url, SystemClock())
    for counter in COUNTERS:
        opened.run(OpenCounter(counter), actor(opened, str(100_481 + counter), f"c-{counter}"))
    yield opened
    opened.close()


def crowd(url: str) -> list[list[Any]]:
    """Processes that begin together; what each of them answered."""
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(KIOSKS + len(COUNTERS)), context.Queue()
    still_to_call = context.Value("i", KIOSKS * EACH)
    processes = [
        context.Process(target=issue_tickets, args=(url, kiosk, EACH, barrier, answers))
        for kiosk in range(KIOSKS)
    ]
    processes += [
        context.Process(target=call_tickets, args=(url, counter, still_to_call, barrier, answers))
        for counter in COUNTERS
    ]
    for process in processes:
        process.start()
    try:
        found = [answers.get(timeout=WAIT_S) for _ in processes]
    finally:
        for process in processes:
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


def test_kiosks_and_counters_racing_lose_nobody(branch: Branch, url: str) -> None:
    found = crowd(url)
    given = [answer for answers in found for answer in answers if isinstance(answer, str)]
    called = [answer for answers in found for answer in answers if isinstance(answer, int)]
    kept = [number for (number,) in branch.store.rows("SELECT number FROM ticket", ())]
    assert sorted(given) == sorted(kept) == [f"A{n:03d}" for n in range(1, KIOSKS * EACH + 1)]
    in_order = follow(branch)
    assert len(set(in_order)) == KIOSKS * EACH
    assert sorted(called) == sorted(in_order)
    assert journal.verify(branch.store) == journal.head(branch.store)[0]
