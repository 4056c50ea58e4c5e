"""Hears a server's notices in the Qt event loop and says so; it asks the store nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from branch.kernel.errors import StoreError
from branch.kernel.notices import Notices


class Ear(QObject):
    """Watches the socket of a listening connection; connecting is the worker thread's task.

    Reading what is there never waits, so it may be done where windows are drawn. ``heard`` is
    told for notices and when the connection is lost: either way somebody has to look.
    """

    heard = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._notices: Notices | None = None
        self._socket: QSocketNotifier | None = None

    def listen_to(self, notices: Notices) -> None:
        """Watch this connection from now on, and no other."""
        self.stop()
        try:
            number = notices.fileno()
        except StoreError:
            # It ended on its way here: the worker looks, and listens anew unless it has stopped.
            self.heard.emit()
            return
        self._notices = notices
        self._socket = QSocketNotifier(number, QSocketNotifier.Type.Read, self)
        self._socket.activated.connect(self._on_activated)

    def stop(self) -> None:
        """Hear nothing any more and end the connection."""
        self._let_go()
        if self._notices is not None:
            self._notices.close()
            self._notices = None

    def _let_go(self) -> None:
        if self._socket is not None:
            # At once: the next connection may get the same number of socket.
            self._socket.setEnabled(False)
            self._socket.deleteLater()
            self._socket = None

    def _on_activated(self) -> None:
        if self._notices is None:
            return
        try:
            self._notices.drain()
        except StoreError:
            # Not told to anybody here: the worker looks, and finds out whether the store is lost.
            self._let_go()
        self.heard.emit()
