"""Owns the question when a room is wanted, with the day's bookings beside it; must not judge."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.queries.desk import CaseLine, running_cases
from branch.kernel.clock import MS_PER_MINUTE, to_ms
from branch.rooms.commands.bookings import BookRoom, CancelBooking, MoveBooking
from branch.rooms.queries.rooms import BookingLine, RoomNow, bookings_between
from branch.rooms.rules import BOOKED, BUFFER_MS
from ui.models.complaint_words import title_of
from ui.shell.station import Station
from ui.widgets.button import COMPACT, LinkButton
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.label import BODY, CAPTION, ElidedLabel, Label, TextRole
from ui.widgets.moment_fields import DayField, TimeField
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.room_day_line import DayLine, Span
from ui.widgets.room_dialog import Part, RoomDialog
from ui.widgets.stage import HBox, VBox, clear

translate = QCoreApplication.translate
_USUAL: Final = timedelta(hours=1)
_QUARTER: Final = 15


class BookingDialog(RoomDialog):
    """A day, from and to, which case. What is booked stands below and can be moved or cancelled."""

    said = Signal(str)

    def __init__(
        self, parent: QWidget, station: Station, room: RoomNow, complaint: int | None = None
    ) -> None:
        title = translate("RoomBooking", "预约{room}").format(room=room.name)
        super().__init__(parent, station, title, width=560)
        self.room, self._complaint = room, complaint
        self.day, self.begins, self.ends = DayField(), TimeField(), TimeField()
        for field, words in (
            (self.day, self.tr("日期")),
            (self.begins, self.tr("从")),
            (self.ends, self.tr("到")),
        ):
            field.set_label(words)
        fields = QWidget()
        row = HBox(spacing=12, parent=fields)
        row.addWidget(self.day, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.begins, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.ends, 1, Qt.AlignmentFlag.AlignTop)
        fields.setFocusProxy(self.day)
        self.put(fields, "room", say=self.begins.set_error)
        self.name("start", self.begins, self.begins.set_error)
        self.name("end", self.ends, self.ends.set_error)
        self.line = self.put(DayLine())
        self.buffer = self.put_words("", "ink3")
        self.case = QuietCombo()
        self.case.setAccessibleName(self.tr("哪一件投诉"))
        self.case.set_choices([("", self.tr("还没有登记"))])
        self.case.choose("")
        self.put(Part(self.tr("哪一件投诉"), self.case), "complaint")
        self._booked: tuple[BookingLine, ...] = ()
        self._moving: int | None = None
        self.cancels: dict[int, LinkButton] = {}
        self.moves: dict[int, LinkButton] = {}
        self.list_caption = self.put(Label(self.tr("当天已有的预约"), CAPTION))
        listing = QWidget()
        self._list = VBox(spacing=4, parent=listing)
        self.put(listing)
        self._propose(station.now())
        self.offer(self.tr("预约房间"), self.tr("返回"), self._command, self._kept)
        self.day.edit.dateChanged.connect(lambda _day: self._ask())
        for field in (self.begins, self.ends):
            field.edit.timeChanged.connect(lambda _time: self._draw())
        station.ask(self, partial(running_cases, staff=station.person.staff), self._offer_cases)
        station.changed.connect(self._on_changed)
        self._ask()
        self.day.setFocus()

    def _propose(self, now: datetime) -> None:
        """The next quarter of an hour that is some way off, for an hour."""
        later = now + timedelta(minutes=_QUARTER)
        start = later.replace(
            minute=later.minute // _QUARTER * _QUARTER, second=0, microsecond=0
        ) + timedelta(minutes=_QUARTER)
        self.day.set_day(start.date())
        self.begins.set_time(start.time())
        self.ends.set_time((start + _USUAL).time())

    # -- what stands ----------------------------------------------------------------------------

    def _instant(self, day: date, moment: time) -> int:
        return to_ms(datetime.combine(day, moment, self.station.zone))

    def _ask(self) -> None:
        day = self.day.day()
        question = partial(
            bookings_between,
            staff=self.station.person.staff,
            start=self._instant(day, time()),
            end=self._instant(day + timedelta(days=1), time()),
        )
        self.station.ask(self, question, partial(self._take, day))

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "room" in topics:
            self._ask()

    def _take(self, day: date, lines: tuple[BookingLine, ...]) -> None:
        if day != self.day.day():
            return
        self._booked = tuple(line for line in lines if line.room == self.room.id)
        clear(self._list)
        self.cancels, self.moves = {}, {}
        for line in self._booked:
            self._list.addWidget(self._row(line))
        self.list_caption.setVisible(bool(self._booked))
        self._draw()

    def _row(self, line: BookingLine) -> QWidget:
        part = QWidget()
        start, end = self.station.local(line.start), self.station.local(line.end)
        row = HBox(spacing=12, parent=part)
        row.addWidget(Label(f"{start:%H:%M}–{end:%H:%M}", TextRole(14, 500)))
        about = " ".join(word for word in (line.case_number, line.case_title) if word)
        row.addWidget(ElidedLabel(about or self.tr("还没有登记"), BODY), 1)
        row.addWidget(Label(line.maker, CAPTION))
        # Whose session has begun is moved no more; who sits in the room already can only go.
        if line.state == BOOKED and line.seated_at is None:
            move = LinkButton(self.tr("改时间"), size=COMPACT)
            move.setAutoDefault(False)
            move.setAccessibleName(self.tr("改 {time} 的预约").format(time=f"{start:%H:%M}"))
            move.clicked.connect(partial(self._move, line))
            self.moves[line.id] = move
            row.addWidget(move)
        if line.state == BOOKED:
            button = LinkButton(self.tr("取消"), size=COMPACT)
            button.setAutoDefault(False)
            button.setAccessibleName(self.tr("取消 {time} 的预约").format(time=f"{start:%H:%M}"))
            button.clicked.connect(partial(self._ask_cancel, line))
            self.cancels[line.id] = button
            row.addWidget(button)
        return part

    def _move(self, line: BookingLine, _on: bool = False) -> None:
        """Put a booking into the fields: the button then moves it to what stands there."""
        self._moving = line.id
        self.begins.set_time(self.station.local(line.start).time())
        self.ends.set_time(self.station.local(line.end).time())
        self.case.choose(str(line.complaint or ""))
        self.case.setEnabled(False)
        self.confirm_button.setText(self.tr("改到这个时间"))
        self._draw()
        self.begins.setFocus()

    def _ask_cancel(self, line: BookingLine, _on: bool = False) -> None:
        """The customer was told this time: it is not given up by a slip of the hand."""
        start = self.station.local(line.start)
        question = ConfirmDialog(
            self,
            title=self.tr("取消 {time} 的预约？").format(time=f"{start:%m-%d %H:%M}"),
            text=self.tr("这是{name}预约的，请先和客户说好。").format(name=line.maker),
            confirm=self.tr("取消这次预约"),
            cancel=self.tr("返回"),
            width=480,
        )
        question.accepted.connect(partial(self._cancel, line.id))
        question.open()

    def _cancel(self, booking: int) -> None:
        self.station.run(
            self, CancelBooking(booking), partial(self._given_up, booking), self.refuse
        )

    def _given_up(self, booking: int, _none: object) -> None:
        if self._moving == booking:
            self._moving = None
            self.case.setEnabled(True)
            self.confirm_button.setText(self.tr("预约房间"))
            self._draw()

    def _draw(self) -> None:
        wanted = Span(_minutes(self.begins.time()), _minutes(self.ends.time()))
        booked = [
            Span(
                _minutes(self.station.local(line.start).time()),
                _minutes(self.station.local(line.end).time()),
            )
            for line in self._booked
            if line.id != self._moving
        ]
        self.line.show_day(booked, wanted, BUFFER_MS // MS_PER_MINUTE)
        told = self.tr("两次预约之间留 {n} 分钟整理").format(n=BUFFER_MS // MS_PER_MINUTE)
        if self.line.clashes():
            told = self.tr("和已有的预约太近，{rule}").format(rule=told)
        self.buffer.setText(told)
        self.line.setAccessibleName(told)

    # -- the case, sending ----------------------------------------------------------------------

    def _offer_cases(self, cases: tuple[CaseLine, ...]) -> None:
        chosen = str(self._complaint or "")
        self.case.set_choices(
            [
                ("", self.tr("还没有登记")),
                *((str(line.id), f"{line.number} {title_of(line)}") for line in cases),
            ]
        )
        self.case.choose(chosen if self.case.findData(chosen) >= 0 else "")

    def _command(self) -> BookRoom | MoveBooking:
        day, case = self.day.day(), self.case.code()
        start, end = (self._instant(day, field.time()) for field in (self.begins, self.ends))
        if self._moving is not None:
            return MoveBooking(self._moving, self.room.id, start, end)
        return BookRoom(self.room.id, start, end, int(case) if case else None)

    def _kept(self, _booking: object) -> None:
        start = self.begins.time()
        self.said.emit(
            self.tr("已预约 {room}，{day} {time}").format(
                room=self.room.name, day=f"{self.day.day():%m-%d}", time=f"{start:%H:%M}"
            )
        )


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
