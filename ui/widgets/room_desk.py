"""Owns what a press at a strip of rooms leads to: dialogs, commands, the way in; draws nothing.

It also lets bookings go whose customer did not come, as time passes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from branch.kernel.store import Store
from branch.people.rules import permits
from branch.rooms.commands.bookings import CancelBooking, ReleaseNoShows, SeatInRoom
from branch.rooms.commands.settings import SetRoomOutOfService
from branch.rooms.queries.rooms import RoomNow, has_no_shows, rooms_now
from branch.rooms.rules import RoomState
from ui.shell.asking import Asking, Pace
from ui.shell.station import Station
from ui.widgets.room_booking import BookingDialog
from ui.widgets.room_start import StartDialog
from ui.widgets.room_strip import BOOK, ENTER, RESTORE, SEAT, START, TURNOVER, RoomStrip
from ui.widgets.room_turnover import TurnoverDialog
from ui.widgets.state import State
from ui.widgets.toast import Toaster

_TOPICS: Final = frozenset({"room", "room_session", "complaint"})
_TICK_MS: Final = 30_000
Answer = tuple[tuple[RoomNow, ...], bool]


def room_place(room: int) -> str:
    """The name of the place where a room's session is shown."""
    return f"room-{room}"


class RoomDesk(QObject):
    """Keeps ``strip`` true and carries out what is pressed there.

    ``case`` tells the case at hand, if the window has one; ``enter`` goes to a room's session.
    """

    def __init__(
        self,
        window: QWidget,
        station: Station,
        toaster: Toaster,
        strip: RoomStrip,
        case: Callable[[], int | None] = lambda: None,
        enter: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._station, self._toaster = window, station, toaster
        self._strip, self._case = strip, case
        self._enter = enter or (lambda room: station.place_wanted.emit(room_place(room)))
        self.asking: Asking[Answer] = Asking(station, self, self._question, self._take)
        self.pace = Pace(self, self.asking.ask)
        strip.wanted.connect(self._do)
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.asking.ask)
        self._timer.start()
        self.asking.ask()

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], Answer]:
        staff, now = self._station.person.staff, self._station.now_ms()

        def ask(store: Store) -> Answer:
            return rooms_now(store, staff, now), has_no_shows(store, now)

        return ask

    def _take(self, answer: Answer) -> None:
        rooms, missed = answer
        self._strip.show_rooms(rooms)
        if missed and permits("ReleaseNoShows", self._station.person.roles):
            self._station.run(self, ReleaseNoShows())

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.pace.soon()

    # -- deeds ----------------------------------------------------------------------------------

    def _do(self, deed: str, room: RoomNow) -> None:
        if deed == ENTER:
            self._enter(room.id)
        elif deed == START:
            self.start(room)
        elif deed == TURNOVER:
            dialog = TurnoverDialog(self._window, self._station, room)
            dialog.said.connect(self._toaster.show_toast)
            dialog.open()
        elif deed == RESTORE:
            self._restore(room)
        elif deed == BOOK:
            booking = BookingDialog(self._window, self._station, room, self._case())
            booking.said.connect(self._toaster.show_toast)
            booking.open()
        elif deed == SEAT:
            self.seat(room)

    def start(self, room: RoomNow) -> None:
        """Ask what has to be known, then go in."""
        dialog = StartDialog(self._window, self._station, room, self._case())
        dialog.started.connect(lambda _session: self._enter(room.id))
        dialog.open()

    def _restore(self, room: RoomNow) -> None:
        said = self.tr("{room} 恢复使用了").format(room=room.name)
        self._station.run(
            self,
            SetRoomOutOfService(room.id, False),
            partial(self._tell, said),
        )

    def _tell(self, said: str, _value: object) -> None:
        self._toaster.show_toast(said)

    # -- hand-over ------------------------------------------------------------------------------

    def seat_somewhere(self, ticket: int | None = None, complaint: int | None = None) -> None:
        """A customer is asked in: the first room that is free, in one press."""
        free = next((room for room in self._strip.rooms if room.state == RoomState.FREE), None)
        if free is None:
            text = self.tr("接待室都在使用，请先请客户就近坐下，可预约")
            self._toaster.show_toast(text, State.ATTENTION)
            return
        self.seat(free, ticket, complaint)

    def seat(self, room: RoomNow, ticket: int | None = None, complaint: int | None = None) -> None:
        """Somebody waits in this room from now on; whoever receives him finds it on the strip."""
        self._station.run(
            self, SeatInRoom(room.id, ticket, complaint), partial(self._tell_seated, room)
        )

    def _tell_seated(self, room: RoomNow, booking: int) -> None:
        told = self.tr("请客户到{room}，投诉处理岗已看到").format(room=room.name)
        self._toaster.show_toast(told, undo=lambda: self._station.run(self, CancelBooking(booking)))
