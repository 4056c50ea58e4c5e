"""What happens when the program itself is wrong: logged with a reference, told once."""

from __future__ import annotations

import logging
import secrets
import sys
import traceback
from logging.handlers import RotatingFileHandler
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from branch.kernel.settings import Settings

_log = logging.getLogger("tingtang")
_LOG_BYTES = 1_000_000


class Defects(QObject):
    """Takes every error nobody expected; ``found`` carries the reference to tell."""

    found = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._shown: set[str] = set()
        self._start_log(settings)
        self._before = sys.excepthook
        sys.excepthook = self._on_exception

    def give_back(self) -> None:
        """Leave the interpreter's hook as it was."""
        sys.excepthook = self._before

    def report(self, error: BaseException) -> None:
        """Log an error with a reference, and tell it unless the same one was told before."""
        reference = secrets.token_hex(3).upper()
        _log.error("defect %s\n%s", reference, told(error))
        place = traceback.extract_tb(error.__traceback__)[-1:]
        mark = f"{type(error).__name__}{place}"
        if mark not in self._shown:
            self._shown.add(mark)
            self.found.emit(reference)

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        self.report(error)

    @staticmethod
    def _start_log(settings: Settings) -> None:
        handler: logging.Handler
        try:
            folder = settings.home / "logs"
            folder.mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(
                folder / "tingtang.log", maxBytes=_LOG_BYTES, backupCount=3, encoding="utf-8"
            )
        except OSError:
            # The folder cannot be written: the program says so elsewhere; the log goes to stderr.
            handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _log.addHandler(handler)


def told(error: BaseException) -> str:
    """Where an error arose and of what kind it is; never its words.

    A driver quotes the row it did not take, a conversion the text it did not understand: names
    and numbers that no log may keep.
    """
    parts = []
    seen: BaseException | None = error
    while seen is not None:
        frames = "".join(traceback.format_tb(seen.__traceback__))
        parts.append(f"{frames}{type(seen).__qualname__}")
        seen = seen.__cause__ or seen.__context__
    return "\nafter\n".join(parts)
