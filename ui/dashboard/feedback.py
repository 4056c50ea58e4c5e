"""Owns the page 反馈: a week's feedback beside the week before, in numbers and in the customers'
words; must not count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.catalogue.queries import Name, services
from branch.kernel.store import Store
from branch.visitors.queries.reception import FeedbackWeek, feedback_week, feedback_weeks
from branch.visitors.reception import week_of
from reports.forms.feedback import counted, feedback_pdf, named, signed
from reports.letterhead import Origin
from ui.models.dates import day_text
from ui.models.reception_words import reception_word
from ui.shell.asking import Asking
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.call_list import CallLine, CallList
from ui.widgets.card import Card
from ui.widgets.choice import SegmentedControl
from ui.widgets.figure_table import FigureTable
from ui.widgets.frame import StatFigure, StatRow
from ui.widgets.label import CAPTION, CARD_TITLE, Label
from ui.widgets.paper_buttons import PaperButtons
from ui.widgets.place_holder import EmptyState
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import HBox, VBox

PARTS = ("service", "advice", "kind")
_FIGURES = ("praise", "suggestion", "dissatisfied")


@dataclass(frozen=True)
class _Shown:
    """What was asked for, the weeks that can be chosen (their Mondays), the one shown, and the
    names of services."""

    chosen: str
    mondays: tuple[str, ...]
    week: FeedbackWeek
    services: Mapping[str, Name]


def _shown(store: Store, chosen: str, today: str) -> _Shown:
    mondays = feedback_weeks(store, today)
    monday = chosen if chosen in mondays else week_of(date.fromisoformat(today)).isoformat()
    names = {service.code: service.name for service in services(store)}
    return _Shown(chosen, mondays, feedback_week(store, monday, today), names)


class FeedbackPage(QWidget):
    """Above the week and its figures, left the counts, right what customers said."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("feedback")
        self._station = station
        self.shown: _Shown | None = None
        self.asking = Asking(station, self, self._question, self._take)
        self._build()
        self.weeks.activated.connect(self.asking.ask)
        self.part.chosen.connect(lambda _part: self._show())
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.asking.ask()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.weeks = QuietCombo()
        self.weeks.setMinimumWidth(300)
        self.week_label = Label("", CAPTION)
        self.week_label.setBuddy(self.weeks)
        self.papers = PaperButtons(self._station)
        self.figures = [StatFigure("") for _ in range(6)]
        self.figure_row = StatRow(self.figures)
        top = HBox(spacing=12)
        top.addWidget(self.week_label)
        top.addWidget(self.weeks)
        top.addWidget(self.papers, 1)
        body = HBox(spacing=16)
        body.addWidget(self._counts(), 1)
        body.addWidget(self._voices(), 1)
        column = VBox(parent=self)
        column.addLayout(top)
        column.add_gap(16)
        column.addWidget(self.figure_row)
        column.add_gap(16)
        column.addLayout(body, 1)

    def _counts(self) -> Card:
        card = Card()
        self.counts_title = Label("", CARD_TITLE)
        self.part = SegmentedControl([(part, "") for part in PARTS])
        self.table = FigureTable()
        head = HBox(spacing=12)
        head.addWidget(self.counts_title, 1)
        head.addWidget(self.part)
        column = VBox(margins=(22, 18, 22, 14), parent=card)
        column.addLayout(head)
        column.add_gap(10)
        self.no_counts = EmptyState("document", "")
        self._count_pages = QStackedLayout()
        column.addLayout(self._count_pages, 1)
        self._count_pages.addWidget(self.no_counts)
        self._count_pages.addWidget(self.table)
        return card

    def _voices(self) -> Card:
        card = Card()
        self.voices_title = Label("", CARD_TITLE)
        self.voices_note = Label("", CAPTION, align=Qt.AlignmentFlag.AlignRight)
        self.voices = CallList()
        self.no_voices = EmptyState("message", "")
        head = HBox(spacing=12)
        head.addWidget(self.voices_title, 1)
        head.addWidget(self.voices_note)
        column = VBox(margins=(22, 18, 22, 14), parent=card)
        column.addLayout(head)
        column.add_gap(10)
        self._voice_pages = QStackedLayout()
        column.addLayout(self._voice_pages, 1)
        self._voice_pages.addWidget(self.no_voices)
        self._voice_pages.addWidget(self.voices)
        return card

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], _Shown]:
        today = self._station.now().date().isoformat()
        return partial(_shown, chosen=self.weeks.code(), today=today)

    def _take(self, shown: _Shown) -> None:
        if shown.chosen != self.weeks.code():
            # Somebody has chosen another week meanwhile, which is asked for already.
            return
        self.shown = shown
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & {"reception", "catalogue", "retention"}:
            self.asking.ask()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        shown = self.shown
        if shown is None:
            self.papers.offer("", None)
            return
        week, names = shown.week, shown.services
        self.weeks.set_choices([(monday, self._week_text(monday)) for monday in shown.mondays])
        self.weeks.choose(week.monday)
        self._show_figures(week)
        self._show_counts(week, names)
        lines = [
            self._line(voice.day, voice.kind, voice.service, voice.text) for voice in week.voices
        ]
        self.voices.show_lines(lines)
        self._voice_pages.setCurrentIndex(1 if lines else 0)
        origin = Origin(language().code, self._station.branch, self._station.now_ms())
        name = self.tr("客户反馈 {day}").format(day=week.monday)
        self.papers.offer(name, lambda: feedback_pdf(week, names, origin))

    def _week_text(self, monday: str) -> str:
        first = date.fromisoformat(monday)
        last = first + timedelta(days=6)
        text = self.tr("{first} 至 {last}").format(first=monday, last=last.isoformat())
        if first == week_of(self._station.now().date()):
            return self.tr("{week}，本周到现在").format(week=text)
        return text

    def _show_figures(self, week: FeedbackWeek) -> None:
        now, before = week.now, week.before
        pairs = [(self.tr("接待记录数"), now.records, before.records)]
        for code in _FIGURES:
            caption = reception_word("kind", code)
            pairs.append((caption, now.by_kind.get(code, 0), before.by_kind.get(code, 0)))
        pairs.append((self.tr("要求回访"), now.wanted, before.wanted))
        for figure, (caption, value, former) in zip(self.figures, pairs, strict=False):
            figure.set_caption(caption)
            figure.set_value(str(value), self.tr("前一周 {n}").format(n=former))
        late = self.figures[-1]
        late.set_caption(self.tr("回访逾期"))
        late.set_value(str(now.late), self.tr("办完 {n}").format(n=now.done), urgent=now.late > 0)

    def _show_counts(self, week: FeedbackWeek, names: Mapping[str, Name]) -> None:
        part = self.part.current()
        heads = {
            "service": self.tr("业务"),
            "advice": self.tr("怎样答复"),
            "kind": self.tr("反馈"),
        }
        rows = [
            (named(part, code, names, language().code), str(now), str(before), signed(now - before))
            for code, now, before in counted(week, part)
        ]
        self.table.setAccessibleName(heads[part])
        last = (self.tr("这一周"), self.tr("前一周"), self.tr("增减"))
        self.table.show_rows((heads[part], *last), rows)
        any_record = bool(week.now.records or week.before.records)
        self._count_pages.setCurrentIndex(1 if any_record else 0)

    def _line(self, day: str, kind: str, service: str, text: str) -> CallLine:
        assert self.shown is not None  # nothing is listed before there was an answer
        need = named("service", service, self.shown.services, language().code)
        weekday = day_text(datetime.fromisoformat(day))
        second = self.tr("，").join((reception_word("kind", kind), weekday, need))
        return CallLine(day[5:], "", text, second)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.week_label.setText(self.tr("哪一周"))
        self.weeks.setAccessibleName(self.tr("哪一周"))
        self.counts_title.setText(self.tr("接待了什么"))
        self.part.setAccessibleName(self.tr("按什么数"))
        self.part.set_texts(
            {
                "service": self.tr("按业务"),
                "advice": self.tr("按答复"),
                "kind": self.tr("按反馈"),
            }
        )
        self.voices_title.setText(self.tr("客户的话"))
        self.voices_note.setText(self.tr("号码已隐去"))
        self.voices.setAccessibleName(self.tr("客户的话"))
        self.no_counts.set_texts(
            self.tr("这一周没有接待记录"), self.tr("大堂记下接待后，这里会按周汇总")
        )
        self.no_voices.set_texts(
            self.tr("这一周没有记下客户的话"), self.tr("记下的表扬、建议和不满会列在这里")
        )
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
