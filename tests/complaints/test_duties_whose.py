"""Whose duty it is: the visit, the decision, what was left behind by a withdrawal."""

from __future__ import annotations

from branch.complaints.commands.acceptance import (
    Accept,
    Merge,
    UndoMerge,
    Withdraw,
)
from branch.complaints.commands.answering import RecordContact, Reply
from branch.complaints.commands.handling import (
    Decide,
    Investigate,
    SendBack,
    SolveOnTheSpot,
)
from branch.complaints.commands.registration import SetSubjects
from branch.complaints.commands.reviews import RecordVisit
from branch.complaints.reminders import (
    Reason,
)
from tests.complaints.desk import (
    ADVISER,
    HEAD,
    OFFICER,
    SUPERIOR,
    SUPERVISOR,
    Desk,
)
from tests.complaints.duties import days, told

# -- who makes the visit --------------------------------------------------------------------------


def replied(desk: Desk, complaint: int, by: str) -> None:
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), remedies_told=True), by)
    desk.at("2026-12-03 09:00")


def test_the_head_visits_when_the_only_officer_has_handled_it(desk: Desk) -> None:
    complaint = desk.investigated(handler=OFFICER)
    desk.report(complaint, by=OFFICER)
    desk.run(Decide(complaint), HEAD)
    replied(desk, complaint, OFFICER)
    assert days(desk, OFFICER, Reason.VISIT) == []
    assert days(desk, HEAD, Reason.VISIT) == ["2026-12-04"]
    desk.run(RecordVisit(complaint, "phone", reached=True, satisfaction="satisfied"), HEAD)
    assert days(desk, HEAD, Reason.VISIT) == []


def test_the_supervisor_visits_when_desk_and_head_may_not(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint))
    desk.run(Investigate(complaint), HEAD)
    desk.report(complaint, by=HEAD)
    desk.run(Decide(complaint), SUPERIOR)
    replied(desk, complaint, HEAD)
    assert days(desk, OFFICER, Reason.VISIT) == ["2026-12-04"]
    assert days(desk, HEAD, Reason.VISIT) == []
    desk.run(SetSubjects(complaint, frozenset({desk.staff(OFFICER)})), SUPERIOR)
    assert days(desk, SUPERVISOR, Reason.VISIT) == ["2026-12-04"]
    assert days(desk, HEAD, Reason.VISIT) == []


def test_who_settled_it_on_the_spot_does_not_visit(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint))
    desk.run(SolveOnTheSpot(complaint, "已退还手续费", accepted=True, cause="pricing"), HEAD)
    desk.run(SetSubjects(complaint, frozenset({desk.staff(OFFICER)})), HEAD)
    replied(desk, complaint, HEAD)
    assert days(desk, HEAD, Reason.VISIT) == []
    assert days(desk, SUPERVISOR, Reason.VISIT) == ["2026-12-04"]


# -- who decides ----------------------------------------------------------------------------------


def test_a_report_that_waits_is_told_to_who_decides(desk: Desk) -> None:
    complaint = desk.investigated(channel="letter")
    desk.run(RecordContact(complaint, "phone", reached=True), ADVISER)
    desk.report(complaint)
    assert days(desk, HEAD, Reason.DECIDE) == ["2026-11-30"]
    assert told(desk, SUPERIOR) == []
    assert days(desk, ADVISER, Reason.DECIDE) == []
    desk.run(SendBack(complaint, "缺录像"), HEAD)
    assert told(desk, HEAD) == []
    # Above the house's limit it is the superior's, and so is the day.
    desk.report(complaint, redress=300_000)
    assert told(desk, HEAD) == []
    assert days(desk, SUPERIOR, Reason.DECIDE) == ["2026-11-30"]
    desk.at("2026-11-27 09:00")
    assert [one.reason for one in told(desk, SUPERIOR)] == [Reason.ACT_BY]
    assert told(desk, HEAD) == []


def test_about_the_head_the_superior_decides(desk: Desk) -> None:
    complaint = desk.investigated(channel="letter", subjects=frozenset({desk.staff(HEAD)}))
    desk.report(complaint)
    assert told(desk, HEAD) == []
    assert days(desk, SUPERIOR, Reason.DECIDE) == ["2026-11-30"]


def test_who_handled_it_is_not_told_to_decide(desk: Desk) -> None:
    complaint = desk.register(channel="letter")
    desk.run(Accept(complaint))
    desk.run(Investigate(complaint), HEAD)
    desk.report(complaint, by=HEAD)
    assert days(desk, HEAD, Reason.DECIDE) == []
    assert days(desk, SUPERIOR, Reason.DECIDE) == ["2026-11-30"]
    # Nobody is left: the desk has to find somebody.
    desk.run(SetSubjects(complaint, frozenset({desk.staff(SUPERIOR)})))
    assert days(desk, OFFICER, Reason.DECIDE) == ["2026-11-30"]
    assert told(desk, SUPERIOR) == []


# -- left behind ----------------------------------------------------------------------------------


def test_what_was_merged_into_a_withdrawn_one_is_asked_for_itself(desk: Desk) -> None:
    primary, child = desk.register(channel="letter"), desk.register(channel="letter")
    desk.run(Merge(child, primary), HEAD)
    assert [one.ref for one in told(desk, HEAD)] == []
    desk.run(Withdraw(primary, own=True))
    for who in (OFFICER, HEAD):
        assert [(one.reason, one.ref) for one in told(desk, who)] == [(Reason.ASK, child)]
    assert told(desk, SUPERIOR) == []
    desk.run(UndoMerge(child), HEAD)
    assert [one.reason for one in told(desk, OFFICER)] == [Reason.ASSIGN]
