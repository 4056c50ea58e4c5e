"""Owns the copies of files that are being looked at: made for this user only, and taken away."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from branch.complaints.commands.files import FileContent
from branch.complaints.files import SUFFIXES
from branch.kernel.store import explained

# Long enough for another program to have read it.
_KEPT_MS: Final = 15 * 60 * 1000


class OpenedCopies(QObject):
    """Shows files with the programs of this machine. A copy goes after a quarter of an hour, and
    with whoever owns this, and at the end of the program at the latest."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._end: weakref.finalize[..., OpenedCopies] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_KEPT_MS)
        self._pause.timeout.connect(self.clear)
        parent.destroyed.connect(self.clear)

    def open(self, content: FileContent) -> bool:
        """Make a copy under the suffix of what it really is and show it; False where no program
        of this machine opens it. Raises StoreUnavailable where it cannot be written."""
        with explained():
            path = self._new_folder() / f"{_plain(content.name)}{SUFFIXES[content.kind]}"
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(opened, "wb") as file:
                file.write(content.data)
        self._pause.start()
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def clear(self) -> None:
        """Take every copy away."""
        if self._end is not None:
            self._end()
        self._folder = self._end = None

    def folder(self) -> Path | None:
        """Where the copies are, None while there are none."""
        return self._folder

    def _new_folder(self) -> Path:
        if self._folder is None or not self._folder.exists():
            # Only this user may enter it.
            self._folder = Path(tempfile.mkdtemp(prefix="tingtang-"))
            self._end = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder


def _plain(name: str) -> str:
    """The name without its own suffix and without what a file system does not take."""
    stem = Path(name).stem
    kept = "".join(char if char.isalnum() or char in " -_()" else "-" for char in stem)
    return kept.strip(" .")[:60] or "file"
