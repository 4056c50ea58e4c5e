"""From acceptance to decision: refused, referred, merged, withdrawn, assigned, decided."""

from __future__ import annotations

from typing import Any

import pytest

from branch.complaints.commands.acceptance import (
    Accept,
    Merge,
    ProposeMerge,
    ProposeRefusal,
    Refer,
    Refuse,
    UndoMerge,
    Withdraw,
)
from branch.complaints.commands.answering import Archive, Escalate, Reopen, Reply, Unarchive
from branch.complaints.commands.handling import (
    Assign,
    Decide,
    HandBack,
    Investigate,
    SolveOnTheSpot,
    TakeOver,
)
from branch.complaints.commands.registration import SetSubjects
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from tests.complaints.desk import (
    ADVISER,
    GUARD,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERIOR,
    SUPERVISOR,
    TELLER,
    Desk,
)


def test_a_refusal_is_proposed_by_one_and_decided_by_another(desk: Desk) -> None:
    complaint = desk.register()
    with pytest.raises(BadInput, match="field_empty"):
        desk.run(ProposeRefusal(complaint, "no_claim", " "))
    desk.run(ProposeRefusal(complaint, "no_claim", "没有具体请求"))
    found = desk.detail(complaint)
    assert found is not None
    assert found.line.proposed == "refusal:no_claim"
    with pytest.raises(BadInput, match="code_unknown"):
        desk.run(Refuse(complaint, "too_long", "太长"), HEAD)
    desk.run(Refuse(complaint, "no_claim", "没有具体请求"), HEAD)
    assert desk.state(complaint) == "not_accepted"
    assert desk.due(complaint)[0]


def test_an_accepted_one_is_refused_on_one_ground_only(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint))
    with pytest.raises(RuleBroken, match="accepted_is_handled"):
        desk.run(Refuse(complaint, "settled", "已和解"), HEAD)
    desk.run(Refuse(complaint, "not_by_complainant", "并非本人提出"), HEAD)


def test_a_referral_tells_where(desk: Desk) -> None:
    complaint = desk.register()
    with pytest.raises(BadInput, match="field_empty"):
        desk.run(Refer(complaint, "other_bank", ""), HEAD)
    with pytest.raises(BadInput, match="code_unknown"):
        desk.run(Refer(complaint, "moon", "已告知"), HEAD)


def test_a_merge_is_of_two_open_cases(desk: Desk) -> None:
    first, second = desk.register(), desk.register()
    with pytest.raises(BadInput, match="merge_itself"):
        desk.run(ProposeMerge(first, first))
    desk.run(Merge(second, first), HEAD)
    with pytest.raises(Stale, match="merge_settled"):
        desk.run(ProposeMerge(first, second))
    desk.run(UndoMerge(second), HEAD)
    assert desk.state(second) == "received"
    enquiry = desk.register(kind="enquiry")
    with pytest.raises(RuleBroken, match="merge_other_person"):
        desk.run(ProposeMerge(first, enquiry))


def test_only_the_complainant_withdraws(desk: Desk) -> None:
    complaint = desk.register()
    with pytest.raises(BadInput, match="withdrawal_is_his_own"):
        desk.run(Withdraw(complaint, own=False))
    desk.run(Withdraw(complaint, own=True))
    assert desk.state(complaint) == "withdrawn"


def test_about_staff_the_head_calls_back_first(desk: Desk) -> None:
    complaint = desk.register(subjects=frozenset({desk.staff(TELLER)}))
    with pytest.raises(BadInput, match="withdrawal_call_back"):
        desk.run(Withdraw(complaint, own=True))
    desk.run(Withdraw(complaint, own=True, called_back=True))
    assert desk.last.data["called_back"] is True


# -- handling -----------------------------------------------------------------------------------


@pytest.mark.parametrize("handler", [TELLER, GUARD, LOBBY_MANAGER])
def test_a_handler_is_one_who_handles(desk: Desk, handler: str) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint))
    with pytest.raises(BadInput, match="handler_unknown"):
        desk.run(Assign(complaint, desk.staff(handler)))


