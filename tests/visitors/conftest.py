"""A register to work at, once on each kind of store."""

from __future__ import annotations

import pytest

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from tests.visitors.gate import Gate


@pytest.fixture
def gate(branch: Branch, clock: SetClock) -> Gate:
    """The sample branch's register."""
    return Gate(branch, clock)
