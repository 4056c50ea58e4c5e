"""Owns that what was written is not lost by one key: leaving asks first; must not know what it
is."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ui.widgets.ask_dialog import AskDialog
from ui.widgets.leaving import ask_to_leave


class WrittenDialog(AskDialog):
    """A question with words to write. Esc and the way back ask once something was changed."""

    _before: object = None

    def written(self) -> object:
        """What stands in it, to be compared: every line and every text."""
        lines = [edit.text() for edit in self.findChildren(QLineEdit)]
        return lines, [edit.toPlainText() for edit in self.findChildren(QPlainTextEdit)]

    def showEvent(self, event: QShowEvent) -> None:
        """What it began with is no change."""
        if self._before is None:
            self._before = self.written()
        super().showEvent(event)

    def reject(self) -> None:
        """Leave at once when nothing was changed."""
        if self._before is None or self.written() == self._before:
            super().reject()
            return
        ask_to_leave(self, self._leave)

    def _leave(self) -> None:
        super().reject()
