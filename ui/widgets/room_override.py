"""Owns the part where the manager lets a session begin without a recorder; checks nothing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import Label
from ui.widgets.long_field import LongField
from ui.widgets.pin_field import PinField
from ui.widgets.room_dialog import CAPTION
from ui.widgets.stage import VBox

translate = QCoreApplication.translate


class OverridePart(QWidget):
    """Without a recorder: why, and the branch manager's own number and PIN."""

    def __init__(self) -> None:
        super().__init__()
        self.reason = LongField(translate("RoomStart", "不用录音录像设备的原因和替代办法"), 2)
        self.number = FieldEdit(translate("RoomStart", "网点负责人工号"))
        self.pin = PinField(translate("RoomStart", "网点负责人密码"))
        self.pin_error = ErrorLine()
        column = VBox(spacing=10, parent=self)
        column.addWidget(self.reason)
        column.addWidget(self.number)
        below = VBox()
        below.addWidget(Label(translate("RoomStart", "网点负责人密码"), CAPTION))
        below.add_gap(6)
        below.addWidget(self.pin)
        below.addWidget(self.pin_error)
        column.addLayout(below)
        self.setFocusProxy(self.reason)
        self.pin.changed.connect(lambda: self.pin_error.show_error(""))
