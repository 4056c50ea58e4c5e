"""Owns the questions of whatever moves a due day, and of telling the next level."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.codes import PAUSES
from branch.complaints.commands.answering import MOST_LEVEL, Escalate
from branch.complaints.commands.limits import (
    AddNewFacts,
    ApproveExtension,
    RefuseExtension,
    RequestExtension,
    StartPause,
    TellExtension,
)
from branch.complaints.deadlines import PBC_STAGES, STAGES, extension_level
from branch.complaints.queries.detail import CaseDetail
from branch.complaints.queries.prolonged import ExtensionLine
from branch.kernel.errors import BadInput
from ui.complaints.offers import pending_extension
from ui.complaints.record import CaseRecord
from ui.complaints.step_dialog import StepDialog
from ui.complaints.step_words import deed_label
from ui.models.complaint_words import approver_label, level_label, pause_label, reply_mode_label
from ui.models.dates import short_day
from ui.shell.station import Station

_TELL_MODES = ("phone", "message", "in_person", "post")


def _tr(text: str) -> str:
    return QCoreApplication.translate("LimitDialogs", text)


def ask_extension(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """The next longer limit, with the reason the customer will be told."""
    detail = record.detail
    dialog = StepDialog(parent, station, _tr("申请延期"), _next_limit(detail), width=600)
    words = dialog.add_long("text", _tr("理由和已办进展，会告知客户"), 4)
    dialog.offer_step(_tr("申请"), lambda: RequestExtension(detail.line.id, words.text()), said)
    return dialog


def _next_limit(detail: CaseDetail) -> str:
    due = detail.due
    lengths = PBC_STAGES if detail.line.forwarded == "central_bank" else STAGES
    for days, end in zip(lengths, due.stages, strict=True):
        if end is not None and due.legal is not None and end > due.legal:
            text = _tr("可延到 {day}（共 {n} 个自然日）：{who}批准，{limit}当天或之前告知客户")
            return text.format(
                day=short_day(end),
                n=days,
                who=approver_label(detail.approver[extension_level(days)]),
                limit=short_day(due.legal),
            )
    return ""


def _pending(record: CaseRecord) -> ExtensionLine:
    pending = pending_extension(record.detail)
    assert pending is not None  # offered only while one is open
    return pending


def ask_extension_answer(
    parent: QWidget, station: Station, record: CaseRecord, said: str, *, agree: bool
) -> StepDialog:
    """Agree to a longer limit or not; the reason that was given stands there."""
    pending = _pending(record)
    step = "ApproveExtension" if agree else "RefuseExtension"
    text = _tr("申请延到 {n} 个自然日").format(n=pending.days)
    dialog = StepDialog(parent, station, deed_label(step), text)
    reasons = [one.text for one in record.detail.moments if one.what == "extension_asked"]
    if reasons and reasons[-1]:
        dialog.add_words(_tr("理由：{text}").format(text=reasons[-1]), "ink1")
    if agree and record.detail.due.legal is not None:
        limit = short_day(record.detail.due.legal)
        dialog.add_words(_tr("同意后，须在 {limit} 前告知客户，延期才有效").format(limit=limit))
    if not agree:
        dialog.offer_step(deed_label(step), lambda: RefuseExtension(pending.id), said)
    elif pending.by_order:
        # Order 3 Art. 18: the superior body's, or that of a senior manager of headquarters.
        dialog.add_words(_tr("上级行没有可审批此件的人，凭总行高级管理人员的批件登记"))
        order = dialog.add_line("order", _tr("批件编号"))
        dialog.offer_step(
            deed_label(step), lambda: ApproveExtension(pending.id, order.text()), said
        )
    else:
        dialog.offer_step(deed_label(step), lambda: ApproveExtension(pending.id), said)
    return dialog


def ask_telling(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """How the customer was told of the longer limit."""
    pending = _pending(record)
    text = _tr("告知客户延到 {n} 个自然日和理由后记下，新期限从现在起有效")
    dialog = StepDialog(parent, station, deed_label("TellExtension"), text.format(n=pending.days))
    mode = dialog.add_chips(
        "mode", _tr("怎样告知"), [(code, reply_mode_label(code)) for code in _TELL_MODES], 4
    )
    dialog.offer_step(_tr("已告知"), lambda: TellExtension(pending.id, mode.code()), said)
    return dialog


def ask_pause(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """Mediation or an appraisal outside: the days do not count once he was told."""
    detail = record.detail
    text = _tr("调解期间、外部鉴定时间不计入办理期限，从今天起到恢复的前一天")
    dialog = StepDialog(parent, station, deed_label("StartPause"), text)
    running = {pause.kind for pause in detail.pauses if not pause.end}
    codes = [code for code in PAUSES if code not in running]
    kind = dialog.add_chips("kind", _tr("原因"), [(code, pause_label(code)) for code in codes], 2)
    told = dialog.add_tick("told", _tr("已告知客户"))
    dialog.offer_step(
        deed_label("StartPause"),
        lambda: StartPause(detail.line.id, kind.code(), told.isChecked()),
        said,
    )
    return dialog


def ask_new_facts(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """New facts and reasons begin the limit anew."""
    line = record.detail.line
    text = _tr("客户提出新的事实和理由的，期限从收到材料的那天重新起算")
    dialog = StepDialog(parent, station, deed_label("AddNewFacts"), text)
    words = dialog.add_long("text", _tr("新的事实和材料"), 4)
    day = dialog.add_day("received_on", _tr("收到材料的日期"), station.now().date())
    dialog.offer_step(_tr("记下"), lambda: AddNewFacts(line.id, words.text(), day.day()), said)
    return dialog


def ask_escalation(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """Whom to tell next; no clock moves."""
    line = record.detail.line
    dialog = StepDialog(parent, station, _tr("升级投诉"), _tr("告知上一级，期限不变"), width=620)
    levels = range(line.level + 1, MOST_LEVEL + 1)
    to = dialog.add_chips(
        "level", _tr("告知谁"), [(str(one), level_label(one)) for one in levels], 4
    )
    words = dialog.add_long("text", _tr("说明，可不填"), 3)

    def command() -> object:
        if not to.code():
            raise BadInput("choice_needed", field="level")
        return Escalate(line.id, int(to.code()), words.text())

    dialog.offer_step(deed_label("Escalate"), command, said)
    return dialog
