"""Owns the question whether a visitor's badge came back; must not sign anybody out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.visitors.queries.register import VisitorLine
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import Label, TextRole

translate = QCoreApplication.translate


class BadgeDialog(PanelDialog):
    """``answered`` carries whether the badge is back."""

    answered = Signal(bool)

    def __init__(self, parent: QWidget, line: VisitorLine) -> None:
        title = translate("BadgeDialog", "{badge} 收回了吗？").format(badge=line.badge)
        super().__init__(parent, title, width=560)
        self.body.addWidget(Label(title, TextRole(20, 700), wrap=True))
        self.body.add_gap(6)
        told = self.tr("签离 {name}。没有收回的牌不再发出，找回后再用。")
        self.body.addWidget(
            Label(told.format(name=line.shown_name), TextRole(15, 400, "ink2"), wrap=True)
        )
        self.cancel_button = PlainButton(self.tr("返回"), size=LARGE)
        self.lost_button = PlainButton(self.tr("牌未收回"), size=LARGE)
        self.back_button = PrimaryButton(self.tr("牌已收回"), size=LARGE)
        for button in (self.cancel_button, self.lost_button, self.back_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.back_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.lost_button.clicked.connect(lambda: self._answer(back=False))
        self.back_button.clicked.connect(lambda: self._answer(back=True))
        self.back_button.setFocus()

    def _answer(self, *, back: bool) -> None:
        self.answered.emit(back)
        self.accept()
