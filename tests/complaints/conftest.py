"""A complaint desk to work at, once on each kind of store."""

from __future__ import annotations

import pytest

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from tests.complaints.desk import Desk


@pytest.fixture
def desk(branch: Branch, clock: SetClock) -> Desk:
    """The sample branch's complaint desk."""
    return Desk(branch, clock)
