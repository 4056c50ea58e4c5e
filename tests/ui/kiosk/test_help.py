"""Help is called, and the page says when somebody is on his way."""

from __future__ import annotations

from branch.lobby.commands.floor import AnswerHelp
from branch.lobby.queries.screens import console
from tests.ui.kiosk.conftest import Customer
from ui.kiosk.home import HomePage
from ui.kiosk.notice import HelpPage
from ui.kiosk.offers import ServicesPage
from ui.widgets.state import State


def test_help_calls_the_lobby_manager_to_this_kiosk(customer: Customer) -> None:
    customer.press(customer.on(HomePage).help)
    page = customer.on(HelpPage)
    assert page.title.text() == "大堂经理马上过来"
    assert page.state.chip().text == "已经通知大堂经理"
    customer.qtbot.waitUntil(lambda: len(console(customer.other.store).help) == 1)
    (asked,) = console(customer.other.store).help
    assert (asked.kind, asked.station) == ("customer", "kiosk-1")
    customer.manager(AnswerHelp(asked.id))
    customer.qtbot.waitUntil(lambda: page.state.chip().text == "大堂经理已经知道，正在过来")
    assert page.state.chip().state is State.OK
    customer.press(page.go_on)
    customer.on(HomePage)


def test_asking_twice_is_one_call(customer: Customer) -> None:
    for _ in range(2):
        customer.press(customer.on(HomePage).help)
        customer.press(customer.on(HelpPage).go_on)
    customer.qtbot.waitUntil(lambda: len(console(customer.other.store).help) == 1)
    customer.qtbot.wait(150)
    assert len(console(customer.other.store).help) == 1


def test_the_foot_of_the_services_asks_for_help_too(customer: Customer) -> None:
    customer.group("cash")
    customer.press(customer.on(ServicesPage).foot)
    customer.on(HelpPage)
