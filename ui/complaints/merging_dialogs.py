"""Owns the questions before a case is merged, linked as a repeat, or a proposal is declined."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.acceptance import DeclineProposal, Merge, ProposeMerge
from branch.complaints.commands.registration import LinkRepeat
from branch.complaints.queries.alike import alike_to, same_matter
from branch.complaints.queries.desk import CaseLine
from branch.complaints.rules import TAKES_IN
from branch.kernel.errors import BadInput
from branch.kernel.store import Store
from ui.complaints.case_choice import CaseChoice
from ui.complaints.record import CaseRecord
from ui.complaints.step_dialog import StepDialog
from ui.models.complaint_words import kind_label, refusal_label, state_label, step_label
from ui.shell.station import Station


def _tr(text: str) -> str:
    return QCoreApplication.translate("MergingDialogs", text)


def ask_merge(
    parent: QWidget,
    station: Station,
    record: CaseRecord,
    said: str,
    *,
    propose: bool,
) -> StepDialog:
    """Merge into another complaint of the same person and matter, or propose it."""
    line = record.detail.line
    step = "ProposeMerge" if propose else "Merge"
    text = _tr("只合并同一投诉人的同一事项。两件都保留，可以取消；主件的期限不变")
    dialog = StepDialog(parent, station, step_label(step), text, width=620)

    def why_not(other: CaseLine) -> str:
        if other.kind != line.kind:
            text = _tr("{number} 是{kind}，不是同一类，不能并入")
            return text.format(number=other.number, kind=kind_label(other.kind))
        if other.state not in TAKES_IN:
            # One that was answered already cannot take another in.
            text = _tr("{number} {state}，不能并入")
            return text.format(number=other.number, state=state_label(other.state))
        return ""

    into = CaseChoice(dialog, station, line.id, "into", _tr("并入哪一件"), why_not)
    news = None if propose else dialog.add_tick("new_facts", _tr("带来新的事实，主件期限重新起算"))
    # Both are about the one that was chosen.
    dialog.belongs |= {"merge_other_person": "into", "merge_settled": "into"}

    def command() -> object:
        other = into.case() or 0
        if news is None:
            return ProposeMerge(line.id, other)
        return Merge(line.id, other, news.isChecked())

    dialog.offer_step(step_label(step), command, said)
    into.ask(alike_to, record.detail.values["proposed_ref"])
    return dialog


def ask_repeat(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """Which earlier complaint this one repeats; none takes the link back."""
    line = record.detail.line
    dialog = StepDialog(
        parent,
        station,
        _tr("关联重复投诉"),
        _tr("先列同一投诉人的，再列三十天内同类且内容相近的；是否同一事项由您判断"),
        width=620,
    )

    def why_not(other: CaseLine) -> str:
        if other.received_at > line.received_at:
            return _tr("{number} 比这一件晚，请选更早的").format(number=other.number)
        return ""

    none = _tr("不是重复投诉")
    earlier = CaseChoice(dialog, station, line.id, "earlier", _tr("前一件"), why_not, none)
    before = record.detail.values["repeat_of"]

    def command() -> LinkRepeat:
        if earlier.case() is None and before is None:
            # Nothing is linked that could be taken back.
            raise BadInput("choice_needed", field="earlier")
        return LinkRepeat(line.id, earlier.case())

    dialog.offer_step(_tr("关联"), command, said)
    earlier.ask(_person_or_matter, before)
    return dialog


def _person_or_matter(store: Store, complaint: int, staff: int) -> tuple[CaseLine, ...]:
    own = alike_to(store, complaint, staff)
    ids = {line.id for line in own}
    matter = same_matter(store, complaint, staff)
    return (*own, *(line for line in matter if line.id not in ids))


def ask_decline(parent: QWidget, station: Station, record: CaseRecord, said: str) -> StepDialog:
    """What was proposed is not to be done: whoever proposed it reads why."""
    line = record.detail.line
    kind, _, code = line.proposed.partition(":")
    if kind == "refusal":
        text = _tr("提议不予受理：{reason}。不采纳的，请写明接下来怎样办理")
        text = text.format(reason=refusal_label(code))
    else:
        text = _tr("提议合并。不采纳的，请写明接下来怎样办理")
    dialog = StepDialog(parent, station, step_label("DeclineProposal"), text)
    words = dialog.add_long("text", _tr("写给提议人"), 3)
    dialog.offer_step(
        step_label("DeclineProposal"), lambda: DeclineProposal(line.id, words.text()), said
    )
    return dialog
