"""Owns the page 等候: the branch's waits and flow in a period; counts nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.catalogue.queries import Name, groups, priority_classes
from branch.kernel.store import Store
from branch.lobby.queries.overview import TREND_DAYS, Overview, overview, share
from branch.lobby.queries.promises import Scoreboard, scoreboard
from branch.lobby.queries.waiting import business_day
from ui.dashboard.chart_card import ChartCard
from ui.dashboard.count_bars import CountBars
from ui.dashboard.dumbbells import Dumbbells
from ui.dashboard.flow_bars import FlowBars
from ui.dashboard.legend import Legend
from ui.dashboard.overview_words import figures, flow_hours, wait_rows
from ui.dashboard.periods import PERIODS, before, length, stretch_of
from ui.models.promise_words import daily_trend
from ui.models.words import leave_reason
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.frame import StatRow
from ui.widgets.key_figure import KeyFigure
from ui.widgets.label import CAPTION, ElidedLabel
from ui.widgets.place_holder import EmptyState, LoadingRows
from ui.widgets.stage import HBox, VBox
from ui.widgets.trend_line import Point, Trend, TrendLine

_TOPICS = frozenset({"ticket", "rating", "promise", "day", "catalogue"})


@dataclass(frozen=True)
class Shown:
    """The picture of a period: its numbers, its promises, and those of the last 30 days.

    ``groups`` and ``classes`` are names by code.
    """

    period: str
    overview: Overview
    promised: Scoreboard
    month: Scoreboard
    groups: Mapping[str, Name]
    classes: Mapping[str, Name]


def shown(store: Store, period: str, today: date) -> Shown:
    """A period up to the open business day, or to ``today`` where none is open."""
    last = business_day(store) or today.isoformat()
    day = date.fromisoformat(last)
    stretch = stretch_of(period, day)
    return Shown(
        period,
        overview(store, stretch, before(period, day)),
        scoreboard(store, last, days=length(stretch)),
        scoreboard(store, last),
        {group.code: group.short for group in groups(store)},
        {klass.code: klass.name for klass in priority_classes(store)},
    )


class OverviewPage(QWidget):
    """Figures over waits by queue and flow by hour, over three smaller pictures (picture l)."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waits")
        self._station = station
        self._period = PERIODS[0]
        self.shown: Shown | None = None
        self.asking = Asking(station, self, self._question, self._take)
        self._build()
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.asking.ask()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.figures = [KeyFigure() for _ in range(6)]
        self.waits, self.flow, self.leaving = Dumbbells(), FlowBars(), CountBars()
        self.content, self.kept = TrendLine(), TrendLine()
        self.wait_legend = Legend(("dot", "ring", "stroke"))
        self.flow_legend = Legend(("pale", "full"))
        self.left_count, self.content_days, self.kept_days = (
            ElidedLabel("", CAPTION, align=Qt.AlignmentFlag.AlignRight) for _ in range(3)
        )
        self.wait_card = ChartCard(self.waits, self.wait_legend)
        self.flow_card = ChartCard(self.flow, self.flow_legend)
        self.leave_card = ChartCard(self.leaving, self.left_count)
        self.content_card = ChartCard(self.content, self.content_days)
        self.kept_card = ChartCard(self.kept, self.kept_days)
        upper, lower = HBox(spacing=16), HBox(spacing=16)
        for card in (self.wait_card, self.flow_card):
            upper.addWidget(card, 1)
        for card in (self.leave_card, self.content_card, self.kept_card):
            lower.addWidget(card, 1)
        whole = QWidget()
        column = VBox(spacing=16, parent=whole)
        column.addWidget(StatRow(self.figures, rule=66))
        column.addLayout(upper, 11)
        column.addLayout(lower, 9)
        self.empty = EmptyState("insights", "")
        self.loading = LoadingRows(8)
        self._pages = QStackedLayout(self)
        for page in (self.loading, self.empty, whole):
            self._pages.addWidget(page)
        self._whole = whole
        self.loading.start()

    # -- asking ---------------------------------------------------------------------------------

    def show_period(self, period: str) -> None:
        """Show today, this week, month or quarter."""
        self._period = period
        self.asking.ask()

    def _question(self) -> Callable[[Store], Shown]:
        period, today = self._period, self._station.now().date()
        return lambda store: shown(store, period, today)

    def _take(self, found: Shown) -> None:
        self.shown = found
        self.loading.stop()
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        found = self.shown
        if found is None:
            return
        told = found.overview
        self._pages.setCurrentWidget(self._whole if told.totals.issued else self.empty)
        texts = figures(told, found.promised.whole, found.period)
        for figure, text in zip(self.figures, texts, strict=True):
            figure.show_text(text)
        self.waits.show_rows(wait_rows(told), self.tr("{n} 分"), self.wait_card.title.text())
        self.wait_card.set_known(True)
        hours = flow_hours(told)
        several = found.period != "today"
        self.flow_card.title.setText(
            self.tr("取号与办结，每天平均") if several else self.tr("取号与办结")
        )
        self.flow.show_hours(hours, self.flow_card.title.text())
        self.flow_card.set_known(bool(hours))
        self._show_leaving(told)
        self._show_content(told)
        self._show_kept(found.month)
        if several:
            self.empty.set_texts(self.tr("这段时间没有取号"), self.tr("可以换一段时间再看"))
        else:
            title = self.tr("今天还没有取号")
            self.empty.set_texts(title, self.tr("取出第一个号后，这里会显示等候和办理"))

    def _show_leaving(self, told: Overview) -> None:
        rows = [(leave_reason(code), count) for code, count in told.leaving]
        self.leaving.show_rows(rows, self.leave_card.title.text())
        self.left_count.set_text(self.tr("{n} 人").format(n=told.totals.left))
        self.leave_card.set_known(bool(rows))

    def _show_content(self, told: Overview) -> None:
        days = [(item.day, share(item.satisfied, item.rated)) for item in told.content]
        points = tuple(Point(day[5:], None if part is None else part * 100) for day, part in days)
        words = [f"{day} {part * 100:.1f}%" for day, part in days if part is not None]
        self.content.show_trend(Trend(points), self.content_card.title.text(), words)
        self.content_days.set_text(self.tr("近 {n} 个营业日").format(n=len(points)))
        self.content_card.set_known(bool(words))

    def _show_kept(self, month: Scoreboard) -> None:
        trend, words = daily_trend(month, TREND_DAYS)
        self.kept.show_trend(trend, self.kept_card.title.text(), words)
        self.kept_days.set_text(self.tr("近 {n} 个营业日").format(n=len(trend.points)))
        self.kept_card.set_known(bool(words))

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.wait_card.title.setText(self.tr("各业务等候时间"))
        self.wait_legend.set_words((self.tr("中位数"), self.tr("九成以内"), self.tr("目标")))
        self.flow_card.title.setText(self.tr("取号与办结"))
        self.flow_legend.set_words((self.tr("取号数"), self.tr("办结数")))
        self.leave_card.title.setText(self.tr("未办离开的原因"))
        self.leave_card.nothing.setText(self.tr("没有客户未办离开"))
        self.content_card.title.setText(self.tr("满意度"))
        self.content_card.nothing.setText(self.tr("还没有客户评价"))
        self.kept_card.title.setText(self.tr("承诺守住"))
        self.kept_card.nothing.setText(self.tr("承诺还太少，看不出变化"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
