"""The lobby manager answers why somebody else was called first."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from branch.lobby.commands.calling import CallTicket, Finish
from tests.ui.lobby.conftest import Lobby
from ui.lobby.fairness_dialog import FairnessDialog
from ui.lobby.ticket_dialog import TicketDialog
from ui.lobby.window import LobbyWindow
from ui.shell.language import language
from ui.widgets.story_panel import StoryPanel


def a_morning(lobby: Lobby) -> str:
    """Three came before and two later were called first; returns the number of who waits."""
    lobby.open(1, 8)
    lobby.issue("cash")
    lobby.clock.advance(10 * 60)
    waits = lobby.issue("cash")
    lobby.clock.advance(5 * 60)
    lobby.issue("cash", "elderly")
    other = lobby.issue("cash")
    lobby.issue("wealth")
    lobby.call(8)
    for _ in range(2):
        lobby.clock.advance(60)
        lobby.call(1)
        lobby.do(1, Finish(1))
    lobby.clock.advance(60)
    lobby.manager(CallTicket(other.id, 1, "other", "带着发烧的孩子"))
    return str(waits.number)


def opened(lobby: Lobby, console: LobbyWindow) -> FairnessDialog:
    return lobby.dialog(console, FairnessDialog)


def until_told(lobby: Lobby, panel: StoryPanel, number: str) -> None:
    lobby.until(lambda: panel.number.text() == number and panel.number.isVisible())


def type_number(qtbot: QtBot, panel: StoryPanel, number: str) -> None:
    panel.field.edit.selectAll()
    qtbot.keyClicks(panel.field.edit, number)
    qtbot.keyClick(panel.field.edit, Qt.Key.Key_Return)


CALLS = [
    "09:15，F001，其他业务；这张号票不在 8 号柜台办，定期存款与大额存单，8 号柜台，09:15 取号",
    "09:16，A003，老年，按提前 30 分钟到达排序，个人存款，1 号柜台，09:15 取号",
    "09:17，A001，来得更早，早 10 分钟，个人存款，1 号柜台，09:00 取号",
    "09:18，A004，李静手动叫号，原因：其他，带着发烧的孩子，个人存款，1 号柜台，09:15 取号",
]


def test_the_ticket_that_waits_has_its_answer(
    lobby: Lobby, console: LobbyWindow, qtbot: QtBot
) -> None:
    number = a_morning(lobby)
    column = console.floor.board.column("A")
    lobby.until(lambda: column.model.rowCount() == 1)
    lobby.open_row(column.list, number)
    ticket = lobby.dialog(console, TicketDialog)
    assert ticket.button("why").text() == "为什么这样排"
    ticket.activateWindow()
    lobby.until(ticket.isActiveWindow)
    qtbot.keyClick(ticket, Qt.Key.Key_F3)
    panel = opened(lobby, console).story
    until_told(lobby, panel, number)
    assert panel.facts.text() == "普通，09:10 取号，还在等候"
    assert panel.rule.text() == (
        "老年客户按提前30分钟到达排序；比您晚到45分钟以上的客户，不会先于您办理同一业务。"
    )
    assert panel.tally.text().startswith("等候期间先叫到 4 次：")
    assert panel.calls.sentences() == CALLS
    # The story goes on while it is looked at.
    lobby.do(1, Finish(1))
    lobby.clock.advance(60)
    lobby.call(1)
    lobby.until(lambda: "叫到 1 号柜台" in panel.facts.text())
    assert panel.facts.text() == "普通，09:10 取号，09:19 叫到 1 号柜台，取号后 9 分钟"
    assert panel.calls.sentences() == CALLS


def test_a_press_opens_it_too_and_escape_goes_back(
    lobby: Lobby, console: LobbyWindow, qtbot: QtBot
) -> None:
    number = a_morning(lobby)
    column = console.floor.board.column("A")
    lobby.until(lambda: column.model.rowCount() == 1)
    lobby.open_row(column.list, number)
    lobby.press(lobby.dialog(console, TicketDialog).button("why"))
    dialog = opened(lobby, console)
    until_told(lobby, dialog.story, number)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    lobby.until(lambda: not console.findChildren(FairnessDialog))


def test_a_ticket_already_served_is_found_by_its_number(
    lobby: Lobby, console: LobbyWindow, qtbot: QtBot
) -> None:
    a_morning(lobby)
    qtbot.keyClick(console, Qt.Key.Key_F3)
    panel = opened(lobby, console).story
    assert panel.empty.title.text() == "还没有选号票"
    assert not panel.papers.print_button.isEnabled()
    lobby.until(panel.field.edit.hasFocus)
    qtbot.keyClick(panel.field.edit, Qt.Key.Key_Return)
    assert panel.field.error_text() == "请输入号码，如 A036"
    type_number(qtbot, panel, "A999")
    lobby.until(lambda: panel.field.error_text() == "没有这个号码，请再核对")
    assert panel.field.text() == "A999"
    assert len(lobby.facts("ticket.issued")) == 5
    type_number(qtbot, panel, "a003")
    until_told(lobby, panel, "A003")
    assert panel.field.error_text() == ""
    assert panel.facts.text() == "老年，09:15 取号，09:16 叫到 1 号柜台，取号后 1 分钟"
    # The counter for wealth called meanwhile; nobody else did.
    assert [line.number for line in panel.calls.rows.lines] == ["F001"]


def test_nobody_was_called_before(lobby: Lobby, console: LobbyWindow, qtbot: QtBot) -> None:
    lobby.open(1)
    lobby.issue("cash")
    lobby.call(1)
    lobby.press(console.top.why_button)
    panel = opened(lobby, console).story
    type_number(qtbot, panel, "A001")
    until_told(lobby, panel, "A001")
    assert panel.empty.isVisible()
    assert panel.empty.title.text() == "等候期间没有叫过别的号票"
    assert not panel.tally.isVisible()


def test_it_is_printed_for_the_customer_without_what_was_written(
    lobby: Lobby, console: LobbyWindow, qtbot: QtBot, paper: Path
) -> None:
    number = a_morning(lobby)
    console.acts.ask_why()
    panel = opened(lobby, console).story
    type_number(qtbot, panel, number)
    until_told(lobby, panel, number)
    lobby.press(panel.papers.print_button)
    lobby.until(lambda: panel.papers.outcome.whole_text() == "已送去打印")
    (file,) = paper.iterdir()
    assert file.name == f"叫号次序 {number} 2026-11-20.pdf"
    text = PdfReader(file).pages[0].extract_text()
    assert "李静手动叫号" in text
    assert "发烧" not in text
    assert panel.papers.print_button.isEnabled()


def test_it_is_kept_where_the_user_says(
    lobby: Lobby, console: LobbyWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    number = a_morning(lobby)
    console.acts.ask_why()
    panel = opened(lobby, console).story
    type_number(qtbot, panel, number)
    until_told(lobby, panel, number)
    for file, told in (
        (tmp_path / "kept.pdf", "已存为 kept.pdf"),
        (tmp_path / "away" / "kept.pdf", f"不能写入打印文件夹“{tmp_path / 'away'}”"),
    ):
        lobby.press_by_key(panel.papers.keep_button)
        (dialog,) = [d for d in panel.findChildren(QFileDialog) if d.isVisible()]
        dialog.fileSelected.emit(str(file))
        dialog.reject()
        lobby.until(lambda told=told: panel.papers.outcome.whole_text() == told)
    assert len(PdfReader(tmp_path / "kept.pdf").pages) == 1


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)])
def test_in_english_everything_fits(
    lobby: Lobby, console: LobbyWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    number = a_morning(lobby)
    console.resize(*size)
    console.acts.ask_why()
    dialog = opened(lobby, console)
    panel = dialog.story
    type_number(qtbot, panel, number)
    until_told(lobby, panel, number)
    language().choose("en")
    lobby.until(lambda: panel.look_button.text() == "Look up")
    assert panel.facts.text() == "Ordinary, issued 09:10, still waiting"
    assert panel.calls.sentences()[2].startswith("09:17，A001，Came 10 min earlier")
    assert console.top.why_button.text() == "Why this order"
    # Without the room of its shadow the panel stands inside the window.
    assert dialog.panel.height() <= size[1]
    buttons = (panel.look_button, panel.papers.print_button, panel.papers.keep_button)
    lobby.until(lambda: all(item.width() >= item.sizeHint().width() for item in buttons))
