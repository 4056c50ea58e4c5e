"""Owns the page for a booking code: six digits by touch, keyboard or scanner."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from ui.kiosk.page import Page, StepHead
from ui.shell.station import Station
from ui.widgets.button import KIOSK_MAIN, PlainButton
from ui.widgets.label import K_SECOND, K_TITLE, Label, TextRole
from ui.widgets.number import BigNumber
from ui.widgets.stage import Grid, VBox

LENGTH = 6
_ERROR = TextRole(34, 500, "danger_text")


class BookingPage(Page):
    """A number pad; ``completed`` carries the six digits."""

    back_wanted = Signal()
    completed = Signal(str)

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._digits = ""
        self._error = ""
        self._step = StepHead(self, 2)
        self.back = self._step.back
        self.back.clicked.connect(self.back_wanted)
        self.title = Label("", K_TITLE)
        self.second = Label("", K_SECOND, wrap=True)
        words = VBox(spacing=6, margins=(0, 20, 0, 24))
        words.addWidget(self.title)
        words.addWidget(self.second)
        self.body.addLayout(words)
        self.shown = BigNumber("", px=110)
        self.body.addWidget(self.shown)
        self.error = Label("", _ERROR, wrap=True)
        self.body.addWidget(self.error)
        self.body.add_gap(20)
        self.keys: dict[str, PlainButton] = {}
        grid = Grid(columns=3, spacing=20)
        for at, key in enumerate(("1", "2", "3", "4", "5", "6", "7", "8", "9", "C", "0", "B")):
            button = PlainButton("" if key in "CB" else key, size=KIOSK_MAIN)
            button.repeat_guard = False  # the same digit may follow itself at once
            button.clicked.connect(lambda _checked=False, key=key: self.press(key))
            grid.addWidget(button, at // 3, at % 3)
            self.keys[key] = button
        self.body.addLayout(grid)
        self.body.addStretch(1)

    def begin(self) -> None:
        """Begin with nothing typed."""
        self._digits, self._error = "", ""
        self.retranslate()

    def press(self, key: str) -> None:
        """Take a digit, B for one back, C for all; the sixth digit completes the code."""
        if key == "C":
            self._digits = ""
        elif key == "B":
            self._digits = self._digits[:-1]
        elif len(self._digits) < LENGTH:
            self._digits += key
        self._error = ""
        self.retranslate()
        if len(self._digits) == LENGTH and key not in "CB":
            self.completed.emit(self._digits)

    def refuse(self, text: str) -> None:
        """Say why the code was not taken; the digits stay to be corrected."""
        self._error = text
        self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and backspace from a keyboard."""
        if event.text().isdigit():
            self.press(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.press("B")
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._step.retranslate(self.tr("返回"), self.tr("第 2 步，共 3 步"))
        self.title.setText(self.tr("我已预约"))
        self.second.setText(self.tr("请输入六位预约码，也可以扫描"))
        self.shown.set_text(" ".join(self._digits.ljust(LENGTH, "–")))
        self.error.setText(self._error)
        self.keys["C"].setText(self.tr("清空"))
        self.keys["B"].setText(self.tr("退一位"))
