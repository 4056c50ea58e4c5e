"""Reception records for screens and paper, personal detail masked; writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from peewee import fn

from branch.kernel.masking import mask_phone
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.queries.numbers import ticket_numbers
from branch.people.queries import staff_members
from branch.visitors.reception import hide_numbers, is_overdue, shown_surname, week_of
from branch.visitors.records import ReceptionRow

_PHONE = "reception.phone"
# From so many days the needs that come most often are learnt.
_USUAL_DAYS = 30


@dataclass(frozen=True)
class Reception:
    """A record as a list shows it: surname and phone masked, long numbers in texts hidden.

    ``service`` is empty for a need that is no service. Instants are milliseconds.
    """

    id: int
    day: str
    ticket: int | None
    number: str
    service: str
    advice: tuple[str, ...]
    note: str
    feedback: str
    feedback_text: str
    follow_up: str
    follow_by: str
    surname: str
    title: str
    phone: str
    notice: int | None
    told_at: int | None
    at: int
    staff: int
    staff_name: str
    done_at: int | None
    outcome: str
    rev: int


@dataclass(frozen=True)
class Draft:
    """The texts of a record as its writer typed them, for correcting it."""

    note: str
    feedback_text: str

    def __repr__(self) -> str:
        return "Draft()"


@dataclass(frozen=True)
class Voice:
    """What a customer said, without any long number; no name or phone goes with it."""

    day: str
    kind: str
    service: str
    text: str


@dataclass(frozen=True)
class WeekCounts:
    """A week in numbers; the mappings hold only codes that came up.

    ``wanted`` counts follow-ups asked for, ``done`` those of them that are done, ``late`` those
    that are not and whose day is over.
    """

    records: int
    by_kind: dict[str, int]
    by_service: dict[str, int]
    by_advice: dict[str, int]
    wanted: int
    done: int
    late: int


@dataclass(frozen=True)
class FeedbackWeek:
    """The feedback of the week from ``monday`` to ``sunday`` (ISO days) beside the one before."""

    monday: str
    sunday: str
    now: WeekCounts
    before: WeekCounts
    voices: tuple[Voice, ...]


_FIELDS = (
    ReceptionRow.id,
    ReceptionRow.day,
    ReceptionRow.ticket,
    ReceptionRow.service,
    ReceptionRow.advice,
    ReceptionRow.note,
    ReceptionRow.feedback,
    ReceptionRow.feedback_text,
    ReceptionRow.follow_up,
    ReceptionRow.follow_by,
    ReceptionRow.surname,
    ReceptionRow.title,
    ReceptionRow.phone,
    ReceptionRow.notice,
    ReceptionRow.told_at,
    ReceptionRow.at,
    ReceptionRow.staff,
    ReceptionRow.done_at,
    ReceptionRow.outcome,
    ReceptionRow.rev,
)
_OF_DAY = Prepared(
    lambda day: (
        ReceptionRow.select(*_FIELDS)
        .where(ReceptionRow.day == day)
        .order_by(ReceptionRow.id.desc())
    )
)
_OPEN = Prepared(
    lambda: (
        ReceptionRow.select(*_FIELDS)
        .where(ReceptionRow.follow_up != "", ReceptionRow.done_at.is_null())
        .order_by(ReceptionRow.follow_by, ReceptionRow.id)
    )
)
_COUNT_OPEN = Prepared(
    lambda: ReceptionRow.select(fn.COUNT(ReceptionRow.id)).where(
        ReceptionRow.follow_up != "", ReceptionRow.done_at.is_null()
    )
)
_DRAFT = Prepared(
    lambda reception, staff, day: ReceptionRow.select(
        ReceptionRow.note, ReceptionRow.feedback_text
    ).where(ReceptionRow.id == reception, ReceptionRow.staff == staff, ReceptionRow.day == day)
)
_USUAL = Prepared(
    lambda since: (
        ReceptionRow.select(ReceptionRow.service, fn.COUNT(ReceptionRow.id))
        .where(ReceptionRow.day >= since)
        .group_by(ReceptionRow.service)
    )
)
_SPAN = Prepared(
    lambda first, last: (
        ReceptionRow.select(
            ReceptionRow.day,
            ReceptionRow.service,
            ReceptionRow.advice,
            ReceptionRow.feedback,
            ReceptionRow.feedback_text,
            ReceptionRow.follow_up,
            ReceptionRow.follow_by,
            ReceptionRow.done_at,
        )
        .where(ReceptionRow.day >= first, ReceptionRow.day <= last)
        .order_by(ReceptionRow.id)
    )
)
_DAYS = Prepared(lambda: ReceptionRow.select(ReceptionRow.day).distinct())


def receptions_of_day(store: Store, day: str) -> tuple[Reception, ...]:
    """The records of a day (YYYY-MM-DD), the newest first."""
    return _shown(store, _OF_DAY.all(store, day=day))


def open_follow_ups(store: Store) -> tuple[Reception, ...]:
    """Who waits to be called back, the earliest day first."""
    return _shown(store, _OPEN.all(store))


def open_follow_up_count(store: Store) -> int:
    """How many wait to be called back."""
    row = _COUNT_OPEN.one(store)
    return int(row[0]) if row else 0


def draft_of(store: Store, reception: int, staff: int, day: str) -> Draft | None:
    """The texts as typed, for their writer on their day; None for anybody else."""
    row = _DRAFT.one(store, reception=reception, staff=staff, day=day)
    return Draft(*row) if row else None


def usual_needs(store: Store, today: str) -> tuple[str, ...]:
    """The services of the last 30 days' records, the most frequent first."""
    since = (date.fromisoformat(today) - timedelta(days=_USUAL_DAYS)).isoformat()
    rows = sorted(_USUAL.all(store, since=since), key=lambda row: (-row[1], row[0]))
    return tuple(service for service, _count in rows if service)


