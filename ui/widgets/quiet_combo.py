"""Owns the drop-down choice of forms that scroll; must not know what is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget


class QuietCombo(QComboBox):
    """A choice by code that scrolling over it does not change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ownFocus", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.setSizeAdjustPolicy(policy)
        self.setMinimumContentsLength(4)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Code and words of every choice; what is chosen stays chosen, without a signal."""
        chosen = self.code()
        blocked = self.blockSignals(True)
        self.clear()
        for code, words in choices:
            self.addItem(words, code)
        self.choose(chosen)
        self.blockSignals(blocked)

    def code(self) -> str:
        """The code chosen, or an empty text."""
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def choose(self, code: str) -> None:
        """Choose by code; an unknown one chooses nothing."""
        self.setCurrentIndex(self.findData(code))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The form scrolls, the choice stays."""
        event.ignore()
