"""Owns the one showing of a new PIN; keeps none and makes none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.button import LARGE, PrimaryButton
from ui.widgets.card import CANVAS_WELL, Well
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import Label, TextRole
from ui.widgets.number import BigNumber
from ui.widgets.stage import VBox


class PinDialog(PanelDialog):
    """Six digits to be written down; Esc does not close it, since nobody sees them again."""

    def __init__(self, parent: QWidget, *, name: str, staff_no: str, pin: str) -> None:
        title = self.tr("请记下新密码")
        super().__init__(parent, title, width=480)
        who = self.tr("{name}，员工号 {number}").format(name=name, number=staff_no)
        self.body.addWidget(Label(title, TextRole(20, 700), wrap=True))
        self.body.add_gap(6)
        self.body.addWidget(Label(who, TextRole(15, 400, "ink2"), wrap=True))
        self.body.add_gap(16)
        well = Well(CANVAS_WELL)
        inside = VBox(margins=(20, 22, 20, 22), parent=well)
        self.digits = BigNumber(f"{pin[:3]} {pin[3:]}", px=48, weight=700)
        self.digits.setAccessibleName(" ".join(pin))
        inside.addWidget(self.digits, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(well)
        self.body.add_gap(14)
        words = self.tr("密码只显示这一次，请交给本人。登录后可以在“设置”的“本机”里改成自己的密码。")
        self.body.addWidget(Label(words, TextRole(14, 400, "ink2"), wrap=True))
        self.noted_button = PrimaryButton(self.tr("我已记下新密码"), size=LARGE)
        self.noted_button.clicked.connect(self.accept)
        self.buttons.addWidget(self.noted_button)
        self.noted_button.setDefault(True)
        self.noted_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Neither Esc nor an Enter still held from the form takes the PIN away."""
        if event.key() == Qt.Key.Key_Escape or event.isAutoRepeat():
            return
        super().keyPressEvent(event)
