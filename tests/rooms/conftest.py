"""Complaint rooms to work in, once on each kind of store."""

from __future__ import annotations

from pathlib import Path

import pytest

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from tests.rooms.house import House


@pytest.fixture
def house(branch: Branch, clock: SetClock, tmp_path: Path) -> House:
    """The sample branch with its complaint rooms, and a place for its files."""
    branch.store.attachments = tmp_path / "attachments"
    return House(branch, clock)
