"""Owns the card of what is kept and what goes next, and the run that a person starts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent

from branch.complaints.queries.retention import preview_with_cases
from branch.drills.queries.retention import with_drills
from branch.inspections.queries.retention import with_inspections
from branch.kernel.errors import TingtangError
from branch.kernel.store import Store
from branch.lobby.queries.screens import BranchName, branch_name
from branch.rooms.queries.retention import with_sessions
from branch.visitors.queries.retention import (
    PastRun,
    Period,
    Preview,
    past_runs,
    periods,
    retention_preview,
)
from reports.forms.retention import retention_pdf
from ui.admin.privacy_words import held_text, kind_label
from ui.shell.language import language
from ui.shell.retention import RetentionRun
from ui.shell.station import Station, sentence
from ui.widgets.button import PlainButton
from ui.widgets.card import Card
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.field import ErrorLine
from ui.widgets.figure_table import FigureTable
from ui.widgets.label import CAPTION, CARD_TITLE, Label
from ui.widgets.paper_buttons import PaperButtons
from ui.widgets.stage import HBox, VBox

_Found = tuple[Preview, tuple[PastRun, ...], tuple[Period, ...], BranchName]


class StockCard(Card):
    """What goes now and within a week, what is held back, the last run, 现在清理.

    ``told`` carries what was done, in words.
    """

    told = Signal(str)

    def __init__(self, station: Station, may_run: bool) -> None:
        super().__init__()
        self._station = station
        self._found: _Found | None = None
        self.run = RetentionRun(station, station.actor, self)
        self.title = Label("", CARD_TITLE)
        self.table = FigureTable()
        self.held = Label("", CAPTION, wrap=True)
        self.last = Label("", CAPTION, wrap=True)
        self.trouble = ErrorLine()
        self.button = PlainButton("", icon="cleaning")
        if not may_run:
            self.button.hide()
        self.paper = PaperButtons(station)
        self._build()
        self.button.clicked.connect(self._ask_run)
        self.run.progressed.connect(self._on_progress)
        self.run.finished.connect(self._on_finished)
        self.run.failed.connect(self._on_failed)
        self.retranslate()

    def _build(self) -> None:
        column = VBox(spacing=8, margins=(16, 14, 16, 14), parent=self)
        head = HBox(spacing=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.button)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.held)
        column.addWidget(self.last)
        column.addWidget(self.trouble)
        column.addWidget(self.paper)

    def ask(self) -> None:
        """Read it anew."""
        now = self._station.now_ms()

        def read(store: Store) -> _Found:
            preview = preview_with_cases(retention_preview(store, now), store)
            zone = self._station.zone
            return (
                with_inspections(
                    with_drills(with_sessions(preview, store, zone), store, zone), store
                ),
                past_runs(store),
                periods(store),
                branch_name(store),
            )

        self._station.ask(self, read, self._take)

    def _take(self, found: _Found) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        if self._found is None:
            return
        preview, runs, _periods, _branch = self._found
        heads = (
            self.tr("种类"),
            self.tr("现存"),
            self.tr("到期"),
            self.tr("7 天内"),
            self.tr("最早"),
        )
        rows = [
            (kind_label(kind.kind), str(kind.total), str(kind.now), str(kind.week), kind.oldest)
            for kind in preview.kinds
        ]
        self.table.show_rows(heads, rows)
        held = [
            self.tr("{kind}：{why}").format(kind=kind_label(kind.kind), why=held_text(kind.held))
            for kind in preview.kinds
            if kind.held
        ]
        self.held.setText(self.tr("过期仍保留的：{what}").format(what=self.tr("；").join(held)))
        self.held.setVisible(bool(held))
        self.last.setText(self._last_run(runs))
        if not self.run.running:
            self.button.setEnabled(preview.now > 0)
        self._offer()

    def _last_run(self, runs: tuple[PastRun, ...]) -> str:
        if not runs:
            return self.tr("还没有清理过。程序每天自动清理一次。")
        run = runs[0]
        text = self.tr("最近一次清理：{time}，{who}，清理 {n}").format(
            time=f"{self._station.local(run.at):%Y-%m-%d %H:%M}",
            who=run.name or self.tr("程序自动"),
            n=sum(run.counts.values()),
        )
        return str(text)

    def _offer(self) -> None:
        if self._found is None:
            return
        preview, runs, kept, branch = self._found
        told, now = language().code, self._station.now_ms()

        def make() -> bytes:
            return retention_pdf(kept, preview, runs, branch, told, now)

        self.paper.offer(f"retention-{preview.day}", make)

    # -- running --------------------------------------------------------------------------------

    def _ask_run(self) -> None:
        if self._found is None:
            return
        going = [kind for kind in self._found[0].kinds if kind.now]
        dialog = ConfirmDialog(
            self,
            title=self.tr("现在清理到期的记录？"),
            text=self.tr("清理后只留下数量，不能恢复。"),
            confirm=self.tr("清理"),
            cancel=self.tr("返回"),
            open_items=[
                self.tr("{kind}：{n}").format(kind=kind_label(kind.kind), n=kind.now)
                for kind in going
            ],
        )
        dialog.accepted.connect(self._start)
        dialog.open()

    def _start(self) -> None:
        self.trouble.show_error("")
        self.button.setEnabled(False)
        self.run.start()

    def _on_progress(self, gone: int) -> None:
        self.last.setText(self.tr("正在清理，已清理 {n}").format(n=gone))

    def _on_finished(self, gone: int) -> None:
        self.told.emit(self.tr("清理完成，共 {n}").format(n=gone))
        self.ask()

    def _on_failed(self, error: TingtangError) -> None:
        self.trouble.show_error(sentence(error))
        self.ask()

    def showEvent(self, event: QShowEvent) -> None:
        """What goes changes with the day: read it anew when somebody looks."""
        super().showEvent(event)
        if self._found is not None:
            self.ask()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("到期和即将到期"))
        self.button.setText(self.tr("现在清理"))
        self.table.setAccessibleName(self.tr("到期和即将到期"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
