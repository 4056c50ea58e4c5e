"""Owns the question for what somebody is praised; notes nothing by itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.people.commands import AddCommendation
from ui.shell.station import Station
from ui.widgets.moment_fields import DayField
from ui.widgets.written_dialog import WrittenDialog

translate = QCoreApplication.translate


class CommendationDialog(WrittenDialog):
    """``said`` carries what was done, in words."""

    said = Signal(str)

    def __init__(self, parent: QWidget, station: Station, staff: int, name: str) -> None:
        super().__init__(
            parent,
            station,
            translate("CommendationDialog", "登记{name}的表彰").format(name=name),
            translate("CommendationDialog", "写清做了什么，同事和检查的人都看得懂。"),
            width=520,
        )
        self.day = DayField()
        self.day.set_label(translate("CommendationDialog", "哪一天"))
        self.day.set_day(station.now().date())
        self.add_place("day", self.day)
        self.text = self.add_field("text", translate("CommendationDialog", "因为什么"))
        told = translate("CommendationDialog", "{name} 的表彰已登记").format(name=name)
        self.offer(
            translate("CommendationDialog", "登记"),
            translate("CommendationDialog", "返回"),
            lambda: AddCommendation(staff, self.day.day(), self.text.text()),
            lambda _id: self.said.emit(told),
        )
        self.text.edit.setFocus()
