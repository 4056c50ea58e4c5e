"""The settings' page of complaint rooms: added, changed, out of use and back."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.rooms.queries.rooms import RoomNow, rooms_now
from branch.rooms.rules import RoomState
from tests.ui.rooms.hands import click, dialog_of, press
from ui.admin.rooms_page import RoomsPage
from ui.admin.window import AdminWindow
from ui.shell.station import Station
from ui.shell.theme import reduce_motion
from ui.widgets.room_turnover import OutOfServiceDialog


@pytest.fixture
def window(qtbot: QtBot, station_for: Any) -> AdminWindow:
    """The settings at the page of rooms."""
    reduce_motion(True)
    station: Station = station_for("admin", "100001")
    made = AdminWindow(station)
    qtbot.addWidget(made)
    made.show()
    made.show_page("rooms")
    qtbot.waitUntil(lambda: len(page_of(made).list.keys()) == 2)
    return made


def page_of(window: AdminWindow) -> RoomsPage:
    page = window.pages["rooms"]
    assert isinstance(page, RoomsPage)
    return page


def rooms(other: Branch, clock: SetClock) -> dict[str, RoomNow]:
    return {room.name: room for room in rooms_now(other.store, 0, clock.now_ms(), every=True)}


def test_a_room_is_added(qtbot: QtBot, window: AdminWindow, other: Branch, clock: SetClock) -> None:
    page = page_of(window)
    click(page.add)
    page.name.set_text("接待室 1")
    page.seats.set_text("3")
    click(page.bar.save)
    qtbot.waitUntil(lambda: bool(page.name.error_text()))
    page.name.set_text("调解室")
    qtbot.waitUntil(page.bar.save.isEnabled)
    press(page.bar.save)
    qtbot.waitUntil(lambda: "调解室" in rooms(other, clock))
    made = rooms(other, clock)["调解室"]
    assert (made.seats, made.recorder, made.state) == (3, "", RoomState.FREE)
    qtbot.waitUntil(lambda: len(page.list.keys()) == 3)


def test_a_room_is_changed(
    qtbot: QtBot, window: AdminWindow, other: Branch, clock: SetClock
) -> None:
    page = page_of(window)
    page.seats.set_text("零")
    click(page.bar.save)
    qtbot.waitUntil(lambda: bool(page.seats.error_text()))
    page.seats.set_text("8")
    page.active.click()
    qtbot.waitUntil(page.bar.save.isEnabled)
    press(page.bar.save)
    qtbot.waitUntil(lambda: rooms(other, clock)["接待室 1"].seats == 8)
    assert not rooms(other, clock)["接待室 1"].active
    qtbot.waitUntil(lambda: not page.out_button.isVisible())


def test_out_of_use_and_back(
    qtbot: QtBot, window: AdminWindow, other: Branch, clock: SetClock
) -> None:
    page = page_of(window)
    assert page.standing.text() == "可以使用"
    click(page.out_button)
    dialog = dialog_of(qtbot, window, OutOfServiceDialog)
    dialog.reason.combo.choose("repair")
    click(dialog.confirm_button)
    qtbot.waitUntil(lambda: page.standing.text() == "暂停使用：维修")
    assert rooms(other, clock)["接待室 1"].state == RoomState.OUT
    press(page.out_button)
    qtbot.waitUntil(lambda: page.standing.text() == "可以使用")


def test_the_page_says_that_quiet_help_is_no_police_alarm(window: AdminWindow) -> None:
    assert "它不能代替紧急报警按钮" in page_of(window).help.text()
