"""Owns the counter's top bar: which counter, what it does, who works there, in which state."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from branch.catalogue.queries import Group, groups
from branch.lobby.queries.waiting import CounterNow
from branch.people.rules import permits
from ui.models.words import place_label
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import DESK_BUTTON, PlainButton
from ui.widgets.frame import TopBar
from ui.widgets.label import Label, TextRole
from ui.widgets.state import State
from ui.widgets.status import CHIP_TALL, StatusChip

COMPLAINT_KEY = "F10"
_ROOMY_FROM = 1280
_BUTTONS = ("complaint", "pause", "help", "leave")
_WHO = TextRole(15, 400, "ink2")


class CounterHeader(TopBar):
    """As in picture f; ``pressed`` carries complaint, pause, help or leave.

    When the room is short the list of what the counter does is cut first, the name never.
    """

    pressed = Signal(str)

    def __init__(self, station: Station) -> None:
        super().__init__("", clock=station.now, logo=True)
        self._station = station
        self._groups: tuple[Group, ...] = ()
        self._counter: CounterNow | None = None
        self.who = Label(station.person.name, _WHO)
        self.chip = StatusChip(State.IDLE, "", size=CHIP_TALL)
        self.add_left(self.who)
        self.add_left(self.chip)
        self.complaint = PlainButton("", size=DESK_BUTTON, key=COMPLAINT_KEY)
        if not permits("Register", station.person.roles):
            self.complaint.hide()
        self.pause = PlainButton("", size=DESK_BUTTON, icon="pause", key="F8")
        self.help = PlainButton("", size=DESK_BUTTON, icon="help", key="F9")
        self.leave = PlainButton("", size=DESK_BUTTON, icon="sign-out")
        for name in _BUTTONS:
            button: PlainButton = getattr(self, name)
            button.clicked.connect(lambda _checked=False, name=name: self.pressed.emit(name))
            self.chips.addWidget(button)
        station.changed.connect(self._on_changed)
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow bar gives up a key cap before it cuts a word; the key stays."""
        super().resizeEvent(event)
        self.complaint.set_key("" if self.width() < _ROOMY_FROM else COMPLAINT_KEY)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "catalogue" in topics:
            self._ask()

    def _ask(self) -> None:
        self._station.ask(self, groups, self._take)

    def _take(self, found: tuple[Group, ...]) -> None:
        self._groups = found
        self._say_groups()

    def _say_groups(self) -> None:
        able = self._counter.groups if self._counter else ()
        names = [g.short.text(language().code) for g in self._groups if g.code in able]
        self.set_subtitle(self.tr("、").join(names))

    def show_counter(self, counter: CounterNow, allowed: set[str]) -> None:
        """Show the state of the counter, and which of the buttons can be pressed."""
        if self._counter is None or self._counter.groups != counter.groups:
            self._counter = counter
            self._say_groups()
        self._counter = counter
        for name in _BUTTONS:
            getattr(self, name).setEnabled(name in allowed)
        if counter.ticket is not None:
            state, text = State.RUNNING, self.tr("服务中")
        elif counter.state == "open":
            state, text = State.OK, self.tr("空闲")
        elif counter.state == "paused":
            state, text = State.PAUSED, self.tr("暂停")
        else:
            state, text = State.IDLE, self.tr("未开")
        self.chip.set_chip(state, text)
        paused = counter.state == "paused"
        self.pause.setText(self.tr("继续服务") if paused else self.tr("暂停服务"))

    def retranslate(self) -> None:
        """Say everything in the language of the moment; the window shows the counter after it."""
        self.set_title(place_label(self._station.name))
        self.complaint.setText(self.tr("转投诉"))
        self.help.setText(self.tr("请大堂经理协助"))
        self.leave.setText(self.tr("结束服务"))
        self._say_groups()
