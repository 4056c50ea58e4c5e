"""Owns what counts as written in a question made of lines and texts; must not know what it is."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ui.widgets.ask_dialog import AskDialog


class WrittenDialog(AskDialog):
    """A question with words to write."""

    def written(self) -> object:
        """Every line and every text."""
        lines = [edit.text() for edit in self.findChildren(QLineEdit)]
        return lines, [edit.toPlainText() for edit in self.findChildren(QPlainTextEdit)]
