"""Why somebody was called before somebody else: a ticket's story and a day's judgement, to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from branch.catalogue.queries import Name, counters, credits, priority_classes, services
from branch.kernel import journal
from branch.kernel.journal import Entry
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.store import Store
from branch.lobby.fairness import CallBefore, HandCall, Judgement, Story, judge_day, story
from branch.lobby.queries.day import day_entries, first_revision
from branch.lobby.records import ReasonRow, TicketRow
from branch.people.queries import staff_members


@dataclass(frozen=True)
class TicketFairness:
    """A ticket's story with what its words need.

    ``names`` are members of staff by id, ``services`` and ``classes`` names by code, ``texts``
    the free texts of hand calls by revision.
    """

    day: str
    story: Story
    names: Mapping[int, str]
    services: Mapping[str, Name]
    classes: Mapping[str, Name]
    texts: Mapping[int, str]


@dataclass(frozen=True)
class ClassCount:
    """How often tickets of a class were called before somebody who had come earlier."""

    klass: str
    times: int
    longest: int


@dataclass(frozen=True)
class DayFairness:
    """A day's judgement. Spans in milliseconds; ``overtaken`` counts tickets, not times."""

    day: str
    judgement: Judgement
    overtaken: int
    longest: int
    by_class: tuple[ClassCount, ...]
    names: Mapping[int, str]
    classes: Mapping[str, Name]
    texts: Mapping[int, str]


_TICKET_DAY = Prepared(lambda ticket: TicketRow.select(TicketRow.day).where(TicketRow.id == ticket))
_CHANGES = Prepared(
    lambda revision: (
        JournalRow.select(JournalRow.subject, JournalRow.data)
        .where(JournalRow.revision >= revision, JournalRow.what == "catalogue.class_changed")
        .order_by(JournalRow.revision)
    )
)
_TEXT = Prepared(
    lambda revision: ReasonRow.select(ReasonRow.text).where(ReasonRow.revision == revision)
)


def ticket_fairness(store: Store, ticket: int) -> TicketFairness | None:
    """Everybody who was called before a ticket; None for one that does not exist."""
    row = _TICKET_DAY.one(store, ticket=ticket)
    if row is None:
        return None
    entries, able, worth = _day(store, row[0])
    told = story(entries, able, worth, ticket)
    if told is None:
        return None
    return TicketFairness(
        day=row[0],
        story=told,
        names=_names(store),
        services={service.code: service.name for service in services(store)},
        classes=_classes(store),
        texts=_texts(store, told.before),
    )


def day_fairness(store: Store, day: str) -> DayFairness | None:
    """A business day (YYYY-MM-DD) held against the rule; None for one the branch was not open."""
    if first_revision(store, day) is None:
        return None
    judged = judge_day(*_day(store, day))
    times: dict[str, list[int]] = defaultdict(list)
    for overtaking in judged.overtakings:
        times[overtaking.klass].append(overtaking.by)
    return DayFairness(
        day=day,
        judgement=judged,
        overtaken=len({overtaking.overtaken for overtaking in judged.overtakings}),
        longest=max((overtaking.by for overtaking in judged.overtakings), default=0),
        by_class=tuple(
            ClassCount(klass, len(times[klass]), max(times[klass])) for klass in sorted(times)
        ),
        names=_names(store),
        classes=_classes(store),
        texts=_texts(store, judged.by_hand),
    )


def _day(store: Store, day: str) -> tuple[list[Entry], dict[int, frozenset[str]], dict[str, int]]:
    """A day's entries, and the services and credits at its beginning."""
    begins = first_revision(store, day)
    worth = credits(store)
    for subject, data in reversed(_CHANGES.all(store, revision=begins)):
        worth[subject] = _former(data, worth[subject])
    able = {counter.number: counter.services for counter in counters(store)}
    return list(day_entries(store, day)), able, worth


def _former(data: str, now: int) -> int:
    """The credit before a change; entries of the first version did not say it."""
    former = journal.read_data(data).get("former")
    return former if isinstance(former, int) else now


def _names(store: Store) -> dict[int, str]:
    return {member.id: member.name for member in staff_members(store)}


def _classes(store: Store) -> dict[str, Name]:
    return {item.code: item.name for item in priority_classes(store)}


def _texts(store: Store, calls: list[HandCall] | tuple[CallBefore, ...]) -> dict[int, str]:
    found = {}
    for call in calls:
        row = _TEXT.one(store, revision=call.revision) if call.code else None
        if row is not None:
            found[call.revision] = str(row[0])
    return found
