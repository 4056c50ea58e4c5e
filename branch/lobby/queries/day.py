"""The journal of one business day: where it begins, and every entry until the next day opens."""

from __future__ import annotations

from collections.abc import Iterator

from branch.kernel.journal import Entry, entries
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.records import DayRow

_FIRST = Prepared(lambda day: DayRow.select(DayRow.revision).where(DayRow.day == day))


def first_revision(store: Store, day: str) -> int | None:
    """The revision of a business day's (YYYY-MM-DD) first fact; None when it was never opened."""
    row = _FIRST.one(store, day=day)
    return int(row[0]) if row else None


def day_entries(store: Store, day: str) -> Iterator[Entry]:
    """The entries of a business day, oldest first; none for a day that was never opened."""
    first = first_revision(store, day)
    if first is None:
        return
    for entry in entries(store, after=first - 1):
        if entry.what == "day.opened" and entry.subject != day:
            return
        yield entry
