"""Fixtures for the inspections' pages."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from tests.ui.drills.inspections import Desk


@pytest.fixture
def desk(qtbot: QtBot, other: Branch, clock: SetClock) -> Desk:
    """The inspections of a morning, as another station makes them."""
    found = Desk(qtbot, other, clock)
    found.at("08:41")
    return found
