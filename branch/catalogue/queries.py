"""Frozen rows of the catalogue for screens, forms and other rooms; writes nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from branch.catalogue.channels import channels_out
from branch.catalogue.records import (
    AreaRow,
    ClassRow,
    CounterRow,
    CounterServiceRow,
    GroupRow,
    QueueRow,
    ServiceRow,
)
from branch.catalogue.rules import SELF_SERVICE, Document, offered_machine
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store


@dataclass(frozen=True)
class Name:
    """A name in both languages."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """The name in ``language`` ("zh" or "en"); Chinese where English is missing."""
        return self.en if language == "en" and self.en else self.zh


@dataclass(frozen=True)
class Area:
    """A waiting area and how to find it."""

    code: str
    name: Name


@dataclass(frozen=True)
class Queue:
    """A queue family."""

    letter: str
    name: Name


@dataclass(frozen=True)
class Group:
    """A kiosk tile. ``short`` is its name on the console, ``hint`` the tile's second line."""

    code: str
    name: Name
    short: Name
    hint: Name
    icon: str
    letter: str
    area: str


@dataclass(frozen=True)
class Service:
    """A service with all a screen needs to offer it. ``minutes`` is the typical time.

    ``machine`` is the self-service machine in the lobby that can do it now, or None.
    """

    code: str
    group: str
    name: Name
    minutes: int
    documents: tuple[Document, ...]
    channels: dict[str, str]
    in_person: str
    agent: str
    notes: Name
    active: bool
    machine: str | None


@dataclass(frozen=True)
class PriorityClass:
    """A class with its credit and target of wait in minutes."""

    code: str
    name: Name
    credit: int
    target: int


@dataclass(frozen=True)
class Counter:
    """A counter, its name and the services it can do today."""

    number: int
    name: Name
    planned_break: str
    services: frozenset[str]


@dataclass(frozen=True)
class Routing:
    """Where a service leads: its queue's letter and its waiting area."""

    letter: str
    area: str
    active: bool


_AREAS = Prepared(
    lambda: AreaRow.select(AreaRow.code, AreaRow.zh, AreaRow.en).order_by(AreaRow.code)
)
_QUEUES = Prepared(
    lambda: QueueRow.select(QueueRow.letter, QueueRow.zh, QueueRow.en).order_by(QueueRow.position)
)
_GROUPS = Prepared(
    lambda: GroupRow.select(
        GroupRow.code,
        GroupRow.zh,
        GroupRow.en,
        GroupRow.short_zh,
        GroupRow.short_en,
        GroupRow.hint_zh,
        GroupRow.hint_en,
        GroupRow.icon,
        GroupRow.letter,
        GroupRow.area,
    ).order_by(GroupRow.position)
)
_SERVICES = Prepared(
    lambda: ServiceRow.select(
        ServiceRow.code,
        ServiceRow.group,
        ServiceRow.zh,
        ServiceRow.en,
        ServiceRow.minutes,
        ServiceRow.documents,
        ServiceRow.channels,
        ServiceRow.in_person,
        ServiceRow.agent,
        ServiceRow.notes_zh,
        ServiceRow.notes_en,
        ServiceRow.active,
    ).order_by(ServiceRow.position)
)
_CLASSES = Prepared(
    lambda: ClassRow.select(
        ClassRow.code, ClassRow.zh, ClassRow.en, ClassRow.credit, ClassRow.target
    ).order_by(ClassRow.position)
)
_COUNTERS = Prepared(
    lambda: CounterRow.select(
        CounterRow.number, CounterRow.zh, CounterRow.en, CounterRow.planned_break
    ).order_by(CounterRow.number)
)
_COUNTER_SERVICES = Prepared(
    lambda: CounterServiceRow.select(CounterServiceRow.counter, CounterServiceRow.service)
)
_ROUTING = Prepared(
    lambda service: (
        ServiceRow.select(GroupRow.letter, GroupRow.area, ServiceRow.active)
        .join(GroupRow, on=(GroupRow.code == ServiceRow.group))
        .where(ServiceRow.code == service)
    )
)
_CREDITS = Prepared(lambda: ClassRow.select(ClassRow.code, ClassRow.credit))


def areas(store: Store) -> tuple[Area, ...]:
    """Every waiting area, by code."""
    return tuple(Area(code, Name(zh, en)) for code, zh, en in _AREAS.all(store))


def queues(store: Store) -> tuple[Queue, ...]:
    """Every queue family, in the order of board and console."""
    return tuple(Queue(letter, Name(zh, en)) for letter, zh, en in _QUEUES.all(store))


def groups(store: Store) -> tuple[Group, ...]:
    """Every kiosk tile, in order."""
    return tuple(
        Group(
            row[0],
            Name(row[1], row[2]),
            Name(row[3], row[4]),
            Name(row[5], row[6]),
            row[7],
            row[8],
            row[9],
        )
        for row in _GROUPS.all(store)
    )


def services(store: Store) -> tuple[Service, ...]:
    """Every service, in order, the inactive ones among them."""
    out = channels_out(store)
    return tuple(_service(row, out) for row in _SERVICES.all(store))


def machines_out(store: Store) -> tuple[str, ...]:
    """The kinds of machine that are out of order now, in the order they are offered."""
    out = channels_out(store)
    return tuple(machine for machine in SELF_SERVICE if machine in out)


def _service(row: tuple[Any, ...], out: frozenset[str]) -> Service:
    channels = json.loads(row[6])
    return Service(
        code=row[0],
        group=row[1],
        name=Name(row[2], row[3]),
        minutes=row[4],
        documents=tuple(Document(**document) for document in json.loads(row[5])),
        channels=channels,
        in_person=row[7],
        agent=row[8],
        notes=Name(row[9], row[10]),
        active=bool(row[11]),
        machine=offered_machine(channels, out),
    )


def priority_classes(store: Store) -> tuple[PriorityClass, ...]:
    """Every priority class, the most urgent first."""
    return tuple(
        PriorityClass(code, Name(zh, en), credit, target)
        for code, zh, en, credit, target in _CLASSES.all(store)
    )


def credits(store: Store) -> dict[str, int]:
    """The credit in minutes of every class."""
    return dict(_CREDITS.all(store))


def counters(store: Store) -> tuple[Counter, ...]:
    """Every counter, by number."""
    sets: dict[int, set[str]] = {}
    for counter, service in _COUNTER_SERVICES.all(store):
        sets.setdefault(counter, set()).add(service)
    return tuple(
        Counter(number, Name(zh, en), pause, frozenset(sets.get(number, ())))
        for number, zh, en, pause in _COUNTERS.all(store)
    )


def routing(store: Store, service: str) -> Routing | None:
    """Queue and area of a service, or None for an unknown one."""
    row = _ROUTING.one(store, service=service)
    return Routing(row[0], row[1], bool(row[2])) if row else None


def services_of_counter(counter: Any) -> Any:
    """A sub-query for other rooms: the codes of the services that ``counter`` can do."""
    return CounterServiceRow.select(CounterServiceRow.service).where(
        CounterServiceRow.counter == counter
    )
