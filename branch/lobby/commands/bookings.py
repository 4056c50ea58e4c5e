"""Appointments: made ahead, brought as a code of six digits, good for one ticket."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from branch.catalogue.queries import routing
from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotFound, RuleBroken
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.lobby.records import BookingRow

_FURTHEST_MS = 366 * 24 * 3_600_000


@dataclass(frozen=True)
class Book:
    """Make an appointment; returns the six-digit code that the customer brings."""

    service: str
    slot: int


_BOOKING = Prepared(
    lambda code: BookingRow.select(
        BookingRow.day, BookingRow.slot, BookingRow.service, BookingRow.ticket
    ).where(BookingRow.code == code)
)
_BOOK = Prepared(
    lambda code, day, slot, service: BookingRow.insert(
        {
            BookingRow.code: code,
            BookingRow.day: day,
            BookingRow.slot: slot,
            BookingRow.service: service,
        }
    )
)
_USE_BOOKING = Prepared(
    lambda code, ticket: BookingRow.update({BookingRow.ticket: ticket}).where(
        BookingRow.code == code
    )
)


def book(work: Work, command: Book) -> str:
    """Keep an appointment; raises BadInput for a time gone by or beyond a year."""
    known = routing(work.store, command.service)
    if known is None or not known.active:
        raise NotFound("service_unknown", service=command.service)
    if command.slot <= work.now:
        raise BadInput("slot_past", field="slot")
    if command.slot > work.now + _FURTHEST_MS:
        raise BadInput("slot_far", field="slot")
    day = local_date(command.slot, work.zone).isoformat()
    code = f"{secrets.randbelow(1_000_000):06d}"
    while _BOOKING.one(work.store, code=code):
        code = f"{secrets.randbelow(1_000_000):06d}"
    _BOOK.run(work.store, code=code, day=day, slot=command.slot, service=command.service)
    work.record("booking.made", day, service=command.service, slot=command.slot)
    return code


def redeemed(work: Work, code: str) -> tuple[str, int]:
    """Service and slot of today's appointment; raises BadInput, RuleBroken when it was used."""
    row = _BOOKING.one(work.store, code=code) if code.isdecimal() else None
    if row is None or row[0] != work.day:
        raise BadInput("booking_unknown", field="booking")
    if row[3] is not None:
        raise RuleBroken("booking_used")
    return row[2], row[1]


def use_up(work: Work, code: str, ticket: int) -> None:
    """Note the ticket that an appointment became, within the caller's command."""
    _USE_BOOKING.run(work.store, code=code, ticket=ticket)


HANDLERS: dict[type, Handler] = {Book: Handler(book)}
