"""Owns the questions of handling: whom to assign, the report, its approval, the reply."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.codes import (
    CAUSES,
    FINDINGS,
    REMEDIES,
    REPLY_MODES,
    SYSTEMIC,
)
from branch.complaints.commands.answering import TRIES, Reply
from branch.complaints.commands.handling import (
    Assign,
    Decide,
    HandBack,
    Report,
    SendBack,
    SolveOnTheSpot,
)
from branch.complaints.rules import ASSIGNED_TO
from branch.kernel.clock import to_ms
from branch.kernel.errors import BadInput
from branch.people.queries import StaffMember, staff_members
from ui.complaints.checks import COURTS_TOLD, REVIEW_TOLD
from ui.complaints.due_words import short_iso
from ui.complaints.record import CaseRecord
from ui.complaints.step_dialog import StepDialog
from ui.models.complaint_words import (
    joined,
    reply_mode_label,
    step_label,
)
from ui.models.money import fen_of, yuan_of
from ui.models.outcome_words import (
    cause_label,
    finding_label,
    remedy_label,
    systemic_label,
)
from ui.models.words import role_label
from ui.shell.asking import Need
from ui.shell.station import Station

_WIDE = 980


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandlingDialogs", text)


def ask_assign(
    parent: QWidget, station: Station, record: CaseRecord, said: str, *, again: bool = False
) -> StepDialog:
    """To whom (``again``: to whom else), how soon, and what the answer has to contain."""
    line = record.detail.line
    house = record.detail.house
    text = _tr("承办人须与投诉无关。普通 {n} 个工作日、加急 {urgent} 个工作日内回复调查报告")
    text = text.format(n=house.slip_workdays, urgent=house.urgent_slip_workdays)
    title = _tr("改派投诉") if again else _tr("转办投诉")
    dialog = StepDialog(parent, station, title, text, width=620)
    handler = dialog.add_choice("handler", _tr("承办人"), [])
    urgent = dialog.add_tick("urgent", _tr("加急办理"))
    urgent.setChecked(line.urgency == "urgent")
    words = dialog.add_long("text", _tr("回复要求，可不填"), 3)

    def command() -> object:
        chosen = int(handler.combo.code() or 0)
        return Assign(line.id, chosen, words.text(), urgent.isChecked())

    def take(members: list[StaffMember]) -> None:
        kept = record.detail.subject_ids | record.detail.interested_ids | {line.handler}
        choices = [
            (str(member.id), _colleague(member))
            for member in members
            if member.active and member.roles & ASSIGNED_TO and member.id not in kept
        ]
        handler.combo.set_choices(choices)

    label = _tr("改派") if again else step_label("Assign")
    dialog.offer_step(label, command, said)
    Need(station, dialog, lambda store: list(staff_members(store)), take)
    return dialog


def _colleague(member: StaffMember) -> str:
    roles = [role_label(str(role)) for role in sorted(member.roles & ASSIGNED_TO)]
    return f"{member.name}  {joined(roles)}"


def ask_reason(
    parent: QWidget, station: Station, record: CaseRecord, said: str, *, back_to: str
) -> StepDialog:
    """Give a case back to the desk, or a report back to its handler, with the reason."""
    line = record.detail.line
    if back_to == "desk":
        text = _tr("只能退回一次，且须在转办后 {n} 个工作日内（到 {day}）；期限不停").format(
            n=record.detail.house.hand_back_workdays, day=short_iso(record.detail.hand_back_until)
        )
        dialog = StepDialog(parent, station, _tr("退回转办"), text)
        words = dialog.add_long("text", _tr("退回理由"), 3)
        dialog.offer_step(step_label("HandBack"), lambda: HandBack(line.id, words.text()), said)
    else:
        dialog = StepDialog(parent, station, _tr("退回调查报告"), _tr("请写明还要补充什么"))
        words = dialog.add_long("text", _tr("要补充的内容"), 4)
        dialog.offer_step(step_label("SendBack"), lambda: SendBack(line.id, words.text()), said)
    return dialog


def ask_report(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """The investigation's result (form TS-04); what was reported before stands there again."""
    detail = record.detail
    values = detail.values
    text = _tr("核实由无直接利害关系的人进行；写明事实、依据、原因、处理意见和整改")
    dialog = StepDialog(parent, station, _tr("调查报告"), text, width=_WIDE)
    wanted = _wanted_back(record)
    if wanted:
        dialog.add_words(wanted, "warn_text")
    left, right = dialog.split()
    dialog.into(left)
    verified = dialog.add_long("verified", _tr("核实情况"), 3)
    statement = dialog.add_long("statement", _tr("当事人陈述"), 2)
    grounds = dialog.add_long("grounds", _tr("处理依据和理由"), 2)
    decision = dialog.add_long("decision", _tr("处理意见"), 2)
    dialog.add_answers(decision, values["reason"])
    measures = dialog.add_long("measures", _tr("后续措施和时间安排"), 2)
    dialog.into(right)
    finding = dialog.add_chips(
        "finding", _tr("结论"), [(code, finding_label(code)) for code in FINDINGS], 4
    )
    cause = dialog.add_chips(
        "cause", _tr("根本原因"), [(code, cause_label(code)) for code in CAUSES], 4
    )
    systemic = dialog.add_chips(
        "systemic", _tr("是个别还是反复"), [(c, systemic_label(c)) for c in SYSTEMIC], 3
    )
    remedies = dialog.add_chips(
        "remedies", _tr("补救"), [(c, remedy_label(c)) for c in REMEDIES], 3, several=True
    )
    redress = dialog.add_line("redress", _tr("赔偿金额（元），没有可不填"))
    dialog.into(None)
    no_interest = dialog.add_tick("no_interest", _tr("我与本投诉没有直接利害关系"))
    for field, name in (
        (verified, "verified"),
        (statement, "statement"),
        (grounds, "grounds"),
        (decision, "decision"),
        (measures, "measures"),
    ):
        field.set_text(values[name])
    finding.choose(frozenset({values["finding"]}))
    cause.choose(frozenset({values["cause"]}))
    systemic.choose(frozenset({values["systemic"]}))
    remedies.choose(frozenset(values["remedies"].split(",")))
    redress.set_text(yuan_of(values["redress"]))

    def command() -> Report:
        return Report(
            detail.line.id,
            finding=finding.code(),
            verified=verified.text(),
            statement=statement.text(),
            grounds=grounds.text(),
            cause=cause.code(),
            systemic=systemic.code(),
            remedies=remedies.codes(),
            decision=decision.text(),
            measures=measures.text(),
            redress=_fen(redress.text()),
            no_interest=no_interest.isChecked(),
        )

    def look() -> list[BadInput]:
        heard = {"statement": statement} if detail.subjects or detail.interested else {}
        texts = {"verified": verified, **heard, "grounds": grounds, "decision": decision}
        chosen = {"finding": finding, "cause": cause, "systemic": systemic}
        wrong = [("field_empty", name) for name, one in texts.items() if not one.text().strip()]
        wrong += [("choice_needed", name) for name, one in chosen.items() if not one.code()]
        if (_fen(redress.text()) or 0) < 0:
            wrong.append(("amount_range", "redress"))
        if not no_interest.isChecked():
            wrong.append(("no_interest_needed", "no_interest"))
        return [BadInput(code, field=name) for code, name in wrong]

    dialog.look_first(look)
    dialog.offer_step(step_label("Report"), command, said)
    return dialog


