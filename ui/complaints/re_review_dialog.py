"""Owns the steps of a re-review by the superior body (Order 3 Art. 20); decides none of them."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.reviews import OrderRedo, StartReReview, UpholdDecision
from branch.complaints.deadlines import application_due, re_review_due
from branch.complaints.queries.detail import CaseDetail
from ui.complaints.care_dialog import CareDialog
from ui.complaints.due_words import short_iso
from ui.models.complaint_words import step_label
from ui.models.dates import short_day
from ui.models.outcome_words import re_review_label
from ui.shell.station import Station

translate = QCoreApplication.translate

START, UPHOLD, REDO = "StartReReview", "UpholdDecision", "OrderRedo"
_UPHELD, _CHANGED = "upheld", "changed"
_LINES: Final = 5


class ReReviewDialog(CareDialog):
    """``step``: begin, decide, or order it to be handled again."""

    def __init__(self, parent: QWidget, station: Station, detail: CaseDetail, step: str) -> None:
        super().__init__(parent, station, detail, step_label(step))
        self._step = step
        {START: self._build_start, UPHOLD: self._build_decision, REDO: self._build_redo}[step]()
        self.offer(step_label(step), self.tr("返回"), self._command, self._kept)

    def _build_start(self) -> None:
        received = self.detail.values["reply_received_on"]
        if received:
            until = short_day(application_due(date.fromisoformat(received)))
            told = self.tr("客户 {day} 收到答复，最晚 {until} 可以申请")
            told = told.format(day=short_iso(received), until=until)
        else:
            told = self.tr("还没有登记客户收到答复的日期，请先登记")
        self.window_told = self.add_words(told)
        today = self.station.now().date()
        self.applied = self.add_day("applied_on", self.tr("收到核查申请的日期"), today)
        self.due = self.add_words("")
        self.in_writing = self.add_tick("in_writing", self.tr("申请是书面的"))
        self.applied.edit.dateChanged.connect(lambda _day: self._say_due())
        self._say_due()
        self.applied.setFocus()

    def _say_due(self) -> None:
        due = short_day(re_review_due(self.applied.day()))
        self.due.setText(self.tr("{day}前作出核查决定并告知客户（办法第二十条）").format(day=due))

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
