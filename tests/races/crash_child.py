"""Works a branch at random and tells every acknowledged step; made to be killed at any moment."""

from __future__ import annotations

import os
import random
import signal
import sys

from branch.kernel.clock import SetClock
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext, Finish
from branch.people.queries import account_id
from tests.races.workers import Place


def work(place: Place, now: int, seed: int) -> None:
    """Issue, call and finish until killed; a line for each step that was acknowledged."""
    chance = random.Random(seed)
    clock = SetClock(now)
    branch = place.open(clock)
    kiosk = Actor(account_id(branch.store, "KIOSK") or 0, "kiosk-1")
    teller = Actor(account_id(branch.store, "100482") or 0, "counter-1")
    serving = False
    while True:
        clock.advance(chance.randint(1, 3))
        step = chance.random()
        if step < 0.55:
            value = branch.run(Issue("P01"), kiosk).value
            told = f"issued {value.id} {value.number}"
        elif step < 0.85 or not serving:
            called = branch.run(CallNext(1), teller).value
            serving = called is not None
            told = f"called {called.id}" if called else "nobody"
        else:
            branch.run(Finish(1), teller)
            serving = False
            told = "finished"
        os.write(1, (told + "\n").encode())


def main(place: Place) -> None:
    """Fork a worker for each line "now seed delay" on standard input, and kill it after the delay.

    Everything is imported once, so that two hundred deaths take seconds.
    """
    import select
    import time

    for line in sys.stdin:
        now, seed, delay = line.split()
        worker = os.fork()
        if worker == 0:
            work(place, int(now), int(seed))
        deadline = time.monotonic() + float(delay)
        while (left := deadline - time.monotonic()) > 0:
            select.select([], [], [], left)
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        os.write(1, b"killed\n")


if __name__ == "__main__":
    main(Place(*sys.argv[1:]))
