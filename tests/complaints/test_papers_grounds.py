"""When a paper may be issued: every guard one by one, as a command and as the list of offers."""

from __future__ import annotations

from typing import Any

import pytest

from branch.complaints.commands.acceptance import Accept, Refer, Refuse, Withdraw
from branch.complaints.commands.answering import NoteReceipt, Reply
from branch.complaints.commands.handling import Assign, Decide, SolveOnTheSpot
from branch.complaints.commands.limits import (
    ApproveExtension,
    RefuseExtension,
    RequestExtension,
    StartPause,
    TellExtension,
)
from branch.complaints.commands.registration import SetSubjects
from branch.complaints.commands.reviews import (
    RecordVisit,
    StartReReview,
    UpholdDecision,
)
from branch.complaints.queries.papers import paper_offers
from branch.kernel.errors import NotFound, NotPermitted, RuleBroken
from branch.papers.commands import DraftPaper
from branch.papers.head import Draft, Offer
from branch.people.queries import staff_members
from tests.complaints.desk import (
    ADVISER,
    AUDITOR,
    GUARD,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERIOR,
    SUPERVISOR,
    TELLER,
    Desk,
)


def draft(desk: Desk, complaint: int, form: str, part: str = "", by: str = OFFICER) -> Draft:
    made: Draft = desk.run(DraftPaper(form, f"complaint:{complaint}", part), by)
    return made


def offers(desk: Desk, complaint: int, by: str = OFFICER) -> dict[tuple[str, str], Offer]:
    member = next(one for one in staff_members(desk.store) if one.staff_no == by)
    found = paper_offers(desk.store, member.id, member.roles, complaint, desk.clock.now_ms())
    return {(one.form, one.part): one for one in found}


def blocked(
    desk: Desk, complaint: int, form: str, code: str, part: str = "", by: str = OFFICER
) -> None:
    """Neither drafted nor offered, for this reason."""
    with pytest.raises(RuleBroken, match=code):
        draft(desk, complaint, form, part, by)
    assert offers(desk, complaint, by)[form, part].blocked == code


def open_for(desk: Desk, complaint: int, form: str, part: str = "", by: str = OFFICER) -> Draft:
    found = offers(desk, complaint, by)[form, part]
    assert (found.blocked, found.next_copy) == ("", 1)
    return draft(desk, complaint, form, part, by)


def replied(desk: Desk) -> int:
    complaint = desk.decided()
    desk.letter(complaint)
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    return complaint


# -- states ---------------------------------------------------------------------------------------


def test_registered_is_enough_for_the_registration(desk: Desk) -> None:
    complaint = desk.register()
    open_for(desk, complaint, "TS-01")
    open_for(desk, complaint, "TS-01", by=LOBBY_MANAGER)


def test_an_acceptance_notice_needs_the_acceptance(desk: Desk) -> None:
    complaint = desk.register()
    blocked(desk, complaint, "TS-02A", "paper_not_accepted")
    desk.run(Accept(complaint, "verified"))
    open_for(desk, complaint, "TS-02A")
    blocked(desk, complaint, "TS-02B", "paper_not_refused")


def test_a_refusal_notice_needs_the_refusal(desk: Desk) -> None:
    complaint = desk.register()
    blocked(desk, complaint, "TS-02B", "paper_not_refused")
    desk.run(Refuse(complaint, "settled", "双方已和解。"), HEAD)
    made = open_for(desk, complaint, "TS-02B")
    assert made.fields["reason_code"] == "settled"
    assert made.missing == ("where_to_go",)
    blocked(desk, complaint, "TS-02A", "paper_not_accepted")


