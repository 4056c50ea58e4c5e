"""Expected waits at the kiosk: on tiles, on the way, on the ticket and on its paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from branch.kernel.journal import entries
from branch.lobby.queries.slip import slip
from branch.lobby.waits.projection import Spread
from tests.ui.kiosk.conftest import Customer
from tests.ui.kiosk.test_fit import MODES, NAMES, check, put
from tests.ui.waits import SetWaits, an_outlook, everywhere
from ui.kiosk.elder import ElderHome, ElderList
from ui.kiosk.elder_service import ElderServicePage
from ui.kiosk.home import HomePage
from ui.kiosk.mode import Mode
from ui.kiosk.offers import ServicesPage
from ui.kiosk.ticket import TicketPage
from ui.shell.language import language
from ui.shell.waits import Promise

BASIS = "10 位客户中约 8 位在此时间内办上。"


def paper_text(paper: Path) -> str:
    (file,) = paper.iterdir()
    return "".join(PdfReader(file).pages[0].extract_text().split())


def test_tiles_show_the_range_of_their_group(customer: Customer, waits: SetWaits) -> None:
    home = customer.on(HomePage)
    assert "暂时无法估计" in home.tiles[0].accessibleName()
    # From the shortest of the group's services to the longest.
    waits.show(an_outlook({("P01", 0): (8.2, 12.0), ("P02", 0): (9.0, 14.3)}))
    assert home.tiles[0].content().meta == ("无人等候", "约 8–15 分钟")
    # No open counter does any service of this group.
    assert home.tiles[1].content().meta == ("无人等候", "暂时无法估计")
    waits.show(None)
    assert home.tiles[0].content().meta == ("无人等候", "暂时无法估计")


def test_a_free_counter_goes_before_any_range(customer: Customer, waits: SetWaits) -> None:
    customer.open(1)
    waits.show(everywhere(customer.other.store, 1, 4))
    home = customer.on(HomePage)
    customer.qtbot.waitUntil(lambda: home.tiles[0].content().meta == ("无人等候", "现在可办"))
    customer.issue("P01")
    customer.qtbot.waitUntil(lambda: home.tiles[0].content().meta == ("等候 1 人", "约 1–4 分钟"))


def test_a_range_from_other_days_is_said_to_be_one(customer: Customer, waits: SetWaits) -> None:
    home = customer.on(HomePage)
    waits.show(everywhere(customer.other.store, 8, 15))
    assert not home.note.isVisible()
    waits.show(everywhere(customer.other.store, 8, 15, usual=True))
    assert home.note.isVisible()
    assert home.note.text() == "等候时间按往常估算"
    language().choose("en")
    customer.qtbot.waitUntil(lambda: home.note.text() == "Waits are estimated from other days")
    assert home.tiles[0].content().meta == ("Nobody waiting", "8–15 min")


def test_the_open_service_shows_its_own_range(customer: Customer, waits: SetWaits) -> None:
    waits.show(an_outlook({("P05", 0): (20.0, 34.0), ("P06", 0): (12.0, 20.0)}))
    customer.group("cards")
    services = customer.on(ServicesPage)
    customer.press(services.rows["P06"])
    assert services.card is not None
    assert services.card.counter.content().third == "约 12–20 分钟"
    # It follows while it is open.
    waits.show(an_outlook({("P06", 0): (50.0, 75.0)}))
    assert services.card.counter.content().third == "50–60 分钟以上"


def test_in_big_letters_each_age_has_its_own_wait(customer: Customer, waits: SetWaits) -> None:
    customer.issue("P01", 3)
    waits.show(everywhere(customer.other.store, 12, 20, credit=30))
    home = customer.on(HomePage)
    customer.press(home.tools["elder"])
    customer.press(customer.on(ElderHome).tiles[0])
    rows = customer.on(ElderList)
    customer.press(rows.tiles[0])
    page = customer.on(ElderServicePage)
    customer.qtbot.waitUntil(lambda: page.young.content().second == "前面 3 人，约 12–20 分钟")
    assert page.old.content().second == "前面没有人，约 6–10 分钟"


def test_number_first_then_the_range_and_the_same_on_paper(
    customer: Customer, waits: SetWaits, paper: Path
) -> None:
    waits.promise = Promise(Spread(11.6, 15.0, 20.4), usual=False)
    customer.group("loan")
    services = customer.on(ServicesPage)
    assert services.card is not None
    customer.press(services.card.counter)
    page = customer.on(TicketPage)
    assert page.card.number.text() == "F001"
    customer.qtbot.waitUntil(lambda: page.card.wait.text() == "11–25 分钟")
    assert page.basis.isVisible()
    assert page.basis.text() == f"按今天的实际速度估算，{BASIS}"
    customer.qtbot.waitUntil(lambda: page.title.text() == "取号成功，请取走小票")
    assert "预计等候11–25分钟" in paper_text(paper)
    (made,) = [entry for entry in entries(customer.other.store) if entry.what == "promise.made"]
    assert made.subject == str(page.slip.id)


@pytest.mark.parametrize(
    ("promise", "shown", "basis", "printed"),
    [
        (None, "暂时无法估计", "", "暂时无法估计"),
        (Promise(Spread(8, 10, 15), usual=True), "8–15 分钟", f"按往常估算，{BASIS}", "8–15分钟"),
        (
            Promise(Spread(50, 60, 75), usual=False),
            "50–60 分钟以上",
            f"按今天的实际速度估算，{BASIS}",
            "50–60分钟以上",
        ),
        (
            Promise(Spread(70, 80, 95), usual=False),
            "1 小时以上",
            f"按今天的实际速度估算，{BASIS}",
            "1小时以上",
        ),
        (
            Promise(Spread(0.2, 3, 7), usual=False),
            "7 分钟以内",
            f"按今天的实际速度估算，{BASIS}",
            "7分钟以内",
        ),
    ],
)
def test_every_kind_of_wait_on_ticket_and_paper(
    customer: Customer,
    waits: SetWaits,
    paper: Path,
    promise: Promise | None,
    shown: str,
    basis: str,
    printed: str,
) -> None:
    waits.promise = promise
    customer.group("loan")
    services = customer.on(ServicesPage)
    assert services.card is not None
    customer.press(services.card.counter)
    page = customer.on(TicketPage)
    customer.qtbot.waitUntil(lambda: page.card.wait.text() == shown)
    assert page.basis.isVisible() is bool(basis)
    assert page.basis.text() == basis
    customer.qtbot.waitUntil(lambda: page.title.text() == "取号成功，请取走小票")
    assert printed in paper_text(paper)


def test_a_free_counter_is_on_the_ticket_at_once(
    customer: Customer, waits: SetWaits, paper: Path
) -> None:
    customer.open(1)
    customer.group("cash")
    services = customer.on(ServicesPage)
    customer.press(services.rows["P01"])
    assert services.card is not None
    customer.press(services.card.counter)
    page = customer.on(TicketPage)
    assert page.card.wait.text() == "现在可办"
    customer.qtbot.waitUntil(lambda: page.title.text() == "取号成功，请取走小票")
    assert page.card.wait.text() == "现在可办"
    assert not page.basis.isVisible()
    assert "现在可办" in paper_text(paper)


@pytest.fixture(params=["zh", "en"])
def spoken(request: pytest.FixtureRequest) -> str:
    language().choose(request.param)
    return str(request.param)


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("mode", MODES, ids=NAMES.values())
def test_the_longest_words_have_room(customer: Customer, waits: SetWaits, mode: Mode) -> None:
    customer.issue("P01", 12)
    station, front = customer.window._station, customer.window._front
    customer.qtbot.waitUntil(lambda: bool(front.shown and front.shown.ahead["A"] == 12))
    shown = front.shown
    assert shown is not None
    waits.show(everywhere(customer.other.store, 25, 80, credit=30, usual=True))
    home = (ElderHome if mode.elder else HomePage)(station, mode, shown)
    put(customer, home)
    check(customer, home, "home")
    longest = Promise(Spread(25, 50, 80), usual=False)
    for entry in shown.kiosk.groups:
        service = entry.services[0]
        if mode.elder:
            put(customer, one := ElderServicePage(station, mode, shown, service))
            check(customer, one, f"service {service.code}")
        else:
            put(customer, page := ServicesPage(station, mode, shown, entry.group.code))
            page.open(service.code)
            check(customer, page, f"open {service.code}")
        issued = customer.issue(service.code)
        kept = replace(slip(customer.other.store, issued.id), ahead=118, number="A1018")
        put(customer, ticket := TicketPage(station, mode, shown, kept))
        ticket.show_wait(longest)
        check(customer, ticket, f"ticket {entry.group.code}")
        ticket.show_print(printed=False)
        check(customer, ticket, f"ticket without paper {entry.group.code}")
