"""Owns the page for a booking code: six digits by touch, keyboard or scanner."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kiosk.mode import Mode
from ui.kiosk.page import KioskPage
from ui.kiosk.paragraph import Paragraph
from ui.shell.station import Station
from ui.widgets.button import KIOSK_MAIN, Button, PlainButton, PrimaryButton
from ui.widgets.label import K_TITLE, TextRole
from ui.widgets.painting import Themed, paint_box
from ui.widgets.stage import Grid, HBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

LENGTH: Final = 6
_ERROR: Final = TextRole(32, 500, "danger_text")
_KEY: Final = replace(KIOSK_MAIN, font_px=56, icon_px=56, edge_token="control")
_KEY_LOW: Final = replace(_KEY, height=100, font_px=48)
_WORD: Final = replace(_KEY, font_px=36)
_WORD_LOW: Final = replace(_KEY_LOW, font_px=36)


class CodeCells(Themed, QWidget):
    """Six cells with the digits typed so far."""

    def __init__(self, height: int) -> None:
        self._height = height
        self.digits = ""
        self.wrong = False
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_digits(self, digits: str, *, wrong: bool) -> None:
        """Show the digits; ``wrong`` marks a code that was refused."""
        self.digits, self.wrong = digits, wrong
        self.setAccessibleName(" ".join(digits))
        self.update()

    def sizeHint(self) -> QSize:
        """Six cells with their gaps."""
        return QSize(round(self.px(968)), round(self.px(self._height)))

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        """The cells; the next one to fill stands out."""
        painter, theme = self.begin_painting(), self.theme()
        gap = self.px(16)
        width = (self.width() - gap * (LENGTH - 1)) / LENGTH
        face = self.font_px(72, 500)
        centre = Qt.AlignmentFlag.AlignHCenter
        for at in range(LENGTH):
            box = QRectF(at * (width + gap), 0, width, self.height())
            token = "accent" if at == len(self.digits) else "control"
            edge = theme.colour("danger" if self.wrong else token)
            thick = self.px(theme.edge(4 if at == len(self.digits) else 2))
            paint_box(painter, box, self.px(16), theme.colour("surface"), edge, thick)
            self.paint_text(
                painter, box, self.digits[at : at + 1], face, theme.colour("ink1"), centre
            )


class BookingPage(KioskPage):
    """A number pad; ``completed`` carries the six digits."""

    completed = Signal(str)
    takes_code = True

    def __init__(self, station: Station, mode: Mode) -> None:
        super().__init__(station, mode, back=True)
        low = mode.low
        self.digits = ""
        self._error = ""
        self.title = Paragraph(K_TITLE, 75)
        self.second = Paragraph(TextRole(32, 400, "ink2"), 48)
        self.body.add_gap(0 if low else 20)
        self.body.addWidget(self.title)
        self.body.add_gap(0 if low else 4)
        self.body.addWidget(self.second)
        self.body.add_gap(16 if low else 36)
        self.cells = CodeCells(110 if low else 150)
        self.body.addWidget(self.cells)
        self.body.add_gap(8 if low else 16)
        self.glyph = StatusGlyph(State.URGENT, 36)
        self.error = Paragraph(_ERROR, 48, wrap=True)
        row = HBox(spacing=14)
        row.addWidget(self.glyph)
        row.addWidget(self.error, 1)
        self.body.addLayout(row)
        self.body.add_gap(8 if low else 24)
        self.keys: dict[str, Button] = {}
        self.body.addLayout(self._pad())
        self.body.addStretch(1)
        self.take = PrimaryButton("", size=KIOSK_MAIN, icon="ticket")
        self.take.clicked.connect(self.complete)
        self.body.addWidget(self.take)
        self.retranslate()

    def _pad(self) -> Grid:
        grid = Grid(columns=3, spacing=16)
        low = self.mode.low
        for at, key in enumerate("123456789C0B"):
            digit = key.isdigit()
            size = (_KEY_LOW if low else _KEY) if digit else (_WORD_LOW if low else _WORD)
            button = PlainButton(key if digit else "", size=size)
            # The same digit may follow itself at once.
            button.repeat_guard = False
            button.clicked.connect(lambda _checked=False, key=key: self.press(key))
            grid.addWidget(button, at // 3, at % 3)
            self.keys[key] = button
        return grid

    def press(self, key: str) -> None:
        """Take a digit, B for one back, C for all."""
        if key == "C":
            self.digits = ""
        elif key == "B":
            self.digits = self.digits[:-1]
        elif len(self.digits) < LENGTH:
            self.digits += key
        self._error = ""
        self._show()

    def complete(self) -> None:
        """Tell the code, when it has all its digits."""
        if len(self.digits) == LENGTH:
            self.take.setEnabled(False)
            self.completed.emit(self.digits)
        else:
            self.refuse(self.digits, self.tr("预约码是六位数字，请再核对"))

    def refuse(self, digits: str, text: str) -> None:
        """Say why a code was not taken; its digits stay to be corrected."""
        self.digits, self._error = digits[:LENGTH], text
        self._show()

    def error_text(self) -> str:
        """Why the code was refused, or an empty text."""
        return self._error

    def _show(self) -> None:
        wrong = bool(self._error)
        self.cells.show_digits(self.digits, wrong=wrong)
        self.error.setText(self._error)
        # An empty line keeps the pad where it is.
        self.glyph.set_state(State.URGENT)
        keep = self.glyph.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.glyph.setSizePolicy(keep)
        self.glyph.setVisible(wrong)
        self.take.setEnabled(len(self.digits) == LENGTH)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        super().retranslate()
        self.title.setText(self.tr("我已预约"))
        self.second.setText(self.tr("请输入六位预约码，也可以扫描"))
        self.keys["C"].setText(self.tr("清空"))
        self.keys["B"].setText(self.tr("退一位"))
        self.take.setText(self.tr("取号"))
        self._show()
