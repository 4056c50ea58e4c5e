"""While calling stands still every station says so; in a real incident no ticket is given."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.commands.freezing import FreezeLobby, ThawLobby
from branch.lobby.queries.freezing import frozen
from ui.board.window import BoardWindow
from ui.counter.window import CounterWindow
from ui.kiosk.home import HomePage
from ui.kiosk.notice import PausedPage
from ui.kiosk.window import KioskWindow
from ui.lobby.window import LobbyWindow
from ui.program import window_for
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.dialog import ConfirmDialog

StationFor = Callable[[str, str], Station]
Run = Callable[[str, str, object], object]
HEAD, LOBBY, TELLER = "100101", "100301", "100482"


def shown(qtbot: QtBot, station: Station) -> QWidget:
    window = window_for(station)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("drill", "正在演练 08:30 起暂停叫号，请安抚等候的客户"),
        ("real", "发生真实险情 08:30 起停止叫号，请按预案带客户离开或避险"),
    ],
)
def test_console_and_counter_say_it_until_it_is_over(
    qtbot: QtBot, station_for: StationFor, run: Run, other: Branch, reason: str, words: str
) -> None:
    run(TELLER, "counter-1", OpenCounter(1))
    console = shown(qtbot, station_for("lobby", LOBBY))
    counter = shown(qtbot, station_for("counter-1", TELLER))
    assert isinstance(console, LobbyWindow)
    assert isinstance(counter, CounterWindow)
    run(HEAD, "dashboard", FreezeLobby(reason))
    since = console._station.now()
    told = words.replace("08:30", f"{since:%H:%M}")
    for window in (console, counter):
        qtbot.waitUntil(window.freeze.isVisible)
        assert window.freeze.accessibleName() == told
    assert not counter.freeze.button.isVisible()
    run(HEAD, "dashboard", ThawLobby())
    for window in (console, counter):
        qtbot.waitUntil(window.freeze.isHidden)


def test_whoever_may_lets_calling_go_on(
    qtbot: QtBot, station_for: StationFor, run: Run, other: Branch
) -> None:
    run(TELLER, "counter-1", OpenCounter(1))
    run(HEAD, "dashboard", FreezeLobby("real"))
    console = shown(qtbot, station_for("lobby", LOBBY))
    assert isinstance(console, LobbyWindow)
    qtbot.waitUntil(console.freeze.isVisible)
    assert console.freeze.button.text() == "恢复叫号"
    qtbot.mouseClick(console.freeze.button, Qt.MouseButton.LeftButton)
    dialog = console.findChild(ConfirmDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: frozen(other.store) is None)
    qtbot.waitUntil(console.freeze.isHidden)


def test_the_board_tells_everybody(qtbot: QtBot, station_for: StationFor, run: Run) -> None:
    run(TELLER, "counter-1", OpenCounter(1))
    board = shown(qtbot, station_for("board-1", "BOARD"))
    assert isinstance(board, BoardWindow)
    run(HEAD, "dashboard", FreezeLobby("drill"))
    qtbot.waitUntil(lambda: board.picture().notice == "正在演练，暂停叫号，请稍候")
    run(HEAD, "dashboard", ThawLobby())
    run(HEAD, "dashboard", FreezeLobby("real"))
    qtbot.waitUntil(lambda: board.picture().notice == "现在停止叫号，请跟随工作人员的指引")
    language().choose("en")
    qtbot.waitUntil(
        lambda: board.picture().notice == "Calling has stopped, please follow our staff"
    )


def test_the_kiosk_gives_no_ticket_in_a_real_incident(
    qtbot: QtBot, station_for: StationFor, run: Run
) -> None:
    run(TELLER, "counter-1", OpenCounter(1))
    kiosk = shown(qtbot, station_for("kiosk-1", "KIOSK"))
    assert isinstance(kiosk, KioskWindow)
    qtbot.waitUntil(lambda: isinstance(kiosk.page(), HomePage))
    run(HEAD, "dashboard", FreezeLobby("drill"))
    run(HEAD, "dashboard", ThawLobby())
    run(HEAD, "dashboard", FreezeLobby("real"))
    qtbot.waitUntil(lambda: isinstance(kiosk.page(), PausedPage))
    page = kiosk.page()
    assert isinstance(page, PausedPage)
    assert page.title.text() == "暂停办理"
    assert page.text.text() == "请跟随工作人员的指引"
    run(HEAD, "dashboard", ThawLobby())
    qtbot.waitUntil(lambda: isinstance(kiosk.page(), HomePage))
