"""Owns the card of how upset the customer is, with what helps; must not judge it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Signal

from ui.models.room_words import mood_advice, mood_label
from ui.widgets.card import Card
from ui.widgets.choice import SegmentedControl
from ui.widgets.label import CARD_TITLE, Label, TextRole
from ui.widgets.stage import VBox

CALM, WORRIED, UPSET = "calm", "worried", "upset"
MOODS: Final = (CALM, WORRIED, UPSET)
# The record (form TS-08) counts from 1 to 5; the card shows the three one can tell apart.
GRADES: Final = {CALM: 2, WORRIED: 3, UPSET: 4}


def mood_of(grade: int) -> str:
    """Which of the three a grade from 1 to 5 belongs to."""
    if grade <= GRADES[CALM]:
        return CALM
    return WORRIED if grade <= GRADES[WORRIED] else UPSET


class MoodCard(Card):
    """Three moods side by side, the advice for the one chosen; ``chosen`` carries its grade."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", CARD_TITLE)
        self.moods = SegmentedControl([(key, "") for key in MOODS], padding=6, height=42, wide=True)
        self.advice = Label("", TextRole(14, 400, "ink2"), wrap=True)
        column = VBox(margins=(20, 18, 20, 20), parent=self)
        column.addWidget(self.title)
        column.add_gap(12)
        column.addWidget(self.moods)
        column.add_gap(14)
        column.addWidget(self.advice)
        self.moods.chosen.connect(self._on_chosen)
        self.retranslate()

    def show_grade(self, grade: int) -> None:
        """Show how upset he is, from 1 to 5."""
        self.moods.set_current(mood_of(grade))
        self._advise()

    def _on_chosen(self, key: str) -> None:
        self._advise()
        self.chosen.emit(GRADES[key])

    def _advise(self) -> None:
        self.advice.setText(mood_advice(self.moods.current()))

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("客户情绪"))
        self.moods.setAccessibleName(self.tr("客户情绪"))
        self.moods.set_texts({key: mood_label(key) for key in MOODS})
        self._advise()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
