"""How a session begins: the guard at the door of the room, and the case that comes with it.

Order 3 Art. 7, 12, 17, 29. What is missing is refused with the field it belongs to, each with a
sentence of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from branch.complaints.case import known_to, note, unguarded
from branch.complaints.codes import CAPACITIES
from branch.complaints.major import PLAN, become_major
from branch.complaints.queries.tickets import case_of_ticket
from branch.complaints.recusal import interested
from branch.drills.opening import open_plan
from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotFound, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow
from branch.kernel.runner import Actor, Handler, Work
from branch.kernel.store import Store
from branch.lobby.ticket import find_ticket
from branch.people.commands.sessions import SignInRefused, check_pin, confirm_pin
from branch.people.queries import staff_members
from branch.people.rules import PERSON_ROLES, Role, checked_name
from branch.rooms.records import OVERRIDE, BookingRow, SessionRow
from branch.rooms.room import Room, begin_booking, find_room, refuse_held, release_missed
from branch.rooms.rules import (
    BOOKED,
    LARGE_GROUP,
    MORE_CAPACITIES,
    UPSET,
    held_against,
    require_mood,
    require_notice,
    require_people,
    require_usable,
)
from branch.rooms.session import (
    FELT,
    Visitor,
    mark,
    sealed_visitors,
)
from branch.rooms.support import call_manager

# Who may sit on the bank's side of the table.
_RECEIVES = frozenset(PERSON_ROLES) - {Role.AUDITOR, Role.ADMINISTRATOR}


@dataclass(frozen=True)
class StartSession:
    """Begin a session in a room; returns ``Started``, or ``SignInRefused`` for a manager's PIN
    that was wrong.

    ``parties`` is how many complain jointly, ``visitors`` are those in the room. Without a checked
    recorder the branch manager says why it begins all the same: by his staff number and PIN, or as
    the actor himself. ``agreed`` is the visitors' answer to the notice of the recording.
    """

    room: int
    staff_1: int
    staff_2: int
    visitors: tuple[Visitor, ...]
    parties: int = 1
    guard: bool = False
    recorder_ok: bool = True
    override_no: str = ""
    override_pin: str = ""
    override_reason: str = ""
    notice_shown: bool = False
    notice_spoken: bool = False
    agreed: bool | None = None
    mood: int = 2
    booking: int | None = None
    complaint: int | None = None
    ticket: int | None = None

    def __repr__(self) -> str:
        return f"StartSession({self.room})"


@dataclass(frozen=True)
class Started:
    """A session just begun; ``incident`` is the emergency plan it opened, if any."""

    id: int
    number: str
    incident: int | None


@dataclass(frozen=True)
class _Allowed:
    by: int | None
    reason: str


_BUSY = Prepared(
    lambda: SessionRow.select(SessionRow.staff_1, SessionRow.staff_2).where(
        SessionRow.ended_at.is_null()
    )
)
_BOOKING = Prepared(
    lambda booking: BookingRow.select(
        BookingRow.room, BookingRow.complaint, BookingRow.ticket, BookingRow.state
    ).where(BookingRow.id == booking)
)
_NUMBERS = Prepared(
    lambda first, last: (
        SessionRow.select(SessionRow.number)
        .where(SessionRow.number >= first, SessionRow.number <= last)
        .order_by(SessionRow.number.desc())
        .limit(1)
    )
)
_BRANCH = Prepared(lambda: BranchRow.select(BranchRow.code))


def check_override(store: Store, command: StartSession, actor: Actor) -> tuple[str, bool]:
    """Look at the manager's PIN before anybody waits for it."""
    if command.recorder_ok or not command.override_no:
        return "", False
    return check_pin(store, command.override_no, command.override_pin)


def start_session(work: Work, command: StartSession) -> Started | SignInRefused:
    """Begin it; raises BadInput with the field of the first thing that stands against it."""
    release_missed(work)
    room = find_room(work.store, command.room)
    require_usable(room.state(work.now))
    command = _with_booking(work, room, command)
    if command.ticket is not None:
        find_ticket(work.store, command.ticket)
        if command.complaint is None:
            case = case_of_ticket(work.store, command.ticket, work.actor.staff)
            command = replace(command, complaint=case)
    if command.complaint is not None:
        known_to(work, command.complaint)
    _require_staff(work, command)
    visitors = _checked_visitors(command.visitors)
    require_people([one.capacity for one in visitors], command.parties, room.seats)
    require_notice(command.notice_shown, command.notice_spoken, command.agreed)
    require_mood(command.mood)
    allowed = _require_recorder(work, room, command)
    if isinstance(allowed, SignInRefused):
        return allowed
    if command.booking is not None:
        begin_booking(work, command.booking)
    session, number = _insert(work, room, command, visitors, allowed)
    work.record(
        "room_session.started",
        session,
        room=room.id,
        number=number,
        complaint=command.complaint,
        staff_1=command.staff_1,
        staff_2=command.staff_2,
        parties=command.parties,
        recorder_ok=command.recorder_ok,
        agreed=bool(command.agreed),
    )
    if not command.recorder_ok:
        work.record("room_session.recorder_overridden", session, manager=allowed.by)
    mark(work, session, FELT, str(command.mood))
    if command.mood >= UPSET:
        call_manager(work, session)
    if command.complaint is not None:
        note(work, command.complaint, "room_session_started", session=session, number=number)
    incident = _open_plan(work, session, command.complaint, command.parties)
    return Started(session, number, incident)


