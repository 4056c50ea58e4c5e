"""Owns the left half of the sign-in card: greeting, staff number, PIN; asks the store nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.clock import Clock
from branch.people.commands import SignInRefused
from ui.signin.try_line import TryLine
from ui.widgets.button import DESK_BUTTON, LARGE, SIGN_IN, LinkButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import FieldEdit
from ui.widgets.label import Label, TextRole
from ui.widgets.pin_field import PIN_DIGITS, PinField
from ui.widgets.stage import VBox

# A link whose words stand flush with the fields above it.
_FLUSH_LINK: Final = replace(DESK_BUTTON, height=32, padding=4)


class SignInForm(QWidget):
    """``submitted`` carries number and PIN once both stand; ``number_typed`` follows the typing."""

    submitted = Signal(str, str)
    number_typed = Signal(str)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self._greeting = Label("", TextRole(32, 700))
        self._invitation = Label("", TextRole(16, 400, "ink2"), wrap=True)
        self.number = FieldEdit("", tall=True)
        self._pin_label = Label("", TextRole(13, 500, "ink2"))
        self.pin = PinField()
        self.line = TryLine(clock)
        self.button = PrimaryButton("", size=SIGN_IN)
        self.forgotten = LinkButton("", size=_FLUSH_LINK)
        column = VBox(parent=self)
        column.addWidget(self._greeting)
        column.add_gap(2)
        column.addWidget(self._invitation)
        column.add_gap(32)
        column.addWidget(self.number)
        column.add_gap(22)
        column.addWidget(self._pin_label)
        column.add_gap(8)
        column.addWidget(self.pin)
        column.add_gap(14)
        column.addWidget(self.line)
        column.add_gap(26)
        column.addWidget(self.button)
        column.add_gap(12)
        column.addWidget(self.forgotten, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.number.edit.textChanged.connect(self._number_changed)
        self.number.left.connect(self._group_digits)
        self.pin.changed.connect(self._pin_changed)
        self.line.waited.connect(self._refresh)
        self.button.clicked.connect(self.submit)
        self.forgotten.clicked.connect(self._on_forgotten)
        self.setFocusProxy(self.number)
        self.retranslate()

    def retranslate(self) -> None:
        """Take every word anew."""
        self._invitation.setText(self.tr("请登录，开始今天的服务"))
        self.number.set_label(self.tr("员工号"))
        self._pin_label.setText(self.tr("六位密码"))
        self.pin.set_label(self.tr("六位密码"))
        self.button.setText(self.tr("登录"))
        self.forgotten.setText(self.tr("忘记密码"))

    def tick(self, hour: int) -> None:
        """Greet by the hour of the branch, count a waiting time down."""
        if 5 <= hour < 11:
            greeting = self.tr("早上好")
        elif 11 <= hour < 13:
            greeting = self.tr("中午好")
        elif 13 <= hour < 18:
            greeting = self.tr("下午好")
        else:
            greeting = self.tr("晚上好")
        self._greeting.setText(greeting)
        self.line.tick()

    def greeting(self) -> str:
        """The words on top."""
        return self._greeting.text()

    def submit(self) -> None:
        """Hand number and PIN on, or say which of them is missing."""
        if self._busy or self.line.waiting():
            return
        if not self.number.text().strip():
            self.number.set_error(self.tr("请输入员工号"))
            self.number.setFocus()
        elif len(self.pin.pin()) < PIN_DIGITS:
            self.pin.set_error(True)
            self.line.complain(self.tr("请输入六位数字密码"))
            self.pin.setFocus()
        else:
            self.submitted.emit(self.number.text(), self.pin.pin())

    def set_busy(self, busy: bool) -> None:
        """While a try is on its way, no second one."""
        self._busy = busy
        self._refresh()

    def refuse(self, refusal: SignInRefused) -> None:
        """The number stays, the PIN goes: it is typed again, never corrected."""
        self.pin.clear()
        self.pin.set_error(True)
        self.line.refuse(refusal)
        self.pin.setFocus()
        self._refresh()

    def clear(self) -> None:
        """Forget the PIN and what was said about it."""
        self.pin.clear()
        self.line.clear()

    def _refresh(self) -> None:
        self.button.setEnabled(not self._busy and not self.line.waiting())

    def _number_changed(self, text: str) -> None:
        # Another number is another account: its tries are its own.
        self.line.clear()
        self.pin.set_error(False)
        self.number_typed.emit(text)
        self._refresh()

    def _group_digits(self) -> None:
        """Show six digits as they stand on the badge: 100 482."""
        digits = "".join(self.number.text().split())
        shown = f"{digits[:3]} {digits[3:]}"
        if len(digits) == 6 and digits.isdecimal() and shown != self.number.text():
            # Not another number, so nobody is told.
            self.number.edit.blockSignals(True)
            self.number.set_text(shown)
            self.number.edit.blockSignals(False)

    def _pin_changed(self) -> None:
        if self.pin.pin() and not self.line.waiting() and not self.line.locked():
            self.line.clear()

    def _on_forgotten(self) -> None:
        dialog = PanelDialog(self, self.tr("忘记密码"), width=480)
        dialog.body.addWidget(Label(self.tr("忘记密码"), TextRole(20, 700)))
        dialog.body.add_gap(8)
        words = self.tr(
            "请系统管理员或网点负责人在“设置”里重置您的密码，账户被锁定时也一样。"
            "重置后用新密码登录。"
        )
        dialog.body.addWidget(Label(words, TextRole(15, 400, "ink2"), wrap=True))
        button = PrimaryButton(self.tr("知道了"), size=LARGE)
        button.clicked.connect(dialog.accept)
        dialog.buttons.addWidget(button)
        dialog.open()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
