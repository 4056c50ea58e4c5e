"""Owns the question how somebody is to be answered who has no letter yet; answers nobody."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import Label, TextRole

translate = QCoreApplication.translate

# The reply letter.
REPLY: Final = "TS-06"


class ReplyChoice(PanelDialog):
    """``letter_wanted`` tells that the letter is to be written first, ``without_letter`` that he
    was called, or could not be reached."""

    letter_wanted = Signal()
    without_letter = Signal()

    def __init__(self, parent: QWidget) -> None:
        title = translate("ReplyChoice", "答复客户")
        super().__init__(parent, title, width=620)
        text = translate(
            "ReplyChoice",
            "当面、邮寄、短信或邮件答复，先签发答复书，再登记送达。电话答复或三次联系不上的，可以直接登记。",
        )
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(6)
        self.body.addWidget(Label(text, TextRole(15, 400, "ink2"), wrap=True))
        self.close_button = PlainButton(translate("ReplyChoice", "返回"), size=LARGE)
        self.call_button = PlainButton(translate("ReplyChoice", "电话或联系不上"), size=LARGE)
        self.letter_button = PrimaryButton(translate("ReplyChoice", "先签发答复书"), size=LARGE)
        for button in (self.close_button, self.call_button, self.letter_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.letter_button.setDefault(True)
        self.letter_button.setFocus()
        self.close_button.clicked.connect(self.reject)
        self.call_button.clicked.connect(lambda: self._leave(letter=False))
        self.letter_button.clicked.connect(lambda: self._leave(letter=True))

    def _leave(self, *, letter: bool) -> None:
        self.accept()
        (self.letter_wanted if letter else self.without_letter).emit()
