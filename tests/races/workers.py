"""What each of several processes does on one store; imports nothing but the branch."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from branch.bootstrap import Branch, open_branch
from branch.kernel.clock import Clock, SystemClock
from branch.kernel.key_ring import KeyRing
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext
from branch.people.queries import account_id

CLASSES = ((), ("elderly",), ("assisted",), ("vip",))


@dataclass(frozen=True)
class Place:
    """Where the store is, and where its keys are kept (an empty text for a store without)."""

    url: str
    keys: str = ""

    def open(self, clock: Clock) -> Branch:
        return open_branch(self.url, clock, KeyRing(Path(self.keys)) if self.keys else None)


def actor(branch: Branch, staff_no: str, station: str) -> Actor:
    """An account at a station."""
    found = account_id(branch.store, staff_no)
    assert found is not None
    return Actor(found, station)


def issue_tickets(place: Place, kiosk: int, count: int, barrier: Barrier, answers: Any) -> None:
    """Give ``count`` tickets out as fast as it goes; answer their numbers, or what went wrong."""
    try:
        branch = place.open(SystemClock())
        at = actor(branch, "KIOSK", f"kiosk-{kiosk}")
        barrier.wait(60)
        given = [
            branch.run(Issue("P01", frozenset(CLASSES[n % len(CLASSES)])), at).value.number
            for n in range(count)
        ]
        branch.close()
    except BaseException:  # noqa: BLE001 - whatever went wrong, the test has to see it
        answers.put(traceback.format_exc())
        return
    answers.put(given)


def call_tickets(place: Place, counter: int, until: Any, barrier: Barrier, answers: Any) -> None:
    """Call next as fast as it goes until everybody is called; answer the ids in order.

    ``until`` counts the calls still to be made by all processes together.
    """
    try:
        branch = place.open(SystemClock())
        at = actor(branch, str(100_481 + counter), f"counter-{counter}")
        barrier.wait(60)
        called = []
        while until.value > 0:
            ticket = branch.run(CallNext(counter), at).value
            if ticket is not None:
                called.append(ticket.id)
                with until.get_lock():
                    until.value -= 1
        branch.close()
    except BaseException:  # noqa: BLE001 - whatever went wrong, the test has to see it
        answers.put(traceback.format_exc())
        return
    answers.put(called)
