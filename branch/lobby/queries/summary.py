"""The day in numbers, folded from the journal alone, so that anybody can recompute it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean, median

from branch.catalogue.queries import credits, services
from branch.kernel.store import Store
from branch.lobby.day_record import DayRecord
from branch.lobby.queries.day import day_entries, first_revision
from branch.lobby.rules import main_class


@dataclass(frozen=True)
class Waits:
    """Waits from issue to first call, in seconds; a time in which calling stood still apart."""

    count: int
    mean: float
    median: float
    p90: float
    maximum: float


@dataclass(frozen=True)
class DaySummary:
    """A business day: how every ticket ended, and the waits of those that were called."""

    day: str
    issued: int
    served: int
    no_shows: int
    left: int
    waiting: int
    waits: Waits
    by_class: dict[str, Waits]
    by_group: dict[str, Waits]
    ratings: dict[int, int] = field(default_factory=dict)


def nearest_rank(ordered: list[float], share: float) -> float:
    """The nearest-rank percentile: the smallest value that ``share`` of all do not exceed."""
    rank = max(1, -(-int(share * 1_000_000 * len(ordered)) // 1_000_000))
    return ordered[rank - 1]


def waits_of(seconds: Iterable[float]) -> Waits:
    """Count, mean, median, 90th percentile (nearest rank) and maximum."""
    ordered = sorted(seconds)
    if not ordered:
        return Waits(0, 0.0, 0.0, 0.0, 0.0)
    return Waits(
        count=len(ordered),
        mean=round(fmean(ordered), 3),
        median=round(median(ordered), 3),
        p90=round(nearest_rank(ordered, 0.9), 3),
        maximum=round(ordered[-1], 3),
    )


def day_summary(store: Store, day: str) -> DaySummary | None:
    """The summary of a business day, or None for a day the branch was not open."""
    if first_revision(store, day) is None:
        return None
    record = DayRecord().follow(day_entries(store, day))
    lives = record.lives.values()
    worth = credits(store)
    group_of = {service.code: service.group for service in services(store)}
    waits: list[float] = []
    by_class: dict[str, list[float]] = defaultdict(list)
    by_group: dict[str, list[float]] = defaultdict(list)
    for life in lives:
        if life.first_called_at is not None:
            still = record.stood_still_ms(life.issued_at, life.first_called_at)
            wait = (life.first_called_at - life.issued_at - still) / 1000
            waits.append(wait)
            by_class[main_class(life.classes, worth)].append(wait)
            by_group[group_of[life.service]].append(wait)
    ends = [life.state for life in lives]
    return DaySummary(
        day=day,
        issued=len(lives),
        served=ends.count("finished"),
        no_shows=ends.count("missed"),
        left=ends.count("left"),
        waiting=len(ends) - sum(ends.count(end) for end in ("finished", "missed", "left")),
        waits=waits_of(waits),
        by_class={key: waits_of(by_class[key]) for key in sorted(by_class)},
        by_group={key: waits_of(by_group[key]) for key in sorted(by_group)},
        ratings=dict(sorted(record.ratings.items())),
    )
