"""Owns the quiet card with today's reminders of complaints and corrective actions, and the number
at the desk's entry in the rail; decides neither what is due nor whose it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.answering import Escalate
from branch.complaints.queries.actions import actions_to
from branch.complaints.queries.reminders import reminders_for
from branch.complaints.reminders import Reason, Reminder
from branch.kernel.errors import TingtangError
from branch.kernel.store import Store
from branch.people.rules import may_read
from branch.quality.queries import Action
from ui.models.complaint_words import level_label
from ui.models.reminder_words import short_number, told
from ui.shell.asking import Asking
from ui.shell.corner_card import CornerCard
from ui.shell.desk_rail import DeskRail
from ui.shell.station import Station
from ui.widgets.action_dialogs import FinishActionDialog
from ui.widgets.button import SMALL_TOUCH, AccentButton, PlainButton
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.icon import IconLabel
from ui.widgets.label import CAPTION, STRONG, Label
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.status import CHIP_SMALL, StatusChip

MOST: Final = 3
_WIDTH: Final = 400
_EVERY_MS: Final = 5 * 60_000
_TOPICS: Final = frozenset({"complaint", "action", "calendar", "staff"})


class Known(Protocol):
    """What can be told from another one by its key."""

    @property
    def key(self) -> tuple[str, int, str]:
        """By what it is known."""
        ...


class Seen:
    """What somebody at this machine has taken note of today; gone with the day or the program."""

    def __init__(self) -> None:
        self._day: tuple[int, date] | None = None
        self._keys: set[tuple[str, int, str]] = set()

    def note(self, staff: int, day: date, reminders: Sequence[Known]) -> None:
        """These were seen."""
        if self._day != (staff, day):
            self._day, self._keys = (staff, day), set()
        self._keys |= {one.key for one in reminders}

    def all_of(self, staff: int, day: date, reminders: Sequence[Known]) -> bool:
        """Whether every one of these was seen today."""
        keys = self._keys if self._day == (staff, day) else set()
        return all(one.key in keys for one in reminders)


class Reminders(CornerCard):
    """The three gravest with what can be done at once; 我知道了 puts the card away for the day.

    It comes back when something joins that was not on it. The number in the rail stays.
    """

    def __init__(self, station: Station, window: QWidget, seen: Seen) -> None:
        super().__init__(window, _WIDTH)
        self._station, self._seen = station, seen
        self.reminders: tuple[Reminder, ...] = ()
        self.asking = Asking(station, self, self._question, self._take)
        self.title = Label("", STRONG)
        self.rows: list[_Row] = []
        self._list = VBox(spacing=10)
        self.more = Label("", CAPTION)
        self.go = AccentButton("", size=SMALL_TOUCH)
        self.noted = PlainButton("", size=SMALL_TOUCH)
        self._lay_out()
        self.go.clicked.connect(partial(station.place_wanted.emit, "complaints"))
        self.noted.clicked.connect(self._note)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.asking.ask)
        self._timer.start()
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.asking.ask()

    def _lay_out(self) -> None:
        head = HBox(spacing=12)
        head.addWidget(IconLabel("complaint", 24, "accent"))
        head.addWidget(self.title, 1)
        foot = HBox(spacing=10)
        foot.addWidget(self.more, 1)
        foot.addWidget(self.go)
        foot.addWidget(self.noted)
        column = VBox(spacing=12, margins=(18, 14, 14, 12), parent=self)
        column.addLayout(head)
        column.addLayout(self._list)
        column.addLayout(foot)

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], tuple[Reminder, ...]]:
        station = self._station
        person = station.person
        return partial(
            reminders_for,
            staff=person.staff,
            roles=person.roles,
            at=station.now_ms(),
            zone=station.zone,
        )

    def _take(self, reminders: tuple[Reminder, ...]) -> None:
        news = reminders != self.reminders
        self.reminders = reminders
        if news:
            self._fill()
        rail = self._window.findChild(DeskRail)
        if isinstance(rail, DeskRail) and may_read("complaints", self._station.person.roles):
            cases = {one.ref for one in reminders if one.reason is not Reason.ACTION}
            rail.set_badge("complaints", len(cases))
        self._show()
        if news and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    # -- doing ----------------------------------------------------------------------------------

    def _note(self) -> None:
        person, today = self._station.person, self._station.now().date()
        self._seen.note(person.staff, today, self.reminders)
        self._show()

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

        def open_dialog(actions: tuple[Action, ...]) -> None:
            action = next((one for one in actions if one.id == reminder.ref), None)
            if action is not None:
                FinishActionDialog(self._window, self._station, action).open()

        self._station.ask(self, question, open_dialog)

    def _refused(self, error: TingtangError) -> None:
        # Raised meanwhile by somebody else: what stands there now tells.
        self._station.complain(error)
        self.asking.ask()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        person, today = self._station.person, self._station.now().date()
        number = len(self.reminders)
        self.title.setText(self.tr("今天要留意 {n} 件").format(n=number))
        left = number - len(self.rows)
        self.more.setText(self.tr("还有 {n} 件").format(n=left) if left > 0 else "")
        elsewhere = self._station.name != "complaints" and may_read("complaints", person.roles)
        self.go.setVisible(elsewhere and any(one.number for one in self.reminders))
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription("，".join(row.spoken for row in self.rows))
        self.stand(number > 0 and not self._seen.all_of(person.staff, today, self.reminders))

    def _fill(self) -> None:
        clear(self._list)
        self.rows = []
        for reminder in self.reminders[:MOST]:
            row = _Row(reminder)
            if reminder.number and may_read("complaints", self._station.person.roles):
                row.offer_case(
                    self.tr("打开"), partial(self._station.case_wanted.emit, reminder.ref)
                )
            if reminder.reason is Reason.ACTION and reminder.handler == self._station.person.staff:
                row.offer(self.tr("填写完成情况"), partial(self._ask_finish, reminder))
            elif reminder.propose:
                row.offer(self.tr("升级"), partial(self._ask_escalate, reminder))
            self.rows.append(row)
            self._list.addWidget(row)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.go.setText(self.tr("去办理"))
        self.noted.setText(self.tr("我知道了"))
        self._fill()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


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
