"""What a registration form offers first: the classes that were used most; writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from peewee import fn

from branch.complaints.codes import BIZ_CHANNELS, BIZ_CLASSES, REASONS
from branch.complaints.queries.codes import standard_codes
from branch.complaints.records import ComplaintRow
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store


@dataclass(frozen=True)
class UsualClasses:
    """The codes of the three dimensions, most used first, each list whole; ``standards`` are the
    national codes that were imported, by dimension and code."""

    biz_channels: tuple[str, ...]
    biz_classes: tuple[str, ...]
    reasons: tuple[str, ...]
    standards: Mapping[tuple[str, str], str] = field(default_factory=dict)


_USED = Prepared(
    lambda since: (
        ComplaintRow.select(
            ComplaintRow.biz_channel,
            ComplaintRow.biz_class,
            ComplaintRow.reason,
            fn.COUNT(ComplaintRow.id),
        )
        .where(ComplaintRow.received_on >= since)
        .group_by(ComplaintRow.biz_channel, ComplaintRow.biz_class, ComplaintRow.reason)
    )
)


def usual_classes(store: Store, since: str) -> UsualClasses:
    """The classes by their use in what was received since a day (ISO)."""
    used = _USED.all(store, since=since)
    return UsualClasses(
        _ranked(BIZ_CHANNELS, ((row[0], row[3]) for row in used)),
        _ranked(BIZ_CLASSES, ((row[1], row[3]) for row in used)),
        _ranked(REASONS, ((row[2], row[3]) for row in used)),
        standard_codes(store),
    )


def _ranked(codes: Sequence[str], used: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Most used first, the others in their own order, what is none of the others last."""
    counts: Counter[str] = Counter()
    for code, count in used:
        counts[code] += count
    return tuple(sorted(codes, key=lambda code: (code == "other", -counts[code])))
