"""Longer limits, pauses and new facts: who may, in what order, and every refusal once."""

from __future__ import annotations

from datetime import date

import pytest

from branch.complaints.commands.acceptance import (
    Accept,
    Merge,
    Refer,
    Refuse,
    UndoMerge,
    Withdraw,
)
from branch.complaints.commands.handling import Assign, Decide, SolveOnTheSpot, TakeOver
from branch.complaints.commands.limits import (
    AddNewFacts,
    ApproveExtension,
    EndPause,
    RefuseExtension,
    RequestExtension,
    StartPause,
    TellExtension,
)
from branch.complaints.queries.detail import CaseDetail
from branch.complaints.queries.reminders import reminders_for
from branch.complaints.reminders import Reason
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.workdays.commands import ImportYear, RestoreYear
from branch.workdays.rules import SpecialDay
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERIOR, SUPERVISOR, TELLER, Desk
from tests.conftest import SHANGHAI
from ui.complaints.offers import pending_extension


def detail(desk: Desk, complaint: int) -> CaseDetail:
    found = desk.detail(complaint)
    assert found is not None
    return found


def causes(desk: Desk, complaint: int) -> list[str]:
    """Why its due day moved, in order."""
    moments = detail(desk, complaint).moments
    return [str(one.data["cause"]) for one in moments if one.what == "due_changed"]


# -- longer limits ------------------------------------------------------------------------------


def test_asked_approved_told_and_only_then_longer(desk: Desk) -> None:
    complaint = desk.investigated()
    assert desk.due(complaint)[0] == "2026-12-05"
    with pytest.raises(BadInput, match="field_empty"):
        desk.run(RequestExtension(complaint, " "), ADVISER)
    extension = desk.run(RequestExtension(complaint, "需要调阅录像"), ADVISER)
    with pytest.raises(Stale, match="extension_asked"):
        desk.run(RequestExtension(complaint, "再次申请"), OFFICER)
    with pytest.raises(RuleBroken, match="extension_not_approved"):
        desk.run(TellExtension(extension, "phone"), ADVISER)
    desk.run(ApproveExtension(extension), HEAD)
    assert desk.due(complaint)[0] == "2026-12-05"
    with pytest.raises(BadInput, match="code_unknown"):
        desk.run(TellExtension(extension, "pigeon"), ADVISER)
    desk.run(TellExtension(extension, "message"), ADVISER)
    assert desk.due(complaint)[0] == "2026-12-20"
    for wish, by in (
        (TellExtension(extension, "phone"), ADVISER),
        (ApproveExtension(extension), HEAD),
        (RefuseExtension(extension), HEAD),
    ):
        with pytest.raises(Stale, match="extension_settled"):
            desk.run(wish, by)
    assert causes(desk, complaint) == ["received", "extension"]
    assert "录像" not in " ".join(map(str, desk.entries))


def test_who_asked_does_not_approve(desk: Desk) -> None:
    complaint = desk.investigated()
    # One person may hold two roles; the rule looks at the person.
    with desk.store.transaction():
        desk.store.touch(
            "UPDATE staff SET roles = 'adviser,branch_manager' "
            f"WHERE id = {desk.staff(HEAD)}", ()
        )  # fmt: skip
    extension = desk.run(RequestExtension(complaint, "情况复杂"), HEAD)
    with pytest.raises(NotPermitted, match="second_person_needed"):
        desk.run(ApproveExtension(extension), HEAD)
    desk.run(ApproveExtension(extension), SUPERIOR)


def test_refused_the_limit_stays_and_may_be_asked_anew(desk: Desk) -> None:
    complaint = desk.investigated()
    extension = desk.run(RequestExtension(complaint, "需要时间"), ADVISER)
    with pytest.raises(NotPermitted):
        desk.run(RefuseExtension(extension), ADVISER)
    desk.run(RefuseExtension(extension), HEAD)
    assert detail(desk, complaint).extensions[-1].refused
    desk.run(RequestExtension(complaint, "需要鉴定"), ADVISER)


