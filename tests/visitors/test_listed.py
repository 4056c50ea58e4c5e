"""A request about one's own data reaches the block list and roll calls: found, shown, erased."""

from __future__ import annotations

from datetime import date

import pytest

from branch.kernel.errors import RuleBroken
from branch.visitors.commands.blocking import ApproveBlock, EndBlock, ProposeBlock
from branch.visitors.commands.register import SignOutVisitor
from branch.visitors.commands.request_changes import CorrectRecord
from branch.visitors.commands.requests import (
    CarryOutRequest,
    ConfirmIdentity,
    LinkRecord,
    OpenRequest,
    ShowOwnData,
)
from branch.visitors.commands.retention import RunRetention
from branch.visitors.commands.rollcall import AddToRoll, EndRollCall, MarkRoll, StartRollCall
from branch.visitors.queries.requests import find_records, linked
from branch.visitors.queries.retention import past_counts, retention_preview
from branch.visitors.queries.rollcall import open_roll_call
from branch.visitors.retention import Held, Kind
from tests.visitors.gate import BRANCH_MANAGER, LOBBY_MANAGER, SUPERVISOR, Gate

NAME, NUMBER = "周大军", "E73100042"
DAY_S = 24 * 3_600


def block(gate: Gate, name: str = NAME, **other: object) -> int:
    command = ProposeBlock(name, "theft", "撬过柜员机", date(2027, 1, 31), **other)  # type: ignore[arg-type]
    entry: int = gate.run(command, by=LOBBY_MANAGER)
    gate.run(ApproveBlock(entry), by=SUPERVISOR)
    return entry


def call_the_roll(gate: Gate, unlisted: str = NAME) -> int:
    """A roll call that somebody on no list came to; returns his line."""
    roll = gate.run(StartRollCall("test"))
    mark: int = gate.run(AddToRoll(roll, unlisted, "集合点"))
    return mark


def end_the_roll(gate: Gate) -> None:
    found = open_roll_call(gate.store)
    assert found is not None
    gate.run(EndRollCall(found.id, despite=True), by=SUPERVISOR)


def asked(gate: Gate, kind: str, *items: tuple[str, int]) -> int:
    request: int = gate.run(OpenRequest(kind, NAME, "", "请办理"), by=SUPERVISOR).id
    gate.run(ConfirmIdentity(request), by=SUPERVISOR)
    for item, ref in items:
        gate.run(LinkRecord(request, item, ref), by=SUPERVISOR)
    return request


def found(gate: Gate, **how: str) -> list[tuple[str, int, str, frozenset[str]]]:
    return [(one.kind, one.ref, one.shown_name, one.by) for one in find_records(gate.store, **how)]


def test_an_entry_is_found_by_name_alias_and_number(gate: Gate) -> None:
    entry = block(gate, aliases=("周老三",), number=NUMBER)
    block(gate, "周大")
    expected = ("blocked", entry, "周*军")
    assert found(gate, name=NAME) == [(*expected, frozenset({"name"}))]
    assert found(gate, name="周老三") == [(*expected, frozenset({"name"}))]
    assert found(gate, document=NUMBER) == [(*expected, frozenset({"document"}))]
    assert found(gate, name=NAME, document=NUMBER) == [(*expected, frozenset({"name", "document"}))]
    assert found(gate, name="大军") == []


def test_a_line_of_a_roll_call_is_found_by_its_name_and_by_the_visits(gate: Gate) -> None:
    visitor = gate.come("孙丽华").id
    line = call_the_roll(gate)
    assert found(gate, name=NAME) == [("roll_mark", line, "周*军", frozenset({"name"}))]
    kinds = [(one.kind, one.shown_name, one.day) for one in find_records(gate.store, "孙丽华")]
    assert kinds == [("visitor", "孙*华", gate.day), ("roll_mark", "孙*华", gate.day)]
    end_the_roll(gate)
    gate.run(SignOutVisitor(visitor))


