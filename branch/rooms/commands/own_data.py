"""What was written down in a room about somebody who asks for his own data (PIPL Art. 45).

Sessions of a linked complaint are shown in full beside it, each journalled as a full view; the
command is that of the visitors' room, which knows nothing of sessions.
"""

from __future__ import annotations

from branch.complaints.commands.own_data import KIND as COMPLAINT
from branch.complaints.commands.own_data import show as show_with_cases
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.rooms.records import MATERIALS, STATEMENT, SessionRow
from branch.rooms.session import opened_visitors
from branch.visitors.commands.requests import ShowOwnData
from branch.visitors.own_data import OwnRecord, OwnValue
from branch.visitors.queries.requests import items_of

KIND = "room_session"
_OF_CASE = Prepared(
    lambda complaint: (
        SessionRow.select(
            SessionRow.id,
            SessionRow.number,
            SessionRow.started_at,
            SessionRow.visitors,
            SessionRow.statement,
            SessionRow.materials,
        )
        .where(SessionRow.complaint == complaint)
        .order_by(SessionRow.id)
    )
)


def show(work: Work, command: ShowOwnData) -> tuple[OwnRecord, ...]:
    """The linked records in full, with the sessions of every complaint among them."""
    records = show_with_cases(work, command)
    cases = [ref for kind, ref in items_of(work.store, command.request) if kind == COMPLAINT]
    sessions = [one for case in cases for one in _sessions(work, case)]
    for one in sessions:
        work.record(
            "room_session.revealed",
            one.ref,
            field="all",
            reason="rights_request",
            request=command.request,
        )
    return (*records, *sessions)


def _sessions(work: Work, complaint: int) -> list[OwnRecord]:
    open_ = work.store.sealer.open
    found = []
    for session, number, started_at, visitors, statement, materials in _OF_CASE.all(
        work.store, complaint=complaint
    ):
        names = "、".join(one.name for one in opened_visitors(work.store, visitors))
        values = (
            OwnValue("session_number", number),
            OwnValue("session_at", started_at, "instant"),
            OwnValue("session_visitors", names),
            OwnValue("session_statement", open_(statement, STATEMENT)),
            OwnValue("session_materials", open_(materials, MATERIALS)),
        )
        found.append(OwnRecord(KIND, session, tuple(one for one in values if one.value != "")))
    return found


# In the place of the complaints' own handler of this command.
HANDLERS: dict[type, Handler] = {ShowOwnData: Handler(show)}
