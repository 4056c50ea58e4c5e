"""What stands on each form of a case, in both languages: filled from the case, nothing invented."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from branch.complaints.commands.acceptance import Accept, Refuse, Withdraw
from branch.complaints.commands.answering import NoteReceipt, Reply
from branch.complaints.commands.files import AddFile
from branch.complaints.commands.handling import Assign, Decide, SolveOnTheSpot, TakeOver
from branch.complaints.commands.limits import ApproveExtension, RequestExtension
from branch.complaints.commands.registration import LinkRepeat, SetSubjects
from branch.complaints.commands.reviews import (
    OrderRedo,
    RecordVisit,
    StartReReview,
)
from branch.papers.commands import DraftPaper
from branch.papers.drafting import retyped
from branch.papers.head import Draft
from branch.quality.commands import AddAction
from tests.complaints import papers
from tests.complaints.desk import (
    ADVISER,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERIOR,
    SUPERVISOR,
    TELLER,
    Desk,
)
from tests.complaints.test_papers_grounds import draft

WHO = {
    "name": "陈䶮",
    "phone": "138 1234 5172",
    "address": "湖滨路 9 号",
    "email": "chen@example.com",
    "document": "resident_id",
    "document_number": "11010119900101123X",
    "agent": "王五",
    "capacity": "agent",
    "authority": True,
    "representatives": ("赵六", "钱七"),
    "reply_wish": "letter",
    "parties": 2,
}
WHAT = {
    "amount": 123_456,
    "incident_on": "2026-11-07",
    "incident_place": "二号柜台",
    "basis": "产品说明书",
    "sensitivity": frozenset({"media", "vulnerable"}),
}


def english(desk: Desk, complaint: int, form: str, part: str = "", by: str = OFFICER) -> Draft:
    made: Draft = desk.run(DraftPaper(form, f"complaint:{complaint}", part, "en"), by)
    return made


def test_registration(desk: Desk) -> None:
    earlier = desk.register()
    desk.clock.advance(60)
    complaint = desk.register(who=WHO, what=WHAT, read_back=True)
    desk.run(LinkRepeat(complaint, earlier))
    desk.run(SetSubjects(complaint, frozenset({desk.staff(TELLER)})))
    desk.run(AddFile(complaint, "协议书.pdf", papers.PDF), LOBBY_MANAGER)
    made = draft(desk, complaint, "TS-01")
    expected: dict[str, Any] = {
        "intake_channel": "on_site",
        "first_staff": "李静",
        "capacity": "agent",
        "name": "陈䶮",
        "id_type": "resident_id",
        "id_no": "**123X",
        "phone": "13812345172",
        "phone_reserved": "",
        "address": "湖滨路 9 号",
        "email": "chen@example.com",
        "contact_pref": "letter",
        "agent_name": "王五",
        "agent_id": "",
        "poa_original": True,
        "anonymous": False,
        "confidential": False,
        "party_count": 2,
        "representatives": "赵六、钱七",
        "respondent_org": "云川银行湖滨路支行",
        "respondent_staff": "王敏",
        "incident_at": "2026-11-07",
        "incident_place": "二号柜台",
        "facts": "到期年化收益与宣传页所写相差较大。",
        "claims": "说明原因并补偿差额",
        "basis": "产品说明书",
        "amount": 123_456,
        "biz_channel": "counter",
        "biz_class": "own_wealth",
        "reason": "returns",
        "severity": "ordinary",
        "urgency": "ordinary",
        "sensitivity": ["media", "vulnerable"],
        "materials": "协议书.pdf",
        "due_legal": "2026-12-05",
        "read_back": True,
        "complainant_sign": "",
    }
    assert {key: made.fields[key] for key in expected} == expected
    assert made.fields["repeat_of"] == "TS-HB001-20261120-0001"
    assert made.missing == ()
    head = made.head
    assert (head.form, head.edition, head.copy, head.number) == ("TS-01", "2026-01", 1, "")
    assert head.case_number == "TS-HB001-20261120-0002"
    assert (head.branch_name, head.branch_code) == ("云川银行湖滨路支行", "HB001")
    assert head.branch_second == "湖滨路 18 号 0000-8800 0117"
    assert (head.issued_by, head.issued_at) == ("冯涛", desk.clock.now_ms())
    assert english(desk, complaint, "TS-01").head.branch_name == (
        "Yunchuan Bank, Lakeside Road Branch"
    )


def test_an_identity_number_is_masked_whatever_is_typed(desk: Desk) -> None:
    complaint = desk.register(who=WHO)
    made = draft(desk, complaint, "TS-01")
    typed = retyped(desk.store, made, {"agent_id": "110101199001011234"})
    assert typed.fields["agent_id"] == "**1234"
    assert "11010119" not in json.dumps(typed.fields)


def test_what_was_left_open_is_asked_for(desk: Desk) -> None:
    complaint = desk.register(what={"claims": "", "biz_class": "", "reason": ""})
    assert draft(desk, complaint, "TS-01").missing == ("claims", "biz_class", "reason", "read_back")


def test_acceptance(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint, "verified"))
    made = draft(desk, complaint, "TS-02A")
    assert made.missing == ()
    assert made.fields["addressee"] == "陈小梅"
    assert made.fields["matter"] == "理财到期收益与宣传不一致"
    assert made.fields["handler_phone"] == "0000-8800 0117"
    assert made.fields["due_legal"] == "2026-12-05"
    assert made.fields["query_code"] == made.head.case_number
    assert "云川市银行业保险业纠纷调解中心" in str(made.fields["mediation_hint"])
    assert "依法保密" in str(made.fields["privacy_note"])
    told = english(desk, complaint, "TS-02A").fields
    assert "kept confidential" in str(told["privacy_note"])


def test_refusal(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Refuse(complaint, "in_court", "法院已经受理。"), HEAD)
    made = draft(desk, complaint, "TS-02B")
    assert made.fields["reason_text"] == "法院已经受理。"
    assert made.fields["approved_by"] == "林婉"
    assert made.missing == ("where_to_go",)
    assert retyped(desk.store, made, {"where_to_go": "向受理法院提出"}).missing == ()


def test_slip(desk: Desk) -> None:
    complaint = desk.register(who=WHO)
    desk.run(Accept(complaint, "verified"))
    desk.run(Assign(complaint, desk.staff(ADVISER), "请核对兑付计算过程"))
    made = draft(desk, complaint, "TS-03", "slip:1")
    expected = {
        "slip_type": "transfer",
        "urge_count": None,
        "complainant": "陈*",
        "phone": "138****5172",
        "from_unit": "云川银行湖滨路支行",
        "contact_a": "冯涛",
        "contact_b": "林婉",
        "slip_due": "2026-11-27",
        "due_legal": "2026-12-05",
        "summary": "理财到期收益与宣传不一致\n到期年化收益与宣传页所写相差较大。",
        "claims": "说明原因并补偿差额",
        "reply_requirements": "请核对兑付计算过程",
    }
    assert {key: made.fields[key] for key in expected} == expected
    assert made.head.number == "ZB-2026-0001"
    assert made.missing == ()
    # It stays in the house, and the complainant masked all the same.
    assert "陈䶮" not in json.dumps(made.fields, ensure_ascii=False)
    # Nobody whom it is about is a contact.
    desk.run(SetSubjects(complaint, frozenset({desk.staff(HEAD)})))
    assert "林婉" not in str(draft(desk, complaint, "TS-03", "slip:1").fields["contact_b"])


def test_report(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(SetSubjects(complaint, frozenset({desk.staff(TELLER)})))
    desk.run(Accept(complaint, "verified"))
    desk.run(Assign(complaint, desk.staff(ADVISER)))
    desk.run(TakeOver(complaint), ADVISER)
    desk.run(AddFile(complaint, "录音 1.mp3", papers.MP3), ADVISER)
    desk.report(complaint, redress=50_000)
    made = draft(desk, complaint, "TS-04", "round:1", ADVISER)
    assert made.missing == (
        "rules_checked", "root_cause_l2", "corrective_action", "action_owner", "action_due",
    )  # fmt: skip
    due = desk.today + timedelta(days=30)
    desk.run(AddAction("complaint", complaint, "更换宣传页", desk.staff(SUPERVISOR), due))
    made = draft(desk, complaint, "TS-04", "round:1", ADVISER)
    (row,) = made.fields["evidence_list"]  # type: ignore[misc]
    assert (row["no"], row["type"], row["source"], len(row["hash"])) == (
        "1",
        "mp3",
        "录音 1.mp3",
        16,
    )
    expected = {
        "no_interest": True,
        "customer_statement": "到期年化收益与宣传页所写相差较大。",
        "staff_statement": "已当面说明。",
        "verified_facts": "录像完整。",
        "finding": "partly_true",
        "root_cause_l1": "marketing",
        "systemic": "single",
        "proposed_decision": "向客户致歉。",
        "remedy": ["apology"],
        "small_comp_amount": 50_000,
        "corrective_action": "更换宣传页",
        "action_due": due.isoformat(),
    }
    assert {key: made.fields[key] for key in expected} == expected
    whole = retyped(
        desk.store, made, {"rules_checked": "宣传管理办法", "root_cause_l2": "宣传页未更新"}
    )
    assert whole.missing == ()


def test_a_report_spares_what_the_case_has_not(desk: Desk) -> None:
    """Nobody concerned has to be heard, and what is not true needs no correction."""
    complaint = desk.investigated()
    desk.report(complaint, finding="not_true", statement="")
    made = draft(desk, complaint, "TS-04", "round:1", ADVISER)
    assert made.missing == ("evidence_list", "rules_checked", "root_cause_l2")


def test_extension(desk: Desk) -> None:
    complaint = desk.investigated(who={"reply_wish": "letter"})
    first = desk.run(RequestExtension(complaint, "需等待外部材料"), ADVISER)
    desk.run(ApproveExtension(first), HEAD)
    made = draft(desk, complaint, "TS-05", f"extension:{first}")
    expected = {
        "addressee": "陈小梅",
        "original_due": "2026-12-05",
        "new_due": "2026-12-20",
        "extension_stage": "30",
        "reason": "需等待外部材料",
        "notify_mode": "post",
        "notified_at": "2026-11-20",
        "approver": "林婉",
        "approver_level": "head",
        "approved_at": "2026-11-20",
    }
    assert {key: made.fields[key] for key in expected} == expected
    assert "云川银行市分行" in str(made.fields["rights_note"])
    assert made.missing == ("progress",)


def test_reply(desk: Desk) -> None:
    complaint = desk.decided()
    made = draft(desk, complaint, "TS-06", "round:1", ADVISER)
    fields = made.fields
    assert fields["salutation"] == "尊敬的陈小梅"
    assert str(fields["opening"]).startswith("您好。您于2026年11月20日来行反映的事项")
    assert fields["matter"] == ("到期年化收益与宣传页所写相差较大。\n您的请求：说明原因并补偿差额")
    assert (fields["verified"], fields["decision"]) == ("录像完整。", "向客户致歉。")
    assert (fields["basis_reason"], fields["follow_up"]) == ("宣传管理办法", "月底前更换宣传页。")
    review, mediation, court = str(fields["remedies"]).split("\n")
    assert "收到本答复之日起 30 日内，向我行上级机构云川银行市分行书面申请核查" in review
    assert "云川市中山路 1 号" in review
    assert "0000-8800 0100" in review
    assert "申请调解" in mediation
    assert "云川仲裁委员会" in court
    assert fields["decision_date"] == "2026-11-20"
    assert made.head.number == "湖滨投复〔2026〕1 号"
    assert made.missing == ()
    told = english(desk, complaint, "TS-06", "round:1", ADVISER).fields
    assert told["salutation"] == "陈小梅"
    assert "20 November 2026" in str(told["opening"])
    assert "within 30 days of receiving it" in str(told["remedies"])


def test_a_reply_to_what_was_settled_on_the_spot_is_short(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint, "verified"))
    desk.run(SolveOnTheSpot(complaint, "当场补足差额。", True, "people"), HEAD)
    made = draft(desk, complaint, "TS-06", "round:1")
    assert made.missing == ()
    assert made.fields["verified"] == "您反映的情况，我行已当场核实。"
    assert made.fields["decision"] == "当场补足差额。"


def test_visit_and_try(desk: Desk) -> None:
    complaint = desk.decided()
    desk.letter(complaint)
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    tried = desk.run(RecordVisit(complaint, "phone", False), SUPERVISOR)
    visit = desk.run(
        RecordVisit(
            complaint, "phone", True, "dissatisfied", "partly", "还在等退款", "follow_on",
            desk.today,
        ),
        SUPERVISOR,
    )  # fmt: skip
    made = draft(desk, complaint, "TS-07", f"visit:{tried}")
    assert (made.fields["reached"], made.fields["reply_received"]) == (False, None)
    assert made.missing == ()
    made = draft(desk, complaint, "TS-07", f"visit:{visit}")
    expected = {
        "mode": "phone",
        "reached": True,
        "tries": 1,
        "reply_received": True,
        "commitments_met": "partly",
        "satisfaction": "dissatisfied",
        "dissatisfied_reason": "还在等退款",
        "next_step": "follow_on",
    }
    assert {key: made.fields[key] for key in expected} == expected
    assert made.missing == ()


def test_withdrawal(desk: Desk) -> None:
    complaint = desk.register()
    made = draft(desk, complaint, "TS-10")
    assert made.missing == ()
    assert (made.fields["complainant"], made.fields["date_received"]) == ("陈小梅", "2026-11-20")
    assert "自愿撤回" in str(made.fields["free_will"])
    desk.run(Withdraw(complaint, own=True))
    assert "own free will" in str(english(desk, complaint, "TS-10").fields["free_will"])


def test_a_draft_names_nobody_where_it_is_logged(desk: Desk) -> None:
    complaint = desk.decided()
    made = draft(desk, complaint, "TS-06", "round:1")
    assert "陈" not in repr(made)
    assert desk.last.what == "paper.drafted"
    assert desk.last.data == {"form": "TS-06", "part": "round:1"}


def test_another_round_begins_with_its_own_decision(desk: Desk) -> None:
    complaint = desk.decided()
    desk.letter(complaint)
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
    desk.run(OrderRedo(complaint, "重办"), SUPERIOR)
    desk.report(complaint, decision="全额补偿。")
    desk.run(Decide(complaint), HEAD)
    made = draft(desk, complaint, "TS-06", "round:2", ADVISER)
    # A letter of its own, not a correction of the first.
    assert (made.head.copy, made.head.number) == (1, "湖滨投复〔2026〕2 号")
    assert (made.fields["decision"], made.last) == ("全额补偿。", None)
