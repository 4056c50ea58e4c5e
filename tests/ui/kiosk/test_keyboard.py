"""Everything can be reached and pressed by keys, and has a name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from tests.ui.kiosk.conftest import Customer
from ui.kiosk.booking import BookingPage
from ui.kiosk.elder import ElderHome
from ui.kiosk.home import HomePage
from ui.kiosk.offers import ServicesPage
from ui.kiosk.ticket import TicketPage


def walk(customer: Customer) -> list[QAbstractButton]:
    """The buttons the tab key stops at, in its order, until it comes round."""
    customer.activate()
    customer.window.setFocus()
    found: list[QAbstractButton] = []
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or customer.window, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if isinstance(now, QAbstractButton):
            if now in found:
                break
            found.append(now)
    return found


def visible(customer: Customer) -> set[QAbstractButton]:
    buttons = customer.window.page().findChildren(QAbstractButton)
    return {button for button in buttons if button.isVisible() and button.isEnabled()}


def test_tab_reaches_every_button_in_reading_order(customer: Customer) -> None:
    walked = walk(customer)
    assert set(walked) == visible(customer)
    home = customer.on(HomePage)
    assert walked[:8] == home.tiles
    assert walked[8:11] == [home.booking, home.help, home.care]
    assert walked[11:] == list(home.tools.values())


def test_tab_reaches_every_button_of_the_other_pages(customer: Customer) -> None:
    customer.group("cards")
    services = customer.on(ServicesPage)
    customer.press(services.rows["P05"])
    assert services.card is not None
    assert set(walk(customer)) == visible(customer)
    QTest.keyClick(customer.window, Qt.Key.Key_Escape)
    customer.press(customer.on(HomePage).booking)
    customer.on(BookingPage)
    assert set(walk(customer)) == visible(customer)
    QTest.keyClick(customer.window, Qt.Key.Key_Escape)
    customer.press(customer.on(HomePage).care)
    customer.on(ElderHome)
    assert set(walk(customer)) == visible(customer)


def test_a_ticket_by_keys_alone(customer: Customer, paper: Path) -> None:
    home = customer.on(HomePage)
    customer.activate()
    home.tiles[0].setFocus()
    QTest.keyClick(home.tiles[0], Qt.Key.Key_Return)
    services = customer.on(ServicesPage)
    services.rows["P18"].setFocus()
    QTest.keyClick(services.rows["P18"], Qt.Key.Key_Space)
    assert services.card is not None
    assert services.card.counter.hasFocus()
    QTest.keyClick(services.card.counter, Qt.Key.Key_Return)
    assert customer.stored(customer.on(TicketPage)).service == "P18"


def test_every_button_has_a_name(customer: Customer) -> None:
    for button in visible(customer):
        assert button.accessibleName() or button.text()
