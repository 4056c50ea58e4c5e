"""What has its time behind it goes for good and becomes a count; periods are changed by two.

A run is carried out in chunks, each a command of its own, so that the lobby never waits for it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from peewee import EXCLUDED

from branch.kernel.backups import remove_backups
from branch.kernel.clock import from_ms, local_date
from branch.kernel.errors import NotFound, Stale
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.kernel.setting import checked_period, keep_setting, setting
from branch.lobby.commands.forget import forget_bookings, forget_care, forget_reasons
from branch.people.commands import forget_glass
from branch.visitors.commands.notices import renew_notices
from branch.visitors.queries.past import PASTS, Past
from branch.visitors.queries.retention import Limits, limits, period, told_limits
from branch.visitors.records import (
    PastCountRow,
    RequestItemRow,
    RequestRow,
    RetentionChangeRow,
    RetentionRunRow,
)
from branch.visitors.retention import Kind, is_shorter, require_second_person

# So many rows of a register of 100,000 keep a transaction under the 100 ms that the lobby may wait.
CHUNK = 200
WAITING, IN_FORCE, TURNED_DOWN, REPLACED = "waiting", "in_force", "turned_down", "replaced"

# Month, first and second code of what went.
Tally = Counter[tuple[str, str, str]]


@dataclass(frozen=True)
class RunRetention:
    """Carry a part of the run out: at most ``most`` rows. Repeat it while there is more."""

    most: int = CHUNK


@dataclass(frozen=True)
class Ran:
    """What went with this part, by kind, and whether more is past its time."""

    gone: dict[str, int]
    more: bool


@dataclass(frozen=True)
class RemoveBackups:
    """Take away the copies of the store that are past their time; returns how many."""


@dataclass(frozen=True)
class ProposeRetention:
    """Keep something for so many days from now on; a shorter period waits for a second person."""

    key: str
    days: int


@dataclass(frozen=True)
class Proposed:
    """A change of a period: in force at once, or waiting under this id."""

    id: int
    in_force: bool


@dataclass(frozen=True)
class DecideRetention:
    """A second person says yes or no to a shortened period."""

    id: int
    approve: bool


_NAMES = ("before", "at", "longest", "most")


def _taken(past: Past, most: Any, *conditions: Any) -> Any:
    among = [past.among()] if past.among else []
    chosen = past.row.select(past.row.id).where(*among, *conditions).limit(most)
    return delete(past.row).where(past.row.id.in_(chosen)).returning(past.when, *past.codes)


def _take(past: Past) -> Prepared:
    return Prepared(
        lambda before, at, longest, most: _taken(past, most, *past.due(before, at, longest)),
        _NAMES,
    )


def _take_told(past: Past) -> Prepared:
    return Prepared(
        lambda before, at, longest, most, version: _taken(
            past, most, *past.due(before, at, longest), past.told == version
        ),
        (*_NAMES, "version"),
    )


_TAKE = {kind: _take(past) for kind, past in PASTS.items()}
_TAKE_TOLD = {kind: _take_told(past) for kind, past in PASTS.items() if past.notice}
_LOOSE_ITEMS = Prepared(
    lambda: delete(RequestItemRow).where(
        RequestItemRow.request.not_in(RequestRow.select(RequestRow.id))
    )
)
_COUNT = Prepared(
    lambda month, kind, first, second, number: PastCountRow.insert(
        {
            PastCountRow.month: month,
            PastCountRow.kind: kind,
            PastCountRow.first: first,
            PastCountRow.second: second,
            PastCountRow.number: number,
        }
    ).on_conflict(
        conflict_target=[
            PastCountRow.month,
            PastCountRow.kind,
            PastCountRow.first,
            PastCountRow.second,
        ],
        update={PastCountRow.number: PastCountRow.number + EXCLUDED.number},
    )
)
_RUN_OF = Prepared(
    lambda day, staff: RetentionRunRow.select(RetentionRunRow.id, RetentionRunRow.counts).where(
        RetentionRunRow.day == day, RetentionRunRow.staff == staff
    )
)
_NEW_RUN = Prepared(
    lambda day, at, staff, counts: RetentionRunRow.insert(
        {
            RetentionRunRow.day: day,
            RetentionRunRow.at: at,
            RetentionRunRow.staff: staff,
            RetentionRunRow.counts: counts,
        }
    )
)
_MORE_RUN = Prepared(
    lambda run, at, counts: RetentionRunRow.update(
        {RetentionRunRow.at: at, RetentionRunRow.counts: counts}
    ).where(RetentionRunRow.id == run)
)
_REPLACE = Prepared(
    lambda key, now, staff: RetentionChangeRow.update(
        {
            RetentionChangeRow.state: REPLACED,
            RetentionChangeRow.decided_at: now,
            RetentionChangeRow.decided_by: staff,
        }
    ).where(RetentionChangeRow.key == key, RetentionChangeRow.state == WAITING)
)
_PROPOSE = Prepared(
    lambda key, days, before, now, staff, state, decided_at, decided_by: RetentionChangeRow.insert(
        {
            RetentionChangeRow.key: key,
            RetentionChangeRow.days: days,
            RetentionChangeRow.before: before,
            RetentionChangeRow.proposed_at: now,
            RetentionChangeRow.proposed_by: staff,
            RetentionChangeRow.state: state,
            RetentionChangeRow.decided_at: decided_at,
            RetentionChangeRow.decided_by: decided_by,
        }
    ).returning(RetentionChangeRow.id)
)
_CHANGE = Prepared(
    lambda change: RetentionChangeRow.select(
        RetentionChangeRow.key,
        RetentionChangeRow.days,
        RetentionChangeRow.proposed_by,
        RetentionChangeRow.state,
    ).where(RetentionChangeRow.id == change)
)
_DECIDE = Prepared(
    lambda change, state, now, staff: RetentionChangeRow.update(
        {
            RetentionChangeRow.state: state,
            RetentionChangeRow.decided_at: now,
            RetentionChangeRow.decided_by: staff,
        }
    ).where(RetentionChangeRow.id == change)
)


def run_retention(work: Work, command: RunRetention) -> Ran:
    """Delete what is past its time, add it to the counts, note the run (PIPL Art. 47, 73).

    The same run again finds nothing and changes nothing but the note that it ran.
    """
    left = max(1, command.most)
    gone: dict[str, int] = {}
    for kind, over in limits(work.store, work.now).items():
        if left <= 0:
            break
        if kind == Kind.BACKUP:  # no rows: ``RemoveBackups``
            continue
        number, tally = _forget(work, kind, over, left)
        if number:
            gone[kind] = number
            left -= number
            add_to_counts(work, kind, tally)
    note_run(work, gone)
    work.record("retention.ran", local_date(work.now, work.zone).isoformat(), **gone)
    return Ran(gone, left <= 0)


def add_to_counts(work: Work, kind: str, tally: Tally) -> None:
    """Add rows that are gone to the counts of their kind."""
    for (month, first, second), number in tally.items():
        _COUNT.run(work.store, month=month, kind=kind, first=first, second=second, number=number)


def _forget(work: Work, kind: Kind, over: Limits, most: int) -> tuple[int, Tally]:
    if kind in _OF_LOBBY:
        number, found = _OF_LOBBY[kind](work, over.before, most)
        return number, Counter({(month, code, ""): n for (month, code), n in found.items()})
    if kind == Kind.GLASS:
        rows = forget_glass(work, over.at, most)
        return len(rows), Counter((_month(work, at), reason, "") for at, reason in rows)
    taken = _TAKE[kind].all(work.store, **_values(over, most))
    days = period(work.store, kind)
    for version, sooner in told_limits(work.store, work.now, kind, days).items():
        left = most - len(taken)
        if left > 0:
            values = _values(sooner, left)
            taken += _TAKE_TOLD[kind].all(work.store, **values, version=version)
    if kind == Kind.REQUEST and taken:
        _LOOSE_ITEMS.run(work.store)
    return len(taken), Counter(
        (_month(work, row[0]), row[1], row[2] if len(row) > 2 else "") for row in taken
    )


def _values(over: Limits, most: int) -> dict[str, Any]:
    return {"before": over.before, "at": over.at, "longest": over.longest, "most": most}


_OF_LOBBY: dict[Kind, Callable[[Work, str, int], tuple[int, Counter[tuple[str, str]]]]] = {
    Kind.CARE: forget_care,
    Kind.REASON: forget_reasons,
    Kind.BOOKING: forget_bookings,
}


def _month(work: Work, when: Any) -> str:
    return when[:7] if isinstance(when, str) else f"{from_ms(when, work.zone):%Y-%m}"


def note_run(work: Work, gone: dict[str, int]) -> None:
    """Add to the note of today's run how many rows of each kind went."""
    day = local_date(work.now, work.zone).isoformat()
    row = _RUN_OF.one(work.store, day=day, staff=work.actor.staff)
    counts = Counter(json.loads(row[1]) if row else {})
    counts.update(gone)
    text = json.dumps(counts, sort_keys=True)
    if row is None:
        _NEW_RUN.run(work.store, day=day, at=work.now, staff=work.actor.staff, counts=text)
    else:
        _MORE_RUN.run(work.store, run=row[0], at=work.now, counts=text)


