"""Owns the questions before a case is merged, linked as a repeat, or a proposal is declined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.acceptance import DeclineProposal, Merge, ProposeMerge
from branch.complaints.commands.registration import LinkRepeat
from branch.complaints.queries.alike import alike_to, same_matter
from branch.complaints.queries.desk import CaseLine, search_cases
from branch.complaints.rules import TAKES_IN
from branch.kernel.store import Store
from ui.complaints.record import CaseRecord
from ui.complaints.step_dialog import StepDialog
from ui.models.complaint_words import refusal_label, state_label, step_label
from ui.shell.station import Station
from ui.widgets.choice_field import ChoiceField


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
    into = dialog.add_choice("into", _tr("并入哪一件"), [])
    news = None if propose else dialog.add_tick("new_facts", _tr("带来新的事实，主件期限重新起算"))
    chosen = record.detail.values["proposed_ref"]

    def command() -> object:
        other = int(into.combo.code())
        if news is None:
            return ProposeMerge(line.id, other)
        return Merge(line.id, other, news.isChecked())

    dialog.offer_step(step_label(step), command, said)

    def fits(other: CaseLine) -> bool:
        # One that was answered already cannot take another in.
        return other.kind == line.kind and other.state in TAKES_IN

    _offer_alike(dialog, into, station, line.id, chosen, fits, alike_to)
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
    earlier = dialog.add_choice("earlier", _tr("前一件"), [])

    def command() -> object:
        code = earlier.combo.code()
        return LinkRepeat(line.id, int(code) if code and code != _NONE else None)

    dialog.offer_step(_tr("关联"), command, said)
    before = record.detail.values["repeat_of"]
    _offer_alike(
        dialog,
        earlier,
        station,
        line.id,
        before,
        lambda one: one.received_at <= line.received_at,
        _person_or_matter,
        none=_tr("不是重复投诉"),
    )
    return dialog


_NONE: Final = "-"
_MOST: Final = 10


def _offer_alike(
    dialog: StepDialog,
    field: ChoiceField,
    station: Station,
    complaint: int,
    chosen: int | None,
    fits: Callable[[CaseLine], bool],
    propose: Callable[[Store, int, int], Sequence[CaseLine]],
    none: str = "",
) -> None:
    """Fill the choice with what is proposed, as soon as it is read, and with what is looked for
    by its number or a name."""
    dialog.confirm_button.setEnabled(False)
    text = dialog.add_line("other", _tr("不在其中？按编号、姓名或标题找"))
    proposed: list[CaseLine] = []
    staff = station.person.staff

    def show(looked_for: Sequence[CaseLine]) -> None:
        other = {line.id: line for line in (*looked_for, *proposed)}
        choices = [(_NONE, none)] if none else []
        choices += [(str(line.id), _case_words(line)) for line in other.values()]
        field.combo.set_choices(choices)
        if looked_for:
            field.combo.choose(str(looked_for[0].id))
        elif not field.combo.code():
            field.combo.choose(str(chosen) if chosen else choices[0][0] if choices else "")
        dialog.confirm_button.setEnabled(bool(choices))
        dialog.adjustSize()

    def take(lines: Sequence[CaseLine]) -> None:
        proposed.extend(line for line in lines if fits(line))
        show(())
        if not proposed:
            dialog.error.show_error(_tr("没有找到可能相同的，请按编号找"))

    def found(wanted: str, lines: Sequence[CaseLine]) -> None:
        if wanted != text.text():
            return
        there = [line for line in lines if line.id != complaint and fits(line)][:_MOST]
        show(there)
        text.set_error("" if there or not wanted.strip() else _tr("没有找到可以选的"))
        dialog.error.show_error("")

    def look(wanted: str) -> None:
        ask = partial(search_cases, text=wanted, staff=staff)
        station.ask(dialog, ask, partial(found, wanted))

    text.edit.textChanged.connect(look)
    station.ask(dialog, lambda store: propose(store, complaint, staff), take)


def _person_or_matter(store: Store, complaint: int, staff: int) -> tuple[CaseLine, ...]:
    own = alike_to(store, complaint, staff)
    ids = {line.id for line in own}
    matter = same_matter(store, complaint, staff)
    return (*own, *(line for line in matter if line.id not in ids))


def _case_words(line: CaseLine) -> str:
    return f"{line.number}  {line.title}  {state_label(line.state)}"


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