def _with_booking(work: Work, room: Room, command: StartSession) -> StartSession:
    """The command with what the room was kept for; raises BadInput when it is for another."""
    booking = command.booking
    held = held_against(room.bookings, work.now)
    if booking is None and held is None:
        return command
    if booking is None:
        assert held is not None  # asked just above
        booking = held.id
        kept = _BOOKING.one(work.store, booking=booking)
        assert kept is not None  # it stands in the room's list
        is_same_case = command.complaint is not None and kept[1] == command.complaint
        if not is_same_case and not held.seated:
            raise refuse_held(work, room, held)
    row = _BOOKING.one(work.store, booking=booking)
    if row is None:
        raise NotFound("room_booking_unknown")
    where, complaint, ticket, state = row
    if state != BOOKED or where != room.id:
        raise Stale("booking_moved_on")
    if held is not None and held.id != booking:
        raise refuse_held(work, room, held)
    if None not in (command.complaint, complaint) and command.complaint != complaint:
        raise BadInput("booking_other_case", field="complaint")
    return replace(
        command,
        booking=booking,
        complaint=command.complaint if complaint is None else complaint,
        ticket=command.ticket if ticket is None else ticket,
    )


def _require_staff(work: Work, command: StartSession) -> None:
    """Two of the house who are there, are not in another room, and have no interest (Art. 17)."""
    if command.staff_1 == command.staff_2:
        raise BadInput("staff_same", field="staff_2")
    members = {member.id: member for member in staff_members(work.store)}
    busy = {staff for row in _BUSY.all(work.store) for staff in row}
    away = frozenset() if command.complaint is None else interested(work.store, command.complaint)
    for field, staff in (("staff_1", command.staff_1), ("staff_2", command.staff_2)):
        member = members.get(staff)
        if member is None or not member.active or not _RECEIVES & member.roles:
            raise BadInput("staff_not_here", field=field)
        if staff in busy:
            raise BadInput("staff_in_session", field=field)
        if staff in away:
            raise BadInput("staff_interested", field=field)


def _checked_visitors(visitors: Iterable[Visitor]) -> tuple[Visitor, ...]:
    known = (*CAPACITIES, *MORE_CAPACITIES)
    checked = []
    for one in visitors:
        if one.capacity not in known:
            raise BadInput("code_unknown", field="visitors", given=one.capacity)
        checked.append(Visitor(checked_name(one.name, "visitors"), one.capacity))
    return tuple(checked)


def _require_recorder(work: Work, room: Room, command: StartSession) -> _Allowed | SignInRefused:
    if command.recorder_ok and room.recorder:
        return _Allowed(None, "")
    if command.recorder_ok:
        raise BadInput("recorder_none", field="recorder_ok")
    reason = checked_name(command.override_reason, "override_reason", 200)
    if not command.override_no and Role.BRANCH_MANAGER not in work.roles:
        raise BadInput("recorder_override", field="override_no")
    if not command.override_no:
        return _Allowed(work.actor.staff, reason)
    confirmed = confirm_pin(work, command.override_no)
    if isinstance(confirmed, SignInRefused):
        return confirmed
    if Role.BRANCH_MANAGER not in confirmed.roles:
        raise BadInput("override_not_manager", field="override_no")
    return _Allowed(confirmed.staff, reason)


def _insert(
    work: Work,
    room: Room,
    command: StartSession,
    visitors: tuple[Visitor, ...],
    allowed: _Allowed,
) -> tuple[int, str]:
    number = _next_number(work)
    seal = work.store.sealer.seal
    query = SessionRow.insert(
        number=number,
        room=room.id,
        booking=command.booking,
        complaint=command.complaint,
        ticket=command.ticket,
        started_at=work.now,
        ended_at=None,
        staff_1=command.staff_1,
        staff_2=command.staff_2,
        guard=command.guard,
        notice_at=work.now,
        notice_spoken=command.notice_spoken,
        notice_agreed=command.agreed,
        recorder=room.recorder,
        recorder_ok=command.recorder_ok,
        override_by=allowed.by,
        override_reason=seal(allowed.reason, OVERRIDE),
        media="",
        visitors=sealed_visitors(work.store, visitors),
        parties=command.parties,
        step=1,
        wishes="",
        statement="",
        materials="",
        mood_start=command.mood,
        mood_end=None,
        outcome="",
        level=0,
        police_at=None,
        incident_note="",
        read_back=False,
        signed="",
        signature="",
        refusal="",
        told_next=False,
        turnover_by=None,
        turnover_at=None,
        rev=work.revision,
    ).returning(SessionRow.id)
    session = int(next(iter(query.tuples().execute(work.store.database)))[0])
    return session, number


def _next_number(work: Work) -> str:
    """The session's number: JD, branch, day, and which of the day."""
    branch = _BRANCH.one(work.store)
    assert branch is not None  # a command runs in a branch
    head = f"JD-{branch[0]}-{local_date(work.now, work.zone):%Y%m%d}-"
    last = _NUMBERS.one(work.store, first=f"{head}001", last=f"{head}999")
    return f"{head}{int(last[0][-3:]) + 1 if last else 1:03d}"


def _open_plan(work: Work, session: int, complaint: int | None, parties: int) -> int | None:
    """Order 3 Art. 29(2): twenty jointly, face to face, are a major complaint with its plan."""
    if parties < LARGE_GROUP:
        return None
    if complaint is None:
        return open_plan(work, PLAN, "room", session)
    return become_major(work, unguarded(work, complaint), parties)


HANDLERS: dict[type, Handler] = {
    StartSession: Handler(start_session, check_override),
}
