"""Owns the section 回访 of a case: visits, what follows from them, re-reviews; runs no command."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Signal

from branch.complaints.commands.answering import TRIES
from branch.complaints.deadlines import application_due
from branch.complaints.queries.detail import CaseDetail, ReviewLine, VisitLine
from branch.complaints.rules import State as Stage
from branch.complaints.satisfaction import still_waits
from branch.people.rules import permits
from branch.workdays.queries import work_calendar
from branch.workdays.rules import WorkCalendar
from ui.complaints.due_words import short_iso
from ui.complaints.offers import handlers_of
from ui.complaints.section import Line, Section
from ui.complaints.visit_dialog import VisitDialog, kept_label, tries_before
from ui.models.complaint_words import (
    reply_mode_label,
    step_label,
)
from ui.models.dates import short_day
from ui.models.outcome_words import (
    next_step_label,
    re_review_label,
    satisfaction_label,
)
from ui.shell.station import Station
from ui.widgets.banner import Banner
from ui.widgets.button import COMPACT, PlainButton
from ui.widgets.stage import HBox
from ui.widgets.state import State
from ui.widgets.status import Chip

_LOOK: Final = {
    "satisfied": State.OK,
    "rather_satisfied": State.OK,
    "dissatisfied": State.URGENT,
    "no_answer": State.IDLE,
}
# Where a visit may be noted, and the steps that lead on from one.
_VISITED: Final = (Stage.REPLIED, Stage.CLOSED)
_LEADING: Final = ("RegisterAgain", "Reopen", "StartReReview", "Close")


class VisitsSection(Section):
    """``step_wanted`` carries a step's code, ``said`` a sentence for a toast."""

    step_wanted = Signal(str)
    said = Signal(str)

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._detail: CaseDetail | None = None
        self._calendar: WorkCalendar | None = None
        self.way = Banner(State.ATTENTION, strip=False)
        self._ways = HBox(spacing=8)
        self.way_buttons: dict[str, PlainButton] = {}
        for code in _LEADING:
            button = PlainButton("", size=COMPACT)
            button.clicked.connect(partial(self._lead_on, code))
            self.way_buttons[code] = button
            self._ways.addWidget(button)
        self._ways.addStretch(1)
        self.column.addWidget(self.way)
        self.column.add_gap(8)
        self.column.addLayout(self._ways)
        self.button.clicked.connect(self.visit)
        station.changed.connect(self._on_changed)
        self.retranslate()
        self._ask_calendar()
        self.hide()

    def _ask_calendar(self) -> None:
        self._station.ask(self, work_calendar, self._take_calendar)

    def _take_calendar(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "calendar" in topics:
            self._ask_calendar()

    def show_case(self, detail: CaseDetail) -> None:
        """The case as it stands; nothing at all before it was replied to."""
        self._detail = detail
        self._show()

    def visit(self) -> None:
        """Note a visit."""
        assert self._detail is not None  # the button stands in a case
        dialog = VisitDialog(self.window(), self._station, self._detail)
        dialog.said.connect(self.said)
        dialog.open()

    def _lead_on(self, code: str, _checked: bool = False) -> None:
        self.step_wanted.emit(code)

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        detail = self._detail
        if detail is None:
            return
        # An enquiry that was answered and closed had no reply that one could ask about.
        told = detail.values["notified_at"] is not None
        begun = told and detail.line.state in _VISITED and not detail.line.anonymous
        self.setVisible(begun or bool(detail.visits or detail.reviews))
        if self.isHidden():
            return
        person = self._station.person
        self.begin()
        for visit in detail.visits:
            self.add(self._visit_line(visit))
        for review in detail.reviews:
            self.add(self._review_line(review))
        mine = person.staff in handlers_of(detail)
        self.button.setVisible(begun and not mine and permits("RecordVisit", person.roles))
        self.say(self._status(detail, begun=begun, mine=mine))
        self._show_way(detail, begun=begun)

    def _status(self, detail: CaseDetail, *, begun: bool, mine: bool) -> str:
        if not begun or detail.line.state != Stage.REPLIED:
            return ""
        visits = [one for one in detail.visits if one.round == detail.values["round"]]
        if any(visit.reached for visit in visits):
            return ""
        if tries_before(detail) >= TRIES:
            return self.tr("已满 {most} 次没有联系上，可以办结").format(most=TRIES)
        due = self._visit_due(detail)
        if mine:
            told = (
                self.tr("回访由承办人以外的同事做")
                if due is None
                else self.tr("回访由承办人以外的同事在 {day}前做")
            )
        else:
            told = self.tr("还没有回访") if due is None else self.tr("请在 {day}前回访")
        return told.format(day=short_day(due) if due else "")

    def _visit_due(self, detail: CaseDetail) -> date | None:
        notified = detail.values["notified_at"]
        if notified is None or self._calendar is None:
            return None
        sent_on = self._station.local(notified).date()
        return self._calendar.workday_after(sent_on, detail.house.visit_workdays).day

    def _visit_line(self, visit: VisitLine) -> Line:
        if visit.reached:
            state = _LOOK[visit.satisfaction]
            chip = Chip(satisfaction_label(visit.satisfaction), state)
        else:
            chip = Chip(self.tr("没有联系上"), State.ATTENTION)
        parts = [self.tr("{mode}回访").format(mode=reply_mode_label(visit.mode))]
        if visit.kept:
            parts.append(self.tr("答应的事{kept}").format(kept=kept_label(visit.kept)))
        if visit.reached and visit.next_step != "close":
            parts.append(self.tr("下一步：{step}").format(step=next_step_label(visit.next_step)))
        between = self.tr("，")
        when = self._when(self._station.local(visit.at))
        return Line(when, between.join(parts), visit.visitor, visit.text, chip)

    def _review_line(self, review: ReviewLine) -> Line:
        state = State.OK if review.decision else State.RUNNING
        chip = Chip(re_review_label(review.decision), state)
        told = self.tr("核查，{day}前决定") if not review.decision else self.tr("核查决定")
        applied = datetime.fromisoformat(review.applied_on)
        what = told.format(day=short_iso(review.due))
        return Line(f"{applied:%m-%d}", what, review.reviewer, review.text, chip)

    def _when(self, moment: datetime) -> str:
        today = self._station.now().date()
        if moment.date() == today:
            return self.tr("今天 {time}").format(time=f"{moment:%H:%M}")
        return f"{moment:%m-%d %H:%M}" if moment.year == today.year else f"{moment:%Y-%m-%d}"

    # -- not satisfied --------------------------------------------------------------------------

    def _show_way(self, detail: CaseDetail, *, begun: bool) -> None:
        words = self._way_words(detail) if begun else ""
        if words:
            self.way.show_text(words)
        else:
            self.way.clear()
        closing = bool(words) and self._may_close(detail)
        for code, button in self.way_buttons.items():
            open_now = bool(words) and code in detail.steps and (code != "Close" or closing)
            if code == "RegisterAgain":
                open_now = bool(words) and self._wants_new(detail)
                button.setText(self.tr("登记新投诉"))
            else:
                button.setText(step_label(code))
            button.setVisible(open_now)

    def _wants_new(self, detail: CaseDetail) -> bool:
        last = [visit for visit in detail.visits if visit.reached][-1]
        permitted = permits("Register", self._station.person.roles)
        wanted = last.next_step == "new_complaint" and not detail.renewed
        return permitted and (wanted or self._is_too_late(last, detail))

    def _is_too_late(self, last: VisitLine, detail: CaseDetail) -> bool:
        """Whether a re-review was agreed on and can be applied for no more."""
        until = self._window_end(detail)
        over = until is not None and self._station.now().date() > until
        return last.next_step == "re_review" and over

    def _way_words(self, detail: CaseDetail) -> str:
        visits = [
            one for one in detail.visits if one.reached and one.round == detail.values["round"]
        ]
        if not visits or visits[-1].satisfaction != "dissatisfied":
            return ""
        told = {
            "follow_on": self.tr("客户不满意：请继续跟进，处理后再回访"),
            "re_review": self.tr("客户不满意：等他书面申请核查"),
            "new_complaint": self.tr("客户不满意：请登记新投诉，并关联本件"),
        }[visits[-1].next_step]
        if visits[-1].next_step == "new_complaint" and detail.renewed:
            told = self.tr("客户不满意：已登记新投诉 {number}，本件可以办结")
            return told.format(number=detail.renewed)
        until = self._window_end(detail)
        if visits[-1].next_step == "re_review" and until is not None:
            told = self.tr("客户不满意：等他书面申请核查，到 {day}为止")
            if self._is_too_late(visits[-1], detail):
                told = self.tr("客户不满意：核查申请期 {day}已过，可以办结；有新情况可登记新投诉")
            told = told.format(day=short_day(until))
        return told

    def _may_close(self, detail: CaseDetail) -> bool:
        last = [visit for visit in detail.visits if visit.reached][-1]
        received = detail.values["reply_received_on"]
        today = self._station.now().date()
        return not still_waits(
            last.satisfaction, last.next_step, received, today, renewed=bool(detail.renewed)
        )

    def _window_end(self, detail: CaseDetail) -> date | None:
        received = detail.values["reply_received_on"]
        return application_due(date.fromisoformat(received)) if received else None

    def retranslate(self) -> None:
        """Take all words anew."""
        self.caption.setText(self.tr("回访与核查"))
        self.button.setText(self.tr("记录回访"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
