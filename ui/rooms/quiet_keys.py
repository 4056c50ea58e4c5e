"""Owns the keys that call for help without a sign: in a window and in every question that stands
before it; must not call itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QChildEvent, QEvent, QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from branch.rooms.rules import LEVELS


class QuietKeys(QObject):
    """Ctrl+1 to Ctrl+3 call ``wanted`` with the level.

    A question takes the keys from the window behind it, and the moment a customer is asked to
    sign is no moment to be without them: each gets keys of its own as it is shown.
    """

    def __init__(self, window: QWidget, wanted: Callable[[int], object]) -> None:
        super().__init__(window)
        self._wanted = wanted
        self._reach(window)

    def _reach(self, place: QWidget) -> None:
        for level in LEVELS:
            key = QShortcut(QKeySequence(f"Ctrl+{level}"), place)
            key.activated.connect(partial(self._wanted, level))
        place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A question is about to be shown."""
        if isinstance(event, QChildEvent) and event.type() == QEvent.Type.ChildPolished:
            child = event.child()
            if isinstance(child, QDialog):
                self._reach(child)
        return bool(super().eventFilter(watched, event))
