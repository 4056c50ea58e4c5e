"""Owns the check of the journal's chain from the screen: step by step, its answer in words."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from branch.kernel.errors import TingtangError
from branch.kernel.journal import Broken, Verification
from branch.kernel.phrases import phrases
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.state import State


class AuditCheck(QObject):
    """Checks in steps on the store's thread, so that other work has its turn between them.

    ``said`` carries a state and a sentence: progress first, the answer at last.
    """

    said = Signal(object, str)

    def __init__(self, station: Station, parent: QObject) -> None:
        super().__init__(parent)
        self._station = station
        self._found: Broken | int | None = None
        self._head: tuple[int, str] = (0, "")
        self._checked = 0
        self.under_way = False

    def start(self) -> None:
        """Check from the first entry; does nothing while a check is under way."""
        if self.under_way:
            return
        self.under_way, self._found, self._checked = True, None, 0
        self._head = (0, "")
        self.say()
        self._station.ask(self, Verification, self._began, self._failed)

    def _began(self, verification: Verification) -> None:
        self._head = verification.head
        self._step(verification)

    def _step(self, verification: Verification) -> None:
        self.say()
        self._station.ask(
            self,
            lambda _store: verification.step(),
            lambda found: self._answered(verification, found),
            self._failed,
        )

    def _answered(self, verification: Verification, found: Broken | int | None) -> None:
        self._checked = verification.checked
        if found is None:
            self._step(verification)
            return
        self.under_way, self._found = False, found
        self.say()

    def _failed(self, error: TingtangError) -> None:
        self.under_way, self._checked, self._head = False, 0, (0, "")
        self.said.emit(State.IDLE, "")
        self._station.complain(error)

    def say(self) -> None:
        """Say where it stands, or what was found; again after a change of language."""
        revision, digest = self._head
        if isinstance(self._found, Broken):
            errors = phrases("errors")
            why = errors.say(self._found.code, language().code, revision=self._found.revision)
            self.said.emit(State.URGENT, self.tr("核对未通过：{why}").format(why=why))
        elif self._found is not None:
            self.said.emit(
                State.OK,
                self.tr("流水完整，{n} 条逐条相符，末条校验码 {hash}…").format(
                    n=revision, hash=digest[:16]
                ),
            )
        elif self.under_way:
            self.said.emit(
                State.RUNNING,
                self.tr("正在核对，{n} / {all}").format(n=self._checked, all=revision or "…"),
            )
