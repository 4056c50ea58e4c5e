"""Owns the card that tells manager and guards at their desks of a call from a complaint room; must
never stand in a room itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from branch.drills.commands.incidents import OpenIncident
from branch.kernel.store import Store
from branch.people.rules import permits
from branch.rooms.commands.alarms import AnswerAlarm, CancelAlarm
from branch.rooms.commands.talk import AnswerSupport
from branch.rooms.queries.alarms import AlarmLine, SupportLine, open_alarms, support_calls
from branch.rooms.rules import INCIDENT_LEVEL
from ui.models.support_words import alarm_text, support_text
from ui.shell.asking import Asking
from ui.shell.corner_card import CornerCard
from ui.shell.station import Station
from ui.widgets.ask_dialog import AskDialog
from ui.widgets.button import SMALL_TOUCH, AccentButton, LinkButton
from ui.widgets.icon import IconLabel
from ui.widgets.label import CAPTION, STRONG, Label
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

_WIDTH: Final = 360
# Complaints that escalate, disorder (resources/catalogue/scenarios.yaml).
_PLAN: Final = "CON-01"
_TOPICS: Final = frozenset({"alarm", "room_session"})


@dataclass(frozen=True)
class Calls:
    """What was called and has not come or ended yet."""

    alarms: tuple[AlarmLine, ...]
    support: tuple[SupportLine, ...]


def _calls(store: Store, roles: frozenset[str]) -> Calls:
    return Calls(open_alarms(store, roles), support_calls(store, roles))


class CancelDialog(AskDialog):
    """Why a call is taken back."""

    def __init__(self, parent: QWidget, station: Station, alarm: AlarmLine) -> None:
        super().__init__(
            parent,
            station,
            translate("CancelDialog", "撤销{room}的求助").format(room=alarm.room_name),
            translate("CancelDialog", "只在误按时撤销，原因会存下来。"),
            width=480,
        )
        self._alarm = alarm.id
        self.reason = self.add_field("reason", self.tr("原因"))
        self.offer(
            self.tr("撤销求助"), self.tr("返回"), self._command, lambda _none: None, danger=True
        )
        self.reason.setFocus()

    def written(self) -> object:
        """The reason."""
        return self.reason.text()

    def _command(self) -> CancelAlarm:
        return CancelAlarm(self._alarm, self.reason.text())


class RoomCalls(CornerCard):
    """Shows the gravest call that waits, how many more there are; 我过去 answers it.

    An answered call stays in sight of the manager until its session has ended.
    """

    def __init__(self, station: Station, window: QWidget) -> None:
        super().__init__(window, _WIDTH)
        self._station = station
        self.calls = Calls((), ())
        self.asking = Asking(station, self, self._question, self._take)
        self.sentence = Label("", STRONG, wrap=True)
        self.second = Label("", CAPTION, wrap=True)
        self.more = Label("", CAPTION)
        self.cancel_button = LinkButton("", size=SMALL_TOUCH)
        self.answer_button = AccentButton("", size=SMALL_TOUCH)
        self.plan_button = LinkButton("", size=SMALL_TOUCH, icon="drill")
        self._sign = IconLabel("room", 24, "accent")
        self._lay_out()
        self.answer_button.clicked.connect(self._answer)
        self.cancel_button.clicked.connect(self._cancel)
        self.plan_button.clicked.connect(self._open_plan)
        self.retranslate()
        roles = station.person.roles
        if permits("AnswerAlarm", roles) or permits("AnswerSupport", roles):
            station.changed.connect(self._on_changed)
            station.online.connect(self.asking.ask)
            self.asking.ask()

    def _lay_out(self) -> None:
        words = VBox(spacing=2)
        words.addWidget(self.sentence)
        words.addWidget(self.second)
        head = HBox(spacing=12)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        foot = HBox(spacing=8)
        foot.addWidget(self.more, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.answer_button)
        column = VBox(spacing=10, margins=(18, 16, 14, 12), parent=self)
        column.addLayout(head)
        column.addWidget(self.plan_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(foot)

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], Calls]:
        return partial(_calls, roles=self._station.person.roles)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    def _take(self, calls: Calls) -> None:
        known = {alarm.id for alarm in self.calls.alarms}
        asked = {(call.session, call.kind, call.at) for call in self.calls.support}
        self.calls = calls
        self.answer_button.setEnabled(True)
        self._show()
        news = any(alarm.id not in known for alarm in calls.alarms) or any(
            (call.session, call.kind, call.at) not in asked for call in calls.support
        )
        if news:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _alarm(self) -> AlarmLine | None:
        """The gravest that nobody has answered, or the gravest at all for who may cancel it."""
        waiting = [alarm for alarm in self.calls.alarms if alarm.answered_at is None]
        if waiting:
            return waiting[0]
        if self.calls.alarms and permits("CancelAlarm", self._station.person.roles):
            return self.calls.alarms[0]
        return None

    def _support(self) -> SupportLine | None:
        return self.calls.support[0] if self.calls.support else None

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        alarm, support = self._alarm(), self._support()
        if alarm is not None and (alarm.answered_at is None or support is None):
            self._show_alarm(alarm)
        elif support is not None:
            at = self._station.local(support.at)
            self._sign.set_icon("room", "accent")
            self.sentence.setText(support_text(support.kind, support.room_name))
            self.second.setText(f"{at:%H:%M}")
            self.answer_button.setVisible(True)
            self.cancel_button.setVisible(False)
            self.plan_button.setVisible(False)
        count = len(self.calls.support) + sum(one.answered_at is None for one in self.calls.alarms)
        self.more.setText(self.tr("共 {n} 个").format(n=count) if count > 1 else "")
        self.setAccessibleName(self.sentence.text())
        self.stand(alarm is not None or support is not None)

    def _show_alarm(self, alarm: AlarmLine) -> None:
        at = self._station.local(alarm.at)
        self._sign.set_icon("status-urgent", "danger")
        self.sentence.setText(alarm_text(alarm.level, alarm.room_name))
        told = self.tr("{time}，{name}安静求助。有人身危险，请按紧急报警按钮")
        text = told.format(time=f"{at:%H:%M}", name=alarm.by_name)
        if alarm.answered_at is not None:
            text = self.tr("{name}已过去").format(name=alarm.answered_by_name)
        self.second.setText(text)
        self.answer_button.setVisible(alarm.answered_at is None)
        roles = self._station.person.roles
        self.cancel_button.setVisible(permits("CancelAlarm", roles))
        grave = alarm.level >= INCIDENT_LEVEL and permits("OpenIncident", roles)
        self.plan_button.setVisible(grave)

    # -- pressing -------------------------------------------------------------------------------

    def _answer(self) -> None:
        alarm, support = self._alarm(), self._support()
        self.answer_button.setEnabled(False)
        if alarm is not None and alarm.answered_at is None:
            self._station.run(self, AnswerAlarm(alarm.id))
        elif support is not None:
            self._station.run(self, AnswerSupport(support.session, support.kind))

    def _cancel(self) -> None:
        alarm = self._alarm()
        if alarm is not None:
            CancelDialog(self._window, self._station, alarm).open()

    def _open_plan(self) -> None:
        """The list of the emergency plan; the same call opens it once."""
        alarm = self._alarm()
        if alarm is not None:
            command = OpenIncident(_PLAN, "room", alarm.session or alarm.room)
            self._station.run(self, command, lambda _run: self._station.place_wanted.emit("drills"))

    def retranslate(self) -> None:
        """Take all words anew."""
        self.plan_button.setText(self.tr("启动应急预案"))
        self.answer_button.setText(self.tr("我过去"))
        self.cancel_button.setText(self.tr("撤销求助"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
