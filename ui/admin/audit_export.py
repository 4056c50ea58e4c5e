"""Owns the export of what is filtered: noted first, then read in pieces, then written as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.errors import TingtangError
from branch.kernel.journal import Entry
from branch.people.commands import RecordExport
from branch.people.queries.audit import audit_count
from reports.forms.audit import Extract, audit_csv, audit_pdf, file_name
from reports.forms.audit_words import Names
from reports.letterhead import Origin
from ui.admin.audit_rows import Asked, AuditRows, audit_rows, narrowed
from ui.shell.language import language
from ui.shell.printing import PrintFailed, PrintQueue
from ui.shell.station import Station, sentence
from ui.widgets.save_dialog import ask_where
from ui.widgets.state import State

CSV, PDF = "csv", "pdf"
# What can be read through on paper, and what a spreadsheet opens.
MOST = {CSV: 100_000, PDF: 10_000}
_PIECE = 2_000


@dataclass
class _Export:
    """An export under way."""

    kind: str
    file: Path
    asked: Asked
    count: int = 0
    head: tuple[int, str] = (0, "")
    entries: list[Entry] = field(default_factory=list)
    names: Names = field(default_factory=lambda: Names({}, {}))


@dataclass(frozen=True)
class _Begun:
    """How much there is to take out, and the chain's head at that moment."""

    count: int
    head: tuple[int, str]


class AuditExport(QObject):
    """``said`` carries a state and a sentence: progress, then where it was kept, or why not."""

    said = Signal(object, str)

    def __init__(self, station: Station, parent: QWidget) -> None:
        super().__init__(parent)
        self._station, self._window = station, parent
        self._export: _Export | None = None
        self._queue = PrintQueue(self)
        self._queue.printed.connect(self._on_kept)
        self._queue.failed.connect(self._on_failed)

    @property
    def under_way(self) -> bool:
        """Whether an export is being made."""
        return self._export is not None

    def ask_where(self, kind: str, asked: Asked, title: str) -> None:
        """Ask for a file and export what was asked for into it."""
        name = file_name(self._origin())
        ask_where(self._window, title, name, kind, partial(self.start, kind, asked))

    def start(self, kind: str, asked: Asked, file: str) -> None:
        """Export into a file; does nothing while another export is under way."""
        if self.under_way:
            return
        self._export = _Export(kind, Path(file), asked)
        self._say_progress()
        actor, staff = self._station.actor, self._station.person.staff

        def begin(branch: Branch) -> _Begun:
            # The head first: what is exported is what the journal held before it was noted.
            head = journal.head(branch.store)
            wanted = narrowed(branch.store, asked, staff)
            count = audit_count(branch.store, wanted, head[0], MOST[kind] + 1)
            if count <= MOST[kind]:
                branch.run(RecordExport(f"audit_{kind}", count), actor)
            return _Begun(count, head)

        self._station.do(self, begin, self._begun, self._refused)

    def _begun(self, begun: _Begun) -> None:
        export = self._export
        assert export is not None  # it is what was begun
        if begun.count > MOST[export.kind]:
            self._export = None
            words = self.tr("超过 {n} 条，请先缩小时间或范围再导出")
            self.said.emit(State.ATTENTION, words.format(n=MOST[export.kind]))
            return
        export.count, export.head = begun.count, begun.head
        self._read_on(None)

    def _read_on(self, after: Entry | None) -> None:
        export = self._export
        assert export is not None  # read on only while it is under way
        self._say_progress()
        read: Callable[..., AuditRows] = partial(
            audit_rows,
            asked=export.asked,
            staff=self._station.person.staff,
            after=after,
            most=_PIECE,
        )
        self._station.ask(self, read, self._take, self._refused)

    def _take(self, rows: AuditRows) -> None:
        export = self._export
        assert export is not None  # asked for only while it is under way
        export.entries += [e for e in rows.entries if e.revision <= export.head[0]]
        tickets = {**export.names.tickets, **rows.names.tickets}
        export.names = Names(rows.names.staff, tickets)
        if rows.more:
            self._read_on(rows.entries[-1])
            return
        extract = Extract(
            tuple(export.entries),
            export.names,
            export.asked.wanted,
            export.asked.subject,
            export.head,
            self._station.person.staff,
        )
        origin = self._origin()
        make = {CSV: _table, PDF: audit_pdf}[export.kind]
        self._queue.keep(export.kind, partial(make, extract, origin), export.file)

    def _origin(self) -> Origin:
        return Origin(language().code, self._station.branch, self._station.now_ms())

    def _say_progress(self) -> None:
        export = self._export
        if export is not None:
            words = self.tr("正在导出，{n} / {all}")
            done = words.format(n=len(export.entries), all=export.count or "…")
            self.said.emit(State.RUNNING, done)

    def _on_kept(self, _kind: object) -> None:
        export, self._export = self._export, None
        assert export is not None  # it was written
        words = self.tr("已导出 {n} 条到 {file}")
        self.said.emit(State.OK, words.format(n=len(export.entries), file=export.file.name))

    def _on_failed(self, _kind: object, failure: PrintFailed) -> None:
        self._export = None
        self.said.emit(State.URGENT, sentence(failure))

    def _refused(self, error: TingtangError) -> None:
        self._export = None
        self.said.emit(State.IDLE, "")
        self._station.complain(error)


def _table(extract: Extract, origin: Origin) -> bytes:
    """The table with the mark at its head that spreadsheets need to read Chinese."""
    return audit_csv(extract, origin).encode("utf-8-sig")
