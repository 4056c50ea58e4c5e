"""How often a scenario is drilled: the branch's choice, and head office's lock on it.

No law sets one frequency for all branches: the choice stands beside its legal basis, and a lock
lets only a shorter time through.
"""

from __future__ import annotations

from dataclasses import dataclass

from branch.drills.queries.frequency import frequency
from branch.drills.queries.scenarios import scenario
from branch.drills.records import FrequencyRow
from branch.drills.rules.scenario import FREQUENCY_DAYS
from branch.kernel.errors import BadInput, NotFound
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work


@dataclass(frozen=True)
class SetFrequency:
    """Drill a scenario every so many days; 0 for the scenario's own number."""

    code: str
    days: int


@dataclass(frozen=True)
class LockFrequency:
    """Head office's longest time between two drills, in days; 0 lifts the lock."""

    code: str
    days: int


_KEEP = Prepared(
    lambda code, days, locked, rev: FrequencyRow.insert(
        {
            FrequencyRow.code: code,
            FrequencyRow.days: days,
            FrequencyRow.locked: locked,
            FrequencyRow.rev: rev,
        }
    ).on_conflict(
        conflict_target=[FrequencyRow.code],
        update={FrequencyRow.days: days, FrequencyRow.locked: locked, FrequencyRow.rev: rev},
    )
)


def set_frequency(work: Work, command: SetFrequency) -> None:
    """Set it; raises BadInput beyond what head office has locked."""
    own, locked = _found(work, command.code, command.days)
    days = command.days or own
    if locked and days > locked:
        raise BadInput("frequency_locked", field="days", most=locked)
    _KEEP.run(work.store, code=command.code, days=command.days, locked=locked, rev=work.revision)
    work.record("scenario.frequency_set", command.code, days=days)


def lock_frequency(work: Work, command: LockFrequency) -> None:
    """Lock it, or lift the lock; a longer time that the branch has set shrinks to it."""
    _found(work, command.code, command.days)
    kept = frequency(work.store, command.code)
    _KEEP.run(work.store, code=command.code, days=kept.days, locked=command.days, rev=work.revision)
    work.record("scenario.frequency_locked", command.code, days=command.days)


def _found(work: Work, code: str, days: int) -> tuple[int, int]:
    """The scenario's own number of days, and the lock on it."""
    kept = scenario(work.store, code)
    if kept is None:
        raise NotFound("scenario_unknown")
    least, most = FREQUENCY_DAYS
    if days != 0 and not least <= days <= most:
        raise BadInput("setting_range", field="days", least=least, most=most)
    return kept.scenario.frequency_days, frequency(work.store, code).locked


HANDLERS: dict[type, Handler] = {
    SetFrequency: Handler(set_frequency),
    LockFrequency: Handler(lock_frequency),
}
