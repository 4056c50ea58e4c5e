"""Owns the look at a resident ID number for the age it tells; keeps and sends no number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.identity import age_on, birth_date, resident_id_doubt
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.doubt_line import DoubtLine
from ui.widgets.field import FieldEdit
from ui.widgets.label import CAPTION, PAGE_TITLE, Label, TextRole

translate = QCoreApplication.translate

ID_KEY = "F7"
_ANSWER = TextRole(16, 500)
_WHOLE = 18


def told_age(number: str, day: date) -> int | None:
    """Full years on ``day`` of whom a resident ID number is; None where it tells none."""
    born = birth_date(number)
    return None if born is None or born > day else age_on(born, day)


class IdAgeDialog(PanelDialog):
    """A number, typed or scanned, and what it says of the age; it is gone with the panel.

    ``elderly`` tells that the customer is taken for elderly, by whoever looked at the answer.
    """

    elderly = Signal()

    def __init__(self, parent: QWidget, elderly_from: int, today: Callable[[], date]) -> None:
        title = translate("IdAgeDialog", "按身份证判断年龄")
        super().__init__(parent, title, width=480)
        self._elderly_from, self._today = elderly_from, today
        self.number = FieldEdit(self.tr("居民身份证号"))
        self.number.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.doubt = DoubtLine()
        self.answer = Label("", _ANSWER, wrap=True)
        self.back_button = PlainButton(self.tr("返回"), size=LARGE)
        self.take_button = PrimaryButton(self.tr("按老年客户"), size=LARGE)
        self.body.addWidget(Label(title, PAGE_TITLE))
        self.body.add_gap(6)
        self.body.addWidget(Label(self.tr("只看年龄，号码不保存"), CAPTION))
        self.body.add_gap(14)
        self.body.addWidget(self.number)
        self.body.addWidget(self.doubt)
        self.body.add_gap(12)
        self.body.addWidget(self.answer)
        self.buttons.addWidget(self.back_button)
        self.buttons.addWidget(self.take_button)
        self.take_button.setDefault(True)
        self.back_button.setAutoDefault(False)
        self.number.edit.textChanged.connect(self._look)
        self.back_button.clicked.connect(self.reject)
        self.take_button.clicked.connect(self._take)
        # Setting a text empties the undo stack as well, clearing it would not.
        self.finished.connect(lambda _result: self.number.edit.setText(""))
        self._look("")
        self.number.setFocus()

    def _look(self, text: str) -> None:
        whole = len("".join(text.split())) >= _WHOLE
        age = told_age(text, self._today()) if whole else None
        self.doubt.show_doubt(resident_id_doubt(text, self._today()) if whole else None)
        self.take_button.setEnabled(age is not None and age >= self._elderly_from)
        self.answer.setText("" if age is None else self._words(age))

    def _words(self, age: int) -> str:
        if age >= self._elderly_from:
            return self.tr("{n} 岁，可以按老年客户优先").format(n=age)
        return self.tr("{n} 岁，不到 {limit} 岁").format(n=age, limit=self._elderly_from)

    def _take(self) -> None:
        self.elderly.emit()
        self.accept()
