"""Of which drills and incidents the words and photos are past their time; reads only.

What stays is what nobody can be found by: number, scenario, times, marks, score.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from peewee import fn

from branch.drills.records import MarkRow, ObservationRow, PhotoRow, RunRow
from branch.drills.rules.run import State
from branch.kernel.clock import from_ms
from branch.kernel.prepared import Prepared
from branch.kernel.setting import setting
from branch.kernel.store import Store
from branch.lobby.queries.waits import midnight
from branch.quality.queries import open_actions
from branch.visitors.queries.retention import KindPreview, Preview, kept_back
from branch.visitors.retention import WEEK_DAYS, Held

KIND: Final = "drill"
PERIOD: Final = "keep_drills_days"


def _written() -> Any:
    """Runs that have ended and still have words of people, or photos; one that nothing happened
    in among them."""
    over = [str(state) for state in (State.ENDED, State.REVIEWED, State.CANCELLED)]
    return (RunRow.state.in_(over) & RunRow.ended_at.is_null(False)) & (
        (RunRow.report != "")
        | (RunRow.hot_wash != "")
        | (RunRow.place != "")
        | RunRow.id.in_(MarkRow.select(MarkRow.run).where(MarkRow.note != ""))
        | RunRow.id.in_(ObservationRow.select(ObservationRow.run))
        | RunRow.id.in_(PhotoRow.select(PhotoRow.run))
    )


_PAST = Prepared(
    lambda before: (
        RunRow.select(RunRow.id, RunRow.source, RunRow.ref)
        .where(_written(), RunRow.ended_at < before)
        .order_by(RunRow.id)
    )
)
_ALL = Prepared(
    lambda: RunRow.select(fn.COUNT(RunRow.id), fn.MIN(RunRow.ended_at)).where(_written())
)


def kept_from(store: Store, today: date, zone: ZoneInfo) -> int:
    """The instant (ms) from which on what was written about a run is kept on a day."""
    first = today - timedelta(days=setting(store, PERIOD))
    return midnight(first.isoformat(), zone)


def runs_past(store: Store, before: int) -> tuple[list[int], dict[int, Held]]:
    """The runs that ended before an instant (ms), the oldest first, and those that stay all the
    same, with why.

    Kept back is one with a corrective action that is not closed, and one that came of a complaint
    on legal hold or asked about (PIPL Art. 45, 47).
    """
    rows = _PAST.all(store, before=before)
    if not rows:
        return [], {}
    back = {action.ref: Held.OPEN for action in open_actions(store) if action.source == KIND}
    cases = kept_back(store, "complaint")
    held = {run: cases[ref] for run, source, ref in rows if source == "complaint" and ref in cases}
    return [row[0] for row in rows], back | held


def with_drills(preview: Preview, store: Store, zone: ZoneInfo) -> Preview:
    """What a run would do, with what was written about drills and incidents among the rest."""
    today = date.fromisoformat(preview.day)
    past, back = runs_past(store, kept_from(store, today, zone))
    later, still = runs_past(store, kept_from(store, today + timedelta(days=WEEK_DAYS), zone))
    total, oldest = _ALL.all(store)[0]
    now = sum(run not in back for run in past)
    week = sum(run not in still for run in later) - now
    why = Counter(back[run] for run in past if run in back)
    day = from_ms(oldest, zone).date().isoformat() if oldest is not None else ""
    kind = KindPreview(KIND, setting(store, PERIOD), total, now, week, day, tuple(why.items()))
    return replace(preview, kinds=(*preview.kinds, kind))
