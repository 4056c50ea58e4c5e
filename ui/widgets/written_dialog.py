"""Owns what counts as written in a question made of lines and texts; must not know what it is."""

from __future__ import annotations

from ui.widgets.ask_dialog import AskDialog
from ui.widgets.leaving import words_in


class WrittenDialog(AskDialog):
    """A question with words to write."""

    def written(self) -> object:
        """Every line and every text."""
        return words_in(self)
