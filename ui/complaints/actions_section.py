"""Owns the section 整改 of a case: what was found to be mended, by whom, how it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.queries.detail import CaseDetail
from branch.complaints.rules import State as Stage
from branch.people.rules import permits
from branch.quality.commands import CLOSED, DONE, OPEN
from branch.quality.queries import Action
from ui.complaints.action_dialog import ActionDialog
from ui.complaints.due_words import short_iso
from ui.complaints.kept_typed import KeptTyped
from ui.complaints.section import Line, Section
from ui.models.action_words import effect_label, effect_text
from ui.models.complaint_words import action_state_label
from ui.models.dates import days_late
from ui.models.outcome_words import cause_label
from ui.shell.station import Station
from ui.widgets.action_dialogs import (
    CheckActionDialog,
    CheckEffectDialog,
    FinishActionDialog,
    HandActionDialog,
    PostponeActionDialog,
)
from ui.widgets.button import COMPACT, LinkButton
from ui.widgets.state import State
from ui.widgets.status import Chip

_LOOK = {OPEN: State.RUNNING, DONE: State.ATTENTION, CLOSED: State.OK}
# Something to mend may be found from the investigation on.
_FROM = (
    Stage.INVESTIGATING,
    Stage.DRAFTED,
    Stage.DECIDED,
    Stage.REPLIED,
    Stage.CLOSED,
    Stage.RE_REVIEW,
)
_Dialog: TypeAlias = (
    FinishActionDialog
    | CheckActionDialog
    | CheckEffectDialog
    | PostponeActionDialog
    | HandActionDialog
)


class ActionsSection(Section):
    """``step_wanted`` carries a step's code, ``said`` a sentence for a toast."""

    step_wanted = Signal(str)
    said = Signal(str)

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._kept = KeptTyped()
        self._detail: CaseDetail | None = None
        self.deeds: dict[tuple[int, str], LinkButton] = {}
        self.button.clicked.connect(self.add_action)
        self.retranslate()
        self.hide()

    def show_case(self, detail: CaseDetail) -> None:
        """The case as it stands."""
        self._detail = detail
        self._show()

    def add_action(self) -> None:
        """Ask what is to be mended."""
        assert self._detail is not None  # the button stands in a case
        dialog = ActionDialog(self.window(), self._station, self._detail)
        dialog.said.connect(self.said)
        self._kept.open(dialog, self._detail.line.id)

    def _show(self) -> None:
        detail, roles = self._detail, self._station.person.roles
        if detail is None:
            return
        may_add = detail.line.state in _FROM and detail.line.kind == "complaint"
        may_add = may_add and permits("AddAction", roles)
        self.setVisible(may_add or bool(detail.actions))
        self.begin()
        self.deeds = {}
        for action in detail.actions:
            self.add(self._line(action), self._deeds(action))
        self.button.setVisible(may_add)
        raised = any(action.source == "complaint" for action in detail.actions)
        owed = detail.values["finding"] in ("true", "partly_true") and not raised
        self.say(self.tr("投诉属实，办结前要登记整改（办法第九条）") if owed else "")

    def _line(self, action: Action) -> Line:
        chip = Chip(action_state_label(action.state), _LOOK[action.state])
        when = self.tr("{day}前").format(day=short_iso(action.due_on))
        if action.wants_effect(self._today()):
            chip = Chip(effect_label(), State.ATTENTION)
            when = self.tr("{day}起").format(day=short_iso(action.effect_due))
        elif action.overdue(self._today()):
            late = (self._station.now().date() - date.fromisoformat(action.due_on)).days
            chip = Chip(days_late(late), State.URGENT)
        told = (self._evidence(action), self._reopened(action), effect_text(action))
        parts = [part for part in told if part]
        what = action.text
        if action.cause:
            what = self.tr("{text}（{cause}）").format(text=what, cause=cause_label(action.cause))
        return Line(when, what, action.owner_name, "\n".join(parts), chip)

    def _today(self) -> str:
        return self._station.now().date().isoformat()

    def _evidence(self, action: Action) -> str:
        if not action.evidence:
            return ""
        told = self.tr("完成情况：{text}").format(text=action.evidence)
        if action.state == CLOSED:
            told += "\n" + self.tr("{name}复核通过").format(name=action.checker)
        return told

    def _reopened(self, action: Action) -> str:
        if action.state == CLOSED or not action.reopened:
            return ""
        return self.tr("复核未通过 {n} 次").format(n=action.reopened)

    def _deeds(self, action: Action) -> list[QWidget]:
        person = self._station.person
        own = action.owner == person.staff
        found: list[tuple[str, str, Callable[[QWidget, Station, Action], _Dialog]]] = []
        if action.state == OPEN and own:
            found.append(("finish", self.tr("填写完成情况"), FinishActionDialog))
        if action.state == OPEN and not own and permits("PostponeAction", person.roles):
            found.append(("postpone", self.tr("改完成日期"), PostponeActionDialog))
        if action.state == OPEN and not own and permits("HandAction", person.roles):
            found.append(("hand", self.tr("换责任人"), HandActionDialog))
        if action.state == DONE and not own and permits("CheckAction", person.roles):
            found.append(("check", self.tr("复核"), CheckActionDialog))
        may_judge = not own and permits("CheckEffect", person.roles)
        if action.wants_effect(self._today()) and may_judge:
            found.append(("effect", self.tr("复核效果"), CheckEffectDialog))
        buttons: list[QWidget] = []
        for key, text, kind in found:
            button = LinkButton(text, size=COMPACT)
            button.clicked.connect(partial(self._ask, kind, action))
            self.deeds[action.id, key] = button
            buttons.append(button)
        return buttons

    def _ask(
        self,
        kind: Callable[[QWidget, Station, Action], _Dialog],
        action: Action,
        _checked: bool = False,
    ) -> None:
        dialog = kind(self.window(), self._station, action)
        dialog.said.connect(self.said)
        dialog.open()

    def retranslate(self) -> None:
        """Take all words anew."""
        self.caption.setText(self.tr("整改"))
        self.button.setText(self.tr("登记整改"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
