"""Owns what has to be there before the next step, in words; a command judges again when it runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from branch.complaints.commands.answering import TRIES
from branch.complaints.deadlines import application_due
from branch.complaints.queries.detail import CaseDetail
from branch.complaints.rules import STEPS, State, Who
from branch.complaints.satisfaction import still_waits
from branch.kernel.clock import local_date
from ui.models.dates import short_day

translate = QCoreApplication.translate

# What a person ticks himself before he replies (Order 3 Art. 19).
REVIEW_TOLD, COURTS_TOLD, MODE_AGREED = "review_told", "courts_told", "mode_agreed"
# By these channels somebody is there to whom it can be read back.
_SPOKEN = ("on_site", "phone")


@dataclass(frozen=True)
class Check:
    """One thing: whether it is there; with a ``key`` a person ticks it."""

    text: str
    done: bool
    key: str = ""


@dataclass(frozen=True)
class Checks:
    """What is to be looked at before a step; no items, no card."""

    title: str
    items: tuple[Check, ...]


def checks_of(detail: CaseDetail, ticked: frozenset[str], today: date, zone: ZoneInfo) -> Checks:
    """The checks before what comes next; ``ticked`` are the keys a person has ticked."""
    if detail.line.kind != "complaint":
        return Checks("", ())
    makers = {
        State.RECEIVED: _before_accepting,
        State.ACCEPTED: _before_assigning,
        State.ASSIGNED: _before_reporting,
        State.INVESTIGATING: _before_reporting,
        State.DRAFTED: _before_deciding,
    }
    state = State(detail.line.state)
    if state == State.DECIDED:
        return _before_replying(detail, ticked)
    if state == State.REPLIED:
        return _before_closing(detail, today)
    if state in STEPS["Archive"].froms:
        return _before_archiving(detail, today, zone)
    maker = makers.get(state)
    return maker(detail) if maker is not None else Checks("", ())


def _before_accepting(detail: CaseDetail) -> Checks:
    values, line = detail.values, detail.line
    classes = bool(values["biz_channel"] and values["biz_class"] and values["reason"])
    reached = any(detail.shown[key] for key in ("phone", "email", "address"))
    items = [
        Check(translate("Checks", "渠道、业务、原因三项已分类"), classes),
        Check(translate("Checks", "事实和请求已写明"), bool(values["facts"])),
        Check(translate("Checks", "留有联系方式或为匿名"), line.anonymous or reached),
    ]
    if line.channel in _SPOKEN and not line.anonymous:
        read_back = translate("Checks", "登记内容已向客户复述")
        items.append(Check(read_back, bool(values["read_back"])))
    return Checks(translate("Checks", "受理前请核对"), tuple(items))


def _before_assigning(detail: CaseDetail) -> Checks:
    recused = Check(translate("Checks", "被投诉人员已登记，需回避"), True)
    about = [recused] if detail.subjects else []
    return Checks(
        translate("Checks", "转办前请核对"),
        (
            Check(translate("Checks", "已受理，期限已计算"), True),
            Check(
                translate("Checks", "已告知客户受理和期限"), _contacted(detail) or _notified(detail)
            ),
            *about,
        ),
    )


def _before_reporting(detail: CaseDetail) -> Checks:
    values = detail.values
    items = [
        Check(translate("Checks", "已联系客户，说明流程和时间"), _contacted(detail)),
        Check(translate("Checks", "事实已核实"), bool(values["verified"])),
        Check(translate("Checks", "依据已写明"), bool(values["grounds"])),
        Check(translate("Checks", "根本原因已判断"), bool(values["cause"])),
        Check(translate("Checks", "处理意见已写明"), bool(values["decision"])),
    ]
    if detail.subjects or detail.interested:
        items.insert(2, Check(translate("Checks", "已听取当事人陈述"), bool(values["statement"])))
    return Checks(translate("Checks", "提交报告前请核对"), tuple(items))


def _before_deciding(detail: CaseDetail) -> Checks:
    values = detail.values
    written = bool(values["verified"] and values["grounds"])
    items = [
        Check(translate("Checks", "事实与依据已写明"), written),
        Check(translate("Checks", "根本原因已判断"), bool(values["cause"])),
        Check(translate("Checks", "处理意见已写明"), bool(values["decision"])),
    ]
    if detail.decider is None:
        items.append(Check(translate("Checks", "上级行已另派同事审批"), False))
    elif detail.decider is not Who.UP:
        return Checks(translate("Checks", "审批前请核对"), tuple(items))
    elif detail.line.major:
        items.append(Check(translate("Checks", "重大投诉由上级行审批"), True))
    elif (values["redress"] or 0) > detail.house.redress:
        text = translate("Checks", "赔偿超过 {n} 元，由上级行审批")
        items.append(Check(text.format(n=detail.house.redress // 100), True))
    else:
        items.append(Check(translate("Checks", "负责人不参与，由上级行审批"), True))
    return Checks(translate("Checks", "审批前请核对"), tuple(items))


def _before_replying(detail: CaseDetail, ticked: frozenset[str]) -> Checks:
    values = detail.values
    written = bool((values["verified"] and values["grounds"]) or values["decision"])
    items = [
        Check(translate("Checks", "事实与依据已写明"), written),
        Check(translate("Checks", "处理意见已审批"), bool(values["decided_on"])),
    ]
    if not detail.line.anonymous:
        for key, text in (
            (REVIEW_TOLD, translate("Checks", "告知核查申请途径")),
            (COURTS_TOLD, translate("Checks", "告知调解、仲裁、诉讼")),
            (MODE_AGREED, translate("Checks", "答复方式经客户选择")),
        ):
            items.append(Check(text, key in ticked, key))
    return Checks(translate("Checks", "答复前请核对"), tuple(items))


def _before_closing(detail: CaseDetail, today: date) -> Checks:
    values = detail.values
    items = []
    if not detail.line.anonymous:
        visited, content = _visited(detail, today)
        text = translate("Checks", "已回访，或 {n} 次未联系上").format(n=TRIES)
        items.append(Check(text, visited))
        items.append(Check(translate("Checks", "客户没有不满意，或后续途径已走完"), content))
    items.append(Check(translate("Checks", "根本原因已判断"), bool(values["cause"])))
    if values["finding"] in ("true", "partly_true"):
        # What was promised to the customer mends no cause: it does not count here.
        raised = any(action.source == "complaint" for action in detail.actions)
        items.append(Check(translate("Checks", "整改措施已登记"), raised))
    return Checks(translate("Checks", "办结前请核对"), tuple(items))


def waits_for_visit(detail: CaseDetail, today: date) -> bool:
    """Whether the complainant is to be visited before it can be closed: he was not yet, or was not
    content and is asked again."""
    if detail.line.state != State.REPLIED or detail.line.anonymous:
        return False
    return not all(_visited(detail, today))


def _visited(detail: CaseDetail, today: date) -> tuple[bool, bool]:
    """Whether he was visited in this round, or tried often enough, and waits for nothing more."""
    values = detail.values
    visits = [visit for visit in detail.visits if visit.round == values["round"]]
    reached = [visit for visit in visits if visit.reached]
    waits = bool(reached) and still_waits(
        reached[-1].satisfaction,
        reached[-1].next_step,
        values["reply_received_on"],
        today,
        renewed=bool(detail.renewed),
    )
    return bool(reached) or len(visits) >= TRIES, not waits


def _before_archiving(detail: CaseDetail, today: date, zone: ZoneInfo) -> Checks:
    values = detail.values
    items = []
    closed = detail.line.state == State.CLOSED
    if closed and values["notified_at"] is not None and not detail.line.anonymous:
        received = values["reply_received_on"]
        begins = (
            date.fromisoformat(received) if received else local_date(values["notified_at"], zone)
        )
        until = application_due(begins)
        text = translate("Checks", "核查申请期已过（{day}止）").format(day=short_day(until))
        items.append(Check(text, until < today))
    words = {
        "report": translate("Checks", "调查报告已签发"),
        "visit": translate("Checks", "回访记录已签发"),
        "review": translate("Checks", "核查决定书已签发"),
        "refusal": translate("Checks", "不予受理告知书已签发"),
        "refusal_agent": translate("Checks", "致受托人的不予受理告知书已签发"),
        "withdrawal": translate("Checks", "撤回申请书已签发，或有录音录像"),
        "raised": translate("Checks", "整改措施已登记"),
        "children": translate("Checks", "并入的投诉已逐件问过客户"),
        "primary": translate("Checks", "并入的那一件已办结"),
        "action": translate("Checks", "整改已完成"),
    }
    items += [Check(words[what], there) for what, there in detail.archiving.items()]
    return Checks(translate("Checks", "归档前请核对"), tuple(items))


def _notified(detail: CaseDetail) -> bool:
    """Whether the notice of acceptance, which says it all, has reached the customer."""
    return any(
        moment.what == "paper_delivered"
        and moment.data.get("form") == "TS-02A"
        and moment.data.get("mode") != "not_reached"
        for moment in detail.moments
    )


def _contacted(detail: CaseDetail) -> bool:
    return detail.line.anonymous or any(
        moment.what == "contact_recorded" and moment.data.get("reached")
        for moment in detail.moments
    )
