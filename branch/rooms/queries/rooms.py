"""Rooms as strips and day lines show them: state, who is in, what comes next; writes nothing.

A case that concerns who asks is not there for him: the room is shown as used, without the case.
So it is where the case is confidential and not for him: who goes into the room would tell whose it
is. The two who receive the visitor and who booked see it as the desk shows it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from branch.complaints.queries.desk import CaseLine, lines_of
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.queries.numbers import ticket_numbers
from branch.people.queries import staff_members
from branch.rooms.records import BookingRow, RoomRow, SessionRow
from branch.rooms.room import missed_bookings
from branch.rooms.rules import (
    BOOKED,
    CANCELLED,
    MISSED,
    Booking,
    RoomState,
    alert,
    is_missed,
    room_state,
)


@dataclass(frozen=True)
class BookingLine:
    """A booking [start, end) in milliseconds. ``ticket`` is the number of somebody's ticket who
    was led in at once."""

    id: int
    room: int
    room_name: str
    start: int
    end: int
    complaint: int | None
    case_number: str
    case_title: str
    state: str
    seated_at: int | None
    ticket: str
    maker: str


@dataclass(frozen=True)
class RoomNow:
    """A room at this moment.

    ``since`` is when what its state says began (ms), None where nothing did. ``session`` is the one
    that is held, None for none and for one that is not for who asks. ``next`` is the
    booking that comes next or that it is held for, ``turnover_of`` the session to tidy up after
    and ``was_recorded`` whether there is a recording of it.
    """

    id: int
    name: str
    seats: int
    recorder: str
    active: bool
    state: RoomState
    out_reason: str
    since: int | None
    session: int | None
    session_number: str
    complaint: int | None
    case_number: str
    case_title: str
    staff_names: tuple[str, ...]
    alert: int
    level: int
    next: BookingLine | None
    turnover_of: int | None
    was_recorded: bool


_ROOMS = Prepared(
    lambda: RoomRow.select(
        RoomRow.id,
        RoomRow.name,
        RoomRow.seats,
        RoomRow.recorder,
        RoomRow.active,
        RoomRow.out_of_service,
        RoomRow.out_reason,
        RoomRow.turnover_of,
    ).order_by(RoomRow.name, RoomRow.id)
)
_HELD = Prepared(
    lambda: SessionRow.select(
        SessionRow.room,
        SessionRow.id,
        SessionRow.number,
        SessionRow.complaint,
        SessionRow.started_at,
        SessionRow.staff_1,
        SessionRow.staff_2,
        SessionRow.level,
    ).where(SessionRow.ended_at.is_null())
)
_ENDED = Prepared(
    lambda: (
        SessionRow.select(SessionRow.id, SessionRow.ended_at, SessionRow.recorder_ok)
        .join(RoomRow, on=(RoomRow.turnover_of == SessionRow.id))
        .where(SessionRow.ended_at.is_null(False))
    )
)
_BOOKING = (
    BookingRow.id,
    BookingRow.room,
    BookingRow.start,
    BookingRow.end,
    BookingRow.complaint,
    BookingRow.state,
    BookingRow.seated_at,
    BookingRow.ticket,
    BookingRow.made_by,
)
_BOOKED = Prepared(lambda: BookingRow.select(*_BOOKING).where(BookingRow.state == BOOKED))
_BETWEEN = Prepared(
    lambda start, end: (
        BookingRow.select(*_BOOKING)
        .where(
            BookingRow.start < end,
            BookingRow.end > start,
            BookingRow.state.not_in((CANCELLED, MISSED)),
        )
        .order_by(BookingRow.start, BookingRow.id)
    )
)


def rooms_now(store: Store, staff: int, now: int, every: bool = False) -> tuple[RoomNow, ...]:
    """Every room by its name, with those that are not used any more on demand (``every``)."""
    held = {row[0]: row for row in _HELD.all(store)}
    ended = {row[0]: row for row in _ENDED.all(store)}
    names = _names(store)
    cases = _cases(store, [row[3] for row in held.values()], staff)
    lines = _lines(store, _BOOKED.all(store), staff)
    found = []
    for room, name, seats, recorder, active, is_out, reason, turnover_of in _ROOMS.all(store):
        if not active and not every:
            continue
        session = held.get(room)
        waiting = [
            line
            for line in lines
            if line.room == room and not is_missed(_as_booking(line), now, session is not None)
        ]
        waiting.sort(key=lambda line: (line.seated_at is None, line.start, line.id))
        state = room_state(
            bool(is_out),
            session is not None,
            turnover_of is not None,
            map(_as_booking, waiting),
            now,
        )
        case = _told(cases.get(session[3]), session[5:7], staff) if session else None
        # What he may not see he is not offered to enter.
        is_his = session is not None and (session[3] is None or case is not None)
        following = waiting[0] if waiting else None
        over = ended.get(turnover_of)
        found.append(
            RoomNow(
                id=room,
                name=name,
                seats=seats,
                recorder=recorder,
                active=bool(active),
                state=state,
                out_reason=reason,
                since=_since(state, session, over[1] if over else None, following),
                session=session[1] if session and is_his else None,
                session_number=session[2] if session and is_his else "",
                complaint=case.id if case else None,
                case_number=case.number if case else "",
                case_title=case.title if case else "",
                staff_names=tuple(names.get(one, "") for one in session[5:7]) if session else (),
                alert=alert(session[4], now) if session else 0,
                level=session[7] if session else 0,
                next=following,
                turnover_of=turnover_of,
                was_recorded=over is not None and bool(over[2]),
            )
        )
    return tuple(found)


def bookings_between(store: Store, staff: int, start: int, end: int) -> tuple[BookingLine, ...]:
    """The bookings that touch [start, end) in milliseconds and were not given up, earliest first;
    those whose session has begun among them."""
    return _lines(store, _BETWEEN.all(store, start=start, end=end), staff)


def has_no_shows(store: Store, now: int) -> bool:
    """Whether there is something for ``ReleaseNoShows`` to do."""
    return bool(missed_bookings(store, now))


def _since(
    state: RoomState, session: Any, ended_at: int | None, following: BookingLine | None
) -> int | None:
    if state == RoomState.OCCUPIED:
        return int(session[4])
    if state == RoomState.TURNOVER:
        return ended_at
    if state == RoomState.HELD and following is not None:
        return following.seated_at
    return None


def _as_booking(line: BookingLine) -> Booking:
    return Booking(line.id, line.start, line.end, line.seated_at is not None)


def _lines(store: Store, rows: list[tuple[Any, ...]], staff: int) -> tuple[BookingLine, ...]:
    if not rows:
        return ()
    cases = _cases(store, [row[4] for row in rows], staff)
    numbers = ticket_numbers(store, [row[7] for row in rows if row[7] is not None])
    rooms = {row[0]: row[1] for row in _ROOMS.all(store)}
    names = _names(store)
    found = []
    for identity, room, start, end, complaint, state, seated_at, ticket, maker in rows:
        # Of a ticket that was led in its case is taken along, unknown to who did it.
        case = _told(cases.get(complaint), () if ticket else (maker,), staff)
        found.append(
            BookingLine(
                id=identity,
                room=room,
                room_name=rooms.get(room, ""),
                start=start,
                end=end,
                complaint=case.id if case else None,
                case_number=case.number if case else "",
                case_title=case.title if case else "",
                state=state,
                seated_at=seated_at,
                ticket=numbers.get(ticket, ""),
                maker=names.get(maker, ""),
            )
        )
    return tuple(found)


def _cases(store: Store, complaints: Iterable[int | None], staff: int) -> dict[int, CaseLine]:
    wanted = sorted({one for one in complaints if one is not None})
    return {line.id: line for line in lines_of(store, wanted, staff)}


def _told(case: CaseLine | None, knows: Collection[int], staff: int) -> CaseLine | None:
    """The case as ``staff`` may see it beside a room, where some know it anyway."""
    return None if case is None or (case.withheld and staff not in knows) else case


def _names(store: Store) -> dict[int, str]:
    return {member.id: member.name for member in staff_members(store)}
