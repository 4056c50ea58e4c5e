"""Owns the strip under a top bar that stays until a trouble is over; must not detect trouble."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter
from PySide6.QtWidgets import QWidget

from ui.widgets.button import SMALL_TOUCH, Button, DangerButton, PlainButton
from ui.widgets.label import Label, TextRole
from ui.widgets.painting import Themed, paint_box
from ui.widgets.stage import HBox
from ui.widgets.state import LOOKS, State
from ui.widgets.status import StatusGlyph


class Banner(Themed, QWidget):
    """An amber strip (or one of another state): a sentence, perhaps one button; hidden at first.

    ``danger`` is for a button that changes what is real; ``icon`` stands left of its words.
    """

    pressed = Signal()

    def __init__(
        self,
        state: State = State.ATTENTION,
        *,
        strip: bool = True,
        danger: bool = False,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._state, self._strip = state, strip
        self._glyph = StatusGlyph(state, 20)
        self._lead = Label("", TextRole(15, 700, LOOKS[state].text))
        self._lead.hide()
        self.sentence = Label("", TextRole(14, 500, LOOKS[state].text), wrap=True)
        kind = DangerButton if danger else PlainButton
        self.button: Button = kind("", size=SMALL_TOUCH, icon=icon)
        self.button.hide()
        row = HBox(spacing=12, margins=(24 if strip else 18, 5, 10, 5), parent=self)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._lead)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self.pressed)
        self.setMinimumHeight(56 if not strip else 48)
        self.hide()

    def show_text(self, text: str, *, button: str = "", lead: str = "") -> None:
        """Stand until ``clear``; a button only if there is something to do, ``lead`` in bold."""
        news = text != self.sentence.text() or not self.isVisible()
        self.sentence.setText(text)
        self._lead.setText(lead)
        self._lead.setVisible(bool(lead))
        self.setAccessibleName(f"{lead} {text}".strip())
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.show()
        if news:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Go: the trouble is over."""
        self.hide()

    def set_state(self, state: State) -> None:
        """Take the colours of another state."""
        self._state = state
        self._glyph.set_state(state)
        for label in (self._lead, self.sentence):
            label.set_token(LOOKS[state].text)
        self.update()

    def paintEvent(self, _event: object) -> None:
        """Tint and edge of the state; a strip has no corners."""
        look, theme = LOOKS[self._state], self.theme()
        painter, rect = QPainter(self), QRectF(self.rect())
        line = theme.colour(look.line)
        if self._strip:
            painter.fillRect(rect, theme.colour(look.tint))
            painter.fillRect(QRectF(0, rect.bottom() - 1, rect.width(), 1), line)
        else:
            tint = theme.colour(look.tint)
            paint_box(painter, rect, self.px(10), tint, line, self.px(theme.edge(1)))
