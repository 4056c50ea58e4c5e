"""Owns the card of what has to be there before the next step; must not judge what is missing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui.complaints.checks import Check, Checks
from ui.shell.fonts import font
from ui.widgets.card import Card
from ui.widgets.icon import paint_icon
from ui.widgets.label import CARD_TITLE, Label
from ui.widgets.painting import Themed, broken_lines, paint_box
from ui.widgets.stage import VBox, clear

_ROW, _LINE, _BOX, _GAP = 36, 21, 20, 10
# The words of a card 248 px wide.
_WORDS: Final = 182


class _Item(Themed, QCheckBox):
    """A box and words in as many lines as they need; one without a key only tells."""

    def __init__(self, check: Check) -> None:
        super().__init__(check.text)
        self._lines = broken_lines(check.text, font(14), _WORDS)
        self.setAccessibleName(check.text)
        self.setChecked(check.done)
        self.setEnabled(bool(check.key))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ringRadius", 6)
        if check.key:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole row takes the press."""
        return bool(self.rect().contains(pos))

    def sizeHint(self) -> QSize:
        """15 px of air around the lines."""
        return QSize(_BOX + _GAP + _WORDS, _ROW - _LINE + _LINE * len(self._lines))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        painter, theme = self.begin_painting(), self.theme()
        top = (_ROW - _LINE) / 2
        box = QRectF(0, top + (_LINE - _BOX) / 2, _BOX, _BOX)
        if self.isChecked():
            paint_box(painter, box, 5, theme.colour("accent"))
            place = QRectF(0, 0, 15, 15)
            place.moveCenter(box.center())
            paint_icon(painter, "check", place, theme.colour("on_accent"), stroke=2.8)
        else:
            over = self.underMouse() and self.isEnabled()
            ground = theme.colour("canvas" if over else "surface")
            paint_box(painter, box, 5, ground, theme.colour("control"), theme.edge(1.5))
        for at, text in enumerate(self._lines):
            words = QRectF(_BOX + _GAP, top + at * _LINE, self.width() - _BOX - _GAP, _LINE)
            self.paint_text(painter, words, text, font(14), theme.colour("ink1"))


class CheckList(Card):
    """``ticked`` carries a key and whether it is ticked now."""

    ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checks = Checks("", ())
        self.title = Label("", CARD_TITLE, wrap=True)
        self._rows = VBox()
        column = VBox(margins=(18, 16, 18, 16), parent=self)
        column.addWidget(self.title)
        column.add_gap(8)
        column.addLayout(self._rows)
        column.addStretch(1)
        self.items: list[QCheckBox] = []

    def show_checks(self, checks: Checks) -> None:
        """Show these; nothing to check hides the words."""
        if checks == self._checks:
            return
        same = [(c.text, c.key) for c in checks.items] == [
            (c.text, c.key) for c in self._checks.items
        ]
        self._checks = checks
        self.title.setText(checks.title)
        if same:
            # The row keeps the keyboard.
            for item, check in zip(self.items, checks.items, strict=True):
                item.setChecked(check.done)
            return
        clear(self._rows)
        self.items = []
        for check in checks.items:
            item = _Item(check)
            if check.key:
                item.clicked.connect(lambda on, key=check.key: self.ticked.emit(key, on))
            self.items.append(item)
            self._rows.addWidget(item)

    def missing(self) -> list[str]:
        """What is not there yet."""
        return [check.text for check in self._checks.items if not check.done]
