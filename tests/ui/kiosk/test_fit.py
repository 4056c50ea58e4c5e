"""Every page in every mode and both languages: nothing cut, nothing over an edge, all in reach."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from branch.lobby.queries.slip import slip
from tests.ui.kiosk.conftest import Customer
from ui.kiosk.booking import BookingPage
from ui.kiosk.elder import OTHER, ElderHome, ElderList
from ui.kiosk.elder_service import ElderServicePage
from ui.kiosk.home import HomePage
from ui.kiosk.mode import HEIGHT, LOW_HEIGHT, Mode
from ui.kiosk.notice import HelpPage, MachinePage, SorryPage
from ui.kiosk.offers import ServicesPage
from ui.kiosk.page import KioskPage
from ui.kiosk.paragraph import Paragraph
from ui.kiosk.still_there import StillThere
from ui.kiosk.ticket import TicketPage
from ui.shell.language import language

MODES = [Mode(), Mode(low=True), Mode(elder=True), Mode(elder=True, low=True), Mode(contrast=True)]
NAMES = {mode: "-".join(part for part, on in vars(mode).items() if on) or "plain" for mode in MODES}


def inside(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


def check(customer: Customer, page: KioskPage, what: str) -> None:
    """What a person would see at once: cut words, overlapping buttons, parts over the edge."""
    window = customer.window
    customer.qtbot.wait(1)
    window.grab()
    buttons = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisible():
            continue
        where = f"{what}: {type(widget).__name__} {widget.accessibleName()}"
        place = inside(widget, window)
        assert window.rect().contains(place), f"{where} {place}"
        cut: tuple[str, ...] = getattr(widget, "cut_texts", tuple)()
        assert not cut, f"{where} {cut}"
        if isinstance(widget, Paragraph):
            if widget.wordWrap():
                assert widget.heightForWidth(widget.width()) <= widget.height() + 1, where
            else:
                assert widget.sizeHint().width() <= widget.width() + 1, where + widget.text()
        elif isinstance(widget, QLabel):
            needed = QFontMetricsF(widget.font()).horizontalAdvance(widget.text())
            assert needed <= widget.width() + 1, where
        if isinstance(widget, QAbstractButton):
            assert min(widget.width(), widget.height()) >= 80, where
            assert widget.width() + 1 >= widget.sizeHint().width(), where
            buttons.append((where, place))
    for at, (name, place) in enumerate(buttons):
        for other, there in buttons[at + 1 :]:
            assert not place.adjusted(-8, -8, 7, 7).intersects(there.adjusted(-8, -8, 7, 7)), (
                f"{name} is nearer than 16 px to {other}"
            )
    if page.mode.low:
        reach = HEIGHT - LOW_HEIGHT
        assert all(place.top() >= reach for _name, place in buttons), what


def put(customer: Customer, page: KioskPage) -> None:
    front = customer.window._front
    front.stand(page.mode)
    front.go(page)
    customer.qtbot.waitUntil(page.isVisible)


@pytest.fixture(params=["zh", "en"])
def spoken(request: pytest.FixtureRequest) -> str:
    language().choose(request.param)
    return str(request.param)


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("mode", MODES, ids=NAMES.values())
def test_pages(customer: Customer, mode: Mode) -> None:
    customer.issue("P01", 12)
    customer.open(7)
    station, front = customer.window._station, customer.window._front
    customer.qtbot.waitUntil(lambda: bool(front.shown and front.shown.ahead["A"] == 12))
    shown = front.shown
    assert shown is not None
    home = ElderHome if mode.elder else HomePage
    pages: list[KioskPage] = [
        home(station, mode, shown),
        HelpPage(station, mode),
        MachinePage(station, mode, "cash_machine"),
        MachinePage(station, mode, "smart_teller"),
        SorryPage(station, mode),
        BookingPage(station, mode),
    ]
    for page in pages:
        put(customer, page)
        check(customer, page, type(page).__name__)
    answered, booking = pages[1], pages[-1]
    assert isinstance(answered, HelpPage)
    assert isinstance(booking, BookingPage)
    put(customer, again := HelpPage(station, mode))
    again.show_answered(True)
    check(customer, again, "answered")
    put(customer, wrong := BookingPage(station, mode))
    wrong.refuse("123456", "没有找到今天的这个预约码，请核对后再输入")
    check(customer, wrong, "refused")


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("mode", MODES, ids=NAMES.values())
def test_tickets_of_every_group(customer: Customer, mode: Mode) -> None:
    station, front = customer.window._station, customer.window._front
    shown = front.shown
    assert shown is not None
    for entry in shown.kiosk.groups:
        issued = customer.issue(entry.services[0].code)
        kept = replace(slip(customer.other.store, issued.id), ahead=118, number="A1018")
        page = TicketPage(station, mode, shown, kept)
        put(customer, page)
        check(customer, page, f"ticket {entry.group.code}")
        page.show_print(printed=False)
        check(customer, page, f"ticket without paper {entry.group.code}")


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("low", [False, True], ids=["plain", "low"])
def test_every_service_open(customer: Customer, low: bool) -> None:
    station, shown = customer.window._station, customer.window._front.shown
    assert shown is not None
    for entry in shown.kiosk.groups:
        page = ServicesPage(station, Mode(low=low), shown, entry.group.code)
        put(customer, page)
        for code, row in page.rows.items():
            while not row.isVisible() and page.card is None:
                page._turn()
            check(customer, page, f"list {entry.group.code}")
            page.open(code)
            check(customer, page, f"open {code}")
            page._close()
            page._arrange()


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("low", [False, True], ids=["plain", "low"])
def test_every_service_in_big_letters(customer: Customer, low: bool) -> None:
    station, shown = customer.window._station, customer.window._front.shown
    assert shown is not None
    mode = Mode(elder=True, low=low)
    for group in (OTHER, *(entry.group.code for entry in shown.kiosk.groups)):
        rows = ElderList(station, mode, shown, group)
        put(customer, rows)
        for _ in range(rows._pages()):
            check(customer, rows, f"rows {group}")
            rows._turn()
    for entry in shown.kiosk.groups:
        for service in entry.services:
            page = ElderServicePage(station, mode, shown, service)
            put(customer, page)
            check(customer, page, f"service {service.code}")


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("mode", MODES, ids=NAMES.values())
def test_the_question_fits(customer: Customer, mode: Mode) -> None:
    customer.window._front.stand(mode)
    question = StillThere(mode, customer.window._front.ground)
    customer.window.grab()
    assert customer.window.rect().contains(inside(question.panel, customer.window))
    for words in (question.title, question.text):
        assert words.heightForWidth(words.width()) <= words.height() + 1
        assert not words.cut_texts()
    for button in (question.home, question.stay):
        assert not button.cut_texts()
        if mode.low:
            assert inside(button, customer.window).top() >= HEIGHT - LOW_HEIGHT


def test_it_is_scaled_to_other_screens(customer: Customer) -> None:
    customer.window.resize(540, 1200)
    customer.window.grab()
    home = customer.on(HomePage)
    assert home.tiles[0].width() == 237
    assert not any(tile.cut_texts() for tile in home.tiles)
    customer.press(home.tiles[0])
    services = customer.on(ServicesPage)
    customer.window.grab()
    assert next(iter(services.rows.values())).height() == 54
