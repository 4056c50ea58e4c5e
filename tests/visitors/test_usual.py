"""Which area is proposed: what was usual, nobody sent into inner rooms by another's visit."""

from __future__ import annotations

import pytest

from branch.visitors.queries.usual import UsualAreas, usual_areas
from tests.visitors.gate import BRANCH_MANAGER, TELLER, Gate

LATELY = UsualAreas(
    (
        (7, "maintenance", "machine_room"),
        (8, "business", "office"),
        (7, "maintenance", "machine_area"),
        (9, "business", "reception_room"),
    )
)


@pytest.mark.parametrize(
    ("host", "purpose", "area"),
    [
        (7, "maintenance", "machine_room"),
        (8, "business", "office"),
        (9, "business", "reception_room"),
        (None, "business", "office"),
        # The newest of the purpose was in an inner room: the one before it is proposed.
        (9, "maintenance", "machine_area"),
        (7, "interview", ""),
    ],
)
def test_the_hosts_own_then_the_purpose(host: int | None, purpose: str, area: str) -> None:
    assert LATELY.area(host, purpose) == area


def test_only_who_came_counts(gate: Gate) -> None:
    assert usual_areas(gate.store) == UsualAreas()
    gate.come("周大军", area="office")
    gate.come("孙丽华", host=gate.staff(BRANCH_MANAGER), purpose="business", area="hall")
    assert usual_areas(gate.store).lately == (
        (gate.staff(BRANCH_MANAGER), "business", "hall"),
        (gate.staff(TELLER), "maintenance", "office"),
    )