def test_a_refusal_goes_to_who_acted_for_him_too(desk: Desk) -> None:
    complaint = desk.register(who={"capacity": "agent", "agent": "赵立"})
    assert ("TS-02B", "agent") not in offers(desk, complaint)
    with pytest.raises(NotFound, match="paper_part_unknown"):
        draft(desk, complaint, "TS-02B", "agent")
    desk.run(Accept(complaint, "verified"))
    desk.run(Refuse(complaint, "not_by_complainant", "本人称没有委托过。"), HEAD)
    to_him, to_agent = (open_for(desk, complaint, "TS-02B", part) for part in ("", "agent"))
    assert (to_him.fields["addressee"], to_agent.fields["addressee"]) == ("陈小梅", "赵立")
    # Each is a paper of its own, with a code of its own.
    where = {"where_to_go": "请本人前来"}
    papers = [desk.paper(complaint, "TS-02B", part, **where) for part in ("", "agent")]
    assert len(set(papers)) == 2
    for part in ("", "agent"):
        assert offers(desk, complaint)["TS-02B", part].next_copy == 2


def test_or_that_it_was_passed_on(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Refer(complaint, "other_bank", "已告知持卡行。"), HEAD)
    made = open_for(desk, complaint, "TS-02B")
    assert (made.fields["reason_code"], made.fields["where_to_go"]) == (
        "not_this_institution",
        "其他银行",
    )
    assert made.fields["reason_text"] == "已告知持卡行。"
    assert made.missing == ()


def test_a_slip_needs_a_handler_and_ends_with_the_decision(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint, "verified"))
    blocked(desk, complaint, "TS-03", "paper_not_assigned", "slip:1")
    desk.run(Assign(complaint, desk.staff(ADVISER), "请核实"))
    open_for(desk, complaint, "TS-03", "slip:1")
    # Of a complaint on site it should go out the same day.
    assert offers(desk, complaint)["TS-03", "slip:1"].due == "2026-11-20"
    decided = desk.decided()
    blocked(desk, decided, "TS-03", "paper_not_assigned", "slip:1")


def test_an_urgent_slip_goes_out_the_same_day(desk: Desk) -> None:
    complaint = desk.investigated(what={"urgency": "urgent"})
    assert offers(desk, complaint)["TS-03", "slip:1"].due == "2026-11-20"


def test_a_reminder_is_a_slip_of_its_own(desk: Desk) -> None:
    complaint = desk.investigated()
    with pytest.raises(NotFound, match="paper_part_unknown"):
        draft(desk, complaint, "TS-03", "slip:2")
    desk.paper(complaint, "TS-03", "slip:1", reply_requirements="请核实")
    found = offers(desk, complaint)
    assert (found["TS-03", "slip:1"].next_copy, found["TS-03", "slip:2"].next_copy) == (2, 1)
    made = draft(desk, complaint, "TS-03", "slip:2")
    assert (made.fields["slip_type"], made.fields["urge_count"]) == ("urge", 1)
    assert made.head.number == "ZB-2026-0002"


def test_a_report_on_paper_needs_the_report(desk: Desk) -> None:
    complaint = desk.investigated()
    blocked(desk, complaint, "TS-04", "paper_not_reported", "round:1", ADVISER)
    desk.report(complaint)
    open_for(desk, complaint, "TS-04", "round:1", ADVISER)
    desk.run(Decide(complaint), HEAD)
    open_for(desk, complaint, "TS-04", "round:1", HEAD)


def test_what_was_settled_on_the_spot_has_no_report(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint, "verified"))
    desk.run(SolveOnTheSpot(complaint, "当场致歉。", True, "people"), HEAD)
    blocked(desk, complaint, "TS-04", "paper_not_reported", "round:1", HEAD)


def test_a_reply_needs_the_decision(desk: Desk) -> None:
    complaint = desk.investigated()
    blocked(desk, complaint, "TS-06", "paper_not_decided", "round:1")
    desk.report(complaint)
    blocked(desk, complaint, "TS-06", "paper_not_decided", "round:1", ADVISER)
    desk.run(Decide(complaint), HEAD)
    open_for(desk, complaint, "TS-06", "round:1", ADVISER)


def test_a_withdrawal_comes_before_the_decision(desk: Desk) -> None:
    complaint = desk.register()
    open_for(desk, complaint, "TS-10")
    desk.run(Withdraw(complaint, own=True))
    open_for(desk, complaint, "TS-10")
    blocked(desk, desk.decided(), "TS-10", "paper_past_decision")


