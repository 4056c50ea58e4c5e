"""Which business days the branch had, and a ticket of one of them by its number; writes nothing."""

from __future__ import annotations

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.records import DayRow, NumberRow, TicketRow

_PAST = Prepared(
    lambda: (
        DayRow.select(DayRow.day)
        .where(DayRow.closed_at.is_null(False), DayRow.day.in_(NumberRow.select(NumberRow.day)))
        .order_by(DayRow.day.desc())
    )
)
_BY_NUMBER = Prepared(
    lambda day, number: TicketRow.select(TicketRow.id).where(
        TicketRow.day == day, TicketRow.number == number
    )
)


def past_days(store: Store) -> tuple[str, ...]:
    """The closed business days (YYYY-MM-DD) on which a ticket was issued, the newest first."""
    return tuple(day for (day,) in _PAST.all(store))


def ticket_of_day(store: Store, day: str, number: str) -> int | None:
    """The id of a business day's ticket with this number, or None."""
    row = _BY_NUMBER.one(store, day=day, number=number.strip().upper())
    return int(row[0]) if row else None