def test_after_sixty_days_there_is_no_longer_limit(desk: Desk) -> None:
    complaint = desk.investigated()
    for by in (HEAD, SUPERIOR):
        extension = desk.run(RequestExtension(complaint, "情况复杂"), ADVISER)
        desk.run(ApproveExtension(extension), by)
        desk.run(TellExtension(extension, "post"), ADVISER)
    assert desk.due(complaint)[0] == "2027-01-19"
    with pytest.raises(RuleBroken, match="longest_limit"):
        desk.run(RequestExtension(complaint, "再延"), ADVISER)


def test_the_central_banks_have_no_middle_stage(desk: Desk) -> None:
    complaint = desk.investigated(channel="superior", forwarded="central_bank")
    extension = desk.run(RequestExtension(complaint, "情况复杂"), ADVISER)
    assert detail(desk, complaint).extensions[-1].days == 60
    with pytest.raises(RuleBroken, match="superior_decides"):
        desk.run(ApproveExtension(extension), HEAD)


def test_nothing_is_prolonged_that_has_ended(desk: Desk) -> None:
    complaint = desk.investigated()
    waiting = desk.investigated()
    extension = desk.run(RequestExtension(waiting, "情况复杂"), ADVISER)
    desk.at("2026-12-06 00:00")
    with pytest.raises(RuleBroken, match="limit_over"):
        desk.run(RequestExtension(complaint, "需要时间"), ADVISER)
    with pytest.raises(RuleBroken, match="limit_over"):
        desk.run(ApproveExtension(extension), HEAD)


def test_a_decided_case_needs_no_longer_limit(desk: Desk) -> None:
    complaint = desk.decided()
    with pytest.raises(Stale, match="complaint_moved_on"):
        desk.run(RequestExtension(complaint, "需要时间"), ADVISER)
    enquiry = desk.register(kind="enquiry")
    with pytest.raises(Stale, match="complaint_moved_on"):
        desk.run(RequestExtension(enquiry, "需要时间"), ADVISER)


@pytest.mark.parametrize(
    ("wish", "by"),
    [
        (ApproveExtension(99), HEAD),
        (RefuseExtension(99), HEAD),
        (TellExtension(99, "phone"), ADVISER),
    ],
)
def test_an_unknown_request(desk: Desk, wish: object, by: str) -> None:
    with pytest.raises(NotFound, match="extension_unknown"):
        desk.run(wish, by)


# -- pauses -------------------------------------------------------------------------------------


def test_a_pause_is_told_and_ends_once(desk: Desk) -> None:
    complaint = desk.investigated()
    with pytest.raises(BadInput, match="pause_not_told"):
        desk.run(StartPause(complaint, "mediation", told=False), ADVISER)
    with pytest.raises(BadInput, match="code_unknown"):
        desk.run(StartPause(complaint, "holiday", told=True), ADVISER)
    pause = desk.run(StartPause(complaint, "mediation", told=True), ADVISER)
    with pytest.raises(Stale, match="pause_open"):
        desk.run(StartPause(complaint, "mediation", told=True), ADVISER)
    with pytest.raises(RuleBroken, match="clock_stands"):
        desk.run(RequestExtension(complaint, "需要时间"), ADVISER)
    found = detail(desk, complaint)
    assert (found.line.paused, found.line.due) == (True, "")
    desk.at("2026-11-30 09:00")
    desk.run(EndPause(pause), ADVISER)
    with pytest.raises(Stale, match="pause_over"):
        desk.run(EndPause(pause), ADVISER)
    # Ten days out, 20 to 29 November: the day it begins counts with them.
    assert desk.due(complaint)[0] == "2026-12-14"
    assert causes(desk, complaint) == ["received", "pause", "pause"]
    with pytest.raises(NotFound, match="pause_unknown"):
        desk.run(EndPause(99), ADVISER)


def test_a_pause_of_a_day_that_ends_the_same_day_is_none(desk: Desk) -> None:
    complaint = desk.investigated()
    before = desk.due(complaint)
    pause = desk.run(StartPause(complaint, "appraisal", told=True), ADVISER)
    desk.run(EndPause(pause), ADVISER)
    assert desk.due(complaint) == before


