"""When a room is kept for somebody: booked, moved, given up, taken at once, not come."""

from __future__ import annotations

from dataclasses import dataclass

from branch.complaints.case import known_to
from branch.complaints.queries.tickets import case_of_ticket
from branch.kernel.errors import BadInput, NotFound, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.lobby.commands.arrivals import Leave, leave
from branch.lobby.rules import FROM
from branch.lobby.ticket import find_ticket
from branch.rooms.records import BookingRow
from branch.rooms.room import (
    Room,
    end_booking,
    find_room,
    refuse_held,
    release_missed,
)
from branch.rooms.rules import (
    BOOKED,
    CANCELLED,
    MOST_SEATED_MS,
    clashing,
    held_against,
    require_bookable,
    require_usable,
    standing,
)


@dataclass(frozen=True)
class BookRoom:
    """Keep a room for [start, end) in milliseconds; returns the booking's id."""

    room: int
    start: int
    end: int
    complaint: int | None = None


@dataclass(frozen=True)
class MoveBooking:
    """Another room or another time for a booking."""

    booking: int
    room: int
    start: int
    end: int


@dataclass(frozen=True)
class CancelBooking:
    """Give a booking up; whoever was seated has left."""

    booking: int


@dataclass(frozen=True)
class SeatInRoom:
    """Lead a customer into a room at once, where he waits for the two who receive him.

    Returns the booking's id. The same ticket in the same room changes nothing. A ticket that
    waits ends its wait, so that no counter calls it; a case registered for it is taken along.
    """

    room: int
    ticket: int | None = None
    complaint: int | None = None


@dataclass(frozen=True)
class ReleaseNoShows:
    """Give free what nobody has come for; returns how many bookings ended so."""


@dataclass(frozen=True)
class _Kept:
    id: int
    room: int
    complaint: int | None
    ticket: int | None
    state: str
    seated_at: int | None


_INSERT = Prepared(
    lambda room, start, end, complaint, ticket, seated_at, now, staff, rev: BookingRow.insert(
        {
            BookingRow.room: room,
            BookingRow.start: start,
            BookingRow.end: end,
            BookingRow.complaint: complaint,
            BookingRow.ticket: ticket,
            BookingRow.seated_at: seated_at,
            BookingRow.state: BOOKED,
            BookingRow.made_at: now,
            BookingRow.made_by: staff,
            BookingRow.rev: rev,
        }
    ).returning(BookingRow.id)
)
_COLUMNS = (
    BookingRow.id,
    BookingRow.room,
    BookingRow.complaint,
    BookingRow.ticket,
    BookingRow.state,
    BookingRow.seated_at,
)
_FIND = Prepared(lambda booking: BookingRow.select(*_COLUMNS).where(BookingRow.id == booking))
_SEATED = Prepared(
    lambda ticket: BookingRow.select(*_COLUMNS).where(
        BookingRow.ticket == ticket,
        BookingRow.state == BOOKED,
        BookingRow.seated_at.is_null(False),
    )
)
_MOVE = Prepared(
    lambda booking, room, start, end, rev: BookingRow.update(
        {
            BookingRow.room: room,
            BookingRow.start: start,
            BookingRow.end: end,
            BookingRow.rev: rev,
        }
    ).where(BookingRow.id == booking)
)
_SEAT = Prepared(
    lambda booking, ticket, now, rev: BookingRow.update(
        {BookingRow.seated_at: now, BookingRow.ticket: ticket, BookingRow.rev: rev}
    ).where(BookingRow.id == booking)
)


def book_room(work: Work, command: BookRoom) -> int:
    """Book it; raises BadInput for a time that cannot be or is not free with its buffer."""
    release_missed(work)
    room = find_room(work.store, command.room)
    _require_case(work, command.complaint)
    _require_free(work, room, command.start, command.end)
    booking = _insert(work, room.id, command.start, command.end, command.complaint)
    work.record(
        "room.booked",
        room.id,
        booking=booking,
        start=command.start,
        end=command.end,
        complaint=command.complaint,
    )
    return booking


