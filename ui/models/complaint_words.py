"""Owns the words of codes about complaints; must not decide anything.

Every function speaks the language of the moment, so call it again after a change of language.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from branch.complaints.queries.desk import CaseLine

translate = QCoreApplication.translate


def title_of(line: CaseLine) -> str:
    """What a case is about, or that this is kept in confidence."""
    return translate("ComplaintWords", "内容保密") if line.withheld else line.title


def kind_label(code: str) -> str:
    """What it is: only a complaint has the legal clock."""
    return {
        "complaint": translate("ComplaintWords", "投诉"),
        "enquiry": translate("ComplaintWords", "咨询"),
        "suggestion": translate("ComplaintWords", "建议"),
        "report": translate("ComplaintWords", "举报"),
    }.get(code, code)


def channel_label(code: str, forwarded: str = "") -> str:
    """By which of the seven channels it came; who forwarded it where that is known."""
    if code == "superior" and forwarded:
        return forwarded_label(forwarded)
    return {
        "on_site": translate("ComplaintWords", "上门"),
        "phone": translate("ComplaintWords", "电话"),
        "book": translate("ComplaintWords", "意见簿"),
        "web": translate("ComplaintWords", "网络"),
        "letter": translate("ComplaintWords", "信件邮件"),
        "media": translate("ComplaintWords", "媒体"),
        "superior": translate("ComplaintWords", "转来"),
    }.get(code, code)


def forwarded_label(code: str) -> str:
    """Who forwarded it."""
    return {
        "superior": translate("ComplaintWords", "上级行转来"),
        "regulator": translate("ComplaintWords", "监管部门转来"),
        "central_bank": translate("ComplaintWords", "人民银行转来"),
        "government": translate("ComplaintWords", "政府部门转来"),
    }.get(code, code)


def capacity_label(code: str) -> str:
    """In what capacity somebody complains."""
    return {
        "self": translate("ComplaintWords", "本人"),
        "guardian": translate("ComplaintWords", "法定代理人"),
        "agent": translate("ComplaintWords", "受托人"),
        "heir": translate("ComplaintWords", "继承人"),
        "legal_representative": translate("ComplaintWords", "法人代表"),
    }.get(code, code)


def identity_label(code: str) -> str:
    """Whether it is known who complains."""
    return {
        "unverified": translate("ComplaintWords", "身份未核实"),
        "verified": translate("ComplaintWords", "身份已核实"),
        "anonymous": translate("ComplaintWords", "匿名"),
    }.get(code, code)


def reply_wish_label(code: str) -> str:
    """How he wants to hear the answer."""
    return {
        "in_person": translate("ComplaintWords", "当面"),
        "phone": translate("ComplaintWords", "电话"),
        "letter": translate("ComplaintWords", "书信"),
        "message": translate("ComplaintWords", "短信邮件"),
        "none": translate("ComplaintWords", "不需要答复"),
    }.get(code, code)


def biz_channel_label(code: str) -> str:
    """Where the business was done (JR/T 0169, dimension A)."""
    return {
        "counter": translate("ComplaintWords", "营业现场"),
        "self_service": translate("ComplaintWords", "自助机具"),
        "online_bank": translate("ComplaintWords", "网上银行"),
        "phone_bank": translate("ComplaintWords", "电话银行"),
        "mobile": translate("ComplaintWords", "手机银行"),
        "public_account": translate("ComplaintWords", "公众平台"),
        "message": translate("ComplaintWords", "短信"),
        "third_party": translate("ComplaintWords", "第三方渠道"),
        "back_office": translate("ComplaintWords", "中后台"),
        "other": translate("ComplaintWords", "其他"),
    }.get(code, code)


def biz_class_label(code: str) -> str:
    """Which business (JR/T 0169, dimension B)."""
    return {
        "savings": translate("ComplaintWords", "人民币储蓄"),
        "debit_card": translate("ComplaintWords", "借记卡"),
        "credit_card": translate("ComplaintWords", "信用卡"),
        "loan": translate("ComplaintWords", "贷款"),
        "payment": translate("ComplaintWords", "支付结算"),
        "foreign_exchange": translate("ComplaintWords", "外汇"),
        "own_wealth": translate("ComplaintWords", "自营理财"),
        "agency": translate("ComplaintWords", "银行代理业务"),
        "precious_metal": translate("ComplaintWords", "贵金属"),
        "treasury": translate("ComplaintWords", "国库"),
        "other_intermediary": translate("ComplaintWords", "其他中间业务"),
        "debt_collection": translate("ComplaintWords", "债务催收"),
        "cash": translate("ComplaintWords", "人民币管理"),
        "personal_data": translate("ComplaintWords", "个人金融信息"),
        "other": translate("ComplaintWords", "其他"),
    }.get(code, code)


def reason_label(code: str) -> str:
    """Why (JR/T 0169, dimension C)."""
    return {
        "service": translate("ComplaintWords", "服务态度及质量"),
        "facility_system": translate("ComplaintWords", "设施设备、业务系统"),
        "rules_process": translate("ComplaintWords", "制度规则与流程"),
        "marketing": translate("ComplaintWords", "营销方式和手段"),
        "disclosure": translate("ComplaintWords", "信息披露"),
        "free_choice": translate("ComplaintWords", "自主选择权"),
        "pricing": translate("ComplaintWords", "定价收费"),
        "returns": translate("ComplaintWords", "产品收益"),
        "contract": translate("ComplaintWords", "合同条款"),
        "fund_safety": translate("ComplaintWords", "资金安全"),
        "data_safety": translate("ComplaintWords", "信息安全"),
        "collection_manner": translate("ComplaintWords", "催收方式和手段"),
        "other": translate("ComplaintWords", "其他"),
    }.get(code, code)


def dimension_label(dimension: str) -> str:
    """One of the three dimensions of the classification (JR/T 0169)."""
    return {
        "biz_channel": translate("ComplaintWords", "业务办理渠道"),
        "biz_class": translate("ComplaintWords", "业务类别"),
        "reason": translate("ComplaintWords", "投诉原因"),
    }[dimension]


def class_label(dimension: str, code: str) -> str:
    """A class of one of the three dimensions."""
    labels = {
        "biz_channel": biz_channel_label,
        "biz_class": biz_class_label,
        "reason": reason_label,
    }
    return labels[dimension](code)


def severity_label(code: str) -> str:
    """How grave it is."""
    return {
        "ordinary": translate("ComplaintWords", "一般投诉"),
        "complex": translate("ComplaintWords", "复杂投诉"),
        "major": translate("ComplaintWords", "重大投诉"),
    }.get(code, code)


def urgency_label(code: str) -> str:
    """How soon it wants somebody."""
    return {
        "ordinary": translate("ComplaintWords", "普通"),
        "urgent": translate("ComplaintWords", "紧急"),
    }.get(code, code)


def sensitivity_label(code: str) -> str:
    """What makes it delicate."""
    return {
        "regulator": translate("ComplaintWords", "涉监管"),
        "media": translate("ComplaintWords", "涉舆情"),
        "legal": translate("ComplaintWords", "涉司法"),
        "petition": translate("ComplaintWords", "涉信访"),
        "violence": translate("ComplaintWords", "有过激可能"),
        "vulnerable": translate("ComplaintWords", "特殊群体"),
    }.get(code, code)


def state_label(code: str) -> str:
    """Where a complaint stands."""
    return {
        "received": translate("ComplaintWords", "已接收"),
        "accepted": translate("ComplaintWords", "已受理"),
        "not_accepted": translate("ComplaintWords", "不予受理"),
        "referred": translate("ComplaintWords", "已移送"),
        "assigned": translate("ComplaintWords", "已转办"),
        "investigating": translate("ComplaintWords", "调查中"),
        "drafted": translate("ComplaintWords", "待审批"),
        "decided": translate("ComplaintWords", "已决定"),
        "replied": translate("ComplaintWords", "已答复"),
        "closed": translate("ComplaintWords", "已结案"),
        "re_review": translate("ComplaintWords", "核查中"),
        "withdrawn": translate("ComplaintWords", "已撤回"),
        "merged": translate("ComplaintWords", "已合并"),
        "archived": translate("ComplaintWords", "已归档"),
    }.get(code, code)


def step_label(code: str) -> str:
    """A step as its button says it."""
    return {
        "Accept": translate("ComplaintWords", "受理"),
        "ProposeRefusal": translate("ComplaintWords", "提议不予受理"),
        "Refuse": translate("ComplaintWords", "不予受理"),
        "Refer": translate("ComplaintWords", "移送"),
        "ProposeMerge": translate("ComplaintWords", "提议合并"),
        "Merge": translate("ComplaintWords", "合并"),
        "DeclineProposal": translate("ComplaintWords", "不采纳提议"),
        "UndoMerge": translate("ComplaintWords", "取消合并"),
        "Assign": translate("ComplaintWords", "转办投诉"),
        "HandBack": translate("ComplaintWords", "退回"),
        "TakeOver": translate("ComplaintWords", "签收，开始调查"),
        "Investigate": translate("ComplaintWords", "由我调查"),
        "SolveOnTheSpot": translate("ComplaintWords", "当场解决"),
        "Report": translate("ComplaintWords", "提交调查报告"),
        "SendBack": translate("ComplaintWords", "退回补充"),
        "Decide": translate("ComplaintWords", "同意，作出决定"),
        "Reply": translate("ComplaintWords", "答复客户"),
        "Close": translate("ComplaintWords", "办结投诉"),
        "Reopen": translate("ComplaintWords", "重新办理"),
        "StartReReview": translate("ComplaintWords", "开始核查"),
        "UpholdDecision": translate("ComplaintWords", "作出核查决定"),
        "OrderRedo": translate("ComplaintWords", "责令重办"),
        "Withdraw": translate("ComplaintWords", "客户撤回"),
        "Archive": translate("ComplaintWords", "归档"),
        "Unarchive": translate("ComplaintWords", "重新启用"),
    }.get(code, code)


def refusal_label(code: str) -> str:
    """Why a complaint is not accepted."""
    return {
        "not_by_complainant": translate("ComplaintWords", "不是投诉人或其代理人提出"),
        "not_this_institution": translate("ComplaintWords", "与本机构无关"),
        "no_claim": translate("ComplaintWords", "没有具体请求"),
        "settled": translate("ComplaintWords", "已和解并履行"),
        "in_court": translate("ComplaintWords", "法院或仲裁已受理"),
    }.get(code, code)


def referred_label(code: str) -> str:
    """To whom it is referred."""
    return {
        "other_bank": translate("ComplaintWords", "其他银行"),
        "third_party": translate("ComplaintWords", "合作机构"),
        "superior": translate("ComplaintWords", "上级行"),
        "police": translate("ComplaintWords", "公安机关"),
        "court": translate("ComplaintWords", "法院"),
        "other": translate("ComplaintWords", "其他"),
    }.get(code, code)


def pause_label(code: str) -> str:
    """Why the clock stands."""
    return {
        "mediation": translate("ComplaintWords", "调解"),
        "appraisal": translate("ComplaintWords", "外部鉴定"),
    }.get(code, code)


def due_cause_label(code: str) -> str:
    """Why a due day moved."""
    return {
        "received": translate("ComplaintWords", "接收登记"),
        "new_facts": translate("ComplaintWords", "收到新的材料"),
        "reopened": translate("ComplaintWords", "重新办理"),
        "redo_ordered": translate("ComplaintWords", "责令重办"),
        "identity_given": translate("ComplaintWords", "投诉人补充身份"),
        "unarchived": translate("ComplaintWords", "重新启用"),
        "turned_into_complaint": translate("ComplaintWords", "转为投诉"),
        "merge_undone": translate("ComplaintWords", "取消合并"),
        "decided": translate("ComplaintWords", "已作出决定"),
        "extension": translate("ComplaintWords", "延期已告知"),
        "pause": translate("ComplaintWords", "暂停或恢复计时"),
        "calendar": translate("ComplaintWords", "导入节假日安排"),
        "house_limit": translate("ComplaintWords", "内部期限调整"),
    }.get(code, code)


def reply_mode_label(code: str) -> str:
    """How something was told; also of contacts, extensions and visits."""
    return {
        "in_person": translate("ComplaintWords", "当面"),
        "post": translate("ComplaintWords", "邮寄"),
        "message": translate("ComplaintWords", "短信邮件"),
        "phone": translate("ComplaintWords", "电话"),
        "refused": translate("ComplaintWords", "客户拒收"),
        "not_reached": translate("ComplaintWords", "多次联系不上"),
        "internal": translate("ComplaintWords", "匿名，内部记录"),
    }.get(code, code)


def level_label(level: int) -> str:
    """Who has been told, by the level of escalation; an empty text for none."""
    return {
        1: translate("ComplaintWords", "第二联系人"),
        2: translate("ComplaintWords", "网点负责人"),
        3: translate("ComplaintWords", "上级行"),
        4: translate("ComplaintWords", "总行"),
    }.get(level, "")


def approver_label(code: str) -> str:
    """Who has to approve an extension."""
    return {
        "branch_manager": translate("ComplaintWords", "网点负责人"),
        "superior": translate("ComplaintWords", "上级行"),
        "headquarters": translate("ComplaintWords", "总行高级管理人员"),
    }.get(code, code)


def action_state_label(code: str) -> str:
    """How a corrective action stands."""
    return {
        "open": translate("ComplaintWords", "整改中"),
        "done": translate("ComplaintWords", "待复核"),
        "closed": translate("ComplaintWords", "已完成"),
    }.get(code, code)


def joined(labels: Collection[str]) -> str:
    """Several words in one line: 道歉、赔偿."""
    return translate("ComplaintWords", "、").join(labels)
