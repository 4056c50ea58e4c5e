"""Processes on one store hammering *call next*: no ticket twice, none skipped, in order."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from branch.bootstrap import Branch, open_branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.counters import OpenCounter, SetCounterServices
from branch.people.queries import account_id
from tests.conftest import OPENING

ROOT = Path(__file__).parents[2]
TICKETS = 240
TELLERS = ("100482", "100483", "100484", "100485")


def who(branch: Branch, staff_no: str, station: str) -> Actor:
    staff = account_id(branch.store, staff_no)
    assert staff is not None
    return Actor(staff, station)


@pytest.mark.parametrize("processes", [2, 4])
def test_no_ticket_is_called_twice_and_none_is_skipped(url: str, processes: int) -> None:
    clock = SetClock(OPENING)
    branch = open_branch(url, clock)
    kiosk, floor = who(branch, "KIOSK", "kiosk-1"), who(branch, "100301", "lobby")
    for number, teller in enumerate(TELLERS[:processes], start=1):
        branch.run(SetCounterServices(number, frozenset({"P01", "P02"})), floor)
        branch.run(OpenCounter(number), who(branch, teller, f"counter-{number}"))
    keys: dict[int, tuple[int, int]] = {}
    for at in range(TICKETS):
        clock.advance(1)
        classes = frozenset({"elderly"}) if at % 5 == 0 else frozenset[str]()
        issued = branch.run(Issue(("P01", "P02")[at % 2], classes), kiosk)
        keys[issued.value.id] = (issued.value.order_key, issued.revision)
    later = str(clock.now_ms() + 60_000)
    contenders = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.races.contender", url, str(number), teller, later],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number, teller in enumerate(TELLERS[:processes], start=1)
    ]
    for contender in contenders:
        assert contender.stdout is not None
        assert contender.stdout.readline() == "ready\n"
    for contender in contenders:
        assert contender.stdin is not None
        contender.stdin.write("go\n")
        contender.stdin.flush()
    called: list[tuple[int, int]] = []
    for contender in contenders:
        told, _ = contender.communicate(timeout=120)
        assert contender.returncode == 0
        lines = [line.split() for line in told.splitlines()]
        assert lines, "every counter got somebody"
        called.extend((int(revision), int(ticket)) for revision, ticket in lines)
    in_order = [ticket for _, ticket in sorted(called)]
    assert len(in_order) == len(set(in_order)) == TICKETS
    # Nobody comes in between and every counter can do everything: the order is that of the keys.
    assert in_order == sorted(keys, key=lambda ticket: keys[ticket])
    assert journal.verify(branch.store) == journal.head(branch.store)[0]
    branch.close()
