"""Owns the fields of what came, by which way and when; sends nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.codes import CHANNELS, FORWARDED, KINDS
from branch.kernel.clock import to_ms
from branch.kernel.errors import BadInput
from ui.models.complaint_words import channel_label, forwarded_label, kind_label
from ui.shell.station import Station, sentence
from ui.widgets.chips import Chips
from ui.widgets.choice import SegmentedControl
from ui.widgets.field import ErrorLine
from ui.widgets.intake.draft import Source
from ui.widgets.label import CAPTION, STRONG, Label
from ui.widgets.moment_fields import DayField, TimeField
from ui.widgets.stage import HBox, VBox

_NOW: Final = "now"
_OTHER: Final = "time"


class SourcePart(QWidget):
    """Kind, channel, time of receipt. ``changed`` tells that something else was chosen."""

    changed = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self.kind_title, self.kind_hint = Label("", STRONG), Label("", CAPTION, wrap=True)
        self.kinds = SegmentedControl([(code, code) for code in KINDS], padding=20)
        self.channel_title, self.channel_hint = Label("", STRONG), Label("", CAPTION, wrap=True)
        self.channels, self.forwarded = Chips(4, numbered=True), Chips(4, numbered=True)
        self.channel_error = ErrorLine()
        self.when_title = Label("", STRONG)
        self.when = SegmentedControl([(_NOW, _NOW), (_OTHER, _OTHER)])
        self.day, self.time = DayField(), TimeField()
        self.moment_error = ErrorLine()
        self._moment = QWidget()
        self._lay_out()
        self.kinds.chosen.connect(self._show)
        self.channels.chosen.connect(self._on_channel)
        self.forwarded.chosen.connect(self._on_forwarded)
        for edit in (self.day.edit, self.time.edit):
            edit.dateTimeChanged.connect(lambda _moment: self._show_late(""))
        self.when.chosen.connect(self._show)
        self.retranslate()
        self.fill(Source())

    def _lay_out(self) -> None:
        column = VBox(parent=self)
        column.addWidget(self.kind_title)
        column.add_gap(6)
        column.addWidget(self.kinds)
        column.add_gap(4)
        column.addWidget(self.kind_hint)
        column.add_gap(16)
        column.addWidget(self.channel_title)
        column.add_gap(6)
        column.addWidget(self.channels)
        column.addWidget(self.channel_error)
        column.add_gap(8)
        column.addWidget(self.forwarded)
        column.addWidget(self.channel_hint)
        column.add_gap(16)
        column.addWidget(self.when_title)
        column.add_gap(6)
        row = HBox(spacing=10)
        row.addWidget(self.when)
        moment = HBox(spacing=8, parent=self._moment)
        for field in (self.day, self.time):
            field.label.hide()
            moment.addWidget(field)
        row.addWidget(self._moment)
        row.addStretch(1)
        column.addLayout(row)
        # Of both fields: under one of them it would lift that one out of the line.
        column.addWidget(self.moment_error)

    # -- what stands there ----------------------------------------------------------------------

    def source(self) -> Source:
        """What was chosen."""
        channel = self.channels.code()
        forwarded = self.forwarded.code() if channel == "superior" else ""
        return Source(self.kinds.current(), channel, forwarded, self._received_at())

    def fill(self, source: Source) -> None:
        """Show a draft, or a blank form."""
        self.kinds.set_current(source.kind)
        self.channels.choose(frozenset({source.channel}))
        self.forwarded.choose(frozenset({source.forwarded}))
        self.when.set_current(_NOW if source.received_at is None else _OTHER)
        at = self._station.local(
            self._station.now_ms() if source.received_at is None else source.received_at
        )
        self.day.set_day(at.date())
        self.time.set_time(at.time())
        self._show()

    def complete(self) -> bool:
        """Whether a channel was chosen and the time is not to come; what is missing is said."""
        missing = "" if self.channels.code() else sentence(BadInput("channel_needed", "channel"))
        self.channel_error.show_error(missing)
        late = (self._received_at() or 0) > self._station.now_ms()
        self._show_late(sentence(BadInput("received_to_come", field="received_at")) if late else "")
        return not missing and not late

    def first_wrong(self) -> QWidget:
        """What the keyboard goes to when something is missing."""
        if not self.channels.code():
            return self.channels.tile(CHANNELS[0])
        return self.time

    def places(self) -> dict[str, Callable[[str], None]]:
        """Where the error of a field is shown."""
        return {
            "channel": self.channel_error.show_error,
            "forwarded": self.channel_error.show_error,
            "received_at": self._show_late,
        }

    def _show_late(self, text: str) -> None:
        self.moment_error.show_error(text)
        self.time.edit.setAccessibleDescription(text)

    def _received_at(self) -> int | None:
        if self.when.current() == _NOW:
            return None
        zone = self._station.zone
        return to_ms(datetime.combine(self.day.day(), self.time.time(), tzinfo=zone))

    # -- choosing -------------------------------------------------------------------------------

    def _on_channel(self) -> None:
        self.channel_error.show_error("")
        if self.channels.code() == "superior" and not self.forwarded.code():
            self.forwarded.choose(frozenset({FORWARDED[1]}))
        self._show()

    def _on_forwarded(self) -> None:
        if not self.forwarded.code():
            self.forwarded.choose(frozenset({FORWARDED[1]}))

    def _show(self) -> None:
        channel = self.channels.code()
        self.forwarded.setVisible(channel == "superior")
        self.kind_hint.setText(self._kind_hint(self.kinds.current()))
        hint = self._channel_hint(channel)
        self.channel_hint.setText(hint)
        self.channel_hint.setVisible(bool(hint))
        self._moment.setVisible(self.when.current() == _OTHER)
        self._show_late("")
        opened, received = self.tr("什么时候开箱的？"), self.tr("什么时候收到的？")
        self.when_title.setText(opened if channel == "book" else received)
        self.when.setAccessibleName(self.when_title.text())
        self.changed.emit()

    # -- words ----------------------------------------------------------------------------------

    def _kind_hint(self, code: str) -> str:
        return {
            "complaint": self.tr("对我行或员工不满并提出要求。只有投诉才计法定期限。"),
            "enquiry": self.tr("只是询问，没有争议。不计法定期限，5 个工作日内答复。"),
            "suggestion": self.tr("希望我们改进，没有争议。不计法定期限，5 个工作日内答复。"),
            "report": self.tr("反映违规违法线索。不计法定期限，5 个工作日内转有权部门。"),
        }[code]

    def _channel_hint(self, code: str) -> str:
        return {
            "book": self.tr("以开箱的时间为接收时间。"),
            "media": self.tr("请立即告知网点负责人和办公室，不自行答复媒体。"),
            "superior": self.tr("以本行收到转办件的时间为接收时间。"),
        }.get(code, "")

    def retranslate(self) -> None:
        """Take all words anew."""
        self.kind_title.setText(self.tr("这是什么？"))
        self.kinds.setAccessibleName(self.tr("这是什么？"))
        self.kinds.set_texts({code: kind_label(code) for code in KINDS})
        self.channel_title.setText(self.tr("从哪里来？"))
        self.channels.setAccessibleName(self.tr("从哪里来？"))
        self.channels.offer([(code, channel_label(code)) for code in CHANNELS])
        self.forwarded.setAccessibleName(self.tr("谁转来的？"))
        self.forwarded.offer([(code, forwarded_label(code)) for code in FORWARDED if code])
        self.when.set_texts({_NOW: self.tr("现在"), _OTHER: self.tr("另选时间")})
        self.day.set_label(self.tr("日期"))
        self.time.set_label(self.tr("时间"))
        self._show()
