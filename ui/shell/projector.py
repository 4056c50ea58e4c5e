"""Owns the child process that projects waits: starts it, hands it questions, brings the answers.

Everything here runs on the GUI thread and only moves bytes; nothing waits for the child.
"""

from __future__ import annotations

import logging
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QTimer

import ui
from branch.lobby.waits.projection import Projection
from ui.shell import projecting
from ui.shell.projecting import take_answer

Then = Callable[[Projection | None], None]

_log = logging.getLogger(__name__)
_ROOT: Final = Path(ui.__file__).parents[1]
# A projection takes a tenth of a second; a child that is silent for so long hangs.
_PATIENCE_MS: Final = 10_000
# A child that ended twice without an answer is not started again before this.
_REST_S: Final = 60.0
_END_MS: Final = 2_000


class Projector(QObject):
    """One child process, started with the first question and again once when it ended by itself.

    After that every question is answered with None, until it has rested for a minute.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._received = bytearray()
        self._waiting: deque[Then] = deque()
        self._failures = 0
        self._rests_until = 0.0
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)

    def start(self) -> None:
        """Start the child, so that the first answer comes as quickly as any other."""
        if self._process is not None or time.monotonic() < self._rests_until:
            return
        process = QProcess(self)
        process.setWorkingDirectory(str(_ROOT))
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_ended)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        self._received.clear()
        process.start(sys.executable, ["-m", projecting.__name__])

    def ask(self, question: bytes, then: Then) -> None:
        """Have a question answered, framed as the child reads it; ``then`` gets None when there
        will be no answer."""
        self.start()
        if self._process is None:
            then(None)
            return
        self._waiting.append(then)
        self._process.write(question)
        if not self._patience.isActive():
            self._patience.start()

    def stop(self) -> None:
        """End the child; whoever still waits is told nothing."""
        self._waiting.clear()
        self._patience.stop()
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._on_ended)
        process.errorOccurred.disconnect(self._on_error)
        process.closeWriteChannel()
        if process.state() is not QProcess.ProcessState.NotRunning and not process.waitForFinished(
            _END_MS
        ):
            process.kill()
            process.waitForFinished(_END_MS)
        process.deleteLater()

    # -- answers --------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._process is None:
            return
        self._received += self._process.readAllStandardOutput().data()
        while (answer := take_answer(self._received)) is not None:
            self._failures = 0
            self._patience.stop()
            then = self._waiting.popleft()
            if self._waiting:
                self._patience.start()
            then(answer)

    # -- a child that fails ---------------------------------------------------------------------

    def _give_up(self) -> None:
        if self._process is not None:
            _log.error("no projection after %d ms", _PATIENCE_MS)
            self._process.kill()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        # Any other error is followed by ``finished``.
        if error is QProcess.ProcessError.FailedToStart:
            self._on_ended(-1)

    def _on_ended(self, status: int, _how: object = None) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        told = bytes(process.readAllStandardError().data()).decode(errors="replace").strip()
        _log.error("the projecting process ended (%d): %s", status, told or process.errorString())
        process.deleteLater()
        self._patience.stop()
        self._failures += 1
        if self._failures > 1:
            self._rests_until = time.monotonic() + _REST_S
            self._failures = 0
        lost, self._waiting = self._waiting, deque()
        self.start()
        for then in lost:
            then(None)
