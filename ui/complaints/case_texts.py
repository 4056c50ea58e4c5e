"""Owns the words of a case side by side: what is claimed, what was found; changes neither."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from branch.complaints.queries.detail import CaseDetail
from ui.models.complaint_words import joined
from ui.models.outcome_words import (
    cause_label,
    finding_label,
    remedy_label,
    systemic_label,
)
from ui.widgets.label import SECTION, Label, TextRole
from ui.widgets.stage import HBox, VBox, clear

_TEXT = TextRole(14)
_SMALL = TextRole(13, 500, "ink2")


class CaseTexts(QWidget):
    """客户诉求 left, 核查情况 right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail: CaseDetail | None = None
        self._left, self._right = VBox(), VBox()
        row = HBox(spacing=24, parent=self)
        row.addLayout(self._left, 1)
        row.addLayout(self._right, 1)

    def show_case(self, detail: CaseDetail) -> None:
        """The case as it stands."""
        texts = ("facts", "claims", "basis", "verified", "statement", "grounds", "decision")
        every = (*texts, "measures", "finding", "cause", "systemic", "remedies", "redress")
        if self._detail is not None and all(
            self._detail.values[key] == detail.values[key] for key in every
        ):
            return
        self._detail = detail
        self._fill(detail)

    def _fill(self, detail: CaseDetail) -> None:
        values = detail.values
        self._column(
            self._left,
            self.tr("客户诉求"),
            (
                ("", values["facts"]),
                (self.tr("请求"), values["claims"]),
                (self.tr("依据"), values["basis"]),
            ),
        )
        found = [finding_label(values["finding"])] if values["finding"] else []
        if values["cause"]:
            found.append(self.tr("原因：{cause}").format(cause=cause_label(values["cause"])))
        if values["systemic"]:
            found.append(systemic_label(values["systemic"]))
        remedies = [remedy_label(code) for code in values["remedies"].split(",") if code]
        if values["redress"]:
            remedies.append(f"¥ {values['redress'] / 100:,.2f}")
        if detail.line.kind != "complaint" and not detail.values["verified"]:
            clear(self._right)
            return
        self._column(
            self._right,
            self.tr("核查情况"),
            (
                ("", values["verified"] or (self.tr("还没有调查结果") if not found else "")),
                (self.tr("结论"), joined(found)),
                (self.tr("当事人陈述"), values["statement"]),
                (self.tr("依据"), values["grounds"]),
                (self.tr("处理意见"), values["decision"]),
                (self.tr("补救"), joined(remedies)),
                (self.tr("后续措施"), values["measures"]),
            ),
        )

    def _column(self, column: VBox, title: str, parts: tuple[tuple[str, str], ...]) -> None:
        clear(column)
        column.addWidget(Label(title, SECTION))
        for caption, text in parts:
            if not text:
                continue
            if caption:
                label = Label(caption, _SMALL)
                label.setContentsMargins(0, 8, 0, 0)
                column.addWidget(label)
            words = Label(text, _TEXT, wrap=True)
            words.setContentsMargins(0, 2 if caption else 6, 0, 0)
            column.addWidget(words)
        column.addStretch(1)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._detail is not None:
            self._fill(self._detail)
