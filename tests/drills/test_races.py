"""Several stations at one run, and stations that die: one result a step, no mark is lost."""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from branch.drills.commands.running import EndRun
from branch.kernel import journal
from branch.kernel.clock import SetClock
from tests.conftest import OPENING
from tests.drills.desk import Desk
from tests.drills.workers import STEPS, in_force, mark_every_step
from tests.races.workers import Place

ROOT = Path(__file__).parents[2]
STATIONS = {"100303": "冯涛", "100482": "王敏", "100302": "郑岚"}
DEATHS = 25


def test_two_stations_marking_at_once_end_in_one_result_and_one_message(
    desk: Desk, url: str
) -> None:
    run = desk.started()
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(len(STATIONS)), context.Queue()
    processes = [
        context.Process(target=mark_every_step, args=(Place(url), run, who, barrier, answers))
        for who in STATIONS
    ]
    for process in processes:
        process.start()
    try:
        found = [answers.get(timeout=120) for _ in processes]
    finally:
        for process in processes:
            process.join(10)
            if process.is_alive():
                process.kill()
    for answer in found:
        assert isinstance(answer, tuple), answer
    for step in range(1, STEPS + 1):
        said = {STATIONS[who]: outcome[step] for who, outcome in found}
        (winner,) = [name for name, one in said.items() if isinstance(one, int)]
        mark = desk.step(run, step).mark
        assert mark is not None
        assert (mark.id, mark.by, mark.result) == (said[winner], winner, "done")
        assert [one for name, one in said.items() if name != winner] == [
            ("step_marked", winner)
        ] * (len(STATIONS) - 1)
    rows = desk.store.rows("SELECT count(*) FROM drill_mark", ())
    assert rows[0][0] == STEPS
    assert journal.verify(desk.store) == journal.head(desk.store)[0]


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL, which only POSIX has")
def test_no_acknowledged_mark_is_lost_when_the_program_is_killed(
    desk: Desk, url: str, clock: SetClock
) -> None:
    run = desk.started()
    chance = random.Random(20261122)
    told: dict[int, tuple[int, str]] = {}
    undone: set[int] = set()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.drills.workers", url, str(run)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as spawner:
        assert spawner.stdin is not None
        assert spawner.stdout is not None
        for death in range(DEATHS):
            now = OPENING + death * 10_000
            spawner.stdin.write(f"{now} {death} {chance.uniform(0.03, 0.15):.4f}\n")
            spawner.stdin.flush()
            while (line := spawner.stdout.readline().split()) != ["killed"]:
                assert line, "the spawner lives"
                if line[0] == "marked" and len(line) == 4:
                    told[int(line[1])] = (int(line[2]), line[3])
                elif line[0] == "undone" and len(line) == 2:
                    undone.add(int(line[1]))
            rows = {
                mark: (step, result)
                for mark, step, result in desk.store.rows(
                    "SELECT id, step, result FROM drill_mark", ()
                )
            }
            assert told.items() <= rows.items(), f"lost after death {death}"
            assert not undone & set(in_force(desk.store).values()), f"came back, {death}"
            assert journal.verify(desk.store) == journal.head(desk.store)[0], death
        spawner.stdin.close()
        spawner.wait(timeout=10)
    assert len(told) >= DEATHS, "the run was on when it was killed"
    # The run goes on as if nothing had been: its clock, its marks, its end.
    clock.set(OPENING + DEATHS * 10_000)
    found = desk.detail(run)
    assert found.line.state == "running"
    shown = {state.step.no: state.mark.id for state in found.steps if state.mark}
    assert shown == in_force(desk.store)
    assert found.course is not None
    assert found.course.by_wall(clock.now_ms(), "drills") >= DEATHS * 10_000
    desk.run(EndRun(run))
    assert desk.report(run).figures.applicable <= STEPS
