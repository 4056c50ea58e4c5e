"""The worked cases of the year 2026, each through commands."""

from __future__ import annotations

from datetime import date

import pytest

from branch.complaints.commands.acceptance import Accept, Merge, Refer, Refuse
from branch.complaints.commands.answering import Archive, Close, Reply, Unarchive
from branch.complaints.commands.correcting import EditCase, GiveIdentity
from branch.complaints.commands.handling import Assign, Decide, Report, TakeOver
from branch.complaints.commands.limits import (
    ApproveExtension,
    EndPause,
    RequestExtension,
    StartPause,
    TellExtension,
)
from branch.complaints.commands.registration import Register, SetSubjects
from branch.complaints.commands.reviews import RecordVisit, StartReReview
from branch.complaints.description import Complainant
from branch.complaints.queries.desk import running_cases, search_cases
from branch.complaints.queries.papers import papers_of
from branch.drills.queries.runs import open_incidents
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken
from branch.workdays.commands import ImportYear
from branch.workdays.rules import SpecialDay
from tests.complaints.desk import (
    ADVISER,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERIOR,
    SUPERVISOR,
    WHAT,
    WHO,
    Desk,
)


def test_1_national_day_with_shifted_sundays(desk: Desk) -> None:
    desk.at("2026-09-18 10:00")
    complaint = desk.register()
    assert desk.due(complaint) == ("2026-10-03", "2026-09-24", "2026-09-24", "2026-09-24")
    found = desk.detail(complaint)
    assert found is not None
    assert found.due.stages == (date(2026, 10, 3), date(2026, 10, 18), date(2026, 11, 17))


def test_2_an_extension_on_the_last_day(desk: Desk) -> None:
    desk.at("2026-07-01 10:00")
    in_time, late = desk.investigated(), desk.investigated()
    desk.at("2026-07-16 16:00")
    first = desk.run(RequestExtension(in_time, "需要调阅录像"), ADVISER)
    second = desk.run(RequestExtension(late, "需要调阅录像"), ADVISER)
    desk.run(ApproveExtension(first), HEAD)
    desk.run(ApproveExtension(second), HEAD)
    desk.at("2026-07-16 21:00")
    desk.run(TellExtension(first, "phone"), ADVISER)
    assert desk.due(in_time)[0] == "2026-07-31"
    desk.at("2026-07-17 00:00")
    with pytest.raises(RuleBroken, match="limit_over"):
        desk.run(TellExtension(second, "phone"), ADVISER)
    assert desk.due(late)[0] == "2026-07-16"
    again = desk.run(RequestExtension(in_time, "仍需鉴定"), ADVISER)
    with pytest.raises(RuleBroken, match="superior_decides"):
        desk.run(ApproveExtension(again), HEAD)
    desk.run(ApproveExtension(again), SUPERIOR)
    desk.run(TellExtension(again, "phone"), ADVISER)
    assert desk.due(in_time)[0] == "2026-08-30"


def test_3_mediation_stops_the_clock(desk: Desk) -> None:
    desk.at("2026-03-02 09:00")
    complaint = desk.investigated()
    assert desk.due(complaint)[0] == "2026-03-17"
    desk.at("2026-03-09 09:00")
    pause = desk.run(StartPause(complaint, "mediation", told=True), ADVISER)
    found = desk.detail(complaint)
    assert found is not None
    assert (desk.due(complaint)[:3], found.due.used_days) == (("", "", ""), 6)
    desk.at("2026-03-20 09:00")
    other = desk.run(StartPause(complaint, "appraisal", told=True), ADVISER)
    desk.at("2026-03-25 09:00")
    desk.run(EndPause(pause), ADVISER)
    assert desk.due(complaint)[0] == ""
    desk.at("2026-03-30 09:00")
    desk.run(EndPause(other), ADVISER)
    assert desk.due(complaint)[0] == "2026-04-07"


