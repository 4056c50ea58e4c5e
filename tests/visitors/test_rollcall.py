"""The roll call: who is on it, marks of several stations, its end, and what the journal keeps."""

from __future__ import annotations

import pytest

from branch.founding import Plan
from branch.kernel.errors import BadInput, NotPermitted, RuleBroken, Stale
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue
from branch.people.commands import SignIn
from branch.visitors.commands.register import SignOutVisitor
from branch.visitors.commands.rollcall import (
    AddToRoll,
    EndRollCall,
    MarkRoll,
    RecordRosterPrint,
    StartRollCall,
)
from branch.visitors.queries.rollcall import (
    RollCall,
    RollMark,
    open_roll_call,
    past_roll_calls,
    roll_call,
)
from tests.conftest import OPENING
from tests.visitors.gate import (
    ADMINISTRATOR,
    AUDITOR,
    BRANCH_MANAGER,
    GUARD,
    LOBBY_MANAGER,
    Gate,
)


def call_of(gate: Gate) -> RollCall:
    found = open_roll_call(gate.store)
    assert found is not None
    return found


def mark_of(gate: Gate, label: str) -> RollMark:
    return next(mark for mark in call_of(gate).marks if mark.label == label)


def test_everybody_inside_is_on_it_and_nobody_confirmed(gate: Gate) -> None:
    visitor = gate.come("周大军")
    plain = gate.run(Issue("P01"), by=LOBBY_MANAGER)
    helped = gate.run(Issue("P01", care=frozenset({"step_free", "seat"})), by=LOBBY_MANAGER)
    number = gate.run(StartRollCall("drill"))
    call = call_of(gate)
    assert (call.id, call.kind, call.started_by, call.started_at) == (
        number,
        "drill",
        "马强",
        OPENING,
    )
    assert {mark.state for mark in call.marks} == {"unconfirmed"}
    told = {mark.label: mark for mark in call.marks}
    assert (told["周大军"].kind, told["周大军"].badge, told["周大军"].place) == (
        "visitor",
        visitor.badge,
        "machine_area",
    )
    assert told["周大军"].came_at == OPENING
    assert told[plain.number].kind == "customer"
    assert (told[helped.number].kind, told[helped.number].help) == (
        "assisted",
        ("seat", "step_free"),
    )
    assert (call.count("visitor"), call.count("customer", "assisted")) == ((0, 1), (0, 2))


def test_one_at_a_time_and_only_of_a_known_kind(gate: Gate) -> None:
    with pytest.raises(BadInput) as unknown:
        gate.run(StartRollCall("party"))
    assert unknown.value.field == "kind"
    gate.run(StartRollCall())
    with pytest.raises(RuleBroken) as open_one:
        gate.run(StartRollCall())
    assert open_one.value.code == "roll_call_open"


def test_the_last_mark_of_several_stations_counts(gate: Gate) -> None:
    gate.come("周大军")
    number = gate.run(StartRollCall())
    zhou = mark_of(gate, "周大军").id
    gate.run(MarkRoll(number, (zhou,), "missing"), by=GUARD)
    gate.clock.advance(30)
    gate.run(MarkRoll(number, (zhou,), "safe"), by=LOBBY_MANAGER)
    marked = mark_of(gate, "周大军")
    assert (marked.state, marked.by, marked.at) == ("safe", "李静", OPENING + 30_000)
    gate.run(MarkRoll(number, (zhou,), "unconfirmed"))
    again = mark_of(gate, "周大军")
    assert (again.state, again.by, again.at) == ("unconfirmed", "", None)


def test_many_are_marked_with_one_step(gate: Gate) -> None:
    for _ in range(3):
        gate.run(Issue("P01"), by=LOBBY_MANAGER)
    number = gate.run(StartRollCall())
    marks = tuple(mark.id for mark in call_of(gate).marks)
    gate.run(MarkRoll(number, marks, "safe"))
    assert call_of(gate).count("customer") == (3, 3)
    assert gate.last.what == "roll_call.marked"
    assert gate.last.data["marks"] == [str(mark) for mark in marks]


def test_a_mark_of_nobody_changes_nothing(gate: Gate) -> None:
    gate.come("周大军")
    number = gate.run(StartRollCall())
    zhou = mark_of(gate, "周大军").id
    with pytest.raises(BadInput) as unknown:
        gate.run(MarkRoll(number, (zhou, 999), "safe"))
    assert unknown.value.code == "roll_mark_unknown"
    with pytest.raises(BadInput):
        gate.run(MarkRoll(number, (zhou,), "asleep"))
    assert mark_of(gate, "周大军").state == "unconfirmed"