def remove_old_backups(work: Work, command: RemoveBackups) -> int:
    """Take them away; raises StoreError when one cannot be, with the others gone."""
    number = remove_backups(work.store, limits(work.store, work.now)[Kind.BACKUP].at)
    note_run(work, {Kind.BACKUP: number})
    work.record("retention.backups_removed", local_date(work.now, work.zone).isoformat(), n=number)
    return number


def propose_retention(work: Work, command: ProposeRetention) -> Proposed:
    """Change a period, or ask a second person; raises BadInput beyond the limits.

    What waits for the same period already is replaced. A longer period makes new versions of the
    notices that name it.
    """
    days = checked_period(command.key, command.days)
    before = setting(work.store, command.key)
    waits = is_shorter(before, days)
    staff = work.actor.staff
    _REPLACE.run(work.store, key=command.key, now=work.now, staff=staff)
    row = _PROPOSE.one(
        work.store,
        key=command.key,
        days=days,
        before=before,
        now=work.now,
        staff=staff,
        state=WAITING if waits else IN_FORCE,
        decided_at=None if waits else work.now,
        decided_by=None if waits else staff,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    what = "retention.proposed" if waits else "retention.changed"
    work.record(what, command.key, days=days, before=before)
    if not waits:
        _put_in_force(work, command.key, days)
    return Proposed(row[0], not waits)


def decide_retention(work: Work, command: DecideRetention) -> None:
    """Decide; raises NotPermitted for one's own proposal, Stale when it was decided meanwhile."""
    row = _CHANGE.one(work.store, change=command.id)
    if row is None:
        raise NotFound("period_change_unknown")
    key, days, proposed_by, state = row
    if state != WAITING:
        raise Stale("period_change_decided")
    if command.approve:
        # Who proposed may take it back himself.
        require_second_person(work.actor.staff, proposed_by)
    after = IN_FORCE if command.approve else TURNED_DOWN
    _DECIDE.run(work.store, change=command.id, state=after, now=work.now, staff=work.actor.staff)
    if not command.approve:
        work.record("retention.turned_down", key, days=days)
        return
    before = setting(work.store, key)
    work.record("retention.changed", key, days=days, before=before)
    _put_in_force(work, key, days)


def _put_in_force(work: Work, key: str, days: int) -> None:
    keep_setting(work.store, key, days)
    renew_notices(work)


HANDLERS: dict[type, Handler] = {
    RunRetention: Handler(run_retention),
    RemoveBackups: Handler(remove_old_backups),
    ProposeRetention: Handler(propose_retention),
    DecideRetention: Handler(decide_retention),
}
