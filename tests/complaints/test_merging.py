"""Which complaints may be merged, what becomes of what was merged, and of what was proposed."""

from __future__ import annotations

from typing import Any

import pytest

from branch.complaints.alike import children_of
from branch.complaints.commands.acceptance import (
    Accept,
    DeclineProposal,
    Merge,
    ProposeMerge,
    ProposeRefusal,
    Refer,
    Refuse,
    UndoMerge,
    Withdraw,
)
from branch.complaints.commands.answering import Archive, Unarchive
from branch.complaints.commands.handling import Assign
from branch.complaints.commands.registration import SetSubjects
from branch.complaints.queries.detail import case_detail
from branch.kernel.errors import NotPermitted, RuleBroken, Stale
from branch.people.queries import staff_members
from tests.complaints.desk import ADVISER, GUARD, HEAD, OFFICER, SUPERIOR, TELLER, Desk

CARD = {"document": "resident_id", "document_number": "11010519491231002X"}
OTHER_CARD = {"document": "resident_id", "document_number": "440524188001010014"}
NOBODY = {"name": "", "phone": "", "anonymous": True}


def merged(desk: Desk) -> tuple[int, int]:
    primary, child = desk.register(), desk.register()
    desk.run(Merge(child, primary), HEAD)
    return primary, child


def proposed(desk: Desk, complaint: int) -> tuple[str, object]:
    found = desk.detail(complaint)
    assert found is not None
    return found.line.proposed, found.values["proposed_by"]


def told(desk: Desk, complaint: int) -> list[str]:
    found = desk.detail(complaint)
    assert found is not None
    return [moment.what for moment in found.moments]