def test_4_an_anonymous_note_from_the_box(desk: Desk) -> None:
    desk.at("2026-11-02 09:00")
    complaint = desk.investigated(channel="book", who={"name": "", "phone": "", "anonymous": True})
    found = desk.detail(complaint)
    assert found is not None
    assert (found.line.shown_name, found.values["identity"]) == ("", "anonymous")
    assert desk.due(complaint)[0] == "2026-11-17"
    desk.report(complaint, finding="not_true")
    desk.run(Decide(complaint), HEAD)
    desk.run(Reply(complaint, "internal", desk.clock.now_ms()))
    with pytest.raises(RuleBroken, match="anonymous_no_visit"):
        desk.run(RecordVisit(complaint, "phone", True, "satisfied"))
    with pytest.raises(RuleBroken, match="anonymous_no_re_review"):
        desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
    desk.run(Close(complaint))
    assert desk.state(complaint) == "closed"


def test_4b_when_he_gives_his_name_a_reply_is_owed(desk: Desk) -> None:
    desk.at("2026-11-02 09:00")
    complaint = desk.investigated(channel="book", who={"name": "", "phone": "", "anonymous": True})
    desk.at("2026-11-10 09:00")
    desk.run(GiveIdentity(complaint, Complainant("陈小梅", "13812345172")))
    assert desk.due(complaint)[0] == "2026-11-25"
    found = desk.detail(complaint)
    assert found is not None
    assert found.line.shown_name == "陈*梅"
    assert "received" in [moment.what for moment in found.moments]
    desk.report(complaint)
    desk.run(Decide(complaint), HEAD)
    with pytest.raises(RuleBroken, match="reply_owed"):
        desk.run(Reply(complaint, "internal", desk.clock.now_ms()), ADVISER)


@pytest.mark.parametrize("closed", [False, True])
def test_4c_his_name_after_it_ended_inside_takes_it_up_again(desk: Desk, closed: bool) -> None:
    desk.at("2026-11-02 09:00")
    complaint = desk.investigated(channel="book", who={"name": "", "phone": "", "anonymous": True})
    desk.report(complaint, finding="not_true")
    desk.run(Decide(complaint), HEAD)
    desk.run(Reply(complaint, "internal", desk.clock.now_ms()))
    if closed:
        desk.run(Close(complaint))
    desk.at("2026-12-10 09:00")
    desk.run(GiveIdentity(complaint, Complainant("陈小梅", "13812345172")))
    found = desk.detail(complaint)
    assert found is not None
    assert (found.line.state, found.values["round"]) == ("investigating", 2)
    assert (found.values["notified_at"], found.values["closed_at"]) == (None, None)
    assert [moment.what for moment in found.moments][-3:] == [
        "identity_given", "reopened", "due_changed",
    ]  # fmt: skip
    assert desk.due(complaint)[0] == "2026-12-25"
    # What was written stays, is decided anew, and told him.
    assert found.values["verified"] == "录像完整。"
    desk.report(complaint, finding="not_true")
    desk.run(Decide(complaint), HEAD)
    with pytest.raises(RuleBroken, match="reply_owed"):
        desk.run(Reply(complaint, "internal", desk.clock.now_ms()), ADVISER)
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    assert desk.state(complaint) == "replied"


def test_4d_decided_and_not_told_yet_the_reply_counts_from_his_name(desk: Desk) -> None:
    desk.at("2026-11-02 09:00")
    complaint = desk.investigated(channel="book", who={"name": "", "phone": "", "anonymous": True})
    desk.report(complaint)
    desk.run(Decide(complaint), HEAD)
    desk.at("2026-11-16 09:00")
    desk.run(GiveIdentity(complaint, Complainant("陈小梅", "13812345172")))
    assert desk.state(complaint) == "decided"
    assert desk.due(complaint)[:3] == ("2026-12-01", "2026-11-23", "2026-11-23")


