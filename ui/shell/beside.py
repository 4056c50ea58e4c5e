"""Owns work that needs no store and is too long for the GUI thread, such as making a PDF: one piece
after another on a thread of its own; knows none of the work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal
from shiboken6 import isValid

from branch.kernel.errors import TingtangError

T = TypeVar("T")


class Beside(QObject):
    """Its owner is its parent: when that is gone, nobody hears of what is still under way.

    What is given is held on to by the GUI thread until the other one is done with it: the last to
    hold it frees the window behind it, and Qt falls over a window freed on another thread.
    """

    _ended = Signal(object, object)
    _let_go = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._held: deque[Callable[[], None]] = deque()
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._let_go.connect(self._release, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[TingtangError], None],
    ) -> None:
        """Do it when what was given before is done; the answer comes on the GUI thread.

        ``work`` must not touch a widget or the store. What it raises beside a TingtangError is a
        defect: it is written to the log by Python, and no answer comes.
        """

        def carry_out() -> None:
            try:
                value = work()
            except TingtangError as error:
                self._tell(failed, error)
            else:
                self._tell(then, value)

        self._held.append(carry_out)
        self._pool.start(carry_out)
        # One thread, one piece after another: this one starts when the pool has let the first go.
        self._pool.start(self._pass_by)

    def wait(self) -> None:
        """Return when everything given is done, as before the end."""
        self._pool.waitForDone()

    # -- the other thread ---------------------------------------------------------------------

    def _tell(self, callback: Callable[[Any], None], value: object) -> None:
        if isValid(self):
            self._ended.emit(callback, value)

    def _pass_by(self) -> None:
        if isValid(self):
            self._let_go.emit()

    # -- the GUI thread -----------------------------------------------------------------------

    def _deliver(self, callback: Callable[[Any], None], value: object) -> None:
        callback(value)

    def _release(self) -> None:
        self._held.popleft()
