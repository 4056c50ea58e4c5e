"""What stands on the decision of a re-review (TS-09)."""

from __future__ import annotations

from branch.complaints.commands.answering import NoteReceipt, Reply
from branch.complaints.commands.handling import Decide
from branch.complaints.commands.reviews import (
    OrderRedo,
    StartReReview,
    UpholdDecision,
)
from branch.papers.drafting import retyped
from tests.complaints.desk import (
    ADVISER,
    HEAD,
    SUPERIOR,
    Desk,
)
from tests.complaints.test_papers_grounds import draft


def test_re_review(desk: Desk) -> None:
    complaint = desk.decided()
    desk.letter(complaint)
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    desk.at("2026-11-25 09:00")
    review = desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
    desk.at("2026-11-26 09:00")
    desk.run(OrderRedo(complaint, "事实不清，重新核查。"), SUPERIOR)
    made = draft(desk, complaint, "TS-09", f"review:{review}", SUPERIOR)
    expected = {
        "application_date": "2026-11-25",
        # A redo clears the day from the case; it is still told.
        "received_date": "2026-11-20",
        "in_time": True,
        "decision": "redo",
        "reasons": "事实不清，重新核查。",
        "notified_at": "2026-11-26",
    }
    assert {key: made.fields[key] for key in expected} == expected
    findings = {"process_found": "合规", "limit_found": "未逾期", "result_found": "不当"}
    assert retyped(desk.store, made, findings).missing == ()
    assert "核查" not in str(made.fields["remedies"])
    assert "提起诉讼" in str(made.fields["remedies"])


def test_re_review_upheld(desk: Desk) -> None:
    complaint = desk.decided()
    desk.letter(complaint)
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    review = desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
    desk.run(UpholdDecision(complaint, True, "补偿不足。"), SUPERIOR)
    made = draft(desk, complaint, "TS-09", f"review:{review}", SUPERIOR)
    assert (made.fields["decision"], made.fields["received_date"]) == ("changed", "2026-11-20")


def test_a_re_review_of_before_receipt_was_known(desk: Desk) -> None:
    complaint = desk.decided()
    desk.letter(complaint)
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    applied = desk.today
    desk.at("2026-11-23 09:00")
    # He was quick to object, and said later that he had had the letter since today.
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    review = desk.run(StartReReview(complaint, applied, True), SUPERIOR)
    desk.run(OrderRedo(complaint, "事实不清"), SUPERIOR)
    made = draft(desk, complaint, "TS-09", f"review:{review}", SUPERIOR)
    assert (made.fields["application_date"], made.fields["received_date"]) == (
        "2026-11-20",
        "2026-11-23",
    )
    desk.report(complaint)
    desk.run(Decide(complaint), HEAD)
    desk.letter(complaint)
    desk.at("2026-11-24 09:00")
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    # What was received in the round after belongs to that one.
    made = draft(desk, complaint, "TS-09", f"review:{review}", SUPERIOR)
    assert made.fields["received_date"] == "2026-11-23"
