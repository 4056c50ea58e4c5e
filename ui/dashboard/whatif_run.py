"""Owns the child process that answers one what-if at a time; must not know what is shown of it.

Everything here runs on the GUI thread and only moves bytes; nothing waits for the child, except
when the program ends.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal

import branch
from branch.kernel.errors import TingtangError
from branch.tools import whatif_child
from branch.tools.whatif_answer import Answer, Question, Refusal
from branch.tools.whatif_child import as_line, from_line

_ROOT: Final = Path(branch.__file__).parents[1]
# A child that was told to stop does so at the next step of its play, a few milliseconds on.
_PATIENCE_MS: Final = 5_000

_log = logging.getLogger(__name__)


class WhatIfRun(QObject):
    """Asks one question at a time of a child process of its own.

    ``progressed`` carries the share done. Each ``start`` is followed by exactly one of
    ``answered`` (an Answer), ``failed`` (a TingtangError) and ``stopped`` (after ``cancel``).
    With this object the child ends as well, and clears away what it played on.
    """

    progressed = Signal(float)
    answered = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        # What is left to be ended when this object is gone.
        children: list[QProcess] = []
        self._children = children
        self.destroyed.connect(lambda: _let_go(children))
        app = QCoreApplication.instance()
        assert app is not None  # there is no child without a loop to hear it
        self._app = app
        app.aboutToQuit.connect(self._end)
        self._told: Answer | TingtangError | None = None
        self._unwanted = False

    @property
    def running(self) -> bool:
        """Whether a question is under way, or its child still on the way out."""
        return self._process is not None

    def start(self, question: Question) -> None:
        """Ask; nothing else may be under way."""
        assert self._process is None
        self._told, self._unwanted = None, False
        # Not our child: it outlives this object by what clearing away takes.
        process = QProcess(self._app)
        self._process = process
        self._children[:] = [process]
        process.setWorkingDirectory(str(_ROOT))
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_ended)
        process.errorOccurred.connect(self._on_error)
        process.start(sys.executable, ["-m", whatif_child.__name__])
        process.write(as_line(question))

    def cancel(self) -> None:
        """Stop asking; ``stopped`` tells when the child is gone."""
        if self._process is not None and not self._unwanted:
            self._unwanted = True
            _let_go(self._children)

    def _end(self) -> None:
        """End the child before the program does."""
        process = self._process
        if process is None:
            return
        self._unwanted = True
        process.closeWriteChannel()
        if not process.waitForFinished(_PATIENCE_MS):
            process.kill()
            process.waitForFinished(_PATIENCE_MS)

    def _read(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            message = from_line(bytes(process.readLine().data()))
            if isinstance(message, float):
                if not self._unwanted:
                    self.progressed.emit(message)
            elif isinstance(message, Refusal):
                self._told = TingtangError(message.code, **message.values)
            elif isinstance(message, Answer):
                self._told = message
            if self._told is not None:
                # It ends by itself, and so its input may as well.
                process.closeWriteChannel()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        # Any other error is followed by ``finished``.
        if error is QProcess.ProcessError.FailedToStart:
            self._on_ended(-1)

    def _on_ended(self, status: int, _how: object = None) -> None:
        if self._process is None:
            return
        self._read()
        process, self._process = self._process, None
        self._children.clear()
        process.deleteLater()
        if self._unwanted:
            self.stopped.emit()
        elif isinstance(self._told, Answer):
            self.answered.emit(self._told)
        else:
            if self._told is None:
                said = bytes(process.readAllStandardError().data()).decode(errors="replace")
                _log.error("what-if ended (%d): %s", status, said.strip() or process.errorString())
            self.failed.emit(self._told or TingtangError("whatif_broken"))


def _let_go(children: list[QProcess]) -> None:
    """End a child that nobody waits for any more, in its own time."""
    for process in children:
        process.finished.connect(process.deleteLater)
        process.closeWriteChannel()
        QTimer.singleShot(_PATIENCE_MS, process, process.kill)