def _wanted_back(record: CaseRecord) -> str:
    """What who sent the report back wants added; nothing unless that is how it stands."""
    turns = ("sent_back", "reported", "reopened", "redo_ordered")
    last = next((m for m in reversed(record.detail.moments) if m.what in turns), None)
    if last is None or last.what != "sent_back":
        return ""
    text = _tr("{name}退回了报告，请补充：{text}")
    return text.format(name=last.staff_name, text=last.text)


def _fen(text: str) -> int | None:
    """The fen typed; below zero for what is no amount, which the command refuses at its field."""
    try:
        return fen_of(text)
    except ValueError:
        return -1


def ask_on_the_spot(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """Settled at once: what was agreed, and that he accepted it."""
    line = record.detail.line
    text = _tr("收到后 {n} 个工作日内（到 {day}）、客户当场接受的，可以不经调查作出决定")
    text = text.format(
        n=record.detail.house.on_the_spot_workdays, day=short_iso(record.detail.spot_until)
    )
    dialog = StepDialog(parent, station, _tr("当场解决"), text, width=620)
    decision = dialog.add_long("decision", _tr("怎样解决的"), 3)
    dialog.add_answers(decision, record.detail.values["reason"])
    cause = dialog.add_chips(
        "cause", _tr("根本原因"), [(code, cause_label(code)) for code in CAUSES], 4
    )
    accepted = dialog.add_tick("accepted", _tr("客户已接受这样解决"))
    dialog.offer_step(
        step_label("SolveOnTheSpot"),
        lambda: SolveOnTheSpot(line.id, decision.text(), accepted.isChecked(), cause.code()),
        said,
    )
    return dialog


def ask_decide(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """Agree to the report: what was found and what is decided stand there once more."""
    values, line = record.detail.values, record.detail.line
    text = _tr("决定后不能修改。审批人不能是承办人")
    dialog = StepDialog(parent, station, _tr("审批调查报告"), text, width=620)
    for caption, words in (
        (_tr("结论"), finding_label(values["finding"])),
        (_tr("核实情况"), values["verified"]),
        (_tr("处理依据和理由"), values["grounds"]),
        (_tr("处理意见"), values["decision"]),
        (_tr("赔偿"), f"¥ {values['redress'] / 100:,.2f}" if values["redress"] else ""),
    ):
        if words:
            dialog.add_words(f"{caption}{_tr('：')}{words}", "ink1")
    dialog.offer_step(step_label("Decide"), lambda: Decide(line.id), said)
    return dialog


def ask_reply(
    parent: QWidget, station: Station, record: CaseRecord, said: str, ticked: frozenset[str]
) -> StepDialog:
    """How and when the decision went out, and that the ways of redress stand in it."""
    detail = record.detail
    line = detail.line
    text = _tr("答复写明投诉事项、核实情况、处理决定和依据、后续措施、救济途径")
    dialog = StepDialog(parent, station, _tr("答复客户"), text, width=620)
    codes = [code for code in REPLY_MODES if (code == "internal") == line.anonymous]
    mode = dialog.add_chips(
        "mode", _tr("答复方式"), [(code, reply_mode_label(code)) for code in codes], 3
    )
    wished = {"in_person": "in_person", "phone": "phone", "letter": "post", "message": "message"}
    wish = "internal" if line.anonymous else wished.get(detail.values["reply_wish"], "")
    mode.choose(frozenset({wish}))
    dialog.add_words(
        _tr("时间是当面交付、寄出、发出或拨通电话的时间。{n} 次联系不上也可答复").format(n=TRIES)
    )
    day, time = dialog.add_moment("notified_at", _tr("答复日期"), _tr("时间"), station.now())
    told = None
    if not line.anonymous:
        told = dialog.add_tick("remedies_told", _tr("已告知可以申请核查、调解、仲裁或诉讼"))
        told.setChecked({REVIEW_TOLD, COURTS_TOLD} <= ticked)

    def command() -> Reply:
        at = to_ms(datetime.combine(day.day(), time.time(), station.zone))
        return Reply(line.id, mode.code(), at, told is not None and told.isChecked())

    dialog.offer_step(_tr("记为已答复"), command, said)
    return dialog