def test_4e_put_away_it_is_taken_up_first(desk: Desk) -> None:
    complaint = desk.register(channel="book", who={"name": "", "phone": "", "anonymous": True})
    desk.run(Refuse(complaint, "not_this_institution", "属于他行业务"), HEAD)
    desk.run(Archive(complaint))
    with pytest.raises(RuleBroken, match="identity_archived"):
        desk.run(GiveIdentity(complaint, Complainant("陈小梅", "13812345172")))
    desk.run(Unarchive(complaint, "上级行 2026-1 号"), SUPERIOR)
    desk.run(GiveIdentity(complaint, Complainant("陈小梅", "13812345172")))
    found = desk.detail(complaint)
    assert found is not None
    assert (found.line.shown_name, found.line.state) == ("陈*梅", "investigating")


def test_5_a_complaint_about_the_handler(desk: Desk) -> None:
    subject = desk.staff(ADVISER)
    complaint = desk.register(subjects=frozenset({subject}))
    desk.run(Accept(complaint))
    with pytest.raises(NotPermitted, match="handler_interested"):
        desk.run(Assign(complaint, subject))
    desk.run(Assign(complaint, desk.staff(SUPERVISOR)))
    assert running_cases(desk.store, subject) == ()
    assert search_cases(desk.store, "理财", subject) == ()
    assert search_cases(desk.store, "13812345172", subject) == ()
    assert desk.detail(complaint, ADVISER) is None
    for wish in (
        TakeOver(complaint),
        EditCase(complaint, matter=WHAT),
        RequestExtension(complaint, "x"),
    ):
        with pytest.raises(NotFound, match="complaint_unknown"):
            desk.run(wish, ADVISER)
    with pytest.raises(NotPermitted, match="handler_interested"):
        desk.run(SetSubjects(complaint, frozenset({desk.staff(SUPERVISOR)})))


def test_5b_a_complaint_about_the_head_goes_to_the_superior(desk: Desk) -> None:
    complaint = desk.investigated(subjects=frozenset({desk.staff(HEAD)}))
    desk.report(complaint)
    with pytest.raises(NotFound):
        desk.run(Decide(complaint), HEAD)
    desk.run(Decide(complaint), SUPERIOR)
    assert desk.state(complaint) == "decided"


@pytest.mark.parametrize(
    ("parties", "group", "major"), [(2, False, False), (3, True, False), (19, True, False),
                                    (20, True, True)],
)  # fmt: skip
def test_6_a_group_of_twenty(desk: Desk, parties: int, group: bool, major: bool) -> None:
    complaint = desk.register(who={"parties": parties})
    found = desk.detail(complaint)
    assert found is not None
    assert (found.line.is_group, found.line.major) == (group, major)
    assert found.line.urgency == ("urgent" if parties >= 3 else "ordinary")
    facts = {moment.what for moment in found.moments}
    # The superior body is told of twenty; the plan is open for every group.
    assert {"major_found", "escalated"} & facts == (
        {"major_found", "escalated"} if major else set()
    )
    assert [line.code for line in open_incidents(desk.store)] == ["CON-01"] * group


def test_6b_five_representatives_at_most(desk: Desk) -> None:
    five = tuple(f"代表{n}" for n in "一二三四五")
    desk.register(who={"parties": 20, "representatives": five})
    with pytest.raises(BadInput, match="representatives_most"):
        desk.register(who={"parties": 20, "representatives": (*five, "代表六")})


def test_6c_a_major_one_is_decided_by_the_superior(desk: Desk) -> None:
    complaint = desk.investigated(who={"parties": 20})
    desk.report(complaint)
    with pytest.raises(RuleBroken, match="superior_decides"):
        desk.run(Decide(complaint), HEAD)
    desk.run(Decide(complaint), SUPERIOR)


