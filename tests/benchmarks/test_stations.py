"""What each station costs: time to its first painted window, and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Run in a fresh process: opens a station's window on the branch of argv[1] as the account of
# argv[3] and tells, at its first painted frame, the seconds since argv[4] and its peak memory.
_STATION = """
import resource, sys, time
from pathlib import Path
from PySide6.QtCore import QObject
from branch.kernel.clock import SystemClock
from branch.kernel.settings import settle
from branch.lobby.queries.screens import branch_name
from branch.people.queries import staff_members
from ui.program import window_for
from ui.shell.application import make_application
from ui.shell.station import Person, Station
from ui.shell.waits import Waits
from ui.shell.worker import Worker
database, place, account, began, home = sys.argv[1:]
app, clock = make_application("zh"), SystemClock()
settings = settle(home=home, database=database)
worker = Worker(database, clock)
waits = Waits(worker, clock)
kept = []
def begin(found):
    member, branch = found
    person = Person(member.id, member.staff_no, member.name, member.roles)
    kept.append(Station(worker, place, person, branch, clock, settings, waits))
    window = window_for(kept[0])
    kept.append(window)
    window.show()
    window.grab()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.time() - float(began):.3f} {peak:.0f}")
    app.quit()
def look(branch):
    members = staff_members(branch.store)
    return next(m for m in members if m.staff_no == account), branch_name(branch.store)
owner = QObject()
worker.opened.connect(lambda founded: worker.ask(owner, look, begin))
worker.start()
app.exec()
waits.stop()
worker.stop()
"""

STATIONS = {
    "kiosk-1": "KIOSK",
    "lobby": "100301",
    "counter-1": "100482",
    "board-1": "BOARD",
    "rating-1": "BOARD",
    "admin": "100001",
}


@pytest.mark.parametrize("station", list(STATIONS))
def test_cold_start_and_memory(
    station: str, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds: list[float] = []
    memory: list[float] = []
    for _ in range(5):
        began = time.time()
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                _STATION,
                sqlite_url,
                station,
                STATIONS[station],
                str(began),
                str(tmp_path),
            ],
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
        print(
            f"\n{station}: first painted window after {sorted(seconds)[2]:.2f} s "
            f"(of 5, median), {max(memory):.0f} MiB"
        )
    assert len(seconds) == 5
