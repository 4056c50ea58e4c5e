"""A roll call worked without the store: begun or gone on with, handed in once, later mark first."""

from __future__ import annotations

import pytest

from branch.kernel.errors import BadInput, NotPermitted, Stale, StoreLocked
from branch.kernel.keys import new_key
from branch.kernel.sealing import Sealer
from branch.lobby.commands.arrivals import Issue
from branch.visitors.away_roll import AwayRoll, begun_away, opened_roll, sealed_roll
from branch.visitors.commands.hand_in import HandedIn, HandInRoll
from branch.visitors.commands.register import SignOutVisitor
from branch.visitors.commands.rollcall import EndRollCall, MarkRoll, StartRollCall
from branch.visitors.queries.rollcall import RollCall, open_roll_call, past_roll_calls
from branch.visitors.queries.roster import roster
from tests.conftest import OPENING
from tests.visitors.gate import AUDITOR, LOBBY_MANAGER, Gate

MINUTE = 60_000


def begun(gate: Gate, kind: str = "real") -> AwayRoll:
    people = roster(gate.store, gate.clock.now_ms())
    return begun_away("a1", people, kind, gate.clock.now_ms() + MINUTE, "马强")


def gone_on(gate: Gate) -> AwayRoll:
    call = open_roll_call(gate.store)
    assert call is not None
    return AwayRoll("b2", call, gate.clock.now_ms())


def number_of(roll: AwayRoll, label: str) -> int:
    return next(mark.id for mark in roll.call.marks if mark.label == label)


def states(call: RollCall | None) -> dict[str, str]:
    assert call is not None
    return {mark.label: mark.state for mark in call.marks}


def test_it_begins_with_the_people_of_the_kept_roster(gate: Gate) -> None:
    gate.come("周大军")
    roll = begun(gate)
    assert (roll.call.id, roll.as_of, roll.call.started_at) == (0, OPENING, OPENING + MINUTE)
    (one,) = roll.call.marks
    assert (one.label, one.badge, one.place, one.came_at, one.state) == (
        "周大军",
        "V-01",
        "machine_area",
        OPENING,
        "unconfirmed",
    )


def test_marks_and_additions_need_no_store(gate: Gate) -> None:
    gate.come("周大军")
    roll = begun(gate)
    roll = roll.marked({number_of(roll, "周大军")}, "safe", OPENING + MINUTE, "马强")
    roll = roll.with_added("快递员", "正门", OPENING + MINUTE, "马强")
    roll = roll.with_added("保洁员", "", OPENING + MINUTE, "马强")
    assert states(roll.call) == {"周大军": "safe", "快递员": "safe", "保洁员": "safe"}
    assert [mark.id for mark in roll.added] == [-1, -2]
    assert roll.touched == {1}
    with pytest.raises(BadInput):
        roll.marked({1}, "asleep", OPENING, "马强")


def test_its_sealed_text_tells_the_same_and_shows_nothing(gate: Gate) -> None:
    gate.come("周大军")
    roll = (
        begun(gate).marked({1}, "missing", OPENING, "马强").with_added("孙丽华", "正门", 1, "马强")
    )
    sealed = sealed_roll(gate.store.sealer, roll)
    assert opened_roll(gate.store.sealer, sealed) == roll
    assert not any(secret in sealed for secret in ("周", "孙", "正门", "missing"))
    with pytest.raises(StoreLocked):
        opened_roll(Sealer(new_key()), sealed)


def test_begun_without_the_store_it_begins_when_it_did(gate: Gate) -> None:
    gate.come("周大军")
    gate.come("何平")
    roll = begun(gate, "drill")
    roll = roll.marked({number_of(roll, "周大军")}, "safe", OPENING + 2 * MINUTE, "马强")
    roll = roll.with_added("快递员", "正门", OPENING + 3 * MINUTE, "马强")
    gate.clock.advance(10 * 60)
    handed = gate.run(HandInRoll(roll))
    call = open_roll_call(gate.store)
    assert call is not None
    assert handed == HandedIn(call.id, 0, 0)
    assert (call.kind, call.started_at, call.started_by) == ("drill", OPENING + MINUTE, "马强")
    assert states(call) == {"周大军": "safe", "何平": "unconfirmed", "快递员": "safe"}
    at = {mark.label: mark.at for mark in call.marks}
    assert at == {"周大军": OPENING + 2 * MINUTE, "何平": None, "快递员": OPENING + 3 * MINUTE}


