"""Emergency access for screens and for what asks whether it is open; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import fn

from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.store import Store
from branch.people.records import REASON, BreakGlassRow, StaffRow


@dataclass(frozen=True)
class OpenGlass:
    """An emergency access that nobody has reviewed yet: who, where, why (a code), when (ms).

    ``views`` is how many full values were shown to him under it.
    """

    id: int
    staff: int
    name: str
    station: str
    reason: str
    at: int
    until: int
    views: int


_OPEN = Prepared(
    lambda: (
        BreakGlassRow.select(
            BreakGlassRow.id,
            BreakGlassRow.staff,
            StaffRow.name,
            BreakGlassRow.station,
            BreakGlassRow.reason,
            BreakGlassRow.at,
            BreakGlassRow.until,
        )
        .join(StaffRow, on=(StaffRow.id == BreakGlassRow.staff))
        .where(BreakGlassRow.reviewed_at.is_null())
        .order_by(BreakGlassRow.id)
    )
)
_VIEWS = Prepared(
    lambda staff, since, until: JournalRow.select(fn.COUNT(JournalRow.revision)).where(
        JournalRow.staff == staff,
        JournalRow.what.endswith(".revealed"),
        JournalRow.at >= since,
        JournalRow.at < until,
    )
)
_TEXT = Prepared(
    lambda glass: BreakGlassRow.select(BreakGlassRow.text).where(BreakGlassRow.id == glass)
)
_UNTIL = Prepared(
    lambda staff, now: BreakGlassRow.select(fn.MAX(BreakGlassRow.until)).where(
        BreakGlassRow.staff == staff,
        BreakGlassRow.until > now,
        BreakGlassRow.at <= now,
        BreakGlassRow.reviewed_at.is_null(),
    )
)

_KEPT = Prepared(
    lambda before: BreakGlassRow.select(
        fn.COUNT(BreakGlassRow.id),
        fn.MIN(BreakGlassRow.at),
        fn.SUM((BreakGlassRow.at < before).cast("INTEGER")),
        fn.SUM(
            ((BreakGlassRow.at < before) & BreakGlassRow.reviewed_at.is_null(False)).cast("INTEGER")
        ),
    )
)


def open_break_glass(store: Store) -> tuple[OpenGlass, ...]:
    """Every emergency access that waits for its review, the oldest first."""
    found = []
    for identity, staff, name, station, reason, at, until in _OPEN.all(store):
        views = _VIEWS.one(store, staff=staff, since=at, until=until)
        assert views is not None  # a count gives a row
        found.append(OpenGlass(identity, staff, name, station, reason, at, until, views[0]))
    return tuple(found)


def break_glass_text(store: Store, glass: int) -> str:
    """What was written when it was taken; empty for none and once retention has erased it."""
    row = _TEXT.one(store, glass=glass)
    return store.sealer.open(row[0], REASON) if row else ""


def glass_until(store: Store, staff: int, now: int) -> int | None:
    """Until when (milliseconds) somebody may see full values by emergency access, or None.

    A review ends it at once.
    """
    row = _UNTIL.one(store, staff=staff, now=now)
    return None if row is None or row[0] is None else int(row[0])


def kept_glass(store: Store, before: int) -> tuple[int, int | None, int, int]:
    """How many are kept, when the oldest was (ms), how many are from before an instant (ms), and
    how many of those are reviewed."""
    row = _KEPT.one(store, before=before)
    assert row is not None  # a count gives a row
    return row[0], row[1], int(row[2] or 0), int(row[3] or 0)
