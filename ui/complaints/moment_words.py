"""Owns what each entry of a case's timeline says; must not decide what happened.

An entry that nobody gave words to is shown by its own name, so that none is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from branch.complaints.queries.detail import Moment
from branch.complaints.rules import ROUNDS
from reports.forms.papers.words import form_title
from ui.complaints.due_words import short_iso
from ui.complaints.record import CaseRecord
from ui.models.complaint_words import (
    channel_label,
    due_cause_label,
    identity_label,
    kind_label,
    level_label,
    pause_label,
    referred_label,
    refusal_label,
    reply_mode_label,
)
from ui.models.outcome_words import (
    cause_label,
    finding_label,
    satisfaction_label,
)
from ui.models.room_words import outcome_label as room_outcome_label
from ui.models.visitor_words import reveal_reason_label
from ui.shell.language import language
from ui.widgets.papers.line_words import mode_label

translate = QCoreApplication.translate


def moment_text(moment: Moment, record: CaseRecord) -> str:
    """What happened, in one line."""
    words = _PLAIN.get(moment.what)
    if words is not None:
        return words()
    told = _TOLD.get(moment.what)
    return told(moment.data, record) if told is not None else moment.what


def moment_words(moment: Moment, record: CaseRecord) -> str:
    """The words of an entry; a decision that holds stands with the case and is not said twice."""
    holds = moment.what in ("decided", "solved_on_the_spot") and not any(
        later.revision > moment.revision and later.what in ROUNDS for later in record.detail.moments
    )
    return "" if holds else moment.text


def is_told(moment: Moment) -> bool:
    """Whether an entry belongs to the story: the first due day comes with the registration, and
    who opened a file is the journal's."""
    if moment.what == "due_changed":
        return moment.data.get("cause") != "received"
    return moment.what != "file_opened"


_Data = Mapping[str, Any]


_PLAIN: dict[str, Callable[[], str]] = {
    "edited": lambda: translate("CaseMoments", "更正了登记内容"),
    "complainant_corrected": lambda: translate("CaseMoments", "更正了投诉人资料"),
    "authority_asked": lambda: translate("CaseMoments", "已请补交授权材料，期限照常"),
    "proposal_declined": lambda: translate("CaseMoments", "不采纳提议，继续办理"),
    "plan_opened": lambda: translate("CaseMoments", "启动了应急预案"),
    "promise_made": lambda: translate("CaseMoments", "接待时约定了一件事"),
    "identity_given": lambda: translate("CaseMoments", "投诉人补充了身份"),
    "turned_into_complaint": lambda: translate("CaseMoments", "转为投诉，期限从收到之日起算"),
    "merge_undone": lambda: translate("CaseMoments", "取消合并"),
    "handed_back": lambda: translate("CaseMoments", "承办人退回"),
    "taken_over": lambda: translate("CaseMoments", "承办人签收，开始调查"),
    "investigated": lambda: translate("CaseMoments", "网点负责人自行调查"),
    "sent_back": lambda: translate("CaseMoments", "调查报告退回补充"),
    "decided": lambda: translate("CaseMoments", "同意调查意见，作出决定"),
    "reopened": lambda: translate("CaseMoments", "重新办理，期限重新起算"),
    "redo_ordered": lambda: translate("CaseMoments", "上级行责令重新办理"),
    "unarchived": lambda: translate("CaseMoments", "按上级行指令重新启用"),
    "noted": lambda: translate("CaseMoments", "备注"),
    "answered": lambda: translate("CaseMoments", "已答复，结束"),
    "resumed": lambda: translate("CaseMoments", "恢复计时"),
    "withdrawn": lambda: translate("CaseMoments", "投诉人申请撤回，当日终止"),
    "file_added": lambda: translate("CaseMoments", "增加了材料"),
    "file_removed": lambda: translate("CaseMoments", "移除材料"),
}


def _received(data: _Data, record: CaseRecord) -> str:
    channel = channel_label(str(data.get("channel", "")), record.detail.line.forwarded)
    text = translate("CaseMoments", "{channel}，登记为{kind}")
    return text.format(channel=channel, kind=kind_label(str(data.get("kind", ""))))


def _accepted(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "受理，{identity}")
    return text.format(identity=identity_label(str(data.get("identity", ""))))


def _refusal_proposed(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "提议不予受理：{reason}")
    return text.format(reason=refusal_label(str(data.get("code", ""))))


def _not_accepted(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "不予受理：{reason}")
    return text.format(reason=refusal_label(str(data.get("code", ""))))


