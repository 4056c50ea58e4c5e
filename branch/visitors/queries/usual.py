"""Where visitors were let lately, so that the next one's area can be proposed; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.visitors.records import VisitorRow

# How many of the last visitors are looked at: some weeks of a branch.
_LOOKED_AT = 300
# Nobody is proposed for the rooms behind the counters because somebody else was there.
_INNER = frozenset({"counter_area", "back_office", "machine_room"})

_LATELY = Prepared(
    lambda most: (
        VisitorRow.select(VisitorRow.host, VisitorRow.purpose, VisitorRow.area)
        .where(VisitorRow.came_at.is_null(False))
        .order_by(VisitorRow.id.desc())
        .limit(most)
    )
)


@dataclass(frozen=True)
class UsualAreas:
    """Host, purpose and area of the last visitors, newest first; nothing of who they were."""

    lately: tuple[tuple[int | None, str, str], ...] = ()

    def area(self, host: int | None, purpose: str) -> str:
        """Where the last one to see ``host`` for ``purpose`` was let; else the last one of that
        purpose, unless it was an inner room. Empty when there was none."""
        of_purpose = [(to, area) for to, what, area in self.lately if what == purpose]
        own = next((area for to, area in of_purpose if to == host), "")
        return own or next((area for _to, area in of_purpose if area not in _INNER), "")


def usual_areas(store: Store) -> UsualAreas:
    """What the areas of the last visitors propose."""
    rows = _LATELY.all(store, most=_LOOKED_AT)
    return UsualAreas(tuple((host, purpose, area) for host, purpose, area in rows))
