"""Owns the page 整改: every corrective action from whatever source, what is before the branch
manager first, then what is late, among the rest those whose effect is to be looked at; decides
neither who may finish nor who may check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.complaints.queries.actions import SOURCES, actions_to, effects_to
from branch.complaints.queries.desk import lines_of
from branch.kernel.store import Store
from branch.people.rules import permits
from branch.quality.commands import CLOSED, DONE, OPEN
from branch.quality.queries import Action
from ui.models.action_words import (
    cause_text,
    effect_label,
    effect_text,
    note_text,
    raised_label,
    source_choices,
    source_label,
    when_text,
)
from ui.models.complaint_words import action_state_label
from ui.models.dates import days_late
from ui.models.reminder_words import short_number
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.action_dialogs import (
    ActionDialog,
    CheckActionDialog,
    CheckEffectDialog,
    FinishActionDialog,
    HandActionDialog,
    PostponeActionDialog,
)
from ui.widgets.button import PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.choice import SegmentedControl
from ui.widgets.frame import StatFigure, StatRow
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, SECOND, SECTION, Label
from ui.widgets.lines_table import Cell, Line, LinesTable
from ui.widgets.place_holder import EmptyState
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State

TO_DO, ENDED = "open", "closed"
_DETAIL = 380
_SOURCE = 160
_LOOK = {OPEN: State.RUNNING, DONE: State.ATTENTION, CLOSED: State.OK}


@dataclass(frozen=True)
class _Shown:
    """Actions, and the numbers of the complaints that some of them come from."""

    actions: tuple[Action, ...]
    numbers: dict[int, str]


def _shown(store: Store, staff: int, closed: bool, today: str) -> _Shown:
    actions, effects = actions_to(store, staff, closed=closed), effects_to(store, staff, today)
    if closed:
        actions = tuple(one for one in actions if one not in effects)
    else:
        both = (*actions, *effects)
        actions = tuple(sorted(both, key=lambda one: one.effect_due or one.due_on))
    refs = sorted({one.ref for one in actions if one.source in SOURCES})
    return _Shown(actions, {line.id: line.number for line in lines_of(store, refs, staff)})


class ActionsPage(QWidget):
    """Figures above, the list at the left, the chosen action and what can be done at the right.

    ``said`` carries what was done, in words.
    """

    said = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("actions")
        self._station = station
        self.everything: tuple[Action, ...] = ()
        self.listed: tuple[Action, ...] | None = None
        self._numbers: dict[int, str] = {}
        self.asking = Asking(station, self, self._question, self._take)
        self._build()
        self.scope.chosen.connect(lambda _scope: self.asking.ask())
        self.source.currentIndexChanged.connect(lambda _at: self._filter())
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.finish.clicked.connect(lambda: self._ask(FinishActionDialog))
        self.check.clicked.connect(lambda: self._ask(CheckActionDialog))
        self.effect.clicked.connect(lambda: self._ask(CheckEffectDialog))
        self.postpone.clicked.connect(lambda: self._ask(PostponeActionDialog))
        self.hand.clicked.connect(lambda: self._ask(HandActionDialog))
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.asking.ask()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.figures = [StatFigure("") for _ in range(4)]
        self.scope = SegmentedControl([(TO_DO, ""), (ENDED, "")])
        self.source = QuietCombo()
        self.source.setFixedWidth(_SOURCE)
        self.title = Label("", CARD_TITLE)
        self.table = LinesTable(1)
        self.empty = EmptyState("check-circle", "")
        body = HBox(spacing=16)
        body.addWidget(self._list(), 1)
        body.addWidget(self._detail())
        column = VBox(parent=self)
        column.addWidget(StatRow(self.figures))
        column.add_gap(16)
        column.addLayout(body, 1)

    def _list(self) -> Card:
        card = Card()
        head = HBox(spacing=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.source)
        head.addWidget(self.scope)
        self._pages = QStackedLayout()
        column = VBox(margins=(18, 16, 18, 14), parent=card)
        column.addLayout(head)
        column.add_gap(10)
        column.addLayout(self._pages, 1)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        return card

    def _detail(self) -> Card:
        card = Card()
        card.setFixedWidth(_DETAIL)
        self.text = Label("", CARD_TITLE, wrap=True)
        self.from_line = Label("", SECOND, wrap=True)
        self.when_line = Label("", SECOND, wrap=True)
        self.evidence_head = Label("", SECTION)
        self.evidence = Label("", BODY, wrap=True)
        self.note = Label("", CAPTION, wrap=True)
        self.finish = PrimaryButton("", icon="check")
        self.check = PrimaryButton("", icon="eye")
        self.effect = PrimaryButton("", icon="eye")
        self.postpone = PlainButton("", icon="calendar")
        self.hand = PlainButton("", icon="transfer-to")
        column = VBox(spacing=8, margins=(20, 18, 20, 18), parent=card)
        for label in (self.text, self.from_line, self.when_line):
            column.addWidget(label)
        column.add_gap(6)
        column.addWidget(self.evidence_head)
        column.addWidget(self.evidence)
        column.addStretch(1)
        column.addWidget(self.note)
        for button in (self.finish, self.check, self.effect, self.postpone, self.hand):
            column.addWidget(button)
        return card

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], _Shown]:
        closed = self.scope.current() == ENDED
        staff, today = self._station.person.staff, self._today()
        return partial(_shown, staff=staff, closed=closed, today=today)

    def _take(self, shown: _Shown) -> None:
        today, actions = self._today(), shown.actions
        self._numbers = shown.numbers
        # The order of the list is by due day; a report that waits comes after what is late, and
        # what failed again before both.
        self.everything = tuple(
            sorted(actions, key=lambda one: (not one.raised, not one.overdue(today)))
        )
        self._filter()

    def _filter(self) -> None:
        wanted = self.source.code()
        self.listed = tuple(one for one in self.everything if wanted in ("", one.source))
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & {"action", "complaint", "staff"}:
            self.asking.ask()

    def _today(self) -> str:
        return self._station.now().date().isoformat()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        if self.listed is None:
            return
        heads = (
            self.tr("状态"),
            self.tr("要做什么"),
            self.tr("来源"),
            self.tr("责任人"),
            self.tr("完成日期"),
        )
        self.table.set_lines(heads, [self._line(action) for action in self.listed])
        self._pages.setCurrentWidget(self.table if self.listed else self.empty)
        if self.listed and not self.table.current_key():
            self.table.select_key(str(self.listed[0].id))
        if self.scope.current() == TO_DO:
            self._show_figures(self.everything)
        self._show_chosen()

    def _show_figures(self, actions: tuple[Action, ...]) -> None:
        today, person = self._today(), self._station.person.staff
        # What was closed stands here for its effect to be looked at.
        unfinished = [one for one in actions if one.state != CLOSED]
        counts = (
            (self.tr("未完成"), len(unfinished), False),
            (self.tr("逾期"), sum(one.overdue(today) for one in actions), True),
            (self.tr("等复核"), sum(one.state != OPEN for one in actions), False),
            (self.tr("由我完成"), sum(one.owner == person for one in unfinished), False),
        )
        for figure, (caption, number, is_bad) in zip(self.figures, counts, strict=True):
            figure.set_caption(caption)
            figure.set_value(str(number), self.tr("项"), urgent=is_bad and number > 0)

    def _line(self, action: Action) -> Line:
        late, wanted = self._late(action), action.wants_effect(self._today())
        if wanted:
            chip = Cell(effect_label(), State.ATTENTION)
        elif late > 0:
            chip = Cell(days_late(late), State.URGENT)
        else:
            chip = Cell(action_state_label(action.state), _LOOK[action.state])
        cells = (
            chip,
            Cell(action.text.replace("\n", " ")),
            Cell(self._source(action, raised=True)),
            Cell(action.owner_name),
            Cell(self.tr("{day} 起").format(day=action.effect_due) if wanted else action.due_on),
        )
        return Line(str(action.id), cells, faint=action.state == CLOSED and not wanted)

    def _source(self, action: Action, *, raised: bool = False) -> str:
        number = str(action.ref)
        if action.source in SOURCES:
            number = short_number(self._numbers.get(action.ref, ""))
        words = source_label(action.source, number)
        if raised and action.raised and action.state != CLOSED:
            return self.tr("，").join((words, raised_label()))
        return words

    def _late(self, action: Action) -> int:
        if not action.overdue(self._today()):
            return 0
        return (self._station.now().date() - date.fromisoformat(action.due_on)).days

    def chosen(self) -> Action | None:
        """The action of the row chosen."""
        key = self.table.current_key()
        return next((one for one in self.listed or () if str(one.id) == key), None)

    def _on_row(self, _index: QModelIndex) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        action, roles = self.chosen(), self._station.person.roles
        own = action is not None and action.owner == self._station.person.staff
        state = action.state if action else ""
        self.finish.setVisible(state == OPEN and own and permits("FinishAction", roles))
        self.check.setVisible(state == DONE and not own and permits("CheckAction", roles))
        wanted = action is not None and action.wants_effect(self._today())
        self.effect.setVisible(wanted and not own and permits("CheckEffect", roles))
        self.postpone.setVisible(state == OPEN and not own and permits("PostponeAction", roles))
        self.hand.setVisible(state == OPEN and not own and permits("HandAction", roles))
        self.text.setText(action.text if action else self.tr("选一项整改，这里显示详情"))
        self.from_line.setText(self._from_words(action) if action else "")
        when = (when_text(action), effect_text(action)) if action else ()
        self.when_line.setText("\n".join(filter(None, when)))
        evidence = action.evidence if action else ""
        self.evidence_head.setVisible(bool(evidence))
        self.evidence.setText(evidence)
        self.note.setText(note_text(action, own=own) if action else "")

    def _from_words(self, action: Action) -> str:
        parts = [self._source(action)]
        if action.cause:
            parts.append(self.tr("原因：{cause}").format(cause=cause_text(action)))
        return self.tr("，").join(parts)

    # -- doing ----------------------------------------------------------------------------------

    def _ask(self, kind: Callable[[QWidget, Station, Action], ActionDialog]) -> None:
        action = self.chosen()
        if action is not None:
            dialog = kind(self, self._station, action)
            dialog.said.connect(self.said)
            dialog.open()

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("整改措施"))
        self.scope.setAccessibleName(self.tr("看哪些整改"))
        self.scope.set_texts({TO_DO: self.tr("未完成"), ENDED: self.tr("已完成")})
        self.source.setAccessibleName(self.tr("看哪个来源的整改"))
        self.source.set_choices(source_choices())
        self.table.setAccessibleName(self.tr("整改措施"))
        self.evidence_head.setText(self.tr("完成情况"))
        self.finish.setText(self.tr("填写完成情况"))
        self.check.setText(self.tr("复核"))
        self.effect.setText(self.tr("复核效果"))
        self.postpone.setText(self.tr("推迟完成日期"))
        self.hand.setText(self.tr("换责任人"))
        self.empty.set_texts(
            self.tr("没有这样的整改"), self.tr("投诉、演练、巡检和评价查出的问题会列在这里")
        )
        for figure in self.figures:
            figure.set_value("–")
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
