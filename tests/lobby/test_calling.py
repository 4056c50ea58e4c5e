"""A counter works: call, recall, no-show, hold, resume, transfer, finish: what each step does."""

from __future__ import annotations

import pytest

from branch.catalogue.commands import ChangeSetting
from branch.kernel.errors import BadInput, NotFound, RuleBroken, Stale
from branch.lobby.commands.arrivals import Return
from branch.lobby.commands.calling import (
    Called,
    CallNext,
    CallTicket,
    Finish,
    FinishAndCall,
    Hold,
    NoShow,
    Recall,
    Resume,
    Transfer,
)
from branch.lobby.commands.counters import PauseCounter
from branch.lobby.rules import CALL_REASONS, HOLD_REASONS
from tests.conftest import OPENING
from tests.lobby.hall import Hall

MINUTE = 60_000
TEN = OPENING + 10 * MINUTE


def test_next_is_the_smallest_key_and_the_call_is_dated(hall: Hall) -> None:
    hall.open(1)
    hall.issue()
    hall.wait(minutes=10)
    senior = hall.issue("P01", "elderly")
    called = hall.call()
    assert called == Called(senior.id, senior.number, 1)
    row = hall.row(senior.id)
    assert (row.state, row.counter, row.calls, row.called_at, row.last_called_at) == (
        "called",
        1,
        1,
        TEN,
        TEN,
    )
    assert row.rev == hall.last.revision
    assert (hall.last.what, hall.last.station, hall.last.data) == (
        "ticket.called",
        "counter-1",
        {"counter": 1, "service": "P01"},
    )


def test_calling_next_finishes_whom_the_counter_has(hall: Hall) -> None:
    hall.open(1)
    first, second = hall.issue(), hall.issue()
    hall.call()
    hall.wait(minutes=10)
    assert hall.call() == Called(second.id, "A002", 1)
    assert (hall.row(first.id).state, hall.row(first.id).ended_at) == ("finished", TEN)
    assert hall.facts()[-2:] == ["ticket.finished", "ticket.called"]
    assert hall.call() is None
    assert hall.row(second.id).state == "finished"


def test_an_empty_line_is_nobody_and_no_fact(hall: Hall) -> None:
    hall.open(1)
    before = hall.last
    assert hall.call() is None
    assert hall.last == before


def test_a_counter_calls_only_what_it_can_do(hall: Hall) -> None:
    hall.open(1, 4, 6, 8)
    cash, cards, corporate, wealth = (hall.issue(code) for code in ("P01", "P05", "C01", "P13"))
    assert hall.call(6) == Called(corporate.id, "E001", 6)
    assert hall.call(8) == Called(wealth.id, "F001", 8)
    assert hall.call(4) == Called(cards.id, "C001", 4)
    assert hall.call(1) == Called(cash.id, "A001", 1)
    assert [hall.call(counter) for counter in (1, 4, 6, 8)] == [None] * 4


def test_several_counters_share_one_line(hall: Hall) -> None:
    hall.open(1, 2, 3, 5)
    issued = [hall.issue().number for _ in range(8)]
    called = [hall.call(counter) for counter in (3, 1, 5, 2, 2, 1, 5, 3)]
    assert [ticket.number for ticket in called if ticket] == issued


@pytest.mark.parametrize("reason", [reason for reason in CALL_REASONS if reason != "other"])
def test_the_lobby_manager_calls_a_given_ticket_with_a_reason(hall: Hall, reason: str) -> None:
    hall.open(1)
    hall.issue()
    second = hall.issue()
    hall.wait(minutes=10)
    assert hall.lobby(CallTicket(second.id, 1, reason)) == Called(second.id, "A002", 1)
    assert hall.row(second.id).called_at == TEN
    assert hall.last.station == "lobby"
    assert hall.last.data == {"counter": 1, "service": "P01", "by_hand": reason}
    assert hall.line() == ["A001"]


