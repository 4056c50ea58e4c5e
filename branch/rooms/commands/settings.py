"""Which complaint rooms there are: added, changed, taken out of service and back."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.errors import BadInput, NotFound, RuleBroken, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.people.rules import checked_name, readable
from branch.rooms.records import RoomRow
from branch.rooms.room import bookings_of, find_room
from branch.rooms.rules import MOST_SEATS, OUT_REASONS, standing

_LONGEST_NAME = 20
_LONGEST_RECORDER = 40


@dataclass(frozen=True)
class AddRoom:
    """A new complaint room; returns its id.

    ``seats`` are those for visitors, ``recorder`` is what the equipment is called that keeps
    sound and picture (Order 3 Art. 7); empty where there is none yet.
    """

    name: str
    seats: int
    recorder: str = ""


@dataclass(frozen=True)
class ChangeRoom:
    """Other particulars of a room; not ``active`` it is not shown any more."""

    room: int
    name: str
    seats: int
    recorder: str
    active: bool = True


@dataclass(frozen=True)
class SetRoomOutOfService:
    """Take a room out of service for a reason (a code), or put it in service again."""

    room: int
    out: bool
    reason: str = ""


_NAMES = Prepared(lambda: RoomRow.select(RoomRow.id, RoomRow.name, RoomRow.active))
_INSERT = Prepared(
    lambda name, seats, recorder, rev: RoomRow.insert(
        {
            RoomRow.name: name,
            RoomRow.seats: seats,
            RoomRow.recorder: recorder,
            RoomRow.out_of_service: False,
            RoomRow.out_reason: "",
            RoomRow.active: True,
            RoomRow.turnover_of: None,
            RoomRow.rev: rev,
        }
    ).returning(RoomRow.id)
)
_CHANGE = Prepared(
    lambda room, name, seats, recorder, active, rev: RoomRow.update(
        {
            RoomRow.name: name,
            RoomRow.seats: seats,
            RoomRow.recorder: recorder,
            RoomRow.active: active,
            RoomRow.rev: rev,
        }
    ).where(RoomRow.id == room)
)
_SET_OUT = Prepared(
    lambda room, out, reason, rev: RoomRow.update(
        {RoomRow.out_of_service: out, RoomRow.out_reason: reason, RoomRow.rev: rev}
    ).where(RoomRow.id == room)
)


def add_room(work: Work, command: AddRoom) -> int:
    """Add it; raises BadInput for a name that is taken or a number of seats that cannot be."""
    name, recorder = _checked(work, command.name, command.seats, command.recorder)
    row = _INSERT.one(
        work.store, name=name, seats=command.seats, recorder=recorder, rev=work.revision
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record("room.added", row[0], seats=command.seats)
    return int(row[0])


def change_room(work: Work, command: ChangeRoom) -> None:
    """Change it; raises RuleBroken for giving up a room that is in use or booked."""
    kept = {identity: bool(active) for identity, _name, active in _NAMES.all(work.store)}
    if command.room not in kept:
        raise NotFound("room_unknown")
    name, recorder = _checked(work, command.name, command.seats, command.recorder, command.room)
    if kept[command.room] and not command.active:
        _require_unused(work, command.room)
    _CHANGE.run(
        work.store,
        room=command.room,
        name=name,
        seats=command.seats,
        recorder=recorder,
        active=command.active,
        rev=work.revision,
    )
    work.record("room.changed", command.room, seats=command.seats, active=command.active)


def set_out_of_service(work: Work, command: SetRoomOutOfService) -> None:
    """Take it out or back; raises RuleBroken while somebody is received in it, Stale when it is
    so already."""
    room = find_room(work.store, command.room)
    if command.out and command.reason not in OUT_REASONS:
        raise BadInput("out_reason_needed", field="reason")
    if command.out and room.session is not None:
        raise RuleBroken("room_in_use", room=room.name)
    if command.out == room.is_out:
        raise Stale("room_moved_on", room=room.name)
    reason = command.reason if command.out else ""
    _SET_OUT.run(work.store, room=room.id, out=command.out, reason=reason, rev=work.revision)
    if command.out:
        work.record("room.taken_out", room.id, reason=reason)
    else:
        work.record("room.put_back", room.id)


def _checked(
    work: Work, name: str, seats: int, recorder: str, room: int | None = None
) -> tuple[str, str]:
    plain = checked_name(name, "name", _LONGEST_NAME)
    if any(other == plain and identity != room for identity, other, _on in _NAMES.all(work.store)):
        raise BadInput("room_name_taken", field="name", room=plain)
    if not 1 <= seats <= MOST_SEATS:
        raise BadInput("room_seats", field="seats", most=MOST_SEATS)
    kept = readable(" ".join(recorder.split()))
    if len(kept) > _LONGEST_RECORDER:
        raise BadInput(
            "field_too_long", field="recorder", longest=_LONGEST_RECORDER, length=len(kept)
        )
    return plain, kept


def _require_unused(work: Work, room: int) -> None:
    found = find_room(work.store, room)
    if found.session is not None or found.turnover_of is not None:
        raise RuleBroken("room_in_use", room=found.name)
    if standing(bookings_of(work.store, room), work.now, False):
        raise RuleBroken("room_booked", room=found.name)


HANDLERS: dict[type, Handler] = {
    AddRoom: Handler(add_room),
    ChangeRoom: Handler(change_room),
    SetRoomOutOfService: Handler(set_out_of_service),
}
