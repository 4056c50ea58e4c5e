"""A counter in a process of its own: calls the next ticket until nobody waits, and tells each."""

from __future__ import annotations

import sys

from branch.bootstrap import open_branch
from branch.kernel.clock import SetClock
from branch.kernel.runner import Actor
from branch.lobby.commands.calling import CallNext
from branch.people.queries import account_id


def main(url: str, counter: int, staff_no: str, now: int) -> None:
    """Call until the queue is empty; one line a ticket, in the order called here."""
    branch = open_branch(url, SetClock(now))
    staff = account_id(branch.store, staff_no)
    assert staff is not None
    actor = Actor(staff, f"counter-{counter}")
    print("ready", flush=True)
    sys.stdin.readline()
    while True:
        outcome = branch.run(CallNext(counter), actor)
        if outcome.value is None:
            break
        print(outcome.revision, outcome.value.id, flush=True)
    branch.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