def test_the_text_of_a_reason_is_kept_apart(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.issue().id
    hall.lobby(CallTicket(ticket, 1, "other", " 客户头晕，需要先坐下 "))
    found = hall.store.rows("SELECT revision, ticket, counter, text FROM reason", ())
    assert found == [(hall.last.revision, ticket, 1, "客户头晕，需要先坐下")]
    assert "客户头晕" not in str(hall.entries)


def test_without_a_text_no_reason_is_kept_apart(hall: Hall) -> None:
    hall.open(1)
    hall.lobby(CallTicket(hall.issue().id, 1, "care", "  "))
    assert hall.store.rows("SELECT * FROM reason", ()) == []


@pytest.mark.parametrize(
    ("reason", "text", "code"),
    [
        ("other", "", "reason_text_needed"),
        ("other", "长" * 10_000, "field_too_long"),
        ("", "", "code_unknown"),
        ("because", "", "code_unknown"),
    ],
)
def test_a_call_by_hand_needs_a_reason(hall: Hall, reason: str, text: str, code: str) -> None:
    hall.open(1)
    ticket = hall.issue().id
    with pytest.raises(BadInput, match=code):
        hall.lobby(CallTicket(ticket, 1, reason, text))
    assert hall.row(ticket).state == "waiting"


def test_a_call_by_hand_needs_a_free_open_counter(hall: Hall) -> None:
    hall.open(1, 2)
    first, second = hall.issue().id, hall.issue().id
    hall.call(1)
    hall.at(2, PauseCounter(2, "break"))
    for counter, code in ((1, "counter_busy"), (2, "counter_paused"), (3, "counter_closed")):
        with pytest.raises(RuleBroken, match=code):
            hall.lobby(CallTicket(second, counter, "care"))
    hall.open(2)
    with pytest.raises(Stale, match="ticket_called"):
        hall.lobby(CallTicket(first, 2, "care"))
    assert hall.lobby(CallTicket(second, 2, "care")).counter == 2


def test_a_ticket_of_yesterday_is_not_called(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.missed()
    hall.wait(minutes=24 * 60)
    hall.open(1)
    with pytest.raises(RuleBroken, match="ticket_past_day"):
        hall.lobby(CallTicket(ticket, 1, "care"))


def test_recalls_are_counted_and_spaced(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.serving()
    for calls in (2, 3):
        for early, left in ((0, 5), (1.5, 4), (3.499, 1)):
            hall.wait(early)
            with pytest.raises(RuleBroken, match="recall_too_soon") as refused:
                hall.at(1, Recall(1))
            assert refused.value.values["seconds"] == left
        hall.wait(0.001)
        assert hall.at(1, Recall(1)) == calls
        row = hall.row(ticket)
        assert (row.calls, row.last_called_at) == (calls, hall.clock.now_ms())
        assert (row.called_at, row.order_key, row.state) == (OPENING, OPENING, "called")
        assert (hall.last.what, hall.last.data) == (
            "ticket.recalled",
            {"counter": 1, "calls": calls},
        )


def test_the_space_between_calls_is_a_setting(hall: Hall) -> None:
    hall.open(1)
    hall.by("100201", "settings", ChangeSetting("recall_gap_s", 30))
    hall.serving()
    hall.wait(29)
    with pytest.raises(RuleBroken, match="recall_too_soon"):
        hall.at(1, Recall(1))
    hall.wait(1)
    assert hall.at(1, Recall(1)) == 2


@pytest.mark.parametrize("needed", [1, 2, 4])
def test_a_no_show_needs_the_set_number_of_calls(hall: Hall, needed: int) -> None:
    hall.open(1)
    hall.by("100201", "settings", ChangeSetting("calls_before_no_show", needed))
    ticket = hall.serving()
    for calls in range(1, needed):
        with pytest.raises(RuleBroken, match="no_show_too_soon") as refused:
            hall.at(1, NoShow(1))
        assert refused.value.values == {"calls": calls, "needed": needed}
        hall.wait(5)
        hall.at(1, Recall(1))
    hall.at(1, NoShow(1))
    row = hall.row(ticket)
    assert (row.state, row.ended_at, row.calls) == ("missed", hall.clock.now_ms(), needed)
    assert (hall.last.what, hall.last.data) == ("ticket.missed", {"counter": 1})


@pytest.mark.parametrize("reason", HOLD_REASONS)
def test_a_hold_keeps_the_place_and_resuming_goes_back_to_it(hall: Hall, reason: str) -> None:
    hall.open(1)
    ticket = hall.serving(1, "P01", "elderly")
    hall.wait(minutes=4)
    hall.at(1, Hold(1, reason))
    row = hall.row(ticket)
    assert (row.state, row.reason, row.order_key) == ("held", reason, OPENING - 30 * MINUTE)
    assert (hall.last.what, hall.last.data) == ("ticket.held", {"counter": 1, "reason": reason})
    hall.wait(minutes=6)
    other = hall.issue("P01", "elderly")
    hall.at(1, Resume(ticket))
    row = hall.row(ticket)
    assert (row.state, row.reason, row.order_key, row.counter, row.called_at, row.calls) == (
        "waiting",
        "",
        OPENING - 30 * MINUTE,
        None,
        None,
        0,
    )
    assert hall.last.what == "ticket.resumed"
    assert hall.line() == [row.number, other.number]


def test_a_hold_needs_a_known_reason(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.serving()
    with pytest.raises(BadInput, match="code_unknown"):
        hall.at(1, Hold(1, "customer has no ID"))
    assert hall.row(ticket).state == "called"


def test_a_transfer_keeps_key_and_number_and_changes_the_line(hall: Hall) -> None:
    hall.open(1, 4)
    ticket = hall.serving(1, "P01", "elderly")
    hall.wait(minutes=10)
    other = hall.issue("P05", "elderly")
    hall.at(1, Transfer(1, "P05"))
    row = hall.row(ticket)
    assert (row.state, row.service, row.letter, row.number, row.pinned) == (
        "waiting",
        "P05",
        "C",
        "A001",
        None,
    )
    assert (row.order_key, row.counter, row.called_at, row.calls) == (
        OPENING - 30 * MINUTE,
        None,
        None,
        0,
    )
    assert hall.last.data == {"counter": 1, "service": "P05", "pin": None}
    assert hall.call(4) == Called(ticket, "A001", 4)
    assert hall.call(4) == Called(other.id, "C001", 4)


def test_a_transfer_to_one_counter_waits_for_that_counter(hall: Hall) -> None:
    hall.open(1, 2, 3)
    ticket = hall.serving(1)
    later = hall.issue()
    hall.at(1, Transfer(1, pin=3))
    assert hall.row(ticket).pinned == 3
    assert hall.call(2) == Called(later.id, later.number, 2)
    assert hall.call(1) is None
    assert hall.call(3) == Called(ticket, "A001", 3)


def test_a_transfer_may_name_service_and_counter(hall: Hall) -> None:
    hall.open(1, 4, 7)
    ticket = hall.serving(1)
    hall.at(1, Transfer(1, "P05", 7))
    assert hall.last.data == {"counter": 1, "service": "P05", "pin": 7}
    assert hall.call(4) is None
    assert hall.call(7) == Called(ticket, "A001", 7)


def test_the_next_transfer_may_lift_the_pin(hall: Hall) -> None:
    hall.open(1, 4, 7)
    ticket = hall.serving(1)
    hall.at(1, Transfer(1, "P05", 7))
    hall.call(7)
    hall.at(7, Transfer(7, "P07"))
    assert hall.row(ticket).pinned is None
    assert hall.call(4) == Called(ticket, "A001", 4)


@pytest.mark.parametrize(
    ("command", "error", "code"),
    [
        (Transfer(1), RuleBroken, "transfer_nowhere"),
        (Transfer(1, "P01"), RuleBroken, "transfer_nowhere"),
        (Transfer(1, "P01", 1), RuleBroken, "transfer_to_itself"),
        (Transfer(1, pin=1), RuleBroken, "transfer_to_itself"),
        (Transfer(1, "P99"), NotFound, "service_unknown"),
        (Transfer(1, "P16"), NotFound, "service_unknown"),
        (Transfer(1, pin=99), NotFound, "counter_unknown"),
        (Transfer(1, "P05", 6), RuleBroken, "counter_lacks_service"),
        (Transfer(1, pin=8), RuleBroken, "counter_lacks_service"),
    ],
)
def test_a_transfer_that_leads_nowhere_is_refused(
    hall: Hall, command: Transfer, error: type[Exception], code: str
) -> None:
    hall.open(1)
    hall.store.touch("UPDATE service SET active = NOT active WHERE code = 'P16'", ())
    ticket = hall.serving()
    before = hall.row(ticket)
    with pytest.raises(error, match=code):
        hall.at(1, command)
    assert hall.row(ticket) == before


def test_a_finish_ends_the_service(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.serving()
    waiting = hall.issue()
    hall.wait(minutes=10)
    hall.at(1, Finish(1))
    row = hall.row(ticket)
    assert (row.state, row.ended_at, row.counter) == ("finished", TEN, 1)
    assert (hall.last.what, hall.last.data) == ("ticket.finished", {"counter": 1})
    assert hall.row(waiting.id).state == "waiting"


def test_finish_and_call_is_one_step(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.serving()
    following = hall.issue()
    assert hall.at(1, FinishAndCall(1)) == Called(following.id, "A002", 1)
    assert hall.row(ticket).state == "finished"
    assert hall.at(1, FinishAndCall(1)) is None
    assert hall.row(following.id).state == "finished"


def test_a_paused_counter_goes_on_with_whom_it_has(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.serving()
    hall.at(1, PauseCounter(1, "cash"))
    hall.wait(5)
    assert hall.at(1, Recall(1)) == 2
    for command in (CallNext(1), FinishAndCall(1)):
        with pytest.raises(RuleBroken, match="counter_paused"):
            hall.at(1, command)
    hall.at(1, Finish(1))
    assert hall.row(ticket).state == "finished"


def test_who_missed_and_is_back_is_called_again(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.missed()
    hall.wait(minutes=3)
    ahead = hall.issue()
    hall.wait(minutes=3)
    hall.lobby(Return(ticket))
    assert hall.line() == [ahead.number, "A001"]
    assert [hall.call().number for _ in range(2)] == [ahead.number, "A001"]
    assert hall.row(ticket).calls == 1
