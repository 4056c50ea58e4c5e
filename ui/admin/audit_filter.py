"""Owns the strip that says which entries are wanted; must not look for any."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.clock import to_ms
from branch.people.queries.audit import REFUSED, REVEALED, AuditFilter, topics
from reports.forms.audit_words import place_words, topic_words
from ui.admin.audit_rows import Asked, Choices
from ui.shell.language import language
from ui.widgets.field import FieldEdit
from ui.widgets.label import Label, TextRole
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import HBox, VBox

_CAPTION = TextRole(13, 500, "ink2")
_DAY = 118


class _Choice(QWidget):
    """A caption over a drop-down choice, as a field has it."""

    def __init__(self) -> None:
        super().__init__()
        self.caption = Label("", _CAPTION)
        self.caption.setContentsMargins(0, 0, 0, 6)
        self.combo = QuietCombo()
        self.caption.setBuddy(self.combo)
        column = VBox(parent=self)
        column.addWidget(self.caption)
        column.addWidget(self.combo)
        column.addStretch(1)

    def set_caption(self, text: str) -> None:
        """Name it, for the eye and for a screen reader."""
        self.caption.setText(text)
        self.combo.setAccessibleName(text)


class AuditFilterStrip(QWidget):
    """``changed`` comes with every choice and when a field is left or entered."""

    changed = Signal()

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone
        self._choices = Choices((), ())
        self._sent: Asked | None = None
        self.since, self.until = FieldEdit("", self._check), FieldEdit("", self._check)
        self.subject = FieldEdit("")
        self.person, self.topic, self.station, self.only = (_Choice() for _ in range(4))
        row = HBox(spacing=10, parent=self)
        for field in (self.since, self.until):
            field.setFixedWidth(_DAY)
            row.addWidget(field)
        for choice, stretch in ((self.person, 4), (self.topic, 4), (self.station, 3)):
            row.addWidget(choice, stretch)
        row.addWidget(self.subject, 3)
        row.addWidget(self.only, 4)
        for choice in (self.person, self.topic, self.station, self.only):
            choice.combo.currentIndexChanged.connect(lambda _at: self._tell())
        for field in (self.since, self.until, self.subject):
            field.left.connect(self._tell)
            field.edit.returnPressed.connect(self._tell)

    def asked(self) -> Asked:
        """What is wanted now; a day that is none is not asked for."""
        since, until = self._day(self.since.text()), self._day(self.until.text())
        person = self.person.combo.code()
        return Asked(
            AuditFilter(
                since=self._midnight(since) if since else None,
                until=self._midnight(until + timedelta(days=1)) if until else None,
                staff=int(person) if person else None,
                topic=self.topic.combo.code(),
                station=self.station.combo.code(),
                only=self.only.combo.code(),
            ),
            self.subject.text().strip(),
        )

    def offer(self, choices: Choices) -> None:
        """Offer these accounts and stations; what is chosen stays."""
        if choices != self._choices:
            self._choices = choices
            self._fill()

    def _tell(self) -> None:
        asked = self.asked()
        if asked != self._sent:
            self._sent = asked
            self.changed.emit()

    def _midnight(self, day: date) -> int:
        return to_ms(datetime(day.year, day.month, day.day, tzinfo=self._zone))

    @staticmethod
    def _day(text: str) -> date | None:
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            return None

    def _check(self, text: str) -> str:
        if not text.strip() or self._day(text):
            return ""
        return self.tr("如 2026-11-20")

    def _fill(self) -> None:
        code = language().code
        every = ("", self.tr("全部"))
        people = [
            (str(identity), self.tr("{name} {number}").format(name=name, number=number))
            for identity, number, name in self._choices.staff
        ]
        self.person.combo.set_choices([every, *people])
        self.topic.combo.set_choices([every, *((t, topic_words(t, code)) for t in topics())])
        places = ((station, place_words(station, code)) for station in self._choices.stations)
        self.station.combo.set_choices([every, *places])
        self.only.combo.set_choices(
            [every, (REFUSED, self.tr("未获准")), (REVEALED, self.tr("查看完整信息"))]
        )
        for choice in (self.person, self.topic, self.station, self.only):
            if choice.combo.currentIndex() < 0:
                blocked = choice.combo.blockSignals(True)
                choice.combo.setCurrentIndex(0)
                choice.combo.blockSignals(blocked)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.since.set_label(self.tr("从哪天"))
        self.until.set_label(self.tr("到哪天"))
        for field in (self.since, self.until):
            field.edit.setPlaceholderText("2026-11-20")
        self.person.set_caption(self.tr("谁"))
        self.topic.set_caption(self.tr("哪一类"))
        self.station.set_caption(self.tr("工位"))
        self.subject.set_label(self.tr("对谁或什么"))
        self.subject.edit.setPlaceholderText(self.tr("号码或姓名"))
        self.only.set_caption(self.tr("只看"))
        self._fill()