def test_handed_back_once_within_a_working_day(desk: Desk) -> None:
    complaint, late = desk.register(), desk.register()
    for one in (complaint, late):
        desk.run(Accept(one))
        desk.run(Assign(one, desk.staff(ADVISER)))
    with pytest.raises(BadInput, match="field_empty"):
        desk.run(HandBack(complaint, ""), ADVISER)
    desk.run(HandBack(complaint, "不属本岗"), ADVISER)
    # Who gets it now the head says; the desk may pass it on again later.
    with pytest.raises(NotPermitted, match="complaint_part"):
        desk.run(Assign(complaint, desk.staff(ADVISER)))
    desk.run(Assign(complaint, desk.staff(ADVISER)), HEAD)
    with pytest.raises(RuleBroken, match="handed_back_once"):
        desk.run(HandBack(complaint, "不属本岗"), ADVISER)
    # Friday: the working day after is Monday.
    desk.at("2026-11-24 09:00")
    with pytest.raises(RuleBroken, match="hand_back_late"):
        desk.run(HandBack(late, "不属本岗"), ADVISER)


def test_what_was_handed_back_is_the_head_s_or_who_stands_in_for_him(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint))
    desk.run(Assign(complaint, desk.staff(ADVISER)))
    desk.run(HandBack(complaint, "不属本岗"), ADVISER)
    steps = {by: detail.steps for by in (OFFICER, HEAD) if (detail := desk.detail(complaint, by))}
    assert ("Assign" in steps[OFFICER], "Assign" in steps[HEAD]) == (False, True)
    desk.run(SetSubjects(complaint, frozenset({desk.staff(HEAD)})))
    desk.run(Assign(complaint, desk.staff(SUPERVISOR)), SUPERIOR)
    assert desk.state(complaint) == "assigned"


def test_settled_on_the_spot_is_accepted_and_soon(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint))
    with pytest.raises(BadInput, match="on_the_spot_accepted"):
        desk.run(SolveOnTheSpot(complaint, "当场致歉", False, "people"), HEAD)
    desk.at("2026-11-26 09:00")
    with pytest.raises(RuleBroken, match="on_the_spot_late"):
        desk.run(SolveOnTheSpot(complaint, "当场致歉", True, "people"), HEAD)
    desk.at("2026-11-25 18:00")
    desk.run(SolveOnTheSpot(complaint, "当场致歉", True, "people"), HEAD)
    assert desk.state(complaint) == "decided"


@pytest.mark.parametrize(
    ("other", "code", "field"),
    [
        ({"finding": "perhaps"}, "code_unknown", "finding"),
        ({"verified": ""}, "field_empty", "verified"),
        ({"grounds": ""}, "field_empty", "grounds"),
        ({"decision": ""}, "field_empty", "decision"),
        ({"cause": ""}, "choice_needed", "cause"),
        ({"redress": -1}, "amount_range", "redress"),
        ({"remedies": frozenset({"cake"})}, "code_unknown", "remedies"),
    ],
)
def test_a_report_is_complete(desk: Desk, other: dict[str, Any], code: str, field: str) -> None:
    complaint = desk.investigated()
    with pytest.raises(BadInput, match=code) as caught:
        desk.report(complaint, **other)
    assert caught.value.field == field
    assert desk.state(complaint) == "investigating"


def test_a_report_about_staff_has_his_statement(desk: Desk) -> None:
    complaint = desk.investigated(subjects=frozenset({desk.staff(TELLER)}))
    with pytest.raises(BadInput, match="field_empty") as caught:
        desk.report(complaint, statement="")
    assert caught.value.field == "statement"


def test_nobody_decides_what_he_handled(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint))
    desk.run(Assign(complaint, desk.staff(SUPERVISOR)))
    desk.run(TakeOver(complaint), SUPERVISOR)
    desk.report(complaint, SUPERVISOR)
    with pytest.raises(NotPermitted):
        desk.run(Decide(complaint), SUPERVISOR)
    desk.run(Decide(complaint), HEAD)


def test_another_round_leaves_the_words_that_were_decided(desk: Desk) -> None:
    complaint = desk.investigated()
    desk.report(complaint, verified="宣" * 5_000, grounds="据" * 5_000, decision="首次决定。")
    desk.run(Decide(complaint), HEAD)
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    desk.run(Reopen(complaint, "有新情况"), HEAD)
    desk.report(complaint, decision="第二次决定。")
    found = desk.detail(complaint)
    assert found is not None
    assert found.values["decision"] == "第二次决定。"
    kept = next(one.text for one in found.moments if one.what == "decided")
    assert kept.split("\n") == [
        f"查明事实：{'宣' * 5_000}",
        f"依据和理由：{'据' * 5_000}",
        "处理决定：首次决定。",
        "后续措施：月底前更换宣传页。",
    ]
    assert "首次" not in " ".join(map(str, desk.entries))


