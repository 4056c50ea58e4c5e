"""Owns the export of the register of complaints: read in pieces, noted, then written as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from branch.bootstrap import Branch
from branch.complaints.queries.register import PAGE, RegisterRow, register_rows
from branch.kernel import journal
from branch.kernel.errors import TingtangError
from branch.people.commands import RecordExport
from reports.forms.complaint_register import Register, file_name, register_csv, register_xlsx
from reports.letterhead import Origin
from ui.shell.language import language
from ui.shell.printing import PrintFailed, PrintQueue
from ui.shell.station import Station, sentence
from ui.widgets.button import PlainButton
from ui.widgets.label import SECOND, ElidedLabel
from ui.widgets.save_dialog import ask_where
from ui.widgets.stage import HBox

XLSX, CSV = "xlsx", "csv"
_MAKERS: dict[str, Callable[[Register, Origin], bytes]] = {XLSX: register_xlsx, CSV: register_csv}


@dataclass
class _Export:
    """An export under way."""

    kind: str
    file: Path
    first: date
    last: date
    rows: list[RegisterRow] = field(default_factory=list)
    head: tuple[int, str] = (0, "")


class RegisterExport(QWidget):
    """台账表格 and 台账 CSV of the days last offered, and what became of it."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._days: tuple[date, date] | None = None
        self._export: _Export | None = None
        self._queue = PrintQueue(self)
        self._queue.printed.connect(self._on_kept)
        self._queue.failed.connect(self._on_failed)
        self.buttons = {kind: PlainButton("", icon="export") for kind in _MAKERS}
        self.outcome = ElidedLabel("", SECOND)
        row = HBox(spacing=10, parent=self)
        for kind, button in self.buttons.items():
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._ask_where, kind))
            row.addWidget(button)
        row.addWidget(self.outcome, 1)
        self.retranslate()
        self._enable()

    def offer(self, days: tuple[date, date] | None) -> None:
        """The days to export from now on; None for none."""
        if days != self._days:
            self._say("", "ink2")
        self._days = days
        self._enable()

    def start(self, kind: str, file: str) -> None:
        """Export into a file; does nothing while another export is under way."""
        if self._days is None or self._export is not None:
            return
        self._export = _Export(kind, Path(file), *self._days)
        self._enable()
        self._read_on()

    def _ask_where(self, kind: str) -> None:
        if self._days is None:
            return
        first, last = (day.isoformat() for day in self._days)
        name = file_name(Register((), first, last, (0, ""), ""), self._origin())
        title = self.buttons[kind].text()
        ask_where(self, title, name, kind, partial(self.start, kind))

    def _read_on(self) -> None:
        export = self._export
        assert export is not None  # read on only while it is under way
        words = self.tr("正在导出，已读 {n} 件")
        self._say(words.format(n=len(export.rows)), "ink2")
        after = export.rows[-1].id if export.rows else 0
        staff, first, last = self._station.person.staff, export.first, export.last
        today = self._station.now().date()
        self._station.ask(
            self,
            lambda store: register_rows(store, staff, first, last, today, after),
            self._take,
            self._refused,
        )

    def _take(self, rows: tuple[RegisterRow, ...]) -> None:
        export = self._export
        assert export is not None  # asked for only while it is under way
        export.rows += rows
        if len(rows) == PAGE:
            self._read_on()
            return
        actor, kind, count = self._station.actor, export.kind, len(export.rows)

        def note(branch: Branch) -> tuple[int, str]:
            # The head first: what is exported is what the journal held before it was noted.
            head = journal.head(branch.store)
            branch.run(RecordExport(f"complaint_register_{kind}", count), actor)
            return head

        self._station.do(self, note, self._write, self._refused)

    def _write(self, head: tuple[int, str]) -> None:
        export = self._export
        assert export is not None  # it was noted
        register = Register(
            export.rows,
            export.first.isoformat(),
            export.last.isoformat(),
            head,
            self._station.person.name,
        )
        make = partial(_MAKERS[export.kind], register, self._origin())
        self._queue.keep(export.kind, make, export.file)

    def _origin(self) -> Origin:
        return Origin(language().code, self._station.branch, self._station.now_ms())

    def _on_kept(self, _kind: object) -> None:
        export, self._export = self._export, None
        assert export is not None  # it was written
        words = self.tr("已导出 {n} 件到 {file}")
        self._say(words.format(n=len(export.rows), file=export.file.name), "ok_text")
        self._enable()

    def _on_failed(self, _kind: object, failure: PrintFailed) -> None:
        self._export = None
        self._say(sentence(failure), "danger_text")
        self._enable()

    def _refused(self, error: TingtangError) -> None:
        self._export = None
        self._say("", "ink2")
        self._station.complain(error)
        self._enable()

    def _say(self, text: str, token: str) -> None:
        self.outcome.set_token(token)
        self.outcome.set_text(text)

    def _enable(self) -> None:
        for button in self.buttons.values():
            button.setEnabled(self._days is not None and self._export is None)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.buttons[XLSX].setText(self.tr("台账表格"))
        self.buttons[CSV].setText(self.tr("台账 CSV"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
