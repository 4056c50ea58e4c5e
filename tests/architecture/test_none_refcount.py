"""Qt calls give back every reference to None they take; one release of PySide6 did not."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel

CALLS = 10_000
# Kept until the end: should references leak, None must not run out of them before the test says so.
SPARE = [None] * (2 * CALLS)


def test_ten_thousand_qt_calls_keep_none_alive(qtbot) -> None:
    """PySide6 6.12.0 lost one a call on Python 3.11: a board aborted after forty minutes."""
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("A001")  # the first call may cache something
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setText("A001")
    # Other things may hold or drop a few references meanwhile; a leak would move it by thousands.
    assert abs(sys.getrefcount(None) - before) < 100
