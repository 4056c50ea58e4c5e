"""Owns a drop-down choice with its label and error; must not know what is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.field import ErrorLine
from ui.widgets.label import Label, TextRole
from ui.widgets.quiet_combo import QuietCombo


class ChoiceField(QWidget):
    """A label over a drop-down choice by code, with its error under it."""

    def __init__(self) -> None:
        super().__init__()
        self.label = Label("", TextRole(13, 500, "ink2"))
        self.label.setContentsMargins(0, 0, 0, 6)
        self.combo = QuietCombo()
        self.error = ErrorLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(self.combo)
        column.addWidget(self.error)
        self.label.setBuddy(self.combo)
        self.setFocusProxy(self.combo)
        self.combo.currentIndexChanged.connect(lambda _at: self.set_error(""))

    def set_label(self, text: str) -> None:
        """Name the choice, for the eye and for a screen reader."""
        self.label.setText(text)
        self.combo.setAccessibleName(text)

    def set_error(self, text: str) -> None:
        """Say what would be right; an empty text takes the sentence away."""
        self.error.show_error(text)
        self.combo.setAccessibleDescription(text)
