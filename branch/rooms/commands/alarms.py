"""Silent help: called from a room, answered, taken back by the branch manager, written down.

Nothing of it is shown in the room. It calls the branch's own people only and never replaces the
alarm button that is wired to the police. Level 1: a colleague and the guard come; 2: the branch
manager comes and the rooms beside are cleared; 3: the police are called and the place is left.
"""

from __future__ import annotations

from dataclasses import dataclass

from branch.complaints.case import checked_text
from branch.kernel.errors import BadInput, NotFound, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.rooms.records import CANCEL, INCIDENT, AlarmRow, SessionRow
from branch.rooms.room import find_room
from branch.rooms.rules import LEVELS
from branch.rooms.session import change, found, require_part


@dataclass(frozen=True)
class RaiseAlarm:
    """Call for help from a session, or from a room where none is held; returns the alarm's id.

    Calling again while a call of this or a higher level is open changes nothing.
    """

    level: int
    session: int | None = None
    room: int | None = None


@dataclass(frozen=True)
class AnswerAlarm:
    """Say that one is on the way."""

    alarm: int


@dataclass(frozen=True)
class CancelAlarm:
    """The branch manager takes an accidental call back, with the reason."""

    alarm: int
    reason: str

    def __repr__(self) -> str:
        return f"CancelAlarm({self.alarm})"


@dataclass(frozen=True)
class NoteIncident:
    """What happened, and when the police were called (milliseconds; None: they were not)."""

    session: int
    text: str
    police_at: int | None = None

    def __repr__(self) -> str:
        return f"NoteIncident({self.session})"


_WHERE = Prepared(
    lambda session: SessionRow.select(SessionRow.room, SessionRow.ended_at).where(
        SessionRow.id == session
    )
)
_HELD_IN = Prepared(
    lambda room: SessionRow.select(SessionRow.id).where(
        SessionRow.room == room, SessionRow.ended_at.is_null()
    )
)
_OPEN = Prepared(
    lambda room: (
        AlarmRow.select(AlarmRow.id, AlarmRow.level, AlarmRow.session)
        .where(
            AlarmRow.room == room,
            AlarmRow.cancelled_at.is_null(),
            AlarmRow.answered_at.is_null(),
        )
        .order_by(AlarmRow.level.desc(), AlarmRow.id)
    )
)
_RAISE = Prepared(
    lambda session, room, level, now, staff, station: AlarmRow.insert(
        {
            AlarmRow.session: session,
            AlarmRow.room: room,
            AlarmRow.level: level,
            AlarmRow.at: now,
            AlarmRow.by: staff,
            AlarmRow.station: station,
            AlarmRow.cancel_reason: "",
        }
    ).returning(AlarmRow.id)
)
_FIND = Prepared(
    lambda alarm: AlarmRow.select(
        AlarmRow.session, AlarmRow.answered_at, AlarmRow.cancelled_at
    ).where(AlarmRow.id == alarm)
)
_ANSWER = Prepared(
    lambda alarm, now, staff: AlarmRow.update(
        {AlarmRow.answered_at: now, AlarmRow.answered_by: staff}
    ).where(AlarmRow.id == alarm)
)
_CANCEL = Prepared(
    lambda alarm, now, staff, reason: AlarmRow.update(
        {
            AlarmRow.cancelled_at: now,
            AlarmRow.cancelled_by: staff,
            AlarmRow.cancel_reason: reason,
        }
    ).where(AlarmRow.id == alarm)
)
_LEVELS = Prepared(
    lambda session: AlarmRow.select(AlarmRow.level).where(
        AlarmRow.session == session, AlarmRow.cancelled_at.is_null()
    )
)


def raise_alarm(work: Work, command: RaiseAlarm) -> int:
    """Call; raises NotFound for a room or session that there is not, BadInput for a level.

    Whoever is in the room may call, also somebody who is kept from the case: help comes first.
    """
    if command.level not in LEVELS:
        raise BadInput("alarm_level", field="level")
    room, session = _place(work, command)
    for alarm, level, of in _OPEN.all(work.store, room=room):
        if level >= command.level and of == session:
            return int(alarm)
    row = _RAISE.one(
        work.store,
        session=session,
        room=room,
        level=command.level,
        now=work.now,
        staff=work.actor.staff,
        station=work.actor.station,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    if session is not None:
        _settle_level(work, session)
    work.record("alarm.raised", row[0], level=command.level, room=room, session=session)
    return int(row[0])


def answer_alarm(work: Work, command: AnswerAlarm) -> None:
    """Answer; raises Stale when a colleague is on the way or it was taken back."""
    _session, answered_at, cancelled_at = _found(work, command.alarm)
    if answered_at is not None or cancelled_at is not None:
        raise Stale("alarm_answered")
    _ANSWER.run(work.store, alarm=command.alarm, now=work.now, staff=work.actor.staff)
    work.record("alarm.answered", command.alarm)


def cancel_alarm(work: Work, command: CancelAlarm) -> None:
    """Take it back; raises BadInput without a reason, Stale when it is taken back already."""
    session, _answered_at, cancelled_at = _found(work, command.alarm)
    if cancelled_at is not None:
        raise Stale("alarm_answered")
    reason = checked_text(command.reason, "reason", needed=True, longest=200)
    _CANCEL.run(
        work.store,
        alarm=command.alarm,
        now=work.now,
        staff=work.actor.staff,
        reason=work.store.sealer.seal(reason, CANCEL),
    )
    if session is not None:
        _settle_level(work, session)
    work.record("alarm.cancelled", command.alarm)


def note_incident(work: Work, command: NoteIncident) -> None:
    """Keep the note, also after the session's end; raises BadInput without a text or for a time
    to come."""
    session = found(work, command.session)
    require_part(work, session)
    text = checked_text(command.text, "incident", needed=True)
    if command.police_at is not None and not session.started_at <= command.police_at <= work.now:
        raise BadInput("police_time", field="police_at")
    change(
        work,
        session.id,
        incident_note=work.store.sealer.seal(text, INCIDENT),
        police_at=command.police_at,
    )
    work.record("room_session.incident_noted", session.id, police_at=command.police_at)


def _place(work: Work, command: RaiseAlarm) -> tuple[int, int | None]:
    """The room, and the session held in it."""
    if command.session is not None:
        row = _WHERE.one(work.store, session=command.session)
        if row is None:
            raise NotFound("session_unknown")
        if row[1] is None:
            return row[0], command.session
        return row[0], None
    if command.room is None:
        raise BadInput("field_empty", field="room")
    room = find_room(work.store, command.room)
    held = _HELD_IN.one(work.store, room=room.id)
    return room.id, held[0] if held else None


def _settle_level(work: Work, session: int) -> None:
    levels = [row[0] for row in _LEVELS.all(work.store, session=session)]
    change(work, session, level=max(levels, default=0))


def _found(work: Work, alarm: int) -> tuple[int | None, int | None, int | None]:
    row = _FIND.one(work.store, alarm=alarm)
    if row is None:
        raise NotFound("alarm_unknown")
    return row[0], row[1], row[2]


HANDLERS: dict[type, Handler] = {
    RaiseAlarm: Handler(raise_alarm),
    AnswerAlarm: Handler(answer_alarm),
    CancelAlarm: Handler(cancel_alarm),
    NoteIncident: Handler(note_incident),
}
