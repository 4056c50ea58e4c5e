"""A booking code, typed, pressed or scanned: good, unknown, used."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branch.lobby.commands.bookings import Book
from branch.lobby.queries.screens import console
from tests.ui.kiosk.conftest import Customer
from ui.kiosk.booking import BookingPage
from ui.kiosk.home import HomePage
from ui.kiosk.ticket import TicketPage

HOUR = 3_600_000


def book(customer: Customer, service: str = "P16") -> str:
    code: str = customer.manager(Book(service, customer.clock.now_ms() + HOUR))
    return code


def test_a_typed_code_gives_the_booked_ticket(customer: Customer, paper: Path) -> None:
    code = book(customer)
    customer.press(customer.on(HomePage).booking)
    page = customer.on(BookingPage)
    assert not page.take.isEnabled()
    for digit in code:
        customer.press(page.keys[digit])
    assert page.cells.digits == code
    customer.press(page.take)
    stored = customer.stored(customer.on(TicketPage))
    assert (stored.service, stored.classes) == ("P16", ("appointment",))


def test_an_unknown_code_is_told_and_stays_to_be_corrected(customer: Customer) -> None:
    known = book(customer)
    wrong = f"{(int(known) + 1) % 1_000_000:06d}"
    customer.press(customer.on(HomePage).booking)
    page = customer.on(BookingPage)
    for digit in wrong:
        customer.press(page.keys[digit])
    customer.press(page.take)
    customer.qtbot.waitUntil(
        lambda: page.error.text() == "没有找到今天的这个预约码，请核对后再输入"
    )
    assert page.cells.digits == wrong
    assert page.take.isEnabled()
    customer.press(page.keys["B"])
    assert (page.cells.digits, page.error.text()) == (wrong[:5], "")
    customer.press(page.keys["C"])
    assert page.cells.digits == ""
    assert console(customer.other.store).waiting == ()


def test_a_code_is_good_for_one_ticket(customer: Customer, paper: Path) -> None:
    code = book(customer)
    customer.type(f"{code}\n")
    customer.press(customer.on(TicketPage).finish)
    customer.on(HomePage)
    customer.type(f"{code}\n")
    page = customer.on(BookingPage)
    customer.qtbot.waitUntil(lambda: page.error.text() == "这个预约码已经取过号")
    assert page.cells.digits == code


def test_a_scanner_works_at_the_first_page_and_at_the_pad(customer: Customer, paper: Path) -> None:
    first, second = book(customer), book(customer)
    customer.type(f"{first}\n")
    customer.press(customer.on(TicketPage).finish)
    customer.press(customer.on(HomePage).booking)
    page = customer.on(BookingPage)
    customer.type(second)
    assert page.cells.digits == second
    customer.type("\n")
    customer.on(TicketPage)


def test_digits_typed_long_ago_belong_to_nobody(customer: Customer) -> None:
    customer.type("12")
    customer.clock.advance(10)
    customer.type("\n")
    customer.qtbot.wait(150)
    customer.on(HomePage)


def test_keys_of_a_keyboard_work_at_the_pad(customer: Customer) -> None:
    customer.press(customer.on(HomePage).booking)
    page = customer.on(BookingPage)
    customer.type("123")
    QTest.keyClick(customer.window, Qt.Key.Key_Backspace)
    assert page.cells.digits == "12"
    customer.type("\n")
    assert page.error.text() == "预约码是六位数字，请再核对"
    QTest.keyClick(customer.window, Qt.Key.Key_Escape)
    customer.on(HomePage)


def test_the_same_digit_may_be_pressed_twice_at_once(customer: Customer) -> None:
    customer.press(customer.on(HomePage).booking)
    page = customer.on(BookingPage)
    customer.press(page.keys["7"])
    QTest.mouseClick(page.keys["7"], Qt.MouseButton.LeftButton)
    assert page.cells.digits == "77"
