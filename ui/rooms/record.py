"""Owns what the screen asks of the store in one go: rooms, the session, its case; shows nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branch.complaints.queries.detail import CaseDetail, case_detail
from branch.kernel.store import Store
from branch.rooms.queries.rooms import BookingLine, RoomNow, bookings_between, rooms_now
from branch.rooms.queries.sessions import SessionView, session_view


@dataclass(frozen=True)
class RoomRecord:
    """The rooms, the day's bookings, and of the room at hand its session with its case."""

    rooms: tuple[RoomNow, ...]
    bookings: tuple[BookingLine, ...]
    view: SessionView | None
    detail: CaseDetail | None


@dataclass(frozen=True)
class Asked:
    """Who asks, and when: ``day`` is today from midnight to midnight, in milliseconds."""

    staff: int
    roles: frozenset[str]
    now: int
    today: date
    day: tuple[int, int]


def room_record(store: Store, room: int | None, asked: Asked) -> RoomRecord:
    """The rooms as they stand, and the session held in ``room`` if there is one."""
    rooms = rooms_now(store, asked.staff, asked.now)
    here = next((one for one in rooms if one.id == room), None)
    view = detail = None
    if here is not None and here.session is not None:
        view = session_view(store, here.session, asked.staff, asked.now)
    if view is not None and view.line.complaint is not None:
        detail = case_detail(store, view.line.complaint, asked.staff, asked.roles, asked.today)
    return RoomRecord(rooms, bookings_between(store, asked.staff, *asked.day), view, detail)