def test_what_was_settled_on_the_spot_stays_with_its_entry(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint))
    desk.run(SolveOnTheSpot(complaint, "当场致歉", True, "people"), HEAD)
    found = desk.detail(complaint)
    assert found is not None
    assert [one.text for one in found.moments if one.what == "solved_on_the_spot"] == ["当场致歉"]


def test_redress_above_the_limit_is_the_superiors(desk: Desk) -> None:
    complaint = desk.investigated()
    desk.report(complaint, redress=200_001)
    with pytest.raises(RuleBroken, match="superior_decides"):
        desk.run(Decide(complaint), HEAD)
    desk.run(Decide(complaint), SUPERIOR)


def test_levels_only_rise_and_no_clock_moves(desk: Desk) -> None:
    complaint = desk.register()
    before = desk.due(complaint)
    desk.run(Escalate(complaint, 2, "客户要求负责人处理"), TELLER)
    assert desk.due(complaint) == before
    for level in (1, 2, 5):
        with pytest.raises(Stale, match="complaint_level"):
            desk.run(Escalate(complaint, level))


def test_nothing_is_raised_that_is_over(desk: Desk) -> None:
    complaint = desk.register()
    desk.put_away(complaint)
    with pytest.raises(Stale, match="complaint_moved_on"):
        desk.run(Escalate(complaint, 4), OFFICER)


def test_to_who_gave_no_name_nothing_is_told(desk: Desk) -> None:
    complaint = desk.decided(who={"anonymous": True})
    with pytest.raises(RuleBroken, match="reply_to_nobody"):
        desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    desk.run(Reply(complaint, "internal", desk.clock.now_ms()), ADVISER)


def test_what_somebody_has_is_given_to_somebody_else(desk: Desk) -> None:
    complaint = desk.investigated()
    with pytest.raises(BadInput, match="handler_has_it"):
        desk.run(Assign(complaint, desk.staff(ADVISER)))
    # He turns out to know the complainant: first another has it, then that is noted.
    touched = SetSubjects(complaint, frozenset(), frozenset({desk.staff(ADVISER)}))
    with pytest.raises(NotPermitted, match="handler_interested"):
        desk.run(touched)
    desk.run(Assign(complaint, desk.staff(SUPERVISOR)))
    assert desk.state(complaint) == "assigned"
    desk.run(Assign(complaint, desk.staff(OFFICER)))
    desk.run(Assign(complaint, desk.staff(SUPERVISOR)))
    desk.run(touched)
    assert desk.detail(complaint, ADVISER) is None
    with pytest.raises(NotFound):
        desk.run(TakeOver(complaint), ADVISER)
    desk.run(TakeOver(complaint), SUPERVISOR)
    desk.report(complaint, SUPERVISOR)
    desk.run(Decide(complaint), HEAD)
    assert desk.state(complaint) == "decided"


def test_the_head_investigates_himself_and_the_superior_decides(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint))
    desk.run(Investigate(complaint), HEAD)
    with pytest.raises(NotPermitted, match="complaint_part"):
        desk.report(complaint, ADVISER)
    desk.report(complaint, HEAD)
    with pytest.raises(NotPermitted, match="second_person_needed"):
        desk.run(Decide(complaint), HEAD)
    desk.run(Decide(complaint), SUPERIOR)
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), HEAD)
    assert desk.state(complaint) == "replied"
    # Nobody gives it to him.
    other = desk.register()
    desk.run(Accept(other))
    with pytest.raises(BadInput, match="handler_unknown"):
        desk.run(Assign(other, desk.staff(HEAD)))


def test_a_case_of_nobodys_is_given_to_somebody(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Refuse(complaint, "no_claim", "没有具体请求"), HEAD)
    desk.paper(complaint, "TS-02B", where_to_go="请联系客服", reason_text="没有具体请求")
    desk.run(Archive(complaint))
    desk.run(Unarchive(complaint, "上级行 2026-1 号"), SUPERIOR)
    found = desk.detail(complaint)
    assert found is not None
    assert (found.line.state, found.line.handler) == ("investigating", None)
    desk.run(Assign(complaint, desk.staff(ADVISER)))
    desk.run(TakeOver(complaint), ADVISER)
    desk.report(complaint)
    assert desk.state(complaint) == "drafted"
