"""Owns the second signature at a colleague's station: number and PIN; decides not who may sign."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branch.inspections.commands import SignSheet
from branch.kernel.errors import BadInput, TingtangError
from branch.people.commands.sessions import SignInRefused
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import Label, TextRole
from ui.widgets.pin_field import PinField


class CountersignDialog(PanelDialog):
    """``signed`` tells that the signature stands."""

    signed = Signal()

    def __init__(self, parent: QWidget, station: Station, sheet: int) -> None:
        super().__init__(parent, "", width=460)
        self._station, self._sheet = station, sheet
        title = self.tr("请同事签名")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.number, self.pin, self.error = FieldEdit(self.tr("员工号")), PinField(), ErrorLine()
        self.pin.set_label(self.tr("密码"))
        self.back = PlainButton(self.tr("返回"), size=LARGE)
        self.confirm = PrimaryButton(self.tr("签名"), size=LARGE)
        words = self.tr("由另一位同事输入自己的员工号和密码，密码不会保存。")
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(6)
        self.body.addWidget(Label(words, TextRole(14, 400, "ink2"), wrap=True))
        self.body.add_gap(14)
        self.body.addWidget(self.number)
        self.body.add_gap(14)
        self.body.addWidget(Label(self.tr("密码"), TextRole(13, 500, "ink2")))
        self.body.add_gap(6)
        self.body.addWidget(self.pin)
        self.body.addWidget(self.error)
        self.back.setAutoDefault(False)
        for button in (self.back, self.confirm):
            self.buttons.addWidget(button)
        self.confirm.setDefault(True)
        self.back.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._send)
        self.number.edit.textEdited.connect(lambda _text: self.error.show_error(""))
        self.number.edit.setFocus()

    def _send(self) -> None:
        self.error.show_error("")
        if not self.number.text().strip():
            self.number.set_error(sentence(BadInput("field_empty", field="staff_no")))
            self.number.edit.setFocus()
            return
        self.confirm.setEnabled(False)
        command = SignSheet(self._sheet, self.number.text(), self.pin.pin())
        self._station.run(self, command, self._answered, self._refused)

    def _answered(self, refused: SignInRefused | None) -> None:
        if refused is None:
            self.accept()
            self.signed.emit()
            return
        error = BadInput(refused.code, field="pin", wait_s=refused.wait_s, left=refused.left)
        self._refused(error)
        self.pin.set_error(True)

    def _refused(self, error: TingtangError) -> None:
        self.confirm.setEnabled(True)
        self.pin.clear()
        self.error.show_error(sentence(error))
        self.pin.setFocus()
        self.adjustSize()
