"""Owns what was found in a run and what is done about it, after its end; asks by signals."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from branch.drills.queries.detail import Observation, RunDetail
from branch.drills.rules.run import AREA, STRENGTH
from branch.quality.queries import Action
from ui.drills.observation_card import kind_chip
from ui.models.complaint_words import action_state_label
from ui.models.drill_words import in_english, root_cause, run_time
from ui.widgets.button import SMALL_TOUCH, LinkButton, PlainButton
from ui.widgets.card import Card, Separator
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, SECOND, STRONG, Label
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import StatusChip

translate = QCoreApplication.translate

_LOOK = {"open": State.RUNNING, "done": State.ATTENTION, "closed": State.OK}


class FindingsCard(Card):
    """``edit_wanted`` and ``action_wanted`` carry an observation (None: a new one, an action of
    the whole run); ``finish_wanted`` and ``check_wanted`` an action."""

    edit_wanted = Signal(object)
    action_wanted = Signal(object)
    finish_wanted = Signal(object)
    check_wanted = Signal(object)

    def __init__(self, staff: int, *, may_act: bool, may_check: bool) -> None:
        super().__init__()
        self._staff, self._may_act, self._may_check = staff, may_act, may_check
        self._detail: RunDetail | None = None
        self._shown: object = None
        self.edits: dict[int, PlainButton | LinkButton] = {}
        self.acts: dict[int, PlainButton | LinkButton] = {}
        self.deeds: dict[int, PlainButton | LinkButton] = {}
        self.title = Label("", CARD_TITLE)
        body = QWidget()
        self._rows = VBox(spacing=8, parent=body)
        self.area = ScrollArea(body, bare=True)
        self.add = PlainButton("", icon="plus")
        self.mend = PlainButton("", icon="plus")
        self.add.clicked.connect(lambda _on=False: self.edit_wanted.emit(None))
        self.mend.clicked.connect(lambda _on=False: self.action_wanted.emit(None))
        buttons = HBox(spacing=8)
        buttons.addWidget(self.add, 1)
        buttons.addWidget(self.mend, 1)
        column = VBox(spacing=10, margins=(20, 16, 20, 18), parent=self)
        column.addWidget(self.title)
        column.addWidget(self.area, 1)
        column.addLayout(buttons)
        self.retranslate()

    def show_run(self, detail: RunDetail) -> None:
        """Show what was found, and what is done about it."""
        self._detail = detail
        open_ = detail.line.state == "ended"
        self.add.setVisible(open_)
        self.mend.setVisible(self._may_act)
        key = (detail.observations, detail.actions, detail.line.state, in_english())
        if key == self._shown:
            return
        self._shown = key
        clear(self._rows)
        self.edits, self.acts, self.deeds = {}, {}, {}
        for kind in (AREA, STRENGTH):
            for one in detail.observations:
                if one.kind == kind:
                    self._rows.addWidget(self._finding(one, open_))
                    self._rows.addWidget(Separator())
        if not detail.observations:
            none = translate("FindingsCard", "还没有观察记录")
            self._rows.addWidget(Label(none, SECOND, wrap=True))
        if detail.actions:
            self._rows.addWidget(Label(translate("FindingsCard", "整改"), STRONG))
        for action in detail.actions:
            self._rows.addWidget(self._action(action))
            self._rows.addWidget(Separator())
        self._rows.addStretch(1)

    def _finding(self, one: Observation, open_: bool) -> QWidget:
        row = QWidget()
        column = VBox(spacing=6, parent=row)
        head = HBox(spacing=8)
        head.addWidget(kind_chip(one.kind))
        about = [] if one.at_ms is None else [run_time(one.at_ms)]
        if one.step is not None:
            about.append(translate("FindingsCard", "第 {n} 步").format(n=one.step))
        if one.cause:
            about.append(root_cause(one.cause))
        elif one.kind == AREA:
            about.append(translate("FindingsCard", "还没有写原因"))
        head.addWidget(Label(translate("FindingsCard", "，").join(about), CAPTION, wrap=True), 1)
        column.addLayout(head)
        column.addWidget(Label(one.text, BODY, wrap=True))
        buttons = HBox(spacing=8)
        if open_:
            edit = PlainButton(translate("FindingsCard", "修改"), size=SMALL_TOUCH)
            self._button(self.edits, one, edit, self.edit_wanted)
            buttons.addWidget(edit)
        if self._may_act and one.kind == AREA and one.action is None:
            act = LinkButton(translate("FindingsCard", "布置整改"), size=SMALL_TOUCH)
            self._button(self.acts, one, act, self.action_wanted)
            buttons.addWidget(act)
        buttons.addStretch(1)
        if buttons.count() > 1:
            column.addLayout(buttons)
        return row

    def _button(
        self,
        kept: dict[int, PlainButton | LinkButton],
        one: Observation,
        button: PlainButton | LinkButton,
        wanted: SignalInstance,
    ) -> None:
        button.setAccessibleName(
            translate("FindingsCard", "{deed}：{text}").format(deed=button.text(), text=one.text)
        )
        button.clicked.connect(lambda _on=False: wanted.emit(one))
        kept[one.id] = button

    def _action(self, action: Action) -> QWidget:
        row = QWidget()
        column = VBox(spacing=6, parent=row)
        head = HBox(spacing=8)
        chip = StatusChip(_LOOK[action.state], action_state_label(action.state))
        head.addWidget(chip)
        about = translate("FindingsCard", "{name}，{day} 前").format(
            name=action.owner_name, day=action.due_on
        )
        head.addWidget(Label(about, CAPTION, wrap=True), 1)
        column.addLayout(head)
        column.addWidget(Label(action.text, BODY, wrap=True))
        own = action.owner == self._staff
        if action.state == "open" and own:
            deed = PlainButton(translate("FindingsCard", "填写完成情况"), size=SMALL_TOUCH)
            deed.clicked.connect(lambda _on=False: self.finish_wanted.emit(action))
        elif action.state == "done" and not own and self._may_check:
            deed = PlainButton(translate("FindingsCard", "复核"), size=SMALL_TOUCH)
            deed.clicked.connect(lambda _on=False: self.check_wanted.emit(action))
        else:
            return row
        name = translate("FindingsCard", "{deed}：{text}").format(
            deed=deed.text(), text=action.text
        )
        deed.setAccessibleName(name)
        self.deeds[action.id] = deed
        line = HBox()
        line.addWidget(deed)
        line.addStretch(1)
        column.addLayout(line)
        return row

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(translate("FindingsCard", "发现和整改"))
        self.area.setAccessibleName(self.title.text())
        self.add.setText(translate("FindingsCard", "记一条"))
        self.mend.setText(translate("FindingsCard", "布置整改"))
        self._shown = None
        if self._detail is not None:
            self.show_run(self._detail)
