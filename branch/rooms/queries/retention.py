"""Which sessions without a complaint are past their time; reads only.

Those of a complaint go with it (``branch/rooms/commands/retention.py``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from peewee import fn

from branch.kernel.clock import from_ms
from branch.kernel.prepared import Prepared
from branch.kernel.setting import setting
from branch.kernel.store import Store
from branch.lobby.queries.waits import midnight
from branch.rooms.records import SessionRow
from branch.visitors.queries.retention import KindPreview, Preview
from branch.visitors.retention import WEEK_DAYS

KIND = "room_session"
PERIOD = "keep_sessions_days"


# A room that is not in order yet still needs its session.
def _over(before: object) -> tuple[object, ...]:
    return (
        SessionRow.complaint.is_null(),
        SessionRow.turnover_at.is_null(False),
        SessionRow.ended_at < before,
    )


_PAST = Prepared(
    lambda before, most: (
        SessionRow.select(SessionRow.id).where(*_over(before)).order_by(SessionRow.id).limit(most)
    )
)
_COUNT = Prepared(lambda before: SessionRow.select(fn.COUNT(SessionRow.id)).where(*_over(before)))
_ALL = Prepared(
    lambda: SessionRow.select(fn.COUNT(SessionRow.id), fn.MIN(SessionRow.started_at)).where(
        SessionRow.complaint.is_null(), SessionRow.ended_at.is_null(False)
    )
)


def kept_from(store: Store, today: date, zone: ZoneInfo) -> int:
    """The instant (ms) from which on what was said in a room is kept on a day."""
    first = today - timedelta(days=setting(store, PERIOD))
    return midnight(first.isoformat(), zone)


def sessions_past(store: Store, before: int, most: int) -> tuple[int, ...]:
    """At most so many sessions without a complaint that ended before an instant (ms)."""
    return tuple(row[0] for row in _PAST.all(store, before=before, most=most))


def with_sessions(preview: Preview, store: Store, zone: ZoneInfo) -> Preview:
    """What a run would do, with the sessions without a complaint among the rest."""
    today = date.fromisoformat(preview.day)
    total, oldest = _ALL.all(store)[0]
    now = _number(store, kept_from(store, today, zone))
    week = _number(store, kept_from(store, today + timedelta(days=WEEK_DAYS), zone)) - now
    day = from_ms(oldest, zone).date().isoformat() if oldest is not None else ""
    kind = KindPreview(KIND, setting(store, PERIOD), total, now, week, day, ())
    return replace(preview, kinds=(*preview.kinds, kind))


def _number(store: Store, before: int) -> int:
    return int(_COUNT.all(store, before=before)[0][0])
