"""What several stations do to one run at once; imports nothing but the branch."""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
import traceback
from multiprocessing.synchronize import Barrier
from typing import Any

from branch.drills.commands.marking import MarkStep, UndoMark
from branch.kernel.clock import SetClock, SystemClock
from branch.kernel.errors import Stale
from branch.kernel.store import Store
from tests.races.workers import Place, actor

STEPS = 15


def mark_every_step(place: Place, run: int, staff_no: str, barrier: Barrier, answers: Any) -> None:
    """Mark every step as fast as it goes; answer for each step the mark, or who was quicker."""
    try:
        branch = place.open(SystemClock())
        at = actor(branch, staff_no, f"drills-{staff_no}")
        found: dict[int, int | tuple[str, str]] = {}
        barrier.wait(60)
        for step in range(1, STEPS + 1):
            try:
                found[step] = branch.run(MarkStep(run, step, at_ms=step * 1_000), at).value
            except Stale as refused:
                found[step] = (refused.code, str(refused.values["who"]))
        branch.close()
    except BaseException:  # noqa: BLE001 - whatever went wrong, the test has to see it
        answers.put(traceback.format_exc())
        return
    answers.put((staff_no, found))


def in_force(store: Store) -> dict[int, int]:
    """The marks in force, by step."""
    return dict(store.rows("SELECT step, id FROM drill_mark WHERE ended_at IS NULL", ()))


def mark_until_killed(place: Place, run: int, now: int, seed: int, ready: int) -> None:
    """Mark, put right and take back at random; a line for each step that was acknowledged.

    ``ready`` is told when the store is open.
    """
    chance = random.Random(seed)
    clock = SetClock(now)
    branch = place.open(clock)
    at = actor(branch, "100303", "drills")
    os.write(ready, b"!")
    while True:
        clock.advance(chance.randint(1, 3))
        step = chance.randint(1, STEPS)
        mark = in_force(branch.store).get(step, 0)
        try:
            if mark and chance.random() < 0.3:
                branch.run(UndoMark(mark), at)
                told = f"undone {mark}"
            else:
                result = chance.choice(("done", "wrong", "missed", "not_applicable"))
                kept = branch.run(MarkStep(run, step, result, replaces=mark), at).value
                told = f"marked {kept} {step} {result}"
        except Stale:  # a server commits what its dead client had sent just before
            continue
        os.write(1, (told + "\n").encode())


def main(place: Place, run: int) -> None:
    """Fork a worker for each line "now seed delay" on standard input, and kill it after the delay.

    Everything is imported once.
    """
    for line in sys.stdin:
        now, seed, delay = line.split()
        is_ready, ready = os.pipe()
        worker = os.fork()
        if worker == 0:
            mark_until_killed(place, run, int(now), int(seed), ready)
        os.close(ready)
        os.read(is_ready, 1)
        os.close(is_ready)
        deadline = time.monotonic() + float(delay)
        while (left := deadline - time.monotonic()) > 0:
            select.select([], [], [], left)
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        os.write(1, b"killed\n")


if __name__ == "__main__":
    main(Place(sys.argv[1]), int(sys.argv[2]))
