"""Owns the guard against double presses; must not know which button it guards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent
from PySide6.QtWidgets import QAbstractButton

if TYPE_CHECKING:
    _Base = QAbstractButton
else:
    _Base = object

# look.md section 6: a second press within this time is the hand's tremor, not a wish.
REPEAT_MS: Final = 400


class PressGuard(_Base):
    """Mixin that swallows a mouse press within 400 ms of the last one that counted."""

    _since_press: QElapsedTimer | None = None
    repeat_guard = True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the first press through, swallow the tremor after it."""
        timer = self._since_press
        if (
            self.repeat_guard
            and timer is not None
            and timer.isValid()
            and timer.elapsed() < REPEAT_MS
        ):
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Start the clock only when the press was one that acts (released on the control)."""
        if self.isDown() and event.button() == Qt.MouseButton.LeftButton:
            self._since_press = QElapsedTimer()
            self._since_press.start()
        super().mouseReleaseEvent(event)
        if event.pointingDevice().type() == QInputDevice.DeviceType.TouchScreen:
            # A finger leaves no pointer behind, so what it touched must not stay lit.
            self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
            self.update()
