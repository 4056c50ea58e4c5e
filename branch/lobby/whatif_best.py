"""Which single change would have spared a past day's customers most waiting; pure.

Only what a branch could have done is tried: a counter that does one more group of services, a
teller more for two hours. Instants and spans are milliseconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from branch.kernel.clock import MS_PER_MINUTE
from branch.lobby.day_record import DayRecord
from branch.lobby.whatif import AlsoDoes, Change, OneMore, run_again

_HALF_HOUR = 30 * MS_PER_MINUTE
_HOUR = 60 * MS_PER_MINUTE
_SPAN = 2 * _HOUR
# Groups of services, those with the longest waits together, that a counter is tried with.
_GROUPS = 3
# A teller more is the dearest help and mostly the greatest: cheaper ones are named beside it.
_MORE_AT_MOST = 2


@dataclass(frozen=True)
class Help:
    """A change and the time in line, of everybody together, that it saves."""

    change: AlsoDoes | OneMore
    saved: int


def most_helpful(
    record: DayRecord,
    services: Mapping[int, frozenset[str]],
    credits: Mapping[str, int],
    groups: Mapping[str, frozenset[str]],
    changes: Sequence[Change] = (),
    most: int = 3,
) -> tuple[Help, ...]:
    """The changes that save most on top of ``changes``, the best first; none that saves nothing.

    ``groups`` are services by group. Of two for the same counter, or for hours that overlap, only
    the better one is named, and of tellers more only the best two.
    """

    def waited(tried: Sequence[Change]) -> int:
        return run_again(record, services, credits, {}, tried).waited

    before = waited(changes)
    found = [
        Help(tried, before - waited([*changes, tried]))
        for tried in _tries(record, services, groups)
    ]
    kept: list[Help] = []
    for tried in sorted(found, key=lambda item: -item.saved):
        if tried.saved <= 0 or len(kept) == most:
            break
        more = sum(isinstance(other.change, OneMore) for other in kept)
        if isinstance(tried.change, OneMore) and more == _MORE_AT_MOST:
            continue
        if not any(_alike(tried.change, other.change) for other in kept):
            kept.append(tried)
    return tuple(kept)


def _tries(
    record: DayRecord, services: Mapping[int, frozenset[str]], groups: Mapping[str, frozenset[str]]
) -> Iterator[AlsoDoes | OneMore]:
    for number, day in sorted(record.counters.items()):
        if not any(shift.state == "open" for shift in day.shifts):
            continue
        sets = [able for _at, able in day.services] or [services.get(number, frozenset())]
        for able in _longest(record, groups):
            if not able <= frozenset.intersection(*sets):
                yield AlsoDoes(number, able)
    every = frozenset().union(*groups.values())
    begins = record.opened_at - record.opened_at % _HALF_HOUR
    last = max((life.issued_at for life in record.lives.values()), default=begins)
    for since in range(begins, last, _HOUR):
        yield OneMore(every, since, since + _SPAN)


def _longest(record: DayRecord, groups: Mapping[str, frozenset[str]]) -> Iterator[frozenset[str]]:
    """The groups whose customers stood in line longest, all of a group together."""
    group_of = {code: group for group, codes in groups.items() for code in codes}
    waited: dict[str, int] = defaultdict(int)
    for life in record.lives.values():
        end = life.first_called_at if life.stays else life.left_at
        service = life.stays[0].service if life.stays else life.service
        if end is not None and service in group_of:
            waited[group_of[service]] += end - life.issued_at
    for group in sorted(waited, key=lambda code: -waited[code])[:_GROUPS]:
        yield groups[group]


def _alike(one: AlsoDoes | OneMore, other: AlsoDoes | OneMore) -> bool:
    if isinstance(one, AlsoDoes) and isinstance(other, AlsoDoes):
        return one.counter == other.counter
    if isinstance(one, OneMore) and isinstance(other, OneMore):
        return one.since < other.until and other.since < one.until
    return False
