"""Drills to work at, once on each kind of store."""

from __future__ import annotations

from pathlib import Path

import pytest

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from tests.drills.desk import Desk


@pytest.fixture
def desk(branch: Branch, clock: SetClock, tmp_path: Path) -> Desk:
    """The sample branch's drills."""
    branch.store.attachments = tmp_path / "attachments"
    return Desk(branch, clock)
