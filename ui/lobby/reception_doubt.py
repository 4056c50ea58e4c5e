"""Owns the amber line under a field that something looks odd; stops nobody."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from branch.kernel.phrases import phrases
from ui.shell.language import language
from ui.widgets.label import Label, TextRole
from ui.widgets.stage import HBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph


class DoubtLine(QWidget):
    """The triangle and a sentence; takes no room while there is no doubt."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = ""
        self.sentence = Label("", TextRole(13, 400, "warn_text"), wrap=True)
        row = HBox(spacing=6, margins=(0, 4, 0, 0), parent=self)
        row.addWidget(StatusGlyph(State.ATTENTION, 15))
        row.addWidget(self.sentence, 1)
        self.hide()

    def show_doubt(self, code: str | None) -> None:
        """Say a doubt (a code of errors.yaml); None takes the line away."""
        self.code = code or ""
        self.sentence.setText(phrases("errors").say(code, language().code) if code else "")
        self.setVisible(bool(code))
