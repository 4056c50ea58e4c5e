"""The day folded from the journal, beside the rows that the commands keep: the same lobby."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch.bootstrap import open_branch
from branch.catalogue.queries import counters
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.lobby.commands.arrivals import Leave, Return, SetClass
from branch.lobby.commands.calling import (
    CallTicket,
    Finish,
    Hold,
    NoShow,
    Resume,
    Transfer,
    Undo,
)
from branch.lobby.commands.counters import (
    CloseCounter,
    OpenCounter,
    PauseCounter,
    SetCounterServices,
)
from branch.lobby.commands.day import CloseDay
from branch.lobby.counter_state import counter_state
from branch.lobby.day_record import DayRecord, Life
from branch.lobby.queries.summary import day_summary, waits_of
from branch.lobby.queries.waits import day_record
from branch.lobby.ticket import ticket_at
from tests.conftest import OPENING
from tests.lobby.chance import COUNTERS, Steps
from tests.lobby.hall import Hall

TODAY = "2026-11-20"
MINUTE = 60_000


def compare(hall: Hall, record: DayRecord) -> None:
    """The record beside tickets, counters and the day's summary."""
    ids = [row[0] for row in hall.store.rows("SELECT id FROM ticket ORDER BY id", ())]
    assert sorted(record.lives) == ids
    for ticket in ids:
        row, life = hall.row(ticket), record.lives[ticket]
        assert (life.number, life.issued_at, life.seq) == (row.number, row.issued_at, row.seq)
        assert (life.service, life.key, life.slot) == (row.service, row.order_key, row.slot)
        assert sorted(life.classes) == row.classes.split(",")
        assert life.first_called_at == row.first_called_at
        assert (life.waiting_since is not None) == (row.state == "waiting")
        assert life.pinned == row.pinned
        last = life.stays[-1] if life.stays else None
        assert (last is not None and last.ended is None) == (row.state == "called")
        if row.state == "called":
            assert last is not None
            assert (last.counter, last.service) == (row.counter, row.service)
        elif row.state in ("held", "missed", "finished"):
            assert last is not None
            assert last.how == row.state
        assert (life.left_at, life.left_why) == (
            (row.ended_at, row.reason) if row.state == "left" else (None, "")
        )
    for counter in counters(hall.store):
        state = counter_state(hall.store, counter.number)
        shifts = record.counters[counter.number].shifts if counter.number in record.counters else []
        assert (shifts[-1].state if shifts else "closed") == state.state
        if shifts:
            assert (shifts[-1].since, shifts[-1].until) == (state.since, None)
            assert shifts[-1].reason == state.reason
            assert record.counters[counter.number].services[-1][1] == counter.services
        for before, after in pairwise(shifts):
            assert before.until == after.since
    summary = day_summary(hall.store, TODAY)
    assert summary is not None
    first = {life.id: life.first_called_at for life in record.lives.values()}
    assert summary.issued == len(record.lives)
    assert summary.waits == waits_of(
        (at - record.lives[ticket].issued_at) / 1000 for ticket, at in first.items() if at
    )
    assert summary.left == sum(life.left_at is not None for life in record.lives.values())
    assert summary.served == sum(
        bool(life.stays) and life.stays[-1].how == "finished" for life in record.lives.values()
    )


def life_of(hall: Hall, ticket: int) -> Life:
    """A ticket's life, after the whole record was compared."""
    record = day_record(hall.store, TODAY)
    compare(hall, record)
    return record.lives[ticket]


def test_a_day_that_was_never_opened_is_empty(hall: Hall) -> None:
    assert day_record(hall.store, TODAY) == DayRecord()


def test_a_ticket_from_issue_to_end(hall: Hall) -> None:
    hall.open(1)
    issued = hall.issue("P01", "elderly")
    hall.wait(minutes=3)
    hall.call(1)
    hall.wait(minutes=7)
    hall.at(1, Finish(1))
    life = life_of(hall, issued.id)
    (stay,) = life.stays
    assert (stay.service, stay.counter, stay.how) == ("P01", 1, "finished")
    assert stay.called == OPENING + 3 * MINUTE
    assert stay.ended == OPENING + 10 * MINUTE
    assert stay.waiting_since == OPENING
    assert stay.key == OPENING - 30 * MINUTE
    assert not stay.by_hand
    assert day_record(hall.store, TODAY).finished() == 1


