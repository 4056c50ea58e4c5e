"""Who decides on a report: head or superior body, and who is asked where both are concerned."""

from __future__ import annotations

from typing import Any

import pytest

from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.answering import NoteReceipt, Reply
from branch.complaints.commands.handling import Assign, Decide, Investigate, SendBack
from branch.complaints.commands.registration import SetSubjects
from branch.complaints.commands.reviews import StartReReview, UpholdDecision
from branch.complaints.rules import Who
from branch.kernel.errors import RuleBroken
from branch.people.commands.accounts import AddStaff
from branch.people.queries import staff_members
from branch.people.rules import Role
from tests.complaints.desk import HEAD, OFFICER, SUPERIOR, Desk
from ui.complaints.offers import offers_of


def drafted(desk: Desk, redress: int | None = None, **other: Any) -> int:
    complaint = desk.investigated(**other)
    desk.report(complaint, redress=redress)
    return complaint


def offered(desk: Desk, complaint: int, by: str) -> set[str]:
    found = desk.detail(complaint, by)
    assert found is not None
    member = next(m for m in staff_members(desk.store) if m.staff_no == by)
    offers = offers_of(found, member.id, member.roles, desk.today)
    return {offers.first, *offers.others, *offers.more}


def decider(desk: Desk, complaint: int) -> Who | None:
    found = desk.detail(complaint)
    assert found is not None
    return found.decider


def test_an_ordinary_one_is_the_heads(desk: Desk) -> None:
    complaint = drafted(desk)
    assert decider(desk, complaint) is Who.HEAD
    assert {"Decide", "SendBack"} <= offered(desk, complaint, HEAD)
    desk.run(Decide(complaint), HEAD)


@pytest.mark.parametrize("beyond", [{"who": {"parties": 20}}, {"redress": 200_001}])
def test_what_is_the_superiors_is_not_offered_to_the_head(
    desk: Desk, beyond: dict[str, Any]
) -> None:
    complaint = drafted(desk, **beyond)
    assert decider(desk, complaint) is Who.UP
    assert not {"Decide", "SendBack"} & offered(desk, complaint, HEAD)
    assert {"Decide", "SendBack"} <= offered(desk, complaint, SUPERIOR)
    for command in (Decide(complaint), SendBack(complaint, "请补充")):
        with pytest.raises(RuleBroken, match="superior_decides"):
            desk.run(command, HEAD)
    desk.run(Decide(complaint), SUPERIOR)


def test_about_the_superior_it_is_the_heads_all_the_same(desk: Desk) -> None:
    subjects = frozenset({desk.staff(SUPERIOR)})
    complaint = drafted(desk, who={"parties": 20}, subjects=subjects)
    assert decider(desk, complaint) is Who.HEAD
    desk.run(SendBack(complaint, "请补充"), HEAD)
    desk.report(complaint)
    desk.run(Decide(complaint), HEAD)
    assert desk.state(complaint) == "decided"


def test_about_both_another_colleague_is_asked_for(desk: Desk) -> None:
    complaint = drafted(desk, subjects=frozenset({desk.staff(SUPERIOR), desk.staff(HEAD)}))
    assert decider(desk, complaint) is None
    both = frozenset({Role.SUPERIOR})
    desk.run(AddStaff("100998", "另一位", both, "482019"), "100001")
    assert decider(desk, complaint) is Who.UP


def test_about_one_of_two_heads_the_other_does_not_decide_alone(desk: Desk) -> None:
    desk.run(AddStaff("100998", "副行长", frozenset({Role.BRANCH_MANAGER}), "482019"), "100001")
    about = frozenset({desk.staff(SUPERIOR), desk.staff(HEAD)})
    complaint = drafted(desk, subjects=about)
    assert decider(desk, complaint) is None
    assert not {"Decide", "SendBack"} & offered(desk, complaint, "100998")
    with pytest.raises(RuleBroken, match="superior_colleague_needed"):
        desk.run(Decide(complaint), "100998")


def test_what_the_head_investigated_is_the_superiors(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint, "verified"))
    desk.run(Investigate(complaint), HEAD)
    desk.report(complaint, HEAD)
    assert decider(desk, complaint) is Who.UP
    assert "Decide" not in offered(desk, complaint, HEAD)
    assert "Decide" in offered(desk, complaint, SUPERIOR)
    # He takes it back himself, to put it right.
    assert "SendBack" in offered(desk, complaint, HEAD)
    desk.run(SendBack(complaint, "漏了一项证据"), HEAD)


def test_a_re_review_keeps_somebody_who_can_end_it(desk: Desk) -> None:
    complaint = desk.decided()
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True))
    desk.run(NoteReceipt(complaint, desk.today))
    desk.run(StartReReview(complaint, desk.today, in_writing=True), SUPERIOR)
    about = SetSubjects(complaint, frozenset(), frozenset({desk.staff(SUPERIOR)}))
    with pytest.raises(RuleBroken, match="re_review_needs_superior"):
        desk.run(about)
    desk.run(AddStaff("100998", "另一位", frozenset({Role.SUPERIOR}), "482019"), "100001")
    desk.run(about)
    desk.run(UpholdDecision(complaint, changed=False, text="维持"), "100998")
    assert desk.state(complaint) == "closed"


def test_what_comes_too_late_is_not_offered(desk: Desk) -> None:
    desk.at("2026-09-21 10:00")
    spot, back = desk.register(), desk.register()
    for complaint in (spot, back):
        desk.run(Accept(complaint, "verified"))
    desk.run(Assign(back, desk.staff(OFFICER)))
    assert "SolveOnTheSpot" in offered(desk, spot, HEAD)
    assert "HandBack" in offered(desk, back, OFFICER)
    desk.at("2026-09-22 23:00")
    assert "HandBack" in offered(desk, back, OFFICER)
    desk.at("2026-09-24 23:00")
    assert "HandBack" not in offered(desk, back, OFFICER)
    assert "SolveOnTheSpot" in offered(desk, spot, HEAD)
    desk.at("2026-09-28 00:30")
    assert "SolveOnTheSpot" not in offered(desk, spot, HEAD)


def test_nothing_was_received_by_nobody(desk: Desk) -> None:
    complaint = desk.decided(who={"anonymous": True, "name": "", "phone": ""})
    desk.run(Reply(complaint, "internal", desk.clock.now_ms()))
    assert "NoteReceipt" not in offered(desk, complaint, OFFICER)
    assert "GiveIdentity" in offered(desk, complaint, OFFICER)