def move_booking(work: Work, command: MoveBooking) -> None:
    """Move it; raises as ``BookRoom``, Stale for one that has begun or ended."""
    release_missed(work)
    booking = _find(work, command.booking)
    if booking.seated_at is not None:
        raise Stale("booking_moved_on")
    room = find_room(work.store, command.room)
    _require_free(work, room, command.start, command.end, booking.id)
    _MOVE.run(
        work.store,
        booking=booking.id,
        room=room.id,
        start=command.start,
        end=command.end,
        rev=work.revision,
    )
    work.record(
        "room.booking_moved",
        room.id,
        booking=booking.id,
        before=booking.room,
        start=command.start,
        end=command.end,
    )


def cancel_booking(work: Work, command: CancelBooking) -> None:
    """Give it up; raises Stale for one that has begun or ended."""
    booking = _find(work, command.booking)
    end_booking(work, booking.id, CANCELLED)
    work.record("room.booking_cancelled", booking.room, booking=booking.id)


def seat_in_room(work: Work, command: SeatInRoom) -> int:
    """Seat him; raises BadInput for a room that is not free, Stale for a ticket that is seated in
    another room already."""
    release_missed(work)
    room = find_room(work.store, command.room)
    ticket = None if command.ticket is None else find_ticket(work.store, command.ticket)
    if ticket is not None:
        seated = _SEATED.one(work.store, ticket=ticket.id)
        if seated is not None and seated[1] == room.id:
            return int(seated[0])
        if seated is not None:
            raise Stale("ticket_seated", room=find_room(work.store, seated[1]).name)
    complaint = _case_of(work, command)
    require_usable(room.state(work.now))
    booking = _seat(work, room, command.ticket, complaint)
    work.record("room.seated", room.id, booking=booking, ticket=command.ticket, complaint=complaint)
    if ticket is not None and ticket.state in FROM["leave"]:
        leave(work, Leave(ticket.id, "complaint_room"))
    return booking


def release_no_shows(work: Work, command: ReleaseNoShows) -> int:
    """Release them."""
    return release_missed(work)


def _seat(work: Work, room: Room, ticket: int | None, complaint: int | None) -> int:
    held = held_against(room.bookings, work.now)
    if held is not None:
        mine = _find(work, held.id)
        if held.seated or complaint is None or mine.complaint != complaint:
            raise refuse_held(work, room, held)
        _SEAT.run(work.store, booking=held.id, ticket=ticket, now=work.now, rev=work.revision)
        return held.id
    coming = [one.start for one in standing(room.bookings, work.now, False)]
    end = min([work.now + MOST_SEATED_MS, *coming])
    return _insert(work, room.id, work.now, end, complaint, ticket, seated_at=work.now)


def _case_of(work: Work, command: SeatInRoom) -> int | None:
    if command.complaint is None and command.ticket is not None:
        return case_of_ticket(work.store, command.ticket, work.actor.staff)
    _require_case(work, command.complaint)
    return command.complaint


def _require_case(work: Work, complaint: int | None) -> None:
    """Raise NotFound for a case that is not there or about the actor."""
    if complaint is not None:
        known_to(work, complaint)


def _require_free(work: Work, room: Room, start: int, end: int, but: int | None = None) -> None:
    require_bookable(start, end, work.now)
    if room.is_out:
        raise BadInput("room_out_of_service", field="room")
    others = [one for one in room.bookings if one.id != but]
    if clashing(start, end, others) is not None:
        raise BadInput("booking_clash", field="start", room=room.name)


def _find(work: Work, booking: int) -> _Kept:
    row = _FIND.one(work.store, booking=booking)
    if row is None:
        raise NotFound("room_booking_unknown")
    kept = _Kept(*row)
    _require_case(work, kept.complaint)
    if kept.state != BOOKED:
        raise Stale("booking_moved_on")
    return kept


def _insert(
    work: Work,
    room: int,
    start: int,
    end: int,
    complaint: int | None,
    ticket: int | None = None,
    seated_at: int | None = None,
) -> int:
    row = _INSERT.one(
        work.store,
        room=room,
        start=start,
        end=end,
        complaint=complaint,
        ticket=ticket,
        seated_at=seated_at,
        now=work.now,
        staff=work.actor.staff,
        rev=work.revision,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    return int(row[0])


HANDLERS: dict[type, Handler] = {
    BookRoom: Handler(book_room),
    MoveBooking: Handler(move_booking),
    CancelBooking: Handler(cancel_booking),
    SeatInRoom: Handler(seat_in_room),
    ReleaseNoShows: Handler(release_no_shows),
}
