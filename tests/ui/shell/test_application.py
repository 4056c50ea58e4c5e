"""What the program tells Python so that a window answers at once."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings
from ui.board.window import BoardWindow
from ui.program import Program
from ui.shell.application import favour_the_gui_thread, spare_the_collector


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Every other test finds Python as it was."""
    gap = sys.getswitchinterval()
    yield
    sys.setswitchinterval(gap)
    # What the collection has frozen, too (tests/conftest.py).
    spare_the_collector()


def test_a_full_collection_passes_over_what_stands() -> None:
    gc.unfreeze()
    before = len(gc.get_objects())
    spare_the_collector()
    assert gc.get_freeze_count() > 0.5 * before
    assert len(gc.get_objects()) < 0.5 * before


def test_garbage_from_before_is_still_collected() -> None:
    class Node:
        me: object

    lost = Node()
    lost.me = lost
    spare_the_collector()
    del lost
    assert any(isinstance(item, Node) for item in _everything())
    spare_the_collector()
    assert not any(isinstance(item, Node) for item in _everything())


def _everything() -> list[object]:
    gc.unfreeze()
    return gc.get_objects()


def test_the_program_spares_it_once_a_window_stands(
    qtbot: QtBot, settings: Settings, clock: SetClock
) -> None:
    gc.unfreeze()
    program = Program(settings, clock, "board-1")
    program.start()
    qtbot.waitUntil(lambda: isinstance(program.window, BoardWindow))
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)
    assert program.window is not None
    program.window.close()
    program.stop()


def test_python_is_handed_over_within_a_millisecond() -> None:
    favour_the_gui_thread()
    assert sys.getswitchinterval() == pytest.approx(0.001)
