"""The block list: two persons, an end, and who sees it."""

from __future__ import annotations

from datetime import date

import pytest

from branch.kernel.errors import BadInput, NotFound, NotPermitted, Stale
from branch.visitors.commands.blocking import ApproveBlock, EndBlock, ProposeBlock
from branch.visitors.queries.blocking import block_list
from tests.visitors.gate import BRANCH_MANAGER, GUARD, SUPERVISOR, TELLER, Gate

END = date(2027, 1, 31)


def states(gate: Gate, today: str = "2026-11-20") -> list[str]:
    return [line.state for line in block_list(gate.store, today)]


def test_an_entry_is_in_force_when_a_second_person_agrees(gate: Gate) -> None:
    entry = gate.run(ProposeBlock("周大军", "threat", "曾威胁员工", END, aliases=("周老大", " ")))
    (line,) = block_list(gate.store, gate.day)
    assert (line.state, line.name, line.aliases, line.text) == (
        "proposed",
        "周大军",
        ("周老大",),
        "曾威胁员工",
    )
    assert (line.proposer, line.approver) == ("马强", "")
    gate.run(ApproveBlock(entry), by=SUPERVISOR)
    assert states(gate) == ["active"]
    assert block_list(gate.store, gate.day)[0].approver == "陈刚"
    with pytest.raises(Stale, match="block_moved_on"):
        gate.run(ApproveBlock(entry), by=BRANCH_MANAGER)


def test_who_proposes_does_not_approve(gate: Gate) -> None:
    entry = gate.run(ProposeBlock("周大军", "threat", "", END), by=SUPERVISOR)
    with pytest.raises(NotPermitted, match="second_person_needed"):
        gate.run(ApproveBlock(entry), by=SUPERVISOR)
    with pytest.raises(NotPermitted, match="not_permitted"):
        gate.run(ApproveBlock(entry), by=GUARD)
    gate.run(ApproveBlock(entry), by=BRANCH_MANAGER)


def test_an_entry_ends_by_hand_or_by_its_day(gate: Gate) -> None:
    entry = gate.run(ProposeBlock("周大军", "threat", "", END))
    assert states(gate, "2027-02-01") == ["expired"]
    gate.run(EndBlock(entry), by=SUPERVISOR)
    assert states(gate) == ["ended"]
    with pytest.raises(Stale):
        gate.run(EndBlock(entry), by=SUPERVISOR)
    with pytest.raises(NotFound, match="block_unknown"):
        gate.run(EndBlock(99), by=SUPERVISOR)


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (ProposeBlock("", "threat", "", END), "name"),
        (ProposeBlock("周大军", "dislike", "", END), "reason"),
        (ProposeBlock("周大军", "threat", "", date(2026, 11, 20)), "expires_on"),
        (ProposeBlock("周大军", "threat", "", date(2027, 11, 22)), "expires_on"),
        (ProposeBlock("周大军", "threat", "", END, aliases=("某",) * 11), "aliases"),
        (ProposeBlock("周大军", "threat", "说" * 201, END), "text"),
    ],
)
def test_what_is_wrong_is_named(gate: Gate, command: ProposeBlock, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        gate.run(command)
    assert refused.value.field == field
    assert block_list(gate.store, gate.day) == ()


def test_the_journal_names_nobody(gate: Gate) -> None:
    gate.run(ProposeBlock("周大军", "threat", "曾威胁员工", END, number="110101199003074471"))
    assert gate.last.what == "block.proposed"
    assert gate.last.data == {"reason": "threat"}


def test_a_teller_does_not_propose(gate: Gate) -> None:
    with pytest.raises(NotPermitted):
        gate.run(ProposeBlock("周大军", "threat", "", END), by=TELLER)
