"""Owns the console's top bar: who stands here, failed printing, three buttons; acts on nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent

from branch.people.rules import may_read, permits
from ui.lobby.ticket_dialog import WHY_KEY
from ui.models.words import place_label, role_label
from ui.shell.station import Station
from ui.widgets.button import SMALL_TOUCH, PlainButton
from ui.widgets.frame import TopBar
from ui.widgets.state import State
from ui.widgets.status import StatusChip

# Keeps a reception record of whoever stands there.
RECORD_KEY = "F4"
# Registers a complaint of whoever stands there.
COMPLAINT_KEY = "F6"
_ROOMY_FROM = 1280
# As whom somebody with several roles stands in the lobby.
_ROLES = ("lobby_manager", "supervisor", "branch_manager", "adviser")


class ConsoleBar(TopBar):
    """Title and person left; right the machines that asked about their printer, the buttons."""

    def __init__(self, station: Station) -> None:
        super().__init__("", clock=station.now)
        self._person = station.person
        self.printer_chips: list[StatusChip] = []
        self._due = (0, 0)
        self.record_button = PlainButton("", size=SMALL_TOUCH, key=RECORD_KEY)
        self.complaint_button = PlainButton("", size=SMALL_TOUCH, key=COMPLAINT_KEY)
        if not permits("Register", self._person.roles):
            self.complaint_button.hide()
        self.due_button = PlainButton("", size=SMALL_TOUCH)
        if not permits("RecordReception", self._person.roles):
            self.record_button.hide()
        self.why_button = PlainButton("", size=SMALL_TOUCH, key=WHY_KEY)
        self.promises_button = PlainButton("", size=SMALL_TOUCH)
        if not may_read("dashboard", self._person.roles):
            self.promises_button.hide()
        self.close_day_button = PlainButton("", size=SMALL_TOUCH)
        if not permits("CloseDay", self._person.roles):
            self.close_day_button.hide()
        self.chips.addWidget(self.complaint_button)
        self.chips.addWidget(self.record_button)
        self.chips.addWidget(self.due_button)
        self.chips.addWidget(self.why_button)
        self.chips.addWidget(self.promises_button)
        self.chips.addWidget(self.close_day_button)
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow bar gives up the key caps before it cuts a word; the keys stay."""
        super().resizeEvent(event)
        narrow = self.width() < _ROOMY_FROM
        for button, key in (
            (self.complaint_button, COMPLAINT_KEY),
            (self.record_button, RECORD_KEY),
            (self.why_button, WHY_KEY),
        ):
            button.setToolTip(key)
            button.set_key("" if narrow else key)

    def show_printers(self, stations: list[str]) -> None:
        """A chip for each machine whose printing failed."""
        text = self.tr("{place}打印失败")
        texts = [text.format(place=place_label(station)) for station in stations]
        if texts == [chip.text() for chip in self.printer_chips]:
            return
        for chip in self.printer_chips:
            chip.deleteLater()
        self.printer_chips = [StatusChip(State.ATTENTION, text) for text in texts]
        for at, chip in enumerate(self.printer_chips):
            self.chips.insertWidget(at, chip)

    def show_due(self, waiting: int, late: int) -> None:
        """How many customers wait to be called back, and how many of them too long."""
        self._due = (waiting, late)
        self._show_due()

    def _show_due(self) -> None:
        waiting, late = self._due
        # With nobody to call back there is nothing to press; F4 leads to the lists as well.
        self.due_button.setVisible(waiting > 0)
        self.due_button.setText(self.tr("回访 {n}").format(n=waiting))
        self.due_button.set_icon_name("status-urgent" if late else "")
        told = self.tr("{n} 个回访已过日期").format(n=late) if late else ""
        self.due_button.setToolTip(told)
        self.due_button.setAccessibleDescription(told)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.set_title(self.tr("大堂"))
        role = next((code for code in _ROLES if code in self._person.roles), "")
        who = self.tr("{name} {role}").format(name=self._person.name, role=role_label(role).lower())
        self.set_subtitle(who.strip())
        self.complaint_button.setText(self.tr("转投诉"))
        self.record_button.setText(self.tr("接待记录"))
        self._show_due()
        self.why_button.setText(self.tr("为什么这样排"))
        self.promises_button.setText(self.tr("查看承诺"))
        self.close_day_button.setText(self.tr("结束营业"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
