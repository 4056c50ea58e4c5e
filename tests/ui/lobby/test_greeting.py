"""From the greeting to the ticket: three presses, keys, slots, codes, and the ways without one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.lobby.commands.bookings import Book
from tests.ui.lobby.conftest import LEFT, Lobby, at
from ui.lobby.booking_dialog import BookingDialog
from ui.lobby.choice_dialog import ChoiceDialog, SlotDialog
from ui.lobby.window import LobbyWindow
from ui.shell.language import language
from ui.shell.station import Station

MS = 60_000


def test_greet_to_ticket_in_three_presses(lobby: Lobby, console: LobbyWindow, paper: Path) -> None:
    lobby.issue("cash")
    lobby.until(lambda: console.floor.figures.waiting.accessibleName() == "等候 1 人")
    form = console.form
    assert not form.issue_button.isEnabled()
    assert form.well.accessibleName() == "选好业务后，这里显示号票"
    lobby.press(form.flag("elderly"))
    lobby.press(form.group("cash"))
    lobby.until(
        lambda: form.well.accessibleName() == "现金 老年优先，A 区就座，前面 0 人，暂时无法估计"
    )
    assert form.well.service.text() == "个人存款"
    lobby.press(form.issue_button)
    lobby.until_told(console, "A002 已出号，正在打印")

    ticket = next(t for t in lobby.waiting() if t.number == "A002")
    assert ticket.classes == ("elderly",)
    assert ticket.order_key == ticket.issued_at - 30 * MS
    (issued,) = [e for e in lobby.facts("ticket.issued") if e.data["number"] == "A002"]
    (greeted,) = lobby.facts("visit.greeted")
    (triaged,) = lobby.facts("visit.triaged")
    assert str(issued.data["visit"]) == greeted.subject == triaged.subject
    assert triaged.data["service"] == "P01"
    lobby.until(lambda: len(list(paper.glob("*.pdf"))) == 1)
    lobby.until(lambda: lobby.waiting()[0].print_state == "printed")
    # The next customer begins with an empty form.
    assert not form.flag("elderly").isChecked()
    assert not form.group("cash").isChecked()
    assert form.well.accessibleName() == "选好业务后，这里显示号票"
    # The elderly customer stands before who came earlier.
    lobby.until(
        lambda: (
            [row.line.number for row in console.floor.board.column("A").model.rows()]
            == ["A002", "A001"]
        )
    )


def test_several_flags_give_care_and_classes(lobby: Lobby, console: LobbyWindow) -> None:
    for flag in ("mobility", "hearing", "language"):
        lobby.press(console.form.flag(flag))
    lobby.press(console.form.group("cards"))
    lobby.until(lambda: console.form.well.title.whole_text() == "账户 行动不便优先")
    lobby.press(console.form.issue_button)
    lobby.until(lambda: len(lobby.waiting()) == 1)
    (ticket,) = lobby.waiting()
    assert ticket.classes == ("assisted",)
    assert set(ticket.care) == {"step_free", "write_down", "interpreter"}
    lobby.until(lambda: len(console.floor.board.column("C").model.rows()) == 1)
    (row,) = console.floor.board.column("C").model.rows()
    assert {mark.word for mark in row.line.cares} == {"行动不便", "听力", "外语"}
    # The help needed stays out of the journal.
    assert not any("step_free" in str(entry.data) for entry in lobby.facts("visit.triaged"))


def test_by_keys_alone(lobby: Lobby, console: LobbyWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(console, Qt.Key.Key_2)
    qtbot.keyClick(console, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert console.form.flag("mobility").isChecked()
    assert console.form.group("corporate").isChecked()
    assert console.form.flag("mobility").toolTip() == "2"
    assert console.form.group("corporate").toolTip() == "Ctrl+7"
    qtbot.keyClick(console, Qt.Key.Key_Return)
    lobby.until_told(console, "E001 已出号，正在打印")
    qtbot.keyClick(console, Qt.Key.Key_1)
    qtbot.keyClick(console, Qt.Key.Key_Escape)
    assert not console.form.flag("elderly").isChecked()
    lobby.until(lambda: len(lobby.facts("visit.greeted")) == 2)


def test_the_first_press_greets_and_starting_over_greets_anew(
    lobby: Lobby, console: LobbyWindow
) -> None:
    lobby.press(console.form.group("cash"))
    lobby.press(console.form.group("loan"))
    lobby.until(lambda: len(lobby.facts("visit.greeted")) == 1)
    lobby.press(console.form.clear_button)
    lobby.press(console.form.flag("military"))
    lobby.until(lambda: len(lobby.facts("visit.greeted")) == 2)
    assert lobby.waiting() == []


def test_a_specific_service_is_one_more_press(lobby: Lobby, console: LobbyWindow) -> None:
    lobby.press(console.form.group("cards"))
    lobby.press(console.form.well.service)
    dialog = lobby.dialog(console, ChoiceDialog)
    tile = next(
        dialog.tile(s.code)
        for s in console.acts.picture.console.services
        if s.name.zh == "挂失与解挂"
    )
    lobby.press(tile)
    assert console.form.well.service.text() == "挂失与解挂"
    lobby.press(console.form.issue_button)
    lobby.until(lambda: len(lobby.waiting()) == 1)
    assert lobby.waiting()[0].service_name.zh == "挂失与解挂"


def test_a_booked_customer_counts_from_his_slot(lobby: Lobby, console: LobbyWindow) -> None:
    lobby.clock.set(at(9, 5))
    lobby.press(console.form.flag("booked"))
    assert console.form.well.slot.text() == "09:00"
    lobby.press(console.form.well.slot)
    dialog = lobby.dialog(console, SlotDialog)
    lobby.press(dialog.tile(str(at(9, 15))))
    assert console.form.well.slot.text() == "09:15"
    lobby.press(console.form.group("loan"))
    lobby.until(lambda: console.form.well.title.whole_text() == "贷款 预约优先")
    lobby.press(console.form.issue_button)
    lobby.until(lambda: len(lobby.waiting()) == 1)
    (ticket,) = lobby.waiting()
    assert ticket.classes == ("appointment",)
    assert ticket.order_key == at(9, 15) - 30 * MS
    assert ticket.began_at == at(9, 15)


def test_a_booking_is_made_and_its_code_brings_the_ticket(
    lobby: Lobby, console: LobbyWindow, qtbot: QtBot
) -> None:
    lobby.press(console.form.book_button)
    made = lobby.dialog(console, BookingDialog)
    made.group.setCurrentIndex(made.group.findData("wealth"))
    assert made.service.currentText() == "定期存款与大额存单"
    assert made.day.currentText() == "11月20日 星期五"
    assert made.time.itemText(0) == "09:15"
    lobby.press(made.book_button)
    lobby.until(made.done_button.isVisible)
    code = made.code.accessibleName()
    assert len(code) == 6
    assert made.told.text() == ("11月20日 星期五 09:15，定期存款与大额存单。到店时报这个预约码。")
    lobby.press(made.done_button)

    def with_code() -> None:
        lobby.press_by_key(console.form.flag("booked"))
        lobby.press_by_key(console.form.well.slot)
        dialog = lobby.dialog(console, SlotDialog)
        qtbot.mouseClick(dialog.code.edit, LEFT)
        qtbot.keyClicks(dialog.code.edit, code)
        qtbot.keyClick(dialog.code.edit, Qt.Key.Key_Return)

    with_code()
    assert console.form.well.title.whole_text() == "凭预约码取号"
    lobby.press(console.form.issue_button)
    lobby.until_told(console, "F001 已出号，正在打印")
    (ticket,) = lobby.waiting()
    assert ticket.service_name.zh == "定期存款与大额存单"
    assert ticket.began_at == at(9, 15)
    # A second time it is refused in words, and what was typed stays.
    with_code()
    lobby.press_by_key(console.form.issue_button)
    lobby.until(lambda: console.form.well.shown_error() == "这个预约码已经取过号")
    assert console.form.well.slot.text() == code
    assert console.form.issue_button.isEnabled()


def test_a_code_that_cannot_be_one_is_said_at_once(
    lobby: Lobby, console: LobbyWindow, qtbot: QtBot
) -> None:
    lobby.press(console.form.flag("booked"))
    lobby.press(console.form.well.slot)
    dialog = lobby.dialog(console, SlotDialog)
    qtbot.keyClicks(dialog.code.edit, "12ab")
    lobby.press(dialog.use_button)
    assert dialog.code.error_text() == "预约码为六位数字"
    assert dialog.isVisible()


def test_to_a_machine_only_where_one_can_do_it(lobby: Lobby, console: LobbyWindow) -> None:
    form = console.form
    assert not form.machine_button.isEnabled()
    lobby.press(form.group("corporate"))
    assert not form.machine_button.isEnabled()
    lobby.press(form.group("cash"))
    lobby.press(form.machine_button)
    lobby.until_told(console, "已记下，客户去自助机办理")
    (led,) = lobby.facts("visit.triaged")
    assert led.data == {
        "service": "P01",
        "channel": "cash_machine",
        "taken": "yes",
        "outcome": "self_service",
    }
    assert lobby.waiting() == []
    assert not form.group("cash").isChecked()


def test_into_a_room(lobby: Lobby, console: LobbyWindow) -> None:
    lobby.until(lambda: len(console.rooms.rooms) == 2)
    lobby.press(console.form.room_button)
    lobby.until_told(console, "请客户到接待室 1，投诉处理岗已看到")
    (led,) = lobby.facts("visit.triaged")
    assert led.data["outcome"] == "room"
    (seated,) = lobby.facts("room.seated")
    assert seated.subject == "1"
    lobby.until(lambda: console.rooms.cells[1].second.whole_text() == "还没有登记")
    # The press is taken back where he would rather stay in the queue.
    console.toaster.undo_last()
    lobby.until(console.rooms.cells[1].button.isVisible)


def test_shown_into_a_room_of_choice(lobby: Lobby, console: LobbyWindow) -> None:
    lobby.until(lambda: len(console.rooms.rooms) == 2)
    cell = console.rooms.cells[2]
    assert cell.title.text() == "接待室 2 空闲"
    assert cell.button.text() == "请客户进"
    lobby.press(cell.button)
    lobby.until_told(console, "请客户到接待室 2，投诉处理岗已看到")
    lobby.until(lambda: cell.title.text() == "接待室 2 客户在等")


def test_nobody_ahead_and_a_free_counter_is_said(lobby: Lobby, console: LobbyWindow) -> None:
    lobby.open(1)
    lobby.until(lambda: console.floor.seats.seat(1).content().title == "空闲")
    lobby.press(console.form.group("cash"))
    lobby.until(lambda: console.form.well.wait.text() == "现在可办")
    assert console.form.well.ahead.text() == "前面 0 人"
    # Counter 1 does no loans.
    lobby.press(console.form.group("loan"))
    lobby.until(lambda: console.form.well.title.whole_text() == "贷款")
    assert console.form.well.wait.text() == "暂时无法估计"


def test_a_failed_print_calls_for_help_and_can_be_repeated(
    lobby: Lobby, station_for: Callable[[str, str], Station], qtbot: QtBot
) -> None:
    # A machine without a printer, until one is chosen.
    window = LobbyWindow(station_for("lobby", "100301"))
    qtbot.addWidget(window)
    window.show()
    lobby.until(lambda: bool(window.form.group_codes()))
    lobby.until(window.form.group("cash").isVisible)
    lobby.press(window.form.group("cash"))
    lobby.press(window.form.issue_button)
    lobby.until_told(window, "A001 没有打印出来，请告诉客户号码")
    lobby.until(lambda: len(window.floor.alerts.shown()) == 1)
    row = window.floor.alerts.row(window.floor.alerts.shown()[0])
    lobby.until(lambda: row.text.whole_text() == "号票没有打印出来，大堂，刚刚")
    assert row.subject.text() == "A001"
    assert [chip.text() for chip in window.top.printer_chips] == ["大堂打印失败"]
    assert row.button("reprint").text() == "重印"
    assert lobby.waiting()[0].print_state == "failed"


def test_the_paper_comes_the_second_time(
    lobby: Lobby, station_for: Callable[[str, str], Station], qtbot: QtBot, paper: Path
) -> None:
    from branch.lobby.commands.arrivals import RecordPrint
    from branch.lobby.commands.floor import AskHelp

    issued = lobby.issue("cash")
    lobby.kiosk(RecordPrint(issued.id, printed=False))
    lobby.kiosk(AskHelp("printer", issued.id))
    window = LobbyWindow(station_for("lobby", "100301"))
    qtbot.addWidget(window)
    window.show()
    lobby.until(lambda: len(window.floor.alerts.shown()) == 1)
    lobby.press(window.floor.alerts.row(f"print-{issued.id}").button("reprint"))
    lobby.until_told(window, "A001 已打印")
    assert len(list(paper.glob("*.pdf"))) == 1
    # The kiosk has still asked: somebody has to look at its printer.
    lobby.until(lambda: window.floor.alerts.shown()[0].startswith("help-"))
    row = window.floor.alerts.row(window.floor.alerts.shown()[0])
    assert row.accessibleName() == "1 号取号机 打印机需要看一下，刚刚"


def test_another_language_gives_an_english_ticket(
    lobby: Lobby, console: LobbyWindow, paper: Path
) -> None:
    language().choose("en")
    QApplication.processEvents()
    form = console.form
    lobby.press(form.flag("language"))
    lobby.press(form.flag("elderly"))
    lobby.press(form.group("cash"))
    lobby.until(
        lambda: (
            form.well.accessibleName() == "Cash, senior priority，Zone A，0 ahead，No estimate yet"
        )
    )
    assert form.well.service.text() == "Cash deposit"
    assert form.issue_button.text() == "Issue and print"
    lobby.press(form.issue_button)
    lobby.until_told(console, "A001 issued, printing")
    lobby.until(lambda: len(list(paper.glob("*.pdf"))) == 1)


def test_a_store_that_refuses_leaves_the_choices(lobby: Lobby, console: LobbyWindow) -> None:
    lobby.press(console.form.group("cash"))
    lobby.press(console.form.flag("booked"))
    lobby.manager(Book("P01", at(9, 30)))
    console.greeter._choose(console.greeter.chosen.with_booking("000000"))
    lobby.press(console.form.issue_button)
    lobby.until(
        lambda: console.form.well.shown_error() == "没有找到今天的这个预约码，请核对后再输入"
    )
    assert console.greeter.chosen.booking == "000000"
