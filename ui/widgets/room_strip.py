"""Owns the strip of the complaint rooms: how each stands, one button; acts on nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from branch.kernel.clock import MS_PER_MINUTE
from branch.people.rules import permits
from branch.rooms.queries.rooms import RoomNow
from branch.rooms.rules import RoomState
from ui.models.complaint_words import joined
from ui.models.room_words import out_label
from ui.shell.station import Station
from ui.widgets.button import COMPACT, SMALL_TOUCH, AccentButton, Button, LinkButton, PlainButton
from ui.widgets.card import Card, Separator
from ui.widgets.icon import IconLabel
from ui.widgets.label import CAPTION, ElidedLabel, Label, TextRole
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

START, ENTER, TURNOVER, RESTORE, BOOK, SEAT = (
    "start",
    "enter",
    "turnover",
    "restore",
    "book",
    "seat",
)
_HEIGHT, _LOW = 70, 56
_MOST_ACROSS: Final = 3
_ICONS: Final = {
    RoomState.FREE: ("status-ok", "ok"),
    RoomState.HELD: ("calendar", "ink2"),
    RoomState.OCCUPIED: ("status-running", "accent"),
    RoomState.TURNOVER: ("cleaning", "ink2"),
    RoomState.OUT: ("status-idle", "idle"),
}
# What the button of a state does, and which command it leads to.
_DEEDS: Final = {
    RoomState.FREE: (START, "StartSession"),
    RoomState.HELD: (START, "StartSession"),
    RoomState.OCCUPIED: (ENTER, ""),
    RoomState.TURNOVER: (TURNOVER, "SignTurnover"),
    RoomState.OUT: (RESTORE, "SetRoomOutOfService"),
}


def is_seated(room: RoomNow) -> bool:
    """Whether somebody sits in the room and waits to be received."""
    return (
        room.state == RoomState.HELD and room.next is not None and room.next.seated_at is not None
    )


@dataclass(frozen=True)
class RoomWords:
    """What a room's cell says: name with state, and a second line."""

    title: str
    second: str


def room_words(room: RoomNow, station: Station) -> RoomWords:
    """A room in two lines, at the station's time."""
    title = translate("RoomStrip", "{room} {state}")
    return RoomWords(
        title.format(room=room.name, state=_state_text(room, station.now_ms())),
        _second_text(room, station),
    )


def _state_text(room: RoomNow, now: int) -> str:
    if room.state == RoomState.OCCUPIED:
        minutes = max(0, now - (room.since or now)) // MS_PER_MINUTE
        return translate("RoomStrip", "使用中 {n} 分钟").format(n=minutes)
    if room.state == RoomState.HELD:
        if is_seated(room):
            return translate("RoomStrip", "客户在等")
        return translate("RoomStrip", "有预约")
    return {
        RoomState.FREE: translate("RoomStrip", "空闲"),
        RoomState.TURNOVER: translate("RoomStrip", "整理中"),
        RoomState.OUT: translate("RoomStrip", "暂停使用"),
    }[room.state]


def _second_text(room: RoomNow, station: Station) -> str:
    if room.state == RoomState.OCCUPIED:
        return translate("RoomStrip", "{names}接待").format(names=joined(room.staff_names))
    if room.state == RoomState.OUT:
        return out_label(room.out_reason)
    if room.state == RoomState.TURNOVER:
        return translate("RoomStrip", "整理完签字后可用")
    if room.next is not None and is_seated(room):
        if room.next.ticket:
            return translate("RoomStrip", "{ticket} 号客户").format(ticket=room.next.ticket)
        return room.next.case_title or translate("RoomStrip", "还没有登记")
    if room.next is not None:
        start = station.local(room.next.start)
        time = f"{start:%H:%M}"
        if start.date() != station.now().date():
            time = f"{start:%m-%d %H:%M}"
        return translate("RoomStrip", "{time} 有预约").format(time=time)
    if room.recorder:
        return translate("RoomStrip", "{n} 座，可录音录像").format(n=room.seats)
    return translate("RoomStrip", "{n} 座").format(n=room.seats)


