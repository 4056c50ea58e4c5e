"""Owns the page 投诉: a period of complaints in numbers, why they came, which were late; must not
count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.complaints.attention import Proposal
from branch.complaints.queries.handlers import HandlerCases, cases_by_handler
from branch.complaints.queries.late import LateCases, action_proposals, late_cases
from branch.complaints.queries.months import Month, Week, months, weeks
from branch.complaints.queries.statistics import statistics
from branch.complaints.statistics import Statistics
from branch.kernel import journal
from branch.kernel.store import Store
from branch.people.rules import may_read, permits
from reports.forms.complaint_sheet import Sheet, complaint_sheet_pdf, sheet_name
from reports.letterhead import Origin
from ui.dashboard.chart_card import ChartCard
from ui.dashboard.complaint_periods import PERIODS, Days, before, days_of, kind_of
from ui.dashboard.complaint_rows import (
    figures,
    late_line,
    month_bars,
    proposal_text,
    span_text,
    weights,
)
from ui.dashboard.complaint_tables import Told, choices, table_of
from ui.dashboard.flow_bars import FlowBars
from ui.dashboard.legend import Legend
from ui.dashboard.pareto import Pareto
from ui.dashboard.proposal_dialog import ProposalDialog
from ui.dashboard.register_export import RegisterExport
from ui.shell.asking import Asking
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.banner import Banner
from ui.widgets.call_list import CallList
from ui.widgets.card import Card
from ui.widgets.choice import SegmentedControl
from ui.widgets.figure_table import FigureTable
from ui.widgets.frame import StatRow
from ui.widgets.key_figure import KeyFigure
from ui.widgets.label import CAPTION, CARD_TITLE, ElidedLabel, Label
from ui.widgets.paper_buttons import PaperButtons
from ui.widgets.place_holder import EmptyState, LoadingRows
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import HBox, VBox

_TOPICS = frozenset({"complaint", "action", "calendar", "retention", "ticket"})
_RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Shown:
    """What the page shows: a period beside the one before, and what asks for action today."""

    kind: str
    days: Days
    now: Statistics
    before: Statistics
    months: tuple[Month, ...]
    weeks: tuple[Week, ...]
    handlers: tuple[HandlerCases, ...] | None
    late: LateCases
    proposals: tuple[Proposal, ...]
    head: tuple[int, str]


class ComplaintsPage(QWidget):
    """Above the period, its papers and figures, below why, when, by what and which were late.

    ``said`` carries what was done, in words.
    """

    said = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("complaints")
        self._station = station
        self.shown: Shown | None = None
        self.asking = Asking(station, self, self._question, self._take)
        self._build()
        self.period.activated.connect(self.asking.ask)
        self.part.activated.connect(self._show_table)
        self.asked.pressed.connect(self._act)
        self.reader.chosen.connect(lambda _reader: self._offer())
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.period.choose(PERIODS[0])
        self.part.choose("biz_class")
        self.loading.start()
        self.asking.ask()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.period, self.part = QuietCombo(), QuietCombo()
        self.period_label = Label("", CAPTION)
        self.period_label.setBuddy(self.period)
        self.days = ElidedLabel("", CAPTION)
        self.reader = SegmentedControl([("inside", ""), ("outside", "")])
        self.papers = PaperButtons(self._station)
        self.register = RegisterExport(self._station)
        top = HBox(spacing=12)
        top.addWidget(self.period_label)
        top.addWidget(self.period)
        top.addWidget(self.days, 2)
        top.addWidget(self.reader)
        top.addWidget(self.papers, 3)
        top.addWidget(self.register, 3)
        self.period.setFixedWidth(150)
        self.asked = Banner(strip=False)
        self.empty = EmptyState("complaint", "")
        self.loading = LoadingRows(8)
        self.whole = self._whole()
        self._pages = QStackedLayout()
        column = VBox(spacing=14, parent=self)
        column.addLayout(top)
        column.addWidget(self.asked)
        column.addLayout(self._pages, 1)
        for page in (self.loading, self.empty, self.whole):
            self._pages.addWidget(page)

    def _whole(self) -> QWidget:
        self.figures = [KeyFigure() for _ in range(6)]
        self.reasons, self.causes, self.flow = Pareto(), Pareto(), FlowBars()
        self.reason_note, self.cause_note = (
            ElidedLabel("", CAPTION, align=_RIGHT) for _ in range(2)
        )
        self.legend = Legend(("pale", "full"))
        self.reason_card = ChartCard(self.reasons, self.reason_note)
        self.cause_card = ChartCard(self.causes, self.cause_note)
        self.flow_card = ChartCard(self.flow, self.legend)
        upper, lower = HBox(spacing=16), HBox(spacing=16)
        for card in (self.reason_card, self.cause_card):
            upper.addWidget(card, 1)
        lower.addWidget(self._table_card(), 9)
        lower.addWidget(self.flow_card, 8)
        lower.addWidget(self._late_card(), 10)
        whole = QWidget()
        column = VBox(spacing=14, parent=whole)
        column.addWidget(StatRow(self.figures, rule=66))
        column.addLayout(upper, 9)
        column.addLayout(lower, 10)
        return whole

    def _table_card(self) -> Card:
        card = Card()
        self.table = FigureTable()
        self.part.setMinimumWidth(150)
        self.part_label = Label("", CARD_TITLE)
        head = HBox(spacing=12)
        head.addWidget(self.part_label)
        head.addWidget(self.part, 1)
        column = VBox(margins=(22, 14, 22, 10), parent=card)
        column.addLayout(head)
        column.add_gap(6)
        column.addWidget(self.table, 1)
        return card

    def _late_card(self) -> Card:
        card = Card()
        self.late_title = Label("", CARD_TITLE)
        self.late_note = ElidedLabel("", CAPTION, align=_RIGHT)
        self.late, self.no_late = CallList(), EmptyState("check", "")
        head = HBox(spacing=12)
        head.addWidget(self.late_title)
        head.addWidget(self.late_note, 1)
        column = VBox(margins=(22, 16, 22, 10), parent=card)
        column.addLayout(head)
        column.add_gap(6)
        self._late_pages = QStackedLayout()
        column.addLayout(self._late_pages, 1)
        self._late_pages.addWidget(self.no_late)
        self._late_pages.addWidget(self.late)
        return card

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], Shown]:
        period, today = self.period.code() or PERIODS[0], self._station.now().date()
        staff = self._station.person.staff
        by_handler = self._may_read_handlers()

        def look(store: Store) -> Shown:
            days = days_of(period, today)
            # The head first: what is counted is at least what the journal held then.
            head = journal.head(store)
            return Shown(
                kind_of(period),
                days,
                statistics(store, staff, *days),
                statistics(store, staff, *before(period, today)),
                months(store, staff, days[1]),
                weeks(store, staff, days[1]),
                cases_by_handler(store, staff, *days, today) if by_handler else None,
                late_cases(store, staff, *days, today),
                action_proposals(store, staff, today),
                head,
            )

        return look

    def _take(self, shown: Shown) -> None:
        self.shown = shown
        self.loading.stop()
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        shown = self.shown
        self._offer()
        if shown is None:
            return
        now, book = shown.now, shown.now.ledger
        self.days.set_text(span_text(*shown.days))
        any_case = book.received or book.all_ended or book.open_after
        self._pages.setCurrentWidget(self.whole if any_case else self.empty)
        for figure, text in zip(self.figures, figures(now, shown.before), strict=True):
            figure.show_text(text)
        reasons, causes = weights(now.by["reason"], "reason"), weights(now.handled.causes, "cause")
        self.reasons.show_rows(reasons, self.reason_card.title.text())
        self.reason_card.set_known(bool(reasons))
        self.reason_note.set_text(self.tr("收到 {n} 件，右边是累计").format(n=book.received))
        self.causes.show_rows(causes, self.cause_card.title.text())
        self.cause_card.set_known(bool(causes))
        self.cause_note.set_text(self.tr("办结 {n} 件，右边是累计").format(n=now.handled.closed))
        self.flow.show_hours(month_bars(shown.months), self.flow_card.title.text())
        self.flow_card.set_known(any(one.received or one.ended for one in shown.months))
        self._show_table()
        late = shown.late
        self.late.show_lines([late_line(line) for line in late.lines])
        self._late_pages.setCurrentIndex(1 if late.lines else 0)
        note = self.tr("法定 {n} 件，行内 {m} 件").format(n=late.legal, m=late.house)
        self.late_note.set_text(note if late.lines else "")
        asked = proposal_text(shown.proposals)
        if asked:
            may_act = permits("AddAction", self._station.person.roles)
            self.asked.show_text(asked, button=self.tr("登记整改") if may_act else "")
        else:
            self.asked.clear()
        for dialog in self.window().findChildren(ProposalDialog):
            dialog.show_proposals(shown.proposals)

    def _act(self) -> None:
        """Ask what is to be mended where it is asked for first."""
        if self.shown is not None and self.shown.proposals:
            dialog = ProposalDialog(self.window(), self._station, self.shown.proposals[0])
            dialog.said.connect(self.said)
            dialog.open()

    def _show_table(self) -> None:
        shown = self.shown
        if shown is None:
            return
        told = Told(shown.now, shown.before, shown.weeks, shown.handlers)
        name = self.part.currentText()
        self.table.setAccessibleName(name)
        self.table.show_rows(*table_of(told, self.part.code(), name))

    def _may_read_handlers(self) -> bool:
        return may_read("complaint_staff_figures", self._station.person.roles)

    def _offer(self) -> None:
        """The papers of what is shown."""
        shown = self.shown
        self.register.offer(shown.days if shown else None)
        if shown is None:
            self.papers.offer("", None)
            return
        sheet = Sheet(
            shown.kind,
            shown.now,
            shown.before,
            shown.months,
            shown.weeks,
            shown.handlers,
            shown.late,
            shown.head,
            outside=self.reader.current() == "outside",
        )
        origin = Origin(language().code, self._station.branch, self._station.now_ms())
        name = sheet_name(sheet, language().code)
        self.papers.offer(name, lambda: complaint_sheet_pdf(sheet, origin))

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.period.set_choices(
            [
                ("month", self.tr("本月")),
                ("last_month", self.tr("上月")),
                ("quarter", self.tr("本季")),
                ("last_quarter", self.tr("上季")),
                ("year", self.tr("本年")),
                ("last_year", self.tr("上年")),
            ]
        )
        self.period_label.setText(self.tr("统计时间"))
        self.period.setAccessibleName(self.tr("统计时间"))
        self.reader.setAccessibleName(self.tr("统计表给谁看"))
        self.reader.set_texts({"inside": self.tr("行内用"), "outside": self.tr("对外报送")})
        self.part_label.setText(self.tr("分类"))
        self.part.setAccessibleName(self.tr("按什么分类"))
        self.part.set_choices(choices(handlers=self._may_read_handlers()))
        self.reason_card.title.setText(self.tr("投诉原因"))
        self.reason_card.nothing.setText(self.tr("这段时间没有收到投诉"))
        self.cause_card.title.setText(self.tr("根本原因"))
        self.cause_card.nothing.setText(self.tr("这段时间没有办结的投诉"))
        self.flow_card.title.setText(self.tr("近十二个月"))
        self.flow_card.nothing.setText(self.tr("近十二个月没有投诉"))
        self.legend.set_words((self.tr("收到"), self.tr("了结")))
        self.late_title.setText(self.tr("逾期"))
        self.late.setAccessibleName(self.tr("逾期的投诉"))
        self.no_late.set_texts(self.tr("没有逾期的投诉"), "")
        self.empty.set_texts(self.tr("这段时间没有投诉"), self.tr("登记投诉后，这里会有统计和台账"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
