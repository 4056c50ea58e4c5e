"""Taking a step back: which steps, how long, by whom, and what it restores."""

from __future__ import annotations

import pytest

from branch.catalogue.commands import ChangeSetting
from branch.kernel.errors import NotFound, RuleBroken, Stale
from branch.lobby.commands.arrivals import Leave, RecordPrint, Return, SetClass
from branch.lobby.commands.calling import (
    CallTicket,
    Finish,
    FinishAndCall,
    Hold,
    NoShow,
    Recall,
    Resume,
    Transfer,
    Undo,
)
from branch.lobby.commands.counters import CloseCounter, OpenCounter
from branch.lobby.commands.day import CloseDay
from branch.lobby.queries.screens import desk
from branch.lobby.ticket import Ticket
from tests.lobby.hall import Hall

STEPS: dict[str, object] = {
    "no_show": NoShow(1),
    "hold": Hold(1, "fill_form"),
    "transfer": Transfer(1, "P05", 4),
    "finish": Finish(1),
}
SECONDS = {"no_show": 180, "hold": 8, "finish": 8}


def done(hall: Hall, step: str) -> tuple[Ticket, Ticket]:
    """Somebody was called twice over minutes, then the step: the ticket before and after it."""
    hall.open(1)
    hall.wait(minutes=2)
    ticket = hall.serving(1, "P01", "elderly")
    hall.wait(minutes=3)
    hall.at(1, Recall(1))
    hall.wait(minutes=1)
    before = hall.row(ticket)
    hall.at(1, STEPS[step])
    return before, hall.row(ticket)


def same(one: Ticket, other: Ticket) -> bool:
    """Whether two pictures of a ticket differ in nothing but the revision of the last change."""
    return Ticket(**{**vars(one), "rev": 0}) == Ticket(**{**vars(other), "rev": 0})


@pytest.mark.parametrize("step", STEPS)
def test_a_step_taken_back_restores_the_ticket_and_its_clocks(hall: Hall, step: str) -> None:
    before, after = done(hall, step)
    assert not same(before, after)
    hall.wait(7)
    assert hall.at(1, Undo(before.id)) == step
    restored = hall.row(before.id)
    assert same(restored, before)
    assert (restored.state, restored.counter, restored.calls) == ("called", 1, 2)
    assert restored.called_at == before.called_at
    assert restored.last_called_at == before.last_called_at
    hall.wait(5)
    assert hall.at(1, Recall(1)) == 3


@pytest.mark.parametrize("step", STEPS)
def test_both_facts_stay_in_the_journal(hall: Hall, step: str) -> None:
    before, after = done(hall, step)
    hall.at(1, Undo(before.id))
    names = {"no_show": "missed", "hold": "held", "transfer": "transferred", "finish": "finished"}
    assert hall.facts()[-2:] == [f"ticket.{names[step]}", "ticket.undone"]
    assert hall.last.subject == str(before.id)
    assert hall.last.data == {
        "step": step,
        "undoes": after.rev,
        "state": "called",
        "service": "P01",
        "counter": 1,
        "key": before.order_key,
    }


@pytest.mark.parametrize("step", SECONDS)
def test_a_step_can_be_taken_back_until_its_time_is_up(hall: Hall, step: str) -> None:
    before, _ = done(hall, step)
    hall.wait(SECONDS[step])
    assert [row.step for row in desk(hall.store, 1, hall.clock.now_ms()).undoable] == [step]
    hall.wait(0.001)
    assert desk(hall.store, 1, hall.clock.now_ms()).undoable == ()
    with pytest.raises(RuleBroken, match="undo_too_late"):
        hall.at(1, Undo(before.id))


def test_a_no_show_taken_back_at_the_last_moment_keeps_the_place(hall: Hall) -> None:
    before, _ = done(hall, "no_show")
    hall.wait(180)
    hall.at(1, Undo(before.id))
    assert same(hall.row(before.id), before)


def test_the_seconds_are_settings(hall: Hall) -> None:
    hall.by("100201", "settings", ChangeSetting("undo_step_s", 20))
    hall.by("100201", "settings", ChangeSetting("undo_no_show_s", 30))
    before, _ = done(hall, "hold")
    hall.wait(20)
    hall.at(1, Undo(before.id))
    hall.wait(5)
    hall.at(1, NoShow(1))
    hall.wait(31)
    with pytest.raises(RuleBroken, match="undo_too_late"):
        hall.at(1, Undo(before.id))


def test_a_transfer_can_be_taken_back_until_the_other_counter_calls(hall: Hall) -> None:
    before, _ = done(hall, "transfer")
    hall.wait(minutes=59)
    hall.at(1, Undo(before.id))
    assert same(hall.row(before.id), before)
    hall.open(4)
    hall.at(1, Transfer(1, "P05", 4))
    assert hall.call(4) is not None
    with pytest.raises(Stale, match="undo_changed_since"):
        hall.at(1, Undo(before.id))


def test_a_step_is_taken_back_once(hall: Hall) -> None:
    before, _ = done(hall, "hold")
    hall.at(1, Undo(before.id))
    with pytest.raises(NotFound, match="undo_nothing"):
        hall.at(1, Undo(before.id))


