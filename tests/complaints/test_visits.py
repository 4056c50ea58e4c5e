"""After the reply: contacts, follow-up visits, three tries, satisfaction, closing, a new round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.answering import (
    AddNote,
    Archive,
    Close,
    CloseOther,
    NoteReceipt,
    RecordContact,
    Reopen,
    Reply,
)
from branch.complaints.commands.handling import Decide, SolveOnTheSpot
from branch.complaints.commands.registration import LinkRepeat
from branch.complaints.commands.reviews import RecordVisit
from branch.complaints.queries.detail import CaseDetail
from branch.kernel.errors import BadInput, NotPermitted, RuleBroken, Stale
from branch.quality.commands import AddAction
from tests.complaints.desk import ADVISER, HEAD, OFFICER, TELLER, Desk


def replied(desk: Desk, **other: Any) -> int:
    complaint = desk.decided(**other)
    desk.letter(complaint)
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    return complaint


def detail(desk: Desk, complaint: int) -> CaseDetail:
    found = desk.detail(complaint)
    assert found is not None
    return found


def mend(desk: Desk, complaint: int) -> None:
    due = desk.today + timedelta(days=30)
    desk.run(AddAction("complaint", complaint, "更换宣传页", desk.staff(ADVISER), due))


# -- contacts and the reply ---------------------------------------------------------------------


def test_not_reached_needs_three_tries(desk: Desk) -> None:
    complaint = desk.decided()
    now = desk.clock.now_ms()
    for _ in range(2):
        desk.run(RecordContact(complaint, "phone", False))
    desk.run(RecordContact(complaint, "phone", True, "约好下午来"))
    with pytest.raises(RuleBroken, match="tries_missing"):
        desk.run(Reply(complaint, "not_reached", now), ADVISER)
    desk.run(RecordContact(complaint, "message", False), TELLER)
    desk.run(Reply(complaint, "not_reached", now), ADVISER)
    moments = [moment for moment in detail(desk, complaint).moments if moment.text]
    assert moments[-1].text == "约好下午来"
    assert "约好" not in " ".join(map(str, desk.entries))


def test_tries_of_an_earlier_round_do_not_count(desk: Desk) -> None:
    complaint = desk.decided()
    for _ in range(3):
        desk.run(RecordContact(complaint, "phone", False))
    desk.run(Reply(complaint, "not_reached", desk.clock.now_ms()), ADVISER)
    desk.run(Reopen(complaint, "客户来电"), HEAD)
    desk.report(complaint)
    desk.run(Decide(complaint), HEAD)
    desk.run(RecordContact(complaint, "phone", False))
    with pytest.raises(RuleBroken, match="tries_missing"):
        desk.run(Reply(complaint, "not_reached", desk.clock.now_ms()), ADVISER)
    for _ in range(2):
        desk.run(RecordContact(complaint, "phone", False))
    desk.run(Reply(complaint, "not_reached", desk.clock.now_ms()), ADVISER)
    assert desk.state(complaint) == "replied"


def test_a_contact_says_how(desk: Desk) -> None:
    complaint = desk.register()
    with pytest.raises(BadInput, match="code_unknown"):
        desk.run(RecordContact(complaint, "pigeon", True))
    assert "秘" not in repr(RecordContact(1, "phone", True, "秘")) + repr(AddNote(1, "秘"))


def test_the_reply_tells_the_ways_of_redress(desk: Desk) -> None:
    complaint = desk.decided()
    now = desk.clock.now_ms()
    with pytest.raises(BadInput, match="block_remedies"):
        desk.run(Reply(complaint, "post", now), ADVISER)
    with pytest.raises(BadInput, match="notified_to_come"):
        desk.run(Reply(complaint, "post", now + 1, True), ADVISER)
    desk.letter(complaint)
    desk.run(Reply(complaint, "post", now, True, "EMS 1"), ADVISER)


def test_the_day_of_receipt_lies_between_dispatch_and_today(desk: Desk) -> None:
    complaint = replied(desk)
    for day in (desk.today - timedelta(days=1), desk.today + timedelta(days=1)):
        with pytest.raises(BadInput, match="receipt_day"):
            desk.run(NoteReceipt(complaint, day), ADVISER)
    early = desk.decided()
    with pytest.raises(Stale, match="complaint_moved_on"):
        desk.run(NoteReceipt(early, desk.today), ADVISER)


# -- visits -------------------------------------------------------------------------------------


def test_a_visit_is_made_by_another(desk: Desk) -> None:
    complaint = replied(desk)
    with pytest.raises(NotPermitted, match="visit_by_another"):
        desk.run(RecordVisit(complaint, "phone", True, "satisfied"), ADVISER)
    desk.run(RecordVisit(complaint, "phone", True, "satisfied", "kept", "谢谢", "close"), TELLER)
    visit = detail(desk, complaint).visits[-1]
    assert (visit.satisfaction, visit.kept, visit.text, visit.round) == (
        "satisfied", "kept", "谢谢", 1,
    )  # fmt: skip
    assert visit.visitor == "王敏"
    assert "谢谢" not in " ".join(map(str, desk.entries))


def test_whoever_settled_it_at_once_asks_nobody_whether_it_is_well(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint, "verified"))
    desk.run(SolveOnTheSpot(complaint, "当场退回手续费", accepted=True, cause="people"), HEAD)
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True))
    with pytest.raises(NotPermitted, match="visit_by_another"):
        desk.run(RecordVisit(complaint, "phone", True, "satisfied"), HEAD)
    desk.run(RecordVisit(complaint, "phone", True, "satisfied"), TELLER)
    # Whoever approved what somebody else had handled may well ask.
    other = replied(desk)
    desk.run(RecordVisit(other, "phone", True, "satisfied"), HEAD)


def test_a_visit_notes_when_the_reply_was_received(desk: Desk) -> None:
    complaint = replied(desk)
    sent_on = desk.today
    desk.clock.advance(3 * 86_400)
    command = RecordVisit(complaint, "phone", True, "satisfied", received_on=sent_on)
    desk.run(command, TELLER)
    assert detail(desk, complaint).values["reply_received_on"] == sent_on.isoformat()
    too_early = RecordVisit(
        complaint, "phone", True, "satisfied", received_on=sent_on - timedelta(days=1)
    )
    with pytest.raises(BadInput, match="receipt_day") as caught:
        desk.run(too_early, TELLER)
    assert caught.value.field == "received_on"
    assert len(detail(desk, complaint).visits) == 1


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (RecordVisit(1, "pigeon", True, "satisfied"), "code_unknown", "mode"),
        (RecordVisit(1, "phone", True), "choice_needed", "satisfaction"),
        (RecordVisit(1, "phone", True, "satisfied", "mostly"), "code_unknown", "kept"),
        (RecordVisit(1, "phone", False, "satisfied"), "not_reached_no_answer", "satisfaction"),
        (RecordVisit(1, "phone", True, "dissatisfied"), "visit_leads_on", "next_step"),
        (RecordVisit(1, "phone", True, "satisfied", next_step="sue"), "code_unknown", "next_step"),
    ],
)
def test_what_a_visit_lacks_is_named(
    desk: Desk, command: RecordVisit, code: str, field: str
) -> None:
    complaint = replied(desk)
    with pytest.raises(BadInput, match=code) as caught:
        desk.run(replace(command, complaint=complaint))
    assert caught.value.field == field


def test_no_visit_before_the_reply(desk: Desk) -> None:
    complaint = desk.decided()
    with pytest.raises(Stale, match="complaint_moved_on"):
        desk.run(RecordVisit(complaint, "phone", True, "satisfied"))


def test_no_visit_about_an_answered_enquiry(desk: Desk) -> None:
    enquiry = desk.register(kind="enquiry")
    desk.run(CloseOther(enquiry, "已说明"))
    with pytest.raises(Stale, match="complaint_moved_on"):
        desk.run(RecordVisit(enquiry, "phone", True, "satisfied"))


# -- closing ------------------------------------------------------------------------------------


def test_closing_asks_for_visit_and_action(desk: Desk) -> None:
    complaint = replied(desk)
    with pytest.raises(RuleBroken, match="visit_missing"):
        desk.run(Close(complaint))
    desk.run(RecordVisit(complaint, "phone", True, "rather_satisfied"))
    with pytest.raises(RuleBroken, match="action_missing"):
        desk.run(Close(complaint))
    mend(desk, complaint)
    desk.run(Close(complaint))
    assert detail(desk, complaint).values["satisfaction"] == "rather_satisfied"


def test_three_tries_close_it(desk: Desk) -> None:
    complaint = replied(desk)
    mend(desk, complaint)
    for count in range(3):
        with pytest.raises(RuleBroken, match="visit_missing"):
            desk.run(Close(complaint))
        desk.run(RecordVisit(complaint, "phone", False), OFFICER)
        assert len(detail(desk, complaint).visits) == count + 1
    desk.run(Close(complaint))
    assert detail(desk, complaint).values["satisfaction"] == "no_answer"


def test_not_satisfied_is_followed_until_he_is(desk: Desk) -> None:
    complaint = replied(desk)
    mend(desk, complaint)
    desk.run(RecordVisit(complaint, "phone", True, "dissatisfied", next_step="follow_on"))
    with pytest.raises(RuleBroken, match="dissatisfied_goes_on"):
        desk.run(Close(complaint))
    desk.run(RecordVisit(complaint, "in_person", True, "rather_satisfied"))
    desk.run(Close(complaint))


def test_not_satisfied_and_told_of_the_re_review(desk: Desk) -> None:
    complaint = replied(desk)
    mend(desk, complaint)
    told = RecordVisit(
        complaint, "phone", True, "dissatisfied", next_step="re_review", received_on=desk.today
    )
    desk.run(told)
    # Received on 20 November: an application is in time until 20 December.
    desk.at("2026-12-20 23:59")
    with pytest.raises(RuleBroken, match="dissatisfied_goes_on"):
        desk.run(Close(complaint))
    desk.at("2026-12-21 00:00")
    desk.run(Close(complaint))
    assert detail(desk, complaint).values["satisfaction"] == "dissatisfied"


def test_without_a_day_of_receipt_he_may_still_apply(desk: Desk) -> None:
    complaint = replied(desk)
    mend(desk, complaint)
    desk.run(RecordVisit(complaint, "phone", True, "dissatisfied", next_step="re_review"))
    desk.at("2027-03-01 09:00")
    with pytest.raises(RuleBroken, match="dissatisfied_goes_on"):
        desk.run(Close(complaint))


def test_not_satisfied_and_a_new_complaint(desk: Desk) -> None:
    complaint = replied(desk)
    mend(desk, complaint)
    desk.run(RecordVisit(complaint, "phone", True, "dissatisfied", next_step="new_complaint"))
    with pytest.raises(RuleBroken, match="new_complaint_missing"):
        desk.run(Close(complaint))
    # An enquiry of his takes nothing on, nor does a complaint that nobody linked.
    desk.clock.advance(60)
    asked, again = desk.register(kind="enquiry"), desk.register()
    desk.run(LinkRepeat(asked, complaint))
    with pytest.raises(RuleBroken, match="new_complaint_missing"):
        desk.run(Close(complaint))
    assert detail(desk, complaint).renewed == ""
    desk.run(LinkRepeat(again, complaint))
    assert detail(desk, complaint).renewed == detail(desk, again).line.number
    desk.run(Close(complaint))
    assert desk.state(complaint) == "closed"


def test_whom_the_new_complaint_is_about_reads_nothing_of_it(desk: Desk) -> None:
    complaint = replied(desk)
    desk.run(RecordVisit(complaint, "phone", True, "dissatisfied", next_step="new_complaint"))
    again = desk.register(subjects=frozenset({desk.staff(ADVISER)}))
    desk.run(LinkRepeat(again, complaint))
    assert detail(desk, complaint).renewed
    seen = desk.detail(complaint, ADVISER)
    assert seen is not None
    assert seen.renewed == ""


def test_closing_asks_for_the_cause(desk: Desk) -> None:
    complaint = replied(desk)
    with desk.store.transaction():
        desk.store.touch(f"UPDATE complaint SET cause = '' WHERE id = {complaint}", ())
    desk.run(RecordVisit(complaint, "phone", True, "satisfied"))
    with pytest.raises(RuleBroken, match="cause_missing"):
        desk.run(Close(complaint))


# -- taken up again -----------------------------------------------------------------------------


def test_the_head_takes_it_up_again_with_a_clock_of_its_own(desk: Desk) -> None:
    complaint = replied(desk)
    desk.run(RecordVisit(complaint, "phone", False))
    desk.run(RecordVisit(complaint, "phone", True, "dissatisfied", next_step="follow_on"))
    desk.at("2026-12-01 09:00")
    with pytest.raises(NotPermitted):
        desk.run(Reopen(complaint, "有新的录音"), OFFICER)
    with pytest.raises(BadInput, match="field_empty"):
        desk.run(Reopen(complaint, " "), HEAD)
    desk.run(Reopen(complaint, "有新的录音"), HEAD)
    found = detail(desk, complaint)
    assert (desk.state(complaint), found.values["round"]) == ("investigating", 2)
    assert desk.due(complaint)[0] == "2026-12-16"
    # The first decision stays in the file; tries and satisfaction begin anew.
    assert found.values["decision"] == "向客户致歉。"
    assert [visit.round for visit in found.visits] == [1, 1]
    assert found.values["satisfaction"] == ""


def test_archived_after_the_window_and_kept(desk: Desk) -> None:
    complaint = replied(desk)
    mend(desk, complaint)
    desk.run(RecordVisit(complaint, "phone", True, "satisfied", received_on=desk.today))
    desk.run(Close(complaint))
    with pytest.raises(RuleBroken, match="re_review_open"):
        desk.run(Archive(complaint))
    desk.at("2026-12-21 09:00")
    desk.filed(complaint)
    desk.run(Archive(complaint))
    until = detail(desk, complaint).values["keep_until"]
    assert date.fromisoformat(until) >= date(2029, 12, 21)
    with pytest.raises(Stale, match="complaint_moved_on"):
        desk.run(AddNote(complaint, "补记"))
