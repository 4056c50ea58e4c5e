"""What each station costs: time to its first painted window, and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Run in a fresh process: opens one station on the branch of argv[1] and tells, at its first
# painted frame, the seconds since argv[3] and its resident memory.
_STATION = """
import sys, time, resource
from PySide6.QtCore import QTimer
from branch.kernel.clock import SystemClock
from branch.kernel.settings import settle
from ui.program import Program
from ui.shell.application import make_application
database, station, began = sys.argv[1], sys.argv[2], float(sys.argv[3])
app = make_application("zh")
program = Program(settle(home=sys.argv[4], database=database), SystemClock(), station or None)
def look():
    window = program.window
    if window is None or not window.isVisible():
        return
    window.grab()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.time() - began:.3f} {peak:.0f}")
    app.quit()
timer = QTimer(); timer.timeout.connect(look); timer.start(1)
program.start(); app.exec(); program.stop()
"""


@pytest.mark.parametrize("station", ["", "kiosk-1", "board-1", "rating-1"])
def test_cold_start_and_memory(
    station: str, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds: list[float] = []
    memory: list[float] = []
    for _ in range(5):
        began = time.time()
        done = subprocess.run(
            [sys.executable, "-c", _STATION, sqlite_url, station, str(began), str(tmp_path)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            timeout=60,
        )
        told = done.stdout.split()
        seconds.append(float(told[0]))
        memory.append(float(told[1]))
    with capsys.disabled():
        name = station or "sign-in"
        print(
            f"\n{name}: first painted window after {sorted(seconds)[2]:.2f} s "
            f"(of 5, median), {max(memory):.0f} MiB"
        )
    assert len(seconds) == 5
