"""Which archived complaints are past their time, and what holds some of them back; reads only."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from peewee import fn

from branch.complaints.house import house_of
from branch.complaints.queries.actions import SOURCES
from branch.complaints.records import ComplaintRow
from branch.complaints.recusal import kept_from
from branch.complaints.rules import State
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.quality.queries import open_actions
from branch.visitors.queries.retention import Hold, KindPreview, Preview, holds, kept_back
from branch.visitors.retention import WEEK_DAYS, Held

_PAST = Prepared(
    lambda day: (
        ComplaintRow.select(ComplaintRow.id)
        .where(
            ComplaintRow.state == State.ARCHIVED,
            ComplaintRow.keep_until != "",
            ComplaintRow.keep_until < day,
        )
        .order_by(ComplaintRow.id)
    )
)
_ALL = Prepared(
    lambda: ComplaintRow.select(fn.COUNT(ComplaintRow.id), fn.MIN(ComplaintRow.received_on)).where(
        ComplaintRow.state == State.ARCHIVED
    )
)
_TAKEN_IN = Prepared(
    lambda: ComplaintRow.select(ComplaintRow.id, ComplaintRow.merged_into).where(
        ComplaintRow.merged_into.is_null(False)
    )
)


def cases_past(store: Store, day: str) -> tuple[int, ...]:
    """The cases that go on this day (ISO), oldest first.

    Kept back are those on legal hold or asked about (PIPL Art. 45, 47), with a corrective action
    that is not closed, or into which one was merged whose own time is not over.
    """
    past, back = _past(store, day)
    return tuple(complaint for complaint in past if complaint not in back)


def preview_with_cases(preview: Preview, store: Store) -> Preview:
    """What a run would do, with the archived complaints among the rest."""
    today = date.fromisoformat(preview.day)
    past, back = _past(store, preview.day)
    later, still_back = _past(store, (today + timedelta(days=WEEK_DAYS)).isoformat())
    row = _ALL.one(store)
    assert row is not None  # a count gives a row
    now = sum(complaint not in back for complaint in past)
    week = sum(complaint not in still_back for complaint in later) - now
    why = Counter(back[complaint] for complaint in past if complaint in back)
    days = house_of(store).keep_years * 365
    kind = KindPreview("complaint", days, row[0], now, week, row[1] or "", tuple(why.items()))
    return replace(preview, kinds=(*preview.kinds, kind))


def _past(store: Store, day: str) -> tuple[list[int], dict[int, Held]]:
    """The cases whose time is over on a day, and those that stay all the same, with why."""
    past = [row[0] for row in _PAST.all(store, day=day)]
    if not past:
        return [], {}
    acted = (action.ref for action in open_actions(store) if action.source in SOURCES)
    back = dict.fromkeys(acted, Held.OPEN) | kept_back(store, "complaint")
    gone = set(past) - back.keys()
    for child, into in _TAKEN_IN.all(store):
        # A case that stays keeps the one it was merged into.
        if child not in gone:
            back.setdefault(into, Held.OPEN)
    return past, back


def holds_for(store: Store, staff: int) -> tuple[Hold, ...]:
    """Every legal hold, without those on complaints that ``staff`` is kept from."""
    hidden = kept_from(store, staff)
    return tuple(
        hold for hold in holds(store) if hold.kind != "complaint" or hold.ref not in hidden
    )
