"""Owns the finding of a model answer: reason, words, the list, its words in either language; writes
nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from branch.complaints.codes import REASONS
from branch.complaints.queries.answers import ModelAnswer, answers_for, model_answers
from ui.complaints.answer_list import AnswerList, title_of, used_text
from ui.models.complaint_words import reason_label
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.card import Separator
from ui.widgets.choice import SegmentedControl
from ui.widgets.label import CAPTION, CARD_TITLE, Label
from ui.widgets.place_holder import EmptyState
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.search_box import SearchBox
from ui.widgets.stage import HBox, VBox

_LIST_WIDTH = 320


class _Search(SearchBox):
    """Up and Down go through the list while somebody types; Enter takes."""

    stepped = Signal(int)
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class AnswerSearch(QWidget):
    """``chosen`` carries the answer at hand or None; ``taken`` one that was taken with Enter.

    ``with_retired`` shows those not offered any more too.
    """

    chosen = Signal(object)
    taken = Signal(object)

    def __init__(self, station: Station, *, reason: str = "", with_retired: bool = False) -> None:
        super().__init__()
        self._station, self._with_retired = station, with_retired
        self._answers: tuple[ModelAnswer, ...] = ()
        self.reason = QuietCombo()
        self.search = _Search()
        self.search.setMaximumWidth(16_777_215)
        self.list = AnswerList()
        self.empty = EmptyState("search", "")
        self.title, self.note = Label("", CARD_TITLE, wrap=True), Label("", CAPTION)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.tongue = SegmentedControl([("zh", "中文"), ("en", "English")], current="zh")
        self._lay_out()
        self._fill_reasons()
        self.reason.choose(reason)
        self.asking: Asking[tuple[ModelAnswer, ...]] = Asking(
            station, self, lambda: model_answers, self._take
        )
        self.reason.activated.connect(lambda _at: self._narrow())
        self.search.wanted.connect(lambda _text: self._narrow())
        self.search.stepped.connect(self.list.step)
        self.search.entered.connect(self._enter)
        self.list.chosen.connect(self._show)
        self.list.taken.connect(self.taken)
        self.tongue.chosen.connect(lambda _key: self._show(self.list.answer()))
        station.changed.connect(self._on_changed)
        self.retranslate()
        self.asking.ask()

    def _lay_out(self) -> None:
        left = VBox(spacing=10)
        left.addWidget(self.reason)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        left.addWidget(self.empty, 1)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(_LIST_WIDTH)
        head = HBox(spacing=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.tongue)
        right = VBox(spacing=8)
        right.addLayout(head)
        right.addWidget(self.note)
        right.addWidget(self.words, 1)
        row = HBox(spacing=18, parent=self)
        row.addWidget(side)
        row.addWidget(Separator(vertical=True))
        row.addLayout(right, 1)

    def answer(self) -> ModelAnswer | None:
        """The answer at hand."""
        return self.list.answer()

    def shown_words(self) -> str:
        """Its words, in the language that is read."""
        return self.words.toPlainText()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "answer" in topics:
            self.asking.ask()

    def _take(self, answers: Sequence[ModelAnswer]) -> None:
        self._answers = tuple(one for one in answers if self._with_retired or one.active)
        self._narrow()

    def _narrow(self) -> None:
        found = answers_for(self._answers, self.reason.code(), self.search.text())
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.list.show_answers(found)

    def _enter(self) -> None:
        answer = self.list.answer()
        if answer is not None:
            self.taken.emit(answer)

    def _show(self, answer: ModelAnswer | None) -> None:
        if answer is None:
            title = note = words = ""
        else:
            title = title_of(answer)
            own = self.tr("本网点写的") if answer.own else self.tr("程序自带")
            note = "  ".join(
                part for part in (reason_label(answer.reason), own, used_text(answer)) if part
            )
            words = answer.zh if self.tongue.current() == "zh" else answer.en
        self.title.setText(title)
        self.note.setText(note)
        if self.words.toPlainText() != words:
            self.words.setPlainText(words)
        self.tongue.setVisible(answer is not None)
        self.chosen.emit(answer)

    def _fill_reasons(self) -> None:
        everything = [("", self.tr("全部原因"))]
        self.reason.set_choices([*everything, *((code, reason_label(code)) for code in REASONS)])

    def retranslate(self) -> None:
        """Take all words anew."""
        self._fill_reasons()
        self.reason.setAccessibleName(self.tr("投诉原因"))
        self.search.set_words(
            self.tr("标题、内容"), self.tr("查找参考答复"), self.tr("几个词用空格分开")
        )
        self.words.setAccessibleName(self.tr("答复内容"))
        self.list.setAccessibleName(self.tr("参考答复"))
        self.tongue.setAccessibleName(self.tr("语言"))
        self.empty.set_texts(self.tr("没有符合的参考答复"), self.tr("换个词，或选全部原因"))
        self._show(self.list.answer())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
