"""Owns the note of a follow-up visit (form TS-07): reached, satisfied, what follows; no call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.codes import KEPT, SATISFACTIONS, VISIT_MODES
from branch.complaints.commands.answering import TRIES
from branch.complaints.commands.reviews import RecordVisit
from branch.complaints.deadlines import RE_REVIEW_LENGTH, application_due
from branch.complaints.queries.detail import CaseDetail
from ui.complaints.care_dialog import NO, YES, CareDialog
from ui.complaints.step_dialog import ChipsField, Values
from ui.models.complaint_words import reply_mode_label
from ui.models.dates import short_day
from ui.models.outcome_words import (
    next_step_label,
    satisfaction_label,
)
from ui.shell.station import Station
from ui.widgets.choice import CheckRow
from ui.widgets.label import SECOND, Label
from ui.widgets.moment_fields import DayField
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

_CONTENT: Final = ("close", "follow_on")
_NOT_CONTENT: Final = ("follow_on", "re_review", "new_complaint")
_WIDE, _NARROW = 900, 480
_LINES: Final = 7


def kept_label(code: str) -> str:
    """Whether what had been promised was kept."""
    return {
        "kept": translate("VisitWords", "都办到了"),
        "partly": translate("VisitWords", "部分办到"),
        "not_kept": translate("VisitWords", "没有办到"),
        "nothing_promised": translate("VisitWords", "没有承诺"),
    }.get(code, code)


def tries_before(detail: CaseDetail) -> int:
    """How often nobody was reached in this round, while nobody was."""
    visits = [visit for visit in detail.visits if visit.round == detail.values["round"]]
    return 0 if any(visit.reached for visit in visits) else len(visits)


def explained(next_step: str, received_on: date | None) -> str:
    """What a next step means for the complainant, with its days."""
    if next_step == "re_review" and received_on is not None:
        text = translate(
            "VisitWords",
            "请告知客户：最晚 {day} 可以书面向上级行申请核查，上级行收到申请后 {n} 日内决定并告知"
            "（办法第二十条）",
        )
        return text.format(day=short_day(application_due(received_on)), n=RE_REVIEW_LENGTH)
    return {
        "follow_on": translate("VisitWords", "本件不办结，处理后再回访；负责人同意的可重新办理"),
        "re_review": translate(
            "VisitWords",
            "请告知客户：收到答复之日起 30 日内可以书面向上级行申请核查（办法第二十条）",
        ),
        "new_complaint": translate("VisitWords", "请登记新投诉，并关联本件"),
    }.get(next_step, "")


class VisitDialog(CareDialog):
    """By somebody else than the handler; not being satisfied leads on."""

    def __init__(self, parent: QWidget, station: Station, detail: CaseDetail) -> None:
        super().__init__(parent, station, detail, translate("VisitDialog", "记录回访"), width=_WIDE)
        left, right = self.split()
        self.into(left)
        self.phone = self.add_phone()
        modes = [(code, reply_mode_label(code)) for code in VISIT_MODES]
        self.mode = self.add_chips("mode", self.tr("怎么回访的"), modes, len(VISIT_MODES))
        self.mode.choose(frozenset({"phone"}))
        self.reached = self.add_reached()
        self.tries = self.add_words("")
        self.text = self.add_long("text", "", _LINES)
        left.addStretch(1)
        self.into(right)
        self.answers = QWidget()
        self.add_part(self.answers)
        right.addStretch(1)
        self._build_answers(VBox(spacing=14, parent=self.answers))
        self.into(None)
        self.offer(self.tr("记录回访"), self.tr("返回"), self._command, self._kept)
        self.reached.chosen.connect(lambda _key: self._follow())
        self.satisfaction.chosen.connect(self._follow)
        self.next_step.chosen.connect(self._explain)
        self.parts["reached"] = (self.reached.current, self._choose)
        self.parts["received_on"] = (self._told_now, self._take_received)
        self.has_received.toggled.connect(lambda _on: self._follow())
        self.received.edit.dateChanged.connect(lambda _day: self._explain())
        self._follow()
        self.mode.focus_first()

    def _build_answers(self, column: VBox) -> None:
        """What is asked of somebody who was reached."""
        values = self.detail.values
        self.has_received = CheckRow(self.tr("客户已收到答复，收到日期"))
        self.received = DayField()
        self.received.edit.setAccessibleName(self.tr("收到答复的日期"))
        self.received.label.hide()
        self.received.set_day(self.station.local(values["notified_at"]).date())
        self.places["received_on"] = self.received.set_error
        asked = QWidget()
        row = HBox(spacing=12, parent=asked)
        row.addWidget(self.has_received, 1)
        row.addWidget(self.received)
        asked.setVisible(not values["reply_received_on"])
        column.addWidget(asked)
        kept = [(code, kept_label(code)) for code in KEPT]
        satisfied = [(code, satisfaction_label(code)) for code in SATISFACTIONS]
        self.kept = self._ask(column, "kept", self.tr("答应的事"), kept, 2).chips
        said = self._ask(column, "satisfaction", self.tr("客户是否满意"), satisfied, 2)
        self.satisfaction = said.chips
        self.next_field = self._ask(column, "next_step", self.tr("下一步"), (), len(_NOT_CONTENT))
        self.next_step = self.next_field.chips
        self.meaning = Label("", SECOND, wrap=True)
        column.addWidget(self.meaning)

    def _ask(
        self, column: VBox, name: str, label: str, choices: Sequence[tuple[str, str]], across: int
    ) -> ChipsField:
        field = ChipsField(label, choices, across, several=False)
        self.fields[name] = field
        column.addWidget(field)
        return field

    def put_back(self, values: Values) -> None:
        """Fill in what was typed before; what could follow hangs on what was answered."""
        super().put_back(values)
        self._follow()
        super().put_back(values)
        self._explain()

    def _choose(self, key: str) -> None:
        self.reached.set_current(key)

    def _told_now(self) -> date | None:
        """The day of receipt that he tells now."""
        asked = self.has_received.isChecked() and not self.detail.values["reply_received_on"]
        return self.received.day() if asked else None

    def _take_received(self, day: date | None) -> None:
        self.has_received.setChecked(day is not None)
        if day is not None:
            self.received.set_day(day)

    def _follow(self) -> None:
        """Ask what fits what was answered so far."""
        reached = self.reached.current() == YES
        self.answers.setVisible(reached)
        self.panel.setFixedWidth(_WIDE if reached else _NARROW)
        self.received.setVisible(self.has_received.isChecked())
        self.tries.setVisible(not reached)
        count = tries_before(self.detail) + 1
        left = TRIES - count
        if left > 0:
            told = self.tr("这是第 {n} 次没有联系上，还差 {left} 次才能办结；可换个时间或方式")
            self.tries.setText(told.format(n=count, left=left))
        else:
            self.tries.setText(self.tr("这是第 {n} 次没有联系上，记录后可以办结").format(n=count))
        unhappy = self._unhappy()
        self.text.set_label(
            self.tr("哪里不满意，还希望什么") if unhappy else self.tr("客户怎么说，可不填")
        )
        steps = _NOT_CONTENT if unhappy else _CONTENT
        self.next_field.setVisible(reached and bool(self.satisfaction.code()))
        if self.next_step.offered() != steps:
            self.next_step.offer([(code, next_step_label(code)) for code in steps])
            if not unhappy and not self.next_step.code():
                self.next_step.choose(frozenset({"close"}))
        self._explain()

    def _explain(self) -> None:
        shown = not self.next_field.isHidden()
        self.meaning.setText(explained(self.next_step.code(), self._received_on()))
        self.meaning.setVisible(shown and bool(self.meaning.text()))
        self.settle()

    def _unhappy(self) -> bool:
        return self.reached.current() == YES and self.satisfaction.code() == "dissatisfied"

    def _received_on(self) -> date | None:
        known = self.detail.values["reply_received_on"]
        if known:
            return date.fromisoformat(known)
        return self.received.day() if self.has_received.isChecked() else None

    def _command(self) -> object:
        complaint, mode, text = self.detail.line.id, self.mode.code(), self.text.text()
        if self.reached.current() == NO:
            return RecordVisit(complaint, mode, False, text=text, next_step="follow_on")
        return RecordVisit(
            complaint,
            mode,
            True,
            self.satisfaction.code(),
            self.kept.code(),
            text,
            self.next_step.code() or "close",
            self._told_now(),
        )

    def _kept(self, _visit: object) -> None:
        if self.reached.current() == NO:
            self.said.emit(self.tr("已记录，没有联系上"))
            return
        told = self.tr("已记录回访，客户{satisfaction}")
        self.said.emit(told.format(satisfaction=satisfaction_label(self.satisfaction.code())))
