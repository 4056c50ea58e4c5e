"""A session as the commands hold it: found with its guards, changed, its sealed parts read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from branch.complaints.case import unguarded
from branch.complaints.confidence import require_inside
from branch.complaints.recusal import require_free
from branch.kernel.errors import NotFound, NotPermitted
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.kernel.store import Store
from branch.people.rules import Role
from branch.rooms.records import VISITORS, SessionMarkRow, SessionRow
from branch.rooms.rules import LARGE_GROUP, require_open

# Beside the two who receive the visitor: who stands in for them at the desk.
_DESK = frozenset({Role.COMPLAINT_OFFICER, Role.SUPERVISOR, Role.BRANCH_MANAGER, Role.SUPERIOR})
CALMED, ASKED, ANSWERED, FELT, PROMISED, LINKED = (
    "calming",
    "support",
    "support_answered",
    "mood",
    "promise",
    "linked",
)


@dataclass(frozen=True)
class Visitor:
    """Somebody who is received, and in what capacity he speaks (a code)."""

    name: str
    capacity: str = "self"

    def __repr__(self) -> str:
        return "Visitor()"


FIELDS = (
    "id",
    "number",
    "room",
    "complaint",
    "started_at",
    "ended_at",
    "staff_1",
    "staff_2",
    "parties",
    "step",
    "wishes",
    "statement",
    "incident_note",
    "level",
    "recorder_ok",
    "turnover_at",
)


@dataclass(frozen=True)
class Session:
    """What a command needs to know of a session; columns as in ``SessionRow``."""

    id: int
    number: str
    room: int
    complaint: int | None
    started_at: int
    ended_at: int | None
    staff_1: int
    staff_2: int
    parties: int
    step: int
    wishes: str
    statement: str
    incident_note: str
    level: int
    recorder_ok: bool
    turnover_at: int | None

    @property
    def staff(self) -> frozenset[int]:
        """The two who receive the visitor."""
        return frozenset({self.staff_1, self.staff_2})


_FIND = Prepared(
    lambda session: SessionRow.select(*(getattr(SessionRow, name) for name in FIELDS)).where(
        SessionRow.id == session
    )
)
_MARK = Prepared(
    lambda session, kind, code, now, staff: SessionMarkRow.insert(
        {
            SessionMarkRow.session: session,
            SessionMarkRow.kind: kind,
            SessionMarkRow.code: code,
            SessionMarkRow.at: now,
            SessionMarkRow.by: staff,
        }
    )
)
_MARKS = Prepared(
    lambda session: (
        SessionMarkRow.select(SessionMarkRow.kind, SessionMarkRow.code, SessionMarkRow.at)
        .where(SessionMarkRow.session == session)
        .order_by(SessionMarkRow.id)
    )
)


def found(work: Work, session: int) -> Session:
    """The session; raises NotFound, also to somebody whom its complaint is about."""
    row = _FIND.one(work.store, session=session)
    if row is None:
        raise NotFound("session_unknown")
    held = Session(*row)
    if held.complaint is not None:
        require_free(work.store, held.complaint, work.actor.staff)
    return held


def taken(work: Work, session: int) -> Session:
    """The open session on which this person may work now.

    Raises Stale when it has ended, NotPermitted to anybody but the two who receive the visitor
    and the desk.
    """
    held = found(work, session)
    require_open(held.ended_at)
    require_part(work, held)
    return held


def has_part(work: Work, session: Session) -> bool:
    """Whether this person is one of the two who receive the visitor, or of the desk.

    Raises NotPermitted to one of the desk who may not read the complaint, which is confidential.
    """
    if work.actor.staff in session.staff:
        return True
    if not _DESK & work.roles:
        return False
    if session.complaint is not None:
        require_inside(work, unguarded(work, session.complaint))
    return True


def require_part(work: Work, session: Session) -> None:
    """Raise NotPermitted to anybody but the two who receive the visitor and the desk, and to one of
    the desk who may not read the complaint."""
    if not has_part(work, session):
        raise NotPermitted("session_part")


def change(work: Work, session: int, **values: Any) -> None:
    """Write columns of the session; its revision follows."""
    values["rev"] = work.revision
    SessionRow.update(values).where(SessionRow.id == session).execute(work.store.database)


def mark(work: Work, session: int, kind: str, code: str) -> None:
    """Add a mark."""
    _MARK.run(
        work.store, session=session, kind=kind, code=code, now=work.now, staff=work.actor.staff
    )


def marks_of(store: Store, session: int) -> list[tuple[str, str, int]]:
    """Kind, code and instant of every mark, in the order they were made."""
    return [(kind, code, at) for kind, code, at in _MARKS.all(store, session=session)]


def calmed(marks: Iterable[tuple[str, str, int]]) -> frozenset[str]:
    """The calming steps that are ticked."""
    return frozenset(code for kind, code, _at in marks if kind == CALMED)


def can_unlink(marks: Iterable[tuple[str, str, int]], parties: int) -> bool:
    """Whether the session can be taken off its case: it was linked to it in mid-session, nothing
    has been promised since, and the case was not made a major one by it (Order 3 Art. 29)."""
    kinds = {kind for kind, _code, _at in marks}
    return LINKED in kinds and PROMISED not in kinds and parties < LARGE_GROUP


def waits_for(marks: Iterable[tuple[str, str, int]], kind: str) -> bool:
    """Whether support of this kind was asked for and has not come."""
    newest = [done for done, code, _at in marks if code == kind and done in (ASKED, ANSWERED)]
    return bool(newest) and newest[-1] == ASKED


def sealed_visitors(store: Store, visitors: Iterable[Visitor]) -> str:
    """The visitors as the store keeps them."""
    plain = json.dumps([[one.name, one.capacity] for one in visitors], ensure_ascii=False)
    return store.sealer.seal(plain, VISITORS)


def opened_visitors(store: Store, sealed: str) -> tuple[Visitor, ...]:
    """The visitors that were kept."""
    plain = store.sealer.open(sealed, VISITORS)
    return tuple(Visitor(name, capacity) for name, capacity in json.loads(plain or "[]"))
