"""How a session ends: read back, signed or refused before witnesses; then the room is made ready.

Form TS-08. The room takes nobody before somebody has signed that it is in order again.
"""

from __future__ import annotations

from dataclasses import dataclass

from branch.complaints.case import note
from branch.kernel.errors import NotFound, NotPermitted, RuleBroken, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.people.queries import glass_until
from branch.people.rules import checked_name
from branch.rooms.records import SIGNATURE, RoomRow, SessionRow
from branch.rooms.room import find_room, release_missed
from branch.rooms.rules import (
    ON_SCREEN,
    Ending,
    checked_signature,
    require_ending,
    require_mood,
    require_turnover,
)
from branch.rooms.session import (
    FELT,
    Visitor,
    calmed,
    change,
    found,
    has_part,
    mark,
    marks_of,
    opened_visitors,
    taken,
)
from branch.visitors.rules import REVEAL_REASONS, require_known

_LONGEST_MEDIA = 60


@dataclass(frozen=True)
class EndSession:
    """End a session.

    ``signature`` is the pen's path as JSON, strokes of points, where it was signed on the screen.
    Where the visitor would not sign or the session was broken off, ``witnesses`` are the two who
    received him.
    """

    session: int
    outcome: str
    mood_end: int
    read_back: bool = False
    signed: str = "none"
    signature: str = ""
    witnesses: frozenset[int] = frozenset()
    told_next: bool = False

    def __repr__(self) -> str:
        return f"EndSession({self.session}, {self.outcome!r})"


@dataclass(frozen=True)
class SignTurnover:
    """Sign that the room is in order again, with what the recorder calls its recording."""

    room: int
    items: frozenset[str]
    media: str = ""


@dataclass(frozen=True)
class RevealSession:
    """The visitors' names in full, with the reason why they are needed."""

    session: int
    reason: str


_TURN = Prepared(
    lambda room, session, rev: RoomRow.update(
        {RoomRow.turnover_of: session, RoomRow.rev: rev}
    ).where(RoomRow.id == room)
)
_VISITORS = Prepared(
    lambda session: SessionRow.select(SessionRow.visitors).where(SessionRow.id == session)
)


def end_session(work: Work, command: EndSession) -> None:
    """End it; raises BadInput or RuleBroken for the first thing that is missing."""
    session = taken(work, command.session)
    signature = checked_signature(command.signature)
    require_mood(command.mood_end, "mood_end")
    require_ending(
        Ending(
            outcome=command.outcome,
            read_back=command.read_back,
            signed=command.signed,
            has_signature=bool(signature),
            witnesses=command.witnesses,
            told_next=command.told_next,
            staff=session.staff,
            has_statement=bool(session.statement),
            was_explained="explained" in calmed(marks_of(work.store, session.id)),
            level=session.level,
            has_incident_note=bool(session.incident_note),
        )
    )
    if command.signed != ON_SCREEN:
        signature = ""
    mark(work, session.id, FELT, str(command.mood_end))
    change(
        work,
        session.id,
        ended_at=work.now,
        outcome=command.outcome,
        mood_end=command.mood_end,
        read_back=command.read_back,
        signed=command.signed,
        signature=work.store.sealer.seal(signature, SIGNATURE),
        refusal=",".join(str(one) for one in sorted(command.witnesses)),
        told_next=command.told_next,
    )
    _TURN.run(work.store, room=session.room, session=session.id, rev=work.revision)
    work.record(
        "room_session.ended",
        session.id,
        room=session.room,
        outcome=command.outcome,
        signed=command.signed,
        mood=command.mood_end,
        level=session.level,
    )
    if session.complaint is not None:
        note(
            work,
            session.complaint,
            "room_session_ended",
            session=session.id,
            number=session.number,
            outcome=command.outcome,
        )


def sign_turnover(work: Work, command: SignTurnover) -> None:
    """Sign it; raises BadInput for a point that is not done, Stale for a room that is in order."""
    release_missed(work)
    room = find_room(work.store, command.room)
    if room.session is not None:
        raise RuleBroken("room_in_use", room=room.name)
    if room.turnover_of is None:
        raise Stale("room_moved_on", room=room.name)
    media = checked_name(command.media, "media", _LONGEST_MEDIA) if command.media.strip() else ""
    was_recorded = _was_recorded(work, room.turnover_of)
    require_turnover(command.items, media, was_recorded)
    change(
        work,
        room.turnover_of,
        media=media,
        turnover_by=work.actor.staff,
        turnover_at=work.now,
    )
    _TURN.run(work.store, room=room.id, session=None, rev=work.revision)
    work.record("room.turned_over", room.id, session=room.turnover_of)


_RECORDED = Prepared(
    lambda session: SessionRow.select(SessionRow.recorder_ok).where(SessionRow.id == session)
)


def _was_recorded(work: Work, session: int) -> bool:
    # Not ``found``: whoever is kept from the case may tidy the room all the same.
    row = _RECORDED.one(work.store, session=session)
    return row is not None and bool(row[0])


def reveal_session(work: Work, command: RevealSession) -> tuple[Visitor, ...]:
    """The visitors; raises NotPermitted to anybody but the two who receive them, the desk and who
    broke the glass."""
    require_known(command.reason, REVEAL_REASONS, "reason")
    session = found(work, command.session)
    allowed = has_part(work, session)
    if not allowed and glass_until(work.store, work.actor.staff, work.now) is None:
        raise NotPermitted("reveal_not_permitted")
    row = _VISITORS.one(work.store, session=session.id)
    if row is None:
        raise NotFound("session_unknown")
    work.record(
        "room_session.revealed",
        session.id,
        field="visitors",
        reason=command.reason,
        by_glass=not allowed,
    )
    return opened_visitors(work.store, row[0])


HANDLERS: dict[type, Handler] = {
    EndSession: Handler(end_session),
    SignTurnover: Handler(sign_turnover),
    RevealSession: Handler(reveal_session),
}
