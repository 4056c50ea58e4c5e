"""Owns the page 公平: a business day held against the rule, a ticket's story; must not judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QComboBox, QStackedLayout, QWidget

from branch.kernel.clock import MS_PER_MINUTE
from branch.kernel.store import Store
from branch.lobby.queries.days import past_days, ticket_of_day
from branch.lobby.queries.fairness import DayFairness, day_fairness
from branch.lobby.queries.waiting import business_day
from reports.forms.fairness import day_fairness_pdf
from reports.forms.fairness_words import minutes_later, say
from reports.letterhead import Origin
from ui.models.dates import day_text
from ui.models.fairness_words import hand_lines, verdict_sentences, wrong_lines
from ui.shell.asking import Asking
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.call_list import CallList
from ui.widgets.card import Card, Separator
from ui.widgets.frame import StatFigure, StatRow
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, Label, TextRole
from ui.widgets.paper_buttons import PaperButtons
from ui.widgets.place_holder import EmptyState
from ui.widgets.stage import Grid, HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph
from ui.widgets.story_panel import StoryPanel

# What a judgement of today is made of.
_TOPICS = frozenset({"ticket", "counter", "day", "catalogue"})
_ASIDE_WIDTH = 500


@dataclass(frozen=True)
class _Picture:
    """What was asked for, the days that can be chosen, and the judgement of one of them."""

    chosen: str
    days: tuple[str, ...]
    today: str
    told: DayFairness | None


def _picture(store: Store, chosen: str) -> _Picture:
    today = business_day(store)
    days = past_days(store)
    if today and today not in days:
        days = (today, *days)
    day = chosen if chosen in days else next(iter(days), "")
    return _Picture(chosen, days, today, day_fairness(store, day) if day else None)


class FairnessPage(QWidget):
    """Left the day: figures, verdict, by class, calls by hand. Right a ticket of that day."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fairness")
        self._station = station
        self._picture: _Picture | None = None
        self.asking = Asking(station, self, self._question, self._take)
        self._build()
        self.days.activated.connect(self.asking.ask)
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.asking.ask()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.days = QComboBox()
        self.days.setProperty("ownFocus", True)
        self.days.setMinimumWidth(240)
        self.day_label = Label("", CAPTION)
        self.day_label.setBuddy(self.days)
        self.papers = PaperButtons(self._station)
        self.figures = [StatFigure("") for _ in range(5)]
        self.figure_row = StatRow(self.figures)
        self.day_card, self.story_card = self._build_day(), self._build_story()
        top = HBox(spacing=12)
        top.addWidget(self.day_label)
        top.addWidget(self.days)
        top.addWidget(self.papers, 1)
        body = HBox(spacing=16)
        body.addWidget(self.day_card, 1)
        body.addWidget(self.story_card)
        self._whole = QWidget()
        column = VBox(parent=self._whole)
        column.addLayout(top)
        column.add_gap(16)
        column.addWidget(self.figure_row)
        column.add_gap(16)
        column.addLayout(body, 1)
        self.empty = EmptyState("calendar", "")
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._whole)

    def _build_day(self) -> Card:
        card = Card()
        self.glyph = StatusGlyph(State.OK, 24)
        self.verdict = Label("", TextRole(16, 700), wrap=True)
        self.wrong = CallList()
        self.class_title = Label("", CARD_TITLE)
        self._classes = QWidget()
        self._classes_column = VBox(parent=self._classes)
        self.hand_title = Label("", CARD_TITLE)
        self.hand_empty = Label("", BODY)
        self.hand = CallList()
        head = HBox(spacing=12)
        head.addWidget(self.glyph, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.verdict, 1)
        column = VBox(margins=(22, 18, 22, 14), parent=card)
        column.addLayout(head)
        column.addWidget(self.wrong, 2)
        column.add_gap(14)
        column.addWidget(Separator())
        column.add_gap(12)
        column.addWidget(self.class_title)
        column.add_gap(6)
        column.addWidget(self._classes)
        column.add_gap(14)
        column.addWidget(Separator())
        column.add_gap(12)
        column.addWidget(self.hand_title)
        column.add_gap(4)
        column.addWidget(self.hand_empty)
        column.addWidget(self.hand, 3)
        self._filler = QWidget()
        column.addWidget(self._filler, 1)
        return card

    def _build_story(self) -> Card:
        card = Card()
        card.setFixedWidth(_ASIDE_WIDTH)
        self.story_title = Label("", CARD_TITLE)
        self.story = StoryPanel(self._station, self._of_day)
        column = VBox(margins=(22, 18, 22, 18), parent=card)
        column.addWidget(self.story_title)
        column.add_gap(10)
        column.addWidget(self.story, 1)
        return card

    # -- asking ---------------------------------------------------------------------------------

    def _of_day(self, store: Store, number: str) -> int | None:
        told = self._picture.told if self._picture else None
        return ticket_of_day(store, told.day, number) if told else None

    def _question(self) -> Callable[[Store], _Picture]:
        return partial(_picture, chosen=self.days.currentData() or "")

    def _take(self, picture: _Picture) -> None:
        if picture.chosen != (self.days.currentData() or ""):
            # Somebody has chosen another day meanwhile, which is asked for already.
            return
        before = self._picture
        self._picture = picture
        if before is None or _day_of(before) != _day_of(picture):
            self.story.clear()
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        shown = self._picture
        # A past day stays as it is; only the list of days may grow.
        today = shown is None or _day_of(shown) in ("", shown.today)
        if (today and topics & _TOPICS) or "day" in topics:
            self.asking.ask()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        picture = self._picture
        told = picture.told if picture else None
        self._pages.setCurrentWidget(self._whole if told else self.empty)
        if picture is None or told is None:
            self.papers.offer("", None)
            return
        self._show_days(picture)
        self._show_figures(told)
        self._show_verdict(told)
        self._show_classes(told)
        lines = hand_lines(told, self._station.local)
        self.hand.show_lines(lines)
        self.hand.setVisible(bool(lines))
        self.hand_empty.setVisible(not lines)
        self._filler.setVisible(not lines)
        origin = Origin(language().code, self._station.branch, self._station.now_ms())
        name = say("file_day", origin.language, day=told.day)
        self.papers.offer(name, lambda: day_fairness_pdf(told, origin))

    def _show_days(self, picture: _Picture) -> None:
        self.days.clear()
        for day in picture.days:
            text = self._day_text(day)
            if day == picture.today:
                text = self.tr("{day}，今天到现在").format(day=text)
            self.days.addItem(text, day)
        self.days.setCurrentIndex(self.days.findData(_day_of(picture)))

    @staticmethod
    def _day_text(day: str) -> str:
        """A day as 2026-11-20, 11月20日 星期五."""
        return f"{day} {day_text(datetime.fromisoformat(day))}"

    def _show_figures(self, told: DayFairness) -> None:
        judged = told.judgement
        minute = self.tr("分钟")
        values: Sequence[tuple[str, int, str]] = (
            (self.tr("叫号"), judged.calls, self.tr("次")),
            (self.tr("先于早到者叫号"), len(judged.overtakings), self.tr("次")),
            (self.tr("被先叫到的号票"), told.overtaken, self.tr("张")),
            (self.tr("最长晚到"), minutes_later(told, told.longest), minute),
            (self.tr("上限"), judged.bound // MS_PER_MINUTE, minute),
        )
        for figure, (caption, value, unit) in zip(self.figures, values, strict=True):
            figure.set_caption(caption)
            figure.set_value(str(value), unit)

    def _show_verdict(self, told: DayFairness) -> None:
        lines = wrong_lines(told, self._station.local)
        self.glyph.set_state(State.URGENT if lines else State.OK)
        self.verdict.set_token("danger_text" if lines else "ok_text")
        self.verdict.setText("\n".join(verdict_sentences(told)))
        self.wrong.show_lines(lines)
        self.wrong.setVisible(bool(lines))

    def _show_classes(self, told: DayFairness) -> None:
        clear(self._classes_column)
        if not told.by_class:
            self._classes_column.addWidget(Label(self.tr("这一天没有人先于早到者叫号"), BODY))
            return
        table = QWidget()
        grid = Grid(columns=3, spacing=6, parent=table)
        right = Qt.AlignmentFlag.AlignRight
        heads = (self.tr("类别"), self.tr("次数"), self.tr("最长晚到"))
        for column, text in enumerate(heads):
            align = right if column else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(Label(text, CAPTION, align=align), 0, column)
        for row, count in enumerate(told.by_class, 1):
            name = told.classes[count.klass].text(language().code)
            longest = self.tr("{n} 分钟").format(n=minutes_later(told, count.longest))
            grid.addWidget(Label(name, BODY), row, 0)
            grid.addWidget(Label(str(count.times), BODY, align=right), row, 1)
            grid.addWidget(Label(longest, BODY, align=right), row, 2)
        self._classes_column.addWidget(table)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.day_label.setText(self.tr("营业日"))
        self.days.setAccessibleName(self.tr("营业日"))
        self.class_title.setText(self.tr("按类别"))
        self.hand_title.setText(self.tr("手动叫号"))
        self.hand.setAccessibleName(self.tr("手动叫号"))
        self.hand_empty.setText(self.tr("这一天没有手动叫号"))
        self.wrong.setAccessibleName(self.tr("超过上限的叫号"))
        self.story_title.setText(self.tr("一张号票为什么这样排"))
        self.empty.set_texts(
            self.tr("还没有可看的营业日"), self.tr("取出第一个号后，这里会逐次核对叫号次序")
        )
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _day_of(picture: _Picture) -> str:
    return picture.told.day if picture.told else ""
