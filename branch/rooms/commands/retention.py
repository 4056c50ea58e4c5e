"""Sessions go with their complaint, and after a time of their own when no complaint came of them.

The command is that of the complaints' room, which knows nothing of sessions; here what was said in
a room is erased in the same transaction. What has gone is a count by month and outcome.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from branch.complaints.case import today
from branch.complaints.commands.retention import RunCaseRetention, run_case_retention
from branch.complaints.queries.retention import cases_past
from branch.kernel.clock import from_ms, local_date
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.papers.retention import forget_papers_of
from branch.rooms.queries.retention import KIND, kept_from, sessions_past
from branch.rooms.records import AlarmRow, BookingRow, SessionCheckRow, SessionMarkRow, SessionRow
from branch.visitors.commands.retention import Ran, add_to_counts, note_run

_OF_CASE = Prepared(
    lambda complaint: SessionRow.select(SessionRow.id).where(SessionRow.complaint == complaint)
)


def _of(row: Any) -> Prepared:
    return Prepared(lambda session: delete(row).where(row.session == session))


_PARTS = tuple(_of(row) for row in (SessionMarkRow, SessionCheckRow, AlarmRow))
_SESSION = Prepared(
    lambda session: (
        delete(SessionRow)
        .where(SessionRow.id == session)
        .returning(SessionRow.started_at, SessionRow.outcome)
    )
)
_BOOKINGS_OF = Prepared(
    lambda complaint: delete(BookingRow).where(BookingRow.complaint == complaint)
)
_OLD_BOOKINGS = Prepared(
    lambda before: delete(BookingRow).where(BookingRow.complaint.is_null(), BookingRow.end < before)
)
_OLD_ALARMS = Prepared(
    lambda before: delete(AlarmRow).where(AlarmRow.session.is_null(), AlarmRow.at < before)
)


def run_retention(work: Work, command: RunCaseRetention) -> Ran:
    """Erase complaints past their time with their sessions, then sessions without a complaint."""
    most = max(1, command.most)
    cases = cases_past(work.store, today(work))[:most]
    ran = run_case_retention(work, command)
    sessions = [row[0] for case in cases for row in _OF_CASE.all(work.store, complaint=case)]
    for case in cases:
        _BOOKINGS_OF.run(work.store, complaint=case)
    before = kept_from(work.store, local_date(work.now, work.zone), work.zone)
    loose = sessions_past(work.store, before, most + 1)
    _OLD_BOOKINGS.run(work.store, before=before)
    _OLD_ALARMS.run(work.store, before=before)
    erased = _erase(work, [*sessions, *loose[:most]])
    if not erased:
        return ran
    note_run(work, {KIND: erased})
    work.record("retention.ran", today(work), room_session=erased)
    return Ran({**ran.gone, KIND: erased}, ran.more or len(loose) > most)


def _erase(work: Work, sessions: list[int]) -> int:
    tally: Counter[tuple[str, str, str]] = Counter()
    for session in sessions:
        for part in _PARTS:
            part.run(work.store, session=session)
        forget_papers_of(work.store, f"session:{session}")
        for started_at, outcome in _SESSION.all(work.store, session=session):
            tally[f"{from_ms(started_at, work.zone):%Y-%m}", outcome, ""] += 1
        work.record("room_session.erased", session)
    add_to_counts(work, KIND, tally)
    return len(sessions)


# In the place of the complaints' own handler of this command.
HANDLERS: dict[type, Handler] = {RunCaseRetention: Handler(run_retention)}
