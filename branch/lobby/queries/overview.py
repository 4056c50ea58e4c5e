"""A stretch of business days for whoever manages the branch: how much, how long, how content.

Read off the tickets themselves, so that a quarter of a year costs one statement; a single day
gives the same numbers as its summary from the journal.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from peewee import Case, fn

from branch.catalogue.queries import Name, groups, priority_classes, queues, services
from branch.kernel.clock import from_ms
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.lobby.queries.freezing import Spans, standstills
from branch.lobby.queries.screens import branch_name
from branch.lobby.queries.summary import Waits, waits_of
from branch.lobby.queries.waiting import split
from branch.lobby.records import RatingRow, TicketRow
from branch.lobby.rules import ORDINARY, State, stood_still_ms, target_of, wait_began

# Of five faces the two that smile.
SATISFIED = 4
# Business days with ratings that the line of satisfaction shows.
TREND_DAYS = 14


@dataclass(frozen=True)
class Stretch:
    """Calendar days from ``first`` to ``last`` (YYYY-MM-DD), both included."""

    first: str
    last: str


@dataclass(frozen=True)
class Totals:
    """A stretch in numbers. ``days`` had tickets; ``waits`` count from issue to first call."""

    days: int
    issued: int
    served: int
    left: int
    waits: Waits
    rated: int
    satisfied: int


@dataclass(frozen=True)
class WaitLine:
    """Waits of one queue, or of several (no name), against the target (minutes) they have."""

    name: Name | None
    waits: Waits
    target: int


@dataclass(frozen=True)
class Hour:
    """How many tickets were issued and how many finished in one hour of the day."""

    hour: int
    issued: int
    finished: int


@dataclass(frozen=True)
class Content:
    """How many customers rated a business day, and how many of them were satisfied."""

    day: str
    rated: int
    satisfied: int


@dataclass(frozen=True)
class Overview:
    """What the manager's first page shows.

    ``before`` is the stretch compared with. ``priority`` are the customers with a shorter target
    than the ordinary one, an appointment's wait counted from its slot. ``hours`` are sums over
    all days, without the empty hours before the first and after the last. ``leaving`` counts why
    customers left, the most frequent first.
    """

    stretch: Stretch
    totals: Totals
    before: Totals
    queues: tuple[WaitLine, ...]
    priority: WaitLine
    hours: tuple[Hour, ...]
    leaving: tuple[tuple[str, int], ...]
    content: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class _Ticket:
    day: str
    service: str
    classes: tuple[str, ...]
    slot: int | None
    state: str
    issued_at: int
    called_at: int | None
    ended_at: int | None
    reason: str
    spans: Spans = ()

    def wait_s(self) -> float | None:
        """Seconds from issue to first call, without the time that calling stood still."""
        if self.called_at is None:
            return None
        still = stood_still_ms(self.spans, self.issued_at, self.called_at)
        return (self.called_at - self.issued_at - still) / 1000

    def wait_from_slot_s(self) -> float | None:
        """The same, for an appointment from its slot."""
        if self.called_at is None:
            return None
        began = wait_began(self.issued_at, self.slot)
        still = stood_still_ms(self.spans, began, self.called_at)
        return max(0, self.called_at - began - still) / 1000


_TICKETS = Prepared(
    lambda first, last: TicketRow.select(
        TicketRow.day,
        TicketRow.service,
        TicketRow.classes,
        TicketRow.slot,
        TicketRow.state,
        TicketRow.issued_at,
        TicketRow.first_called_at,
        TicketRow.ended_at,
        TicketRow.reason,
    ).where(TicketRow.day >= first, TicketRow.day <= last)
)
_SMILES = Case(None, [(RatingRow.score >= SATISFIED, 1)], 0)
_RATINGS = Prepared(
    lambda first, last: (
        TicketRow.select(TicketRow.day, fn.COUNT(RatingRow.score), fn.SUM(_SMILES))
        .join(RatingRow, on=(RatingRow.ticket == TicketRow.id))
        .where(TicketRow.day >= first, TicketRow.day <= last, RatingRow.score.is_null(False))
        .group_by(TicketRow.day)
        .order_by(TicketRow.day)
    )
)


def overview(store: Store, stretch: Stretch, before: Stretch) -> Overview:
    """The picture of a stretch, beside the one ``before`` it is compared with."""
    tickets = _tickets(store, stretch)
    targets = {klass.code: klass.target for klass in priority_classes(store)}
    ordinary = target_of((ORDINARY,), targets)
    letters = {group.code: group.letter for group in groups(store)}
    letter_of = {service.code: letters[service.group] for service in services(store)}
    waits: dict[str, list[float]] = defaultdict(list)
    hurried: list[float] = []
    shortest = ordinary
    for ticket in tickets:
        waited = ticket.wait_s()
        if waited is None:
            continue
        waits[letter_of[ticket.service]].append(waited)
        target = target_of(ticket.classes, targets)
        if target < ordinary:
            shortest = min(shortest, target)
            hurried.append(ticket.wait_from_slot_s() or 0.0)
    left = Tally(ticket.reason for ticket in tickets if ticket.state == State.LEFT)
    return Overview(
        stretch=stretch,
        totals=_totals(store, stretch, tickets),
        before=_totals(store, before, _tickets(store, before)),
        queues=tuple(
            WaitLine(queue.name, waits_of(waits[queue.letter]), ordinary) for queue in queues(store)
        ),
        priority=WaitLine(None, waits_of(hurried), shortest),
        hours=_hours(tickets, ZoneInfo(branch_name(store).zone)),
        leaving=tuple(sorted(left.items(), key=lambda item: (-item[1], item[0]))),
        content=_content(store, stretch.last),
    )


def _tickets(store: Store, stretch: Stretch) -> list[_Ticket]:
    rows = _TICKETS.all(store, first=stretch.first, last=stretch.last)
    still = standstills(store, stretch.first, stretch.last)
    return [
        _Ticket(
            day,
            service,
            split(classes),
            slot,
            state,
            issued,
            called,
            ended,
            why,
            still.get(day, ()),
        )
        for day, service, classes, slot, state, issued, called, ended, why in rows
    ]


def _totals(store: Store, stretch: Stretch, tickets: list[_Ticket]) -> Totals:
    ratings = _RATINGS.all(store, first=stretch.first, last=stretch.last)
    ends = Tally(ticket.state for ticket in tickets)
    return Totals(
        days=len({ticket.day for ticket in tickets}),
        issued=len(tickets),
        served=ends[State.FINISHED],
        left=ends[State.LEFT],
        waits=waits_of(wait for ticket in tickets if (wait := ticket.wait_s()) is not None),
        rated=sum(row[1] for row in ratings),
        satisfied=sum(row[2] for row in ratings),
    )


def _hours(tickets: Iterable[_Ticket], zone: ZoneInfo) -> tuple[Hour, ...]:
    issued: Tally[int] = Tally()
    finished: Tally[int] = Tally()
    hour_of = _HourOf(zone)
    for ticket in tickets:
        issued[hour_of[ticket.issued_at]] += 1
        if ticket.state == State.FINISHED and ticket.ended_at is not None:
            finished[hour_of[ticket.ended_at]] += 1
    busy = issued.keys() | finished.keys()
    if not busy:
        return ()
    return tuple(
        Hour(hour, issued[hour], finished[hour]) for hour in range(min(busy), max(busy) + 1)
    )


class _HourOf(dict[int, int]):
    """The hour of the day of an instant (ms), worked out once a quarter of an hour.

    Every zone stands whole quarters of an hour from UTC.
    """

    _QUARTER_MS = 15 * 60_000

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone

    def __getitem__(self, at: int) -> int:
        quarter = at // self._QUARTER_MS
        hour = self.get(quarter)
        if hour is None:
            hour = self[quarter] = from_ms(at, self._zone).hour
        return hour


def _content(store: Store, last: str) -> tuple[Content, ...]:
    # Ratings are few: a year back finds the last days that have any.
    first = (date.fromisoformat(last) - timedelta(days=365)).isoformat()
    rows: list[tuple[Any, ...]] = _RATINGS.all(store, first=first, last=last)
    return tuple(Content(day, rated, int(smiles)) for day, rated, smiles in rows[-TREND_DAYS:])


def share(part: int, whole: int) -> float | None:
    """A share from 0 to 1; None of nothing."""
    return part / whole if whole else None
