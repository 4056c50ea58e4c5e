"""What the lobby forgets once a day is over: care needs, free texts of reasons, used bookings.

Called inside the transaction of a retention run; it decides no period. What stays of a ticket are
codes and times: its class is a rule of the queue (``elderly``, ``assisted``) and names nobody.
"""

from __future__ import annotations

from collections import Counter

from branch.kernel.clock import from_ms
from branch.kernel.prepared import Prepared, delete
from branch.kernel.records import JournalRow
from branch.kernel.runner import Work
from branch.lobby.queries.past import cared, first_kept, reasons_before
from branch.lobby.records import BookingRow, ReasonRow, TicketRow, VisitRow

# Month (YYYY-MM) and a code of what was forgotten.
Forgotten = Counter[tuple[str, str]]

_CARE = Prepared(
    lambda before, most: (
        TicketRow.select(TicketRow.id, TicketRow.day, TicketRow.care)
        .where(cared(TicketRow), TicketRow.day < before)
        .order_by(TicketRow.id)
        .limit(most)
    )
)
_FORGET_CARE = Prepared(
    lambda before, last: TicketRow.update({TicketRow.care: ""}).where(
        cared(TicketRow), TicketRow.day < before, TicketRow.id <= last
    )
)
_VISITS = Prepared(
    lambda before, most: (
        VisitRow.select(VisitRow.id, VisitRow.day, VisitRow.care, VisitRow.ticket)
        .where(cared(VisitRow), VisitRow.day < before)
        .order_by(VisitRow.id)
        .limit(most)
    )
)
_FORGET_VISITS = Prepared(
    lambda before, last: VisitRow.update({VisitRow.care: ""}).where(
        cared(VisitRow), VisitRow.day < before, VisitRow.id <= last
    )
)
_REASONS = Prepared(
    lambda revision, most: (
        ReasonRow.select(ReasonRow.revision, JournalRow.at, JournalRow.what)
        .join(JournalRow, on=(JournalRow.revision == ReasonRow.revision))
        .where(reasons_before(revision))
        .order_by(ReasonRow.revision)
        .limit(most)
    )
)
_FORGET_REASONS = Prepared(lambda last: delete(ReasonRow).where(ReasonRow.revision <= last))
_FORGET_BOOKINGS = Prepared(
    lambda before, most: (
        delete(BookingRow)
        .where(
            BookingRow.code.in_(
                BookingRow.select(BookingRow.code).where(BookingRow.day < before).limit(most)
            )
        )
        .returning(BookingRow.day, BookingRow.service)
    )
)


def forget_care(work: Work, before: str, most: int) -> tuple[int, Forgotten]:
    """Forget the care needs of at most ``most`` tickets and as many visits of days before.

    Returns how many rows lost theirs, and how often each need was, counted once a person.
    """
    forgotten: Forgotten = Counter()
    tickets = _CARE.all(work.store, before=before, most=most)
    for _id, day, care in tickets:
        forgotten.update((day[:7], need) for need in care.split(","))
    if tickets:
        _FORGET_CARE.run(work.store, before=before, last=tickets[-1][0])
    visits = _VISITS.all(work.store, before=before, most=most)
    for _id, day, care, ticket in visits:
        if ticket is None:  # otherwise his ticket counts
            forgotten.update((day[:7], need) for need in care.split(","))
    if visits:
        _FORGET_VISITS.run(work.store, before=before, last=visits[-1][0])
    return len(tickets) + len(visits), forgotten


def forget_reasons(work: Work, before: str, most: int) -> tuple[int, Forgotten]:
    """Forget the texts of at most ``most`` reasons of days before; counted by what was done."""
    rows = _REASONS.all(work.store, revision=first_kept(work.store, before), most=most)
    if rows:
        _FORGET_REASONS.run(work.store, last=rows[-1][0])
    return len(rows), Counter((f"{from_ms(at, work.zone):%Y-%m}", what) for _id, at, what in rows)


def forget_bookings(work: Work, before: str, most: int) -> tuple[int, Forgotten]:
    """Forget at most ``most`` bookings of days before; counted by service."""
    rows = _FORGET_BOOKINGS.all(work.store, before=before, most=most)
    return len(rows), Counter((day[:7], service) for day, service in rows)