def test_a_visit_on_paper_needs_the_visit(desk: Desk) -> None:
    complaint = replied(desk)
    assert ("TS-07", "visit:1") not in offers(desk, complaint)
    with pytest.raises(NotFound, match="paper_part_unknown"):
        draft(desk, complaint, "TS-07", "visit:1")
    visit = desk.run(RecordVisit(complaint, "phone", True, "satisfied"), SUPERVISOR)
    open_for(desk, complaint, "TS-07", f"visit:{visit}")
    open_for(desk, complaint, "TS-07", f"visit:{visit}", SUPERVISOR)


def test_a_re_review_on_paper_needs_its_decision(desk: Desk) -> None:
    complaint = replied(desk)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    review = desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
    part = f"review:{review}"
    assert ("TS-09", part) not in offers(desk, complaint, SUPERIOR)
    desk.run(UpholdDecision(complaint, False, "程序和结果均无不当。"), SUPERIOR)
    made = open_for(desk, complaint, "TS-09", part, SUPERIOR)
    assert made.missing == ("process_found", "limit_found", "result_found")


def test_nothing_is_issued_of_an_archived_case(desk: Desk) -> None:
    complaint = desk.register()
    desk.put_away(complaint)
    for form, code in (("TS-01", "paper_archived"), ("TS-10", "paper_archived")):
        blocked(desk, complaint, form, code)


# -- the longer limit -----------------------------------------------------------------------------


def asked(desk: Desk, complaint: int) -> int:
    return int(desk.run(RequestExtension(complaint, "需等待外部材料"), ADVISER))


def test_an_extension_is_told_after_approval_and_in_time_only(desk: Desk) -> None:
    complaint = desk.investigated()
    extension = asked(desk, complaint)
    part = f"extension:{extension}"
    blocked(desk, complaint, "TS-05", "extension_not_approved", part)
    desk.run(ApproveExtension(extension), HEAD)
    made = open_for(desk, complaint, "TS-05", part)
    assert (made.fields["original_due"], made.fields["new_due"]) == ("2026-12-05", "2026-12-20")
    assert made.missing == ("progress",)
    # To the last minute of the day that it prolongs, and not a minute longer.
    desk.at("2026-12-05 23:59")
    draft(desk, complaint, "TS-05", part)
    desk.at("2026-12-06 00:00")
    blocked(desk, complaint, "TS-05", "limit_over", part)


def test_a_told_extension_still_names_the_day_it_prolonged(desk: Desk) -> None:
    complaint = desk.investigated()
    extension = asked(desk, complaint)
    desk.run(ApproveExtension(extension), HEAD)
    desk.run(TellExtension(extension, "phone"), ADVISER)
    made = draft(desk, complaint, "TS-05", f"extension:{extension}")
    assert (made.fields["original_due"], made.fields["new_due"]) == ("2026-12-05", "2026-12-20")
    assert (made.fields["extension_stage"], made.fields["approver_level"]) == ("30", "head")


def test_a_refused_extension_is_no_paper(desk: Desk) -> None:
    complaint = desk.investigated()
    extension = asked(desk, complaint)
    desk.run(RefuseExtension(extension), HEAD)
    with pytest.raises(NotFound, match="paper_part_unknown"):
        draft(desk, complaint, "TS-05", f"extension:{extension}")


def test_while_the_clock_stands_there_is_no_day_to_prolong(desk: Desk) -> None:
    complaint = desk.investigated()
    extension = asked(desk, complaint)
    desk.run(ApproveExtension(extension), HEAD)
    desk.run(StartPause(complaint, "mediation", told=True), ADVISER)
    blocked(desk, complaint, "TS-05", "clock_stands", f"extension:{extension}")


def test_after_the_decision_no_limit_is_prolonged(desk: Desk) -> None:
    complaint = desk.investigated()
    extension = asked(desk, complaint)
    desk.run(ApproveExtension(extension), HEAD)
    desk.run(TellExtension(extension, "phone"), ADVISER)
    desk.report(complaint)
    desk.run(Decide(complaint), HEAD)
    blocked(desk, complaint, "TS-05", "paper_past_decision", f"extension:{extension}")


# -- to whom, and by whom -------------------------------------------------------------------------


