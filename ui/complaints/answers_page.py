"""Owns the page 参考答复: the answers by reason, read by everybody, written by the desk."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal

from branch.complaints.commands.answers import RetireAnswer
from branch.complaints.queries.answers import ModelAnswer
from branch.people.rules import permits
from ui.complaints.answer_dialog import AnswerDialog
from ui.complaints.answer_search import AnswerSearch
from ui.complaints.kept_typed import KeptTyped
from ui.shell.station import Station
from ui.widgets.button import AccentButton, PlainButton
from ui.widgets.card import Card
from ui.widgets.label import CARD_TITLE, SECOND, Label
from ui.widgets.stage import HBox, VBox


class AnswersPage(Card):
    """``said`` carries a sentence for a toast."""

    said = Signal(str)

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._kept = KeptTyped()
        may_write = permits("AddAnswer", station.person.roles)
        self.title, self.told = Label("", CARD_TITLE), Label("", SECOND, wrap=True)
        self.add_button = AccentButton("", icon="plus")
        self.finder = AnswerSearch(station, with_retired=may_write)
        self.change_button, self.retire_button = PlainButton(""), PlainButton("")
        words = VBox(spacing=2)
        words.addWidget(self.title)
        words.addWidget(self.told)
        head = HBox(spacing=12)
        head.addLayout(words, 1)
        head.addWidget(self.add_button)
        deeds = HBox(spacing=10)
        deeds.addStretch(1)
        for button in (self.retire_button, self.change_button):
            deeds.addWidget(button)
        column = VBox(spacing=16, margins=(24, 20, 24, 20), parent=self)
        column.addLayout(head)
        column.addWidget(self.finder, 1)
        column.addLayout(deeds)
        if not may_write:
            self.add_button.hide()
        for button in (self.change_button, self.retire_button):
            if not may_write:
                button.hide()
        self.finder.chosen.connect(self._at_hand)
        self.add_button.clicked.connect(self._add)
        self.change_button.clicked.connect(self._change)
        self.retire_button.clicked.connect(self._retire)
        self.retranslate()

    def _at_hand(self, answer: ModelAnswer | None) -> None:
        for button in (self.change_button, self.retire_button):
            button.setEnabled(answer is not None)
        active = answer is None or answer.active
        self.retire_button.setText(self.tr("停用") if active else self.tr("恢复使用"))

    def _add(self) -> None:
        self._ask(None)

    def _change(self) -> None:
        self._ask(self.finder.answer())

    def _ask(self, answer: ModelAnswer | None) -> None:
        dialog = AnswerDialog(self.window(), self._station, answer, self.finder.reason.code())
        dialog.said.connect(self.said)
        self._kept.open(dialog, answer.code if answer else "")

    def _retire(self) -> None:
        answer = self.finder.answer()
        if answer is None:
            return
        command = RetireAnswer(answer.code, back=not answer.active)
        said = self.tr("已停用参考答复") if answer.active else self.tr("已恢复参考答复")
        self._station.run(self, command, lambda _value: self.said.emit(said))

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("参考答复"))
        self.told.setText(self.tr("按投诉原因整理，写处理意见时可以插入，用得多的排在前面"))
        self.add_button.setText(self.tr("新增"))
        self.change_button.setText(self.tr("修改"))
        self._at_hand(self.finder.answer())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
