"""Counters open, pause, close, and get another set of services at any time of the day."""

from __future__ import annotations

import pytest

from branch.catalogue.queries import counters
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken
from branch.lobby.commands.calling import CallNext, Transfer
from branch.lobby.commands.counters import (
    CloseCounter,
    OpenCounter,
    PauseCounter,
    SetCounterServices,
)
from branch.lobby.queries.waiting import CounterNow, counters_now
from branch.lobby.rules import PAUSE_REASONS
from tests.conftest import OPENING
from tests.lobby.hall import Hall


def now(hall: Hall, number: int) -> CounterNow:
    return next(counter for counter in counters_now(hall.store) if counter.number == number)


def test_a_counter_never_opened_is_closed(hall: Hall) -> None:
    picture = now(hall, 1)
    assert (picture.state, picture.staff, picture.staff_name, picture.ticket) == (
        "closed",
        None,
        "",
        None,
    )


def test_a_counter_opens_in_the_tellers_name(hall: Hall) -> None:
    hall.wait(90)
    hall.open(1)
    picture = now(hall, 1)
    assert (picture.state, picture.staff_name, picture.since) == ("open", "王敏", OPENING + 90_000)
    assert (hall.last.what, hall.last.subject) == ("counter.opened", "1")


def test_opening_twice_changes_nothing(hall: Hall) -> None:
    hall.open(1)
    hall.wait(60)
    before = hall.last
    hall.open(1)
    assert hall.last == before
    assert now(hall, 1).since == OPENING


@pytest.mark.parametrize("state", ["open", "paused"])
def test_a_counter_in_use_is_not_taken_over(hall: Hall, state: str) -> None:
    hall.open(1)
    if state == "paused":
        hall.at(1, PauseCounter(1, "break"))
    with pytest.raises(RuleBroken, match="counter_taken"):
        hall.by("100483", "counter-1", OpenCounter(1))
    assert now(hall, 1).staff_name == "王敏"


def test_a_counter_closed_can_be_opened_by_a_colleague(hall: Hall) -> None:
    hall.open(1)
    hall.at(1, CloseCounter(1))
    hall.by("100483", "counter-1", OpenCounter(1))
    assert now(hall, 1).staff_name == "刘洋"
    with pytest.raises(NotPermitted, match="counter_of_another"):
        hall.at(1, CallNext(1))


@pytest.mark.parametrize("number", [0, 9, 99, -1])
def test_an_unknown_counter_does_not_open(hall: Hall, number: int) -> None:
    with pytest.raises(NotFound, match="counter_unknown"):
        hall.by("100482", "counter-1", OpenCounter(number))


@pytest.mark.parametrize("reason", PAUSE_REASONS)
def test_a_pause_has_a_reason_and_ends_by_opening(hall: Hall, reason: str) -> None:
    hall.open(1)
    hall.wait(60)
    hall.at(1, PauseCounter(1, reason))
    picture = now(hall, 1)
    assert (picture.state, picture.reason, picture.staff_name, picture.since) == (
        "paused",
        reason,
        "王敏",
        OPENING + 60_000,
    )
    assert hall.last.data == {"reason": reason}
    hall.open(1)
    assert (now(hall, 1).state, now(hall, 1).reason) == ("open", "")


def test_a_pause_needs_a_known_reason(hall: Hall) -> None:
    hall.open(1)
    with pytest.raises(BadInput, match="code_unknown"):
        hall.at(1, PauseCounter(1, "tired of it"))
    assert now(hall, 1).state == "open"


def test_only_an_open_counter_pauses(hall: Hall) -> None:
    with pytest.raises(RuleBroken, match="counter_closed"):
        hall.at(1, PauseCounter(1, "break"))
    hall.open(1)
    hall.at(1, PauseCounter(1, "break"))
    with pytest.raises(RuleBroken, match="counter_paused"):
        hall.at(1, PauseCounter(1, "cash"))


def test_the_lobby_manager_pauses_and_closes_for_a_teller(hall: Hall) -> None:
    hall.open(1)
    hall.lobby(PauseCounter(1, "equipment"))
    assert (now(hall, 1).state, now(hall, 1).staff_name) == ("paused", "王敏")
    hall.open(1)
    hall.lobby(CloseCounter(1))
    assert now(hall, 1).state == "closed"


@pytest.mark.parametrize("staff_no", ["100483", "100302"])
def test_a_colleague_does_not(hall: Hall, staff_no: str) -> None:
    hall.open(1)
    for command in (PauseCounter(1, "break"), CloseCounter(1)):
        with pytest.raises(NotPermitted, match="counter_of_another"):
            hall.by(staff_no, "counter-2", command)
    assert now(hall, 1).state == "open"


def test_a_counter_that_serves_does_not_close(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.serving()
    with pytest.raises(RuleBroken, match="counter_serving") as refused:
        hall.at(1, CloseCounter(1))
    assert refused.value.values == {"counter": 1, "number": "A001"}
    assert now(hall, 1).ticket.id == ticket


def test_closing_twice_changes_nothing(hall: Hall) -> None:
    hall.open(1)
    hall.at(1, CloseCounter(1))
    before = hall.last
    hall.at(1, CloseCounter(1))
    hall.at(2, CloseCounter(2))
    assert hall.last == before


def test_a_set_of_services_counts_from_the_next_call(hall: Hall) -> None:
    hall.open(6)
    cash, corporate = hall.issue("P01"), hall.issue("C01")
    assert hall.call(6).id == corporate.id
    hall.lobby(SetCounterServices(6, frozenset({"P01"})))
    assert now(hall, 6).ticket.id == corporate.id
    assert hall.last.data == {"services": ["P01"]}
    later = hall.issue("C01")
    assert hall.call(6).id == cash.id
    assert hall.call(6) is None
    hall.lobby(SetCounterServices(6, frozenset({"P01", "C01"})))
    assert hall.call(6).id == later.id


def test_a_set_may_be_empty_and_closed_counters_have_one_too(hall: Hall) -> None:
    hall.lobby(SetCounterServices(2, frozenset()))
    assert counters(hall.store)[1].services == frozenset()
    hall.open(2)
    hall.issue()
    assert hall.call(2) is None


@pytest.mark.parametrize(
    ("command", "error", "code"),
    [
        (SetCounterServices(99, frozenset()), NotFound, "counter_unknown"),
        (SetCounterServices(1, frozenset({"P01", "P99"})), BadInput, "code_unknown"),
    ],
)
def test_a_set_that_cannot_stand_is_refused(
    hall: Hall, command: SetCounterServices, error: type[Exception], code: str
) -> None:
    before = counters(hall.store)
    with pytest.raises(error, match=code):
        hall.lobby(command)
    assert counters(hall.store) == before


def test_a_pinned_ticket_stays_with_its_counter_whatever_the_set(hall: Hall) -> None:
    hall.open(1, 2, 3)
    ticket = hall.serving(1)
    hall.at(1, Transfer(1, pin=3))
    hall.lobby(SetCounterServices(3, frozenset()))
    assert [hall.call(counter) for counter in (1, 2, 3)] == [None] * 3
    hall.lobby(SetCounterServices(3, frozenset({"P01"})))
    assert hall.call(3).id == ticket
