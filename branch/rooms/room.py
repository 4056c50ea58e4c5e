"""A complaint room as the commands hold it: found, with its bookings and whether it is in use."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.clock import from_ms
from branch.kernel.errors import BadInput, NotFound
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.kernel.store import Store
from branch.rooms.records import BookingRow, RoomRow, SessionRow
from branch.rooms.rules import BOOKED, KEPT, MISSED, Booking, RoomState, is_missed, room_state


@dataclass(frozen=True)
class Room:
    """A room; ``session`` is the one that is held in it now."""

    id: int
    name: str
    seats: int
    recorder: str
    is_out: bool
    active: bool
    turnover_of: int | None
    session: int | None
    bookings: tuple[Booking, ...]

    def state(self, now: int) -> RoomState:
        """What the room can be used for."""
        return room_state(
            self.is_out,
            self.session is not None,
            self.turnover_of is not None,
            self.bookings,
            now,
        )


_ROOM = Prepared(
    lambda room: RoomRow.select(
        RoomRow.id,
        RoomRow.name,
        RoomRow.seats,
        RoomRow.recorder,
        RoomRow.out_of_service,
        RoomRow.active,
        RoomRow.turnover_of,
    ).where(RoomRow.id == room)
)
_SESSION = Prepared(
    lambda room: SessionRow.select(SessionRow.id).where(
        SessionRow.room == room, SessionRow.ended_at.is_null()
    )
)
_BOOKINGS = Prepared(
    lambda room: BookingRow.select(
        BookingRow.id, BookingRow.start, BookingRow.end, BookingRow.seated_at
    ).where(BookingRow.room == room, BookingRow.state == BOOKED)
)
_BOOKED = Prepared(
    lambda: (
        BookingRow.select(
            BookingRow.id,
            BookingRow.start,
            BookingRow.end,
            BookingRow.seated_at,
            BookingRow.room,
        )
        .where(BookingRow.state == BOOKED)
        .order_by(BookingRow.id)
    )
)
_IN_USE = Prepared(lambda: SessionRow.select(SessionRow.room).where(SessionRow.ended_at.is_null()))
_SET_STATE = Prepared(
    lambda booking, state, rev: BookingRow.update(
        {BookingRow.state: state, BookingRow.rev: rev}
    ).where(BookingRow.id == booking)
)


def find_room(store: Store, room: int) -> Room:
    """The room; raises NotFound, also for one that is not used any more."""
    row = _ROOM.one(store, room=room)
    if row is None or not row[5]:
        raise NotFound("room_unknown")
    held = _SESSION.one(store, room=room)
    return Room(
        row[0],
        row[1],
        row[2],
        row[3],
        bool(row[4]),
        bool(row[5]),
        row[6],
        held[0] if held else None,
        bookings_of(store, room),
    )


def bookings_of(store: Store, room: int) -> tuple[Booking, ...]:
    """The bookings of a room that have neither begun nor been given up."""
    return tuple(
        Booking(identity, start, end, seated is not None)
        for identity, start, end, seated in _BOOKINGS.all(store, room=room)
    )


def missed_bookings(store: Store, now: int) -> tuple[tuple[int, int], ...]:
    """The bookings, with their rooms, whose customers are not waited for any more."""
    in_use = {row[0] for row in _IN_USE.all(store)}
    return tuple(
        (identity, room)
        for identity, start, end, seated, room in _BOOKED.all(store)
        if is_missed(Booking(identity, start, end, seated is not None), now, room in in_use)
    )


def release_missed(work: Work) -> int:
    """Give the rooms of those free who have not come; returns how many bookings ended so."""
    missed = missed_bookings(work.store, work.now)
    for booking, room in missed:
        end_booking(work, booking, MISSED)
        work.record("room.booking_missed", room, booking=booking)
    return len(missed)


def end_booking(work: Work, booking: int, state: str) -> None:
    """Bring a booking to one of the states it does not come back from."""
    _SET_STATE.run(work.store, booking=booking, state=state, rev=work.revision)


def begin_booking(work: Work, booking: int) -> None:
    """Its session begins."""
    end_booking(work, booking, KEPT)


def refuse_held(work: Work, room: Room, booking: Booking) -> BadInput:
    """What a walk-in is told when a room is kept for somebody else."""
    at = from_ms(booking.start, work.zone)
    return BadInput("room_held", field="room", room=room.name, at=f"{at:%H:%M}")
