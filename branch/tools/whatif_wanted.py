"""What-if as it is typed: changes in short texts, read against the branch they are asked of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from branch.catalogue.queries import services as every_service
from branch.founding import Plan, twin_plan
from branch.kernel.clock import from_ms, to_ms
from branch.kernel.errors import BadInput
from branch.kernel.store import Store
from branch.lobby.queries.screens import branch_name
from branch.lobby.whatif import AlsoDoes, Change, Credits, OneMore
from branch.tools.past_day import WholeDay

_SPAN = re.compile(r"([0-2]\d:[0-5]\d)-([0-2]\d:[0-5]\d)(?::(.+))?")
_ALSO = re.compile(r"(\d+):(.+)")
_CREDIT = re.compile(r"(\w+)=(\d+)")


@dataclass(frozen=True)
class Wanted:
    """The changes as they were typed: ``10:00-12:00[:CODES]``, ``4:CODES``, ``elderly=20``.

    Codes are of services or of groups of them, separated by commas.
    """

    more: Sequence[str] = ()
    also: Sequence[str] = ()
    credit: Sequence[str] = ()


@dataclass(frozen=True)
class Ground:
    """The branch that a day is compared on: groups of services, zone, how it begins."""

    by_group: dict[str, frozenset[str]]
    zone: ZoneInfo
    plan: Plan


def ground_of(store: Store) -> Ground:
    """The branch itself, for its past days and for day files played on one like it."""
    by_group: dict[str, frozenset[str]] = {}
    for service in every_service(store):
        by_group[service.group] = by_group.get(service.group, frozenset()) | {service.code}
    return Ground(by_group, ZoneInfo(branch_name(store).zone), twin_plan(store))


def ground_of_plan(plan: Plan) -> Ground:
    """A branch that begins with ``plan``."""
    by_group: dict[str, frozenset[str]] = {}
    for row in plan.catalogue.services:
        by_group[row["group"]] = by_group.get(row["group"], frozenset()) | {row["code"]}
    return Ground(by_group, ZoneInfo(plan.zone), plan)


def changes_of(wanted: Wanted, day: WholeDay, ground: Ground) -> tuple[Change, ...]:
    """The changes on this day; raises BadInput for the first that cannot be read."""
    found: list[Change] = []
    date = from_ms(day.record.opened_at, ground.zone).date()
    every = frozenset().union(*ground.by_group.values())

    def instant(clock: str, given: str) -> int:
        try:
            return to_ms(datetime.combine(date, time.fromisoformat(clock), tzinfo=ground.zone))
        except ValueError as error:
            raise _wrong("more-teller", given) from error

    for given in wanted.more:
        match = _SPAN.fullmatch(given)
        if match is None:
            raise _wrong("more-teller", given)
        since, until = instant(match[1], given), instant(match[2], given)
        if since >= until:
            raise _wrong("more-teller", given)
        able = _codes(match[3], "more-teller", given, ground) if match[3] else every
        found.append(OneMore(able, since, until))
    for given in wanted.also:
        match = _ALSO.fullmatch(given)
        if match is None or int(match[1]) not in day.services:
            raise _wrong("also", given)
        found.append(AlsoDoes(int(match[1]), _codes(match[2], "also", given, ground)))
    for given in wanted.credit:
        match = _CREDIT.fullmatch(given)
        if match is None or match[1] not in day.credits:
            raise _wrong("credit", given)
        found.append(Credits({match[1]: int(match[2])}))
    return tuple(found)


def _codes(text: str, option: str, given: str, ground: Ground) -> frozenset[str]:
    known = frozenset().union(*ground.by_group.values())
    found: frozenset[str] = frozenset()
    for code in text.split(","):
        services = ground.by_group.get(code) or known & {code}
        if not services:
            known_groups = ", ".join(sorted(ground.by_group))
            raise BadInput(
                "whatif_code", field=option, option=f"--{option}", given=code, known=known_groups
            )
        found |= services
    return found


def _wrong(option: str, given: str) -> BadInput:
    return BadInput("whatif_option", field=option, option=f"--{option}", given=given)
