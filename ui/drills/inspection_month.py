"""Owns the month of inspections: due, done, late, missed, score, and what fails again; works none
of it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.inspections.queries import MonthLine, Repeat
from branch.inspections.queries.papers import MonthSheet, month_sheet
from branch.kernel.store import Store
from reports.forms.inspection_month import inspection_month_name, inspection_month_pdf
from reports.letterhead import Origin
from ui.shell.asking import Asking
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import COMPACT, PlainButton
from ui.widgets.card import Card
from ui.widgets.figure_table import FigureTable
from ui.widgets.frame import StatFigure, StatRow
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, SECOND, Label
from ui.widgets.paper_buttons import PaperButtons
from ui.widgets.place_holder import EmptyState
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import StatusChip

_TOPICS = frozenset({"inspection", "calendar", "staff"})
_SIDE = 400


class InspectionMonth(QWidget):
    """Figures above, the table at the left, repeated failures at the right. ``said`` is the part's
    word to the window; a month does nothing to tell of."""

    said = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspection_month")
        self._station = station
        self.first = station.now().date().replace(day=1)
        self.shown: MonthSheet | None = None
        self.asking = Asking(station, self, self._question, self._take)
        self._build()
        self.before.clicked.connect(lambda: self.go(-1))
        self.after.clicked.connect(lambda: self.go(1))
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.asking.ask()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.figures = [StatFigure("") for _ in range(5)]
        body = HBox(spacing=16)
        body.addWidget(self._table(), 1)
        body.addWidget(self._side())
        column = VBox(spacing=16, parent=self)
        column.addWidget(StatRow(self.figures))
        column.addLayout(body, 1)

    def _table(self) -> Card:
        card = Card()
        self.title = Label("", CARD_TITLE)
        self.before = PlainButton("", icon="chevron-left", size=COMPACT)
        self.after = PlainButton("", icon="chevron-right", size=COMPACT)
        self.table = FigureTable()
        self.papers = PaperButtons(self._station)
        head = HBox(spacing=8)
        head.addWidget(self.title, 1)
        head.addWidget(self.before)
        head.addWidget(self.after)
        column = VBox(spacing=12, margins=(18, 16, 18, 14), parent=card)
        column.addLayout(head)
        self.empty = EmptyState("check-circle", "")
        self._pages = QStackedLayout()
        column.addLayout(self._pages, 1)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        column.addWidget(self.papers)
        return card

    def _side(self) -> Card:
        card = Card()
        card.setFixedWidth(_SIDE)
        self.side_title = Label("", CARD_TITLE)
        self.side_words = Label("", SECOND, wrap=True)
        inner = QWidget()
        self._repeats = VBox(spacing=12)
        whole = VBox(parent=inner)
        whole.addLayout(self._repeats)
        whole.addStretch(1)
        self.area = ScrollArea(inner, reached=True, sideways=True)
        column = VBox(spacing=10, margins=(20, 18, 14, 18), parent=card)
        column.addWidget(self.side_title)
        column.addWidget(self.side_words)
        column.addWidget(self.area, 1)
        return card

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], MonthSheet]:
        here = self._station.now().replace(tzinfo=None)
        at = self.first
        return partial(month_sheet, year=at.year, month=at.month, today=here.date(), here=here)

    def _take(self, shown: MonthSheet) -> None:
        self.shown = shown
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    def go(self, months: int) -> None:
        """Show a month so many months later; never one to come."""
        at = self.first.year * 12 + self.first.month - 1 + months
        first = date(at // 12, at % 12 + 1, 1)
        if first <= self._station.now().date():
            self.first = first
            self.asking.ask()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        shown = self.shown
        if shown is None:
            return
        self.title.setText(self.tr("{month} 的巡检").format(month=shown.first[:7]))
        this_month = self._station.now().date().replace(day=1)
        self.after.setEnabled(shown.first < this_month.isoformat())
        heads = (
            self.tr("巡检"),
            self.tr("应做"),
            self.tr("已做"),
            self.tr("补做"),
            self.tr("漏做"),
            self.tr("不通过"),
            self.tr("平均得分"),
        )
        rows = [self._row(line) for line in shown.lines if line.due]
        self.table.show_rows(heads, rows)
        self._pages.setCurrentWidget(self.table if rows else self.empty)
        self._show_figures(shown.lines)
        self._show_repeats(shown.repeats)
        origin = Origin(language().code, self._station.branch, self._station.now_ms())
        self.papers.offer(
            inspection_month_name(shown, origin.language),
            partial(inspection_month_pdf, shown, origin),
        )

    def _row(self, line: MonthLine) -> tuple[str, ...]:
        name = line.name_en if language().code == "en" else line.name_zh
        score = "–" if line.score is None else str(line.score)
        figures = (line.due, line.done, line.late, line.missed, line.failed)
        return (name, *map(str, figures), score)

    def _show_figures(self, lines: tuple[MonthLine, ...]) -> None:
        times, items = self.tr("次"), self.tr("项")
        counts = (
            (self.tr("应做"), sum(line.due for line in lines), times, False),
            (self.tr("已做"), sum(line.done for line in lines), times, False),
            (self.tr("补做"), sum(line.late for line in lines), times, False),
            (self.tr("漏做"), sum(line.missed for line in lines), times, True),
            (self.tr("不通过"), sum(line.failed for line in lines), items, False),
        )
        for figure, (caption, number, unit, is_bad) in zip(self.figures, counts, strict=True):
            figure.set_caption(caption)
            figure.set_value(str(number), unit, urgent=is_bad and number > 0)

    def _show_repeats(self, found: tuple[Repeat, ...]) -> None:
        clear(self._repeats)
        self.side_words.setText(
            self.tr("同一项三十天内不通过两次以上，已提交负责人")
            if found
            else self.tr("三十天内没有重复不通过的项目")
        )
        for repeat in found:
            self._repeats.addWidget(self._repeat(repeat))

    def _repeat(self, repeat: Repeat) -> QWidget:
        line = QWidget()
        words = repeat.en if language().code == "en" else repeat.zh
        column = VBox(spacing=2, parent=line)
        head = HBox(spacing=10)
        times = self.tr("{n} 次").format(n=len(repeat.days))
        head.addWidget(StatusChip(State.URGENT if repeat.critical else State.ATTENTION, times))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(Label(words, BODY, wrap=True))
        column.addWidget(Label(self.tr("、").join(repeat.days), CAPTION, wrap=True))
        return line

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.before.setAccessibleName(self.tr("上个月"))
        self.after.setAccessibleName(self.tr("下个月"))
        self.table.setAccessibleName(self.tr("每项巡检的次数和得分"))
        self.side_title.setText(self.tr("重复不通过"))
        self.area.setAccessibleName(self.side_title.text())
        self.empty.set_texts(self.tr("这个月没有巡检"), self.tr("巡检从开始使用本程序的那天算起"))
        for figure in self.figures:
            figure.set_value("–")
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
