"""The lobby as it stands: alerts with their answers, tickets, counters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.lobby.commands.arrivals import Leave
from branch.lobby.commands.calling import Finish, Hold, NoShow, Recall
from branch.lobby.commands.floor import AnswerHelp, AskHelp
from branch.lobby.queries.waiting import counters_now
from branch.lobby.records import ReasonRow
from tests.ui.lobby.conftest import Lobby
from ui.lobby.call_dialog import CallDialog
from ui.lobby.counter_dialog import CounterDialog
from ui.lobby.ticket_dialog import TicketDialog
from ui.lobby.window import LobbyWindow
from ui.widgets.dialog import ReasonDialog

MS = 60_000
Show = Callable[..., LobbyWindow]


def numbers(window: LobbyWindow, letter: str) -> list[str]:
    return [row.line.number for row in window.floor.board.column(letter).model.rows()]


def tick(window: LobbyWindow) -> None:
    """A second goes by."""
    window._clock.timeout.emit()


def figures(window: LobbyWindow) -> list[str]:
    row = window.floor.figures
    parts = (row.waiting, row.longest, row.median, row.serving, row.served, row.left)
    return [part.accessibleName() for part in parts]


def test_the_figures_and_the_queues_in_calling_order(lobby: Lobby, show_console: Show) -> None:
    lobby.open(1)
    lobby.issue("cash")
    assert lobby.call(1) == "A001"
    lobby.do(1, Finish(1))
    gone = lobby.issue("cash")
    lobby.manager(Leave(gone.id))
    lobby.issue("cash")
    lobby.clock.advance(16 * 60)
    lobby.issue("pension")
    lobby.issue("transfer", "elderly")
    lobby.issue("corporate")
    assert lobby.call(1) == "A005"
    lobby.clock.advance(5 * 60)
    window = show_console()
    assert figures(window) == [
        "等候 3 人",
        "最长等候 21 分钟，超时",
        "等候中位数 5 分钟",
        "办理中 1 个柜台",
        "今日已办 1 笔",
        "未办离开 1 人",
    ]
    column = window.floor.board.column("A")
    assert column.name.whole_text() == "现金"
    assert column.count.text() == "2 人"
    assert column.caption.whole_text() == "新取号暂时无法估计"
    assert [row.spoken() for row in column.model.rows()] == ["A003，21 分 超时", "A004，5 分"]
    assert window.form.group("pension").content().right == "1 人"
    assert window.floor.seats.seat(1).accessibleName() == "1 号 现金，A005，05:00"
    assert window.floor.seats.seat(2).accessibleName() == "2 号 现金，未开，没有柜员"
    # Every second the clocks go on without asking the store.
    lobby.clock.advance(8 * 60)
    tick(window)
    assert window.floor.seats.seat(1).accessibleName() == "1 号 现金，A005，13:00 超时"
    assert column.model.rows()[0].spoken() == "A003，29 分 超时"


def test_past_its_target_go_and_see(lobby: Lobby, show_console: Show) -> None:
    first, second = lobby.issue("cash"), lobby.issue("cash")
    lobby.clock.advance(25 * 60)
    window = show_console()
    alerts = window.floor.alerts
    assert alerts.shown() == (f"over-{first.id}",)
    row = alerts.row(f"over-{first.id}")
    assert row.accessibleName() == ("A001 已等候 25 分钟，超过目标 20 分钟，同队另有 1 人超时")
    assert window.rail.button("lobby").accessibleName() == "大堂，1 项待处理"
    lobby.press(row.button("soothe"))
    lobby.until_told(window, "A001 由您去安抚")
    # The next one over its target speaks up; nobody's place has changed.
    assert alerts.shown() == (f"over-{second.id}",)
    assert numbers(window, "A") == ["A001", "A002"]
    window.toaster.undo_last()
    assert alerts.shown() == (f"over-{first.id}",)


def test_a_call_by_hand_keeps_its_reason(lobby: Lobby, show_console: Show) -> None:
    lobby.open(1, 2)
    for _ in range(3):
        lobby.issue("cash")
    lobby.call(1)
    lobby.clock.advance(25 * 60)
    window = show_console()
    third = lobby.waiting()[1]
    lobby.open_row(window.floor.board.column("A").list, "A003")
    panel = lobby.dialog(window, TicketDialog)
    assert "已等候 25 分钟，目标 20 分钟" in panel.facts.text()
    lobby.press(panel.button("call"))
    dialog = lobby.dialog(window, CallDialog)
    # Only a counter where nobody is can be chosen, and the free one is chosen already.
    assert not dialog.counter_tile(1).isEnabled()
    assert dialog.counter_tile(1).content().second == "正在办理 A001"
    assert dialog.counter_tile(3).content().second == "未开"
    assert dialog.counter_tile(2).isChecked()
    assert not dialog.call_button.isEnabled()
    lobby.press(dialog.reason_tile("unwell"))
    lobby.press(dialog.call_button)
    lobby.until_told(window, "A003 已叫到 2 号柜台")
    (called,) = [e for e in lobby.facts("ticket.called") if e.subject == str(third.id)]
    assert called.data == {"counter": 2, "service": "P01", "by_hand": "unwell"}
    lobby.until(lambda: numbers(window, "A") == ["A002"])


def test_another_reason_needs_words_that_stay_out_of_the_journal(
    lobby: Lobby, show_console: Show
) -> None:
    lobby.open(2)
    issued = lobby.issue("cash")
    lobby.clock.advance(25 * 60)
    window = show_console()
    lobby.press(window.floor.alerts.row(f"over-{issued.id}").button("call"))
    dialog = lobby.dialog(window, CallDialog)
    assert dialog.reason_tile("waited_too_long").isChecked()
    lobby.press(dialog.reason_tile("other"))
    assert not dialog.call_button.isEnabled()
    dialog.words.insertPlainText("赶火车")  # Han comes from an input method, not from keys
    lobby.press(dialog.call_button)
    lobby.until_told(window, "A001 已叫到 2 号柜台")
    (called,) = lobby.facts("ticket.called")
    assert called.data["by_hand"] == "other"
    assert "赶火车" not in str(called.data)
    kept = lobby.other.store.database.execute(ReasonRow.select(ReasonRow.text))
    assert [row[0] for row in kept] == ["赶火车"]


def test_without_a_free_counter_it_says_so(lobby: Lobby, show_console: Show) -> None:
    issued = lobby.issue("cash")
    lobby.clock.advance(25 * 60)
    window = show_console()
    lobby.press(window.floor.alerts.row(f"over-{issued.id}").button("call"))
    dialog = lobby.dialog(window, CallDialog)
    assert dialog.error.sentence.text() == "现在没有空闲的柜台，等柜台办结后再叫。"
    assert not dialog.call_button.isEnabled()


def test_a_call_refused_in_the_meantime_stays_open_with_the_reason(
    lobby: Lobby, show_console: Show
) -> None:
    lobby.open(2)
    issued = lobby.issue("cash")
    lobby.issue("cash", "military")
    lobby.clock.advance(25 * 60)
    window = show_console()
    lobby.press(window.floor.alerts.row(f"over-{issued.id}").button("call"))
    dialog = lobby.dialog(window, CallDialog)
    assert lobby.call(2) == "A002"
    lobby.press(dialog.call_button)
    lobby.until(lambda: dialog.error.sentence.text() == "2 号柜台正在办理，请选空闲的柜台")
    assert dialog.isVisible()
    assert dialog.reason_tile("waited_too_long").isChecked()


def test_help_is_answered(lobby: Lobby, console: LobbyWindow) -> None:
    lobby.kiosk(AskHelp())
    lobby.until(lambda: len(console.floor.alerts.shown()) == 1)
    row = console.floor.alerts.row(console.floor.alerts.shown()[0])
    assert row.accessibleName() == "1 号取号机 客户按了求助，刚刚"
    lobby.clock.advance(130)
    tick(console)
    assert row.accessibleName() == "1 号取号机 客户按了求助，已 2 分钟"
    lobby.press(row.button("answer"))
    lobby.until_told(console, "您去处理，1 号取号机")
    assert len(lobby.facts("help.answered")) == 1
    lobby.until(lambda: not console.floor.alerts.isVisible())


def test_help_that_a_colleague_answered_is_said(lobby: Lobby, console: LobbyWindow) -> None:
    asked = lobby.kiosk(AskHelp())
    lobby.until(lambda: len(console.floor.alerts.shown()) == 1)
    row = console.floor.alerts.row(console.floor.alerts.shown()[0])
    lobby.manager(AnswerHelp(asked))
    lobby.press(row.button("answer"))
    lobby.until_told(console, "已经有同事去处理了")
    lobby.until(lambda: not console.floor.alerts.isVisible())


def test_a_supporting_counter_gets_the_services_and_gives_them_back(
    lobby: Lobby, show_console: Show
) -> None:
    lobby.open(4, 6)
    for _ in range(3):
        lobby.issue("corporate")
    window = show_console()
    row = window.floor.alerts.row("support-E")
    assert row.accessibleName() == "对公 等候 3 人，仅 6 号柜台可办"
    before = counters_now(lobby.other.store)[3].services
    assert row.button("support").text() == "请 4 号支援"
    lobby.press(row.button("support"))
    dialog = lobby.dialog(window, CounterDialog)
    service = lobby.waiting()[0].service
    assert dialog.service_row(service).isChecked()
    assert dialog.service_row(service).text() == "单位账户开立"
    lobby.press(dialog.save_button)
    lobby.until_told(window, "4 号柜台 的业务已改，下一次叫号起生效")
    assert service in counters_now(lobby.other.store)[3].services
    lobby.until(lambda: "support-E" not in window.floor.alerts.shown())
    assert window.toaster.undo_last()
    lobby.until(lambda: counters_now(lobby.other.store)[3].services == before)


def test_a_counter_is_paused_and_closed_for_its_teller(lobby: Lobby, show_console: Show) -> None:
    lobby.open(1)
    window = show_console()
    lobby.press(window.floor.seats.seat(1))
    dialog = lobby.dialog(window, CounterDialog)
    assert not dialog.save_button.isEnabled()
    lobby.press(dialog.pause_button)
    asked = lobby.dialog(window, ReasonDialog)
    lobby.press(asked.tile("cash"))
    lobby.press(asked.confirm_button)
    lobby.until_told(window, "1 号柜台 已暂停")
    lobby.until(lambda: window.floor.seats.seat(1).accessibleName() == "1 号 现金，暂停，换钞 0 分")
    lobby.press_by_key(window.floor.seats.seat(1))
    lobby.press(lobby.dialog(window, CounterDialog).close_button)
    lobby.until_told(window, "1 号柜台 已关闭")
    lobby.until(lambda: window.floor.seats.seat(1).content().title == "未开")


def test_a_counter_that_serves_is_not_closed(lobby: Lobby, show_console: Show) -> None:
    lobby.open(1)
    lobby.issue("cash")
    lobby.call(1)
    window = show_console()
    lobby.press(window.floor.seats.seat(1))
    dialog = lobby.dialog(window, CounterDialog)
    lobby.press(dialog.close_button)
    lobby.until(lambda: dialog.error.sentence.text() == "1 号柜台还在办理 A001，请先办结")


def test_a_corrected_class_improves_the_place(lobby: Lobby, show_console: Show) -> None:
    for _ in range(3):
        lobby.issue("cash")
    window = show_console()
    assert numbers(window, "A") == ["A001", "A002", "A003"]
    lobby.open_row(window.floor.board.column("A").list, "A003")
    panel = lobby.dialog(window, TicketDialog)
    assert not panel.class_button.isEnabled()
    lobby.press(panel.class_tile("elderly"))
    lobby.press(panel.class_button)
    lobby.until_told(window, "A003 的类别已改")
    lobby.until(lambda: numbers(window, "A") == ["A003", "A001", "A002"])
    ticket = lobby.waiting()[0]
    assert ticket.order_key == ticket.issued_at - 30 * MS
    assert [mark.word for mark in
            window.floor.board.column("A").model.rows()[0].line.cares] == ["老年"]  # fmt: skip


def test_a_row_is_opened_by_key_and_enter_issues_nothing(
    lobby: Lobby, show_console: Show, qtbot: QtBot
) -> None:
    lobby.issue("cash")
    window = show_console()
    lobby.press(window.form.group("cash"))
    tickets = window.floor.board.column("A").list
    tickets.setFocus()
    tickets.setCurrentIndex(tickets.model().index(0))
    qtbot.keyClick(tickets, Qt.Key.Key_Return)
    assert lobby.dialog(window, TicketDialog).windowTitle() == "号票 A001"
    assert len(lobby.facts("ticket.issued")) == 1


def test_a_missed_customer_comes_back(lobby: Lobby, show_console: Show) -> None:
    lobby.open(1)
    lobby.issue("cash")
    lobby.issue("cash")
    lobby.call(1)
    lobby.clock.advance(6)
    lobby.do(1, Recall(1))
    lobby.do(1, NoShow(1))
    key = lobby.aside("missed")[0].order_key
    lobby.clock.advance(5 * 60)
    window = show_console()
    assert window.floor.strip.isVisible()
    assert window.floor.strip.label.text() == "过号 1 人"
    assert [row.spoken() for row in window.floor.strip.model.rows()] == ["A001，过号 5 分"]
    lobby.open_row(window.floor.strip.list, "A001")
    panel = lobby.dialog(window, TicketDialog)
    lobby.press(panel.button("return"))
    lobby.until_told(window, "A001 回来了，继续等候")
    # The time away, from the first call on, does not count as waiting.
    lobby.until(lambda: numbers(window, "A") == ["A002", "A001"])
    assert lobby.waiting()[1].order_key == key + 306_000
    assert not window.floor.strip.isVisible()


def test_a_held_ticket_is_resumed(lobby: Lobby, show_console: Show) -> None:
    lobby.open(1)
    lobby.issue("cash")
    lobby.call(1)
    lobby.do(1, Hold(1, "fill_form"))
    window = show_console()
    assert window.floor.strip.label.text() == "挂起 1 人"
    assert window.floor.strip.model.rows()[0].spoken() == "A001，填写单据"
    assert window.floor.empty.title.text() == "现在没有人等候"
    lobby.open_row(window.floor.strip.list, "A001")
    panel = lobby.dialog(window, TicketDialog)
    assert "挂起，填写单据" in panel.facts.text()
    lobby.press(panel.button("resume"))
    lobby.until_told(window, "A001 已恢复，继续等候")
    lobby.until(lambda: numbers(window, "A") == ["A001"])


def test_a_customer_leaves_for_a_reason(lobby: Lobby, show_console: Show) -> None:
    issued = lobby.issue("cash")
    window = show_console()
    lobby.open_row(window.floor.board.column("A").list, "A001")
    lobby.press(lobby.dialog(window, TicketDialog).button("leave"))
    asked = lobby.dialog(window, ReasonDialog)
    lobby.press(asked.tile("come_back"))
    lobby.press(asked.confirm_button)
    lobby.until_told(window, "A001 已记为离开")
    (left,) = lobby.facts("ticket.left")
    assert (left.subject, left.data) == (str(issued.id), {"reason": "come_back"})


def test_a_ticket_called_meanwhile_closes_its_panel(lobby: Lobby, show_console: Show) -> None:
    lobby.open(1)
    lobby.issue("cash")
    window = show_console()
    lobby.open_row(window.floor.board.column("A").list, "A001")
    lobby.dialog(window, TicketDialog)
    lobby.call(1)
    lobby.until_told(window, "A001 已不在等候")
    lobby.until(lambda: not any(d.isVisible() for d in window.findChildren(TicketDialog)))
