"""Without its store the kiosk says so on the whole page, and comes back by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from branch.kernel.errors import StoreUnavailable
from tests.ui.kiosk.conftest import Customer
from ui.kiosk.booking import BookingPage
from ui.kiosk.home import HomePage
from ui.kiosk.notice import SorryPage
from ui.kiosk.offers import ServicesPage
from ui.kiosk.ticket import TicketPage
from ui.shell.station import Station


@pytest.fixture
def lost(station: Station, customer: Customer) -> Iterator[Customer]:
    """A customer half-way, when the store goes."""
    customer.press(customer.on(HomePage).booking)
    customer.press(customer.on(BookingPage).keys["4"])
    station._on_store_failed(StoreUnavailable("store_unreachable"), 1)
    yield customer
    station.online.emit()


def test_the_whole_page_says_it(lost: Customer) -> None:
    lost.on(SorryPage)
    read = lost.read()
    assert "对不起，本机暂时不能取号。" in read
    assert "请找大堂经理。" in read
    lost.later(300)
    lost.on(SorryPage)
    assert lost.window.question() is None


def test_it_comes_back_by_itself_with_nothing_typed(lost: Customer, station: Station) -> None:
    lost.on(SorryPage)
    station.online.emit()
    lost.press(lost.on(HomePage).booking)
    assert lost.on(BookingPage).cells.digits == ""


def test_a_ticket_stays_until_it_was_read(
    customer: Customer, station: Station, paper: Path
) -> None:
    customer.group("loan")
    services = customer.on(ServicesPage)
    assert services.card is not None
    customer.press(services.card.counter)
    page = customer.on(TicketPage)
    station._on_store_failed(StoreUnavailable("store_unreachable"), 1)
    assert customer.window.page() is page
    customer.press(page.finish)
    customer.on(SorryPage)
    station.online.emit()
    customer.on(HomePage)


def test_a_ticket_that_could_not_be_given_ends_on_that_page(
    customer: Customer, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise StoreUnavailable("store_unreachable")

    customer.group("loan")
    services = customer.on(ServicesPage)
    monkeypatch.setattr("ui.kiosk.errands.slip", refuse)
    assert services.card is not None
    customer.press(services.card.counter)
    customer.on(SorryPage)
    monkeypatch.undo()
    customer.on(HomePage)
