"""Big letters, high contrast, low position."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branch.catalogue.commands import ChangeClass, ChangeSetting
from tests.ui.kiosk.conftest import Customer
from ui.kiosk.elder import ElderHome, ElderList
from ui.kiosk.elder_service import ElderServicePage
from ui.kiosk.fading import FadingPicture
from ui.kiosk.home import HomePage
from ui.kiosk.mode import HEIGHT, LOW_HEIGHT
from ui.kiosk.notice import HelpPage, MachinePage
from ui.kiosk.offers import ServicesPage
from ui.kiosk.ticket import TicketPage
from ui.shell.theme import reduce_motion, theme_of


def elder(customer: Customer) -> ElderHome:
    customer.press(customer.on(HomePage).tools["elder"])
    return customer.on(ElderHome)


def test_one_tap_gives_five_everyday_words_and_loud_help(customer: Customer) -> None:
    home = elder(customer)
    assert [tile.content().title for tile in home.tiles] == [
        "存钱、取钱", "养老金、社保卡", "银行卡、密码", "转账汇款", "其他业务",
    ]  # fmt: skip
    assert home.help.content().title == "请人帮我办"
    assert home.help.height() > home.tiles[0].height()
    assert "您好！" in customer.read()
    customer.press(home.plain)
    customer.on(HomePage)


def test_senior_care_opens_the_same_page(customer: Customer) -> None:
    customer.press(customer.on(HomePage).care)
    customer.on(ElderHome)


@pytest.mark.parametrize(("old", "classes"), [(True, ("elderly",)), (False, ("ordinary",))])
def test_the_class_is_what_the_customer_says(
    customer: Customer, paper: Path, old: bool, classes: tuple[str, ...]
) -> None:
    customer.press(elder(customer).tiles[0])
    customer.press(customer.on(ElderList).tiles[0])
    page = customer.on(ElderServicePage)
    assert page.question.text() == "您满 60 周岁吗？"
    customer.press(page.old if old else page.young)
    stored = customer.stored(customer.on(TicketPage))
    assert (stored.service, stored.classes, stored.care) == ("P01", classes, ())


def test_the_age_is_the_branchs_setting(customer: Customer) -> None:
    customer._run("100001", "admin", ChangeSetting("elderly_age", 65))
    customer.issue("P01")
    home = customer.on(HomePage)
    customer.qtbot.waitUntil(lambda: "等候 1 人" in home.tiles[0].accessibleName())
    customer.press(elder(customer).tiles[0])
    customer.press(customer.on(ElderList).tiles[0])
    page = customer.on(ElderServicePage)
    assert page.question.text() == "您满 65 周岁吗？"
    assert page.old.content().title == "满 65 周岁，取号"


def test_no_head_start_is_promised_where_there_is_none(customer: Customer) -> None:
    customer._run("100001", "admin", ChangeClass("elderly", credit=0, target=10))
    customer.issue("P01")
    home = customer.on(HomePage)
    customer.qtbot.waitUntil(lambda: "等候 1 人" in home.tiles[0].accessibleName())
    customer.press(elder(customer).tiles[0])
    customer.press(customer.on(ElderList).tiles[0])
    assert not customer.on(ElderServicePage).why.isVisible()


def test_the_counter_comes_before_the_machine(customer: Customer) -> None:
    customer.press(elder(customer).tiles[0])
    customer.press(customer.on(ElderList).tiles[0])
    page = customer.on(ElderServicePage)
    assert page.old._style.fill == "solid"
    assert page.machine._style.fill == "plain"
    assert page.machine.y() > page.young.y() > page.old.y()
    customer.press(page.machine)
    assert customer.on(MachinePage).title.text() == "请到自助柜员机办理"


def test_other_services_lead_to_the_remaining_groups(customer: Customer) -> None:
    customer.press(elder(customer).tiles[4])
    others = customer.on(ElderList)
    assert [tile.content().title for tile in others.tiles] == [
        "理财与存单", "贷款", "对公业务", "外汇与其他",
    ]  # fmt: skip
    customer.press(others.tiles[2])
    rows = customer.on(ElderList)
    assert rows is not others
    assert rows.title.text() == "对公业务"
    customer.press(rows.more)
    assert rows.more.text() == "更多业务 2/2"
    assert sum(tile.isVisible() for tile in rows.tiles) == 4


def test_every_page_of_big_letters_offers_help(customer: Customer) -> None:
    customer.press(elder(customer).tiles[0])
    bar = customer.on(ElderList).bar
    assert bar is not None
    customer.press(bar.help)
    customer.on(HelpPage)


def test_high_contrast_is_a_toggle_and_ends_with_the_customer(customer: Customer) -> None:
    customer.press(customer.on(HomePage).tools["contrast"])
    home = customer.on(HomePage)
    assert theme_of(home).name == "hc"
    assert home.tools["contrast"].text() == "普通色"
    customer.press(home.tools["elder"])
    assert theme_of(customer.on(ElderHome)).name == "hc"
    customer.later(200)
    assert theme_of(customer.on(HomePage)).name == "light"


def test_low_position_keeps_everything_within_reach(customer: Customer, paper: Path) -> None:
    customer.press(customer.on(HomePage).tools["low"])
    home = customer.on(HomePage)
    reach = HEIGHT - LOW_HEIGHT
    for button in (*home.tiles, home.booking, home.help, home.care, *home.tools.values()):
        assert button.mapTo(customer.window, button.rect().topLeft()).y() >= reach
    assert home.greeting.y() >= reach
    assert [tile.content().title for tile in home.tiles] == [
        "现金存取", "银行卡与账户", "转账汇款", "社保与养老金",
    ]  # fmt: skip
    customer.press(home.more)
    assert [tile.content().title for tile in home.tiles] == [
        "理财与存单", "贷款", "对公业务", "外汇与其他",
    ]  # fmt: skip
    customer.press(home.tiles[3])
    services = customer.on(ServicesPage)
    first = next(iter(services.rows.values()))
    assert first.mapTo(customer.window, first.rect().topLeft()).y() >= reach
    customer.press(first)
    assert not any(row.isVisible() for row in services.rows.values())
    assert services.bar is not None
    customer.press(services.bar.back)
    assert customer.window.page() is services
    assert first.isVisible()
    customer.press(first)
    assert services.card is not None
    customer.press(services.card.counter)
    page = customer.on(TicketPage)
    assert page.title.mapTo(customer.window, page.title.rect().topLeft()).y() >= reach


def test_low_position_is_undone_by_its_own_button(customer: Customer) -> None:
    customer.press(customer.on(HomePage).tools["low"])
    low = customer.on(HomePage)
    assert low.tools["low"].text() == "普通位置"
    customer.press(low.tools["low"])
    assert len(customer.on(HomePage).tiles) == 8


def test_pages_fade_into_each_other_but_not_in_big_letters(customer: Customer) -> None:
    reduce_motion(False)
    ground = customer.window.stage.content
    customer.group("cash")
    (fading,) = ground.findChildren(FadingPicture)
    # What is under the fading picture can be pressed at once.
    assert fading.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    customer.qtbot.waitUntil(lambda: not ground.findChildren(FadingPicture))
    QTest.keyClick(customer.window, Qt.Key.Key_Escape)
    customer.qtbot.waitUntil(lambda: not ground.findChildren(FadingPicture))
    customer.press(elder(customer).tiles[0])
    customer.on(ElderList)
    assert not ground.findChildren(FadingPicture)


def test_big_letters_stay_low(customer: Customer) -> None:
    customer.press(customer.on(HomePage).tools["low"])
    customer.press(customer.on(HomePage).tools["elder"])
    home = customer.on(ElderHome)
    assert [tile.content().title for tile in home.tiles] == ["存钱、取钱", "养老金、社保卡"]
    customer.press(home.more)
    customer.press(home.more)
    assert [tile.content().title for tile in home.tiles if tile.isVisible()] == ["其他业务"]
    assert home.tiles[0].y() >= HEIGHT - LOW_HEIGHT
