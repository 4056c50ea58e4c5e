"""Owns the fields of what happened: words, wish, amount, day, place, staff; sends nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from branch.complaints.description import Matter
from branch.kernel.errors import BadInput
from ui.models.money import fen_of, yuan_of
from ui.shell.station import Station, sentence
from ui.widgets.choice import SegmentedControl
from ui.widgets.field import FieldEdit
from ui.widgets.intake.subjects_field import SubjectsField
from ui.widgets.label import Label, TextRole
from ui.widgets.long_field import LongField
from ui.widgets.masked_field import PRIVATE
from ui.widgets.moment_fields import DayField
from ui.widgets.staff_field import Colleague
from ui.widgets.stage import HBox, VBox

# Fields side by side stay in one line when a sentence stands under one of them.
_TOP: Final = Qt.AlignmentFlag.AlignTop
# What a title taken from the facts may have: one line of a list.
_PROPOSED: Final = 24
_UNKNOWN, _TODAY, _YESTERDAY, _DAY = "unknown", "today", "yesterday", "day"


class MatterPart(QWidget):
    """Facts first; the title proposes itself from them and can be changed."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._proposed = ""
        self.facts, self.claims = LongField(lines=3), LongField(lines=2)
        self.basis = LongField(lines=2)
        self.heading = FieldEdit("")
        self.when_label = Label("", TextRole(13, 500, "ink2"))
        self.when = SegmentedControl(
            [(code, code) for code in (_UNKNOWN, _TODAY, _YESTERDAY, _DAY)], padding=11
        )
        self.day = DayField()
        self.day.label.hide()
        self.day.setFixedWidth(136)
        self.place, self.amount = FieldEdit(""), FieldEdit("")
        self.subjects = SubjectsField(station)
        for edit in (self.heading.edit, self.place.edit, self.amount.edit):
            edit.setInputMethodHints(PRIVATE)
        for long in (self.facts, self.claims, self.basis):
            long.edit.setInputMethodHints(PRIVATE)
        self._lay_out()
        self.when.chosen.connect(self._show)
        self.amount.left.connect(self._check_amount)
        self.facts.edit.installEventFilter(self)
        self.retranslate()
        self.fill(Matter("", ""), frozenset())

    def _lay_out(self) -> None:
        column = VBox(spacing=10, parent=self)
        column.addWidget(self.facts)
        column.addWidget(self.heading)
        column.addWidget(self.claims)
        column.addWidget(self.basis)
        when = VBox(spacing=6)
        when.addWidget(self.when_label)
        row = HBox(spacing=8)
        row.addWidget(self.when, 0, _TOP)
        row.addWidget(self.day, 0, _TOP)
        row.addStretch(1)
        when.addLayout(row)
        column.addLayout(when)
        pair = HBox(spacing=12)
        pair.addWidget(self.place, 3, _TOP)
        pair.addWidget(self.amount, 2, _TOP)
        column.addLayout(pair)
        column.addWidget(self.subjects)
        column.addStretch(1)

    # -- what stands there ----------------------------------------------------------------------

    def matter(self) -> Matter:
        """What stands there, without classes; an amount that is none is left out."""
        self.propose_title()
        try:
            amount = fen_of(self.amount.text())
        except ValueError:
            amount = None
        return Matter(
            title=self.heading.text().strip(),
            facts=self.facts.text(),
            claims=self.claims.text(),
            basis=self.basis.text(),
            amount=amount,
            incident_on=self._incident_on(),
            incident_place=self.place.text().strip(),
        )

    def fill(self, matter: Matter, subjects: frozenset[int]) -> None:
        """Show a draft, or a blank form."""
        self.facts.set_text(matter.facts)
        self.heading.set_text(matter.title)
        self.claims.set_text(matter.claims)
        self.basis.set_text(matter.basis)
        self.place.set_text(matter.incident_place)
        self.amount.set_text(yuan_of(matter.amount))
        self.subjects.choose(subjects)
        today = self._station.now().date()
        day = date.fromisoformat(matter.incident_on) if matter.incident_on else None
        known = {today: _TODAY, today - timedelta(days=1): _YESTERDAY}
        self.when.set_current(_UNKNOWN if day is None else known.get(day, _DAY))
        self.day.set_day(day or today)
        self._show()

    def offer(self, colleagues: Sequence[Colleague]) -> None:
        """Whom it can be about."""
        self.subjects.offer(colleagues)

    def complete(self) -> bool:
        """Whether there are facts and the amount is one; what is missing is said."""
        self.propose_title()
        if not self.facts.text():
            self.facts.set_error(sentence(BadInput("facts_needed", field="facts")))
        self._check_amount()
        to_come = self._incident_on() > self._station.now().date().isoformat()
        self.day.set_error(sentence(BadInput("day_to_come", field="day")) if to_come else "")
        self.subjects.field.settle()
        return self.first_wrong() is None

    def first_wrong(self) -> QWidget | None:
        """The first field with a sentence under it."""
        for field in (self.facts, self.heading, self.claims, self.basis):
            if field.error_text():
                return field
        if self.day.isVisibleTo(self) and self.day.error.sentence.text():
            return self.day
        fields = (self.place, self.amount, self.subjects.field)
        return next((field for field in fields if field.error_text()), None)

    def places(self) -> dict[str, Callable[[str], None]]:
        """Where the error of a field is shown."""
        return {
            "facts": self.facts.set_error,
            "title": self.heading.set_error,
            "claims": self.claims.set_error,
            "basis": self.basis.set_error,
            "incident_on": self.day.set_error,
            "incident_place": self.place.set_error,
            "amount": self.amount.set_error,
            **self.subjects.places(),
        }

    def propose_title(self) -> None:
        """Take the first clause of the facts, unless somebody has written a title."""
        if self.heading.text().strip() not in ("", self._proposed):
            return
        first = _first_clause(self.facts.text())
        self._proposed = first if len(first) <= _PROPOSED else f"{first[: _PROPOSED - 1]}…"
        self.heading.set_text(self._proposed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the facts proposes a title."""
        if event.type() == QEvent.Type.FocusOut:
            self.propose_title()
        return bool(super().eventFilter(watched, event))

    def _incident_on(self) -> str:
        today = self._station.now().date()
        return {
            _UNKNOWN: "",
            _TODAY: today.isoformat(),
            _YESTERDAY: (today - timedelta(days=1)).isoformat(),
            _DAY: self.day.day().isoformat(),
        }[self.when.current()]

    def _check_amount(self) -> None:
        try:
            fen_of(self.amount.text())
        except ValueError:
            self.amount.set_error(sentence(BadInput("amount_range", field="amount")))

    def _show(self) -> None:
        self.day.setVisible(self.when.current() == _DAY)

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.facts.set_label(self.tr("发生了什么？记客户的原话"))
        self.heading.set_label(self.tr("一句话标题"))
        self.heading.edit.setPlaceholderText(self.tr("写好情况后自动拟一句，可以改"))
        self.claims.set_label(self.tr("客户要求什么？"))
        self.basis.set_label(self.tr("有什么依据？合同、凭证、宣传资料，可不填"))
        self.when_label.setText(self.tr("哪天发生的？"))
        self.when.setAccessibleName(self.tr("哪天发生的？"))
        self.when.set_texts(
            {
                _UNKNOWN: self.tr("不清楚"),
                _TODAY: self.tr("今天"),
                _YESTERDAY: self.tr("昨天"),
                _DAY: self.tr("另选日期"),
            }
        )
        self.day.set_label(self.tr("日期"))
        self.place.set_label(self.tr("在哪里，可不填"))
        self.amount.set_label(self.tr("涉及金额（元），可不填"))
        self.subjects.retranslate()


def _first_clause(text: str) -> str:
    """What stands before the first stop; an enumeration is one thing."""
    for at, char in enumerate(text):
        if char.isascii():
            stops = char == "\n" or (char in ",.;?!" and text[at + 1 : at + 2] in ("", " ", "\n"))
        else:
            stops = unicodedata.category(char) == "Po" and char != "、"
        if stops:
            return text[:at].strip()
    return text.strip()
