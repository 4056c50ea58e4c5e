"""Sees every touch and key of the kiosk's window; decides what counts, not what it leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.widgets.pressing import REPEAT_MS

ENTER: Final = "enter"
RUB: Final = "rub"
ESCAPE: Final = "escape"
_PRESSES: Final = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin}
)
_SEEN: Final = _PRESSES | {QEvent.Type.KeyPress}
_KEYS: Final = {
    Qt.Key.Key_Return: ENTER,
    Qt.Key.Key_Enter: ENTER,
    Qt.Key.Key_Backspace: RUB,
    Qt.Key.Key_Escape: ESCAPE,
}


class Hands(QObject):
    """``touched`` tells of every sign of life, ``touched_at`` when the last one was (ms).

    A press within 400 ms of a new page is the tremor of the one before and goes to nobody.
    ``take_key`` gets digits, ENTER, RUB and ESCAPE, and tells whether it had a use for them.
    """

    touched = Signal()

    def __init__(
        self, window: QWidget, now: Callable[[], int], take_key: Callable[[str], bool]
    ) -> None:
        super().__init__(window)
        self._window, self._now, self._take_key = window, now, take_key
        self.touched_at = now()
        self._page_at = -REPEAT_MS
        application = QCoreApplication.instance()
        assert application is not None  # there is no window without one
        application.installEventFilter(self)

    def note_page(self) -> None:
        """Another page has come under the hand."""
        self._page_at = self._now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note presses and keys of the window; True keeps one from everybody else."""
        kind = event.type()
        if kind not in _SEEN or not isinstance(watched, QWidget):
            return False
        if watched.window() is not self._window:
            return False
        # A clock that was set back must not lock the kiosk.
        if kind in _PRESSES and 0 <= self._now() - self._page_at < REPEAT_MS:
            return True
        self.touched_at = self._now()
        self.touched.emit()
        return isinstance(event, QKeyEvent) and self._on_key(watched, event)

    def _on_key(self, watched: QWidget, event: QKeyEvent) -> bool:
        text = event.text()
        key = text if text.isascii() and text.isdigit() else _KEYS.get(Qt.Key(event.key()), "")
        if key and self._take_key(key):
            return True
        if key == ENTER and isinstance(watched, QAbstractButton):
            watched.click()
            return True
        return False
