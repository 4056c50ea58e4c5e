"""Silent help and support as the desks see them that have to come; writes nothing.

A line tells where and how urgent, never of whom or what: the guard has no part in the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.people.rules import may_read
from branch.rooms.records import AlarmRow, RoomRow, SessionMarkRow, SessionRow
from branch.rooms.rules import MANAGER
from branch.rooms.session import ANSWERED, ASKED


@dataclass(frozen=True)
class AlarmLine:
    """A call for help. Instants are milliseconds; ``session`` None where none was held."""

    id: int
    session: int | None
    room: int
    room_name: str
    level: int
    at: int
    by_name: str
    station: str
    answered_at: int | None
    answered_by_name: str
    is_cancelled: bool


@dataclass(frozen=True)
class SupportLine:
    """Support that was asked for from a room and has not come."""

    session: int
    kind: str
    at: int
    room: int
    room_name: str


_COLUMNS = (
    AlarmRow.id,
    AlarmRow.session,
    AlarmRow.room,
    RoomRow.name,
    AlarmRow.level,
    AlarmRow.at,
    AlarmRow.by,
    AlarmRow.station,
    AlarmRow.answered_at,
    AlarmRow.answered_by,
    AlarmRow.cancelled_at,
)
_OPEN = Prepared(
    lambda: (
        AlarmRow.select(*_COLUMNS)
        .join(RoomRow, on=(RoomRow.id == AlarmRow.room))
        .join(SessionRow, JOIN.LEFT_OUTER, on=(SessionRow.id == AlarmRow.session))
        .where(
            AlarmRow.cancelled_at.is_null(),
            AlarmRow.answered_at.is_null()
            | (AlarmRow.session.is_null(False) & SessionRow.ended_at.is_null()),
        )
        .order_by(AlarmRow.level.desc(), AlarmRow.id)
    )
)
_OF = Prepared(
    lambda session: (
        AlarmRow.select(*_COLUMNS)
        .join(RoomRow, on=(RoomRow.id == AlarmRow.room))
        .where(AlarmRow.session == session)
        .order_by(AlarmRow.id)
    )
)
_SUPPORT = Prepared(
    lambda asked, answered: (
        SessionMarkRow.select(
            SessionMarkRow.session,
            SessionMarkRow.kind,
            SessionMarkRow.code,
            SessionMarkRow.at,
            SessionRow.room,
            RoomRow.name,
        )
        .join(SessionRow, on=(SessionRow.id == SessionMarkRow.session))
        .join(RoomRow, on=(RoomRow.id == SessionRow.room))
        .where(
            SessionRow.ended_at.is_null(),
            (SessionMarkRow.kind == asked) | (SessionMarkRow.kind == answered),
        )
        .order_by(SessionMarkRow.id)
    )
)


def open_alarms(store: Store, roles: frozenset[str]) -> tuple[AlarmLine, ...]:
    """The calls that nobody has taken back and whose session has not ended (or that nobody has
    answered), the most urgent first; none to whom they are not told."""
    if not may_read("room_alarms", roles):
        return ()
    return _alarms(store, _OPEN.all(store))


def alarms_of(store: Store, session: int) -> tuple[AlarmLine, ...]:
    """Every call from a session, the first of them first."""
    return _alarms(store, _OF.all(store, session=session))


def support_calls(store: Store, roles: frozenset[str]) -> tuple[SupportLine, ...]:
    """The support that is still waited for and that somebody with these roles can give, the
    longest wait first."""
    waiting: dict[tuple[int, str], SupportLine] = {}
    for session, kind, code, at, room, name in _SUPPORT.all(store, asked=ASKED, answered=ANSWERED):
        if kind == ASKED:
            waiting[session, code] = SupportLine(session, code, at, room, name)
        else:
            waiting.pop((session, code), None)
    manager, rest = may_read("room_manager_calls", roles), may_read("room_rest_calls", roles)
    found = [one for one in waiting.values() if (manager if one.kind == MANAGER else rest)]
    return tuple(sorted(found, key=lambda one: one.at))


def _alarms(store: Store, rows: list[tuple[Any, ...]]) -> tuple[AlarmLine, ...]:
    if not rows:
        return ()
    names = {member.id: member.name for member in staff_members(store)}
    return tuple(
        AlarmLine(
            id=row[0],
            session=row[1],
            room=row[2],
            room_name=row[3],
            level=row[4],
            at=row[5],
            by_name=names.get(row[6], ""),
            station=row[7],
            answered_at=row[8],
            answered_by_name=names.get(row[9], ""),
            is_cancelled=row[10] is not None,
        )
        for row in rows
    )
