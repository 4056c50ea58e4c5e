"""Owns what the sound system says about itself, which belongs in no log; plays nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger(__name__)


@contextmanager
def hushed() -> Iterator[None]:
    """Keep what the sound system says about missing libraries and servers out of the log."""

    def note(_kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
        _log.debug("sound system: %s", message)

    before = qInstallMessageHandler(note)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
