"""Owns the register's top bar: day, buttons, which guard is at work; acts on nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent

from branch.people.rules import permits
from ui.models.dates import day_text
from ui.shell.station import Station
from ui.widgets.button import SMALL_TOUCH, PlainButton
from ui.widgets.frame import TopBar
from ui.widgets.state import State
from ui.widgets.status import StatusChip


class RegisterBar(TopBar):
    """Title and day left; right 预约来访, 当日登记, 结束登记, the guard at work, the clock."""

    def __init__(self, station: Station) -> None:
        super().__init__("", clock=station.now)
        self._station = station
        self._guards: tuple[str, ...] = ()
        roles = station.person.roles
        self.expect_button = PlainButton("", size=SMALL_TOUCH)
        if not permits("Expect", roles):
            self.expect_button.hide()
        self.sheet_button = PlainButton("", size=SMALL_TOUCH)
        self.close_button = PlainButton("", size=SMALL_TOUCH)
        if not permits("CloseRegister", roles):
            self.close_button.hide()
        self.guard = StatusChip(State.IDLE, "")
        for widget in (self.expect_button, self.sheet_button, self.close_button, self.guard):
            self.chips.addWidget(widget)
        self.retranslate()

    def show_guards(self, names: tuple[str, ...]) -> None:
        """Who of the guards is signed in; nobody is said as well."""
        self._guards = names
        if names:
            text = self.tr("门岗在岗 {names}").format(names=self.tr("、").join(names))
            self.guard.set_chip(State.OK, text)
        else:
            self.guard.set_chip(State.IDLE, self.tr("门岗未登录"))

    def say_day(self) -> None:
        """The day of the branch now."""
        self.set_subtitle(day_text(self._station.now()))

    def retranslate(self) -> None:
        """Take all words anew."""
        self.set_title(self.tr("来访登记"))
        self.say_day()
        self.expect_button.setText(self.tr("预约来访"))
        self.sheet_button.setText(self.tr("当日登记"))
        self.close_button.setText(self.tr("结束登记"))
        self.show_guards(self._guards)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
