"""How often the branch drills a scenario, as set and as locked; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.drills.records import FrequencyRow
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store


@dataclass(frozen=True)
class Frequency:
    """What the branch has set (days, 0: the scenario's own), and head office's lock (0: none)."""

    days: int
    locked: int

    def of(self, own: int) -> int:
        """The days that hold for a scenario whose own number is ``own``."""
        days = self.days or own
        return min(days, self.locked) if self.locked else days


_ONE = Prepared(
    lambda code: FrequencyRow.select(FrequencyRow.days, FrequencyRow.locked).where(
        FrequencyRow.code == code
    )
)


def frequency(store: Store, code: str) -> Frequency:
    """What is set for a scenario."""
    row = _ONE.one(store, code=code)
    return Frequency(*row) if row else Frequency(0, 0)
