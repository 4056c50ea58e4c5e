"""When calling in the lobby stood still; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.queries.waiting import business_day
from branch.lobby.records import StandstillRow

# From and until, milliseconds since the epoch.
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Freeze:
    """Calling stands still since an instant (milliseconds); ``reason`` is drill or real.

    ``ref`` is the run that it belongs to; None when somebody froze the lobby by hand.
    """

    since: int
    reason: str
    ref: int | None


_OPEN = Prepared(
    lambda day: StandstillRow.select(
        StandstillRow.from_at, StandstillRow.reason, StandstillRow.ref
    ).where(StandstillRow.day == day, StandstillRow.to_at.is_null())
)
_ENDED = Prepared(
    lambda first, last: (
        StandstillRow.select(StandstillRow.day, StandstillRow.from_at, StandstillRow.to_at)
        .where(
            StandstillRow.day >= first,
            StandstillRow.day <= last,
            StandstillRow.to_at.is_null(False),
        )
        .order_by(StandstillRow.id)
    )
)


def frozen(store: Store) -> Freeze | None:
    """Why nobody is called now, or None."""
    row = _OPEN.one(store, day=business_day(store))
    return Freeze(*row) if row else None


def standstills(store: Store, first: str, last: str) -> dict[str, Spans]:
    """The times that calling stood still on each business day (YYYY-MM-DD), the ended ones.

    While one is on nobody is called, so that no wait has an end within it.
    """
    found: dict[str, Spans] = {}
    for day, since, until in _ENDED.all(store, first=first, last=last):
        found[day] = (*found.get(day, ()), (since, until))
    return found
