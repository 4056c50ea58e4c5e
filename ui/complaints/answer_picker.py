"""Owns the choice of a model answer for a field: its words go there, its use is counted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.answers import CountUse
from branch.kernel.errors import TingtangError
from ui.complaints.answer_search import AnswerSearch
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import SECOND, Label, TextRole

translate = QCoreApplication.translate

_HEIGHT = 400


class AnswerPicker(PanelDialog):
    """``chosen`` carries the words to insert; ``reason`` narrows the list to begin with."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, station: Station, reason: str) -> None:
        title = translate("AnswerPicker", "参考答复")
        super().__init__(parent, title, width=860)
        self._station = station
        self.finder = AnswerSearch(station, reason=reason)
        self.finder.setFixedHeight(_HEIGHT)
        self.error = ErrorLine()
        self.cancel_button = PlainButton(self.tr("返回"), size=LARGE)
        self.use_button = PrimaryButton(self.tr("插入这段"), size=LARGE)
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(4)
        told = self.tr("按实际情况改写；〔 〕里的内容请逐处填好")
        self.body.addWidget(Label(told, SECOND, wrap=True))
        self.body.add_gap(14)
        self.body.addWidget(self.finder)
        self.body.addWidget(self.error)
        for button in (self.cancel_button, self.use_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.use_button.setEnabled(False)
        self.cancel_button.clicked.connect(self.reject)
        self.use_button.clicked.connect(self._use)
        self.finder.chosen.connect(lambda answer: self.use_button.setEnabled(answer is not None))
        self.finder.taken.connect(lambda _answer: self._use())
        self.finder.search.setFocus()

    def _use(self) -> None:
        answer = self.finder.answer()
        if answer is None or not self.use_button.isEnabled():
            return
        self.use_button.setEnabled(False)
        words = self.finder.shown_words()
        self._station.run(
            self, CountUse(answer.code), lambda _value: self._done(words), self._refused
        )

    def _done(self, words: str) -> None:
        self.chosen.emit(words)
        self.accept()

    def _refused(self, error: TingtangError) -> None:
        self.use_button.setEnabled(True)
        self.error.show_error(sentence(error))
        self.adjustSize()