def test_a_step_can_be_done_and_taken_back_again(hall: Hall) -> None:
    before, _ = done(hall, "hold")
    for _ in range(3):
        hall.at(1, Undo(before.id))
        hall.at(1, Hold(1, "wait_approval"))
    hall.at(1, Undo(before.id))
    assert same(hall.row(before.id), before)


@pytest.mark.parametrize("step", STEPS)
def test_another_station_cannot_take_it_back(hall: Hall, step: str) -> None:
    before, after = done(hall, step)
    for staff_no, station in (("100301", "lobby"), ("100483", "counter-2")):
        with pytest.raises(RuleBroken, match="undo_other_station"):
            hall.by(staff_no, station, Undo(before.id))
    assert hall.row(before.id) == after


@pytest.mark.parametrize(
    ("step", "change"),
    [
        ("no_show", Return),
        ("no_show", lambda ticket: SetClass(ticket, frozenset({"assisted"}))),
        ("hold", Resume),
        ("hold", Leave),
        ("transfer", lambda ticket: SetClass(ticket, frozenset({"assisted"}))),
        ("transfer", lambda ticket: CallTicket(ticket, 2, "care")),
        ("transfer", Leave),
    ],
)  # fmt: skip
def test_what_has_changed_since_cannot_be_taken_back(hall: Hall, step: str, change) -> None:
    before, _ = done(hall, step)
    hall.open(2)
    hall.lobby(change(before.id))
    after = hall.row(before.id)
    with pytest.raises(Stale, match="undo_changed_since"):
        hall.at(1, Undo(before.id))
    assert hall.row(before.id) == after


def test_paper_printed_meanwhile_is_no_change(hall: Hall) -> None:
    before, _ = done(hall, "hold")
    hall.lobby(RecordPrint(before.id, printed=True))
    hall.at(1, Undo(before.id))
    assert same(hall.row(before.id), before)
    assert hall.store.rows("SELECT print_state FROM ticket", ()) == [("printed",)]


@pytest.mark.parametrize("step", ["no_show", "hold", "transfer"])
def test_with_somebody_else_at_the_counter_he_keeps_his_place(hall: Hall, step: str) -> None:
    before, _ = done(hall, step)
    other = hall.issue().id
    hall.call(1)
    assert hall.at(1, Undo(before.id)) == step
    row = hall.row(before.id)
    assert (row.state, row.order_key, row.service, row.pinned) == (
        "waiting",
        before.order_key,
        "P01",
        None,
    )
    assert (row.counter, row.calls, row.called_at, row.ended_at) == (None, 0, None, None)
    assert hall.row(other).state == "called"
    assert hall.last.data["state"] == "waiting"


def test_with_somebody_else_at_the_counter_a_finish_stands(hall: Hall) -> None:
    before, after = done(hall, "finish")
    hall.issue()
    hall.call(1)
    with pytest.raises(RuleBroken, match="undo_counter_busy"):
        hall.at(1, Undo(before.id))
    assert hall.row(before.id) == after


@pytest.mark.parametrize("step", ["no_show", "hold", "transfer"])
def test_with_the_counter_closed_he_waits_at_his_place(hall: Hall, step: str) -> None:
    before, _ = done(hall, step)
    hall.at(1, CloseCounter(1))
    hall.at(1, Undo(before.id))
    row = hall.row(before.id)
    assert (row.state, row.order_key, row.counter) == ("waiting", before.order_key, None)


def test_with_the_counter_closed_a_finish_stands(hall: Hall) -> None:
    before, after = done(hall, "finish")
    hall.at(1, CloseCounter(1))
    with pytest.raises(RuleBroken, match="counter_closed"):
        hall.at(1, Undo(before.id))
    assert hall.row(before.id) == after
    hall.at(1, OpenCounter(1))
    hall.at(1, Undo(before.id))
    assert hall.row(before.id).state == "called"


def test_calls_cannot_be_taken_back(hall: Hall) -> None:
    hall.open(1)
    hall.issue()
    hall.issue()
    first = hall.call()
    assert first is not None
    second = hall.at(1, FinishAndCall(1))
    hall.wait(5)
    hall.at(1, Recall(1))
    for ticket in (first.id, second.id):
        with pytest.raises(NotFound, match="undo_nothing"):
            hall.at(1, Undo(ticket))


def test_a_call_by_hand_cannot_be_taken_back(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.serving()
    with pytest.raises(NotFound, match="undo_nothing"):
        hall.lobby(Undo(ticket))


def test_nothing_is_taken_back_across_the_close_of_a_day(hall: Hall) -> None:
    before, _ = done(hall, "finish")
    hall.lobby(CloseDay())
    with pytest.raises(NotFound, match="undo_nothing"):
        hall.at(1, Undo(before.id))


def test_the_newest_step_is_offered_first(hall: Hall) -> None:
    before, _ = done(hall, "no_show")
    second = hall.serving()
    hall.wait(1)
    hall.at(1, Hold(1, "fill_form"))
    offered = desk(hall.store, 1, hall.clock.now_ms()).undoable
    assert [(row.ticket, row.step) for row in offered] == [
        (second, "hold"),
        (before.id, "no_show"),
    ]
    assert offered[0].number == "A002"
    assert desk(hall.store, 2, hall.clock.now_ms()).undoable == ()