def test_7_not_our_responsibility(desk: Desk) -> None:
    fee = desk.register(what={"biz_class": "debit_card", "reason": "pricing"})
    desk.run(Refer(fee, "other_bank", "请联系发卡行 95588"), HEAD)
    assert desk.state(fee) == "referred"
    insurance = desk.register(what={"biz_class": "agency"})
    with pytest.raises(RuleBroken, match="agency_is_ours"):
        desk.run(Refuse(insurance, "not_this_institution", "保险公司负责"), HEAD)
    for to in ("third_party", "other_bank", "other"):
        with pytest.raises(RuleBroken, match="agency_is_ours"):
            desk.run(Refer(insurance, to, "保险公司负责"), HEAD)
    # A court or the police may have it all the same.
    desk.run(Refer(insurance, "court", "已向法院起诉"), HEAD)
    assert desk.state(insurance) == "referred"
    # It is ours: the slip goes to the insurer, who has to help (Order 3 Art. 10-11).
    ours = desk.register(what={"biz_class": "agency"})
    desk.run(Accept(ours, "verified"))
    desk.run(Assign(ours, desk.staff(ADVISER), "请保险公司配合"))
    insurer = {
        "to_unit": "某保险公司客服部",
        "slip_type": "transfer",
        "reply_requirements": "三日内书面答复",
        "contact_a": "陈刚",
        "contact_b": "李静",
    }
    desk.paper(ours, "TS-03", "slip:1", **insurer)
    assert [line.form for line in papers_of(desk.store, desk.staff(OFFICER), ours)] == ["TS-03"]


def test_the_year_end_runs_into_an_unknown_year(desk: Desk) -> None:
    desk.at("2026-12-28 10:00")
    complaint = desk.register("phone")
    assert desk.due(complaint) == ("2027-01-12", "2027-01-05", "2027-01-05", "2027-01-05")
    found = desk.detail(complaint)
    assert found is not None
    assert found.line.provisional
    days = tuple(SpecialDay(date(2027, 1, n), False, "元旦") for n in (1, 2, 3, 4, 5))
    desk.run(ImportYear(2027, days, "国办发明电", "file"), SUPERVISOR)
    assert desk.due(complaint)[1] == "2027-01-07"
    found = desk.detail(complaint)
    assert found is not None
    assert not found.line.provisional
    changed = [moment for moment in found.moments if moment.what == "due_changed"]
    assert changed[-1].data["cause"] == "calendar"


def test_merging_is_for_the_same_person_and_can_be_taken_back(desk: Desk) -> None:
    first = desk.register()
    desk.clock.advance(5 * 86_400)
    second = desk.register(what={"title": "同一件事"})
    stranger = desk.register(who={"name": "赵某", "phone": "13900000000"})
    with pytest.raises(RuleBroken, match="merge_other_person"):
        desk.run(Merge(stranger, first), HEAD)
    before = desk.due(first)[0]
    desk.run(Merge(second, first, new_facts=True), HEAD)
    assert desk.state(second) == "merged"
    assert desk.due(first)[0] > before


def test_nobody_registers_what_is_to_come(desk: Desk) -> None:

    with pytest.raises(BadInput, match="received_to_come"):
        desk.run(Register("phone", desk.clock.now_ms() + 1, WHO, WHAT), LOBBY_MANAGER)


def test_the_report_says_there_is_no_interest(desk: Desk) -> None:

    complaint = desk.investigated()
    with pytest.raises(BadInput, match="no_interest_needed"):
        desk.report(complaint, no_interest=False)
    assert Report.__repr__(Report(1, "", "", "", "", "", "", frozenset(), "密")).find("密") == -1


def test_the_journal_names_nobody(desk: Desk) -> None:
    complaint = desk.decided()
    desk.letter(complaint)
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    said = " ".join(str(entry) for entry in desk.entries)
    for secret in ("陈小梅", "13812345172", "理财到期", "宣传页", "致歉"):
        assert secret not in said
    assert desk.last.what == "complaint.replied"
