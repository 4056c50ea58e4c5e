"""What-if on the command line: changes read from options, the comparison as text or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from branch.bootstrap import open_branch
from branch.catalogue.queries import services as every_service
from branch.founding import Plan, sample_plan, twin_plan
from branch.kernel.clock import from_ms, to_ms
from branch.kernel.errors import BadInput
from branch.kernel.phrases import phrases
from branch.kernel.settings import Settings
from branch.kernel.store import Store
from branch.lobby.queries.screens import branch_name
from branch.lobby.queries.summary import Waits
from branch.lobby.whatif import AlsoDoes, Change, Comparison, Course, Credits, OneMore
from branch.tools.past_day import PastDay, day_of_file, day_of_journal

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
class _Ground:
    """The branch that a day is compared on: groups of services, zone, how it begins."""

    by_group: dict[str, frozenset[str]]
    zone: ZoneInfo
    plan: Plan


def whatif(
    settings: Settings,
    file: Path | None,
    past: str | None,
    wanted: Wanted,
    progress: Callable[[float], bool],
) -> Comparison:
    """Compare a day file, or a past day (YYYY-MM-DD) of the branch, with the changes.

    A day file is played on a branch like this one, or like the sample while there is none.
    Raises BadInput for a file or a change that cannot be read, NotFound for a day the branch was
    not open, Cancelled when ``progress`` answers no.
    """
    ground = None
    with _own_branch(settings) as store:
        if store is not None:
            ground = _ground(store)
            if past is not None:
                return _compared(day_of_journal(store, past), ground, wanted)
    if file is None:
        raise BadInput("no_branch_yet", field="past")
    plan = ground.plan if ground is not None else sample_plan()
    day = day_of_file(file, plan, settings, progress)
    return _compared(day, ground or _sample_ground(plan), wanted)


def _compared(day: PastDay, ground: _Ground, wanted: Wanted) -> Comparison:
    return day.compare(tuple(_changes(wanted, day, ground)))


@contextmanager
def _own_branch(settings: Settings) -> Iterator[Store | None]:
    """The store of the branch, None where there is none yet; nothing is made."""
    file = Path(settings.database.removeprefix("sqlite:///"))
    if not settings.on_server and not file.exists():
        yield None
        return
    branch = open_branch(settings.database)
    try:
        yield branch.store if branch.founded else None
    finally:
        branch.close()


def _ground(store: Store) -> _Ground:
    by_group: dict[str, frozenset[str]] = {}
    for service in every_service(store):
        by_group[service.group] = by_group.get(service.group, frozenset()) | {service.code}
    return _Ground(by_group, ZoneInfo(branch_name(store).zone), twin_plan(store))


def _sample_ground(plan: Plan) -> _Ground:
    by_group: dict[str, frozenset[str]] = {}
    for row in plan.catalogue.services:
        by_group[row["group"]] = by_group.get(row["group"], frozenset()) | {row["code"]}
    return _Ground(by_group, ZoneInfo(plan.zone), plan)


# -- changes ----------------------------------------------------------------------------------


def _changes(wanted: Wanted, day: PastDay, ground: _Ground) -> list[Change]:
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
    return found


def _codes(text: str, option: str, given: str, ground: _Ground) -> frozenset[str]:
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


# -- the comparison ---------------------------------------------------------------------------


def comparison_json(found: Comparison) -> str:
    """The whole comparison as one JSON object."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=1)


def comparison_text(found: Comparison, language: str) -> str:
    """The three courses side by side, by class, in minutes."""
    words = phrases("cli")
    heads = [words.say(key, language) for key in ("whatif_real", "whatif_again", "whatif_changed")]
    courses = (found.real, found.again, found.changed)
    lines = [words.say("whatif_columns", language)]
    for name in ("", *found.real.by_class):
        lines.append("")
        lines.append(name or words.say("summary_all", language))
        lines.extend(
            _line(head, _of(course, name)) for head, course in zip(heads, courses, strict=True)
        )
    lines.append("")
    lines.extend(
        words.say("whatif_ends", language, name=head, left=course.left, over=course.over)
        for head, course in zip(heads, courses, strict=True)
    )
    if found.by_hand:
        lines.append(words.say("whatif_by_hand", language, n=found.by_hand))
    return "\n".join(lines)


def _of(course: Course, klass: str) -> Waits:
    if not klass:
        return course.waits
    return course.by_class.get(klass, Waits(0, 0.0, 0.0, 0.0, 0.0))


def _line(name: str, waits: Waits) -> str:
    numbers = (waits.mean, waits.median, waits.p90, waits.maximum)
    return f"  {name:<12}{waits.count:>6}" + "".join(f"{number / 60:>9.1f}" for number in numbers)