def _referred(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "移送{body}，已告知去处")
    return text.format(body=referred_label(str(data.get("to", ""))))


def _number(record: CaseRecord, complaint: object) -> str:
    line = record.others.get(complaint) if isinstance(complaint, int) else None
    return line.number if line is not None else translate("CaseMoments", "另一件")


def _merge_proposed(data: _Data, record: CaseRecord) -> str:
    text = translate("CaseMoments", "提议并入 {number}")
    return text.format(number=_number(record, data.get("into")))


def _proposal_dropped(data: _Data, record: CaseRecord) -> str:
    text = translate("CaseMoments", "提议取消，{number} 已答复或结束")
    return text.format(number=_number(record, data.get("into")))


def _merged(data: _Data, record: CaseRecord) -> str:
    text = translate("CaseMoments", "并入 {number}")
    return text.format(number=_number(record, data.get("into")))


def _took_in(data: _Data, record: CaseRecord) -> str:
    text = translate("CaseMoments", "{number} 并入本件")
    return text.format(number=_number(record, data.get("other")))


def _repeat_linked(data: _Data, record: CaseRecord) -> str:
    if data.get("earlier") is None:
        return translate("CaseMoments", "取消与以前投诉的关联")
    text = translate("CaseMoments", "标为重复投诉，前一件 {number}")
    return text.format(number=_number(record, data.get("earlier")))


def _assigned(data: _Data, record: CaseRecord) -> str:
    handler = data.get("handler")
    text = translate("CaseMoments", "转办给{name}，{day}前回复")
    return text.format(
        name=record.names.get(handler, "") if isinstance(handler, int) else "",
        day=short_iso(str(data.get("slip_due", ""))),
    )


def _solved(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "当场解决，投诉人接受，原因：{cause}")
    return text.format(cause=cause_label(str(data.get("cause", ""))))


def _reported(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "提交调查报告：{finding}")
    return text.format(finding=finding_label(str(data.get("finding", ""))))


def _replied(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "答复客户：{mode}")
    return text.format(mode=reply_mode_label(str(data.get("mode", ""))))


def _reply_received(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "客户{day}收到答复，30 日内可申请核查")
    return text.format(day=short_iso(str(data.get("day", ""))))


def _closed(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "办结，客户{satisfaction}")
    return text.format(satisfaction=satisfaction_label(str(data.get("satisfaction", ""))))


def _archived(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "归档，保存到 {day}")
    return text.format(day=data.get("until", ""))


def _review_started(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "上级行开始核查，{day}前作出决定")
    return text.format(day=short_iso(str(data.get("due", ""))))


def _review_upheld(data: _Data, _record: CaseRecord) -> str:
    if data.get("changed"):
        return translate("CaseMoments", "核查决定：变更")
    return translate("CaseMoments", "核查决定：维持")


def _contact(data: _Data, _record: CaseRecord) -> str:
    mode = reply_mode_label(str(data.get("mode", "")))
    if data.get("reached"):
        return translate("CaseMoments", "{mode}联系客户").format(mode=mode)
    return translate("CaseMoments", "{mode}联系客户，未联系上").format(mode=mode)


def _visited(data: _Data, _record: CaseRecord) -> str:
    if not data.get("reached"):
        return translate("CaseMoments", "回访，未联系上")
    text = translate("CaseMoments", "回访，客户{satisfaction}")
    return text.format(satisfaction=satisfaction_label(str(data.get("satisfaction", ""))))


def _escalated(data: _Data, _record: CaseRecord) -> str:
    level = data.get("level")
    text = translate("CaseMoments", "升级，告知{who}")
    return text.format(who=level_label(level) if isinstance(level, int) else "")


def _extension_asked(data: _Data, _record: CaseRecord) -> str:
    return translate("CaseMoments", "申请延期到 {n} 日").format(n=data.get("days"))


def _extension_approved(data: _Data, _record: CaseRecord) -> str:
    if data.get("by_order"):
        return translate("CaseMoments", "凭总行批件延期到 {n} 日，待告知客户").format(
            n=data.get("days")
        )
    return translate("CaseMoments", "同意延期到 {n} 日，待告知客户").format(n=data.get("days"))


def _extension_refused(data: _Data, _record: CaseRecord) -> str:
    return translate("CaseMoments", "不同意延期到 {n} 日").format(n=data.get("days"))


def _extension_lapsed(data: _Data, _record: CaseRecord) -> str:
    return translate("CaseMoments", "延期到 {n} 日的申请随之了结").format(n=data.get("days"))


