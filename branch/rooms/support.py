"""Support asked for from a room: the manager is called, tea and a rest; once while it is open."""

from __future__ import annotations

from branch.kernel.runner import Work
from branch.rooms.rules import MANAGER
from branch.rooms.session import ANSWERED, ASKED, mark, marks_of, waits_for


def call_manager(work: Work, session: int) -> None:
    """Call the branch manager into the room."""
    ask(work, session, MANAGER)


def ask(work: Work, session: int, kind: str) -> None:
    """Ask for support; asking again before it has come changes nothing."""
    if waits_for(marks_of(work.store, session), kind):
        return
    mark(work, session, ASKED, kind)
    work.record("room_session.support_asked", session, kind=kind)


def answer(work: Work, session: int, kind: str) -> bool:
    """Note that it has come; returns whether anybody still waited for it."""
    if not waits_for(marks_of(work.store, session), kind):
        return False
    mark(work, session, ANSWERED, kind)
    work.record("room_session.support_answered", session, kind=kind)
    return True
