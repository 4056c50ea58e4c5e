"""Sessions as the room's screen and lists show them: names masked; writes nothing.

Nobody sees a session of a complaint that concerns him (Order 3 Art. 17). One of a confidential
complaint is seen by those who may read that (Art. 22), and by the two who received the visitor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from branch.complaints.queries.alike import alike_to
from branch.complaints.queries.desk import lines_of
from branch.complaints.recusal import kept_from
from branch.kernel.masking import mask_name
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.queries.numbers import ticket_care
from branch.people.queries import staff_members
from branch.quality.queries import Action, actions_of
from branch.rooms.queries.alarms import AlarmLine, alarms_of
from branch.rooms.records import (
    CHECKED,
    FOUND,
    INCIDENT,
    MATERIALS,
    STATEMENT,
    RoomRow,
    SessionCheckRow,
    SessionRow,
)
from branch.rooms.rules import SUPPORT, alert
from branch.rooms.session import (
    ANSWERED,
    ASKED,
    FELT,
    PROMISED,
    Visitor,
    calmed,
    can_unlink,
    marks_of,
    opened_visitors,
)


@dataclass(frozen=True)
class SessionLine:
    """A session in a list. Instants are milliseconds."""

    id: int
    number: str
    room: int
    room_name: str
    complaint: int | None
    case_number: str
    case_title: str
    started_at: int
    ended_at: int | None
    outcome: str
    staff_names: tuple[str, str]
    level: int
    recorder_ok: bool
    turnover_at: int | None


@dataclass(frozen=True)
class Check:
    """A point that is verified together."""

    id: int
    text: str
    found: str
    state: str

    def __repr__(self) -> str:
        return f"Check({self.id}, {self.state!r})"


@dataclass(frozen=True)
class Support:
    """Support that was asked for last, of its kind; ``answered_at`` None while nobody has come."""

    kind: str
    at: int
    answered_at: int | None


@dataclass(frozen=True)
class SessionView:
    """Everything about a session; visitors' names masked. ``mood`` is the one noted last."""

    line: SessionLine
    staff: tuple[int, int]
    guard: bool
    agreed: bool
    recorder: str
    has_override: bool
    media: str
    visitors: tuple[Visitor, ...]
    parties: int
    step: int
    wishes: frozenset[str]
    statement: str
    materials: str
    mood_start: int
    mood: int
    calming: frozenset[str]
    checks: tuple[Check, ...]
    promises: tuple[Action, ...]
    support: tuple[Support, ...]
    alert: int
    incident_note: str
    police_at: int | None
    this_year: int
    care: tuple[str, ...]
    can_unlink: bool
    alarms: tuple[AlarmLine, ...]

    def __repr__(self) -> str:
        return f"SessionView({self.line.id})"


_LINE = (
    SessionRow.id,
    SessionRow.number,
    SessionRow.room,
    RoomRow.name,
    SessionRow.complaint,
    SessionRow.started_at,
    SessionRow.ended_at,
    SessionRow.outcome,
    SessionRow.staff_1,
    SessionRow.staff_2,
    SessionRow.level,
    SessionRow.recorder_ok,
    SessionRow.turnover_at,
)


def _lines_where(condition: Any, *order: Any) -> Any:
    return (
        SessionRow.select(*_LINE)
        .join(RoomRow, on=(RoomRow.id == SessionRow.room))
        .where(condition)
        .order_by(*order)
    )


_ONE = Prepared(lambda session: _lines_where(SessionRow.id == session))
_OPEN = Prepared(lambda: _lines_where(SessionRow.ended_at.is_null(), SessionRow.id))
_OF_CASE = Prepared(
    lambda complaint: _lines_where(SessionRow.complaint == complaint, SessionRow.id)
)
_TO_TIDY = Prepared(
    lambda room: _lines_where((RoomRow.id == room) & (RoomRow.turnover_of == SessionRow.id))
)
_MORE = (
    "guard",
    "notice_agreed",
    "recorder",
    "override_by",
    "media",
    "visitors",
    "parties",
    "step",
    "wishes",
    "statement",
    "materials",
    "mood_start",
    "incident_note",
    "police_at",
    "ticket",
)
_PARTS = Prepared(
    lambda session: SessionRow.select(*(getattr(SessionRow, name) for name in _MORE)).where(
        SessionRow.id == session
    )
)
_CHECKS = Prepared(
    lambda session: (
        SessionCheckRow.select(
            SessionCheckRow.id, SessionCheckRow.text, SessionCheckRow.found, SessionCheckRow.state
        )
        .where(SessionCheckRow.session == session)
        .order_by(SessionCheckRow.id)
    )
)


def sessions_kept_from(store: Store, staff: int) -> frozenset[int]:
    """The sessions of complaints that a member of staff must not see."""
    return frozenset(
        row[0]
        for complaint in kept_from(store, staff)
        for row in _OF_CASE.all(store, complaint=complaint)
    )


