"""Owns the steps of a re-review by the superior body (Order 3 Art. 20); decides none of them."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.reviews import OrderRedo, StartReReview, UpholdDecision
from branch.complaints.deadlines import application_due, re_review_due
from branch.complaints.queries.detail import CaseDetail
from branch.people.rules import permits
from ui.complaints.care_dialog import CareDialog
from ui.complaints.due_words import short_iso
from ui.models.complaint_words import step_label
from ui.models.dates import short_day
from ui.models.outcome_words import re_review_label
from ui.shell.station import Station
from ui.widgets.button import COMPACT, PlainButton
from ui.widgets.stage import HBox

translate = QCoreApplication.translate

START, UPHOLD, REDO = "StartReReview", "UpholdDecision", "OrderRedo"
_UPHELD, _CHANGED = "upheld", "changed"
_LINES: Final = 5


class ReReviewDialog(CareDialog):
    """``step``: begin, decide, or order it to be handled again.

    ``new_wanted`` carries the day on which an application came in that was late: what is new in
    it makes a new complaint.
    """

    new_wanted = Signal(object)

    def __init__(self, parent: QWidget, station: Station, detail: CaseDetail, step: str) -> None:
        super().__init__(parent, station, detail, step_label(step))
        self._step = step
        {START: self._build_start, UPHOLD: self._build_decision, REDO: self._build_redo}[step]()
        self.offer(step_label(step), self.tr("返回"), self._command, self._kept)

    def _build_start(self) -> None:
        received = self.detail.values["reply_received_on"]
        self._until = application_due(date.fromisoformat(received)) if received else None
        if self._until is not None:
            until = short_day(self._until)
            told = self.tr("客户 {day} 收到答复，最晚 {until} 可以申请")
            told = told.format(day=short_iso(received), until=until)
        else:
            told = self.tr("还没有登记客户收到答复的日期，请先登记")
        self.window_told = self.add_words(told)
        today = self.station.now().date()
        self.applied = self.add_day("applied_on", self.tr("收到核查申请的日期"), today)
        self.due = self.add_words("")
        self.new_button = PlainButton(self.tr("登记新投诉"), size=COMPACT)
        self.new_button.setAutoDefault(False)
        self.new_button.clicked.connect(self._lead_to_new)
        row = HBox()
        row.addWidget(self.new_button)
        row.addStretch(1)
        self.target.add_gap(8)
        self.target.addLayout(row)
        self.in_writing = self.add_tick("in_writing", self.tr("申请是书面的"))
        self.applied.edit.dateChanged.connect(lambda _day: self._say_due())
        self._say_due()
        self.applied.setFocus()

    def _say_due(self) -> None:
        late = self._is_late()
        self.new_button.setVisible(late and permits("Register", self.station.person.roles))
        if late:
            told = self.tr("核查申请期已过。有新情况的，登记为新投诉：投诉人、渠道和分类带过去")
            self.due.setText(told)
        else:
            due = short_day(re_review_due(self.applied.day()))
            told = self.tr("{day}前作出核查决定并告知客户（办法第二十条）")
            self.due.setText(told.format(day=due))
        self.settle()

    def _is_late(self) -> bool:
        return self._until is not None and self.applied.day() > self._until

    def _lead_to_new(self) -> None:
        # What was typed is kept as over any other way out.
        self.reject()
        self.new_wanted.emit(self.applied.day())

    def _build_decision(self) -> None:
        choices = [(code, re_review_label(code)) for code in (_UPHELD, _CHANGED)]
        self.decision = self.add_segments(self.tr("核查决定"), choices)
        self.parts["decision"] = (self.decision.current, self.decision.set_current)
        self._ask_words(self.tr("处理过程、时限和结果的核查情况与理由"))

    def _build_redo(self) -> None:
        told = self.tr("案件回到调查，从今天重新计算 15 日；原决定保留在案")
        self.add_words(told)
        self._ask_words(self.tr("核查发现了什么，要求怎样重办"))

    def _ask_words(self, label: str) -> None:
        self.text = self.add_long("text", label, _LINES)
        self.text.setFocus()

    def _command(self) -> object:
        complaint = self.detail.line.id
        if self._step == START:
            return StartReReview(complaint, self.applied.day(), self.in_writing.isChecked())
        if self._step == UPHOLD:
            changed = self.decision.current() == _CHANGED
            return UpholdDecision(complaint, changed, self.text.text())
        return OrderRedo(complaint, self.text.text())

    def _kept(self, _value: object) -> None:
        self.said.emit(
            {
                START: self.tr("已开始核查"),
                UPHOLD: self.tr("已作出核查决定"),
                REDO: self.tr("已责令重办"),
            }[self._step]
        )
