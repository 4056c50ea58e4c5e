"""Owns the questions before a complaint is accepted, refused, referred or withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.codes import AGENCY_CLASSES, OUTCOMES_REFERRED, REFUSALS
from branch.complaints.commands.acceptance import (
    Accept,
    ProposeRefusal,
    Refer,
    Refuse,
    Withdraw,
)
from branch.complaints.rules import State
from ui.complaints.record import CaseRecord
from ui.complaints.step_dialog import StepDialog
from ui.models.complaint_words import (
    identity_label,
    joined,
    referred_label,
    refusal_label,
    step_label,
)
from ui.models.dates import short_day
from ui.shell.station import Station

_LATE_REFUSAL = "not_by_complainant"


def _tr(text: str) -> str:
    return QCoreApplication.translate("AcceptanceDialogs", text)


def ask_accept(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """Accept: whether the identity was checked."""
    line = record.detail.line
    due = record.detail.due.legal
    text = _tr("受理后请尽快告知客户：已受理、{day}前答复、联系电话")
    dialog = StepDialog(
        parent, station, _tr("受理投诉"), text.format(day=short_day(due)) if due else ""
    )
    if line.anonymous:
        dialog.add_words(_tr("匿名投诉同样受理和调查，不答复、不核查"))
        dialog.offer_step(step_label("Accept"), lambda: Accept(line.id), said)
        return dialog
    identity = dialog.add_chips(
        "identity",
        _tr("身份核实"),
        [(code, identity_label(code)) for code in ("verified", "unverified")],
        2,
    )
    identity.choose(frozenset({record.detail.values["identity"]}))
    dialog.offer_step(
        step_label("Accept"), lambda: Accept(line.id, identity.code() or "unverified"), said
    )
    return dialog


def ask_refusal(
    parent: QWidget, station: Station, record: CaseRecord, said: str, *, propose: bool
) -> StepDialog:
    """Do not accept, or propose it: the ground and the words for the customer."""
    line, values = record.detail.line, record.detail.values
    step = "ProposeRefusal" if propose else "Refuse"
    text = _tr("理由会写进告知书，请写明客户还可以去哪里")
    if propose:
        text = _tr("由网点负责人决定。理由会写进告知书")
    dialog = StepDialog(parent, station, step_label(step), text, width=620)
    codes: Sequence[str] = REFUSALS
    if line.state == State.ACCEPTED:
        codes = (_LATE_REFUSAL,)
    elif values["agency"] or values["biz_class"] in AGENCY_CLASSES:
        codes = tuple(code for code in REFUSALS if code != "not_this_institution")
        dialog.add_words(_tr("代销业务由本机构负责，不能以与本机构无关为由"), "warn_text")
    reason = dialog.add_chips(
        "reason", _tr("理由"), [(code, refusal_label(code)) for code in codes], 2
    )
    words = dialog.add_long("text", _tr("说明"), 4)
    if not propose and line.proposed.startswith("refusal:"):
        reason.choose(frozenset({line.proposed.partition(":")[2]}))
        words.set_text(_proposed_text(record))
    command = ProposeRefusal if propose else Refuse
    dialog.offer_step(step_label(step), lambda: command(line.id, reason.code(), words.text()), said)
    return dialog


def _proposed_text(record: CaseRecord) -> str:
    told = [one.text for one in record.detail.moments if one.what == "refusal_proposed"]
    return told[-1] if told else ""


def ask_referral(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """Refer: to whom, and what the customer is told."""
    line = record.detail.line
    text = _tr("先与对方联系好，并告知客户去处；统计时只计收到，不计办理")
    dialog = StepDialog(parent, station, step_label("Refer"), text, width=620)
    agency = record.detail.values["agency"]
    codes = [code for code in OUTCOMES_REFERRED if code != "third_party" or not agency]
    to = dialog.add_chips("to", _tr("移送给"), [(code, referred_label(code)) for code in codes], 3)
    words = dialog.add_long("text", _tr("怎样告知客户"), 3)
    dialog.offer_step(step_label("Refer"), lambda: Refer(line.id, to.code(), words.text()), said)
    return dialog


def ask_withdrawal(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """The complainant takes it back: his own application, and the head's call where needed."""
    line = record.detail.line
    text = _tr("收到申请当日终止办理。发现的违规问题另行处理")
    dialog = StepDialog(parent, station, _tr("客户撤回投诉"), text)
    children = [record.others[one].number for one in record.detail.children if one in record.others]
    if children:
        text = _tr("{n} 件已并入这件：{numbers}。撤回后请逐件问客户，愿意继续的取消合并，各自办理")
        text = text.format(n=len(children), numbers=joined(children))
        dialog.add_words(text, "warn_text")
    own = dialog.add_tick("own", _tr("客户本人提出，已签字或录音"))
    about_staff = bool(record.detail.subjects or record.detail.interested)
    called = None
    if about_staff:
        called = dialog.add_tick("called_back", _tr("网点负责人已回电确认"))
    words = dialog.add_long("text", _tr("客户的原话或说明"), 3)

    def command() -> object:
        back = called is not None and called.isChecked()
        return Withdraw(line.id, own.isChecked(), back, words.text())

    dialog.offer_step(step_label("Withdraw"), command, said)
    return dialog