def test_a_missed_customer_who_comes_back_waits_anew(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.missed(1)
    hall.wait(minutes=4)
    key = hall.lobby(Return(ticket))
    life = life_of(hall, ticket)
    assert (life.key, life.waiting_since) == (key, hall.clock.now_ms())
    assert [stay.how for stay in life.stays] == ["missed"]
    assert life.stays[0].by_hand
    hall.call(1)
    assert life_of(hall, ticket).first_called_at == OPENING


def test_a_transferred_customer_waits_for_the_other_counter(hall: Hall) -> None:
    hall.open(1, 4)
    ticket = hall.serving(1, "P07")
    hall.wait(minutes=2)
    hall.at(1, Transfer(1, "P05", 4))
    life = life_of(hall, ticket)
    assert (life.service, life.pinned) == ("P05", 4)
    assert life.waiting_since == OPENING + 2 * MINUTE
    hall.wait(minutes=1)
    hall.call(4)
    first, second = life_of(hall, ticket).stays
    assert (first.how, first.pinned, second.pinned) == ("transferred", False, True)
    assert (second.counter, second.waiting_since) == (4, OPENING + 2 * MINUTE)


def test_who_leaves_is_told_with_his_reason(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.issue().id
    hall.wait(minutes=9)
    hall.lobby(Leave(ticket, "gave_up"))
    life = life_of(hall, ticket)
    assert (life.left_at, life.left_why) == (OPENING + 9 * MINUTE, "gave_up")


def test_a_class_set_later_moves_the_key_and_keeps_the_slot(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.issue().id
    slot = OPENING + 20 * MINUTE
    hall.wait(minutes=1)
    hall.lobby(SetClass(ticket, frozenset({"appointment"}), slot))
    life = life_of(hall, ticket)
    assert (life.classes, life.slot, life.key) == (("appointment",), slot, OPENING - 10 * MINUTE)


# -- taken back -------------------------------------------------------------------------------


def steps_back(hall: Hall, step: str) -> tuple[int, object]:
    """A ticket at counter 1 after a step that can be taken back, and the step."""
    hall.open(1, 3, 4)
    if step == "no_show":
        return hall.missed(1), NoShow(1)
    ticket = hall.serving(1, "P07")
    hall.wait(minutes=3)
    commands: dict[str, object] = {
        "hold": Hold(1, "fetch_document"),
        "transfer": Transfer(1, "P05"),
        "pin": Transfer(1, "", 3),
        "finish": Finish(1),
    }
    hall.at(1, commands[step])
    return ticket, commands[step]


@pytest.mark.parametrize("step", ["no_show", "hold", "transfer", "pin", "finish"])
def test_a_step_taken_back_never_was(hall: Hall, step: str) -> None:
    ticket, _ = steps_back(hall, step)
    before = life_of(hall, ticket).stays[0]
    hall.wait(2)
    hall.at(1, Undo(ticket))
    life = life_of(hall, ticket)
    (stay,) = life.stays
    assert (stay.ended, stay.how) == (None, "")
    assert (stay.called, stay.counter) == (before.called, 1)
    assert (life.pinned, life.service) == (None, stay.service)
    hall.wait(minutes=1)
    hall.at(1, Finish(1))
    (stay,) = life_of(hall, ticket).stays
    assert (stay.ended, stay.how) == (hall.clock.now_ms(), "finished")


@pytest.mark.parametrize("step", ["no_show", "hold", "transfer", "pin"])
def test_taken_back_while_the_counter_serves_another_he_waits(hall: Hall, step: str) -> None:
    ticket, _ = steps_back(hall, step)
    other = hall.issue("P01").id
    hall.lobby(CallTicket(other, 1, "care"))
    hall.wait(2)
    hall.at(1, Undo(ticket))
    life = life_of(hall, ticket)
    assert life.waiting_since is not None
    assert life.pinned is None
    assert hall.row(ticket).state == "waiting"


def test_a_pin_that_a_call_by_hand_passed_over_comes_back(hall: Hall) -> None:
    hall.open(1, 3, 4)
    ticket = hall.serving(1)
    hall.at(1, Transfer(1, "", 3))
    hall.lobby(CallTicket(ticket, 1, "care"))
    hall.at(1, Hold(1, "fill_form"))
    assert life_of(hall, ticket).pinned == 3
    hall.at(1, Undo(ticket))
    assert life_of(hall, ticket).pinned == 3
    hall.at(1, Hold(1, "fill_form"))
    hall.lobby(Resume(ticket))
    assert life_of(hall, ticket).pinned == 3


# -- counters and days ------------------------------------------------------------------------


def test_a_counters_day(hall: Hall) -> None:
    hall.open(1)
    hall.wait(minutes=10)
    hall.at(1, PauseCounter(1, "cash"))
    hall.wait(minutes=5)
    hall.at(1, OpenCounter(1))
    hall.lobby(SetCounterServices(1, frozenset({"P01"})))
    hall.lobby(SetCounterServices(1, frozenset({"P01"})))
    hall.wait(minutes=5)
    hall.at(1, CloseCounter(1))
    record = day_record(hall.store, TODAY)
    day = record.counters[1]
    told = [(s.state, s.reason, (s.since - OPENING) // MINUTE) for s in day.shifts]
    assert told == [("open", "", 0), ("paused", "cash", 10), ("open", "", 15), ("closed", "", 20)]
    assert [shift.until for shift in day.shifts] == [s.since for s in day.shifts[1:]] + [None]
    assert [(at - OPENING) // MINUTE for at, _ in day.services] == [0, 15]
    assert day.services[-1][1] == frozenset({"P01"})


def test_services_set_before_the_opening_count(hall: Hall) -> None:
    hall.issue()
    hall.lobby(SetCounterServices(1, frozenset({"P03"})))
    hall.wait(minutes=1)
    hall.open(1)
    record = day_record(hall.store, TODAY)
    assert record.counters[1].services == [(OPENING, frozenset({"P03"}))]
    assert [shift.state for shift in record.counters[1].shifts] == ["open"]


def test_a_day_closed_and_opened_again_is_one_day(hall: Hall) -> None:
    hall.open(1)
    first = hall.issue().id
    hall.lobby(CloseDay())
    assert day_record(hall.store, TODAY).closed_at == OPENING
    hall.wait(minutes=1)
    second = hall.issue().id
    record = day_record(hall.store, TODAY)
    assert record.closed_at is None
    assert sorted(record.lives) == [first, second]
    compare(hall, record)


def test_a_day_ends_where_the_next_begins(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.serving(1)
    hall.wait(minutes=24 * 60)
    hall.issue()
    record = day_record(hall.store, TODAY)
    assert list(record.lives) == [ticket]
    assert record.lives[ticket].stays[0].how == "finished"
    assert record.closed_at == hall.clock.now_ms()
    tomorrow = day_record(hall.store, "2026-11-21")
    assert (len(tomorrow.lives), tomorrow.counters) == (1, {})
    assert DayRecord().follow(journal.entries(hall.store)) == tomorrow


@contextmanager
def hall_of(sample_file: Path) -> Iterator[Hall]:
    """A hall in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "branch.db"
        shutil.copy(sample_file, path)
        clock = SetClock(OPENING)
        branch = open_branch(f"sqlite:///{path}", clock)
        yield Hall(branch, clock)
        branch.close()


@settings(max_examples=12)
@given(seed=st.integers(0, 10**9))
def test_after_any_steps_the_record_is_what_the_tables_say(sample_file: Path, seed: int) -> None:
    with hall_of(sample_file) as hall:
        hall.open(*COUNTERS)
        steps = Steps(hall, seed)
        for at in range(120):
            if steps.step() and at % 4 == 0:
                compare(hall, day_record(hall.store, TODAY))
        compare(hall, day_record(hall.store, TODAY))
        for counter in COUNTERS:
            if ticket_at(hall.store, counter) is not None:
                hall.at(counter, OpenCounter(counter))
                hall.at(counter, Finish(counter))
        compare(hall, day_record(hall.store, TODAY))