def _new_facts(data: _Data, _record: CaseRecord) -> str:
    if data.get("day"):
        text = translate("CaseMoments", "{day} 收到新的事实和材料，期限重新起算")
        return text.format(day=short_iso(str(data["day"])))
    return translate("CaseMoments", "收到新的事实和材料，期限重新起算")


def _extension_told(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "{mode}告知客户延期到 {n} 日")
    return text.format(mode=reply_mode_label(str(data.get("mode", ""))), n=data.get("days"))


def _paused(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "暂停计时：{kind}")
    return text.format(kind=pause_label(str(data.get("kind", ""))))


def _due_changed(data: _Data, _record: CaseRecord) -> str:
    legal = short_iso(str(data.get("legal", "")))
    cause = due_cause_label(str(data.get("cause", "")))
    house = short_iso(str(data.get("house", "")))
    if data.get("act_by"):
        # Of a re-review: its day stays, the last working day before it has moved.
        text = translate("CaseMoments", "最晚办理日变为 {day}（{cause}）")
        return text.format(day=short_iso(str(data["act_by"])), cause=cause)
    if legal:
        text = translate("CaseMoments", "期限变为 法定 {legal} 内部 {house}（{cause}）")
        return text.format(legal=legal, house=house or "–", cause=cause)
    if house:
        text = translate("CaseMoments", "期限变为 内部 {house}（{cause}）")
        return text.format(house=house, cause=cause)
    return translate("CaseMoments", "期限停止计算（{cause}）").format(cause=cause)


def _subjects_set(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "登记被投诉人员 {n} 人，有利害关系 {m} 人")
    return text.format(n=data.get("subjects"), m=data.get("interested"))


def _major_found(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "认定为重大投诉，{n} 人")
    return text.format(n=data.get("parties"))


def _urgent_found(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "{n} 人共同投诉，按紧急办理")
    return text.format(n=data.get("parties"))


def _revealed(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "查看完整信息：{reason}")
    return text.format(reason=reveal_reason_label(str(data.get("reason", ""))))


def _room_started(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "接待室接待开始，{number}")
    return text.format(number=data.get("number"))


def _room_unlinked(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "接待室接待 {number} 不属于本件，已取消关联")
    return text.format(number=data.get("number"))


def _room_ended(data: _Data, _record: CaseRecord) -> str:
    text = translate("CaseMoments", "接待室接待结束，{number}：{outcome}")
    outcome = room_outcome_label(str(data.get("outcome", "")))
    return text.format(number=data.get("number"), outcome=outcome)


def _paper_issued(data: _Data, _record: CaseRecord) -> str:
    title = form_title(str(data.get("form", "")), language().code)
    if data.get("copy") == 1:
        return translate("CaseMoments", "签发{title}").format(title=title)
    text = translate("CaseMoments", "签发{title}，第 {n} 份，更正")
    return text.format(title=title, n=data.get("copy"))


def _paper_delivered(data: _Data, _record: CaseRecord) -> str:
    mode = mode_label(str(data.get("mode", "")))
    return translate("CaseMoments", "送达文书：{mode}").format(mode=mode)


_TOLD: dict[str, Callable[[_Data, CaseRecord], str]] = {
    "paper_issued": _paper_issued,
    "paper_delivered": _paper_delivered,
    "received": _received,
    "accepted": _accepted,
    "refusal_proposed": _refusal_proposed,
    "not_accepted": _not_accepted,
    "referred": _referred,
    "merge_proposed": _merge_proposed,
    "proposal_dropped": _proposal_dropped,
    "merged": _merged,
    "took_in": _took_in,
    "repeat_linked": _repeat_linked,
    "assigned": _assigned,
    "solved_on_the_spot": _solved,
    "reported": _reported,
    "replied": _replied,
    "reply_received": _reply_received,
    "closed": _closed,
    "archived": _archived,
    "re_review_started": _review_started,
    "re_review_upheld": _review_upheld,
    "contact_recorded": _contact,
    "visited": _visited,
    "escalated": _escalated,
    "extension_asked": _extension_asked,
    "extension_approved": _extension_approved,
    "extension_refused": _extension_refused,
    "extension_lapsed": _extension_lapsed,
    "extension_told": _extension_told,
    "new_facts": _new_facts,
    "paused": _paused,
    "due_changed": _due_changed,
    "subjects_set": _subjects_set,
    "major_found": _major_found,
    "urgent_found": _urgent_found,
    "revealed": _revealed,
    "room_session_started": _room_started,
    "room_session_unlinked": _room_unlinked,
    "room_session_ended": _room_ended,
}
