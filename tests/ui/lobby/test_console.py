"""The console as a whole: closing the day, roles, lock, English, a lost store, many counters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.kernel.errors import StoreUnavailable
from branch.lobby.commands.calling import Finish, Hold
from branch.lobby.commands.counters import PauseCounter
from tests.ui.lobby.conftest import Lobby
from ui.lobby.close_day_dialog import CloseDayDialog
from ui.lobby.day_closed_dialog import DayClosedDialog
from ui.lobby.window import LobbyWindow
from ui.shell.language import language
from ui.shell.station import Station
from ui.shell.worker import Worker

Show = Callable[..., LobbyWindow]


def figures(window: LobbyWindow) -> list[str]:
    row = window.floor.figures
    parts = (row.waiting, row.longest, row.median, row.serving, row.served, row.left)
    return [part.accessibleName() for part in parts]


def test_the_day_is_closed_with_everybody_accounted_for(lobby: Lobby, show_console: Show) -> None:
    lobby.open(1)
    for _ in range(3):
        lobby.issue("cash")
    lobby.call(1)
    lobby.do(1, Hold(1, "fill_form"))
    lobby.call(1)
    window = show_console()
    lobby.press(window.top.close_day_button)
    dialog = lobby.dialog(window, CloseDayDialog)
    assert dialog.windowTitle() == "结束营业？"
    assert dialog.cancel_button.text() == "继续营业"
    assert dialog.focusWidget() is dialog.cancel_button
    assert [label.text() for label in dialog.lists] == [
        "正在办理 1 人：A002",
        "还在等候 1 人：A003",
        "挂起 1 人：A001",
    ]
    lobby.press(dialog.reason_tile("come_back"))
    lobby.press(dialog.close_button)
    lobby.until(lambda: dialog.error.sentence.text() == "1 号柜台还在办理 A002，请先办结")
    assert dialog.reason_tile("come_back").isChecked()
    lobby.do(1, Finish(1))
    lobby.press_by_key(dialog.close_button)
    closed = lobby.dialog(window, DayClosedDialog)
    assert closed.windowTitle() == "今天的营业已结束"
    assert closed.text.text() == "2 人未办离开，0 人过号"
    assert {entry.data["reason"] for entry in lobby.facts("ticket.left")} == {"come_back"}
    lobby.until(lambda: window.floor.empty.title.text() == "现在没有营业")
    assert window.floor.empty.isVisible()


def test_roles_see_what_they_may_use(show_console: Show, qtbot: QtBot) -> None:
    manager = show_console()
    assert manager.top.close_day_button.isVisible()
    with pytest.raises(KeyError):
        manager.rail.button("admin")
    assert manager.top.subtitle.whole_text() == "李静 大堂经理"
    adviser = show_console("100302")
    assert not adviser.top.close_day_button.isVisible()
    assert adviser.top.subtitle.whole_text() == "郑岚 客户经理"
    supervisor = show_console("100201")
    with qtbot.waitSignal(supervisor._station.place_wanted) as wanted:
        qtbot.mouseClick(supervisor.rail.button("admin"), Qt.MouseButton.LeftButton)
    assert wanted.args == ["admin"]


def test_locking_by_rail_and_by_key(console: LobbyWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(console._station.lock_wanted):
        qtbot.mouseClick(console.rail.button("lock"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(console._station.lock_wanted):
        qtbot.keyClick(console, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_everything_speaks_english(lobby: Lobby, show_console: Show) -> None:
    lobby.open(2, 6)
    lobby.do(2, PauseCounter(2, "cash"))
    lobby.issue("cash", "elderly")
    for _ in range(3):
        lobby.issue("corporate")
    lobby.clock.advance(25 * 60)
    window = show_console()
    language().choose("en")
    QApplication.processEvents()
    assert window.windowTitle() == "Tingtang Lobby"
    assert figures(window)[:3] == ["Waiting 4", "Longest wait 25 min, over", "Median wait 25 min"]
    assert window.top.subtitle.whole_text() == "李静, lobby manager"
    column = window.floor.board.column("A")
    assert column.name.whole_text() == "Cash"
    assert column.model.rows()[0].spoken() == "A001，Senior，25 min over"
    words = [window.floor.alerts.row(key).accessibleName() for key in window.floor.alerts.shown()]
    assert words == [
        "A001 has waited 25 min, target is 10 min",
        "E001 has waited 25 min, target is 20 min, 2 more over in this queue",
        "Corporate 3 waiting, only counter 6 serves them",
        "Counter 2 paused for 25 min, cash",
    ]
    assert window.floor.seats.seat(2).accessibleName() == "2 Cash，Paused，Cash 25 min"
    assert window.floor.seats.seat(8).accessibleName() == "Wealth room，Closed，No teller"
    language().choose("zh")
    QApplication.processEvents()
    assert column.model.rows()[0].spoken() == "A001，老年，25 分 超时"


def lose_the_store(worker: Worker, window: LobbyWindow) -> None:
    def lost(_branch: object) -> None:
        raise StoreUnavailable("store_unreachable")

    worker.ask(window, lost, lambda _none: None, lambda _error: None)


def test_offline_the_banner_stays_until_the_store_is_back(
    lobby: Lobby, console: LobbyWindow, worker: Worker, qtbot: QtBot
) -> None:
    lobby.press(console.form.group("cash"))
    with qtbot.waitSignal(console._station.offline):
        lose_the_store(worker, console)
    assert console.banner.isVisible()
    assert console.banner.sentence.text() == (
        "暂时连不上数据库，已填内容保留，数据停在 09:00，正在重试，第 1 次"
    )
    assert console.form.group("cash").isChecked()
    assert console.banner.button.text() == "现在重试"
    with qtbot.waitSignal(console._station.online):
        lobby.press(console.banner.button)
    assert not console.banner.isVisible()


def test_offline_before_the_first_picture(
    worker: Worker, station_for: Callable[[str, str], Station], qtbot: QtBot
) -> None:
    station = station_for("lobby", "100301")
    window = LobbyWindow(station)
    qtbot.addWidget(window)
    assert window.asking.under_way  # the first answer has not come yet
    station.offline.emit("暂时连不上数据库，已填内容保留", 3)
    window.show()
    assert window.floor.failed.isVisible()
    assert window.floor.failed.title.text() == "暂时连不上数据库，已填内容保留"
    assert window.floor.failed.lines.text() == "正在重试，第 3 次"
    assert window.floor.failed.button.text() == "现在重试"


def test_many_counters_stand_in_two_rows(console: LobbyWindow) -> None:
    from ui.lobby.seat_row import Seat
    from ui.widgets.state import State

    seats = [Seat(n, f"{n} 号", "空闲", ("可叫号",), State.OK) for n in range(1, 13)]
    console.floor.seats.show_seats(seats)
    QApplication.processEvents()
    rows = {console.floor.seats.seat(n).y() for n in range(1, 13)}
    assert len(rows) == 2
    assert len({console.floor.seats.seat(n).width() for n in range(1, 13)}) <= 2
