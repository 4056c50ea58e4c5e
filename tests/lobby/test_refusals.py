"""Every step from every state it does not fit: refused, named, and nothing changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branch.kernel.errors import BranchError, NotPermitted, RuleBroken, Stale
from branch.lobby.commands.arrivals import Leave, Return, SetClass
from branch.lobby.commands.calling import (
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
from branch.lobby.commands.counters import CloseCounter, PauseCounter
from branch.lobby.commands.floor import Rate
from tests.lobby.hall import Hall

STATES = ("waiting", "called", "held", "missed", "finished", "left")

# Steps that name a ticket: the states they fit, and the command.
BY_TICKET: dict[str, tuple[set[str], Callable[[int], object]]] = {
    "call by hand": ({"waiting"}, lambda ticket: CallTicket(ticket, 2, "care")),
    "set class": (
        {"waiting", "called", "held", "missed"},
        lambda ticket: SetClass(ticket, frozenset({"elderly"})),
    ),
    "return": ({"missed"}, Return),
    "leave": ({"waiting", "held", "missed"}, Leave),
    "resume": ({"held"}, Resume),
}

# Steps at a counter: they need somebody there.
AT_COUNTER: dict[str, object] = {
    "recall": Recall(1),
    "no-show": NoShow(1),
    "hold": Hold(1, "fill_form"),
    "transfer": Transfer(1, "P03"),
    "finish": Finish(1),
    "finish and call": FinishAndCall(1),
}


def ticket_in(hall: Hall, state: str) -> int:
    """A ticket in a state; counter 1 is open, counter 2 open and free."""
    hall.open(1, 2)
    if state == "waiting":
        return hall.issue().id
    if state == "missed":
        return hall.missed()
    if state == "left":
        ticket = hall.issue().id
        hall.lobby(Leave(ticket))
        return ticket
    ticket = hall.serving()
    if state == "held":
        hall.at(1, Hold(1, "fill_form"))
    if state == "finished":
        hall.at(1, Finish(1))
    return ticket


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", BY_TICKET)
def test_a_step_fits_only_its_states(hall: Hall, step: str, state: str) -> None:
    fits, command = BY_TICKET[step]
    ticket = ticket_in(hall, state)
    before = hall.row(ticket)
    if state in fits:
        hall.lobby(command(ticket))
        assert hall.row(ticket) != before
        return
    with pytest.raises((RuleBroken, Stale)) as refused:
        hall.lobby(command(ticket))
    assert refused.value.code == f"ticket_{state}"
    assert hall.row(ticket) == before
    assert hall.last.what == "command.refused"
    assert hall.last.data == {"code": f"ticket_{state}"}


@pytest.mark.parametrize("state", [state for state in STATES if state != "called"])
@pytest.mark.parametrize("step", AT_COUNTER)
def test_a_step_at_a_counter_needs_somebody_there(hall: Hall, step: str, state: str) -> None:
    ticket = ticket_in(hall, state)
    before = hall.row(ticket)
    with pytest.raises(RuleBroken, match="counter_empty") as refused:
        hall.at(1, AT_COUNTER[step])
    assert refused.value.values == {"counter": 1}
    assert hall.row(ticket) == before


@pytest.mark.parametrize("step", [*AT_COUNTER, "call next", "pause", "close"])
def test_nobody_works_at_a_colleagues_counter(hall: Hall, step: str) -> None:
    commands = {
        **AT_COUNTER,
        "call next": CallNext(1),
        "pause": PauseCounter(1, "break"),
        "close": CloseCounter(1),
    }
    ticket = ticket_in(hall, "called")
    before = hall.row(ticket)
    with pytest.raises(NotPermitted, match="counter_of_another"):
        hall.by("100483", "counter-2", commands[step])
    assert hall.row(ticket) == before


@pytest.mark.parametrize("counter", [5, 99])
@pytest.mark.parametrize("kind", [CallNext, Recall, NoShow, Finish, FinishAndCall, Transfer])
def test_a_closed_counter_does_nothing(
    hall: Hall, kind: Callable[[int], object], counter: int
) -> None:
    hall.issue()
    with pytest.raises(RuleBroken, match="counter_closed") as refused:
        hall.by("100486", f"counter-{counter}", kind(counter))
    assert refused.value.values == {"counter": counter}


@pytest.mark.parametrize("state", STATES)
def test_only_a_finished_service_is_rated(hall: Hall, state: str) -> None:
    ticket = ticket_in(hall, state)
    if state == "finished":
        hall.at(1, Rate(ticket, 5))
        return
    with pytest.raises(RuleBroken, match="rating_before_end"):
        hall.at(1, Rate(ticket, 5))


def test_a_refused_step_is_kept_with_who_tried(hall: Hall) -> None:
    ticket = ticket_in(hall, "finished")
    with pytest.raises(BranchError):
        hall.lobby(Return(ticket))
    assert (hall.last.what, hall.last.subject, hall.last.station) == (
        "command.refused",
        "Return",
        "lobby",
    )
    assert hall.last.staff == hall.actor("100301", "lobby").staff