@pytest.mark.parametrize("end", ["Decide", "SolveOnTheSpot", "Refuse", "Refer", "Withdraw"])
def test_a_pause_ends_with_what_it_was_for(desk: Desk, end: str) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint, "verified"))
    if end == "Decide":
        desk.run(Assign(complaint, desk.staff(ADVISER)))
        desk.run(TakeOver(complaint), ADVISER)
        desk.report(complaint)
    extension = desk.run(RequestExtension(complaint, "情况复杂"), OFFICER)
    desk.run(StartPause(complaint, "mediation", told=True), OFFICER)
    desk.run(StartPause(complaint, "appraisal", told=True), OFFICER)
    desk.at("2026-11-24 09:00")
    step, by = {
        "Decide": (Decide(complaint), HEAD),
        "SolveOnTheSpot": (SolveOnTheSpot(complaint, "当场退还", True, "marketing"), HEAD),
        "Refuse": (Refuse(complaint, "not_by_complainant", "不是本人"), HEAD),
        "Refer": (Refer(complaint, "other_bank", "已告知"), HEAD),
        "Withdraw": (Withdraw(complaint, own=True, called_back=True), OFFICER),
    }[end]
    desk.run(step, by)
    found = detail(desk, complaint)
    assert [pause.end for pause in found.pauses] == ["2026-11-24"] * 2
    assert not found.line.paused
    # Three days did not count: the day of receipt never does.
    assert found.line.legal_due == "2026-12-08"
    told = [moment.what for moment in found.moments]
    assert (told.count("resumed"), told.count("extension_lapsed")) == (2, 1)
    assert found.extensions[0].refused
    with pytest.raises(Stale):
        desk.run(ApproveExtension(extension), HEAD)


def test_a_decided_case_is_reminded_of_after_a_pause(desk: Desk) -> None:
    complaint = desk.investigated()
    desk.report(complaint)
    desk.run(StartPause(complaint, "mediation", told=True), ADVISER)
    desk.run(Decide(complaint), HEAD)
    desk.at("2026-12-14 09:00")
    roles = frozenset({"complaint_officer"})
    staff, now = desk.staff(OFFICER), desk.clock.now_ms()
    assert [
        (one.ref, one.reason)
        for one in reminders_for(desk.store, staff, roles, now, SHANGHAI)
        if one.reason == Reason.OVERDUE
    ] == [(complaint, Reason.OVERDUE)]
    assert detail(desk, complaint).line.overdue("2026-12-14")


def test_a_merge_taken_back_finds_its_pause_again(desk: Desk) -> None:
    primary, other = desk.investigated(), desk.investigated()
    pause = desk.run(StartPause(other, "mediation", told=True), ADVISER)
    desk.run(Merge(other, primary), HEAD)
    desk.at("2026-11-30 09:00")
    desk.run(UndoMerge(other), HEAD)
    assert detail(desk, other).line.paused
    desk.run(EndPause(pause), ADVISER)
    assert desk.due(other)[0] == "2026-12-14"


# -- new facts ----------------------------------------------------------------------------------


def test_new_facts_begin_the_limit_anew(desk: Desk) -> None:
    complaint = desk.investigated()
    desk.at("2026-11-30 09:00")
    with pytest.raises(BadInput, match="field_empty"):
        desk.run(AddNewFacts(complaint, ""), ADVISER)
    with pytest.raises(NotPermitted):
        desk.run(AddNewFacts(complaint, "补交合同"), TELLER)
    desk.run(AddNewFacts(complaint, "补交合同"), ADVISER)
    assert desk.due(complaint)[0] == "2026-12-15"
    assert causes(desk, complaint) == ["received", "new_facts"]
    moment = detail(desk, complaint).moments[-2]
    assert (moment.what, moment.data["day"]) == ("new_facts", "2026-11-30")
    assert "合同" not in " ".join(map(str, desk.entries))
    texts = [moment.text for moment in detail(desk, complaint).moments]
    assert "补交合同" in texts
    assert "补" not in repr(AddNewFacts(1, "补")) + repr(RequestExtension(1, "补"))


