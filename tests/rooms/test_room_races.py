"""Two stations at the same room at the same moment, and a station that is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from peewee import IntegrityError

from branch.bootstrap import open_branch
from branch.kernel import journal
from branch.kernel.clock import SetClock, SystemClock
from branch.rooms.records import SessionRow
from tests.conftest import OPENING
from tests.rooms.house import House
from tests.rooms.room_process import start_in_room

ROOT = Path(__file__).parents[2]
PROCESSES = 3


def test_racing_stations_open_one_session(url: str) -> None:
    branch = open_branch(url, SystemClock())
    house = House(branch, SetClock(OPENING))
    pairs = [("100303", "100301"), ("100302", "100401"), ("100201", "100482")]
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(PROCESSES), context.Queue()
    room = house.rooms[0].id
    crowd = [
        context.Process(target=start_in_room, args=(url, room, *pair, barrier, answers))
        for pair in pairs
    ]
    for process in crowd:
        process.start()
    try:
        found: list[Any] = [answers.get(timeout=60) for _ in crowd]
    finally:
        for process in crowd:
            process.join(20)
            if process.is_alive():
                process.kill()
    assert sorted(found) == ["room_occupied", "room_occupied", "started"]
    open_ones = house.store.rows("SELECT id FROM room_session WHERE ended_at IS NULL", ())
    assert len(open_ones) == 1
    assert journal.verify(house.store) == journal.head(house.store)[0]
    branch.close()


def test_the_store_itself_takes_one_open_session_a_room(house: House) -> None:
    house.start()
    (row,) = SessionRow.select().dicts().execute(house.store.database)
    twin = {**row, "number": "JD-X"}
    del twin["id"]
    with pytest.raises(IntegrityError), house.store.database.atomic():
        SessionRow.insert(twin).execute(house.store.database)


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL, which only POSIX has")
def test_a_kill_loses_nothing_that_was_acknowledged(sqlite_url: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.rooms.room_process", sqlite_url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as station:
        assert station.stdout is not None
        told = [station.stdout.readline().split() for _ in range(40)]
        station.send_signal(signal.SIGKILL)
        told += [line.split() for line in station.stdout.read().splitlines()]
    branch = open_branch(sqlite_url, SetClock(OPENING))
    house = House(branch, SetClock(OPENING))
    session = next(int(line[1]) for line in told if line[0] == "started")
    view = house.view(session)
    checks = {int(line[1]) for line in told if line[0] == "check" and len(line) == 2}
    assert checks <= {check.id for check in view.checks}
    words = [int(line[1]) for line in told if line[0] == "said" and len(line) == 2]
    # One more may have been kept without having been told.
    assert int(view.statement.rsplit(" ", 1)[1]) in (words[-1], words[-1] + 1)
    assert journal.verify(house.store) == journal.head(house.store)[0]
    # The room goes on where it was.
    house.end(session)
    branch.close()
