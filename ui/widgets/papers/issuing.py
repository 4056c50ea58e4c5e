"""Owns the way of a draft to an issued paper: drafted anew, made, sealed, sent; asks nobody."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from branch.bootstrap import Branch
from branch.papers.commands import DraftPaper, IssuePaper
from branch.papers.forms import FORMS
from branch.papers.head import Draft
from branch.papers.seal import Seal, seal_of
from ui.shell.beside import Beside
from ui.shell.station import Station
from ui.widgets.papers.making import issue_command


class Issuing(QObject):
    """``issued`` carries the paper's id; ``moved`` the new Draft when it says anything that was
    not shown, so that nobody issues what he has not read; ``failed`` the TingtangError."""

    issued = Signal(int)
    moved = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject, station: Station) -> None:
        super().__init__(parent)
        self._station = station
        self._beside = Beside(self)

    def start(self, command: DraftPaper, shown: Draft, reason: str) -> None:
        """Issue what was ``shown``, with what ``command`` says was typed; ``reason`` is that of a
        correction."""
        actor = self._station.actor

        def work(branch: Branch) -> tuple[Draft, Seal | None]:
            return branch.run(command, actor).value, seal_of(branch.store)

        def drafted(answer: tuple[Draft, Seal | None]) -> None:
            draft, seal = answer
            if _differs(draft, shown):
                self.moved.emit(draft)
                return
            make = partial(issue_command, draft, seal, command.typed, reason)
            self._beside.run(make, self._send, self.failed.emit)

        self._station.do(self, work, drafted, self.failed.emit)

    def _send(self, command: IssuePaper) -> None:
        self._station.run(self, command, self.issued.emit, self.failed.emit)


def _differs(draft: Draft, shown: Draft) -> bool:
    said = [field.key for field in FORMS[draft.head.form].fields if not field.typed]
    return draft.head.copy != shown.head.copy or any(
        draft.fields[key] != shown.fields[key] for key in said
    )
