"""From the first page to a ticket: presses, what is read, what is stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from branch.catalogue.commands import ChangeClass, ChangeService
from branch.catalogue.queries import services as offered
from branch.catalogue.rules import offered_machine
from branch.inspections.commands import AddEquipment, SetEquipmentState
from branch.kernel.journal import entries
from branch.kernel.settings import Settings
from branch.lobby.queries.screens import console
from tests.ui.kiosk.conftest import Customer
from ui.kiosk.home import HomePage
from ui.kiosk.notice import HelpPage, MachinePage
from ui.kiosk.offers import ServicesPage
from ui.kiosk.ticket import TicketPage
from ui.shell.language import language
from ui.widgets.state import State

ORDER = "老年客户按提前30分钟到达排序；比您晚到45分钟以上的客户，不会先于您办理同一业务。"


def test_three_presses_give_the_stored_number(
    customer: Customer, paper: Path, settings: Settings
) -> None:
    customer.issue("P05", 2)
    customer.group("cards")
    services = customer.on(ServicesPage)
    customer.press(services.rows["P06"])
    assert services.card is not None
    customer.press(services.card.counter)
    page = customer.on(TicketPage)
    stored = customer.stored(page)
    assert page.card.number.text() == "C003"
    assert (stored.service, stored.classes) == ("P06", ("ordinary",))
    assert page.card.ahead.text() == "2 人"
    customer.qtbot.waitUntil(lambda: page.card.wait.text() == "暂时无法估计")
    assert page.place.text() == "请到 B 区等候"
    assert page.way.text() == "进门右侧，蓝色座椅"
    assert ORDER in customer.read()
    assert "错过叫号？请直接找大堂经理，不用重新取号" in customer.read()
    customer.qtbot.waitUntil(lambda: page.title.text() == "取号成功，请取走小票")
    assert [file.name for file in paper.iterdir()] == ["号票 C003 2026-11-20.pdf"]
    customer.qtbot.waitUntil(lambda: customer.stored(page).print_state == "printed")


def test_a_group_of_one_service_is_open_at_once(customer: Customer, paper: Path) -> None:
    customer.group("loan")
    services = customer.on(ServicesPage)
    assert services.card is not None
    customer.press(services.card.counter)
    assert customer.stored(customer.on(TicketPage)).service == "P16"


def test_tiles_tell_how_many_wait_and_that_a_counter_is_free(customer: Customer) -> None:
    home = customer.on(HomePage)
    assert home.tiles[0].accessibleName() == (
        "现金存取，存款、取款、零钱兑换，无人等候，暂时无法估计"
    )
    customer.issue("P05")
    customer.open(1)
    customer.qtbot.waitUntil(lambda: "现在可办" in home.tiles[0].accessibleName())
    assert "等候 1 人，暂时无法估计" in home.tiles[1].accessibleName()


def test_who_comes_to_a_free_counter_reads_it_on_the_ticket(
    customer: Customer, paper: Path
) -> None:
    customer.open(1)
    home = customer.on(HomePage)
    customer.qtbot.waitUntil(lambda: "现在可办" in home.tiles[0].accessibleName())
    customer.group("cash")
    services = customer.on(ServicesPage)
    customer.press(services.rows["P01"])
    assert services.card is not None
    assert services.card.counter.content().second == "前面没有人"
    assert services.card.counter.content().third == "现在可办"
    customer.press(services.card.counter)
    page = customer.on(TicketPage)
    assert (page.card.ahead.text(), page.card.wait.text()) == ("0 人", "现在可办")


def test_what_to_bring_stands_with_its_case(customer: Customer) -> None:
    customer.group("cash")
    services = customer.on(ServicesPage)
    customer.press(services.rows["P01"])
    read = customer.read()
    assert "请准备好以下物品" in read
    assert "银行卡或存折" in read
    assert "金额较大时：身份证件（现金5万元以上，登记身份基本信息）" in read
    assert "代他人办理时：代理人身份证件及授权（代办时）" in read


def test_the_machine_is_offered_beside_the_counter(customer: Customer, qtbot: QtBot) -> None:
    customer.group("cash")
    services = customer.on(ServicesPage)
    customer.press(services.rows["P01"])
    assert services.card is not None
    assert services.card.machine is not None
    offer = services.card.machine.content()
    assert offer.title == "现在就去自助机办"
    assert (offer.second, offer.third) == ("一般约 4 分钟办完", "自助柜员机，不用取号")
    customer.press(services.card.machine)
    guide = customer.on(MachinePage)
    assert guide.title.text() == "请到自助柜员机办理"
    assert console(customer.other.store).waiting == ()

    def noted() -> bool:
        seen = [entry for entry in entries(customer.other.store) if entry.what == "visit.triaged"]
        return [entry.data["outcome"] for entry in seen] == ["self_service"]

    qtbot.waitUntil(noted)
    customer.press(guide.help)
    customer.on(HelpPage)


def test_a_service_only_the_counter_does_offers_no_machine(customer: Customer) -> None:
    customer.group("cash")
    services = customer.on(ServicesPage)
    customer.press(services.rows["P18"])
    assert services.card is not None
    assert services.card.machine is None


def test_opening_another_row_closes_the_first(customer: Customer) -> None:
    customer.group("cash")
    services = customer.on(ServicesPage)
    customer.press(services.rows["P01"])
    customer.press(services.rows["P02"])
    assert services.card is not None
    assert services.card.service.code == "P02"
    assert services.rows["P01"].isVisible()
    assert not services.rows["P02"].isVisible()


def test_a_long_list_is_turned_page_by_page(customer: Customer) -> None:
    customer.group("cards")
    services = customer.on(ServicesPage)
    shown = [code for code, row in services.rows.items() if row.isVisible()]
    assert len(shown) == 5
    assert services.more.text() == "更多业务 1/2"
    customer.press(services.more)
    rest = [code for code, row in services.rows.items() if row.isVisible()]
    assert len(rest) == 5
    assert not set(shown) & set(rest)
    customer.press(services.more)
    assert services.more.text() == "更多业务 1/2"


def test_a_service_closed_meanwhile_is_refused_with_a_sentence(customer: Customer) -> None:
    customer.group("cash")
    services = customer.on(ServicesPage)
    customer.press(services.rows["P18"])
    kept = next(item for item in offered(customer.other.store) if item.code == "P18")
    change = ChangeService(
        kept.code, kept.group, kept.name.zh, kept.name.en, kept.minutes, kept.documents,
        kept.channels, active=False,
    )  # fmt: skip
    customer._run("100001", "admin", change)
    assert services.card is not None
    customer.press(services.card.counter)
    card = services.card
    customer.qtbot.waitUntil(lambda: card.refused.text() == "这项业务现在不办理")
    assert card.counter.isEnabled()
    assert console(customer.other.store).waiting == ()


def test_without_credits_the_ticket_promises_the_order_of_arrival(
    customer: Customer, paper: Path
) -> None:
    for klass in ("assisted", "pregnant_or_infant", "elderly", "military", "appointment", "vip",
                  "corporate"):  # fmt: skip
        customer._run("100001", "admin", ChangeClass(klass, credit=0, target=20))
    customer.group("loan")
    services = customer.on(ServicesPage)
    assert services.card is not None
    customer.press(services.card.counter)
    page = customer.on(TicketPage)
    read = customer.read()
    assert "同一业务按取号先后叫号。各柜台能办的业务不同。" in read
    assert not any("老年" in text or "预约" in text for text in read)
    assert page.glyph.state() is State.OK


def test_the_done_button_counts_down_and_goes_home(customer: Customer, paper: Path) -> None:
    customer.group("loan")
    services = customer.on(ServicesPage)
    assert services.card is not None
    customer.press(services.card.counter)
    page = customer.on(TicketPage)
    customer.later(1)
    assert page.finish.accessibleDescription() == "19 秒后自动返回"
    customer.later(18)
    assert customer.window.page() is page
    customer.later(1)
    customer.on(HomePage)


def test_done_goes_home_at_once(customer: Customer, paper: Path) -> None:
    customer.group("loan")
    services = customer.on(ServicesPage)
    assert services.card is not None
    customer.press(services.card.counter)
    customer.press(customer.on(TicketPage).finish)
    customer.on(HomePage)


@pytest.mark.usefixtures("jammed")
def test_without_paper_the_number_stands_and_the_lobby_manager_is_called(
    customer: Customer,
) -> None:
    customer.group("loan")
    services = customer.on(ServicesPage)
    assert services.card is not None
    customer.press(services.card.counter)
    page = customer.on(TicketPage)
    customer.qtbot.waitUntil(lambda: page.title.text() == "取号成功，请用手机拍下号码")
    assert page.trouble.isVisible()
    assert page.trouble.text() == "小票没有打印出来，大堂经理马上过来"
    assert page.glyph.state() is State.ATTENTION
    assert page.card.number.text() == customer.ticket().number
    # Taking a picture takes longer than taking a slip.
    customer.later(30)
    assert customer.window.page() is page
    store = customer.other.store
    customer.qtbot.waitUntil(lambda: len(console(store).help) == 1)
    (asked,) = console(store).help
    assert (asked.kind, asked.number, asked.station) == (
        "printer", page.card.number.text(), "kiosk-1",
    )  # fmt: skip
    assert customer.ticket().print_state == "failed"


def test_in_english_everything_is_told_in_english(customer: Customer, paper: Path) -> None:
    home = customer.on(HomePage)
    customer.press(home.tools["language"])
    customer.qtbot.waitUntil(lambda: home.greeting.text() == "Hello, welcome")
    assert home.tools["language"].text() == "中文"
    customer.group("cards")
    services = customer.on(ServicesPage)
    assert services.title.text() == "Cards & accounts"
    customer.press(services.rows["P06"])
    assert services.card is not None
    customer.press(services.card.counter)
    page = customer.on(TicketPage)
    assert page.card.ahead.text() == "0 people"
    customer.qtbot.waitUntil(lambda: page.card.wait.text() == "No estimate yet")
    assert page.place.text() == "Wait in area B"
    assert any(text.startswith("Elderly customers are placed") for text in customer.read())
    customer.qtbot.waitUntil(lambda: page.title.text() == "Please take your ticket")
    assert [file.name for file in paper.iterdir()] == ["Ticket C001 2026-11-20.pdf"]
    # The next customer finds the kiosk in Chinese again.
    customer.press(page.finish)
    assert customer.on(HomePage).greeting.text() == "您好，欢迎光临"
    assert language().code == "zh"


def test_a_machine_out_of_order_is_told_where_it_would_be_offered(customer: Customer) -> None:
    machine = customer.manager(AddEquipment("smart_teller", "智能柜台 1", "大厅"))
    customer.manager(SetEquipmentState(machine, "broken", "屏幕不亮"))
    customer.qtbot.waitUntil(
        lambda: all(
            service.machine != "smart_teller"
            for entry in customer.shown_groups()
            for service in entry.services
        )
    )
    group, service = next(
        (entry.group.code, service)
        for entry in customer.shown_groups()
        for service in entry.services
        if offered_machine(service.channels) == "smart_teller" and service.machine is None
    )
    customer.group(group)
    page = customer.on(ServicesPage)
    if page.card is None:
        customer.press(page.rows[service.code])
    assert page.card is not None
    assert page.card.machine is None
    assert page.card.out.isVisible()
    assert page.card.out.text() == "智能柜台暂停使用，请到柜台办理。"
    assert "屏幕不亮" not in customer.read()
    language().choose("en")
    customer.qtbot.waitUntil(
        lambda: (
            page.card is not None
            and page.card.out.text() == "Smart teller machine out of order, please go to a counter."
        )
    )
