"""Owns the rows of alerts with the action that answers each; must not act itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.button import SMALL_TOUCH, AccentButton, Button, PlainButton
from ui.widgets.card import Card
from ui.widgets.label import BODY, STRONG, ElidedLabel, Label
from ui.widgets.painting import Themed
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

ROW_HEIGHT = 58
MOST_ROWS_SEEN = 3
MOST_ROWS_IN_LOW_WINDOW = 2


@dataclass(frozen=True)
class AlertWords:
    """An alert as its row says it: whom it is about, what is the matter, what can be done.

    ``actions`` are pairs of a key and the words of its button; the last is the one to choose
    when ``lead`` is set.
    """

    key: str
    state: State
    subject: str
    text: str
    actions: tuple[tuple[str, str], ...]
    lead: bool = False


class AlertRow(Themed, QWidget):
    """One alert in a height of 58 px."""

    pressed = Signal(str, str)

    def __init__(self, words: AlertWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._ruled = False
        self._glyph = StatusGlyph(words.state)
        self.subject = Label("", STRONG)
        self.text = ElidedLabel("", BODY)
        self._buttons: dict[str, Button] = {}
        self.setFixedHeight(ROW_HEIGHT)
        self._row = HBox(spacing=12, margins=(17, 0, 11, 0), parent=self)
        self._row.addWidget(self._glyph)
        words_row = HBox(spacing=4)
        words_row.addWidget(self.subject)
        words_row.addWidget(self.text, 1)
        self._row.addLayout(words_row, 1)
        self.show_words(words)

    def button(self, action: str) -> Button:
        """The button of an action; raises KeyError for another key."""
        return self._buttons[action]

    def show_words(self, words: AlertWords) -> None:
        """Say it as it stands now."""
        self._words = words
        self._glyph.set_state(words.state)
        self.subject.setText(words.subject)
        self.text.set_text(words.text)
        self.setAccessibleName(f"{words.subject} {words.text}")
        if list(self._buttons) != [key for key, _text in words.actions]:
            self._make_buttons()
        for key, text in words.actions:
            self._buttons[key].setText(text)
            self._buttons[key].setAccessibleName(f"{text}，{words.subject}")
            self._buttons[key].updateGeometry()

    def set_ruled(self, ruled: bool) -> None:
        """Whether another row follows."""
        self._ruled = ruled
        self.update()

    def set_busy(self, busy: bool) -> None:
        """Off while an answer is awaited; on again when the trouble is still there."""
        for button in self._buttons.values():
            button.setEnabled(not busy)

    def _make_buttons(self) -> None:
        for button in self._buttons.values():
            button.deleteLater()
        self._buttons = {}
        for at, (key, text) in enumerate(self._words.actions):
            last = at == len(self._words.actions) - 1
            kind = AccentButton if self._words.lead and last else PlainButton
            button = kind(text, size=SMALL_TOUCH)
            button.clicked.connect(lambda _on=False, key=key: self._press(key))
            self._buttons[key] = button
            self._row.addWidget(button)

    def _press(self, action: str) -> None:
        self.pressed.emit(self._words.key, action)

    def paintEvent(self, _event: object) -> None:
        """A rule below, but for the last row: there the card has its edge."""
        if not self._ruled:
            return
        rule = QRectF(1, self.height() - 1, self.width() - 2, 1)
        QPainter(self).fillRect(rule, self.theme().colour("line"))


class AlertList(Card):
    """The alerts one under the other, a few in sight; not there while all is well."""

    pressed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, AlertRow] = {}
        self._most = MOST_ROWS_SEEN
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area = ScrollArea(self._content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def shown(self) -> tuple[str, ...]:
        """The alerts shown, the most urgent first."""
        return tuple(self._rows)

    def row(self, key: str) -> AlertRow:
        """The row of one alert; raises KeyError when it is not shown."""
        return self._rows[key]

    def set_busy(self, key: str, busy: bool) -> None:
        """Switch the buttons of an alert off while an answer is awaited; it may be gone by then."""
        if key in self._rows:
            self._rows[key].set_busy(busy)

    def show_alerts(self, alerts: Sequence[AlertWords]) -> None:
        """Show these; rows that stay keep their focus."""
        wanted = [words.key for words in alerts]
        for key in [key for key in self._rows if key not in wanted]:
            self._rows.pop(key).deleteLater()
        for at, words in enumerate(alerts):
            row = self._rows.get(words.key)
            if row is None:
                row = AlertRow(words)
                row.pressed.connect(self.pressed)
                self._rows[words.key] = row
            else:
                row.show_words(words)
            row.set_ruled(at < len(alerts) - 1)
            if self._column.indexOf(row) != at:
                self._column.insertWidget(at, row)
        self._rows = {key: self._rows[key] for key in wanted}
        self._fit()
        self.setVisible(bool(alerts))

    def set_low(self, low: bool) -> None:
        """Show fewer at once where the window is low, so that the queues stay in sight."""
        self._most = MOST_ROWS_IN_LOW_WINDOW if low else MOST_ROWS_SEEN
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(min(len(self._rows), self._most) * ROW_HEIGHT + 1)
