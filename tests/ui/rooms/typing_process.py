"""A room's window in a process of its own: types on and on, tells every letter, until killed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings
from branch.lobby.queries.screens import BranchName, branch_name
from branch.people.queries import staff_members
from tests.complaints.desk import OFFICER
from tests.ui.rooms.hands import type_in
from tests.ui.waits import SetWaits
from ui.rooms.window import RoomWindow
from ui.shell.application import make_application
from ui.shell.station import Person, Station
from ui.shell.worker import Worker

_EVERY_MS = 25


def main(url: str, home: str, now: str, room: str) -> None:
    """Open the room's window on the branch and type a figure every 25 ms, its count told."""
    app = make_application("zh", offscreen=True)
    clock = SetClock(int(now))
    worker = Worker(url, clock)
    settings = Settings(home=Path(home), config=Path(home) / "config", database=url)
    windows: list[RoomWindow] = []

    def open_window(station: Station) -> None:
        window = RoomWindow(station)
        windows.append(window)
        window.show()
        timer = QTimer(window)
        timer.timeout.connect(type_one)
        timer.start(_EVERY_MS)

    def type_one() -> None:
        window = windows[0]
        if window.page.view() is None:
            return
        edit = window.page.work.statement.edit
        count = len(edit.toPlainText())
        type_in(edit, str(count % 10))
        os.write(1, f"{count + 1}\n".encode())

    def begin(answer: tuple[Person, BranchName]) -> None:
        person, branch = answer
        open_window(
            Station(worker, f"room-{room}", person, branch, clock, settings, SetWaits(worker))
        )

    def ask() -> None:
        worker.ask(
            app,
            lambda opened: (
                next(
                    Person(one.id, one.staff_no, one.name, one.roles)
                    for one in staff_members(opened.store)
                    if one.staff_no == OFFICER
                ),
                branch_name(opened.store),
            ),
            begin,
        )

    worker.opened.connect(lambda _founded: ask())
    worker.start()
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
