"""The lobby's fixtures: a hall on each kind of store."""

from __future__ import annotations

import pytest

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from tests.lobby.hall import Hall


@pytest.fixture
def hall(branch: Branch, clock: SetClock) -> Hall:
    """The sample branch at nine o'clock, nothing open yet."""
    return Hall(branch, clock)
