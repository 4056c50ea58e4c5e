"""The program puts the card of reminders into people's windows and leads from it to the case."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings
from tests.complaints.desk import HEAD, LOBBY_MANAGER, Desk
from ui.complaints.window import ComplaintsWindow
from ui.program import Program
from ui.shell.reminders import Reminders
from ui.shell.station import Station
from ui.signin.window import SignInWindow

StationFor = Callable[[str, str], Station]


@pytest.fixture
def desk(other: Branch, clock: SetClock) -> Desk:
    """The complaint desk at another station."""
    return Desk(other, clock)


@pytest.mark.parametrize("place", ["dashboard", "complaints"])
def test_the_desk_shows_the_case_that_was_asked_for(
    desk: Desk,
    qtbot: QtBot,
    settings: Settings,
    clock: SetClock,
    station_for: StationFor,
    place: str,
) -> None:
    # The program has a key ring of its own: nothing that is sealed.
    first, second = (desk.register(who={"phone": ""}) for _ in range(2))
    program = Program(settings, clock)
    try:
        program.start()
        qtbot.waitUntil(lambda: isinstance(program.window, SignInWindow), timeout=10_000)
        station = station_for(place, HEAD)
        for complaint in (first, second):
            program._open_station(station.person, place, station.branch)
            assert program._station is not None
            program._station.case_wanted.emit(complaint)
            window = program.window
            assert isinstance(window, ComplaintsWindow)

            def shown(window: ComplaintsWindow = window, complaint: int = complaint) -> bool:
                record = window.view.record()
                return record is not None and record.detail.line.id == complaint

            qtbot.waitUntil(shown, timeout=5000)
    finally:
        if program.window is not None:
            program.window.close()
        program.stop()


@pytest.mark.parametrize(
    ("place", "account", "told"),
    [("dashboard", HEAD, True), ("kiosk-1", "KIOSK", False), ("lobby", LOBBY_MANAGER, True)],
)
def test_the_program_gives_it_to_people_s_windows_only(
    desk: Desk,
    qtbot: QtBot,
    settings: Settings,
    clock: SetClock,
    station_for: StationFor,
    place: str,
    account: str,
    told: bool,
) -> None:
    program = Program(settings, clock)
    try:
        program.start()
        qtbot.waitUntil(lambda: isinstance(program.window, SignInWindow), timeout=10_000)
        station = station_for(place, account)
        program._open_station(station.person, place, station.branch)
        qtbot.waitUntil(lambda: not isinstance(program.window, SignInWindow))
        window = program.window
        assert window is not None
        assert len(window.findChildren(Reminders)) == int(told)
    finally:
        if program.window is not None:
            program.window.close()
        program.stop()
