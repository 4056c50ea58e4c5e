"""Owns the questions of the equipment register: what a thing is, what broke; decides nothing."""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.inspections.commands import AddEquipment, ChangeEquipment, SetEquipmentState
from branch.inspections.equipment import BROKEN, KINDS
from branch.inspections.queries import EquipmentLine
from branch.kernel.errors import BadInput
from ui.models.equipment_words import kind_label
from ui.shell.station import Station
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.written_dialog import WrittenDialog

translate = QCoreApplication.translate


class EquipmentDialog(WrittenDialog):
    """A thing to register, or ``line`` to change. ``said`` carries what was done."""

    said = Signal(str)

    def __init__(self, parent: QWidget, station: Station, line: EquipmentLine | None) -> None:
        title = (
            translate("EquipmentDialogs", "修改设备")
            if line
            else translate("EquipmentDialogs", "登记设备")
        )
        super().__init__(parent, station, title, width=520)
        self._line = line
        self.kind = QuietCombo()
        for kind in KINDS:
            self.kind.addItem(kind_label(kind), kind)
        self.add_control(translate("EquipmentDialogs", "种类"), self.kind)
        self.name = self.add_field("name", translate("EquipmentDialogs", "名称"))
        self.place = self.add_field("place", translate("EquipmentDialogs", "位置"))
        self.serial = self.add_field("serial", translate("EquipmentDialogs", "编号，没有可不填"))
        self.expires = self.add_field(
            "expires_on", translate("EquipmentDialogs", "有效期到，没有可不填")
        )
        self.expires.edit.setPlaceholderText("2027-06-30")
        if line:
            self._show(line)
        self.offer(
            translate("EquipmentDialogs", "保存"),
            translate("EquipmentDialogs", "返回"),
            self._command,
            lambda _id: self._tell(),
        )
        (self.name.edit if line else self.kind).setFocus()

    def _show(self, line: EquipmentLine) -> None:
        # What a thing is stays as it was registered: its breaks count for its kind.
        self.kind.setCurrentIndex(self.kind.findData(line.kind))
        self.kind.setEnabled(False)
        self.name.set_text(line.name)
        self.place.set_text(line.place)
        self.serial.set_text(line.serial)
        self.expires.set_text(line.expires_on)

    def _command(self) -> object:
        """What is sent; raises BadInput for a day that is none."""
        text = normalize("NFKC", self.expires.text()).strip()
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError as error:
            raise BadInput("day_form", field="expires_on") from error
        values = (self.name.text(), self.place.text(), self.serial.text(), day)
        if self._line is not None:
            return ChangeEquipment(self._line.id, self._line.rev, *values)
        return AddEquipment(str(self.kind.currentData()), *values)

    def _tell(self) -> None:
        words = translate("EquipmentDialogs", "{name} 已保存")
        self.said.emit(words.format(name=self.name.text().strip()))


class BrokenDialog(WrittenDialog):
    """What is wrong with a thing. ``said`` carries what was done."""

    said = Signal(str)

    def __init__(self, parent: QWidget, station: Station, line: EquipmentLine) -> None:
        super().__init__(
            parent,
            station,
            translate("EquipmentDialogs", "报告故障：{name}").format(name=line.name),
            translate("EquipmentDialogs", "同类设备都有故障时，取号机和柜台不再推荐它。"),
            width=520,
        )
        self.note = self.add_field("note", translate("EquipmentDialogs", "哪里不对"))
        told = translate("EquipmentDialogs", "{name} 已报告故障").format(name=line.name)
        self.offer(
            translate("EquipmentDialogs", "报告故障"),
            translate("EquipmentDialogs", "返回"),
            lambda: SetEquipmentState(line.id, BROKEN, self.note.text()),
            lambda _none: self.said.emit(told),
        )
        self.note.edit.setFocus()
