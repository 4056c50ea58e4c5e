"""Owns what can be asked of a what-if and what was asked, as values; shows nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from branch.catalogue.queries import (
    Group,
    PriorityClass,
    Service,
    counters,
    groups,
    priority_classes,
    services,
)
from branch.kernel.store import Store
from branch.lobby.queries.days import past_days
from branch.lobby.whatif import AlsoDoes, OneMore
from branch.tools.whatif_wanted import Ground, Wanted, ground_of


@dataclass(frozen=True)
class Offer:
    """What can be chosen: days, groups with their services, counters, classes."""

    days: tuple[str, ...]
    groups: tuple[Group, ...]
    services: tuple[Service, ...]
    counters: tuple[int, ...]
    classes: tuple[PriorityClass, ...]
    ground: Ground

    def of_group(self, group: str) -> frozenset[str]:
        """The codes of a group's services."""
        return frozenset(service.code for service in self.services if service.group == group)

    def every(self) -> frozenset[str]:
        """The codes of all services."""
        return frozenset(service.code for service in self.services)

    def credit(self, klass: str) -> int:
        """The credit of a class today, in minutes."""
        return next((item.credit for item in self.classes if item.code == klass), 0)


def offer_of(store: Store) -> Offer:
    """What the branch can ask of its past days."""
    return Offer(
        past_days(store),
        groups(store),
        services(store),
        tuple(counter.number for counter in counters(store)),
        priority_classes(store),
        ground_of(store),
    )


@dataclass(frozen=True)
class MoreLine:
    """One more counter from ``since`` until ``until`` (HH:MM) with these services."""

    since: str
    until: str
    services: frozenset[str]


@dataclass(frozen=True)
class AlsoLine:
    """A counter had done these services as well."""

    counter: int
    services: frozenset[str]


@dataclass(frozen=True)
class CreditLine:
    """A class had had another credit, in minutes."""

    klass: str
    minutes: int


Line: TypeAlias = MoreLine | AlsoLine | CreditLine


def wanted_of(lines: Sequence[Line]) -> Wanted:
    """The lines as a what-if is asked."""
    more, also, credit = [], [], []
    for line in lines:
        match line:
            case MoreLine():
                more.append(f"{line.since}-{line.until}:{_codes(line.services)}")
            case AlsoLine():
                also.append(f"{line.counter}:{_codes(line.services)}")
            case CreditLine():
                credit.append(f"{line.klass}={line.minutes}")
    return Wanted(tuple(more), tuple(also), tuple(credit))


def _codes(services: frozenset[str]) -> str:
    return ",".join(sorted(services))


def line_of(change: AlsoDoes | OneMore, local: Callable[[int], datetime]) -> Line:
    """A change that was suggested, as the line that asks for it."""
    if isinstance(change, AlsoDoes):
        return AlsoLine(change.counter, change.services)
    since, until = (f"{local(instant):%H:%M}" for instant in (change.since, change.until))
    return MoreLine(since, until, change.services)
