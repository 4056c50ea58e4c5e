"""Owns the classes of a complaint: three dimensions, severity, urgency, sensitivity; no command."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.codes import (
    BIZ_CHANNELS,
    BIZ_CLASSES,
    REASONS,
    SENSITIVITIES,
    SEVERITIES,
    URGENCIES,
)
from branch.complaints.description import Matter
from branch.complaints.queries.intake import UsualClasses
from ui.models.complaint_words import (
    biz_channel_label,
    biz_class_label,
    reason_label,
    sensitivity_label,
    severity_label,
    urgency_label,
)
from ui.widgets.chips import Chips
from ui.widgets.choice import SegmentedControl
from ui.widgets.label import CAPTION, STRONG, Label
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import HBox, VBox

_COLUMNS: Final = 4
_NONE: Final = "-"


class Dimension(QWidget):
    """The classes used most as tiles, all of them in a list; ``chosen`` tells after a choice."""

    chosen = Signal()

    def __init__(self, codes: Sequence[str], label: Callable[[str], str], rows: int) -> None:
        super().__init__()
        self._ranked, self._label, self._shown = tuple(codes), label, rows * _COLUMNS
        self._standards: Mapping[str, str] = {}
        self._every = ""
        self.title = Label("", STRONG)
        self.tiles, self.all = Chips(_COLUMNS, numbered=True), QuietCombo()
        self.all.setMaximumWidth(200)
        column = VBox(spacing=4, parent=self)
        head = HBox(spacing=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.all, 1)
        column.addLayout(head)
        column.addWidget(self.tiles)
        self.tiles.chosen.connect(lambda: self._choose(self.tiles.code()))
        self.all.activated.connect(lambda _at: self._choose(self.all.code()))

    def rank(self, codes: Sequence[str], standards: Mapping[str, str]) -> None:
        """Offer the first of these as tiles, all with their national codes in the list; what is
        chosen stays."""
        self._ranked, self._standards = tuple(codes), standards
        self._offer()

    def code(self) -> str:
        """The class chosen, or an empty text."""
        return self.all.code().removeprefix(_NONE)

    def choose(self, code: str) -> None:
        """Choose without telling anybody."""
        self.all.choose(code or _NONE)
        self.tiles.choose(frozenset({code}))

    def set_title(self, title: str, every: str) -> None:
        """Name the dimension and its list, in the language of the moment."""
        self.title.setText(title)
        self.tiles.setAccessibleName(title)
        self.all.setAccessibleName(f"{title} {every}")
        self._every = every
        self._offer()

    def _choose(self, code: str) -> None:
        self.choose(code.removeprefix(_NONE))
        self.chosen.emit()

    def _offer(self) -> None:
        code = self.code()
        words = [(one, self._label(one)) for one in self._ranked]
        self.tiles.offer(words[: self._shown])
        listed = [(one, f"{text}  {self._standards.get(one, '')}".rstrip()) for one, text in words]
        self.all.set_choices([(_NONE, self._every), *listed])
        self.choose(code)


class Classify(QWidget):
    """A where the business was done, B which business, C why; then how grave and how delicate."""

    def __init__(self) -> None:
        super().__init__()
        self.reason = Dimension(REASONS, reason_label, 2)
        self.biz_class = Dimension(BIZ_CLASSES, biz_class_label, 1)
        self.biz_channel = Dimension(BIZ_CHANNELS, biz_channel_label, 1)
        self.agency_hint = Label("", CAPTION, wrap=True)
        self.severity_label, self.urgency_label = Label("", STRONG), Label("", STRONG)
        self.severity = SegmentedControl([(code, code) for code in SEVERITIES], padding=11)
        self.urgency = SegmentedControl([(code, code) for code in URGENCIES], padding=11)
        self.sensitivity_label = Label("", STRONG)
        self.sensitivity = Chips(3, several=True)
        column = VBox(spacing=10, parent=self)
        for part in (self.reason, self.biz_class, self.agency_hint, self.biz_channel):
            column.addWidget(part)
        row = HBox(spacing=20)
        for label, segments in (
            (self.severity_label, self.severity),
            (self.urgency_label, self.urgency),
        ):
            side = VBox(spacing=6)
            side.addWidget(label)
            side.addWidget(segments)
            row.addLayout(side)
        row.addStretch(1)
        column.addLayout(row)
        delicate = VBox(spacing=6)
        delicate.addWidget(self.sensitivity_label)
        delicate.addWidget(self.sensitivity)
        column.addLayout(delicate)
        column.addStretch(1)
        self.biz_class.chosen.connect(self._show)
        self.retranslate()
        self.fill(Matter("", ""))

    def classified(self, matter: Matter) -> Matter:
        """The same matter with the classes chosen here."""
        return replace(
            matter,
            biz_channel=self.biz_channel.code(),
            biz_class=self.biz_class.code(),
            reason=self.reason.code(),
            severity=self.severity.current(),
            urgency=self.urgency.current(),
            sensitivity=self.sensitivity.codes(),
        )

    def fill(self, matter: Matter) -> None:
        """Show a draft, or a blank form."""
        self.biz_channel.choose(matter.biz_channel)
        self.biz_class.choose(matter.biz_class)
        self.reason.choose(matter.reason)
        self.severity.set_current(matter.severity)
        self.urgency.set_current(matter.urgency)
        self.sensitivity.choose(matter.sensitivity)
        self._show()

    def rank(self, usual: UsualClasses) -> None:
        """The classes used most come first."""
        for part, name, codes in (
            (self.biz_channel, "biz_channel", usual.biz_channels),
            (self.biz_class, "biz_class", usual.biz_classes),
            (self.reason, "reason", usual.reasons),
        ):
            standards = {code: text for (of, code), text in usual.standards.items() if of == name}
            part.rank(codes, standards)

    def _show(self) -> None:
        self.agency_hint.setVisible(self.biz_class.code() == "agency")

    def retranslate(self) -> None:
        """Take all words anew."""
        every = self.tr("全部")
        self.reason.set_title(self.tr("为什么不满？"), every)
        self.biz_class.set_title(self.tr("什么业务？"), every)
        self.biz_channel.set_title(self.tr("在哪里办的？"), every)
        self.agency_hint.setText(self.tr("代销业务由我行负责，不能以“不是我行责任”办结。"))
        self.severity_label.setText(self.tr("多严重？"))
        self.severity.setAccessibleName(self.tr("多严重？"))
        self.severity.set_texts({code: severity_label(code) for code in SEVERITIES})
        self.urgency_label.setText(self.tr("多紧急？"))
        self.urgency.setAccessibleName(self.tr("多紧急？"))
        self.urgency.set_texts({code: urgency_label(code) for code in URGENCIES})
        self.sensitivity_label.setText(self.tr("要特别留意吗？"))
        self.sensitivity.setAccessibleName(self.tr("要特别留意吗？"))
        self.sensitivity.offer([(code, sensitivity_label(code)) for code in SENSITIVITIES])
