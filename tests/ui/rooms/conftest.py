"""Fixtures for the rooms' screen: a session under way, the window before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.rooms.commands.starting import StartSession
from branch.rooms.queries.sessions import SessionView, session_view
from branch.rooms.session import Visitor
from tests.complaints.desk import ADVISER, HEAD, OFFICER, Desk
from ui.rooms.window import RoomWindow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion

ROOM = 2
Open = Callable[..., RoomWindow]


class Talk:
    """A session in room 2 between adviser and officer, as another station works in it."""

    def __init__(
        self,
        desk: Desk,
        complaint: int | None = None,
        *,
        recorder_ok: bool = True,
        booking: int | None = None,
    ) -> None:
        self.desk = desk
        self.complaint = complaint
        command = StartSession(
            ROOM,
            desk.staff(ADVISER),
            desk.staff(OFFICER),
            (Visitor("陈小梅"), Visitor("陈晓", "companion")),
            notice_shown=True,
            notice_spoken=True,
            agreed=True,
            complaint=complaint,
            booking=booking,
            recorder_ok=recorder_ok,
            override_reason="" if recorder_ok else "设备在修，用手持录音机",
        )
        self.id: int = desk.run(command, OFFICER if recorder_ok else HEAD).id

    def view(self) -> SessionView:
        found = session_view(
            self.desk.store, self.id, self.desk.staff(OFFICER), self.desk.clock.now_ms()
        )
        assert found is not None
        return found


@pytest.fixture
def desk(other: Branch, clock: SetClock) -> Desk:
    """The branch's complaint desk, as another station works it."""
    return Desk(other, clock)


@pytest.fixture
def talk(desk: Desk) -> Talk:
    """A session about a case that is investigated."""
    return Talk(desk, desk.investigated())


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Nothing moves."""
    reduce_motion(True)
    yield
    reduce_motion(False)


@pytest.fixture
def open_rooms(qtbot: QtBot, station_for: Callable[[str, str], Station]) -> Open:
    """``open_rooms()``: the officer's window of room 2, painted; its session read."""

    def make(staff_no: str = OFFICER, place: str = f"room-{ROOM}") -> RoomWindow:
        window = RoomWindow(station_for(place, staff_no))
        qtbot.addWidget(window)
        window.resize(1440, 900)
        window.show()
        qtbot.waitExposed(window)
        qtbot.waitUntil(lambda: window.record is not None)
        return window

    return make
