"""Complaints that were late and why, and where corrective action is asked for; writes nothing.

Nobody is shown a complaint that is about himself.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from branch.complaints.attention import STANDING_FACTS, Proposal, proposals, stood_at
from branch.complaints.confidence import is_inside, roles_of
from branch.complaints.house import house_of
from branch.complaints.queries.again import taken_up_since
from branch.complaints.queries.grouped import numbers, rows_of
from branch.complaints.queries.histories import LocalTimes, events_of
from branch.complaints.queries.longer import longer_reasons
from branch.complaints.records import ComplaintRow
from branch.complaints.recusal import kept_from
from branch.complaints.rules import OPEN, State
from branch.complaints.statistics import CLOSING_FACTS, closings
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.quality.queries import acted_on

_COMPLAINT = "complaint"
_RUNNING = tuple(sorted(OPEN | {State.REPLIED}))
_LATELY = Prepared(
    lambda since: ComplaintRow.select(
        ComplaintRow.id, ComplaintRow.biz_class, ComplaintRow.reason, ComplaintRow.cause
    ).where(
        ComplaintRow.received_on >= since,
        ComplaintRow.kind == _COMPLAINT,
        ComplaintRow.merged_into.is_null(),
    )
)
_LATE_FIELDS = (
    ComplaintRow.id,
    ComplaintRow.number,
    ComplaintRow.title,
    ComplaintRow.legal_due,
    ComplaintRow.house_due,
    ComplaintRow.notified_at,
    ComplaintRow.handler,
    ComplaintRow.state,
    ComplaintRow.due,
    ComplaintRow.registered_by,
    ComplaintRow.confidential,
)
_LATE_OPEN = Prepared(
    lambda today: ComplaintRow.select(*_LATE_FIELDS).where(
        ComplaintRow.state.in_(_RUNNING),
        ComplaintRow.due != "",
        # A re-review has a due day of its own, beside those of the reply.
        (ComplaintRow.due < today) | (ComplaintRow.state == State.RE_REVIEW),
        ComplaintRow.kind == _COMPLAINT,
    )
)
_LATE_ENDED = Prepared(
    lambda since, until: ComplaintRow.select(*_LATE_FIELDS).where(
        ComplaintRow.closed_at >= since,
        ComplaintRow.closed_at < until,
        ComplaintRow.kind == _COMPLAINT,
        ComplaintRow.notified_at.is_null(False),
    )
)


@dataclass(frozen=True)
class Late:
    """A complaint that was told, or is not told yet, after a due day, or whose re-review runs after
    its own. ``told`` empty: not yet.

    ``stood`` is the state in which the first missed due day passed: the reason. ``days`` is how
    many natural days late, ``legal`` whether the law's day was missed and not only the house's,
    ``longer`` why the limit had been made longer, where the complainant was told so.
    """

    id: int
    number: str
    title: str
    legal: bool
    due: str
    told: str
    days: int
    stood: str
    handler: int | None
    longer: tuple[str, ...] = ()


@dataclass(frozen=True)
class LateCases:
    """How many are late by law, how many by the house's limit only, and the first of them."""

    legal: int
    house: int
    lines: tuple[Late, ...]


def late_cases(
    store: Store, staff: int, first: date, last: date, today: date, most: int = 50
) -> LateCases:
    """Complaints told too late among those that ended in the period, and those that are late
    today while the period goes on; ``most`` lines, those late by law first, the longest first."""
    times, hidden = LocalTimes(store), kept_from(store, staff)
    since, until = times.midnight(first), times.midnight(last + timedelta(days=1))
    rows = [] if last < today else _LATE_OPEN.all(store, today=today.isoformat())
    # Of what was taken up again a row knows the last answer only.
    again = taken_up_since(store, since)
    ended = _LATE_ENDED.all(store, since=since, until=until)
    rows += [row for row in ended if row[0] not in again]
    rows += _answered_again(store, times, again, first.isoformat(), last.isoformat())
    missed: dict[tuple[int, str, str], Late] = {}
    roles = roles_of(store, staff)
    withheld: set[int] = set()
    for complaint, number, title, legal_due, house_due, notified_at, handler, *more in rows:
        state, by, first_told, confidential = more
        # A re-review that is late by now is told of, whenever the reply was (Order 3 Art. 20).
        review = state == State.RE_REVIEW and by < today.isoformat()
        told = "" if review or not notified_at else _day(times, notified_at)
        law, stood = (by, state) if review else (legal_due, "")
        end = told or today.isoformat()
        legal = "" < law < end
        if complaint in hidden or not (legal or "" < house_due < end):
            continue
        due = law if legal else house_due
        days = (date.fromisoformat(end) - date.fromisoformat(due)).days
        if confidential and not is_inside(staff, roles, first_told, handler):
            withheld.add(complaint)
        # An answer that is being reviewed is late once, whether it was closed before or not.
        late = Late(complaint, number, title, legal, due, told, days, stood, handler)
        missed.setdefault((complaint, due, told), late)
    listed = sorted(missed.values(), key=lambda one: (not one.legal, -one.days, one.id))
    shown = listed[:most]
    events = events_of(store, {one.id for one in shown}, STANDING_FACTS, times)
    longer = longer_reasons(store, {one.id for one in shown})
    by_law = sum(one.legal for one in listed)
    lines = (
        replace(
            one,
            stood=one.stood or stood_at(events.get(one.id, ()), one.due),
            longer=longer[one.id],
        )
        for one in shown
    )
    # In confidence: what it is about and whose it is are left out.
    told_to_him = (
        replace(one, title="", handler=None, longer=()) if one.id in withheld else one
        for one in lines
    )
    return LateCases(by_law, len(listed) - by_law, tuple(told_to_him))


def _answered_again(
    store: Store, times: LocalTimes, complaints: Collection[int], first: str, last: str
) -> list[tuple[Any, ...]]:
    """The closings of a period of complaints that were taken up again, as the journal tells them:
    like rows, with the day of the answer (ISO)."""
    rows = {row.id: row for row in rows_of(store, complaints, last)}
    if not rows:
        return []
    query = ComplaintRow.select(*_LATE_FIELDS).where(ComplaintRow.id.in_(numbers(rows)))
    sql, values = store.database.get_sql_context().sql(query).query()
    shown = {row[0]: row for row in store.rows(sql, values)}
    found: list[tuple[Any, ...]] = []
    for complaint, events in events_of(store, rows, CLOSING_FACTS, times).items():
        received_on = rows[complaint].received_on
        now = rows[complaint].closing(received_on, "")
        for one in closings(received_on, now, events, first, last):
            row = shown[complaint]
            dues = (one.legal_due, one.house_due, one.told or one.begun)
            # How it stands by now is nothing of this answer's.
            found.append((*row[:3], *dues, row[6], State.CLOSED, *row[8:]))
    return found


def _day(times: LocalTimes, at: int | str) -> str:
    return at if isinstance(at, str) else times.day(at)


def action_proposals(store: Store, staff: int, today: date) -> tuple[Proposal, ...]:
    """Where as many complaints of the same business and reason came in as ask for a corrective
    action by the house's figures, and none was made for any of them."""
    house = house_of(store)
    since = today - timedelta(days=house.alike_days - 1)
    hidden = kept_from(store, staff)
    rows = _LATELY.all(store, since=since.isoformat())
    seen = (row for row in rows if row[0] not in hidden)
    found = proposals(seen, house.alike_count, house.alike_days)
    acted = acted_on(store, "complaint", min((one.complaints[-1] for one in found), default=0))
    return tuple(one for one in found if acted.isdisjoint(one.complaints))