def test_somebody_on_no_list_is_added_as_safe(gate: Gate) -> None:
    number = gate.run(StartRollCall())
    gate.run(AddToRoll(number, "快递员", "正门"))
    added = mark_of(gate, "快递员")
    assert (added.kind, added.state, added.place, added.by) == ("unlisted", "safe", "正门", "马强")
    with pytest.raises(BadInput) as nameless:
        gate.run(AddToRoll(number, " "))
    assert nameless.value.field == "name"
    assert "快递员" not in repr(AddToRoll(number, "快递员"))


def test_ending_with_somebody_missing_has_to_be_said(gate: Gate) -> None:
    gate.come("周大军")
    gate.come("何平")
    number = gate.run(StartRollCall())
    gate.run(MarkRoll(number, (mark_of(gate, "何平").id,), "missing"))
    with pytest.raises(RuleBroken) as left:
        gate.run(EndRollCall(number))
    assert (left.value.code, left.value.values["number"]) == ("roll_unconfirmed", 2)
    # Missing first, then unconfirmed.
    assert [mark.label for mark in call_of(gate).unconfirmed] == ["何平", "周大军"]
    gate.clock.advance(60)
    gate.run(EndRollCall(number, despite=True), by=BRANCH_MANAGER)
    ended = roll_call(gate.store, number)
    assert ended is not None
    assert (ended.ended_at, ended.ended_by) == (OPENING + 60_000, "林婉")
    assert gate.last.data == {
        "people": 2,
        "safe": 0,
        "missing": 1,
        "not_here": 0,
        "unconfirmed": 1,
    }


def test_nothing_is_marked_after_its_end(gate: Gate) -> None:
    gate.come("周大军")
    number = gate.run(StartRollCall())
    zhou = mark_of(gate, "周大军").id
    gate.run(MarkRoll(number, (zhou,), "not_here"))
    gate.run(EndRollCall(number))
    for late in (MarkRoll(number, (zhou,), "safe"), AddToRoll(number, "钱"), EndRollCall(number)):
        with pytest.raises(Stale) as over:
            gate.run(late)
        assert over.value.code == "roll_call_over"


def test_names_are_whole_while_it_runs_and_masked_afterwards(gate: Gate) -> None:
    gate.come("周大军")
    number = gate.run(StartRollCall())
    gate.run(AddToRoll(number, "孙丽华"))
    assert [mark.label for mark in call_of(gate).marks] == ["周大军", "孙丽华"]
    gate.run(EndRollCall(number, despite=True))
    (past,) = past_roll_calls(gate.store)
    assert [mark.label for mark in past.marks] == ["周*军", "孙*华"]
    assert open_roll_call(gate.store) is None


def test_colleagues_are_on_it_where_they_signed_in(gate: Gate, sample: Plan) -> None:
    pins = {member.staff_no: member.pin for member in sample.staff}
    for staff_no, place in (("100482", "counter-1"), (GUARD, "register")):
        gate.branch.run(SignIn(staff_no, pins[staff_no]), Actor(0, place))
    gate.run(StartRollCall())
    staff = [(mark.label, mark.place) for mark in call_of(gate).marks if mark.kind == "staff"]
    assert sorted(staff) == [("王敏", "counter-1"), ("马强", "register")]


def test_the_journal_holds_no_name(gate: Gate) -> None:
    gate.come("周大军")
    gate.run(Issue("P01", care=frozenset({"step_free"})), by=LOBBY_MANAGER)
    number = gate.run(StartRollCall())
    gate.run(AddToRoll(number, "孙丽华", "正门"))
    gate.run(MarkRoll(number, (mark_of(gate, "周大军").id,), "safe"))
    gate.run(RecordRosterPrint())
    gate.run(EndRollCall(number, despite=True))
    told = [entry for entry in gate.entries if entry.topic in ("roll_call", "roster")]
    assert [entry.what for entry in told] == [
        "roll_call.started",
        "roll_call.added",
        "roll_call.marked",
        "roster.printed",
        "roll_call.ended",
    ]
    text = " ".join(str(entry.data) + entry.subject for entry in told)
    for secret in ("周", "孙", "正门", "step_free"):
        assert secret not in text


def test_a_visitor_who_left_stays_on_the_roll(gate: Gate) -> None:
    """He is found by name at the meeting point all the same."""
    visitor = gate.come("周大军")
    gate.run(StartRollCall())
    gate.run(SignOutVisitor(visitor.id, True))
    assert mark_of(gate, "周大军").state == "unconfirmed"


@pytest.mark.parametrize("staff_no", [ADMINISTRATOR, AUDITOR])
def test_who_receives_nobody_calls_no_roll(gate: Gate, staff_no: str) -> None:
    with pytest.raises(NotPermitted):
        gate.run(StartRollCall(), by=staff_no)