def session_view(store: Store, session: int, staff: int, now: int) -> SessionView | None:
    """The session, or None when it is not there or not for who asks."""
    rows = _ONE.all(store, session=session)
    lines = _lines(store, rows, staff)
    if not lines:
        return None
    line = lines[0]
    row = _PARTS.one(store, session=session)
    assert row is not None  # it was found a moment ago
    parts: dict[str, Any] = dict(zip(_MORE, row, strict=True))
    marks = marks_of(store, session)
    promised = {int(code) for kind, code, _at in marks if kind == PROMISED}
    moods = [int(code) for kind, code, _at in marks if kind == FELT]
    promises: tuple[Action, ...] = ()
    this_year = 0
    if line.complaint is not None:
        promises = tuple(
            one for one in actions_of(store, "promise", line.complaint) if one.id in promised
        )
        this_year = _this_year(store, line.complaint, staff)
    open_ = store.sealer.open
    return SessionView(
        line=line,
        staff=(rows[0][8], rows[0][9]),
        guard=bool(parts["guard"]),
        agreed=bool(parts["notice_agreed"]),
        recorder=parts["recorder"],
        has_override=parts["override_by"] is not None,
        media=parts["media"],
        visitors=tuple(
            Visitor(mask_name(one.name), one.capacity)
            for one in opened_visitors(store, parts["visitors"])
        ),
        parties=parts["parties"],
        step=parts["step"],
        wishes=frozenset(parts["wishes"].split(",")) - {""},
        statement=open_(parts["statement"], STATEMENT),
        materials=open_(parts["materials"], MATERIALS),
        mood_start=parts["mood_start"],
        mood=moods[-1] if moods else parts["mood_start"],
        calming=calmed(marks),
        checks=tuple(
            Check(identity, open_(text, CHECKED), open_(result, FOUND), state)
            for identity, text, result, state in _CHECKS.all(store, session=session)
        ),
        promises=promises,
        support=_support(marks),
        alert=alert(line.started_at, line.ended_at or now),
        incident_note=open_(parts["incident_note"], INCIDENT),
        police_at=parts["police_at"],
        this_year=this_year,
        care=() if parts["ticket"] is None else ticket_care(store, parts["ticket"]),
        can_unlink=line.ended_at is None and can_unlink(marks, parts["parties"]),
        alarms=alarms_of(store, session),
    )


def open_sessions(store: Store, staff: int) -> tuple[SessionLine, ...]:
    """The sessions that are held now, those begun first before the others."""
    return _lines(store, _OPEN.all(store), staff)


def sessions_of(store: Store, complaint: int, staff: int) -> tuple[SessionLine, ...]:
    """The sessions that a case led to, the first of them first."""
    return _lines(store, _OF_CASE.all(store, complaint=complaint), staff)


def turnover_session(store: Store, room: int, staff: int) -> SessionLine | None:
    """The session after which a room has to be made ready, None for a room in order.

    Whoever may not read its case may make it ready all the same: he sees no case.
    """
    rows = _TO_TIDY.all(store, room=room)
    lines = _lines(store, rows, staff, keep_hidden=True)
    return lines[0] if lines else None


def _lines(
    store: Store, rows: list[tuple[Any, ...]], staff: int, keep_hidden: bool = False
) -> tuple[SessionLine, ...]:
    if not rows:
        return ()
    names = {member.id: member.name for member in staff_members(store)}
    hidden = kept_from(store, staff)
    wanted = sorted({row[4] for row in rows if row[4] is not None})
    cases = {line.id: line for line in lines_of(store, wanted, staff)}
    found = []
    for row in rows:
        case = cases.get(row[4])
        if case is not None and case.withheld and staff not in row[8:10]:
            case = None
            if not keep_hidden:
                continue
        if row[4] in hidden and not keep_hidden:
            continue
        found.append(
            SessionLine(
                id=row[0],
                number=row[1],
                room=row[2],
                room_name=row[3],
                complaint=case.id if case else None,
                case_number=case.number if case else "",
                case_title=case.title if case else "",
                started_at=row[5],
                ended_at=row[6],
                outcome=row[7],
                staff_names=(names.get(row[8], ""), names.get(row[9], "")),
                level=row[10],
                recorder_ok=bool(row[11]),
                turnover_at=row[12],
            )
        )
    return tuple(found)


def _support(marks: list[tuple[str, str, int]]) -> tuple[Support, ...]:
    found = []
    for kind in SUPPORT:
        asked = [at for done, code, at in marks if done == ASKED and code == kind]
        if not asked:
            continue
        come = [
            at for done, code, at in marks if done == ANSWERED and code == kind and at >= asked[-1]
        ]
        found.append(Support(kind, asked[-1], come[-1] if come else None))
    return tuple(found)


def _this_year(store: Store, complaint: int, staff: int) -> int:
    """Which case of the same person it is in the year it came, the newest counted with."""
    own = lines_of(store, (complaint,), staff)
    if not own:
        return 0
    year = own[0].received_on[:4]
    return 1 + sum(one.received_on[:4] == year for one in alike_to(store, complaint, staff))
