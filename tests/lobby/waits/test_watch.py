"""A watch that was kept sees what a fresh one sees, whatever has happened in between."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from branch.bootstrap import open_branch
from branch.catalogue.commands import ChangeClass, ChangeCounter, ChangeService
from branch.catalogue.queries import Service, services
from branch.kernel.clock import SetClock
from branch.lobby.commands.calling import Finish
from branch.lobby.commands.day import CloseDay
from branch.lobby.queries.waits import Watch
from branch.lobby.waits.outlook import outlook
from branch.lobby.waits.projection import project
from tests.conftest import OPENING
from tests.lobby.chance import COUNTERS, Steps
from tests.lobby.hall import Hall

MINUTE = 60_000
BRANCH_MANAGER = "100101"


def a_day_gone_by(hall: Hall) -> None:
    """One day gone by, so that something is known; then it is the next morning."""
    hall.open(1)
    hall.serving(1)
    hall.wait(minutes=5)
    hall.call(1)
    hall.lobby(CloseDay())
    hall.clock.set(OPENING + 24 * 60 * MINUTE)


@settings(max_examples=8)
@given(seed=st.integers(0, 10**9))
def test_it_sees_what_a_fresh_one_sees(sample_file: Path, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "branch.db"
        shutil.copy(sample_file, path)
        clock = SetClock(OPENING)
        branch = open_branch(f"sqlite:///{path}", clock)
        hall = Hall(branch, clock)
        a_day_gone_by(hall)
        hall.open(*COUNTERS)
        kept, steps = Watch(), Steps(hall, seed)
        for at in range(90):
            steps.step()
            if at % 3 == 0:
                now = hall.clock.now_ms()
                assert kept.look(hall.store, now) == Watch().look(hall.store, now)
        hall.clock.advance(24 * 60 * 60)
        hall.open(1)
        now = hall.clock.now_ms()
        assert kept.look(hall.store, now) == Watch().look(hall.store, now)
        branch.close()


def changed(service: Service, minutes: int, active: bool = True) -> ChangeService:
    return ChangeService(
        service.code,
        service.group,
        service.name.zh,
        service.name.en,
        minutes,
        service.documents,
        service.channels,
        active,
    )


def test_it_sees_what_the_branch_has_changed(hall: Hall) -> None:
    a_day_gone_by(hall)
    hall.open(1)
    ticket = hall.issue("P01").id
    kept = Watch()
    cash = next(item for item in services(hall.store) if item.code == "P01")
    changes: list[object] = [
        ChangeClass("elderly", 45, 10),
        ChangeCounter(1, "", "", "15:00-15:20"),
        changed(cash, 25),
        changed(cash, 0),
        changed(cash, 5, active=False),
    ]
    seen = [kept.look(hall.store, hall.clock.now_ms())]
    for change in changes:
        hall.by(BRANCH_MANAGER, "settings", change)
        now = hall.clock.now_ms()
        seen.append(kept.look(hall.store, now))
        assert seen[-1] == Watch().look(hall.store, now)
        assert seen[-1] != seen[-2]
        assert seen[-1] is not None
        # Whatever was changed, the waiting customer still has an answer.
        assert ticket in outlook(seen[-1], project(seen[-1].question)).tickets


def test_a_day_that_goes_on_after_midnight_still_has_waits(hall: Hall) -> None:
    a_day_gone_by(hall)
    hall.open(1)
    hall.serving(1)
    hall.wait(minutes=15 * 60 + 30)  # half past midnight; the day ends at four
    hall.issue("P01", "elderly")
    ticket = hall.issue().id
    asked = Watch().look(hall.store, hall.clock.now_ms())
    assert asked is not None
    assert ticket in outlook(asked, project(asked.question)).tickets
    hall.at(1, Finish(1))