def test_an_anonymous_complainant_gets_no_letter(desk: Desk) -> None:
    complaint = desk.register(who={"anonymous": True, "name": "", "phone": ""})
    open_for(desk, complaint, "TS-01")
    desk.run(Accept(complaint))
    blocked(desk, complaint, "TS-02A", "paper_anonymous")
    blocked(desk, complaint, "TS-10", "paper_anonymous")


def test_an_enquiry_has_its_registration_only(desk: Desk) -> None:
    enquiry = desk.register(kind="enquiry")
    made = open_for(desk, enquiry, "TS-01")
    # It has no legal limit.
    assert "due_legal" in made.spared
    assert "due_legal" not in made.missing
    blocked(desk, enquiry, "TS-10", "paper_of_complaints")


FORMS_BY: dict[str, set[str]] = {
    OFFICER: {"TS-01", "TS-02A", "TS-02B", "TS-03", "TS-05", "TS-06", "TS-10"},
    HEAD: {"TS-01", "TS-02B", "TS-03", "TS-04", "TS-06"},
    SUPERIOR: {"TS-01", "TS-04", "TS-06"},
    ADVISER: {"TS-01", "TS-04", "TS-05", "TS-06"},
    LOBBY_MANAGER: {"TS-01"},
    TELLER: set(),
    GUARD: set(),
}


@pytest.mark.parametrize("by", FORMS_BY)
def test_a_paper_is_made_by_whose_step_it_is(desk: Desk, by: str) -> None:
    """The adviser handles it, the lobby manager registered it; nobody else has a part."""
    complaint = desk.investigated(handler=ADVISER)
    extension = asked(desk, complaint)
    desk.run(ApproveExtension(extension), HEAD)
    assert {form for form, _part in offers(desk, complaint, by)} == FORMS_BY[by]
    part = {
        "TS-03": "slip:1",
        "TS-04": "round:1",
        "TS-05": f"extension:{extension}",
        "TS-06": "round:1",
    }
    for form in ("TS-01", "TS-02A", "TS-02B", "TS-03", "TS-04", "TS-05", "TS-06", "TS-10"):
        if form not in FORMS_BY[by]:
            with pytest.raises(NotPermitted, match="complaint_part"):
                draft(desk, complaint, form, part.get(form, ""), by)


def test_another_handler_is_not_this_one(desk: Desk) -> None:
    complaint = desk.decided()
    with pytest.raises(NotPermitted, match="complaint_part"):
        draft(desk, complaint, "TS-06", "round:1", SUPERVISOR)
    with pytest.raises(NotPermitted, match="not_permitted"):
        draft(desk, complaint, "TS-06", "round:1", AUDITOR)


@pytest.mark.parametrize(
    "subject", ["", "complaint", "complaint:", "complaint:x", "complaint:٣", "visitor:1"]
)
def test_a_subject_that_is_none(desk: Desk, subject: str) -> None:
    with pytest.raises(NotFound):
        desk.run(DraftPaper("TS-01", subject))


def test_a_form_or_a_case_that_is_none(desk: Desk) -> None:
    complaint = desk.register()
    for form in ("TS-99", "TS-08", ""):
        with pytest.raises((NotFound, NotPermitted)):
            draft(desk, complaint, form)
    with pytest.raises(NotFound, match="complaint_unknown"):
        draft(desk, 999_999, "TS-01")
    assert paper_offers(desk.store, desk.staff(OFFICER), frozenset(), 999_999, 0) == ()


# -- whom it is about -----------------------------------------------------------------------------


def kept_from(desk: Desk, complaint: int, by: str, **other: Any) -> None:
    desk.run(SetSubjects(complaint, frozenset({desk.staff(by)})), **other)


def test_whom_it_is_about_finds_nothing_to_make(desk: Desk) -> None:
    complaint = desk.register()
    kept_from(desk, complaint, LOBBY_MANAGER)
    assert offers(desk, complaint, LOBBY_MANAGER) == {}
    with pytest.raises(NotFound, match="complaint_unknown"):
        draft(desk, complaint, "TS-01", by=LOBBY_MANAGER)
