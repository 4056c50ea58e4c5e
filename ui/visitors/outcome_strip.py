"""Owns the strip that says what became of the visitor just noted; must not print by itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.widgets.button import SMALL_TOUCH, PlainButton
from ui.widgets.label import Label, TextRole
from ui.widgets.painting import Themed, paint_box
from ui.widgets.stage import HBox
from ui.widgets.state import LOOKS, State
from ui.widgets.status import StatusGlyph

_GAP = 10
_WORDS = TextRole(14, 500, "ink1")


class OutcomeStrip(Themed, QWidget):
    """A glyph, a sentence, and 打印访客牌 where a badge was handed out."""

    print_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state = State.OK
        self.sentence = Label("", _WORDS, wrap=True)
        self.print_button = PlainButton("", size=SMALL_TOUCH, icon="printer")
        self.print_button.clicked.connect(self.print_wanted)
        self._glyphs = {state: StatusGlyph(state, 18) for state in (State.OK, State.PAUSED)}
        row = HBox(spacing=8, margins=(12, 8, 8, 8 + _GAP), parent=self)
        for glyph in self._glyphs.values():
            row.addWidget(glyph)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.print_button)
        self.hide()

    def tell(self, text: str, state: State, may_print: bool) -> None:
        """Show what became of him; a screen reader hears it."""
        self._state = state
        self.sentence.setText(text)
        self.setAccessibleName(text)
        for kind, glyph in self._glyphs.items():
            glyph.setVisible(kind is state)
        self.print_button.setVisible(may_print)
        self.show()
        self.update()

    def clear(self) -> None:
        """The next visitor begins."""
        self.sentence.setText("")
        self.setAccessibleName("")
        self.hide()

    def retranslate(self) -> None:
        """Take the words of the button anew; the sentence was said."""
        self.print_button.setText(self.tr("打印访客牌"))

    def paintEvent(self, _event: object) -> None:
        """The tint of the state; the gap under it goes with the strip."""
        theme, look = self.theme(), LOOKS[self._state]
        edge = theme.colour(look.line)
        ground = theme.colour(look.tint)
        box = QRectF(self.rect()).adjusted(0, 0, 0, -self.px(_GAP))
        paint_box(QPainter(self), box, self.px(8), ground, edge, self.px(1))
