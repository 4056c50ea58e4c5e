"""Owns the answer of a what-if: sentence, figures, pictures, table; must not work it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.lobby.queries.summary import Waits
from branch.lobby.whatif import Comparison
from ui.dashboard.legend import Legend
from ui.dashboard.whatif_bells import Bell, BellPair, BellPairs
from ui.dashboard.whatif_course import DayLines, LineCourse
from ui.dashboard.whatif_day import Day, day_words
from ui.dashboard.whatif_lines import Line, Offer
from ui.dashboard.whatif_table import course_names, heads, table_csv, table_rows
from ui.dashboard.whatif_words import (
    class_name,
    line_words,
    minutes,
    verdict,
    why_again_differs,
)
from ui.widgets.card import Card
from ui.widgets.chart import Chart
from ui.widgets.figure_table import FigureTable
from ui.widgets.frame import StatRow
from ui.widgets.key_figure import FigureText, KeyFigure
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, Label, TextRole
from ui.widgets.place_holder import EmptyState
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.table_button import TableButton

_TABLE_HEIGHT = 300
_FRAME_MS = 16


@dataclass(frozen=True)
class Result:
    """An answer and what it answers."""

    day: Day
    lines: tuple[Line, ...]
    offer: Offer
    found: Comparison


class WhatIfResult(QWidget):
    """The three courses of a day side by side."""

    def __init__(self, local: Callable[[int], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._local = local
        self._result: Result | None = None
        self._build()
        self.retranslate()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title = Label("", CAPTION, wrap=True)
        self.verdict = Label("", TextRole(18, 700), wrap=True)
        self.why = Label("", BODY, wrap=True)
        self.figures = [KeyFigure() for _ in range(5)]
        self.bells, self.course = BellPairs(), LineCourse()
        self.bell_legend = Legend(("grey", "dot"))
        self.course_legend = Legend(("dash", "line"))
        self.bell_title, self.course_title = Label("", CARD_TITLE), Label("", CARD_TITLE)
        self.bell_signs, self.course_signs = Label("", CAPTION), Label("", CAPTION)
        self.table, self.table_title = FigureTable(), Label("", CARD_TITLE)
        self.keep = TableButton()
        whole = QWidget()
        column = VBox(spacing=16, margins=(0, 0, 10, 0), parent=whole)
        column.addWidget(self._build_head())
        column.addWidget(StatRow(self.figures, rule=66))
        pictures = HBox(spacing=16)
        for title, legend, signs, chart in (
            (self.bell_title, self.bell_legend, self.bell_signs, self.bells),
            (self.course_title, self.course_legend, self.course_signs, self.course),
        ):
            pictures.addWidget(self._picture(title, legend, signs, chart), 1)
        column.addLayout(pictures)
        column.addWidget(self._build_table())
        self._area = ScrollArea(whole, reached=True, sideways=True)
        self.empty = EmptyState("insights", "")
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._area)

    def _build_head(self) -> Card:
        card = Card()
        column = VBox(spacing=4, margins=(22, 14, 22, 14), parent=card)
        for label in (self.title, self.verdict, self.why):
            column.addWidget(label)
        return card

    @staticmethod
    def _picture(title: Label, legend: Legend, signs: Label, chart: Chart) -> Card:
        card = Card()
        head = HBox(spacing=12)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(legend)
        column = VBox(margins=(22, 16, 22, 12), parent=card)
        column.addLayout(head)
        column.addWidget(signs)
        column.add_gap(10)
        column.addWidget(chart, 1)
        return card

    def _build_table(self) -> Card:
        card = Card()
        head = HBox(spacing=12)
        head.addWidget(self.table_title)
        head.addStretch(1)
        head.addWidget(self.keep)
        self.table.setMinimumHeight(_TABLE_HEIGHT)
        column = VBox(spacing=8, margins=(12, 12, 12, 12), parent=card)
        head.set_margins(10, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        return card

    # -- showing --------------------------------------------------------------------------------

    def show_result(self, result: Result | None) -> None:
        """Show an answer; None: there is none yet. One that is shown already is left alone."""
        if result == self._result:
            return
        self._result = result
        if result is not None:
            self._area.verticalScrollBar().setValue(0)
            self._paint_in_turn()
        self._show()

    def _paint_in_turn(self) -> None:
        """Paint the larger parts one a frame: all at once would hold the GUI thread too long."""
        for at, part in enumerate((self.bells, self.course, self.table), 1):
            part.setUpdatesEnabled(False)
            QTimer.singleShot(at * _FRAME_MS, part, partial(part.setUpdatesEnabled, True))

    def about(self) -> list[str]:
        """What was asked: the day, and each change."""
        if self._result is None:
            return []
        lines = [line_words(line, self._result.offer) for line in self._result.lines]
        return [day_words(self._result.day), *lines]

    def _show(self) -> None:
        result = self._result
        self._pages.setCurrentWidget(self._area if result is not None else self.empty)
        if result is None:
            self.keep.offer("", None)
            return
        found, about = result.found, self.about()
        self.title.setText(self.tr("；").join(about))
        self.verdict.setText(verdict(found.again, found.changed))
        why = why_again_differs(found)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        for figure, text in zip(self.figures, self._figures(found), strict=True):
            figure.show_text(text)
        self._show_bells(result)
        self._show_course(found)
        self.table.show_rows(heads(), table_rows(found, result.offer))
        name = self.tr("假如 {day}").format(day=about[0])
        self._area.setAccessibleName(name)
        self.keep.offer(name, lambda: table_csv(found, result.offer, about))

    def _figures(self, found: Comparison) -> tuple[FigureText, ...]:
        courses = (found.real, found.again, found.changed)
        minute, people = self.tr("分钟"), self.tr("人")

        def figure(caption: str, unit: str, was: int, before: int, after: int) -> FigureText:
            note = self.tr("当天 {n}").format(n=was)
            # Like the sentence above, against the day run again: that is what the changes do.
            state = State.ATTENTION if after > before else None
            return FigureText(caption, str(after), unit, note, state)

        waits = [course.waits for course in courses]
        return (
            figure(self.tr("平均等候"), minute, *(minutes(each.mean) for each in waits)),
            figure(self.tr("九成客户不超过"), minute, *(minutes(each.p90) for each in waits)),
            figure(self.tr("最长等候"), minute, *(minutes(each.maximum) for each in waits)),
            figure(self.tr("超过目标"), people, *(course.over for course in courses)),
            figure(self.tr("未办离开"), people, *(course.left for course in courses)),
        )

    def _show_bells(self, result: Result) -> None:
        found, offer = result.found, result.offer
        day, _again, changed = course_names()
        pairs = [
            BellPair(self.tr("全部"), self._bell(found.real.waits), self._bell(found.changed.waits))
        ]
        for item in offer.classes:
            before = self._bell(found.real.by_class.get(item.code))
            after = self._bell(found.changed.by_class.get(item.code))
            if before or after:
                pairs.append(BellPair(class_name(item.code, offer), before, after))
        said = self.tr("{name}：中位和九成以内，{day} {before}，{if_so} {after} 分钟")
        nobody = self.tr("无")
        lines = [
            said.format(
                name=pair.name,
                day=day,
                before=pair.before.words if pair.before else nobody,
                if_so=changed,
                after=pair.after.words if pair.after else nobody,
            )
            for pair in pairs
        ]
        self.bells.show_pairs(pairs, self.tr("{n} 分"), self.bell_title.text(), lines)

    def _bell(self, waits: Waits | None) -> Bell | None:
        if waits is None or not waits.count:
            return None
        words = f"{minutes(waits.median)} / {minutes(waits.p90)}"
        return Bell(waits.median / 60, waits.p90 / 60, words)

    def _show_course(self, found: Comparison) -> None:
        day, _again, changed = course_names()
        said = self.tr("{name}：最多时 {n} 人在等，最后一次叫号 {time}")
        lines = [
            said.format(
                name=name,
                n=max(course.in_line, default=0),
                time=f"{self._local(course.last_call):%H:%M}",
            )
            for name, course in ((day, found.real), (changed, found.changed))
        ]
        since = self._local(found.real.since)
        shown = DayLines(since, found.real.in_line, found.changed.in_line)
        self.course.show_lines(shown, self.course_title.text(), lines)

    # -- language -------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take the words anew."""
        day, _again, changed = course_names()
        self.bell_title.setText(self.tr("各类客户等候时间"))
        self.bell_legend.set_words((day, changed))
        self.bell_signs.setText(self.tr("实心是中位数，空心是九成以内"))
        self.course_title.setText(self.tr("等候人数"))
        self.course_legend.set_words((day, changed))
        self.course_signs.setText(self.tr("每十分钟数一次"))
        self.table_title.setText(self.tr("按类别"))
        self.table.setAccessibleName(self.tr("各类客户等候时间"))
        self.empty.set_texts(
            self.tr("换一种安排，过去的一天会怎样"),
            self.tr("左边选一天，写下改动，再按“重排这一天”；当天的客户和业务时长都照旧"),
        )
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
