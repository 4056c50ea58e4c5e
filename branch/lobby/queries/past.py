"""What the lobby still keeps of days that are over, to be forgotten or counted; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from peewee import SQL, fn

from branch.kernel.clock import from_ms
from branch.kernel.errors import StoreDamaged
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow, JournalRow
from branch.kernel.store import Store
from branch.lobby.records import BookingRow, DayRow, ReasonRow, TicketRow, VisitRow
from branch.lobby.rules import is_over

# Beyond every revision there will be.
_NEVER = 2**62


@dataclass(frozen=True)
class Kept:
    """How many of a kind are of days before a day, how many in all, and the oldest day of them."""

    before: int
    total: int
    oldest: str


def cared(row: type[TicketRow] | type[VisitRow]) -> Any:
    """That care needs are kept; written out, so that the small index of them is used."""
    return row.care != SQL("''")


def reasons_before(revision: Any) -> Any:
    """That a reason was written before a revision."""
    return ReasonRow.revision < revision


_FIRST = Prepared(lambda before: DayRow.select(fn.MIN(DayRow.revision)).where(DayRow.day >= before))
_BRANCH = Prepared(lambda: BranchRow.select(BranchRow.day, BranchRow.zone))
_CARE = Prepared(
    lambda before: TicketRow.select(
        fn.COUNT(TicketRow.id),
        fn.MIN(TicketRow.day),
        fn.SUM((TicketRow.day < before).cast("INTEGER")),
    ).where(cared(TicketRow))
)
_VISITS = Prepared(
    lambda before: VisitRow.select(
        fn.COUNT(VisitRow.id),
        fn.MIN(VisitRow.day),
        fn.SUM((VisitRow.day < before).cast("INTEGER")),
    ).where(cared(VisitRow))
)
_REASONS = Prepared(
    lambda revision: ReasonRow.select(
        fn.COUNT(ReasonRow.revision),
        fn.MIN(JournalRow.at),
        fn.SUM(reasons_before(revision).cast("INTEGER")),
    ).join(JournalRow, on=(JournalRow.revision == ReasonRow.revision))
)
_BOOKINGS = Prepared(
    lambda before: BookingRow.select(
        fn.COUNT(BookingRow.code),
        fn.MIN(BookingRow.day),
        fn.SUM((BookingRow.day < before).cast("INTEGER")),
    )
)


def first_kept(store: Store, before: str) -> int:
    """The revision with which the days from ``before`` on begin; beyond all when there is none."""
    row = _FIRST.one(store, before=before)
    return _NEVER if row is None or row[0] is None else int(row[0])


def today_of(store: Store, now: int) -> tuple[date, date, ZoneInfo]:
    """The calendar day at ``now`` (ms), the day that the lobby works on, and the branch's zone.

    Past midnight the lobby may still work on yesterday.
    """
    row = _BRANCH.one(store)
    if row is None:
        raise StoreDamaged("store_damaged")
    day, zone = row[0], ZoneInfo(row[1])
    here = from_ms(now, zone)
    opened = date.fromisoformat(day) if day else here.date()
    at_work = here.date() if is_over(opened, here) else min(opened, here.date())
    return here.date(), at_work, zone


def kept_care(store: Store, before: str) -> Kept:
    """The care needs of tickets and visits."""
    return _both(_row(_CARE.one(store, before=before)), _row(_VISITS.one(store, before=before)))


def kept_reasons(store: Store, before: str, zone: ZoneInfo) -> Kept:
    """The free texts of reasons."""
    row = _REASONS.one(store, revision=first_kept(store, before))
    assert row is not None  # a count gives its row
    at = row[1]
    oldest = from_ms(at, zone).date().isoformat() if at is not None else ""
    return Kept(int(row[2] or 0), row[0], oldest)


def kept_bookings(store: Store, before: str) -> Kept:
    """The bookings."""
    return _row(_BOOKINGS.one(store, before=before))


def _row(row: tuple[Any, ...] | None) -> Kept:
    assert row is not None  # a count gives its row
    return Kept(int(row[2] or 0), row[0], row[1] or "")


def _both(one: Kept, two: Kept) -> Kept:
    oldest = min(filter(None, (one.oldest, two.oldest)), default="")
    return Kept(one.before + two.before, one.total + two.total, oldest)
