"""Owns the head of a case: title, how it stands, what stands out, its number; acts on nothing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from branch.complaints.queries.detail import CaseDetail
from ui.complaints.case_delegate import mark_words
from ui.complaints.due_words import due_chip
from ui.models.complaint_words import (
    identity_label,
    kind_label,
    sensitivity_label,
    state_label,
    title_of,
)
from ui.widgets.label import CAPTION, Label, TextRole
from ui.widgets.painting import text_width
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import CHIP_SMALL, CareChip, StatusChip

_GAP = 12


class CaseHead(QWidget):
    """Title and due chip left, the number right; below what stands out of the case."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[CaseDetail, date] | None = None
        self.title = Label("", TextRole(20, 700))
        self.chip = StatusChip(State.IDLE, "")
        self.number = Label("", CAPTION)
        self._head = HBox(spacing=_GAP)
        self._head.addWidget(self.title)
        self._head.addWidget(self.chip)
        self._head.addStretch(1)
        self._head.addWidget(self.number)
        self._marks = QWidget()
        self._chips = HBox(spacing=6, margins=(0, 8, 0, 0), parent=self._marks)
        column = VBox(parent=self)
        column.addLayout(self._head)
        column.addWidget(self._marks)

    def show_case(self, detail: CaseDetail, today: date) -> None:
        """The case as it stands today."""
        self._shown = (detail, today)
        line = detail.line
        self.title.setText(title_of(line))
        self.number.setText(line.number)
        chip = due_chip(line, today)
        self.chip.set_chip(chip.state or State.IDLE, chip.text, chip.icon)
        clear(self._chips)
        state = state_label(line.state)
        # What has ended, or has no due day, says so in the first chip.
        if chip.text != state:
            self._chips.addWidget(StatusChip(State.RUNNING, state, size=CHIP_SMALL))
        for words in self._words(detail):
            self._chips.addWidget(CareChip("", words, size=CHIP_SMALL))
        self._chips.addStretch(1)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break a title that does not fit into one line."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        rest = self.chip.sizeHint().width() + self.number.sizeHint().width() + 4 * _GAP
        wanted = text_width(self.title.text(), self.title.font())
        wraps = wanted + rest > self.width()
        self.title.setWordWrap(wraps)
        self._head.setStretchFactor(self.title, 100 if wraps else 0)
        self.updateGeometry()

    def _words(self, detail: CaseDetail) -> list[str]:
        line = detail.line
        words = [] if line.kind == "complaint" else [kind_label(line.kind)]
        words += mark_words(line)
        if line.anonymous:
            words.append(identity_label("anonymous"))
        if detail.values["confidential"]:
            words.append(self.tr("要求保密"))
        words += [sensitivity_label(code) for code in line.sensitivity]
        if detail.values["agency"]:
            words.append(self.tr("代销业务"))
        if detail.values["round"] > 1:
            words.append(self.tr("第 {n} 次办理").format(n=detail.values["round"]))
        return words

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._shown is not None:
            self.show_case(*self._shown)
