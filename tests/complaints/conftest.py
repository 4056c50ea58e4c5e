"""A complaint desk to work at, once on each kind of store."""

from __future__ import annotations

from pathlib import Path

import pytest

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from tests.complaints.desk import Desk


@pytest.fixture
def desk(branch: Branch, clock: SetClock, tmp_path: Path) -> Desk:
    """The sample branch's complaint desk."""
    if branch.store.attachments is None:
        # On a server no folder is known by itself.
        branch.store.attachments = tmp_path / "attachments"
    return Desk(branch, clock)
