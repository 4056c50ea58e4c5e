"""How long personal data are kept, what goes next, what is held back and why; writes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from branch.kernel.backups import backups
from branch.kernel.clock import from_ms
from branch.kernel.prepared import Prepared
from branch.kernel.setting import PERIODS, setting
from branch.kernel.store import Store
from branch.lobby.queries.past import Kept, kept_bookings, kept_care, kept_reasons, today_of
from branch.lobby.queries.waits import midnight
from branch.people.queries import kept_glass, staff_members
from branch.visitors.queries import past
from branch.visitors.queries.notices import told_days
from branch.visitors.records import (
    HoldRow,
    PastCountRow,
    RequestItemRow,
    RequestRow,
    RetentionChangeRow,
    RetentionRunRow,
)
from branch.visitors.retention import OF_THE_LOBBY, PERIOD_OF, WEEK_DAYS, Held, Kind, span


@dataclass(frozen=True)
class Limits:
    """What is past its time: days before ``before``, instants before ``at`` (ms); what is open
    and older than ``longest`` too."""

    before: str
    at: int
    longest: str


@dataclass(frozen=True)
class KindPreview:
    """What becomes of a kind: ``now`` rows go at once, ``week`` more within seven days.

    ``kind`` is one of ``Kind``, or what another room keeps for a time of its own. ``days`` is the
    period (None: ends with the business day), ``oldest`` the oldest day of ``total`` rows,
    ``held`` how many are past their time and kept all the same, by why.
    """

    kind: str
    days: int | None
    total: int
    now: int
    week: int
    oldest: str
    held: tuple[tuple[Held, int], ...]


@dataclass(frozen=True)
class Preview:
    """What a run would do on ``day``."""

    day: str
    kinds: tuple[KindPreview, ...]

    @property
    def now(self) -> int:
        """How many rows would go."""
        return sum(kind.now for kind in self.kinds)


@dataclass(frozen=True)
class Period:
    """A period in force, with its limits in days; ``waiting`` is a shorter one that waits."""

    key: str
    days: int
    least: int
    most: int
    default: int
    waiting: int | None


@dataclass(frozen=True)
class WaitingChange:
    """A shortened period that waits for a second person."""

    id: int
    key: str
    before: int
    days: int
    proposed_at: int
    proposed_by: int
    proposer: str


@dataclass(frozen=True)
class PastRun:
    """A run on a day: how many rows of each kind went, by whom (nobody: the program itself)."""

    day: str
    at: int
    staff: int
    name: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Hold:
    """A legal hold; ``lifted_at`` is None while it stands."""

    id: int
    kind: str
    ref: int
    reason: str
    text: str
    at: int
    by: int
    name: str
    lifted_at: int | None
    lifter: str


_CHANGES = Prepared(
    lambda: (
        RetentionChangeRow.select(
            RetentionChangeRow.id,
            RetentionChangeRow.key,
            RetentionChangeRow.before,
            RetentionChangeRow.days,
            RetentionChangeRow.proposed_at,
            RetentionChangeRow.proposed_by,
        )
        .where(RetentionChangeRow.state == "waiting")
        .order_by(RetentionChangeRow.id)
    )
)
_RUNS = Prepared(
    lambda most: (
        RetentionRunRow.select(
            RetentionRunRow.day,
            RetentionRunRow.at,
            RetentionRunRow.staff,
            RetentionRunRow.counts,
        )
        .order_by(RetentionRunRow.id.desc())
        .limit(most)
    )
)
_RAN_ON = Prepared(
    lambda day: RetentionRunRow.select(RetentionRunRow.id).where(RetentionRunRow.day == day)
)
_HOLDS = Prepared(
    lambda: HoldRow.select(
        HoldRow.id,
        HoldRow.kind,
        HoldRow.ref,
        HoldRow.reason,
        HoldRow.text,
        HoldRow.at,
        HoldRow.by,
        HoldRow.lifted_at,
        HoldRow.lifted_by,
    ).order_by(HoldRow.lifted_at.is_null(False), HoldRow.id.desc())
)
_ON_HOLD = Prepared(
    lambda kind, ref: HoldRow.select(HoldRow.id).where(
        HoldRow.kind == kind, HoldRow.ref == ref, HoldRow.lifted_at.is_null()
    )
)
_HELD_REFS = Prepared(
    lambda kind: HoldRow.select(HoldRow.ref).where(
        HoldRow.kind == kind, HoldRow.lifted_at.is_null()
    )
)
_ASKED_REFS = Prepared(
    lambda kind: (
        RequestItemRow.select(RequestItemRow.ref)
        .join(RequestRow, on=(RequestRow.id == RequestItemRow.request))
        .where(RequestItemRow.kind == kind, RequestRow.state == "open")
    )
)
_PAST = Prepared(
    lambda kind: (
        PastCountRow.select(
            PastCountRow.month, PastCountRow.first, PastCountRow.second, PastCountRow.number
        )
        .where(PastCountRow.kind == kind)
        .order_by(PastCountRow.month, PastCountRow.first, PastCountRow.second)
    )
)


def period(store: Store, kind: Kind, changed: Mapping[str, int] | None = None) -> int:
    """How many days a kind is kept; 0 for what ends with the business day."""
    key = PERIOD_OF[kind]
    if not key:
        return 0
    return (changed or {}).get(key, setting(store, key))


def limits(store: Store, now: int, changed: Mapping[str, int] | None = None) -> dict[Kind, Limits]:
    """What is past its time at ``now`` (ms), for every kind; ``changed`` are other periods."""
    today, at_work, zone = today_of(store, now)
    return {
        kind: _limits(
            min(today, at_work) if kind in OF_THE_LOBBY else today,
            period(store, kind, changed),
            zone,
        )
        for kind in Kind
    }


def told_limits(store: Store, now: int, kind: Kind, days: int) -> dict[int, Limits]:
    """What is past the shorter time that people were told, by the version of the notice.

    A period that became longer is not for those who were told the shorter one (PIPL Art. 17).
    """
    if kind not in past.PASTS or not past.PASTS[kind].notice:
        return {}
    today, _at_work, zone = today_of(store, now)
    told = told_days(store, past.PASTS[kind].notice)
    return {version: _limits(today, named, zone) for version, named in told.items() if named < days}


def _limits(today: date, days: int, zone: ZoneInfo) -> Limits:
    over = span(today, days)
    return Limits(over.before, midnight(over.before, zone), over.longest)


def retention_due(store: Store, now: int) -> bool:
    """Whether a run is due: none has been today, or something is past its time again."""
    today = today_of(store, now)[0].isoformat()
    if _RAN_ON.one(store, day=today) is None:
        return True
    return any(_due(store, kind, over, now) > 0 for kind, over in limits(store, now).items())


def retention_preview(store: Store, now: int, changed: Mapping[str, int] | None = None) -> Preview:
    """What a run would do at ``now`` (ms), with other periods where ``changed`` names them."""
    today, _at_work, zone = today_of(store, now)
    next_week = now + WEEK_DAYS * 24 * 3_600_000
    later = limits(store, next_week, changed)
    kinds = []
    for kind, over in limits(store, now, changed).items():
        days = period(store, kind, changed)
        total, oldest = _all(store, kind, over, zone)
        goes = _due(store, kind, over, now, days)
        week = _due(store, kind, later[kind], next_week, days) - goes
        named = days if PERIOD_OF[kind] else None
        held = _held(store, kind, over)
        kinds.append(KindPreview(kind, named, total, goes, week, oldest, held))
    return Preview(today.isoformat(), tuple(kinds))


def _lobby(store: Store, kind: Kind, over: Limits, zone: ZoneInfo) -> Kept:
    if kind == Kind.CARE:
        return kept_care(store, over.before)
    if kind == Kind.REASON:
        return kept_reasons(store, over.before, zone)
    return kept_bookings(store, over.before)


def backups_due(store: Store, now: int) -> bool:
    """Whether a copy of the store is past its time at ``now`` (ms)."""
    return _due(store, Kind.BACKUP, limits(store, now)[Kind.BACKUP], now) > 0


def _due(store: Store, kind: Kind, over: Limits, now: int, days: int | None = None) -> int:
    if kind in OF_THE_LOBBY:
        return _lobby(store, kind, over, ZoneInfo("UTC")).before
    if kind == Kind.GLASS:
        return kept_glass(store, over.at)[3]
    if kind == Kind.BACKUP:
        return sum(backup.made_at < over.at for backup in backups(store))
    general = (over.before, over.at, over.longest)
    number = past.count_due(store, kind, *general)
    named = period(store, kind) if days is None else days
    for version, sooner in told_limits(store, now, kind, named).items():
        more = past.count_told(store, kind, sooner.before, sooner.at, sooner.longest, version)
        number += more - past.count_told(store, kind, *general, version)
    return number


def _all(store: Store, kind: Kind, over: Limits, zone: ZoneInfo) -> tuple[int, str]:
    if kind in OF_THE_LOBBY:
        kept = _lobby(store, kind, over, zone)
        return kept.total, kept.oldest
    when: str | int | None
    if kind == Kind.GLASS:
        total, when, _old, _reviewed = kept_glass(store, over.at)
    elif kind == Kind.BACKUP:
        copies = backups(store)
        total, when = len(copies), copies[0].made_at if copies else None
    else:
        total, when = past.count_all(store, kind)
    if isinstance(when, int):
        return total, from_ms(when, zone).date().isoformat()
    return total, when or ""


def _held(store: Store, kind: Kind, over: Limits) -> tuple[tuple[Held, int], ...]:
    if kind in OF_THE_LOBBY or kind == Kind.BACKUP:
        return ()
    if kind == Kind.GLASS:
        _total, _when, old, reviewed = kept_glass(store, over.at)
        return ((Held.OPEN, old - reviewed),) if old > reviewed else ()
    return past.count_held(store, kind, over.before, over.at, over.longest)


def periods(store: Store) -> tuple[Period, ...]:
    """Every period in force, with the change that waits for it."""
    waiting = {change.key: change.days for change in waiting_changes(store)}
    return tuple(
        Period(key, setting(store, key), limit.least, limit.most, limit.default, waiting.get(key))
        for key, limit in PERIODS.items()
    )


def waiting_changes(store: Store) -> tuple[WaitingChange, ...]:
    """The shortened periods that wait for a second person, the oldest first."""
    rows = _CHANGES.all(store)
    names = _names(store) if rows else {}
    return tuple(_waiting(row, names) for row in rows)


def past_runs(store: Store, most: int = 30) -> tuple[PastRun, ...]:
    """The newest runs."""
    rows = _RUNS.all(store, most=most)
    names = _names(store) if rows else {}
    return tuple(
        PastRun(day, at, staff, names.get(staff, ""), json.loads(counts))
        for day, at, staff, counts in rows
    )


def holds(store: Store) -> tuple[Hold, ...]:
    """Every legal hold, those that stand first, the newest first."""
    rows = _HOLDS.all(store)
    names = _names(store) if rows else {}
    return tuple(_hold(row, names) for row in rows)


def is_on_hold(store: Store, kind: str, ref: int) -> bool:
    """Whether a legal hold stands on a record."""
    return _ON_HOLD.one(store, kind=kind, ref=ref) is not None


def kept_back(store: Store, kind: str) -> dict[int, Held]:
    """The records of a kind that stay beyond their time, on legal hold or asked about, and why."""
    asked = {row[0]: Held.REQUEST for row in _ASKED_REFS.all(store, kind=kind)}
    return asked | {row[0]: Held.HOLD for row in _HELD_REFS.all(store, kind=kind)}


def past_counts(store: Store, kind: str) -> tuple[tuple[str, str, str, int], ...]:
    """What is left of records of a kind: month, two codes, how many."""
    return tuple((row[0], row[1], row[2], row[3]) for row in _PAST.all(store, kind=kind))


def _waiting(row: tuple[Any, ...], names: Mapping[int, str]) -> WaitingChange:
    identity, key, before, days, at, by = row
    return WaitingChange(identity, key, before, days, at, by, names.get(by, ""))


def _hold(row: tuple[Any, ...], names: Mapping[int, str]) -> Hold:
    identity, kind, ref, reason, text, at, by, lifted_at, lifted_by = row
    name, lifter = names.get(by, ""), names.get(lifted_by, "")
    return Hold(identity, kind, ref, reason, text, at, by, name, lifted_at, lifter)


def _names(store: Store) -> dict[int, str]:
    return {member.id: member.name for member in staff_members(store)}
