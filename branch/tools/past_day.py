"""A day to ask "what if" of: one from the branch's journal, or a day file played on a twin branch.

The branch's own data are only read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from branch.bootstrap import open_branch
from branch.catalogue.queries import counters, priority_classes, services
from branch.founding import Plan
from branch.kernel.clock import SetClock
from branch.kernel.errors import NotFound
from branch.kernel.settings import Settings
from branch.kernel.store import Store
from branch.lobby.day_record import DayRecord
from branch.lobby.queries.waits import day_record
from branch.lobby.whatif import Change, Comparison, compare
from branch.tools.day_file import read_day
from branch.tools.day_play import DayPlay
from branch.tools.scratch import scratch_store, spare_the_disk


class Cancelled(Exception):
    """The person has had enough of waiting."""


@dataclass(frozen=True)
class WholeDay:
    """A day and what stood around it: services by counter, credits and targets by class."""

    record: DayRecord
    services: dict[int, frozenset[str]]
    credits: dict[str, int]
    targets: dict[str, int]

    def compare(self, changes: tuple[Change, ...]) -> Comparison:
        """The day beside itself with the changes."""
        return compare(self.record, self.services, self.credits, self.targets, changes)


def day_of_journal(store: Store, day: str) -> WholeDay:
    """A business day (YYYY-MM-DD) of the branch; raises NotFound for one it was not open."""
    record = day_record(store, day)
    if not record.lives:
        raise NotFound("day_unknown", day=day)
    return _past(store, record)


def _past(store: Store, record: DayRecord) -> WholeDay:
    classes = priority_classes(store)
    return WholeDay(
        record,
        {counter.number: counter.services for counter in counters(store)},
        {klass.code: klass.credit for klass in classes},
        {klass.code: klass.target for klass in classes},
    )


def day_of_file(
    path: Path, plan: Plan, settings: Settings, progress: Callable[[float], bool]
) -> WholeDay:
    """Play a day file on a branch that begins with ``plan``.

    ``progress`` is told the share done and answers whether to go on; otherwise Cancelled is
    raised. Raises BadInput for a malformed file.
    """
    with scratch_store(settings) as url:
        clock = SetClock(0)
        branch = open_branch(url, clock)
        try:
            spare_the_disk(branch.store)
            branch.found(plan)
            day, visitors = read_day(
                path,
                ZoneInfo(plan.zone),
                {service.code for service in services(branch.store)},
                {klass.code for klass in priority_classes(branch.store)},
            )
            play = DayPlay(branch, day, visitors)
            last = max(visitor.arrives_at for visitor in visitors)
            while play.next_at is not None:
                clock.set(play.next_at)
                play.step()
                passed = (clock.now_ms() - play.opens) / max(last - play.opens, 1)
                if not progress(min(max(passed, 0.0), 1.0)):
                    raise Cancelled
            return _past(branch.store, day_record(branch.store, day.isoformat()))
        finally:
            branch.close()
