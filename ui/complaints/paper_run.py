"""Owns a batch of papers while it is worked off: one after another, so that the desk stays alive;
what could not be made is kept with its reason; asks nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from PySide6.QtCore import QCoreApplication, QObject, Signal

from branch.bootstrap import Branch
from branch.complaints.queries.papers import paper_offers, papers_of
from branch.kernel.errors import StoreError, TingtangError
from branch.kernel.phrases import phrases
from branch.kernel.runner import Actor
from branch.papers.commands import DraftPaper, IssuePaper, NotePrinted, OpenPaper
from branch.papers.head import Draft
from branch.papers.seal import Seal, seal_of
from reports.forms.papers.words import field_label
from ui.shell.beside import Beside
from ui.shell.language import language
from ui.shell.printing import PrintFailed, PrintQueue
from ui.shell.station import Station, sentence
from ui.widgets.papers.making import issue_command
from ui.widgets.print_dialog import PrintWish

translate = QCoreApplication.translate

# Forms that say only what the case says, so that nobody has to read each before it is issued.
AT_ONCE: Final = ("TS-01", "TS-02A")


@dataclass(frozen=True)
class Ready:
    """An issued paper: its id and its bytes."""

    paper: int
    data: bytes


@dataclass(frozen=True)
class Unissued:
    """A draft that may be issued as it stands, and the branch's seal, if it has one."""

    draft: Draft
    seal: Seal | None


# What is found of a paper: the paper, what may become one, or the sentence why there is none.
Found: TypeAlias = Ready | Unissued | str


@dataclass(frozen=True)
class Piece:
    """One paper of a batch: what it is called, the name of its file, how it is found."""

    name: str
    file: str
    find: Callable[[Branch], Found]


@dataclass(frozen=True)
class Batch:
    """Which papers; on which printer, or (None) into which folder."""

    pieces: tuple[Piece, ...]
    wish: PrintWish | None
    folder: Path


@dataclass(frozen=True)
class Skipped:
    """A piece that was not made, and why."""

    name: str
    why: str


class PaperRun(QObject):
    """``advanced`` carries how many papers are through, ``finished`` that the last one is, or that
    it was cancelled: then ``done`` and ``skipped`` tell the rest."""

    advanced = Signal(int)
    finished = Signal()

    def __init__(self, station: Station, batch: Batch, parent: QObject) -> None:
        super().__init__(parent)
        self._station, self._batch = station, batch
        self._beside = Beside(self)
        self._queue = PrintQueue(self)
        self._queue.printed.connect(self._on_paper)
        self._queue.failed.connect(self._on_no_paper)
        self._at = 0
        self._paper = 0
        self.cancelled = False
        self.done = 0
        self.skipped: list[Skipped] = []

    def start(self) -> None:
        """Begin with the first one."""
        self._next()

    def cancel(self) -> None:
        """Stop after the one in hand: no paper is left half made."""
        self.cancelled = True

    def _next(self) -> None:
        if self.cancelled or self._at >= len(self._batch.pieces):
            self.finished.emit()
            return
        self._station.do(self, self._batch.pieces[self._at].find, self._found, self._refused)

    def _found(self, answer: Found) -> None:
        if isinstance(answer, str):
            self._skip(answer)
        elif isinstance(answer, Ready):
            self._put_out(answer)
        else:
            work = partial(issue_command, answer.draft, answer.seal, "{}")
            self._beside.run(work, self._issue, self._refused)

    def _issue(self, command: IssuePaper) -> None:
        self._station.run(
            self, command, lambda paper: self._put_out(Ready(paper, command.pdf)), self._refused
        )

    def _put_out(self, ready: Ready) -> None:
        batch = self._batch
        self._paper = ready.paper
        if batch.wish is None:
            file = batch.folder / batch.pieces[self._at].file
            self._queue.keep(self._at, lambda: ready.data, file, private=True)
        else:
            wish = batch.wish
            self._queue.submit(
                self._at, lambda: ready.data, wish.printer, wish.copies, duplex=wish.duplex
            )

    def _on_paper(self, _key: object) -> None:
        self.done += 1
        if self._batch.wish is None:
            self._advance()
        else:
            note = NotePrinted(self._paper, self._batch.wish.copies)
            self._station.run(self, note, lambda _value: self._advance(), self._refused)

    def _on_no_paper(self, _key: object, failure: PrintFailed) -> None:
        # The next one would fail for the same reason: no paper, no room.
        self.cancelled = True
        self._skip(sentence(failure))

    def _refused(self, error: TingtangError) -> None:
        if isinstance(error, StoreError):
            self.cancelled = True
        self._skip(sentence(error))

    def _skip(self, why: str) -> None:
        self.skipped.append(Skipped(self._batch.pieces[self._at].name, why))
        self._advance()

    def _advance(self) -> None:
        self._at += 1
        self.advanced.emit(self._at)
        self._next()


def issued_paper(branch: Branch, *, paper: int, actor: Actor) -> Found:
    """A paper as it was issued."""
    return Ready(paper, branch.run(OpenPaper(paper), actor).value.data)


def found_paper(
    branch: Branch,
    *,
    form: str,
    case: int,
    issue: bool,
    roles: frozenset[str],
    actor: Actor,
    now: int,
) -> Found:
    """The newest copy of a case's paper; where there is none the draft to be issued (``issue``), or
    the sentence that says why there is none."""
    store, code = branch.store, language().code
    issued = [
        line
        for line in papers_of(store, actor.staff, case)
        if line.form == form and line.replaced_by is None
    ]
    if issued:
        newest = max(issued, key=lambda line: line.issued_at)
        return issued_paper(branch, paper=newest.id, actor=actor)
    offers = [
        offer for offer in paper_offers(store, actor.staff, roles, case, now) if offer.form == form
    ]
    free = [offer for offer in offers if not offer.blocked]
    if not free:
        if offers:
            offer = offers[0]
            return phrases("errors").say(offer.blocked, code, **dict(offer.values))
        return translate("PaperRun", "您不能给这件投诉出这种文书")
    if not issue:
        return translate("PaperRun", "还没有签发")
    offer = free[0]
    draft: Draft = branch.run(DraftPaper(offer.form, offer.subject, offer.part), actor).value
    if draft.missing:
        labels = "、".join(field_label(offer.form, key, code) for key in draft.missing)
        return translate("PaperRun", "还缺：{names}").format(names=labels)
    return Unissued(draft, seal_of(store))