class RoomCell(QWidget):
    """One room: sign, two lines, its button, and 预约 where it may be booked."""

    pressed = Signal(str)

    def __init__(
        self, deeds: dict[RoomState, tuple[str, str]], station: Station, *, low: bool
    ) -> None:
        super().__init__()
        self._deeds, self._station = deeds, station
        self._may_book = not low and permits("BookRoom", station.person.roles)
        self._room: RoomNow | None = None
        self.glyph = IconLabel("status-ok", 20)
        # In one line the second text gives way, in two each has the room for itself.
        self.title = Label("", TextRole(15, 700)) if low else ElidedLabel("", TextRole(15, 700))
        self.second = ElidedLabel("", CAPTION)
        self.book_button = LinkButton("", size=COMPACT)
        self.book_button.setVisible(False)
        # In the lobby it is pressed standing (look.md section 6).
        size = SMALL_TOUCH if low else COMPACT
        self.button: Button = PlainButton("", size=size)
        self.waiting_button: Button = AccentButton("", size=size)
        for button in (self.button, self.waiting_button):
            button.clicked.connect(self._on_pressed)
        self.book_button.clicked.connect(lambda: self.pressed.emit(BOOK))
        words: VBox | HBox = HBox(spacing=12) if low else VBox()
        if not low:
            words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.second, 1 if low else 0)
        if not low:
            words.addStretch(1)
        row = HBox(spacing=12, margins=(20, 0, 16, 0), parent=self)
        row.addWidget(self.glyph)
        row.addLayout(words, 1)
        row.addWidget(self.book_button)
        row.addWidget(self.button)
        row.addWidget(self.waiting_button)
        self.setFixedHeight(_LOW if low else _HEIGHT)

    def show_room(self, room: RoomNow) -> None:
        """Show how the room stands."""
        self._room = room
        words, roles = room_words(room, self._station), self._station.person.roles
        icon, token = _ICONS[room.state]
        self.glyph.set_icon(icon, token)
        if isinstance(self.title, ElidedLabel):
            self.title.set_text(words.title)
        else:
            self.title.setText(words.title)
        self.second.set_text(words.second)
        deed, command = self._deeds[room.state]
        text = _deed_text(deed)
        may = permits(command, roles) if command else room.session is not None
        # Whoever waits in a room is the next to be seen to.
        waiting = is_seated(room)
        for button, shown in ((self.button, not waiting), (self.waiting_button, waiting)):
            button.setText(text)
            button.setAccessibleName(
                translate("RoomStrip", "{deed}，{room}").format(deed=text, room=room.name)
            )
            button.setVisible(may and shown and bool(text))
        self.book_button.setText(translate("RoomStrip", "预约房间"))
        self.book_button.setAccessibleName(
            translate("RoomStrip", "{deed}，{room}").format(
                deed=translate("RoomStrip", "预约房间"), room=room.name
            )
        )
        self.book_button.setVisible(room.state != RoomState.OUT and self._may_book)
        self.setAccessibleName("，".join((words.title, words.second)))

    def _on_pressed(self) -> None:
        if self._room is not None:
            self.pressed.emit(self._deeds[self._room.state][0])


def _deed_text(deed: str) -> str:
    return {
        START: translate("RoomStrip", "开始接待"),
        ENTER: translate("RoomStrip", "进入"),
        TURNOVER: translate("RoomStrip", "标为可用"),
        RESTORE: translate("RoomStrip", "恢复使用"),
        SEAT: translate("RoomStrip", "请客户进"),
    }.get(deed, "")


class RoomStrip(Card):
    """The rooms side by side. ``wanted`` carries a deed and the room it is wanted for.

    ``deeds`` replaces what the button of a state does: the lobby seats, the desk begins. A
    ``low`` one says everything in one line.
    """

    wanted = Signal(str, object)

    def __init__(
        self,
        station: Station,
        deeds: dict[RoomState, tuple[str, str]] | None = None,
        *,
        low: bool = False,
    ) -> None:
        super().__init__()
        self._station, self._low = station, low
        self._deeds = {**_DEEDS, **(deeds or {})}
        self.rooms: tuple[RoomNow, ...] = ()
        self.cells: dict[int, RoomCell] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(0)
        self._rules: list[QWidget] = []
        self.retranslate()
        self.hide()

    def show_rooms(self, rooms: Sequence[RoomNow]) -> None:
        """Show these rooms; without any the strip is not there."""
        if [room.id for room in rooms] != list(self.cells):
            self._lay_out([room.id for room in rooms])
        self.rooms = tuple(rooms)
        for room in rooms:
            self.cells[room.id].show_room(room)
        self.setVisible(bool(rooms))

    def _lay_out(self, rooms: Sequence[int]) -> None:
        for part in (*self.cells.values(), *self._rules):
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.cells, self._rules = {}, []
        across = min(len(rooms), _MOST_ACROSS)
        for at, identity in enumerate(rooms):
            cell = RoomCell(self._deeds, self._station, low=self._low)
            cell.pressed.connect(partial(self._on_pressed, identity))
            self.cells[identity] = cell
            row, column = divmod(at, _MOST_ACROSS)
            self._grid.addWidget(cell, row, 2 * column)
            if column + 1 < across:
                rule = Separator(vertical=True)
                self._rules.append(rule)
                self._grid.addWidget(rule, row, 2 * column + 1)
        for column in range(across):
            self._grid.setColumnStretch(2 * column, 1)

    def _on_pressed(self, identity: int, deed: str) -> None:
        room = next((room for room in self.rooms if room.id == identity), None)
        if room is not None:
            self.wanted.emit(deed, room)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.setAccessibleName(self.tr("接待室"))
        self.show_rooms(self.rooms)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
