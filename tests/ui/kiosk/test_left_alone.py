"""A kiosk left alone asks, and goes home with nothing of the last customer left."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.kiosk.conftest import Customer
from ui.kiosk.booking import BookingPage
from ui.kiosk.elder import ElderHome
from ui.kiosk.home import HomePage
from ui.kiosk.offers import ServicesPage
from ui.kiosk.still_there import StillThere
from ui.shell.language import language


def asked(customer: Customer) -> StillThere:
    question = customer.window.question()
    assert question is not None
    return question


def test_forty_seconds_then_a_question_then_home(customer: Customer) -> None:
    customer.group("cash")
    customer.later(39)
    assert customer.window.question() is None
    customer.later(1)
    question = asked(customer)
    assert question.title.text() == "您还在吗？"
    assert question.text.text() == "没有操作时，20 秒后返回首页，您的资料会清除"
    customer.later(5)
    assert "15 秒后" in question.text.text()
    customer.on(ServicesPage)
    customer.later(15)
    customer.on(HomePage)
    assert customer.window.question() is None


def test_going_on_keeps_the_page_and_what_was_typed(customer: Customer) -> None:
    customer.press(customer.on(HomePage).booking)
    page = customer.on(BookingPage)
    customer.press(page.keys["4"])
    customer.later(45)
    customer.press(asked(customer).stay)
    assert customer.window.question() is None
    assert customer.window.page() is page
    assert page.cells.digits == "4"
    customer.later(39)
    assert customer.window.question() is None


def test_what_was_typed_is_cleared(customer: Customer) -> None:
    customer.press(customer.on(HomePage).booking)
    page = customer.on(BookingPage)
    customer.press(page.keys["4"])
    customer.later(60)
    customer.press(customer.on(HomePage).booking)
    assert customer.on(BookingPage).cells.digits == ""


def test_a_touch_beside_the_question_says_somebody_is_there(customer: Customer) -> None:
    customer.group("cash")
    services = customer.on(ServicesPage)
    customer.later(41)
    customer.touch(asked(customer), QPoint(540, 300))
    assert customer.window.question() is None
    assert customer.window.page() is services
    assert services.card is None


def test_back_to_the_first_page_is_the_other_answer(customer: Customer) -> None:
    customer.group("cash")
    customer.later(41)
    customer.press(asked(customer).home)
    customer.on(HomePage)


def test_the_keyboard_stays_between_the_two_answers(customer: Customer) -> None:
    customer.activate()
    customer.group("cash")
    customer.later(41)
    question = asked(customer)
    customer.qtbot.waitUntil(question.stay.hasFocus)
    QTest.keyClick(question.stay, Qt.Key.Key_Tab)
    assert question.home.hasFocus()
    QTest.keyClick(question.home, Qt.Key.Key_Tab)
    assert question.stay.hasFocus()
    QTest.keyClick(question.stay, Qt.Key.Key_Return)
    assert customer.window.question() is None


def test_big_letters_wait_longer(customer: Customer) -> None:
    customer.press(customer.on(HomePage).care)
    customer.later(89)
    assert customer.window.question() is None
    customer.later(1)
    assert "30 秒后" in asked(customer).text.text()
    customer.later(29)
    customer.on(ElderHome)
    customer.later(1)
    customer.on(HomePage)


def test_another_language_ends_with_its_customer(customer: Customer) -> None:
    customer.press(customer.on(HomePage).tools["language"])
    assert language().code == "en"
    customer.later(40)
    assert asked(customer).title.text() == "Are you still there?"
    customer.later(20)
    assert language().code == "zh"
    assert customer.on(HomePage).greeting.text() == "您好，欢迎光临"


def test_the_first_page_as_it_is_asks_nobody(customer: Customer) -> None:
    home = customer.on(HomePage)
    customer.later(3600)
    assert customer.window.question() is None
    assert customer.window.page() is home
    assert home.header is not None
    assert home.header.clock.text() == "10:00"


def test_every_touch_counts_as_somebody(customer: Customer) -> None:
    customer.group("cash")
    services = customer.on(ServicesPage)
    for _ in range(5):
        customer.later(30)
        customer.touch(services, QPoint(10, 1700))
    assert customer.window.question() is None


def test_the_tremor_after_a_press_opens_nothing(customer: Customer) -> None:
    customer.group("cash")
    services = customer.on(ServicesPage)
    QTest.mouseClick(services.rows["P01"], Qt.MouseButton.LeftButton)
    assert services.card is None
    customer.clock.advance(0.5)
    QTest.mouseClick(services.rows["P01"], Qt.MouseButton.LeftButton)
    assert services.card is not None


def test_a_clock_set_back_does_not_lock_the_kiosk(customer: Customer) -> None:
    customer.group("cash")
    services = customer.on(ServicesPage)
    customer.clock.advance(-3600)
    QTest.mouseClick(services.rows["P01"], Qt.MouseButton.LeftButton)
    assert services.card is not None