def test_who_came_and_left_meanwhile_is_told(gate: Gate) -> None:
    gone = gate.come("周大军")
    gate.run(Issue("P01"), by=LOBBY_MANAGER)
    roll = begun(gate)
    gate.run(SignOutVisitor(gone.id, True))
    gate.come("何平")
    gate.come("吴一")
    handed = gate.run(HandInRoll(roll))
    assert (handed.came, handed.left) == (2, 1)


def test_where_another_station_was_first_its_roll_call_goes_on(gate: Gate) -> None:
    gate.come("周大军")
    roll = begun(gate).marked({1}, "safe", OPENING + MINUTE, "马强")
    number = gate.run(StartRollCall("real"), by=LOBBY_MANAGER)
    gate.clock.advance(5 * 60)
    assert gate.run(HandInRoll(roll)).roll_call == number
    assert states(open_roll_call(gate.store)) == {"周大军": "safe"}


def test_of_two_marks_the_later_one_counts(gate: Gate) -> None:
    gate.come("周大军")
    gate.come("何平")
    number = gate.run(StartRollCall())
    roll = gone_on(gate)
    zhou, he = number_of(roll, "周大军"), number_of(roll, "何平")
    roll = roll.marked({zhou}, "missing", OPENING + MINUTE, "马强")
    gate.clock.advance(2 * 60)
    gate.run(MarkRoll(number, (zhou, he), "safe"), by=LOBBY_MANAGER)
    roll = roll.marked({he}, "not_here", OPENING + 3 * MINUTE, "马强")
    gate.clock.advance(2 * 60)
    gate.run(HandInRoll(roll))
    assert states(open_roll_call(gate.store)) == {"周大军": "safe", "何平": "not_here"}


def test_what_was_not_touched_is_not_written(gate: Gate) -> None:
    gate.come("周大军")
    number = gate.run(StartRollCall())
    roll = gone_on(gate)
    gate.run(MarkRoll(number, (number_of(roll, "周大军"),), "missing"), by=LOBBY_MANAGER)
    gate.run(HandInRoll(roll))
    assert states(open_roll_call(gate.store)) == {"周大军": "missing"}


def test_it_is_handed_in_once(gate: Gate) -> None:
    """The answer to the first try may have been lost on the way."""
    gate.come("周大军")
    roll = begun(gate).with_added("快递员", "", OPENING, "马强").ended(OPENING + MINUTE, "马强")
    assert gate.run(HandInRoll(roll)) is not None
    assert gate.run(HandInRoll(roll)) is None
    assert open_roll_call(gate.store) is None
    (past,) = past_roll_calls(gate.store)
    assert states(past) == {"周*军": "unconfirmed", "快*员": "safe"}


def test_ended_elsewhere_it_is_not_written(gate: Gate) -> None:
    gate.come("周大军")
    number = gate.run(StartRollCall())
    roll = gone_on(gate).marked({1}, "safe", OPENING, "马强")
    gate.run(EndRollCall(number, despite=True), by=LOBBY_MANAGER)
    with pytest.raises(Stale) as over:
        gate.run(HandInRoll(roll))
    assert over.value.code == "roll_call_over"


def test_the_journal_and_the_command_show_no_name(gate: Gate) -> None:
    gate.come("周大军")
    roll = begun(gate).with_added("孙丽华", "正门", OPENING, "马强")
    before = len(gate.entries)
    handed = gate.run(HandInRoll(roll))
    told = gate.entries[before:]
    assert [entry.what for entry in told] == [
        "roll_call.started",
        "roll_call.added",
        "roll_call.handed_in",
    ]
    assert (told[-1].subject, told[-1].data) == (
        "a1",
        {"roll_call": handed.roll_call, "came": 0, "left": 0},
    )
    for text in (*(str(entry.data) for entry in told), repr(HandInRoll(roll))):
        assert "孙" not in text
        assert "周" not in text


def test_who_calls_no_roll_hands_none_in(gate: Gate) -> None:
    with pytest.raises(NotPermitted):
        gate.run(HandInRoll(begun(gate)), by=AUDITOR)
