"""Sessions in numbers, by month: how many, how long, how they ended; writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from branch.kernel.clock import from_ms
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.queries.waits import midnight
from branch.rooms.records import SessionRow
from branch.rooms.rules import ALERT_MINUTES, INCIDENT_LEVEL, MS_PER_MINUTE


@dataclass(frozen=True)
class SessionMonth:
    """The sessions that began in a month (YYYY-MM) and have ended. ``mean_minutes`` is None
    without any; ``long`` passed the hour, ``serious`` had a call of level 2 or 3."""

    month: str
    sessions: int
    mean_minutes: float | None
    long: int
    serious: int
    outcomes: Mapping[str, int]


_BETWEEN = Prepared(
    lambda start, end: (
        SessionRow.select(
            SessionRow.started_at, SessionRow.ended_at, SessionRow.outcome, SessionRow.level
        )
        .where(
            SessionRow.started_at >= start,
            SessionRow.started_at < end,
            SessionRow.ended_at.is_null(False),
        )
        .order_by(SessionRow.started_at)
    )
)


def session_months(
    store: Store, first: date, last: date, zone: ZoneInfo
) -> tuple[SessionMonth, ...]:
    """Every month from that of ``first`` to that of ``last``, the days outside not counted."""
    rows = _BETWEEN.all(
        store,
        start=midnight(first.isoformat(), zone),
        end=midnight((last + timedelta(days=1)).isoformat(), zone),
    )
    by_month: dict[str, list[tuple[float, str, int]]] = {
        month: [] for month in _months(first, last)
    }
    for started_at, ended_at, outcome, level in rows:
        minutes = (ended_at - started_at) / MS_PER_MINUTE
        by_month[f"{from_ms(started_at, zone):%Y-%m}"].append((minutes, outcome, level))
    return tuple(
        SessionMonth(
            month=month,
            sessions=len(held),
            mean_minutes=sum(one[0] for one in held) / len(held) if held else None,
            long=sum(one[0] >= ALERT_MINUTES[-1] for one in held),
            serious=sum(one[2] >= INCIDENT_LEVEL for one in held),
            outcomes=dict(Counter(one[1] for one in held)),
        )
        for month, held in by_month.items()
    )


def _months(first: date, last: date) -> list[str]:
    found, day = [], first.replace(day=1)
    while day <= last:
        found.append(f"{day:%Y-%m}")
        day = (day + timedelta(days=31)).replace(day=1)
    return found
