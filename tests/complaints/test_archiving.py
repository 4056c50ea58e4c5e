"""Before a file is put away its papers are there and what was wrong is mended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from branch.complaints.commands.acceptance import (
    Accept,
    Merge,
    Refer,
    Refuse,
    UndoMerge,
    Withdraw,
)
from branch.complaints.commands.answering import (
    Archive,
    Close,
    CloseOther,
    NoteReceipt,
    Reopen,
    Reply,
    Unarchive,
)
from branch.complaints.commands.files import AddFile
from branch.complaints.commands.handling import Assign, Decide, SolveOnTheSpot, TakeOver
from branch.complaints.commands.registration import TurnIntoComplaint
from branch.complaints.commands.reviews import RecordVisit, StartReReview, UpholdDecision
from branch.kernel.errors import RuleBroken, Stale
from branch.quality.commands import AddAction, CheckAction, FinishAction
from tests.complaints import papers
from tests.complaints.desk import ADVISER, HEAD, OFFICER, REPORT, SUPERIOR, SUPERVISOR, Desk

REVIEW = {"process_found": "程序合规", "limit_found": "在期限内", "result_found": "结果适当"}
WITHOUT_ADDRESS = {"phone": "", "address": "", "email": ""}


def checks(desk: Desk, complaint: int) -> dict[str, bool]:
    found = desk.detail(complaint)
    assert found is not None
    return dict(found.archiving)


def refused(desk: Desk, complaint: int, code: str) -> None:
    with pytest.raises(RuleBroken, match=f"^{code}"):
        desk.run(Archive(complaint))
    assert desk.state(complaint) != "archived"


def archived(desk: Desk, complaint: int) -> None:
    assert all(checks(desk, complaint).values())
    desk.run(Archive(complaint))
    assert desk.state(complaint) == "archived"


def told(desk: Desk, complaint: int) -> None:
    """He is told by telephone, the house asks whether it is well, and the window goes by."""
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), OFFICER)
    desk.run(RecordVisit(complaint, "phone", True, "satisfied"), SUPERVISOR)


def after_the_window(desk: Desk) -> None:
    desk.at(f"{desk.today + timedelta(days=40)} 09:00")


def mended(desk: Desk, complaint: int) -> int:
    due = desk.today + timedelta(days=30)
    return int(desk.run(AddAction("complaint", complaint, "更换宣传页", desk.staff(ADVISER), due)))


def closed(desk: Desk) -> int:
    """Justified, told, asked about, with an action on the way."""
    complaint = desk.decided()
    told(desk, complaint)
    mended(desk, complaint)
    desk.run(Close(complaint))
    return complaint


def visit_of(desk: Desk, complaint: int) -> str:
    found = desk.detail(complaint)
    assert found is not None
    return f"visit:{found.visits[-1].id}"


def test_a_closed_one_needs_report_visit_and_a_mended_cause(desk: Desk) -> None:
    complaint = closed(desk)
    assert checks(desk, complaint) == {"report": False, "visit": False, "action": False}
    with pytest.raises(RuleBroken, match="re_review_open"):
        desk.run(Archive(complaint))
    after_the_window(desk)
    refused(desk, complaint, "archive_report")
    desk.paper(complaint, "TS-04", "round:1", HEAD, **REPORT)
    refused(desk, complaint, "archive_visit")
    desk.paper(complaint, "TS-07", visit_of(desk, complaint))
    refused(desk, complaint, "archive_action")
    found = desk.detail(complaint)
    assert found is not None
    action = found.actions[0].id
    desk.run(FinishAction(action, "已更换"), ADVISER)
    assert not checks(desk, complaint)["action"]
    desk.run(CheckAction(action, True), HEAD)
    archived(desk, complaint)


def test_the_record_of_the_last_visit_is_the_one_that_counts(desk: Desk) -> None:
    complaint = desk.decided()
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), OFFICER)
    desk.run(RecordVisit(complaint, "phone", False), SUPERVISOR)
    desk.paper(complaint, "TS-07", visit_of(desk, complaint))
    desk.run(RecordVisit(complaint, "phone", True, "satisfied"), SUPERVISOR)
    mended(desk, complaint)
    desk.run(Close(complaint))
    assert not checks(desk, complaint)["visit"]
    desk.paper(complaint, "TS-07", visit_of(desk, complaint))
    assert checks(desk, complaint)["visit"]


def settled(desk: Desk) -> int:
    complaint = desk.register()
    desk.run(Accept(complaint, "verified"))
    desk.run(SolveOnTheSpot(complaint, "当场退回手续费", accepted=True, cause="people"), HEAD)
    told(desk, complaint)
    action = mended(desk, complaint)
    desk.run(FinishAction(action, "已退回"), ADVISER)
    desk.run(CheckAction(action, True), HEAD)
    desk.run(Close(complaint))
    return complaint


def test_what_was_settled_at_once_needs_no_report(desk: Desk) -> None:
    complaint = settled(desk)
    assert checks(desk, complaint) == {"visit": False, "action": True}


def test_another_round_is_reported_though_the_first_was_settled_at_once(desk: Desk) -> None:
    complaint = settled(desk)
    desk.run(Reopen(complaint, "又收了一次"), HEAD)
    # Nobody has investigated it yet.
    desk.run(Assign(complaint, desk.staff(ADVISER)), HEAD)
    desk.run(TakeOver(complaint), ADVISER)
    desk.report(complaint, finding="not_true")
    desk.run(Decide(complaint), HEAD)
    told(desk, complaint)
    desk.run(Close(complaint))
    assert checks(desk, complaint) == {"report": False, "visit": False, "action": True}
    desk.paper(complaint, "TS-04", "round:2", HEAD, **REPORT)
    desk.paper(complaint, "TS-07", visit_of(desk, complaint))
    after_the_window(desk)
    archived(desk, complaint)


def test_nobody_is_visited_who_did_not_give_his_name(desk: Desk) -> None:
    complaint = desk.decided(who={"anonymous": True, "name": "", **WITHOUT_ADDRESS})
    desk.run(Reply(complaint, "internal", desk.clock.now_ms()), OFFICER)
    mended(desk, complaint)
    desk.run(Close(complaint))
    assert checks(desk, complaint) == {"report": False, "action": False}


@pytest.mark.parametrize("to_another_body", [False, True])
def test_a_refusal_is_told_by_letter(desk: Desk, to_another_body: bool) -> None:
    def sent_away(**other: Any) -> int:
        complaint = desk.register(**other)
        if to_another_body:
            desk.run(Refer(complaint, "other_bank", "已告知联系他行"), HEAD)
        else:
            desk.run(Refuse(complaint, "not_this_institution", "属于他行业务"), HEAD)
        return complaint

    complaint = sent_away()
    refused(desk, complaint, "archive_refusal")
    desk.paper(complaint, "TS-02B", where_to_go="请联系他行客服", reason_text="属于他行业务")
    archived(desk, complaint)
    # Nowhere to send it to.
    unreachable = sent_away(who=WITHOUT_ADDRESS)
    assert checks(desk, unreachable) == {}
    archived(desk, unreachable)


def test_who_acted_for_another_is_told_too(desk: Desk) -> None:
    """Row 3b: found not to be made by the complainant or his agent (Order 3 Art. 18(4))."""
    agent = {"capacity": "agent", "agent": "赵立", "agent_phone": "13900001111"}

    def found_out(reason: str = "not_by_complainant", **who: Any) -> int:
        complaint = desk.register(who=who)
        if reason == "not_by_complainant":
            desk.run(Accept(complaint, "verified"))
        desk.run(Refuse(complaint, reason, "本人称没有委托过"), HEAD)
        return complaint

    told = {"where_to_go": "请本人或受托人持授权委托书前来"}
    complaint = found_out(**agent)
    assert checks(desk, complaint) == {"refusal": False, "refusal_agent": False}
    desk.paper(complaint, "TS-02B", **told)
    refused(desk, complaint, "archive_refusal_agent")
    desk.paper(complaint, "TS-02B", "agent", **told)
    archived(desk, complaint)
    # He can be written to though nothing is known of whom he spoke for.
    only_agent = found_out(**{**agent, **WITHOUT_ADDRESS})
    assert checks(desk, only_agent) == {"refusal_agent": False}
    # Nobody acted for him, or it was refused for another reason: one notice.
    for alone in (found_out(), found_out("settled", **agent)):
        assert checks(desk, alone) == {"refusal": False}
        desk.paper(alone, "TS-02B", **told)
        archived(desk, alone)


def test_a_withdrawal_is_signed_or_recorded(desk: Desk) -> None:
    signed, recorded = desk.register(), desk.register()
    for complaint in (signed, recorded):
        desk.run(Withdraw(complaint, own=True))
        desk.run(AddFile(complaint, "凭证.jpg", papers.JPEG))
        refused(desk, complaint, "archive_withdrawal")
    desk.paper(signed, "TS-10")
    desk.run(AddFile(recorded, "撤回.mp3", papers.MP3))
    for complaint in (signed, recorded):
        archived(desk, complaint)


def test_a_merged_one_waits_for_the_other(desk: Desk) -> None:
    primary, child = desk.register(), desk.register()
    desk.run(Merge(child, primary), HEAD)
    refused(desk, child, "archive_primary")
    desk.run(Refuse(primary, "no_claim", "没有具体请求"), HEAD)
    archived(desk, child)


def test_what_was_merged_into_a_withdrawn_one_is_asked_before_it_is_put_away(desk: Desk) -> None:
    primary, child = desk.register(), desk.register()
    desk.run(Merge(child, primary), HEAD)
    desk.run(Withdraw(primary, own=True))
    desk.paper(primary, "TS-10")
    refused(desk, primary, "archive_children")
    refused(desk, child, "archive_primary")
    desk.run(UndoMerge(child), HEAD)
    archived(desk, primary)
    assert desk.state(child) == "received"


def test_the_decision_of_a_re_review_is_written(desk: Desk) -> None:
    complaint = desk.decided()
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), OFFICER)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    review = desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
    desk.run(UpholdDecision(complaint, False, "程序和结果均无不当。"), SUPERIOR)
    desk.paper(complaint, "TS-04", "round:1", HEAD, **REPORT)
    after_the_window(desk)
    refused(desk, complaint, "archive_review")
    desk.paper(complaint, "TS-09", f"review:{review}", SUPERIOR, **REVIEW)
    # It was partly justified, and nobody was asked for a corrective action on the way here.
    assert checks(desk, complaint) == {"report": True, "review": True, "raised": False}
    refused(desk, complaint, "archive_raised")
    action = mended(desk, complaint)
    refused(desk, complaint, "archive_action")
    desk.run(FinishAction(action, "已更换"), ADVISER)
    desk.run(CheckAction(action, True), HEAD)
    archived(desk, complaint)


def test_a_re_review_of_what_was_not_justified_asks_for_no_action(desk: Desk) -> None:
    complaint = desk.investigated()
    desk.report(complaint, finding="not_true")
    desk.run(Decide(complaint), HEAD)
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), OFFICER)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
    desk.run(UpholdDecision(complaint, False, "程序和结果均无不当。"), SUPERIOR)
    assert checks(desk, complaint) == {"report": False, "review": False}


@pytest.mark.parametrize("kind", ["enquiry", "suggestion", "report"])
def test_an_answered_enquiry_is_put_away_without_papers(desk: Desk, kind: str) -> None:
    enquiry = desk.register(kind=kind)
    assert steps(desk, enquiry, OFFICER) == ()
    with pytest.raises(Stale):
        desk.run(Archive(enquiry))
    desk.run(CloseOther(enquiry, "已说明"))
    assert steps(desk, enquiry, OFFICER) == ("Archive",)
    assert steps(desk, enquiry, ADVISER) == ()
    # An answered one becomes no complaint any more: what he complains of later is a new one.
    with pytest.raises(Stale):
        desk.run(TurnIntoComplaint(enquiry))
    archived(desk, enquiry)
    assert steps(desk, enquiry, OFFICER) == steps(desk, enquiry, SUPERIOR) == ()
    with pytest.raises(RuleBroken, match="not_a_complaint"):
        desk.run(Unarchive(enquiry, "上级行 2026-1 号"), SUPERIOR)


def test_an_enquiry_goes_no_step_of_a_complaint(desk: Desk) -> None:
    enquiry = desk.register(kind="enquiry")
    for wish, by in ((Accept(enquiry), OFFICER), (Withdraw(enquiry, own=True), OFFICER)):
        with pytest.raises(RuleBroken, match="not_a_complaint"):
            desk.run(wish, by)
    desk.run(TurnIntoComplaint(enquiry))
    desk.run(Accept(enquiry))
    assert desk.state(enquiry) == "accepted"


def steps(desk: Desk, complaint: int, by: str) -> tuple[str, ...]:
    found = desk.detail(complaint, by)
    assert found is not None
    return found.steps


def test_taken_up_again_it_is_no_refusal_any_more(desk: Desk) -> None:
    complaint = desk.register(who=WITHOUT_ADDRESS)
    desk.run(Refuse(complaint, "not_this_institution", "属于他行业务"), HEAD)
    archived(desk, complaint)
    desk.run(Unarchive(complaint, "上级行 2026-1 号"), SUPERIOR)
    found = desk.detail(complaint)
    assert found is not None
    assert (found.line.state, found.values["outcome"]) == ("investigating", "")


def test_while_it_runs_nothing_is_checked(desk: Desk) -> None:
    complaint = desk.investigated()
    mended(desk, complaint)
    assert checks(desk, complaint) == {}
    assert checks(desk, desk.register(kind="enquiry")) == {}
