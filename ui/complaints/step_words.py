"""Owns the words and icons of what can be done with a case, and whom it waits for; does nothing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from branch.complaints.queries.detail import CaseDetail
from branch.complaints.rules import STEPS, State, Who
from ui.complaints.offers import pending_extension
from ui.models.complaint_words import approver_label, step_label

translate = QCoreApplication.translate

_ICONS = {
    "Accept": "check-circle",
    "TakeOver": "check-circle",
    "Assign": "transfer-to",
    "Reassign": "transfer-to",
    "Report": "document",
    "Decide": "check-circle",
    "Reply": "document",
    "Close": "check-circle",
    "CloseOther": "check-circle",
    "Archive": "document",
    "SendBack": "undo",
    "HandBack": "undo",
    "RecordContact": "phone",
    "RecordVisit": "phone",
    "NoteReceipt": "calendar",
    "RequestExtension": "calendar",
    "ApproveExtension": "calendar",
    "RefuseExtension": "close",
    "TellExtension": "phone",
    "StartPause": "pause",
    "EndPause": "clock",
    "SolveOnTheSpot": "check",
    "Investigate": "search",
    "Refer": "transfer",
    "DeclineProposal": "undo",
    "CorrectComplainant": "id-card",
    "OpenPlan": "alarm",
    "Refuse": "close",
    "ProposeRefusal": "close",
    "Reopen": "recall",
    "StartReReview": "search",
    "OrderRedo": "recall",
    "UpholdDecision": "check-circle",
    "EditCase": "document",
    "SetSubjects": "person",
    "GiveIdentity": "id-card",
    "AddNote": "message",
    "Escalate": "chevron-up",
    "Withdraw": "minus",
    "Unarchive": "recall",
}


def icon_of(code: str) -> str:
    """The icon of a step's button; an empty text for none."""
    return _ICONS.get(code, "list")


def deed_label(code: str) -> str:
    """What a button says: the step of the table, or what belongs to a case beside it."""
    if code in STEPS:
        return step_label(code)
    return {
        "Reassign": translate("StepWords", "改派"),
        "RecordContact": translate("StepWords", "记录联系"),
        "RecordVisit": translate("StepWords", "记录回访"),
        "NoteReceipt": translate("StepWords", "记录送达"),
        "RequestExtension": translate("StepWords", "申请延期"),
        "ApproveExtension": translate("StepWords", "同意延期"),
        "RefuseExtension": translate("StepWords", "不同意延期"),
        "TellExtension": translate("StepWords", "告知延期"),
        "StartPause": translate("StepWords", "暂停计时"),
        "EndPause": translate("StepWords", "恢复计时"),
        "AddNewFacts": translate("StepWords", "补充新事实"),
        "Escalate": translate("StepWords", "升级"),
        "AddNote": translate("StepWords", "写备注"),
        "SetSubjects": translate("StepWords", "登记被投诉人员"),
        "EditCase": translate("StepWords", "更正登记"),
        "GiveIdentity": translate("StepWords", "补充身份"),
        "TurnIntoComplaint": translate("StepWords", "作为投诉办理"),
        "LinkRepeat": translate("StepWords", "关联重复投诉"),
        "CloseOther": translate("StepWords", "答复并结束"),
        "CorrectComplainant": translate("StepWords", "更正投诉人"),
        "OpenPlan": translate("StepWords", "启动预案"),
        "AskForAuthority": translate("StepWords", "请补交授权材料"),
    }.get(code, code)


def waiting_words(detail: CaseDetail) -> str:
    """Whom the case waits for, when it is not who looks at it."""
    pending = pending_extension(detail)
    if pending is not None and not pending.approved_on:
        if pending.by_order:
            return translate("StepWords", "上级行没有可审批此件的人，凭总行批件登记延期")
        text = translate("StepWords", "延期申请等{who}审批")
        return text.format(who=approver_label(pending.level))
    handler = detail.line.handler_name
    if detail.line.state == State.INVESTIGATING and not handler:
        return translate("StepWords", "没有承办人，等投诉专员改派")
    if detail.line.state == State.ACCEPTED and detail.values["handed_back"]:
        return translate("StepWords", "承办人已退回，等负责人转办")
    if detail.archiving.get("primary") is False:
        return translate("StepWords", "已并入另一件，随那一件办理")
    return {
        State.RECEIVED: translate("StepWords", "等投诉专员受理"),
        State.ACCEPTED: translate("StepWords", "等投诉专员转办"),
        State.ASSIGNED: translate("StepWords", "等{name}签收").format(name=handler),
        State.INVESTIGATING: translate("StepWords", "等{name}提交调查报告").format(name=handler),
        State.DRAFTED: _decider_words(detail.decider),
        State.DECIDED: translate("StepWords", "等投诉专员或承办人答复客户"),
        State.REPLIED: translate("StepWords", "等回访，然后由投诉专员办结"),
        State.RE_REVIEW: translate("StepWords", "等上级行作出核查决定"),
        State.CLOSED: translate("StepWords", "已办结，核查申请期过后归档"),
        State.ARCHIVED: translate("StepWords", "已归档，只供查阅"),
    }.get(State(detail.line.state), translate("StepWords", "已结束，由投诉专员归档"))


def _decider_words(who: Who | None) -> str:
    if who is None:
        return translate("StepWords", "负责人和上级行都与此件有关，等上级行另派同事审批")
    if who is Who.UP:
        return translate("StepWords", "等上级行审批调查报告")
    return translate("StepWords", "等负责人审批调查报告")
