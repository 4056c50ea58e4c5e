"""Whose part it becomes when everybody whose part it is has an interest in the case."""

from __future__ import annotations

from itertools import product

import pytest

from branch.complaints.commands.acceptance import Accept, ProposeRefusal, Refer, Refuse
from branch.complaints.commands.answering import Close, Reopen, Reply
from branch.complaints.commands.handling import Assign, Decide, Investigate, TakeOver
from branch.complaints.commands.reviews import RecordVisit
from branch.complaints.queries.detail import case_detail
from branch.complaints.rules import (
    OPEN,
    ROLES_OF,
    STEPS,
    State,
    Who,
    may_take,
    permission_of,
    vacant,
)
from branch.kernel.errors import NotFound, NotPermitted
from branch.people.commands.accounts import ChangeStaff
from branch.people.queries import staff_members
from branch.people.rules import Role
from branch.quality.commands import AddAction
from tests.complaints.desk import (
    ADVISER,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERIOR,
    SUPERVISOR,
    TELLER,
    Desk,
)


def about(desk: Desk, *staff: str) -> int:
    return desk.register(subjects=frozenset(map(desk.staff, staff)))


def steps(desk: Desk, complaint: int, by: str) -> tuple[str, ...]:
    member = next(m for m in staff_members(desk.store) if m.staff_no == by)
    found = case_detail(desk.store, complaint, member.id, member.roles, desk.today)
    return found.steps if found is not None else ()


def test_about_the_whole_desk_the_head_does_its_part(desk: Desk) -> None:
    complaint, other = about(desk, OFFICER), desk.register()
    assert "Accept" in steps(desk, complaint, HEAD)
    assert "Accept" not in steps(desk, other, HEAD)
    for by in (SUPERIOR, LOBBY_MANAGER):
        assert "Accept" not in steps(desk, complaint, by)
        with pytest.raises(NotPermitted):
            desk.run(Accept(complaint, "verified"), by)
    with pytest.raises(NotPermitted, match="complaint_part"):
        desk.run(Accept(other, "verified"), HEAD)
    with pytest.raises(NotFound):
        desk.run(Accept(complaint, "verified"))
    # From the beginning to the archive.
    desk.run(Accept(complaint, "verified"), HEAD)
    desk.paper(complaint, "TS-02A", by=HEAD)
    desk.run(Assign(complaint, desk.staff(ADVISER)), HEAD)
    desk.run(TakeOver(complaint), ADVISER)
    desk.report(complaint)
    desk.run(Decide(complaint), HEAD)
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), HEAD)
    desk.run(RecordVisit(complaint, "phone", True, "satisfied"), SUPERVISOR)
    desk.run(AddAction("complaint", complaint, "培训", desk.staff(ADVISER), desk.today), HEAD)
    desk.run(Close(complaint), HEAD)
    assert steps(desk, complaint, HEAD)[-1] == "Archive"


def test_about_the_head_the_superior_does_his(desk: Desk) -> None:
    complaint = about(desk, HEAD)
    desk.run(ProposeRefusal(complaint, "no_claim", "没有具体请求"))
    assert "Refuse" not in steps(desk, complaint, OFFICER)
    with pytest.raises(NotPermitted, match="complaint_part"):
        desk.run(Refer(desk.register(), "other_bank", "已告知"), SUPERIOR)
    desk.run(Refuse(complaint, "no_claim", "没有具体请求"), SUPERIOR)
    assert desk.state(complaint) == "not_accepted"
    # What the branch investigates itself is nothing for who decides on it.
    second = about(desk, HEAD)
    desk.run(Accept(second, "verified"))
    assert "Investigate" not in steps(desk, second, SUPERIOR)
    with pytest.raises(NotPermitted):
        desk.run(Investigate(second), SUPERIOR)


def test_about_desk_and_head_the_superior_does_all(desk: Desk) -> None:
    complaint = about(desk, OFFICER, HEAD)
    assert steps(desk, complaint, LOBBY_MANAGER) == ()
    desk.run(Accept(complaint, "verified"), SUPERIOR)
    desk.run(Assign(complaint, desk.staff(ADVISER)), SUPERIOR)
    desk.run(TakeOver(complaint), ADVISER)
    desk.report(complaint, finding="not_true")
    desk.run(Decide(complaint), SUPERIOR)
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    desk.run(Reopen(complaint, "有新情况"), SUPERIOR)
    assert "Assign" in steps(desk, complaint, SUPERIOR)
    assert not {"Archive", "Accept"} & set(steps(desk, complaint, TELLER))


def test_who_has_left_the_branch_takes_no_part(desk: Desk) -> None:
    complaint = desk.register()
    assert "Accept" not in steps(desk, complaint, HEAD)
    officer = next(m for m in staff_members(desk.store) if m.staff_no == OFFICER)
    desk.run(ChangeStaff(officer.id, officer.name, officer.roles, active=False), "100001")
    desk.run(Accept(complaint, "verified"), HEAD)


# -- the table ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("desk_out", "head_out"), list(product((False, True), repeat=2)))
@pytest.mark.parametrize("state", sorted(OPEN | {State.REPLIED}))
def test_no_case_is_left_without_anybody(state: State, desk_out: bool, head_out: bool) -> None:
    """Somebody else than a handler, who may leave, takes it on towards its end."""
    people = [
        (1, {Role.COMPLAINT_OFFICER}),
        (2, {Role.BRANCH_MANAGER}),
        (3, {Role.SUPERIOR}),
    ]
    out = {number for number, gone in ((1, desk_out), (2, head_out)) if gone}
    left = vacant(people, out)
    ways = {
        step.code
        for step in STEPS.values()
        if state in step.froms and step.to is not None and step.code not in ("Merge", "Withdraw")
        for number, roles in people
        if number not in out and may_take(step, roles, False, left)
    }
    assert ways


def test_parts_fall_to_the_next_in_line() -> None:
    accept, decide, review = STEPS["Accept"], STEPS["Decide"], STEPS["StartReReview"]
    everybody = {Who.REG, Who.HEAD}
    assert may_take(accept, {Role.COMPLAINT_OFFICER}, False)
    assert not may_take(accept, {Role.BRANCH_MANAGER}, False)
    assert may_take(accept, {Role.BRANCH_MANAGER}, False, {Who.REG})
    assert not may_take(accept, {Role.SUPERIOR}, False, {Who.REG})
    assert not may_take(accept, {Role.SUPERIOR}, False, {Who.HEAD})
    assert may_take(accept, {Role.SUPERIOR}, False, everybody)
    assert not may_take(accept, {Role.TELLER}, False, everybody)
    assert not may_take(review, {Role.BRANCH_MANAGER}, False, everybody)
    assert may_take(decide, {Role.SUPERIOR}, False)
    assert permission_of("Accept") == ROLES_OF[Who.REG] | ROLES_OF[Who.HEAD] | ROLES_OF[Who.UP]
    assert permission_of("Investigate") == ROLES_OF[Who.HEAD]
