"""Owns the quiet card with today's reminders of complaints and corrective actions, and the number
at the desk's entry in the rail; decides neither what is due nor whose it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from branch.complaints.commands.answering import Escalate
from branch.complaints.queries.actions import actions_to, effects_to
from branch.complaints.queries.reminders import reminders_for
from branch.complaints.reminders import OF_ACTIONS, Reason, Reminder
from branch.kernel.errors import TingtangError
from branch.kernel.store import Store
from branch.people.rules import may_read
from branch.quality.queries import Action
from ui.models.complaint_words import level_label
from ui.models.reminder_words import short_number, told
from ui.shell.due_card import MOST, DueCard, Seen
from ui.shell.station import Station
from ui.widgets.action_dialogs import ActionDialog, CheckEffectDialog, FinishActionDialog
from ui.widgets.button import SMALL_TOUCH, PlainButton
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.label import CAPTION, Label
from ui.widgets.stage import HBox, VBox
from ui.widgets.status import CHIP_SMALL, StatusChip

_TOPICS: Final = frozenset({"complaint", "action", "calendar", "staff"})


class Reminders(DueCard):
    """The three gravest with what can be done at once. The number in the rail stays."""

    def __init__(self, station: Station, window: QWidget, seen: Seen) -> None:
        self.rows: list[_Row] = []
        super().__init__(
            station, window, seen, icon="complaint", place="complaints", topics=_TOPICS
        )

    def _question(self) -> Callable[[Store], tuple[Reminder, ...]]:
        station = self._station
        return partial(
            reminders_for,
            staff=station.person.staff,
            roles=station.person.roles,
            at=station.now_ms(),
            zone=station.zone,
        )

    def _badge(self) -> int | None:
        if not may_read("complaints", self._station.person.roles):
            return None
        return len({one.ref for one in self.due if one.reason not in OF_ACTIONS})

    # -- doing ----------------------------------------------------------------------------------

    def _ask_escalate(self, reminder: Reminder) -> None:
        level = level_label(reminder.propose)
        dialog = ConfirmDialog(
            self._window,
            title=self.tr("升级到{level}？").format(level=level),
            text=self.tr("会告知{level}一起跟进，办理期限不变。").format(level=level),
            confirm=self.tr("升级"),
            cancel=self.tr("返回"),
            open_items=(told(reminder).sentence,),
            danger=False,
        )
        command = Escalate(reminder.ref, reminder.propose)
        dialog.accepted.connect(lambda: self._station.run(self, command, None, self._refused))
        dialog.open()

    def _ask_finish(self, reminder: Reminder) -> None:
        question = partial(actions_to, staff=self._station.person.staff)
        self._ask_of_action(reminder, question, FinishActionDialog)

    def _ask_effect(self, reminder: Reminder) -> None:
        today = self._station.now().date().isoformat()
        question = partial(effects_to, staff=self._station.person.staff, today=today)
        self._ask_of_action(reminder, question, CheckEffectDialog)

    def _ask_of_action(
        self,
        reminder: Reminder,
        question: Callable[[Store], tuple[Action, ...]],
        kind: Callable[[QWidget, Station, Action], ActionDialog],
    ) -> None:
        def open_dialog(actions: tuple[Action, ...]) -> None:
            action = next((one for one in actions if one.id == reminder.ref), None)
            if action is not None:
                kind(self._window, self._station, action).open()

        self._station.ask(self, question, open_dialog)

    def _refused(self, error: TingtangError) -> None:
        # Raised meanwhile by somebody else: what stands there now tells.
        self._station.complain(error)
        self.asking.ask()

    # -- showing --------------------------------------------------------------------------------

    def _add_lines(self) -> list[str]:
        self.rows = []
        for reminder in self.due[:MOST]:
            row = _Row(reminder)
            if reminder.number and may_read("complaints", self._station.person.roles):
                row.offer_case(
                    self.tr("打开"), partial(self._station.case_wanted.emit, reminder.ref)
                )
            if reminder.reason is Reason.ACTION and reminder.handler == self._station.person.staff:
                row.offer(self.tr("填写完成情况"), partial(self._ask_finish, reminder))
            elif reminder.reason is Reason.EFFECT:
                row.offer(self.tr("复核效果"), partial(self._ask_effect, reminder))
            elif reminder.propose:
                row.offer(self.tr("升级"), partial(self._ask_escalate, reminder))
            self.rows.append(row)
            self.lines.addWidget(row)
        return [row.spoken for row in self.rows]

    def _show_words(self) -> None:
        number = len(self.due)
        self.title.setText(self.tr("今天要留意 {n} 件").format(n=number))
        left = number - len(self.rows)
        self.more.setText(self.tr("还有 {n} 件").format(n=left) if left > 0 else "")
        elsewhere = self._station.name != "complaints"
        elsewhere = elsewhere and may_read("complaints", self._station.person.roles)
        self.go.setVisible(elsewhere and any(one.number for one in self.due))

    def retranslate(self) -> None:
        """Take all words anew."""
        self.go.setText(self.tr("去办理"))
        self.noted.setText(self.tr("我知道了"))
        super().retranslate()


class _Row(QWidget):
    """One reminder: its chip, its sentence, what can be done, the way to the case."""

    def __init__(self, reminder: Reminder) -> None:
        super().__init__()
        words = told(reminder)
        self.reminder = reminder
        self.chip = StatusChip(words.state, words.chip, size=CHIP_SMALL)
        self.sentence = Label(words.sentence, CAPTION, wrap=True)
        self.button: PlainButton | None = None
        self.spoken = f"{words.chip} {words.sentence}"
        self.open_button: PlainButton | None = None
        self._head = HBox(spacing=8)
        self._head.addWidget(self.chip)
        self._head.addStretch(1)
        column = VBox(spacing=2, parent=self)
        column.addLayout(self._head)
        column.addWidget(self.sentence)

    def offer(self, words: str, act: Callable[[], object]) -> None:
        """What can be done about it at once."""
        self.button = self._add(words, act)

    def offer_case(self, words: str, act: Callable[[], object]) -> None:
        """The way to the case itself."""
        self.open_button = self._add(words, act)

    def _add(self, words: str, act: Callable[[], object]) -> PlainButton:
        button = PlainButton(words, size=SMALL_TOUCH)
        # The number is read out with it: several rows have the same button.
        number = short_number(self.reminder.number)
        button.setAccessibleDescription(number or str(self.reminder.ref))
        button.clicked.connect(act)
        self._head.addWidget(button)
        return button