def test_an_extension_of_before_does_not_prolong_the_new_limit(desk: Desk) -> None:
    complaint = desk.investigated()
    extension = desk.run(RequestExtension(complaint, "情况复杂"), ADVISER)
    desk.run(ApproveExtension(extension), HEAD)
    desk.run(TellExtension(extension, "phone"), ADVISER)
    desk.at("2026-12-10 09:00")
    desk.run(AddNewFacts(complaint, "补交合同"), ADVISER)
    assert desk.due(complaint)[0] == "2026-12-25"


def test_the_limit_counts_from_the_day_the_material_came(desk: Desk) -> None:
    complaint = desk.investigated()
    desk.at("2026-11-30 09:00")
    for day, code in (
        (date(2026, 11, 19), "new_facts_early"),
        (date(2026, 12, 1), "day_to_come"),
    ):
        with pytest.raises(BadInput, match=code) as caught:
            desk.run(AddNewFacts(complaint, "补交合同", day), ADVISER)
        assert caught.value.field == "received_on"
    desk.run(AddNewFacts(complaint, "补交合同", date(2026, 11, 27)), ADVISER)
    assert desk.due(complaint)[0] == "2026-12-12"


def test_a_merge_with_new_facts_counts_from_the_day_they_came(desk: Desk) -> None:
    primary = desk.investigated()
    desk.at("2026-11-25 09:00")
    other = desk.register("phone")
    desk.at("2026-11-30 09:00")
    desk.run(Merge(other, primary, new_facts=True), HEAD)
    assert desk.due(primary)[0] == "2026-12-10"


@pytest.mark.parametrize("approved", [True, False])
def test_new_facts_let_what_was_asked_for_lapse(desk: Desk, approved: bool) -> None:
    complaint = desk.investigated()
    extension = desk.run(RequestExtension(complaint, "情况复杂"), ADVISER)
    if approved:
        desk.run(ApproveExtension(extension), HEAD)
    desk.at("2026-12-10 09:00")
    desk.run(AddNewFacts(complaint, "补交合同"), ADVISER)
    found = detail(desk, complaint)
    assert pending_extension(found) is None
    assert [one.what for one in found.moments].count("extension_lapsed") == 1
    with pytest.raises(Stale, match="extension_settled"):
        desk.run(TellExtension(extension, "phone"), ADVISER)
    # The new limit may be made longer like any other.
    anew = desk.run(RequestExtension(complaint, "情况复杂"), ADVISER)
    desk.run(ApproveExtension(anew), HEAD)
    desk.run(TellExtension(anew, "phone"), ADVISER)
    assert desk.due(complaint)[0] == "2027-01-09"


def test_older_material_lets_nothing_lapse(desk: Desk) -> None:
    complaint = desk.investigated()
    desk.at("2026-11-30 09:00")
    desk.run(AddNewFacts(complaint, "补交合同"), ADVISER)
    desk.run(RequestExtension(complaint, "情况复杂"), ADVISER)
    desk.run(AddNewFacts(complaint, "补交录音", date(2026, 11, 25)), ADVISER)
    assert pending_extension(detail(desk, complaint)) is not None
    assert desk.due(complaint)[0] == "2026-12-15"


def test_a_calendar_put_back_moves_running_limits_back(desk: Desk) -> None:
    desk.at("2026-12-28 10:00")
    complaint = desk.register("phone")
    few, many = (
        tuple(SpecialDay(date(2027, 1, n), False, "元旦") for n in range(1, last))
        for last in (4, 6)
    )
    desk.run(ImportYear(2027, few, "7号", "2027.csv"), SUPERVISOR)
    before = desk.due(complaint)
    desk.run(ImportYear(2027, many, "7号", "2027.csv"), SUPERVISOR)
    assert desk.due(complaint) != before
    desk.run(RestoreYear(2027, 1), SUPERVISOR)
    assert desk.due(complaint) == before
    found = desk.detail(complaint)
    assert found is not None
    changed = [moment for moment in found.moments if moment.what == "due_changed"]
    assert changed[-1].data["cause"] == "calendar"
