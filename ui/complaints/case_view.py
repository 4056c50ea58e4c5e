"""Owns one case as it is read, from head to files; must not change it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.complaints.rules import State
from ui.complaints.actions_section import ActionsSection
from ui.complaints.case_facts import CaseFacts
from ui.complaints.case_head import CaseHead
from ui.complaints.case_texts import CaseTexts
from ui.complaints.deadline_course import course_of
from ui.complaints.deadline_panel import DeadlinePanel
from ui.complaints.moment_words import is_told, moment_text, moment_words
from ui.complaints.paper_section import PaperSection
from ui.complaints.record import CaseRecord
from ui.complaints.timeline import Timeline, Told
from ui.complaints.visits_section import VisitsSection
from ui.models.complaint_words import channel_label
from ui.models.dates import short_day
from ui.shell.station import Station
from ui.widgets.card import Card, Separator
from ui.widgets.intake.files_panel import FilesPanel
from ui.widgets.label import SECTION, Label
from ui.widgets.place_holder import EmptyState
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import VBox


class CaseView(Card):
    """The middle of picture i; it scrolls, and says so when no case is chosen."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._record: CaseRecord | None = None
        self._shown_on: date | None = None
        self.head = CaseHead()
        self.facts = CaseFacts(station)
        self.deadline = DeadlinePanel()
        self.texts = CaseTexts()
        self.timeline = Timeline()
        self.visit_section, self.action_section = VisitsSection(station), ActionsSection(station)
        self.paper_section = PaperSection(station)
        self.files_caption = Label("", SECTION)
        self.files = FilesPanel(station)
        for section in (self.visit_section, self.action_section, self.paper_section):
            # Below a section that is there only.
            section.setContentsMargins(0, 0, 0, 14)
        self.sheet = QWidget()
        self.sections = VBox(margins=(24, 20, 24, 20), parent=self.sheet)
        for part, gap in (
            (self.head, 16),
            (self.facts, 18),
            (self.deadline, 14),
            (Separator(), 16),
            (self.texts, 16),
            (Separator(), 14),
            (self.timeline, 14),
            (self.visit_section, 0),
            (self.action_section, 0),
            (self.paper_section, 0),
            (Separator(), 14),
            (self.files_caption, 8),
            (self.files, 0),
        ):
            self.sections.addWidget(part)
            if gap:
                self.sections.add_gap(gap)
        self.sections.addStretch(1)
        self.area = ScrollArea(self.sheet, reached=True, bare=True)
        # The card is the ground.
        self.empty = EmptyState("complaint", "")
        self._pages = QStackedLayout()
        column = VBox(margins=(1, 1, 1, 1), parent=self)
        column.addLayout(self._pages)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.area)
        # A confidential one: that it is there, and nothing of it.
        self.withheld_head, self.withheld = CaseHead(), EmptyState("lock", "")
        self._closed = QWidget()
        closed = VBox(margins=(24, 20, 24, 20), parent=self._closed)
        closed.addWidget(self.withheld_head)
        closed.addWidget(self.withheld, 1)
        self._pages.addWidget(self._closed)
        self.retranslate()

    def record(self) -> CaseRecord | None:
        """The case that is shown."""
        return self._record

    def show_record(self, record: CaseRecord | None) -> None:
        """Show a case, or that none is chosen; one that stands as it is shown stays untouched."""
        before, today = self._record, self._station.now().date()
        if record is not None and (record, today) == (before, self._shown_on):
            return
        self._record, self._shown_on = record, today
        if record is None:
            self._pages.setCurrentWidget(self.empty)
            return
        if record.detail.line.withheld:
            self._show_withheld(record, today)
            return
        self._show(
            record, today, anew=before is None or before.detail.line.id != record.detail.line.id
        )

    def _show(self, record: CaseRecord, today: date, *, anew: bool) -> None:
        self.head.show_case(record.detail, today)
        self.facts.show_case(record, anew=anew)
        self.deadline.show_course(course_of(record.detail, today, self._station.zone))
        self.texts.show_case(record.detail)
        self.timeline.show_entries(self._entries(record), anew=anew)
        self.visit_section.show_case(record.detail)
        self.action_section.show_case(record.detail)
        self.paper_section.show_case(record.detail)
        line = record.detail.line
        self.files.show_files(line.id, record.detail.files, line.state != State.ARCHIVED)
        if anew:
            self.area.verticalScrollBar().setValue(0)
        self._pages.setCurrentWidget(self.area)

    def _show_withheld(self, record: CaseRecord, today: date) -> None:
        line = record.detail.line
        self.withheld_head.show_case(record.detail, today)
        channel = channel_label(line.channel, line.forwarded)
        self.withheld.set_texts(
            self.tr("客户要求保密"),
            self.tr(
                "{day}收到，渠道：{channel}。内容只给登记人、承办人、投诉专员和负责人看。"
            ).format(day=short_day(date.fromisoformat(line.received_on)), channel=channel),
        )
        self._pages.setCurrentWidget(self._closed)

    def _entries(self, record: CaseRecord) -> list[Told]:
        today = self._station.now().date()
        found = []
        for moment in record.detail.moments:
            if not is_told(moment):
                continue
            when = self._station.local(moment.at)
            text = f"{when:%m-%d %H:%M}"
            if when.date() == today:
                text = self.tr("今天 {time}").format(time=f"{when:%H:%M}")
            elif when.year != today.year:
                text = f"{when:%Y-%m-%d}"
            who = moment.staff_name or self.tr("系统")
            found.append(Told(text, moment_text(moment, record), who, moment_words(moment, record)))
        return found

    def retranslate(self) -> None:
        """Take all words anew."""
        for part in (self, self.area):
            part.setAccessibleName(self.tr("投诉详情"))
        self.files_caption.setText(self.tr("材料"))
        self.empty.set_texts(self.tr("没有选中投诉"), self.tr("在左边选一件，这里显示全部内容"))
        if self._record is None:
            return
        today = self._station.now().date()
        if self._record.detail.line.withheld:
            self._show_withheld(self._record, today)
        else:
            self._show(self._record, today, anew=False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
