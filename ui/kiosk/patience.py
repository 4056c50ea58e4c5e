"""Owns how long a kiosk left alone waits, and the question before it gives up; knows no page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.kiosk.mode import Mode
from ui.kiosk.still_there import StillThere


class Patience(QObject):
    """``ended`` when nobody touched the kiosk for long enough, or pressed 返回首页."""

    ended = Signal()

    def __init__(self, ground: QWidget, now: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._ground, self._now = ground, now
        self.question: StillThere | None = None

    def look(self, touched_at: int, mode: Mode) -> None:
        """Once a second, with the last sign of life (ms): ask, count down, or give up."""
        idle = (self._now() - touched_at) // 1000
        left = mode.ask_s + mode.leave_s - idle
        if left <= 0:
            self.ended.emit()
        elif idle >= mode.ask_s:
            if self.question is None:
                self.question = StillThere(mode, self._ground)
                self.question.stayed.connect(self.drop)
                self.question.left.connect(self.ended)
            self.question.count(left)

    def drop(self) -> None:
        """Take the question back: somebody is there, or the page has changed."""
        if self.question is not None:
            self.question.hide()
            self.question.deleteLater()
            self.question = None
