"""Owns the list of changes that would have helped most, each to be added; must not try any."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from ui.dashboard.whatif_lines import Line, Offer
from ui.dashboard.whatif_words import line_words, saved_words
from ui.widgets.button import COMPACT, AccentButton
from ui.widgets.label import BODY, CAPTION, Label
from ui.widgets.stage import HBox, VBox, clear


class HelpList(QWidget):
    """What helps most first; ``wanted`` carries the Line whose button is pressed."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = VBox(spacing=10, parent=self)
        self._found: tuple[tuple[Line, int], ...] | None = None
        self._offer: Offer | None = None
        self.buttons: list[AccentButton] = []

    def show_helps(self, found: Sequence[tuple[Line, int]] | None, offer: Offer | None) -> None:
        """Show lines with the time in line (ms) each saves; None: nothing was asked yet."""
        self._found = None if found is None else tuple(found)
        self._offer = offer
        self._show()

    def texts(self) -> list[str]:
        """What it says, line by line."""
        return [label.text() for label in self.findChildren(Label) if label.isVisibleTo(self)]

    def _show(self) -> None:
        clear(self._column)
        self.buttons = []
        self.setVisible(self._found is not None)
        if self._found is None or self._offer is None:
            return
        if not self._found:
            text = self.tr("试过加开柜台和让柜台多办业务，都不会少等")
            self._column.addWidget(Label(text, BODY, wrap=True))
        for line, saved in self._found:
            self._column.addLayout(self._row(line, saved, self._offer))

    def _row(self, line: Line, saved: int, offer: Offer) -> HBox:
        text = line_words(line, offer)
        button = AccentButton(self.tr("加上"), size=COMPACT)
        button.setAccessibleName(self.tr("加上：{change}").format(change=text))
        button.clicked.connect(lambda _on=False, line=line: self._take(line))
        self.buttons.append(button)
        words = VBox(spacing=1)
        words.addWidget(Label(text, BODY, wrap=True))
        words.addWidget(Label(saved_words(saved), CAPTION, wrap=True))
        row = HBox(spacing=10)
        row.addLayout(words, 1)
        row.addWidget(button)
        return row

    def _take(self, line: Line) -> None:
        # With it added the others would save something else.
        self.show_helps(None, None)
        self.wanted.emit(line)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
