"""What each station shows: console, counter, board, kiosk and the slip of a ticket."""

from __future__ import annotations

import pytest

from branch.kernel.errors import NotFound
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import Finish, Hold, Recall, Transfer
from branch.lobby.queries.screens import board, branch_name, console, desk, kiosk
from branch.lobby.queries.slip import ahead_of_new, slip
from branch.lobby.queries.waiting import waiting
from tests.conftest import OPENING
from tests.lobby.hall import Hall

MINUTE = 60_000


def test_the_branch_is_named_in_both_languages(hall: Hall) -> None:
    named = branch_name(hall.store)
    assert (named.code, named.zone, named.opens, named.closes) == (
        "HB001",
        "Asia/Shanghai",
        "09:00",
        "17:00",
    )
    assert named.name.text("zh") == "云川银行湖滨路支行"
    assert named.name.text("en") == "Yunchuan Bank, Lakeside Road Branch"


def test_the_console_shows_everybody_in_his_place(hall: Hall) -> None:
    hall.open(1, 2, 4)
    hall.missed(1)
    held = hall.serving(1)
    hall.at(1, Hold(1, "fetch_document"))
    hall.serving(2)
    hall.at(2, Finish(2))
    for service, classes in (("P01", ()), ("P05", ("elderly",)), ("P22", ())):
        hall.issue(service, *classes)
    picture = console(hall.store)
    assert picture.day == "2026-11-20"
    assert [ticket.number for ticket in picture.waiting] == ["C001", "A004", "A005"]
    assert [(ticket.id, ticket.reason) for ticket in picture.held] == [(held, "fetch_document")]
    assert [ticket.number for ticket in picture.missed] == ["A001"]
    assert [ticket.number for ticket in picture.in_queue("A")] == ["A004", "A005"]
    assert (picture.in_group("cash"), picture.in_group("pension")) == (1, 1)
    assert (picture.served, picture.left) == (1, 0)
    assert [queue.letter for queue in picture.queues] == ["A", "C", "E", "F"]


def test_a_waiting_ticket_knows_its_class_target_and_pressure(hall: Hall) -> None:
    hall.lobby(Issue("P01", frozenset({"vip", "elderly"}), frozenset({"seat"})))
    slot = OPENING + 30 * MINUTE
    hall.lobby(Issue("P13", frozenset({"appointment"}), slot=slot))
    elderly, booked = sorted(waiting(hall.store), key=lambda ticket: ticket.number)
    assert (elderly.klass, elderly.classes, elderly.care, elderly.target) == (
        "elderly",
        ("elderly", "vip"),
        ("seat",),
        10,
    )
    assert elderly.service_name.zh == "个人取款" or elderly.service_name.zh
    pressed = [elderly.pressure(OPENING + minutes * MINUTE) for minutes in (0, 7, 8, 10, 11)]
    assert pressed == ["fine", "fine", "near", "near", "over"]
    assert booked.waited(slot - 1) == 0
    assert booked.waited(slot + 5 * MINUTE) == 5 * MINUTE
    assert booked.pressure(slot + 11 * MINUTE) == "over"


def test_the_desk_shows_ones_own_line_and_service(hall: Hall) -> None:
    hall.open(1, 4)
    cash, cards = hall.issue("P01"), hall.issue("P05")
    ticket = hall.serving(4, "P05")
    hall.at(4, Transfer(4, "P22", 1))
    here, there = desk(hall.store, 1, OPENING), desk(hall.store, 4, OPENING)
    assert here is not None
    assert there is not None
    assert [row.number for row in here.line] == [cash.number, "C002"]
    assert [row.number for row in there.line] == [cards.number]
    assert here.service is None
    hall.call(1)
    here = desk(hall.store, 1, OPENING)
    assert here is not None
    assert here.service is not None
    assert here.service.code == "P01"
    assert here.counter.ticket is not None
    assert (here.counter.ticket.number, here.counter.ticket.calls) == ("A001", 1)
    assert here.counter.ticket.typical == here.service.minutes
    assert [(step.number, step.step) for step in there.undoable] == [("C002", "transfer")]
    assert there.undoable[0].ticket == ticket
    assert desk(hall.store, 99, OPENING) is None