def test_it_is_given_in_full_on_request_and_the_journal_says_so(gate: Gate) -> None:
    entry, line = block(gate, aliases=("周老三",)), call_the_roll(gate)
    request = asked(gate, "copy", ("blocked", entry), ("roll_mark", line))
    records = gate.run(ShowOwnData(request), by=SUPERVISOR)
    values = {one.kind: {value.name: value.value for value in one.values} for one in records}
    assert values["blocked"] == {
        "name": NAME,
        "other_names": "周老三",
        "block_reason": "theft",
        "block_text": "撬过柜员机",
        "noted_at": gate.clock.now_ms(),
        "block_until": "2027-01-31",
    }
    assert values["roll_mark"] == {
        "name": NAME,
        "roll_at": gate.clock.now_ms(),
        "roll_place": "集合点",
        "roll_state": "safe",
        "marked_at": gate.clock.now_ms(),
    }
    views = [e for e in gate.entries if e.what.endswith(".revealed")]
    assert {(e.what, e.subject) for e in views} == {
        ("block.revealed", str(entry)),
        ("roll_mark.revealed", str(line)),
    }
    assert NAME not in str([e.data for e in gate.entries])


def test_what_protects_people_is_erased_when_it_is_over(gate: Gate) -> None:
    entry, line = block(gate), call_the_roll(gate)
    request = asked(gate, "delete", ("blocked", entry), ("roll_mark", line))
    with pytest.raises(RuleBroken, match="erase_roll_open"):
        gate.run(CarryOutRequest(request), by=BRANCH_MANAGER)
    end_the_roll(gate)
    with pytest.raises(RuleBroken, match="erase_in_force"):
        gate.run(CarryOutRequest(request), by=BRANCH_MANAGER)
    gate.run(EndBlock(entry), by=SUPERVISOR)
    gate.run(CarryOutRequest(request), by=BRANCH_MANAGER)
    assert find_records(gate.store, NAME) == ()
    assert linked(gate.store, "blocked", entry).gone
    assert linked(gate.store, "roll_mark", line).gone
    assert past_counts(gate.store, "blocked") == (("2026-11", "theft", "", 1),)
    assert past_counts(gate.store, "roll_mark") == (("2026-11", "unlisted", "safe", 1),)


def test_neither_is_kept_by_consent_nor_corrected_behind_its_keepers(gate: Gate) -> None:
    entry = block(gate)
    request = asked(gate, "withdraw", ("blocked", entry))
    with pytest.raises(RuleBroken, match="withdraw_safety"):
        gate.run(CarryOutRequest(request), by=BRANCH_MANAGER)
    request = asked(gate, "correct", ("blocked", entry))
    with pytest.raises(RuleBroken, match="correct_at_list"):
        gate.run(CorrectRecord(request, "blocked", entry, "周小军"), by=SUPERVISOR)
    assert find_records(gate.store, NAME)


def test_what_an_open_request_is_about_outlives_its_time(gate: Gate) -> None:
    entry, line = block(gate), call_the_roll(gate)
    end_the_roll(gate)
    gate.run(EndBlock(entry), by=SUPERVISOR)
    request = asked(gate, "access", ("blocked", entry), ("roll_mark", line))
    gate.clock.advance(400 * DAY_S)
    assert "blocked" not in gate.run(RunRetention(), by=SUPERVISOR).gone
    preview = retention_preview(gate.store, gate.clock.now_ms())
    held = {one.kind: one.held for one in preview.kinds}
    assert held[Kind.BLOCKED] == ((Held.REQUEST, 1),)
    assert held[Kind.ROLL_MARK] == ((Held.REQUEST, 1),)
    gate.run(CarryOutRequest(request), by=SUPERVISOR)
    gone = gate.run(RunRetention(), by=SUPERVISOR).gone
    assert (gone["blocked"], gone["roll_mark"]) == (1, 1)


def test_a_mark_of_an_open_roll_call_can_still_be_changed(gate: Gate) -> None:
    line = call_the_roll(gate)
    asked(gate, "access", ("roll_mark", line))
    found_call = open_roll_call(gate.store)
    assert found_call is not None
    gate.run(MarkRoll(found_call.id, (line,), "not_here"))
    assert linked(gate.store, "roll_mark", line).shown_name == "周*军"
