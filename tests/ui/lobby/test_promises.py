"""The lobby manager sees how promises held, goes to the dashboard, has the day's report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.lobby.commands.calling import Finish
from branch.lobby.commands.promises import KeepPromise
from branch.lobby.waits.projection import Spread
from tests.ui.lobby.conftest import Lobby
from ui.lobby.close_day_dialog import CloseDayDialog
from ui.lobby.day_closed_dialog import DayClosedDialog
from ui.lobby.promises_dialog import PromisesDialog
from ui.lobby.window import LobbyWindow

RANGE = Spread(5.0, 8.0, 12.0)


def kept(lobby: Lobby, minutes: float) -> None:
    """One customer who was told 5 to 12 minutes and waits so long."""
    ticket = lobby.issue("cash").id
    lobby.kiosk(KeepPromise(ticket, RANGE, RANGE, 0))
    lobby.clock.advance(minutes * 60)
    lobby.call(1)
    lobby.do(1, Finish(1))


def test_the_scoreboard_opens_over_the_console(
    lobby: Lobby, console: LobbyWindow, qtbot: QtBot
) -> None:
    """Ten called after 6 to 13 minutes, one of them a minute too late."""
    lobby.open(1)
    for minutes in (6, 7, 8, 9, 10, 11, 12, 7, 8, 13):
        kept(lobby, minutes)
    assert console.top.promises_button.text() == "查看承诺"
    lobby.press(console.top.promises_button)
    scores = lobby.dialog(console, PromisesDialog).scores
    lobby.until(scores.within.isVisible)
    assert scores.within.accessibleName() == "落在区间内 90.0 %，目标 80%"
    assert scores.in_time.accessibleName() == "不超过上端 90.0 %，目标 90%"
    assert scores.miss.accessibleName() == "未守住时平均差 1.0 分钟，1 张在区间外"
    kept(lobby, 14)
    lobby.until(lambda: scores.made.accessibleName() == "近 30 天承诺 11 张，已叫到 11 张")
    dialog = lobby.dialog(console, PromisesDialog)
    assert dialog.focusWidget() is dialog.close_button
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    lobby.until(lambda: not console.findChildren(PromisesDialog))


def test_the_scoreboard_closes_by_its_button(lobby: Lobby, console: LobbyWindow) -> None:
    lobby.press(console.top.promises_button)
    dialog = lobby.dialog(console, PromisesDialog)
    lobby.until(dialog.scores.empty.isVisible)
    lobby.press(dialog.close_button)
    lobby.until(lambda: not console.findChildren(PromisesDialog))


def test_the_rail_leads_to_the_dashboard(lobby: Lobby, console: LobbyWindow, qtbot: QtBot) -> None:
    button = console.rail.button("dashboard")
    assert button.text() == "经营"
    with qtbot.waitSignal(console._station.place_wanted) as wanted:
        lobby.press(button)
    assert wanted.args == ["dashboard"]


def test_an_adviser_receives_customers_and_reads_no_figures(
    show_console: Callable[..., LobbyWindow],
) -> None:
    console = show_console("100302")
    assert not console.top.promises_button.isVisible()
    with pytest.raises(KeyError):
        console.rail.button("dashboard")


def test_the_report_is_offered_when_the_day_has_ended(
    lobby: Lobby, console: LobbyWindow, paper: Path
) -> None:
    lobby.open(1)
    kept(lobby, 6)
    lobby.until(console.top.close_day_button.isEnabled)
    lobby.press(console.top.close_day_button)
    lobby.press(lobby.dialog(console, CloseDayDialog).close_button)
    dialog = lobby.dialog(console, DayClosedDialog)
    assert dialog.text.text() == "0 人未办离开，0 人过号"
    papers = dialog.paper.papers
    lobby.until(papers.print_button.isEnabled)
    lobby.press(papers.print_button)
    lobby.until(lambda: papers.outcome.whole_text() == "已送去打印")
    (file,) = paper.iterdir()
    assert file.name == "营业日报 2026-11-20.pdf"
    assert "2026-11-20" in PdfReader(file).pages[0].extract_text()
    lobby.press(dialog.close_button)
    lobby.until(lambda: not console.findChildren(DayClosedDialog))
