"""Which case a session belongs to that began without one, and taking that back."""

from __future__ import annotations

from dataclasses import dataclass

from branch.complaints.case import Case, known_to, note
from branch.complaints.major import mark_major
from branch.complaints.recusal import interested
from branch.complaints.rules import State
from branch.kernel.errors import BadInput, RuleBroken, Stale
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.rooms.records import SessionMarkRow
from branch.rooms.rules import LARGE_GROUP, NOT_LINKED
from branch.rooms.session import (
    LINKED,
    PROMISED,
    change,
    mark,
    marks_of,
    taken,
)


@dataclass(frozen=True)
class LinkSession:
    """Say which case a session belongs to that began without one."""

    session: int
    complaint: int


@dataclass(frozen=True)
class UnlinkSession:
    """Take a session off the case it was linked to by mistake; it goes on without one."""

    session: int


_FORGET = Prepared(
    lambda session, kind: delete(SessionMarkRow).where(
        SessionMarkRow.session == session, SessionMarkRow.kind == kind
    )
)


def link_session(work: Work, command: LinkSession) -> None:
    """Link it; the plan of a large group was opened when the session began.

    Raises Stale when it has a case, BadInput for a case that one of the two who receive the
    visitor has to keep away from (Order 3 Art. 17) or that nobody works on any more.
    """
    session = taken(work, command.session)
    if session.complaint is not None:
        raise Stale("session_has_case")
    case = known_to(work, command.complaint)
    _require_open(case)
    if session.staff & interested(work.store, case.id):
        raise BadInput("link_interested", field="complaint")
    change(work, session.id, complaint=case.id)
    mark(work, session.id, LINKED, str(case.id))
    work.record("room_session.linked", session.id, complaint=case.id)
    note(work, case.id, "room_session_started", session=session.id, number=session.number)
    if session.parties >= LARGE_GROUP:
        mark_major(work, case, session.parties)


def unlink_session(work: Work, command: UnlinkSession) -> None:
    """Take it off; raises Stale without a case, RuleBroken for the case it began with, once
    something was promised in the case, and for the large group that made it a major one."""
    session = taken(work, command.session)
    if session.complaint is None:
        raise Stale("session_without_case")
    kinds = {kind for kind, _code, _at in marks_of(work.store, session.id)}
    if LINKED not in kinds:
        raise RuleBroken("unlink_begun")
    if PROMISED in kinds:
        raise RuleBroken("unlink_promised")
    if session.parties >= LARGE_GROUP:
        raise RuleBroken("unlink_major")
    change(work, session.id, complaint=None)
    _FORGET.run(work.store, session=session.id, kind=LINKED)
    work.record("room_session.unlinked", session.id, complaint=session.complaint)
    note(
        work,
        session.complaint,
        "room_session_unlinked",
        session=session.id,
        number=session.number,
    )


def _require_open(case: Case) -> None:
    code = NOT_LINKED.get(State(case.state))
    if code is not None:
        raise BadInput(code, field="complaint")


HANDLERS: dict[type, Handler] = {
    LinkSession: Handler(link_session),
    UnlinkSession: Handler(unlink_session),
}