def feedback_weeks(store: Store, today: str) -> tuple[str, ...]:
    """The Mondays of weeks with records and of this week, the newest first."""
    days = {date.fromisoformat(day) for (day,) in _DAYS.all(store)}
    mondays = {week_of(day) for day in (*days, date.fromisoformat(today))}
    return tuple(monday.isoformat() for monday in sorted(mondays, reverse=True))


def feedback_week(store: Store, monday: str, today: str) -> FeedbackWeek:
    """What customers said in the week from ``monday`` on (handbook 001 section 4.3.3).

    ``today`` tells which follow-ups are late.
    """
    first = date.fromisoformat(monday)
    last = first + timedelta(days=6)
    before = first - timedelta(days=7)
    rows = _SPAN.all(store, first=monday, last=last.isoformat())
    earlier = _SPAN.all(
        store, first=before.isoformat(), last=(first - timedelta(days=1)).isoformat()
    )
    voices = tuple(
        Voice(day, kind, service, hide_numbers(text))
        for day, service, _advice, kind, text, *_rest in rows
        if text
    )
    return FeedbackWeek(
        monday, last.isoformat(), _counts(rows, today), _counts(earlier, today), voices
    )


def _counts(rows: Iterable[tuple[Any, ...]], today: str) -> WeekCounts:
    kinds: Counter[str] = Counter()
    services: Counter[str] = Counter()
    advice: Counter[str] = Counter()
    records = wanted = done = late = 0
    for _day, service, given, kind, _text, follow_up, follow_by, done_at in rows:
        records += 1
        kinds[kind] += 1
        services[service] += 1
        advice.update(_split(given))
        if follow_up:
            wanted += 1
            done += done_at is not None
            late += done_at is None and is_overdue(follow_by, today)
    return WeekCounts(records, dict(kinds), _ranked(services), _ranked(advice), wanted, done, late)


def _ranked(counts: Counter[str]) -> dict[str, int]:
    """The most frequent first; equal ones by their code, so that no row jumps."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _shown(store: Store, rows: list[tuple[Any, ...]]) -> tuple[Reception, ...]:
    if not rows:
        return ()
    names = {member.id: member.name for member in staff_members(store)}
    # By name: a column compared with another is an expression, which is always true.
    at = [column.name for column in _FIELDS].index("ticket")
    numbers = ticket_numbers(store, [row[at] for row in rows if row[at] is not None])
    return tuple(_reception(store, row, names, numbers) for row in rows)


def _reception(
    store: Store, row: tuple[Any, ...], names: dict[int, str], numbers: dict[int, str]
) -> Reception:
    told = dict(zip((column.name for column in _FIELDS), row, strict=True))
    told["number"] = numbers.get(told["ticket"], "")
    told["advice"] = _split(told["advice"])
    told["note"] = hide_numbers(told["note"])
    told["feedback_text"] = hide_numbers(told["feedback_text"])
    told["surname"] = shown_surname(told["surname"])
    told["phone"] = mask_phone(store.sealer.open(told["phone"], _PHONE))
    told["staff_name"] = names.get(told["staff"], "")
    return Reception(**told)


def _split(codes: str) -> tuple[str, ...]:
    return tuple(code for code in codes.split(",") if code)
