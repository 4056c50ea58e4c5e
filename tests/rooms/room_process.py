"""A station of its own process that begins a session, or holds one until it is killed."""

from __future__ import annotations

import os
import sys
import traceback
from multiprocessing.synchronize import Barrier
from typing import Any

from branch.bootstrap import open_branch
from branch.kernel.clock import SetClock, SystemClock
from branch.kernel.errors import BadInput
from branch.rooms.commands.starting import StartSession
from branch.rooms.commands.talk import AddCheck, SaveStatement
from tests.conftest import OPENING
from tests.races.workers import actor
from tests.rooms.house import VISITORS, House


def start_in_room(
    url: str, room: int, first: str, second: str, barrier: Barrier, answers: Any
) -> None:
    """Begin as soon as everybody is ready; answer what became of it."""
    try:
        branch = open_branch(url, SystemClock())
        by = actor(branch, first, f"room-{first}")
        two = (by.staff, actor(branch, second, "room").staff)
        command = StartSession(
            room, *two, VISITORS, notice_shown=True, notice_spoken=True, agreed=True
        )
        barrier.wait(60)
        try:
            branch.run(command, by)
        except BadInput as refused:
            answers.put(refused.code)
        else:
            answers.put("started")
        branch.close()
    except BaseException:  # noqa: BLE001 - whatever went wrong, the test has to see it
        answers.put(traceback.format_exc())


def hold(url: str) -> None:
    """Write and verify until killed; a line for each step that was acknowledged."""
    clock = SetClock(OPENING)
    house = House(open_branch(url, clock), clock)
    session = house.start()
    os.write(1, f"started {session}\n".encode())
    word = 0
    while True:
        word += 1
        clock.advance(1)
        house.in_room(SaveStatement(session, f"客户说 {word}"))
        os.write(1, f"said {word}\n".encode())
        if word <= 50:
            check = house.in_room(AddCheck(session, f"材料 {word}"))
            os.write(1, f"check {check}\n".encode())


if __name__ == "__main__":
    hold(sys.argv[1])