# -- who is the same person -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"phone": ""}, {}),
        ({"name": "陈女士", **CARD, "phone": "13900000001"}, CARD),
        ({"name": "陈女士"}, {}),
        (
            {"name": "甲公司", "phone": "1", "credit_code": "91350100M000100Y43"},
            {"name": "甲有限公司", "phone": "2", "credit_code": "91350100M000100Y43"},
        ),
    ],
    ids=["letter-without-phone", "same-document", "same-phone", "same-code"],
)
def test_the_same_person_by_any_of_his_marks(
    desk: Desk, one: dict[str, Any], other: dict[str, Any]
) -> None:
    first, second = desk.register(who=other), desk.register("letter", who=one)
    desk.run(Merge(second, first), HEAD)
    assert desk.state(second) == "merged"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NOBODY, NOBODY),
        ({"name": "王强", "phone": "13900000001"}, {}),
        (CARD, OTHER_CARD),
    ],
    ids=["two-unsigned", "another", "another-of-that-name"],
)
def test_another_person(desk: Desk, one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = desk.register(who=other), desk.register("letter", who=one)
    with pytest.raises(RuleBroken, match="merge_other_person"):
        desk.run(Merge(second, first), HEAD)


@pytest.mark.parametrize(
    "end",
    [
        lambda c: Refuse(c, "no_claim", "没有具体请求"),
        lambda c: Refer(c, "other_bank", "已告知"),
    ],
)
def test_what_is_over_takes_nobody_in(desk: Desk, end: Any) -> None:
    first, second, third = desk.register(), desk.register(), desk.register()
    desk.run(ProposeMerge(third, first))
    desk.run(end(first), HEAD)
    for by, wish in ((HEAD, Merge(second, first)), (OFFICER, ProposeMerge(second, first))):
        with pytest.raises(Stale, match="merge_settled"):
            desk.run(wish, by)
    # What had been proposed before is proposed no longer, and says why.
    assert proposed(desk, third) == ("", None)
    assert told(desk, third)[-1] == "proposal_dropped"


# -- a withdrawn primary --------------------------------------------------------------------------


def test_each_of_the_children_goes_on_for_himself(desk: Desk) -> None:
    primary, child = merged(desk)
    assert children_of(desk.store, primary) == (child,)
    desk.run(Withdraw(primary, own=True))
    assert children_of(desk.store, primary) == (child,)
    desk.run(UndoMerge(child), HEAD)
    assert children_of(desk.store, primary) == ()
    assert desk.state(child) == "received"
    assert desk.due(child)[0] != ""


def test_a_child_of_a_child_goes_by_what_both_were_merged_into(desk: Desk) -> None:
    middle, child = merged(desk)
    last = desk.register()
    desk.run(Merge(middle, last), HEAD)
    desk.run(UndoMerge(child), HEAD)
    assert desk.state(child) == "received"


def test_what_is_taken_out_of_the_archive_is_merged_no_longer(desk: Desk) -> None:
    primary, child = merged(desk)
    desk.run(Refuse(primary, "no_claim", "没有具体请求"), HEAD)
    desk.run(Archive(child))
    desk.run(Unarchive(child, "上级行 2026-1 号"), SUPERIOR)
    found = desk.detail(child)
    assert found is not None
    assert (found.line.state, found.values["merged_into"]) == ("investigating", None)
    assert children_of(desk.store, primary) == ()


# -- proposals ------------------------------------------------------------------------------------


@pytest.mark.parametrize("wish", [Accept, lambda c: Withdraw(c, own=True)])
def test_who_goes_on_has_let_his_proposal_be(desk: Desk, wish: Any) -> None:
    complaint = desk.register()
    desk.run(ProposeRefusal(complaint, "no_claim", "没有具体请求"))
    assert proposed(desk, complaint) == ("refusal:no_claim", desk.staff(OFFICER))
    desk.run(wish(complaint))
    assert proposed(desk, complaint) == ("", None)


def test_a_merge_that_was_proposed_goes_with_the_assignment(desk: Desk) -> None:
    first, second = desk.register(), desk.register()
    desk.run(Accept(second))
    desk.run(ProposeMerge(second, first))
    desk.run(Assign(second, desk.staff(ADVISER)))
    assert proposed(desk, second) == ("", None)


def test_the_head_declines_and_says_why(desk: Desk) -> None:
    complaint = desk.register()
    with pytest.raises(Stale, match="proposal_gone"):
        desk.run(DeclineProposal(complaint, "请受理"), HEAD)
    desk.run(ProposeRefusal(complaint, "no_claim", "没有具体请求"))
    with pytest.raises(NotPermitted):
        desk.run(DeclineProposal(complaint, "请受理"))
    desk.run(DeclineProposal(complaint, "请受理"), HEAD)
    assert proposed(desk, complaint) == ("", None)
    found = desk.detail(complaint)
    assert found is not None
    assert (found.moments[-1].what, found.moments[-1].text) == ("proposal_declined", "请受理")
    assert "请" not in str(desk.last.data)


def test_who_proposed_a_merge_may_still_refuse(desk: Desk) -> None:
    first, second = desk.register(), desk.register()
    desk.run(ProposeMerge(second, first), HEAD)
    desk.run(Refuse(second, "no_claim", "没有具体请求"), HEAD)
    assert desk.state(second) == "not_accepted"


@pytest.mark.parametrize(("touched", "by"), [((OFFICER,), HEAD), ((OFFICER, HEAD), SUPERIOR)])
def test_who_stands_in_decides_and_need_not_propose(
    desk: Desk, touched: tuple[str, ...], by: str
) -> None:
    complaint = desk.register(subjects=frozenset(map(desk.staff, touched)))
    member = next(m for m in staff_members(desk.store) if m.staff_no == by)
    found = case_detail(desk.store, complaint, member.id, member.roles, desk.today)
    assert found is not None
    assert "ProposeRefusal" not in found.steps
    assert "Refuse" in found.steps
    with pytest.raises(NotPermitted):
        desk.run(ProposeRefusal(complaint, "no_claim", "没有具体请求"), by)
    desk.run(Refuse(complaint, "no_claim", "没有具体请求"), by)


# -- one matter -----------------------------------------------------------------------------------


def about(desk: Desk, complaint: int, *staff: str) -> None:
    desk.run(SetSubjects(complaint, frozenset(map(desk.staff, staff))))


def seen_by(desk: Desk, staff: str, *complaints: int) -> list[bool]:
    return [desk.detail(one, staff) is not None for one in complaints]


def test_the_clock_that_a_merge_began_anew_is_put_back_with_it(desk: Desk) -> None:
    primary = desk.register()
    first = desk.due(primary)
    desk.at("2026-11-26 09:00")
    child, other = desk.register(), desk.register()
    desk.run(Merge(child, primary, new_facts=True), HEAD)
    later = desk.due(primary)
    assert later[0] == "2026-12-11"
    desk.run(Merge(other, primary, new_facts=True), HEAD)
    # Another one of the same day began it too.
    desk.run(UndoMerge(child), HEAD)
    assert desk.due(primary) == later
    desk.run(UndoMerge(other), HEAD)
    assert desk.due(primary) == first
    # Without new facts nothing had begun anew.
    desk.run(Merge(child, primary, new_facts=False), HEAD)
    desk.run(UndoMerge(child), HEAD)
    assert desk.due(primary) == first


def test_who_keeps_away_for_a_merge_is_back_when_it_is_undone(desk: Desk) -> None:
    primary, child = desk.register(), desk.register()
    about(desk, primary, TELLER)
    about(desk, child, GUARD)
    desk.run(Merge(child, primary), HEAD)
    # The other way round too: what the child says is of the same matter.
    assert seen_by(desk, GUARD, primary, child) == [False, False]
    assert seen_by(desk, TELLER, primary, child) == [False, False]
    desk.run(UndoMerge(child), HEAD)
    assert seen_by(desk, GUARD, primary, child) == [True, False]
    assert seen_by(desk, TELLER, primary, child) == [False, True]


def test_who_is_named_after_a_merge_keeps_away_from_the_whole_matter(desk: Desk) -> None:
    primary, child, grandchild = desk.register(), desk.register(), desk.register()
    desk.run(Merge(grandchild, child), HEAD)
    desk.run(Merge(child, primary), HEAD)
    about(desk, grandchild, GUARD)
    assert seen_by(desk, GUARD, primary, child, grandchild) == [False] * 3
    about(desk, primary, TELLER)
    assert seen_by(desk, TELLER, primary, child, grandchild) == [False] * 3
    assert seen_by(desk, GUARD, primary) == [False]
    about(desk, grandchild)
    assert seen_by(desk, GUARD, primary, child, grandchild) == [True] * 3
    found = desk.detail(child)
    assert found is not None
    # He is shown, and is nobody whom the desk named here.
    assert found.interested_ids == found.merged_ids == {desk.staff(TELLER)}


def test_who_handles_a_matter_is_not_named_in_what_was_merged_into_it(desk: Desk) -> None:
    primary, child = desk.investigated(handler=ADVISER), desk.register()
    desk.run(Merge(child, primary), HEAD)
    with pytest.raises(NotPermitted, match="handler_interested"):
        about(desk, child, ADVISER)
    assert seen_by(desk, ADVISER, primary, child) == [True, True]


def test_who_had_a_child_may_be_named_in_the_primary(desk: Desk) -> None:
    primary, child = desk.register(), desk.investigated(handler=ADVISER)
    desk.run(Merge(child, primary), HEAD)
    about(desk, primary, ADVISER)
    assert seen_by(desk, ADVISER, primary, child) == [False, False]
    desk.run(UndoMerge(child), HEAD)
    assert seen_by(desk, ADVISER, primary, child) == [False, True]


def test_what_is_taken_out_of_the_archive_is_a_matter_of_its_own(desk: Desk) -> None:
    primary, child = merged(desk)
    about(desk, primary, TELLER)
    desk.run(Refuse(primary, "no_claim", "没有具体请求"), HEAD)
    desk.run(Archive(child))
    assert seen_by(desk, TELLER, child) == [False]
    desk.run(Unarchive(child, "第3号"), SUPERIOR)
    assert seen_by(desk, TELLER, primary, child) == [False, True]
