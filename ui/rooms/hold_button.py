"""Owns a button that acts after it was held for a while; must not know what for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.button import ButtonSize, PlainButton

HOLD_MS: Final = 1000


class HoldButton(PlainButton):
    """``held`` tells that it was held down for one second, by finger, mouse or the space bar.

    Nothing moves, lights up or sounds while it is held: it looks like any other button.
    """

    held = Signal()

    def __init__(self, *, size: ButtonSize, icon: str, parent: QWidget | None = None) -> None:
        super().__init__("", size=size, icon=icon, parent=parent)
        self.repeat_guard = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HOLD_MS)
        self._timer.timeout.connect(self.held)
        self.pressed.connect(self._timer.start)
        self.released.connect(self._timer.stop)
