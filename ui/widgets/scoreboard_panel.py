"""Owns the scoreboard of promised waits: asks for it, shows it, follows it; promises nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.catalogue.queries import Name, groups, priority_classes
from branch.kernel.store import Store
from branch.lobby.queries.promises import (
    FEW,
    RANGE_TARGET,
    SCOREBOARD_DAYS,
    UPPER_TARGET,
    Score,
    Scoreboard,
    scoreboard,
)
from branch.lobby.queries.waiting import business_day
from ui.models.promise_words import daily_trend, percent, share_figure
from ui.shell.asking import Asking
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.card import Card
from ui.widgets.figure_table import FigureTable
from ui.widgets.frame import StatRow
from ui.widgets.key_figure import FigureText, KeyFigure
from ui.widgets.label import CAPTION, CARD_TITLE, Label
from ui.widgets.place_holder import EmptyState, LoadingRows
from ui.widgets.stage import HBox, VBox
from ui.widgets.trend_line import TrendLine

_TOPICS = frozenset({"ticket", "promise", "day", "catalogue"})


@dataclass(frozen=True)
class Promises:
    """The scoreboard with the names of the branch's groups and classes, in their order."""

    board: Scoreboard
    groups: Mapping[str, Name]
    classes: Mapping[str, Name]


def promises(store: Store, today: date) -> Promises:
    """The last 30 days up to the open business day, or to ``today`` where none is open."""
    return Promises(
        scoreboard(store, business_day(store) or today.isoformat()),
        {group.code: group.short for group in groups(store)},
        {klass.code: klass.name for klass in priority_classes(store)},
    )


class ScoreboardPanel(QWidget):
    """Two shares with their targets, the line by day, tables by service and by class."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._shown: Promises | None = None
        self._asking = Asking(station, self, self._question, self._take)
        self._build()
        station.changed.connect(self._on_changed)
        station.online.connect(self._asking.ask)
        self.retranslate()
        self._asking.ask()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.within, self.in_time, self.miss, self.made = (KeyFigure() for _ in range(4))
        self.trend_title, self.calibrated = Label("", CARD_TITLE), Label("", CAPTION)
        self.trend = TrendLine()
        self.trend_few = Label("", CAPTION, align=Qt.AlignmentFlag.AlignHCenter)
        self.group_title, self.class_title = Label("", CARD_TITLE), Label("", CARD_TITLE)
        self.by_group, self.by_class = FigureTable(), FigureTable()
        trend = Card()
        column = VBox(margins=(22, 16, 22, 10), parent=trend)
        head = HBox()
        head.addWidget(self.trend_title)
        head.addStretch(1)
        head.addWidget(self.calibrated)
        column.addLayout(head)
        column.add_gap(8)
        column.addWidget(self.trend, 1)
        column.addWidget(self.trend_few, 1)
        tables = HBox(spacing=16)
        for title, table in (
            (self.group_title, self.by_group),
            (self.class_title, self.by_class),
        ):
            card = Card()
            inside = VBox(margins=(14, 16, 12, 10), parent=card)
            row = HBox(margins=(8, 0, 8, 0))
            row.addWidget(title)
            inside.addLayout(row)
            inside.add_gap(4)
            inside.addWidget(table)
            tables.addWidget(card, 1)
        self._whole = QWidget()
        whole = VBox(spacing=16, parent=self._whole)
        whole.addWidget(StatRow([self.within, self.in_time, self.miss, self.made], rule=66))
        whole.addWidget(trend, 3)
        whole.addLayout(tables, 5)
        self.empty = EmptyState("stopwatch", "")
        self.loading = LoadingRows()
        self._pages = QStackedLayout(self)
        for page in (self.loading, self.empty, self._whole):
            self._pages.addWidget(page)
        self.loading.start()

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], Promises]:
        today = self._station.now().date()
        return lambda store: promises(store, today)

    def _take(self, shown: Promises) -> None:
        self._shown = shown
        self.loading.stop()
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self._asking.ask()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        shown = self._shown
        if shown is None:
            return
        whole = shown.board.whole
        self._pages.setCurrentWidget(self._whole if whole.made else self.empty)
        self._show_figures(whole)
        self._show_trend(shown.board)
        self._show_table(self.by_group, shown.board.by_group, shown.groups, self.tr("业务"))
        self._show_table(self.by_class, shown.board.by_class, shown.classes, self.tr("类别"))

    def _show_figures(self, whole: Score) -> None:
        self.within.show_text(share_figure(self.tr("落在区间内"), whole.share, RANGE_TARGET))
        in_time = share_figure(self.tr("不超过上端"), whole.share_in_time, UPPER_TARGET)
        self.in_time.show_text(in_time)
        outside = self.tr("{n} 张在区间外").format(n=whole.settled - whole.within)
        miss = f"{whole.miss:.1f}"
        caption = self.tr("未守住时平均差")
        self.miss.show_text(FigureText(caption, miss, self.tr("分钟"), outside))
        called = self.tr("已叫到 {n} 张").format(n=whole.settled)
        caption = self.tr("近 {n} 天承诺").format(n=SCOREBOARD_DAYS)
        self.made.show_text(FigureText(caption, str(whole.made), self.tr("张"), called))

    def _show_trend(self, board: Scoreboard) -> None:
        trend, words = daily_trend(board, SCOREBOARD_DAYS)
        self.trend.show_trend(trend, self.tr("每天落在区间内的比例"), words)
        self.trend.setVisible(bool(words))
        self.trend_few.setVisible(not words)
        if board.version:
            text = self.tr("区间按第 {version} 版校准，{day} 营业结束时得出")
            self.calibrated.setText(text.format(version=board.version, day=board.calibrated))
        else:
            self.calibrated.setText(self.tr("区间还没有校准过"))

    def _show_table(
        self, table: FigureTable, scores: Mapping[str, Score], names: Mapping[str, Name], head: str
    ) -> None:
        heads = (
            head,
            self.tr("承诺数"),
            self.tr("已叫到"),
            self.tr("区间内"),
            self.tr("上端内"),
            self.tr("平均差"),
        )
        # The branch's own order; what it no longer has stands at the end under its code.
        order = [code for code in names if code in scores]
        order += [code for code in scores if code not in names]
        table.show_rows(
            heads,
            [
                (
                    names[code].text(language().code) if code in names else code,
                    str(scores[code].made),
                    str(scores[code].settled),
                    self._share(scores[code].share),
                    self._share(scores[code].share_in_time),
                    self.tr("{n} 分").format(n=f"{scores[code].miss:.1f}"),
                )
                for code in order
            ],
        )

    def _share(self, share: float | None) -> str:
        return self.tr("张数太少") if share is None else f"{percent(share)}%"

    def retranslate(self) -> None:
        """Take all words anew."""
        self.trend_title.setText(self.tr("每天落在区间内的比例"))
        self.trend_few.setText(self.tr("每天不到 {few} 张，还看不出变化").format(few=FEW))
        self.group_title.setText(self.tr("按业务"))
        self.class_title.setText(self.tr("按类别"))
        self.by_group.setAccessibleName(self.tr("按业务"))
        self.by_class.setAccessibleName(self.tr("按类别"))
        self.empty.set_texts(
            self.tr("还没有承诺过等候时间"),
            self.tr("出号时告诉客户的等候区间，会在这里和实际等候比较"),
        )
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
