"""The night's run: begun by a station that opens, carried out in the program's name, in parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.runner import Actor
from branch.people.rules import PROGRAM
from branch.visitors.commands import retention
from branch.visitors.commands.register import SignOutVisitor
from branch.visitors.queries.register import visitor_line
from branch.visitors.queries.retention import past_runs
from tests.complaints.desk import Desk
from tests.visitors.gate import Gate
from ui.shell.retention import NightRetention, RetentionRun
from ui.shell.station import Station

DAY_S = 24 * 3_600
StationFor = Callable[[str, str], Station]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What the watch goes with."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def old(other: Branch, clock: SetClock) -> list[int]:
    """Five visits past their time."""
    gate = Gate(other, clock)
    visits = [gate.come(f"旧访客{at}").id for at in range(5)]
    for visit in visits:
        gate.run(SignOutVisitor(visit))
    clock.advance(120 * DAY_S)
    return visits


def ran(other: Branch) -> list[journal.Entry]:
    return [entry for entry in journal.entries(other.store) if entry.what == "retention.ran"]


def test_a_station_that_opens_runs_it_in_the_programs_name(
    qtbot: QtBot, station_for: StationFor, other: Branch, old: list[int], window: QWidget
) -> None:
    # A teller may not run it, and the program does not ask him.
    night = NightRetention(station_for("counter-1", "100482"), window)
    with qtbot.waitSignal(night.run.finished) as finished:
        pass
    assert finished.args == [5]
    assert visitor_line(other.store, old[0]) is None
    (entry,) = ran(other)
    assert (entry.staff, entry.station, entry.data) == (PROGRAM, "counter-1", {"visitor": 5})
    assert past_runs(other.store)[0].name == ""


def test_it_runs_once_a_day_and_again_when_the_day_is_another(
    qtbot: QtBot, station_for: StationFor, other: Branch, clock: SetClock, window: QWidget
) -> None:
    station = station_for("lobby", "100301")
    night = NightRetention(station, window)
    qtbot.waitUntil(lambda: len(ran(other)) == 1)
    answers: list[bool] = []
    night.look()
    station.ask(night, lambda store: True, answers.append)
    qtbot.waitUntil(lambda: answers == [True])
    assert len(ran(other)) == 1
    qtbot.waitUntil(lambda: not night.run.running)
    clock.advance(DAY_S)
    night.look()
    qtbot.waitUntil(lambda: len(ran(other)) == 2)


def test_a_run_goes_in_parts_and_tells_how_far_it_is(
    qtbot: QtBot,
    station_for: StationFor,
    other: Branch,
    old: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retention.RunRetention.__init__, "__defaults__", (2,))
    run = RetentionRun(station_for("admin", "100201"), Actor(PROGRAM, "night"))
    told: list[int] = []
    run.progressed.connect(told.append)
    with qtbot.waitSignal(run.finished) as finished:
        run.start()
        run.start()  # under way already
    assert told == [2, 4]
    assert finished.args == [5]
    assert [entry.data for entry in ran(other)] == [{"visitor": 2}, {"visitor": 2}, {"visitor": 1}]


def test_a_run_that_is_refused_ends_and_says_why(
    qtbot: QtBot, station_for: StationFor, other: Branch, old: list[int]
) -> None:
    station = station_for("counter-1", "100482")
    run = RetentionRun(station, station.actor)
    with qtbot.waitSignal(run.failed) as failed:
        run.start()
    error: Any = failed.args[0]
    assert error.code == "not_permitted"
    assert not run.running
    assert visitor_line(other.store, old[0]) is not None


def test_complaints_past_their_time_go_in_the_same_run(
    qtbot: QtBot, station_for: StationFor, other: Branch, clock: SetClock, window: QWidget
) -> None:
    desk = Desk(other, clock)
    complaint = desk.register()
    desk.put_away(complaint)
    clock.advance(6 * 366 * DAY_S)
    night = NightRetention(station_for("counter-1", "100482"), window)
    with qtbot.waitSignal(night.run.finished, timeout=5000) as finished:
        pass
    assert finished.args == [1]
    assert desk.detail(complaint) is None
    assert past_runs(other.store)[0].counts == {"complaint": 1}
