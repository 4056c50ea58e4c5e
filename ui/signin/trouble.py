"""The page for a start that failed: what is wrong and what to do; repairs nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.card import SIGN_IN_CARD, Card
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, TextRole
from ui.widgets.stage import HBox, VBox

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class TroubleWindow(QWidget):
    """``retry_wanted`` asks for another try now; the program tries by itself as well."""

    retry_wanted = Signal()

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.setObjectName("trouble")
        self.resize(900, 600)
        self.setMinimumSize(640, 480)
        card = Card(style=SIGN_IN_CARD)
        card.setFixedWidth(580)
        self._title = Label("", TextRole(20, 700), wrap=True, align=_CENTRE)
        self._sentence = Label("", TextRole(16, 500), wrap=True, align=_CENTRE)
        self._next = Label("", TextRole(14, 400, "ink2"), wrap=True, align=_CENTRE)
        self.quit = PlainButton("", size=LARGE)
        self.retry = PrimaryButton("", size=LARGE)
        inside = VBox(margins=(48, 44, 48, 40), parent=card)
        inside.addWidget(IconLabel("status-urgent", 56, "danger"), 0, _CENTRE)
        inside.add_gap(18)
        inside.addWidget(self._title)
        inside.add_gap(12)
        inside.addWidget(self._sentence)
        inside.add_gap(8)
        inside.addWidget(self._next)
        inside.add_gap(28)
        self._lines = inside
        row = HBox(spacing=10)
        row.addStretch(1)
        row.addWidget(self.quit)
        row.addWidget(self.retry)
        row.addStretch(1)
        inside.addLayout(row)
        column = VBox(margins=(24, 24, 24, 24), parent=self)
        column.addStretch(1)
        column.addWidget(card, 0, _CENTRE)
        column.addStretch(1)
        install_focus_ring(self)
        self.retry.clicked.connect(self.retry_wanted)
        self.quit.clicked.connect(QApplication.quit)
        self.retranslate()
        self.set_sentence(sentence)
        self.retry.setFocus()

    def add_line(self, line: QWidget) -> None:
        """Put something that works all the same below the buttons."""
        self._lines.addWidget(line)

    def sentence(self) -> str:
        """What it says is wrong."""
        return self._sentence.text()

    def set_sentence(self, sentence: str) -> None:
        """Say what is wrong now; a further try may have failed for another reason."""
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{self._title.text()}，{sentence}")

    def retranslate(self) -> None:
        """Take the words of the page anew; the sentence is its owner's."""
        self.setWindowTitle(self.tr("厅堂打不开"))
        self._title.setText(self.tr("厅堂暂时打不开"))
        self._next.setText(self.tr("程序每隔几秒会自己再试，也可以现在重试。"))
        self.quit.setText(self.tr("退出"))
        self.retry.setText(self.tr("现在重试"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.quit if self.quit.hasFocus() else self.retry).click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
