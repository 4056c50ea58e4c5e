"""Owns the last step of a new branch: its data encrypted or not, its recovery key on paper."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branch.bootstrap import Branch
from branch.kernel.errors import TingtangError
from branch.kernel.protection import NoteRecoverySheet
from branch.kernel.runner import Actor
from branch.kernel.settings import Settings
from branch.lobby.queries.screens import BranchName, branch_name
from branch.people.queries import account_id
from ui.shell.station import sentence
from ui.shell.worker import Worker
from ui.widgets.field import ErrorLine
from ui.widgets.recovery_sheet import RecoverySheet
from ui.widgets.stage import VBox

_STATION = "first-start"


@dataclass(frozen=True)
class _Made:
    """The key of the branch just founded, for its sheet; ``now`` in milliseconds."""

    branch: BranchName
    founder: int
    key: str
    fingerprint: str
    now: int


class KeyPage(QWidget):
    """``ready`` comes when there is a sheet to print, ``done`` when the person is done with it, at
    once where a branch to try things on has no key."""

    ready = Signal()
    done = Signal()

    def __init__(self, worker: Worker, settings: Settings) -> None:
        super().__init__()
        self._worker, self.settings = worker, settings
        self._founder = Actor(0, _STATION)
        self.sheet = RecoverySheet(self)
        self.trouble = ErrorLine()
        column = VBox(parent=self)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.trouble)
        self.sheet.later.connect(self._end)
        self.sheet.put_away.connect(self._put_away)

    def begin(self, staff_no: str, *, encrypted: bool) -> None:
        """Go on for the founder of this number; the file is written in the clear if so wished."""

        def look(branch: Branch) -> _Made | None:
            fingerprint = branch.key_status().fingerprint
            founder = account_id(branch.store, staff_no)
            if not fingerprint or founder is None:
                return None
            key, now = branch.recovery_key(), branch.clock.now_ms()
            return _Made(branch_name(branch.store), founder, key, fingerprint, now)

        def made(found: _Made | None) -> None:
            if found is None:
                self.done.emit()
                return
            self._founder = Actor(found.founder, _STATION)
            self.sheet.offer(found.branch, found.key, found.fingerprint, found.now)
            self.ready.emit()
            if not encrypted:
                self._write_in_the_clear()

        # The branch stands, whatever happens now; the settings remind of a sheet not printed.
        self._worker.ask(self, look, made, lambda _error: self.done.emit())

    def _write_in_the_clear(self) -> None:
        self._worker.ask(
            self,
            lambda branch: branch.set_encryption(False, self._founder),
            lambda _none: None,
            self._failed,
        )

    def _put_away(self) -> None:
        self._worker.run(
            self, NoteRecoverySheet(), self._founder, lambda _outcome: self._end(), self._failed
        )

    def _failed(self, error: TingtangError) -> None:
        self.trouble.show_error(sentence(error))

    def _end(self) -> None:
        self.sheet.forget()
        self.done.emit()
