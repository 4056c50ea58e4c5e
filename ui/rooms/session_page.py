"""Owns the page of a session: which card stands where and shows what; sends nothing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from branch.complaints.queries.detail import CaseDetail
from branch.quality.queries import Action
from branch.rooms.queries.sessions import Check, SessionView
from branch.rooms.rules import COMPANION, MANAGER, REST, STEP_CODES
from ui.models.complaint_words import joined
from ui.models.dates import short_day
from ui.models.room_words import check_label, step_label
from ui.rooms.customer_card import Customer, CustomerCard
from ui.rooms.end_card import EndCard
from ui.rooms.lines import CheckLine, PromiseLine
from ui.rooms.mood_card import MoodCard
from ui.rooms.promise_card import PromiseCard
from ui.rooms.step_bar import StepBar
from ui.rooms.support_card import SupportCard
from ui.rooms.work_card import WorkCard
from ui.shell.station import Station
from ui.widgets.stage import VBox
from ui.widgets.state import State
from ui.widgets.status import Chip

_LEFT, _RIGHT = 292, 316
_NARROW_LEFT, _NARROW_RIGHT = 268, 280
_ROOMY_FROM = 1260
# Below this height the left cards draw together, so that nothing in them is squeezed.
_HIGH_FROM = 760
_LOOKS = {"true": State.OK, "differs": State.ATTENTION, "pending": State.IDLE}


class SessionPage(QWidget):
    """Picture j: customer, mood and support left, the talk in the middle, what follows right."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._view: SessionView | None = None
        self._detail: CaseDetail | None = None
        self.customer, self.mood, self.support = CustomerCard(station), MoodCard(), SupportCard()
        self.steps, self.work = StepBar(), WorkCard()
        self.promises, self.end = PromiseCard(), EndCard()
        self._left, self._right = QWidget(), QWidget()
        self._left_column = VBox(spacing=16, parent=self._left)
        self._left_column.addWidget(self.customer)
        self._left_column.addWidget(self.mood)
        self._left_column.addWidget(self.support, 1)
        middle = VBox(spacing=16)
        middle.addWidget(self.steps)
        middle.addWidget(self.work, 1)
        right = VBox(spacing=16, parent=self._right)
        right.addWidget(self.promises, 1)
        right.addWidget(self.end)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._left)
        self._row.addLayout(middle, 1)
        self._row.addWidget(self._right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up the width of the side cards before that of the talk, their edges before their
        words."""
        super().resizeEvent(event)
        narrow = self.width() < _ROOMY_FROM
        self._left.setFixedWidth(_NARROW_LEFT if narrow else _LEFT)
        self._right.setFixedWidth(_NARROW_RIGHT if narrow else _RIGHT)
        self._row.setSpacing(12 if narrow else 16)
        low = self.height() < _HIGH_FROM
        self._left_column.setSpacing(12 if low else 16)
        for card in (self.customer, self.mood, self.support):
            layout = card.layout()
            assert layout is not None  # every card of the page has its column
            layout.setContentsMargins(20, 12 if low else 18, 20, 14 if low else 20)
        self.support.set_low(low)

    def view(self) -> SessionView | None:
        """The session that is shown."""
        return self._view

    def detail(self) -> CaseDetail | None:
        """Its case, once there is one."""
        return self._detail

    def show_session(self, view: SessionView, detail: CaseDetail | None) -> None:
        """Show it as it stands; the statement is the window's to put."""
        self._view, self._detail = view, detail
        self.customer.show_customer(
            self._customer(view, detail),
            view.line.id,
            view.line.complaint,
            can_unlink=view.can_unlink,
        )
        self.mood.show_grade(view.mood)
        self._show_support(view)
        self.steps.show_steps([step_label(code) for code in STEP_CODES], view.step - 1)
        self.work.show_step(view.step)
        self.work.show_marks(view.wishes, view.calming)
        self.work.show_checks([self._check(check) for check in view.checks])
        self.work.allow_files(detail is not None)
        lines = [self._promise(action) for action in view.promises]
        self.promises.show_promises(lines, needs_case=view.line.complaint is None)
        self.promises.add_button.setEnabled(view.line.complaint is not None)

    def _customer(self, view: SessionView, detail: CaseDetail | None) -> Customer:
        first = view.visitors[0].name if view.visitors else ""
        with_him = sum(one.capacity == COMPANION for one in view.visitors)
        company = []
        if with_him:
            company.append(self.tr("{n} 人").format(n=with_him))
        if len(view.visitors) - with_him > 1:
            others = len(view.visitors) - with_him
            company.append(self.tr("共 {n} 位客户").format(n=others))
        if view.parties > 1:
            company.append(self.tr("{n} 人共同投诉").format(n=view.parties))
        complainant = detail.shown["name"] if detail is not None else ""
        return Customer(
            name=first,
            complainant="" if complainant in [one.name for one in view.visitors] else complainant,
            phone=detail.shown["phone"] if detail is not None else "",
            company=self.tr("，").join(company),
            before=self.tr("本年第 {n} 次").format(n=view.this_year) if view.this_year else "",
            hosts=joined(view.line.staff_names),
            care=view.care,
        )

    def _show_support(self, view: SessionView) -> None:
        asked = {one.kind for one in view.support if one.answered_at is None}
        self.support.show_asked(manager=MANAGER in asked, rest=REST in asked)
        calls = [alarm for alarm in view.alarms if not alarm.is_cancelled]
        answered = bool(calls) and calls[-1].answered_at is not None
        self.support.show_fetching(bool(calls), answered)

    def _check(self, check: Check) -> CheckLine:
        icon = "clock" if check.state == "pending" else ""
        chip = Chip(check_label(check.state), _LOOKS[check.state], icon)
        return CheckLine(check.id, check.text, check.found, chip)

    def _promise(self, action: Action) -> PromiseLine:
        due, today = date.fromisoformat(action.due_on), self._station.now().date()
        # Another year is said, so that a slip of the year is seen.
        day = short_day(due) if due.year == today.year else action.due_on
        when = self.tr("今天内") if due == today else self.tr("{day}前").format(day=day)
        return PromiseLine(action.text, action.owner_name, when)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._view is not None:
            self.show_session(self._view, self._detail)