def test_the_board_shows_the_newest_calls_first(hall: Hall) -> None:
    hall.open(1, 2, 3, 4, 5)
    for counter in (1, 2, 3):
        hall.issue()
        hall.call(counter)
        hall.wait(10)
    hall.issue("P05")
    picture = board(hall.store)
    assert [(call.number, call.counter, call.calls) for call in picture.calls] == [
        ("A003", 3, 1),
        ("A002", 2, 1),
        ("A001", 1, 1),
    ]
    assert {queue.letter: queue.waiting for queue in picture.queues} == {
        "A": 0,
        "C": 1,
        "E": 0,
        "F": 0,
    }
    hall.at(1, Recall(1))
    newest = board(hall.store).calls[0]
    assert (newest.number, newest.calls) == ("A001", 2)
    hall.at(2, Transfer(2, "P05"))
    assert [call.number for call in board(hall.store).calls] == ["A001", "A003"]
    assert [call.number for call in board(hall.store, most=1).calls] == ["A001"]


def test_a_transferred_ticket_waits_in_the_queue_of_its_service(hall: Hall) -> None:
    hall.open(1)
    hall.serving(1)
    hall.at(1, Transfer(1, "P05"))
    assert {queue.letter: queue.waiting for queue in board(hall.store).queues}["C"] == 1
    assert [ticket.number for ticket in console(hall.store).in_queue("C")] == ["A001"]
    assert console(hall.store).in_queue("A") == ()


def test_the_board_of_a_new_day_is_empty(hall: Hall) -> None:
    hall.open(1)
    hall.issue()
    hall.call(1)
    hall.wait(minutes=24 * 60)
    hall.issue()
    assert board(hall.store).calls == ()


def test_the_kiosk_shows_who_waits_and_where_it_is_free(hall: Hall) -> None:
    tiles = {tile.group.code: tile for tile in kiosk(hall.store).groups}
    assert [tile.group.code for tile in kiosk(hall.store).groups] == list(tiles)
    assert len(tiles) == 8
    assert not any(tile.free_now for tile in tiles.values())
    hall.open(4)
    hall.issue("P01")
    tiles = {tile.group.code: tile for tile in kiosk(hall.store).groups}
    assert {code for code, tile in tiles.items() if tile.free_now} == {
        "cards",
        "pension",
        "fx_other",
        "transfer",
    }
    assert tiles["cash"].waiting == 1
    hall.serving(4, "P05")
    assert not any(tile.free_now for tile in kiosk(hall.store).groups)


def test_the_kiosk_offers_no_service_that_is_switched_off(hall: Hall) -> None:
    hall.store.touch("UPDATE service SET active = NOT active WHERE code = 'P01'", ())
    offered = [service.code for tile in kiosk(hall.store).groups for service in tile.services]
    assert "P01" not in offered
    assert len(offered) == 40


def test_a_slip_counts_who_would_be_called_before(hall: Hall) -> None:
    hall.issue()
    hall.wait(minutes=5)
    hall.issue("P05")
    second = hall.issue("P22")
    hall.wait(minutes=5)
    senior = hall.issue("P01", "elderly")
    hall.wait(minutes=5)
    last = hall.issue("P01")
    assert [slip(hall.store, ticket.id).ahead for ticket in (senior, second, last)] == [0, 2, 3]
    assert ahead_of_new(hall.store, "A", last.order_key) == 4
    assert ahead_of_new(hall.store, "A", OPENING - 60 * MINUTE) == 0
    assert ahead_of_new(hall.store, "E", OPENING) == 0


def test_a_slip_has_all_that_stands_on_paper(hall: Hall) -> None:
    hall.wait(minutes=1)
    issued = hall.lobby(Issue("P05", language="en"))
    paper = slip(hall.store, issued.id)
    assert (paper.number, paper.day, paper.language, paper.issued_at) == (
        "C001",
        "2026-11-20",
        "en",
        OPENING + MINUTE,
    )
    assert (paper.service.code, paper.group_name.zh, paper.area.code) == (
        "P05",
        "银行卡与账户",
        "B",
    )
    assert (paper.largest_credit, paper.elderly_credit, paper.print_state) == (45, 30, "")
    with pytest.raises(NotFound, match="ticket_unknown"):
        slip(hall.store, 987_654)
