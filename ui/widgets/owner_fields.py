"""Owns who is to mend something and by when, side by side; must not know what is to be mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from branch.people.queries import StaffMember, staff_members
from ui.shell.asking import Need
from ui.shell.station import Station
from ui.widgets.moment_fields import DayField
from ui.widgets.staff_field import StaffField, colleagues_among
from ui.widgets.stage import HBox

# The effect of what was mended is looked at after thirty days (complaints.md 4e).
_USUAL: Final = timedelta(days=30)


class OwnerFields(QWidget):
    """A colleague and a day, a month from now to begin with."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self.owner, self.due = StaffField("owner_unknown"), DayField()
        self.owner.set_label(self.tr("责任人"))
        self.owner.edit.setPlaceholderText(self.tr("姓名或工号"))
        self.due.set_label(self.tr("完成日期"))
        self.due.set_day(station.now().date() + _USUAL)
        both = HBox(spacing=12, parent=self)
        both.addWidget(self.owner, 1, Qt.AlignmentFlag.AlignTop)
        both.addWidget(self.due, 1, Qt.AlignmentFlag.AlignTop)

    def ask(self, then: Callable[[], None]) -> None:
        """Ask who works here: until it is known, which ``then`` is told, nobody can be meant."""

        def take(members: tuple[StaffMember, ...]) -> None:
            self.owner.show_colleagues(colleagues_among(members))
            # Somebody typed before is chosen again.
            self.owner.settle()
            then()

        Need(self._station, self, staff_members, take)
